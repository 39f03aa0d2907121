"""Plain text: the file is the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.ingest.encodings import storable
from pipeline.ingest.found import BEGINNING, Found, Refusal, Start
from pipeline.ingest.readers.whole import bytes_of, decoded, text_of
from pipeline.ingest.settings import Settings


def read(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:
    """The text of the file exactly as it decodes, without a byte order mark."""
    if start.record_no:
        return
    data = bytes_of(path, settings)
    if isinstance(data, Refusal):
        yield data
        return
    text = decoded(data)
    yield text if isinstance(text, Refusal) else text_of(data, storable(text[0]), text[1])
