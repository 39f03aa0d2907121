"""What the formats of many records share: a mapping of named values becomes a text with metadata, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from pipeline.ingest import metadata
from pipeline.ingest.encodings import storable
from pipeline.ingest.found import Found, Refusal, Text
from pipeline.ingest.settings import MEGABYTE, Settings


def text_record(
    values: Mapping[str, Any], record_no: int, source: bytes, settings: Settings, encoding: str, position: int | None = None
) -> Iterator[Found]:
    """The record's text and, beside it, the metadata that could not be used. `source` are the bytes the record came from."""
    text = values.get(settings.text_column)
    if not isinstance(text, str):
        yield missing(values, record_no, source, settings, position)
        return
    known, faults = metadata.parse(values)
    text = storable(text)
    content = text.encode("utf-8")
    yield Text(text, encoding, len(content), sha256(content).hexdigest(), record_no, known, position)
    if faults:
        detail = f"{'; '.join(faults)}; the text was taken in without it"
        yield Refusal("malformed_metadata", detail, source, len(source), record_no, "metadata")


def missing(values: Mapping[str, Any], record_no: int | None, source: bytes, settings: Settings, position: int | None = None) -> Refusal:
    """The refusal of a record that has no text where it is looked for."""
    column = settings.text_column
    if column in values:
        problem = f"`{column}` is {type(values[column]).__name__}, not text" if values[column] is not None else f"`{column}` is null"
    else:
        problem = f"there is no `{column}` among {', '.join(sorted(map(str, values))[:12]) or 'no columns'}"
    detail = f"{problem}; give the text as `{column}` or set text_column"
    return Refusal("missing_text", detail, source, len(source), record_no, position=position)


def too_large(size: int, record_no: int | None, settings: Settings, position: int | None = None) -> Refusal:
    """The refusal of a record over the limit, `size` in bytes (0: not known); its bytes stay in raw/ only."""
    limit = settings.max_document_bytes / MEGABYTE
    how = f" of {size / MEGABYTE:.1f} MB" if size else ""
    detail = f"one record{how} is over {limit:.1f} MB; split it, or raise max_document_bytes"
    return Refusal("too_large", detail, None, size, record_no, position=position)
