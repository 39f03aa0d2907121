"""Symbols of documents, whose parts pdfium prints last first."""

from __future__ import annotations

import pytest

from pipeline.restore.document_symbols import restore_document_symbols
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("انظر /46/54HRC/A، الفقرة", "انظر A/HRC/46/54، الفقرة"),
        ("في القرار /2139RES/S الصادر", "في القرار S/RES/2139 الصادر"),
        ("الرسالة /2021/100S المؤرخة", "الرسالة S/2021/100 المؤرخة"),
        ("في القرار S/RES/2139 الصادر", "في القرار S/RES/2139 الصادر"),
        ("على مدار 24/7 وفي /usr/bin", "على مدار 24/7 وفي /usr/bin"),
    ],
)
def test_parts_stand_in_order(printed: str, written: str) -> None:
    assert restore_document_symbols(Traced.of(printed)).traced.text == written
