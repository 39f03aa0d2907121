"""The benchmark of numerals: which outcome a numeral of the clean text has."""

from __future__ import annotations

from benchmarks.numerals import outcomes

CLEAN = "وصلت 1,200 أسرة يوم 23/10/2017 وبقيت 12 أسرة في ٣ قرى، أي 5%."


def test_a_text_without_damage_has_all_numerals_right() -> None:
    assert outcomes(CLEAN, CLEAN) == {"right": 5, "foreign": 0}


def test_arabic_indic_digits_count_as_the_others() -> None:
    assert outcomes(CLEAN.replace("٣", "3").replace("%", "٪"), CLEAN)["right"] == 5


def test_turned_moved_lost_and_foreign_numerals_are_told_apart() -> None:
    damaged = "وصلت 200,1 أسرة يوم 2017/10/23 وبقيت أسرة في قرى 12، أي 7%."
    assert outcomes(damaged, CLEAN) == {"turned": 2, "moved": 1, "lost": 2, "foreign": 1}
