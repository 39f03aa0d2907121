"""Ligatures whose two codes Ghostscript squeezed into one."""

from __future__ import annotations

import pytest

from pipeline.restore.squeezed_codes import restore_squeezed_codes
from pipeline.restore.traced import Traced

WRITTEN = "انتقل الأولاد إلى مدرسة البلدة خلال الصيف"


@pytest.mark.parametrize(
    "printed",
    [
        "انتقل ا䐣لو䐧لد إلى مدرسة البلدة خ䐧لل الصيف",  # poppler, pdfium, MuPDF, PDFBox
        "انتقل ال䐣ول䐧د إلى مدرسة البلدة خل䐧ل الصيف",  # pypdf
        "انتقل ا\u202a䐣\u202cلو\u202a䐧\u202cلد إلى مدرسة البلدة خ\u202a䐧\u202cلل الصيف",  # pdftotext
    ],
)
def test_both_letters_come_back(printed: str) -> None:
    assert restore_squeezed_codes(Traced.of(printed)).traced.text == WRITTEN


def test_signs_before_a_code_that_was_embedded_with_them() -> None:
    printed = "\u202bانتهى الاجتماع\u202a䐧 .\u202cل جديد في الم\u202a䐧\u202cلعب\u202c"
    assert restore_squeezed_codes(Traced.of(printed)).traced.text == "\u202bانتهى الاجتماع\u202a .\u202cلا جديد في الملاعب\u202c"


def test_words_embedded_one_by_one() -> None:
    printed = "\u202bلد\u202c䐧\u202bالب\u202c \u202bلعب\u202c䐧\u202bم\u202c"
    assert restore_squeezed_codes(Traced.of(printed)).traced.text == "\u202bلاد\u202c\u202bالب\u202c \u202bلاعب\u202c\u202bم\u202c"


def test_visual_order_stays() -> None:
    assert restore_squeezed_codes(Traced.of("دل䐧بلا يف بعل䐧ملا")).traced.text == "دالبلا يف بعالملا"


@pytest.mark.parametrize("text", ["العلامة ™ في السوق", "كلمة 䐧 وحدها", "قال: 中文 لغة صعبة"])
def test_characters_that_were_meant_stay(text: str) -> None:
    assert restore_squeezed_codes(Traced.of(text)).traced.text == text
