"""What plain text, HTML and PDF share: one document a file, read whole, its id the hash of its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from pipeline.ingest.encodings import BinaryBytes, Undecodable
from pipeline.ingest.found import BEGINNING, Found, Metadata, Read, Refusal, Start, Text
from pipeline.ingest.settings import MEGABYTE, Settings


def whole_file(document_in: Callable[[bytes], Iterator[Found]]) -> Read:
    """The reader of a format of which `document_in` finds the document in a file's bytes.

    Files without bytes, with too many, and those of which `document_in` raises BinaryBytes or Undecodable are refused.
    """

    def read(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:
        if start.record_no:
            return
        data = _bytes_of(path, settings)
        if isinstance(data, Refusal):
            yield data
            return
        try:
            yield from document_in(data)
        except (BinaryBytes, Undecodable) as error:
            yield Refusal("binary" if isinstance(error, BinaryBytes) else "undecodable", str(error), data, len(data))

    return read


def text_of(data: bytes, text: str, encoding: str, metadata: Metadata | None = None) -> Text:
    """The document of a whole file."""
    return Text(text, encoding, len(data), sha256(data).hexdigest(), metadata=metadata or Metadata())


def _bytes_of(path: Path, settings: Settings) -> bytes | Refusal:
    size = path.stat().st_size
    if size == 0:
        return Refusal("empty", "the file has no bytes; check how it was exported", b"", 0)
    if size > settings.max_document_bytes:
        limit = settings.max_document_bytes / MEGABYTE
        detail = f"one document of {size / MEGABYTE:.1f} MB; split it, or raise max_document_bytes (now {limit:.1f} MB)"
        return Refusal("too_large", detail, None, size)
    return path.read_bytes()
