"""A file's ingest tables without a home: nothing is kept, nothing put into quarantine. For looking into single files."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from pipeline.ingest.batches import INGEST_TABLES, document_row, origin_of, rejected_row, source_row
from pipeline.ingest.formats import format_of
from pipeline.ingest.found import Refusal, Start
from pipeline.ingest.items import combined, items, source_uri
from pipeline.ingest.metadata import FolderMetadata
from pipeline.ingest.settings import Settings
from pipeline.schema import TABLES

BATCH = "standalone"


def read_files(path: Path, published_at: date | None = None, settings: Settings | None = None) -> dict[str, pa.Table]:
    """documents, document_sources and rejected_files of the file at `path`, with what its sidecar and manifest say of it.

    `published_at` goes before any date found. Raises OSError when the file cannot be opened.
    """
    known, now = settings or Settings(), datetime.now(UTC)
    uri = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    folder = FolderMetadata.of(path.parent)
    described = folder.describe(path)
    with path.open("rb") as file:
        raw_sha256 = _digest(file.fileno())
    kind = format_of(path.name)
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in INGEST_TABLES}
    for found in items(path, path.name, kind.name, known, Start()):
        place = source_uri(uri, found)
        if isinstance(found, Refusal):
            whole = found.record_no is None and found.part is None
            rows["rejected_files"].append(rejected_row(BATCH, place, found, raw_sha256 if whole else found.sha256, None, now))
            continue
        metadata = combined(found.metadata, described.metadata, found.record_no is not None)
        if published_at:
            metadata = replace(metadata, published_at=published_at)
        if all(row["doc_id"] != found.doc_id for row in rows["documents"]):
            rows["documents"].append(document_row(BATCH, kind.media_type, raw_sha256, found, metadata, now))
        origin = origin_of(described.origin, found, described.metadata)
        rows["document_sources"].append(source_row(found, place, metadata, origin, now, None))
    for fault_path, fault in folder.faults:
        rows["rejected_files"].append(rejected_row(BATCH, fault_path.as_posix(), fault, fault.sha256, None, now))
    return {name: TABLES[name].from_rows(rows[name]) for name in INGEST_TABLES}


def _digest(descriptor: int) -> str:
    digest = sha256()
    while piece := os.read(descriptor, 1024 * 1024):
        digest.update(piece)
    return digest.hexdigest()
