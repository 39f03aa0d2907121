"""Hamzas that come as the number of their glyph."""

from __future__ import annotations

import pytest

from pipeline.restore.hamza_signs import read_hamza_signs
from pipeline.restore.traced import Traced

# Rows as PDFBox prints them: the last piece first, each but that one ending in the alef whose word goes on before it.
ROWS = [
    ("هالي القرية مس وفد من ا# وصل ا#", "هالي القرية مس وفد من أ وصل أ"),
    ("لى المدينة Vعادوا ا ن السكان ا# وقال ا#", "لى المدينة عادوا إ ن السكان أ وقال أ"),
    ("لى بيوتهم Vلم يصلوا ا مس وا# ول كان األ#", "لى بيوتهم لم يصلوا إ مس وأ ول كان الأ"),
    ("صلاح الطرق Vوبدأ ا كثر من شهر ا#", "صلاح الطرق وبدأ إ كثر من شهر أ"),
]


def test_alefs_get_their_hamza() -> None:
    outcome = read_hamza_signs(Traced.of("\n".join(printed for printed, _ in ROWS)))
    assert outcome.traced.text.split("\n") == [written for _, written in ROWS]
    assert all(change.confidence <= 0.9 for change in outcome.changes)


@pytest.mark.parametrize("text", ["مرحبا# أهلا# وسهلا", "\n".join("قال V هنا ا" for _ in range(9)), "\n".join(written for _, written in ROWS)])
def test_other_signs_stay(text: str) -> None:
    assert read_hamza_signs(Traced.of(text)).traced.text == text
