"""Parquet: a text column whose other known columns are metadata, read in small blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.found import BEGINNING, Found, Refusal, Start
from pipeline.ingest.metadata import FIELDS
from pipeline.ingest.readers.records import missing, text_record, too_large
from pipeline.ingest.settings import Settings

_ROWS = 256


def read(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:
    """One text or refusal a row; `position` is a row group's first row, so that row groups before it are not read."""
    record_no = 0
    try:
        with pq.ParquetFile(path, buffer_size=1024 * 1024, pre_buffer=False) as file:
            if settings.text_column not in file.schema_arrow.names:
                yield _no_column(path, file.schema_arrow, settings)
                return
            columns = [settings.text_column, *(c for c in FIELDS if c in file.schema_arrow.names and c != settings.text_column)]
            for group in range(file.num_row_groups):
                rows = file.metadata.row_group(group).num_rows
                if record_no + rows <= start.record_no:
                    record_no += rows
                    continue
                for block in file.iter_batches(_ROWS, row_groups=[group], columns=columns):
                    yield from _block(block, record_no, start.record_no, settings)
                    record_no += block.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        detail = f"the Parquet file cannot be read after record {record_no}: {_first_line(error)}; write it again"
        yield Refusal("broken", detail, b"", 0, record_no if record_no else None)


def _block(block: pa.RecordBatch, first: int, wanted: int, settings: Settings) -> Iterator[Found]:
    names = block.schema.names
    for offset in range(max(0, wanted - first), block.num_rows):
        record_no = first + offset
        values: dict[str, Any] = {name: _value(block.column(i)[offset]) for i, name in enumerate(names)}
        text = values[settings.text_column]
        if isinstance(text, str) and len(text) <= settings.max_document_bytes:
            shown = {k: v for k, v in values.items() if k != settings.text_column}
            yield from text_record(values, record_no, _as_json(shown), settings, "utf-8")
        elif isinstance(text, str):
            yield too_large(len(text), record_no, settings)
        else:
            yield missing(values, record_no, _as_json(values), settings)


def _value(scalar: Any) -> Any:
    """The Python value; binary text columns count as text where they hold UTF-8."""
    try:
        value = scalar.as_py()
    except (UnicodeDecodeError, ValueError, OverflowError):
        return None
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value
    return value


def _no_column(path: Path, schema: pa.Schema, settings: Settings) -> Refusal:
    found = ", ".join(schema.names[:12])
    detail = f"no column `{settings.text_column}` among {found}; name the text column so, or set text_column"
    return Refusal("missing_text", detail, None, path.stat().st_size)


def _as_json(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, default=str, sort_keys=True).encode("utf-8", "replace")


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
