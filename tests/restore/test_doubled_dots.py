"""Letters with dots that a reader printed once for the letter and once for its dots."""

from __future__ import annotations

import re

from pipeline.restore.doubled_dots import drop_doubled_dots
from pipeline.restore.traced import Traced

TEXT = """قالت البلدية إن فرق الإسعاف نقلت تسعة مصابين إلى مشفى قريب بعد انهيار جدار في مدرسة قديمة.
وتوقفت الدراسة يومين ريثما تنتهي لجنة السلامة من فحص الأبنية المجاورة وتقديم تقريرها إلى المحافظ."""


def _doubled(text: str) -> str:
    return re.sub("[بتثجخذزشضظغفقنيةأإ]", lambda m: m.group() * 2, text)


def test_one_of_two_stays() -> None:
    assert drop_doubled_dots(Traced.of(_doubled(TEXT))).traced.text == TEXT


def test_a_word_that_is_commoner_with_both_stays() -> None:
    printed = _doubled(TEXT.replace("وتوقفت", "X")).replace("XX", "X").replace("X", "افتتاح")
    assert "افتتاح" in drop_doubled_dots(Traced.of(printed)).traced.text


def test_doubled_letters_of_other_texts_stay() -> None:
    text = "تتتابع الأنباء عن مدينةة واحدة، والسكان ينتظرون، وتتواصل عمليات البحث في الحي. " * 30
    assert drop_doubled_dots(Traced.of(text)).traced.text == text
