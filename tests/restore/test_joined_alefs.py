"""Joined alefs that came with a hamza: what Typst's pages say where the font sets hamza by itself → what was written."""

from __future__ import annotations

import re

from pipeline.restore.characters import JOINING
from pipeline.restore.joined_alefs import restore_joined_alefs
from pipeline.restore.traced import Traced

CLEAN = (
    "وصلت قافلة المساعدات إلى المخيمات أمس بعد انتظار طال أياما، وقال سائق الشاحنة الأولى إن الطريق مأمون حتى الجسر.\n"
    "ولا تزال المدارس مغلقة، لأن المباني القريبة من النهر متضررة، ولا كهرباء في الأحياء الشمالية الآن."
)


def _as_coded(text: str) -> str:
    """Each joined alef as `أ`, its hamza behind it; of lam-alefs only those that join nothing."""
    joined = re.sub(f"(?<=[{JOINING.replace('ل', '')}])([اأإآ])", _with_hamza, text)
    return re.sub(f"(?<=(?<![{JOINING}])ل)([اأإآ])", _with_hamza, joined)


def _with_hamza(match: re.Match[str]) -> str:
    return "أ" + match.group().replace("ا", "")


def test_joined_alefs_get_their_letters_back() -> None:
    assert restore_joined_alefs(Traced.of(_as_coded(CLEAN))).traced.text == CLEAN


def test_so_they_do_in_visual_order() -> None:
    assert restore_joined_alefs(Traced.of(_as_coded(CLEAN)[::-1])).traced.text == CLEAN[::-1]


def test_alefs_that_are_right_stay() -> None:
    for text in (CLEAN, CLEAN[::-1], "سأل رأس مأرب مأمون تأكل يأتي بأن سأل كأس فأس رأس مأزق تأمر"):
        assert not restore_joined_alefs(Traced.of(text)).changes
