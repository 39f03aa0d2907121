"""Rows that were split at a vowel mark: the printed lines, the row."""

from __future__ import annotations

import pytest

from pipeline.restore.split_rows import restore_split_rows
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("ت النواب على المشروع\nّ\nصو\n\nثم غادروا", "صوّت النواب على المشروع\n\nثم غادروا"),
        (" موازنة العام\nّ\n\nالبرلمان يقر", "البرلمان يقرّ موازنة العام"),
        ("ا بنسبة ثلاثة في المئة ًّ\nوتوقع الخبراء نمو\n", "وتوقع الخبراء نموًّا بنسبة ثلاثة في المئة\n"),
    ],
)
def test_rows_are_put_together(printed: str, row: str) -> None:
    traced = restore_split_rows(Traced.of(printed)).traced
    assert traced.text == row
    assert all(printed[i] == c for c, i in zip(traced.text, traced.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", ["قال النائب.\nّ\nوغادر الوزير.", "صوّت النواب\nثم غادروا", "كلمة ً\nواحدة", "اب\nّ\nظضذ"])
def test_other_lines_stay(text: str) -> None:
    assert restore_split_rows(Traced.of(text)).traced.text == text
