"""PDF: every page's text in order, and a clear word where there is none."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.ingest.found import BEGINNING, Refusal, Text
from pipeline.ingest.items import items
from pipeline.ingest.readers.pdf import _paired
from pipeline.ingest.settings import Settings
from tests.ingest.pdf_maker import pdf


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


def test_halves_of_a_character_are_put_in_order() -> None:
    assert _paired("خبر \ude00\ud83d 🙂 \ud83d") == "خبر 😀 🙂 \ufffd"


@pytest.mark.system
def test_a_page_printed_by_chromium(tmp_path: Path, article: str) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs chromium")
    page, printed = tmp_path / "a.html", tmp_path / "a.pdf"
    second = '<p style="page-break-before:always">صفحة ثانية'
    page.write_text(f'<html dir="rtl"><meta charset="utf-8"><p>{article} 128 شخصا 😀{second}', "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/c", f"--print-to-pdf={printed}"]
    subprocess.run([chromium, *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    (found,) = read(printed)
    assert isinstance(found, Text)
    first, second = found.text.split("\f")
    assert "128" in first
    assert "😀" in first
    assert len(second.split()) >= 2
