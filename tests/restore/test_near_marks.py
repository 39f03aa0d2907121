"""What stands beside vowel marks, taken out of a text once for all passes that look there."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.rewriting import near_marks

BESIDE = [
    re.compile(p) for p in ("[\u064b-\u0652][اب]?", "(?m)^[\u064b-\u0652]{1,2} ", "[ \n][\u064b-\u0652]+\n", "(?<![اب\u064b-\u0652])[\u064b-\u0652]")
]


def test_words_without_marks_are_left_out() -> None:
    assert near_marks("وصل الوفد إلى المدينة مساءً ثم غادرها في اليوم التالي") == "\nساءً ثم"
    assert near_marks("وصل الوفد إلى المدينة") == ""


@given(st.text("ابتث \n", max_size=40), st.text("اب \n\u064b\u0651", max_size=8), st.text("ابتث \n", max_size=40))
def test_what_stands_beside_a_mark_is_found_as_in_the_text(before: str, marked: str, behind: str) -> None:
    text = before + marked + behind
    for pattern in BESIDE:
        assert pattern.findall(near_marks(text)) == pattern.findall(text)
