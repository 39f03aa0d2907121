"""The whole line in memory, from documents to flags and facts: what `inspect` shows and `evaluate` scores."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pyarrow as pa

from pipeline.extract.stage import extract_facts
from pipeline.quality.stage import flag_texts, judge_quality
from pipeline.restore.profile import Profile
from pipeline.restore.stage import restore_documents
from pipeline.schema import TABLES


def process(documents: pa.Table, profiles: Mapping[str, Profile] | None = None) -> dict[str, pa.Table]:
    """Every table that the stages after ingestion make of `documents` (a table to that contract)."""
    tables = {"documents": documents, **restore_documents(documents, profiles)}
    tables |= flag_texts(documents, tables["restored_documents"], tables["sentences"])
    tables |= extract_facts(documents, tables["restored_documents"], tables["sentences"], tables["restorations"], tables["text_flags"])
    tables |= judge_quality(documents, **{name: tables[name] for name in JUDGED})
    return tables


JUDGED = (
    "restored_documents", "restorations", "sentences", "restoration_doubts", "text_flags",
    "mentions", "quantities", "times", "claims", "events",
)  # fmt: skip


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
