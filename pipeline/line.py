"""The whole line in memory, from documents to flags and facts: what `inspect` shows and `evaluate` scores."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pyarrow as pa

from pipeline.schema import TABLES
from pipeline.stages import STAGES


def process(documents: pa.Table, producer_profiles: pa.Table | None = None) -> dict[str, pa.Table]:
    """Every table that the stages after ingestion make of `documents` (a table to that contract).

    Without `producer_profiles` each document stands alone.
    """
    profiles = TABLES["producer_profiles"].empty() if producer_profiles is None else producer_profiles
    tables = {"documents": documents, "producer_profiles": profiles, "corrections": TABLES["corrections"].empty()}
    for stage in STAGES:
        tables |= stage.run(tables, processes=1)
    return tables


def single_document(
    text: str,
    published_at: date | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> pa.Table:
    """A documents table of one row for a text that never went through the intake."""
    content = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    return TABLES["documents"].from_rows(
        [
            {
                "doc_id": digest[:16], "batch": "none", "media_type": "text/plain", "encoding": "utf-8", "size_bytes": len(content),
                "raw_sha256": digest, "record_no": 0, "title": title, "publisher": publisher, "language": "ar", "published_at": published_at,
                "ingested_at": datetime.now(UTC), "text": text,
            }
        ]
    )  # fmt: skip
