"""Letters that came as letters of another script: pages of WeasyPrint as pdfium prints them, of LibreOffice as Tika does."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.sign_letters import read_sign_letters
from pipeline.restore.traced import Traced

WRITTEN = (
    "وصلت الحافلات إلى المدينة صباح السبت، ولا تزال الطرقات مغلقة أمام الشاحنات، "
    "فيما قال السائقون إن الانتظار طال ولا حل قريب، لا اليوم ولا غدا، بحسب الاتفاق"
)


@pytest.mark.parametrize(("alef", "ligature"), [("ğ", "Σ"), ("Ğ", "\u03a2"), ("ا", "Σ"), ("\x12", "\x0c")])
def test_signs_are_read_by_the_words_they_make(alef: str, ligature: str) -> None:
    printed = WRITTEN.replace("لا", ligature).replace("ا", alef)
    assert read_sign_letters(Traced.of(printed)).traced.text == WRITTEN


def test_a_sign_behind_a_hamza_that_brought_its_alef_along_does_not_count() -> None:
    printed = re.sub("([أإ])", "\\1ا", WRITTEN).replace("ا", "\x12")
    assert read_sign_letters(Traced.of(printed)).traced.text == printed.replace("\x12", "ا")


def test_marks_and_names_in_other_scripts_stay() -> None:
    marked = re.sub("(?<=[صتغطقش])", "й", WRITTEN)
    for text in ("قال مدير شركة Škoda إن طراز Škoda الجديد وصل إلى أسواق Škoda", marked):
        assert read_sign_letters(Traced.of(text)).traced.text == text
