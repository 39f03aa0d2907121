"""Texts without any blanks, as readers see LuaTeX's pages."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.document import restore
from pipeline.restore.run_together import restore_run_together
from pipeline.restore.traced import Traced

WRITTEN = (
    "وصلت سفينة الشحن إلى ميناء المدينة صباح الخميس بعد رحلة استمرت عشرة أيام",
    "وقال مدير الميناء إن السفينة تحمل 40 حاوية من المواد الغذائية، وستغادر يوم الأحد",
    "وأضاف أن عمال الميناء (وعددهم 120 عاملا) بدأوا تفريغ حمولتها فور وصولها",
    "ومن المقرر أن تصل سفينة أخرى الأسبوع المقبل، وعلى متنها معدات للمستشفى",
)
TOGETHER = [line.replace(" ", "") for line in WRITTEN]


def _from_left(line: str) -> str:
    return re.sub("[0-9]+", lambda m: m.group()[::-1], line[::-1].translate(str.maketrans("()", ")(")))


def test_words_are_parted() -> None:
    outcome = restore_run_together(Traced.of("\n".join(TOGETHER)))
    assert outcome.traced.text == "\n".join(WRITTEN)
    assert {change.kind for change in outcome.changes} == {"glued_word"}


def test_lines_from_left_are_turned() -> None:
    text = "\n".join(map(_from_left, TOGETHER))
    assert restore_run_together(Traced.of(text)).traced.text == "\n".join(WRITTEN)
    assert restore(text).text.split() == " ".join(WRITTEN).split()


def test_pieces_around_a_glyph_off_the_line_stand_in_reading_order() -> None:
    cut = [_from_left(line[:20]) + f" {line[20]} " + _from_left(line[21:]) for line in TOGETHER[:1]]
    text = "\n".join([*cut, *map(_from_left, TOGETHER[1:])])
    assert restore_run_together(Traced.of(text)).traced.text == "\n".join(WRITTEN)


def test_letters_on_lines_of_their_own_are_joined() -> None:
    text = "\n".join(re.findall("[0-9]+|.", "".join(TOGETHER)))
    assert restore_run_together(Traced.of(text)).traced.text.split() == " ".join(WRITTEN).split()


@pytest.mark.parametrize("text", ["\n".join(WRITTEN), "\n".join(" ".join(WRITTEN).split())])
def test_texts_with_blanks_stay(text: str) -> None:
    assert restore_run_together(Traced.of(text)).traced.text == text
