"""Whether a text that a reader found is taken in: it must have content, Arabic, and a bounded size."""

from __future__ import annotations

import re

from pipeline.ingest.encodings import PLAUSIBLE, plausibility
from pipeline.ingest.found import Found, Refusal, Text
from pipeline.ingest.settings import MEGABYTE, Settings

_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdfb\ufe70-\ufefc]")
_LOOKED_AT = 65536
# Arabic that was decoded with the wrong page is restored later and must not be turned away here: (read as, really).
_MISREADINGS = (
    ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp874", "utf-8"), ("cp1251", "utf-8"), ("cp437", "utf-8"), ("mac_roman", "utf-8"),
    ("cp1252", "cp1256"), ("latin-1", "cp1256"), ("latin-1", "iso8859_6"), ("cp1251", "cp1256"),
)  # fmt: skip


def judged(found: Found, settings: Settings) -> Found:
    """The text itself, or the refusal that takes its place; refusals pass through."""
    if isinstance(found, Refusal):
        return found
    if found.size_bytes > settings.max_document_bytes:
        detail = f"one document of {found.size_bytes / MEGABYTE:.1f} MB; split it, or raise max_document_bytes"
        return Refusal("too_large", detail, None, found.size_bytes, found.record_no, position=found.position)
    if not found.text.strip("\ufeff\0\x1a \t\r\n\f\v\u00a0\u200b\u200c\u200d\u200e\u200f\u2028\u2029"):
        return _refused(found, "empty", "the text is blank; check how it was exported")
    if not has_arabic(found.text):
        return _refused(found, "no_arabic", "the text has no Arabic letters; Tarmim reads Arabic only (a scan needs OCR first)")
    return found


def has_arabic(text: str) -> bool:
    """Two Arabic letters of any kind, presentation forms included, or Arabic behind a wrong code page."""
    letters = _LETTER.finditer(text)
    if next(letters, None) and next(letters, None):
        return True
    return not text.isascii() and any(_misread(text[:_LOOKED_AT], *pages) for pages in _MISREADINGS)


def _misread(text: str, read_as: str, really: str) -> bool:
    again = text.encode(read_as, "ignore").decode(really, "ignore")
    return len(_LETTER.findall(again)) >= 4 and plausibility(again) > PLAUSIBLE


def _refused(found: Text, reason: str, detail: str) -> Refusal:
    content = found.text.encode("utf-8")
    return Refusal(reason, detail, content, found.size_bytes, found.record_no, position=found.position)
