"""What plain text, HTML and PDF share: one document a file, read whole, its id the hash of its bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pipeline.ingest.encodings import BinaryBytes, Undecodable, decode
from pipeline.ingest.found import Metadata, Refusal, Text
from pipeline.ingest.settings import MEGABYTE, Settings


def bytes_of(path: Path, settings: Settings) -> bytes | Refusal:
    """The file's bytes, or why they are not read."""
    size = path.stat().st_size
    if size == 0:
        return Refusal("empty", "the file has no bytes; check how it was exported", b"", 0)
    if size > settings.max_document_bytes:
        limit = settings.max_document_bytes / MEGABYTE
        detail = f"one document of {size / MEGABYTE:.1f} MB; split it, or raise max_document_bytes (now {limit:.1f} MB)"
        return Refusal("too_large", detail, None, size)
    return path.read_bytes()


def text_of(data: bytes, text: str, encoding: str, metadata: Metadata | None = None) -> Text:
    """The document of a whole file."""
    return Text(text, encoding, len(data), sha256(data).hexdigest(), metadata=metadata or Metadata())


def undecodable(data: bytes, error: BinaryBytes | Undecodable) -> Refusal:
    """The refusal for bytes that give no text."""
    return Refusal("binary" if isinstance(error, BinaryBytes) else "undecodable", str(error), data, len(data))


def decoded(data: bytes) -> tuple[str, str] | Refusal:
    """Text and encoding of `data`, or the refusal."""
    try:
        found = decode(data)
    except (BinaryBytes, Undecodable) as error:
        return undecodable(data, error)
    return found.text, found.encoding
