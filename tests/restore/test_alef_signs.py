"""Alefs under a hamza that come as other signs: pages of fpdf2 as pdfium prints them."""

from __future__ import annotations

import pytest

from pipeline.restore.alef_signs import read_alef_signs
from pipeline.restore.traced import Traced

PRINTED = """علن المدير أن القاعة جاهزة ف
أ
وبعد الجلسةS
حمد وزملاؤه إSلى المدينة إSثر العاصفة
أ
وصلS
ألWسعار في السوق إSلى ما كانت عليه قبل ا
مس وعادت
أ
هدأتS
خبار إSن الطريق إSلى ألWرياف مفتوح وإSن ألWمطار توقفت
أ
وقالت ا"""
READ = """علن المدير أن القاعة جاهزة ف
أ
وبعد الجلسة
حمد وزملاؤه إلى المدينة إثر العاصفة
أ
وصل
لأسعار في السوق إلى ما كانت عليه قبل ا
مس وعادت
أ
هدأت
خبار إن الطريق إلى لأرياف مفتوح وإن لأمطار توقفت
أ
وقالت ا"""


@pytest.mark.parametrize(("alef", "lam"), [("\x16", "W"), ("$", "M"), ("\x7f", "%"), ("#", ":")])
def test_signs_behind_hamzas_and_below_them_are_taken_out(alef: str, lam: str) -> None:
    printed = PRINTED.replace("S", alef).replace("W", lam)
    assert read_alef_signs(Traced.of(printed)).traced.text == READ


@pytest.mark.parametrize(
    "text",
    ["قال: أ) نعم ب) لا\nأ-حمد إ-لى أ-مس أ-ن", "شارك 3 من أ.ف.ب و5 من أ.ب", "إلى (أحمد) وأ، وب، وأ. ثم أ؛ أو أ: هنا أ؟ وهناك أ!"],
)
def test_signs_of_the_writer_stay(text: str) -> None:
    assert read_alef_signs(Traced.of(text)).traced.text == text
