"""corpus_quality counts doubts by outlet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb

from pipeline.schema import TABLES
from pipeline.storage.sql import SQL

NOON = datetime(2017, 5, 1, 12, tzinfo=UTC)


def document(doc: str) -> dict[str, Any]:
    return {
        "doc_id": doc, "batch": "b", "media_type": "text/plain", "size_bytes": 1, "raw_sha256": doc, "record_no": 0, "publisher": f"Outlet {doc}",
        "ingested_at": NOON, "text": "",
    }  # fmt: skip


GAP = {
    "doc_id": "gap", "flag_id": "gap-f0", "sentence_id": "gap-s0", "kind": "stripped_number", "severity": "error", "start": 10, "end": 15,
    "raw_start": 10, "raw_end": 15, "text": "مدنيا", "confidence": 0.9, "explanation": "", "low": 11.0,
}  # fmt: skip


def mart(name: str, **rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a mart over tables given as rows; the others are empty."""
    with duckdb.connect() as connection:
        for table, contract in TABLES.items():
            connection.register(table, contract.from_rows(rows.get(table, [])))
        query = (SQL / "marts" / f"{name}.sql").read_text(encoding="utf-8")
        return connection.sql(query).to_arrow_table().to_pylist()


def test_corpus_quality_counts_by_outlet():
    measures = {c.name: 0 for c in TABLES["document_quality"].columns if not c.nullable and c.name not in ("doc_id", "score")}
    (row,) = mart(
        "corpus_quality",
        documents=[document("gap")],
        quality_flags=[GAP, {**GAP, "flag_id": "f1", "kind": "duplicated_phrase"}, {**GAP, "flag_id": "f2", "kind": "unbalanced"}],
        document_quality=[{**measures, "doc_id": "gap", "sentences": 10, "score": 0.5, "gopher_quality": "gopher_short_doc"}],
    )
    assert (row["stripped_numbers"], row["duplicated_words"], row["other_doubts"], row["flags"]) == (1, 1, 1, 3)
    assert (row["stripped_per_1000_sentences"], row["filtered_by_gopher"], row["filtered_by_fineweb"]) == (100, 1, 0)
