"""Letters set apart, and the words they make."""

from __future__ import annotations

import pytest

from pipeline.restore.spaced_letters import join_spaced_letters
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("spaced", "text"),
    [
        ("بيان ا ل م ح ك م ة الدولية", "بيان المحكمة الدولية"),
        ("و ز ا ر ة ا ل ص ح ة", "وزارة الصحة"),
        ("ق ت ل  1 4  م د ن ي ا  ف ي  ا ل ق ص ف .\nو ق ا ل  ا ل ن ا ط ق", "قتل  14  مدنيا  في  القصف.\nوقال  الناطق"),
        ("ا   ل   م   د   ي   ن   ة", "المدينة"),
    ],
)
def test_letters_are_joined(spaced: str, text: str) -> None:
    assert join_spaced_letters(Traced.of(spaced)).traced.text == text


@pytest.mark.parametrize("text", ["أ ب ج د ه و ز", "المادة 5 و 6 أ ب", "ص ب 1 2 3 4", "س ص ع ل م", "في 3 4 5 6 7"])
def test_single_letters_stay(text: str) -> None:
    assert join_spaced_letters(Traced.of(text)).traced.text == text
