"""Lam-alefs with one alef for all, and alefs without their hamza."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.lost_hamzas import restore_lost_hamzas
from pipeline.restore.traced import Traced

WRITTEN = (
    "قال الوزير أمس إن الأمن عاد إلى المدينة ولا خوف على الأهالي بعد الآن، وأضاف أن الاحتلال لا يزال قرب الأراضي "
    "الزراعية. الأطفال لاحظوا طائرة أخرى فوق الوادي الأخضر"
)
BARE = str.maketrans("أإآ", "ااا")
JOINS_NOTHING = re.compile("(?<![بتثجحخسشصضطظعغفقكلمنهيئ])ل[اأإآ]")


def test_each_lam_alef_and_each_alef_gets_its_hamza() -> None:
    printed = JOINS_NOTHING.sub("لإ", WRITTEN.translate(BARE))
    outcome = restore_lost_hamzas(Traced.of(printed))
    assert outcome.traced.text.replace("أن", "إن") == WRITTEN.replace("أن", "إن")
    assert len(outcome.traced) == len(printed)
    assert all(change.confidence < 1 for change in outcome.changes)


def test_only_lam_alefs_change_where_alefs_keep_their_hamza() -> None:
    printed = JOINS_NOTHING.sub("لأ", WRITTEN)
    assert restore_lost_hamzas(Traced.of(printed)).traced.text == WRITTEN


@pytest.mark.parametrize("text", [WRITTEN, WRITTEN.translate(BARE)])
def test_texts_with_bare_lam_alefs_stay(text: str) -> None:
    assert restore_lost_hamzas(Traced.of(text)).traced.text == text
