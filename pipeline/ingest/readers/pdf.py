"""PDF: pdfium's text in page order, pages separated by a form feed. What pdfium gets wrong is for `restore` to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2

from pipeline.ingest import metadata
from pipeline.ingest.encodings import storable
from pipeline.ingest.found import Found, Metadata, Refusal
from pipeline.ingest.readers.whole import text_of, whole_file

PAGE_BREAK = "\f"
_REVERSED_PAIR = re.compile("([\udc00-\udfff])([\ud800-\udbff])")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@whole_file
def read(data: bytes) -> Iterator[Found]:
    """The text layer of every page, nothing left out; pdfium's own CRLF line ends become LF."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield _unopened(data, error)
        return
    try:
        yield from _document(document, data)
    finally:
        document.close()


def _document(document: Any, data: bytes) -> Iterator[Found]:
    pages, broken = [], []
    for number in range(len(document)):
        try:
            pages.append(_page(document, number))
        except pypdfium2.PdfiumError:
            pages.append("")
            broken.append(str(number + 1))
    if not any(page.strip() for page in pages):
        detail = f"the PDF's {len(pages)} pages have no text layer; run OCR over it first"
        yield Refusal("empty" if not broken else "broken", detail, data, len(data))
        return
    yield text_of(data, storable(PAGE_BREAK.join(pages)), "pdf", _properties(document))
    if broken:
        detail = f"pages {', '.join(broken)} cannot be opened and are missing from the text; print the PDF to a new file"
        yield Refusal("missing_pages", detail, ",".join(broken).encode(), 0, part="pages")


def _page(document: Any, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return _paired(str(text.get_text_range(errors="surrogatepass"))).replace("\r\n", "\n")
        finally:
            text.close()
    finally:
        page.close()


def _paired(text: str) -> str:
    """In a right-to-left run pdfium prints the two halves of a character beyond U+FFFF in reversed order (seen in Chromium's PDFs)."""
    swapped = _REVERSED_PAIR.sub(r"\2\1", text)
    return swapped.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _properties(document: Any) -> Metadata:
    """The title of the file; its dates tell when it was made, not when the text was published."""
    title = document.get_metadata_value("Title")
    return metadata.parse({"title": title.replace("\0", "")})[0] if title else Metadata()


def _unopened(data: bytes, error: pypdfium2.PdfiumError) -> Refusal:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return Refusal("encrypted", "the PDF asks for a password; save it again without one", data, len(data))
    return Refusal("broken", f"the PDF cannot be opened ({error}); download it again or print it to a new file", data, len(data))
