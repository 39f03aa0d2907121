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


def test_a_sign_beside_more_blanks_is_the_hamza_below() -> None:
    """The hamza above has the blank's code; its alef ends a piece before two blanks or at a line's end."""
    rows = [
        ("هالي القرية  مس وفد من ا  وصل ا", "هالي القرية  مس وفد من أ  وصل أ"),
        ("لى المدينة  ن السكان ا  عادوا ا#  وقال ا", "لى المدينة  ن السكان أ  عادوا إ  وقال أ"),
        ("لى بيوتهم  مس وا  لم يصلوا ا#  ول مرة ا", "لى بيوتهم  مس وأ  لم يصلوا إ  ول مرة أ"),
        ("صلاح الطرق  كثر من شهر ا  وبدأ ا#  خيرا ا", "صلاح الطرق  كثر من شهر أ  وبدأ إ  خيرا أ"),
    ]
    printed = "\n".join(row for row, _ in rows * 2)
    assert read_hamza_signs(Traced.of(printed)).traced.text.split("\n") == [written for _, written in rows * 2]


def test_alefs_that_end_pieces_by_themselves_have_the_hamza_above() -> None:
    """That of the hamza below has a letter before its piece."""
    rows = [
        ("هالي القرية  مس وفد من ا  وصل ا", "هالي القرية  مس وفد من أ  وصل أ"),
        ("علن المجلس  كد الوزير ا  ن السكان وا  رجع ا", "علن المجلس  كد الوزير أ  ن السكان وأ  رجع أ"),
        ("لى المدينة  Vعادوا ا  ن التجار ا  قال ا", "لى المدينة  عادوا إ  ن التجار أ  قال أ"),
    ]
    restored = read_hamza_signs(Traced.of("\n".join(printed for printed, _ in rows * 3))).traced.text
    assert restored.split("\n") == [written for _, written in rows * 3]


def test_each_of_two_signs_is_the_alef_with_which_its_words_are_known() -> None:
    rows = [row.replace("#", "\t").replace("V", "").replace(" ا ", " ا! ") if "V" in row else row.replace("#", "\t") for row, _ in ROWS]
    restored = read_hamza_signs(Traced.of("\n".join(rows * 3))).traced.text
    assert restored == "\n".join(written for _, written in ROWS * 3)


def test_words_of_one_alef_are_few_in_other_texts() -> None:
    text = "\n".join("ذهب لا هو ولا صاحبه إلى السوق ثم عاد وا حسرتاه" for _ in range(9))
    assert not read_hamza_signs(Traced.of(text)).changes
