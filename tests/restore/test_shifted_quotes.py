"""Quotation marks that stand behind the pieces of a row that they part, as PDFBox prints LibreOffice's pages in fonts without them."""

from __future__ import annotations

import pytest

from pipeline.restore.shifted_quotes import restore_shifted_quotes
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (
            "، بينما رفض الوزير التعليق خلال أيام قليلة ”وأعلن المدير أن المدرسة ستفتح  “",
            "وأعلن المدير أن المدرسة ستفتح “خلال أيام قليلة”، بينما رفض الوزير التعليق",
        ),
        (". لن نغادر القرية مهما حدث ”وقال رئيس البلدية للصحيفة:  “", "وقال رئيس البلدية للصحيفة: “لن نغادر القرية مهما حدث”."),
        (". ”مهما حدث لنا في الأيام المقبلة", "مهما حدث لنا في الأيام المقبلة”."),
        (
            ". ”مهما حدث\nكنا ننام على الأرض في المدرسة منذ أسبوعين  “ويقول أحد النازحين الذين وصلوا أمس إلى المدينة: ",
            "مهما حدث”.\nويقول أحد النازحين الذين وصلوا أمس إلى المدينة: “كنا ننام على الأرض في المدرسة منذ أسبوعين",
        ),
    ],
)
def test_pieces_and_marks_are_put_in_order(printed: str, written: str) -> None:
    outcome = restore_shifted_quotes(Traced.of(f"{printed}\n"))
    assert outcome.traced.text == f"{written}\n"
    assert all(c == " " if i < 0 else printed[i] == c for c, i in zip(written, outcome.traced.origin.tolist(), strict=False))


@pytest.mark.parametrize(
    "text",
    [
        "وقال رئيس البلدية للصحيفة: “لن نغادر القرية مهما حدث”.",
        "وقال رئيس البلدية  “لن نغادر القرية مهما حدث",
        # Marks that face the wrong way, and a row with figures, which drawn_rows.py puts in order.
        "وقال رئيس البلدية للصحيفة ”لن نغادر القرية مهما حدث“",
        "وقال ”لن نغادر القرية مهما حدث “",
        ". لن نغادر 12 قرية مهما حدث ”وقال رئيس البلدية للصحيفة:  “",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert restore_shifted_quotes(Traced.of(text)).traced.text == text
