"""Hamza and madda that are code points of their own, behind their letter or before it."""

from __future__ import annotations

import unicodedata

import pytest

from pipeline.restore.hamza_marks import compose_hamza
from pipeline.restore.traced import Traced

CLEAN = "أعلنت اللجنة أن مسؤولين بيئيين آخرين سئلوا عن الإيرادات، وأكّدت رئيسة الهيئة أُسسها"


def test_decomposed_text_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", CLEAN)
    outcome = compose_hamza(Traced.of(decomposed))
    assert outcome.traced.text == CLEAN
    assert {c.kind for c in outcome.changes} == {"presentation_form"}


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("ٔاعلنوا النصر ٔامس", "أعلنوا النصر أمس"),
        ("بٕاسناد من الجو", "بإسناد من الجو"),
        ("الٕانتاج والٔامن", "الإنتاج والأمن"),
        ("في مارس/ٓاذار", "في مارس/آذار"),
        ("رٔوساء البلديات", "رؤساء البلديات"),
        ("ٔاُصيب شخصان", "أُصيب شخصان"),
        ("مواطٔنون", "مواطٔنون"),
    ],
)
def test_hamza_printed_before_its_letter(damaged: str, clean: str) -> None:
    assert compose_hamza(Traced.of(damaged)).traced.text == clean
