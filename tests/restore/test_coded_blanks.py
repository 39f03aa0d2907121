"""Blanks that came as the number of their glyph."""

from __future__ import annotations

import pytest

from pipeline.restore.coded_blanks import restore_coded_blanks
from pipeline.restore.traced import Traced

WRITTEN = "افتتح وزير الثقافة معرض الكتاب في العاصمة يوم الأحد\nوقال إن المعرض يضم أكثر من ألف عنوان جديد"


@pytest.mark.parametrize("code", ["(cid:6)", "\x06", "\x01"])
def test_blanks_come_back(code: str) -> None:
    assert restore_coded_blanks(Traced.of(WRITTEN.replace(" ", code))).traced.text == WRITTEN


@pytest.mark.parametrize("code", ["(cid:31)", "\x1f"])
def test_a_sign_that_stretches_words_is_no_blank(code: str) -> None:
    text = WRITTEN.replace("ي", f"ي{code}{code}")
    assert restore_coded_blanks(Traced.of(text)).traced.text == text


def test_a_text_with_blanks_stays() -> None:
    text = WRITTEN.replace("ف", "ف\x06")
    assert restore_coded_blanks(Traced.of(text)).traced.text == text
