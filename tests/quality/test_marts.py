"""number_gaps names what other documents say of the same happening; corpus_quality counts doubts by outlet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from pipeline.schema import TABLES
from pipeline.storage.sql import SQL

DAY = date(2017, 5, 1)
NOON = datetime(2017, 5, 1, 12, tzinfo=UTC)


def event(doc: str, place: str = "place:aleppo", day: date = DAY) -> dict[str, Any]:
    return {
        "doc_id": doc, "sentence_id": f"{doc}-s0", "event_id": f"{doc}-e0", "start": 0, "end": 3, "trigger": "قتل", "kind": "airstrike",
        "agent_ids": [], "agents": [], "patient_ids": [], "patients": [], "place_id": place, "date_start": day, "date_end": day,
        "status": "claimed", "source": f"Source {doc}",
    }  # fmt: skip


def quantity(doc: str, status: str, low: float | None, unit: str = "مدني", kind: str = "killed") -> dict[str, Any]:
    return {
        "doc_id": doc, "sentence_id": f"{doc}-s0", "quantity_id": f"{doc}-q0", "start": 10, "end": 15, "text": "¦", "status": status,
        "low": low, "high": low, "qualifier": "exactly", "unit": unit, "kind": kind,
    }  # fmt: skip


def document(doc: str) -> dict[str, Any]:
    return {
        "doc_id": doc, "batch": "b", "media_type": "text/plain", "size_bytes": 1, "raw_sha256": doc, "record_no": 0, "publisher": f"Outlet {doc}",
        "ingested_at": NOON, "text": "",
    }  # fmt: skip


def sentence(doc: str) -> dict[str, Any]:
    return {
        "doc_id": doc, "sentence_id": f"{doc}-s0", "paragraph_no": 0, "sentence_no": 0, "kind": "body", "start": 0, "end": 20, "text": f"جملة {doc}",
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


def gaps(*others: tuple[dict[str, Any], dict[str, Any]]) -> list[dict[str, Any]]:
    names = ["gap", *(o[0]["doc_id"] for o in others)]
    return mart(
        "number_gaps",
        documents=[document(n) for n in names],
        sentences=[sentence(n) for n in names],
        quality_flags=[GAP],
        quantities=[quantity("gap", "stripped", None), *(o[1] for o in others)],
        events=[event("gap"), *(o[0] for o in others)],
    )


def test_a_gap_without_candidates():
    (row,) = gaps()
    assert (row["unit"], row["role"], row["low"], row["high"]) == ("مدني", "killed", 11, None)
    assert (row["candidate_count"], row["candidates"], row["sentence"]) == (0, None, "جملة gap")


def test_what_other_documents_state_is_a_candidate_with_its_source():
    (row,) = gaps((event("a"), quantity("a", "stated", 34)), (event("b", day=date(2017, 5, 3)), quantity("b", "spelled", 30)))
    assert [(c["low"], c["source"], c["publisher"], c["days_apart"]) for c in row["candidates"]] == [
        (34, "Source a", "Outlet a", 0),
        (30, "Source b", "Outlet b", 2),
    ]
    assert (row["low"], row["high"]) == (11, None), "a candidate never fills the gap"


@pytest.mark.parametrize(
    "other",
    [
        (event("a", place="place:homs"), quantity("a", "stated", 34)),
        (event("a", day=date(2017, 6, 1)), quantity("a", "stated", 34)),
        (event("a"), quantity("a", "stated", 34, unit="دبابة", kind="weapons")),
        (event("a"), quantity("a", "stripped", None)),
    ],
    ids=["other place", "other days", "other things", "missing there too"],
)
def test_what_is_told_of_something_else_is_none(other):
    assert gaps(other)[0]["candidate_count"] == 0


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
