"""Plain text: the file is the document."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.encodings import decode, storable
from pipeline.ingest.found import Found
from pipeline.ingest.readers.whole import text_of, whole_file


@whole_file
def read(data: bytes) -> Iterator[Found]:
    """The text of the file exactly as it decodes, without a byte order mark."""
    found = decode(data)
    yield text_of(data, storable(found.text), found.encoding)
