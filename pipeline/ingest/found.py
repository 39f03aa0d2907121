"""What a reader finds in a file: texts and refusals. The words every reader and the ledger share stand here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline.ingest.settings import Settings

REASONS = (
    "empty", "binary", "undecodable", "no_arabic", "too_large", "malformed_record", "missing_text", "unsupported", "encrypted", "broken",
)  # fmt: skip
# Refusals of a part: the document itself was taken in.
PARTIAL_REASONS = ("malformed_metadata", "missing_pages")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a text besides its characters; None is unknown."""

    title: str | None = None
    publisher: str | None = None
    published_at: date | None = None
    language: str | None = None
    url: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """This, its unknown fields taken from `other`."""
        return Metadata(
            title=self.title if self.title is not None else other.title,
            publisher=self.publisher if self.publisher is not None else other.publisher,
            published_at=self.published_at if self.published_at is not None else other.published_at,
            language=self.language if self.language is not None else other.language,
            url=self.url if self.url is not None else other.url,
        )


NOTHING_KNOWN = Metadata()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input, or a part of it, that cannot become a document; `detail` says what is wrong and what to do.

    record_no is None for a whole file. `part` names a piece of metadata (its text is still taken in). content is
    None where the bytes are too many to copy: raw/ has them.
    """

    reason: str
    detail: str
    content: bytes | None = None
    size_bytes: int = 0
    record_no: int | None = None
    part: str | None = None
    position: int | None = None

    @property
    def sha256(self) -> str | None:
        return None if self.content is None else sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands: record_no is None for a whole file.

    size_bytes and content_sha256 are of the document's own bytes (the file, or the record's text as UTF-8).
    position is the byte offset of the record, where the format allows to jump there.
    """

    text: str
    encoding: str
    size_bytes: int
    content_sha256: str
    record_no: int | None = None
    metadata: Metadata = NOTHING_KNOWN
    position: int | None = None

    @property
    def doc_id(self) -> str:
        return self.content_sha256[:16]


Found = Text | Refusal


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin in a file of records: the number of the first record wanted and, if known, its byte offset."""

    record_no: int = 0
    position: int | None = None


BEGINNING = Start()


Read = Callable[[Path, Settings, Start], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, its file name endings and its reader.

    `whole` formats hold one document a file; the others hold records. A reader yields texts and refusals in the order of the
    file, from a given start, and never raises for what the file holds.
    """

    name: str
    media_type: str
    whole: bool
    endings: tuple[str, ...]
    read: Read
