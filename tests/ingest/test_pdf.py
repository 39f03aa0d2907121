"""PDF: every page's text in order, and a clear word where there is none."""

from pathlib import Path

import pytest
from pdf_maker import pdf

from pipeline.ingest.found import BEGINNING, Refusal, Text
from pipeline.ingest.items import items
from pipeline.ingest.settings import Settings


def read(path: Path) -> list[Text | Refusal]:
    return list(items(path, path.name, "pdf", Settings(), BEGINNING))


def test_pages_in_order_with_a_break_between(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["abc خبر", "", "\ue005\ue008"]))
    (found,) = read(path)
    assert isinstance(found, Text)
    first, second, third = found.text.split("\f")
    # Letters come out; in which order an Arabic run stands is pdfium's affair and the restorer's.
    assert sorted(first.replace(" ", "")) == sorted("abcخبر")
    assert (second.strip(), third.strip()) == ("", "\ue005\ue008")


@pytest.mark.parametrize(
    ("content", "reason", "word"),
    [
        (pdf(["abc"], encrypted=True), "encrypted", "password"),
        (pdf([""]), "empty", "OCR"),
        (b"%PDF-1.7\nnothing", "broken", "again"),
        (pdf(["english only"]), "no_arabic", "Arabic"),
    ],
)
def test_refusals(tmp_path: Path, content: bytes, reason: str, word: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    (found,) = read(path)
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert word in found.detail
