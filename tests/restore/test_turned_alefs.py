"""Lines that MuPDF turns at alefs which the font draws by themselves."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.characters import ALEFS, JOINING
from pipeline.restore.traced import Traced
from pipeline.restore.turned_alefs import restore_turned_alefs

LINES = [
    "وقال رئيس البلدية أمس إن أعمال الترميم في المدرسة القديمة",
    "بدأت قبل أيام، وإن العمال أنهوا سقف القاعة وأعادوا النوافذ",
    "لكن أهالي الحي أكدوا أن المدرسة ما زالت مغلقة أمام التلاميذ",
    "وطالب أحد المعلمين بفتح أبوابها قبل بداية الشتاء مهما كان",
]
LAM_ALEFS = [
    "وقال رئيس البلدية في اليوم الأول من العام الدراسي إنه",
    "سيفتح المدرسة قبل نهاية الأسبوع المقبل ويدعو الأهالي",
    "إلى حفل في الساحة، لكن المعلمين في القرى الأخرى طالبوا",
    "بزيادة الأجور وقالوا إن الأسعار ارتفعت منذ بداية الأزمة",
]


def _at_hamzas(line: str) -> str:
    return "".join(reversed(re.split("([أإآ])", line)))


def _behind_lams(line: str) -> str:
    return "".join(reversed(re.split("(?<=ل)([أإآ])", line)))


def test_pieces_between_hamzas_come_in_reading_order() -> None:
    text = "\n".join(map(_at_hamzas, LINES))
    restored = restore_turned_alefs(Traced.of(text)).traced
    assert restored.text == "\n".join(LINES)
    assert all(text[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_alefs_that_all_came_with_a_hamza_are_told_by_whole_words() -> None:
    lines = LINES + LAM_ALEFS
    printed = "\n".join(_at_hamzas(re.sub(f"(?<![{JOINING}])[{ALEFS}]", "إ", line)) for line in lines)
    restored = restore_turned_alefs(Traced.of(printed)).traced.text
    assert restored.replace("أن", "إن") == "\n".join(lines).replace("أن", "إن")


def test_pieces_cut_at_lam_alefs_come_in_reading_order() -> None:
    text = "\n".join(map(_behind_lams, LAM_ALEFS))
    assert restore_turned_alefs(Traced.of(text)).traced.text == "\n".join(LAM_ALEFS)


def test_the_hamza_of_a_lam_alef_stands_behind_the_piece_before_it() -> None:
    printed = ["سبوع المقبل", "ل", "ن المدرسة تفتح في ا", " أ", "أ", "علن الوزير ", "أ"]
    text = "\n".join([*map(_at_hamzas, LINES), "".join(printed)])
    assert restore_turned_alefs(Traced.of(text)).traced.text.endswith("\nأعلن الوزير أن المدرسة تفتح في الأسبوع المقبل")


@pytest.mark.parametrize("text", ["\n".join(LINES), "\n".join(LAM_ALEFS), "سأل وقرأ وبدأ ونشأ ورأى وتأمل وملجأ ومبدأ وخطأ\n" * 4])
def test_other_lines_stay(text: str) -> None:
    assert restore_turned_alefs(Traced.of(text)).traced.text == text
