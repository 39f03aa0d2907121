"""PDF readers: each takes PDFs and gives their texts; those not installed are left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

Reader = Callable[[Sequence[Path]], list[str]]
_JARS = tuple(Path("/usr/share/java") / f"{name}.jar" for name in ("pdfbox2", "fontbox2", "commons-logging"))
_PDFJS_SCRIPT = Path(__file__).with_name("pdfjs.mjs")
_JAVA = Path(__file__).with_name("PdfBoxReader.java")


def readers() -> dict[str, Reader]:
    """The readers that this machine has."""
    found: dict[str, Reader] = {}
    if shutil.which("pdftotext"):
        found["poppler"] = _each(lambda pdf: _pdftotext(pdf))
        found["popplerlayout"] = _each(lambda pdf: _pdftotext(pdf, "-layout"))
        found["popplerraw"] = _each(lambda pdf: _pdftotext(pdf, "-raw"))
    for name, module, read in (
        ("pdfium", "pypdfium2", _pdfium),
        ("pdfminer", "pdfminer", _pdfminer),
        ("pypdf", "pypdf", _pypdf),
        ("pdfplumber", "pdfplumber", _pdfplumber),
        ("mupdf", "pymupdf", _mupdf),
    ):
        if find_spec(module):
            found[name] = _each(read)
    if shutil.which("gs"):
        found["ghostscript"] = _each(_ghostscript)
    if shutil.which("node") and os.environ.get("PDFJS"):
        found["pdfjs"] = _each(_pdfjs)
    if shutil.which("java") and all(jar.is_file() for jar in _JARS):
        found["pdfbox"] = lambda pdfs: _pdfbox(pdfs, "lines")
        found["tika"] = lambda pdfs: _pdfbox(pdfs, "paragraphs")
    return found


def _each(read: Callable[[Path], str]) -> Reader:
    return lambda pdfs: [read(pdf) for pdf in pdfs]


def _pdftotext(pdf: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout.decode()


def _pdfium(pdf: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)


def _pdfminer(pdf: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(str(pdf))


def _pdfplumber(pdf: Path) -> str:
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _ghostscript(pdf: Path) -> str:
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-sOutputFile=-", str(pdf)]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode(errors="replace")


def _pdfjs(pdf: Path) -> str:
    """pdf.js, whose folder the environment names: items of text as it hands them out, with the ends of lines that it sees."""
    return subprocess.run(["node", str(_PDFJS_SCRIPT), os.environ["PDFJS"], str(pdf)], check=True, capture_output=True, timeout=60).stdout.decode()


def _pypdf(pdf: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def _mupdf(pdf: Path) -> str:
    import pymupdf

    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


def _pdfbox(pdfs: Sequence[Path], mode: str) -> list[str]:
    """All PDFs in one virtual machine; `paragraphs` sets them off as Tika does."""
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "pdfs.txt"
        listing.write_text("\n".join(map(str, pdfs)), encoding="utf-8")
        command = ["java", "-cp", ":".join(map(str, _JARS)), str(_JAVA), mode, str(listing), folder]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        # As bytes: a glyph's number may be that of a carriage return, which is no end of a line.
        return [(Path(folder) / f"{i}.txt").read_bytes().decode() for i in range(len(pdfs))]
