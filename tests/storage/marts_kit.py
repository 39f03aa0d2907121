"""Literal rows in, marts out: tables of a few columns, the rest filled with what the contract demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.schema import TABLES
from pipeline.storage.warehouse import in_memory

Row = dict[str, Any]
NOW = datetime(2020, 1, 1, tzinfo=UTC)
SYRIA = [
    {"canonical_id": "SY", "name_en": "Syria", "kind": "country", "country": "SY"},
    {"canonical_id": "G", "name_en": "Idleb", "kind": "governorate", "country": "SY", "parent": "SY"},
    {"canonical_id": "D", "name_en": "Al Mara", "kind": "district", "country": "SY", "parent": "G"},
    {
        "canonical_id": "T", "name_en": "Maarat al-Numan", "name_ar": "معرة النعمان", "kind": "town", "country": "SY", "parent": "D",
        "latitude": 35.6, "longitude": 36.7,
    },
    {"canonical_id": "U", "name_en": "Saraqib", "kind": "town", "country": "SY", "parent": "D", "latitude": 35.9, "longitude": 36.8},
]  # fmt: skip
ACTORS = [
    {"canonical_id": "RU", "name_en": "Russia", "kind": "state", "country": "RU"},
    {"canonical_id": "RUAF", "name_en": "Russian Air Force", "kind": "army", "country": "RU", "parent": "RU"},
    {"canonical_id": "SYA", "name_en": "Syrian Army", "kind": "army", "country": "SY"},
    {"canonical_id": "HTS", "name_en": "Hayat Tahrir al-Sham", "kind": "armed_group", "country": "SY"},
]
POINTS = {row["canonical_id"]: (row["latitude"], row["longitude"]) for row in SYRIA if "latitude" in row}
NAMES = {row["canonical_id"]: row["name_en"] for row in [*SYRIA, *ACTORS]}


def event(event_id: str, kind: str = "airstrike", place: str | None = "T", day: str | None = "2019-12-21", **more: Any) -> Row:
    """An event of the document before the hyphen, in that document's only sentence."""
    doc_id = event_id.split("-")[0]
    first = None if day is None else date.fromisoformat(day)
    row = {
        "doc_id": doc_id, "sentence_id": f"{doc_id}-s0", "event_id": event_id, "start": int(event_id[-1]), "end": int(event_id[-1]) + 1,
        "trigger": "قصف", "kind": kind, "place_id": place, "place": NAMES.get(place or ""), "places": [NAMES[place]] if place else [],
        "latitude": POINTS.get(place or "", (None, None))[0], "longitude": POINTS.get(place or "", (None, None))[1],
        "date_start": first, "date_end": first, "date_precision": None if day is None else "day", "status": "asserted",
        "agent_ids": [], "agents": [], "patient_ids": [], "patients": [],
    }  # fmt: skip
    for role in ("agent", "patient"):
        if ids := more.pop(f"{role}s", None):
            more |= {f"{role}_ids": [i for i in ids if i in NAMES], f"{role}s": [NAMES.get(i, i) for i in ids]}
    return {**row, **more}


def killed(low: int | None, high: int | None = None, qualifier: str = "exactly", name: str = "killed") -> Row:
    """Columns of a figure; `high` is `low` when exact."""
    return {f"{name}_low": low, f"{name}_high": low if qualifier == "exactly" else high, f"{name}_qualifier": qualifier}


@contextmanager
def marts_over(
    events: list[Row], texts: Mapping[str, str] | None = None, sources: list[Row] | None = None, **tables: list[Row]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse over these events; each document has one sentence, its text, and is seen once unless `sources` says more."""
    documents = sorted({row["doc_id"] for row in events} | (texts or {}).keys())
    said = {doc_id: (texts or {}).get(doc_id, f"خبر {doc_id}") for doc_id in documents}
    rows: dict[str, list[Row]] = {
        "documents": [{"doc_id": d, "size_bytes": 1, "record_no": 0, "ingested_at": NOW, "text": said[d]} for d in documents],
        "restored_documents": [
            {
                "doc_id": d, "text": said[d], "damage": [], "restoration_count": 0, "confidence": 1.0,
                "segments": [{"start": 0, "raw_start": 0, "length": len(said[d])}],
            }
            for d in documents
        ],
        "sentences": [
            {"doc_id": d, "sentence_id": f"{d}-s0", "paragraph_no": 0, "sentence_no": 0, "start": 0, "end": len(said[d]), "text": said[d]}
            for d in documents
        ],
        "document_sources": [source(d) for d in documents] if sources is None else sources,
        "places": SYRIA, "actors": ACTORS, "events": events, **tables,
    }  # fmt: skip
    with in_memory({name: filled(name, found) for name, found in rows.items()}) as connection:
        yield connection


def source(doc_id: str, publisher: str | None = None, day: str = "2019-12-22", uri: str | None = None, current: bool = True) -> Row:
    """A place where a document was seen."""
    return {
        "doc_id": doc_id, "source_uri": uri or f"{doc_id}.txt", "publisher": publisher or f"{doc_id} Post", "title": f"Title {doc_id}",
        "published_at": date.fromisoformat(day), "metadata_origin": "sidecar", "first_seen_at": NOW, "is_current": current,
    }  # fmt: skip


def filled(name: str, rows: list[Row]) -> pa.Table:
    """Rows to the contract; `licence` and such get a value because the contract demands one."""
    contract = TABLES[name]
    defaults = {c.name: "test" for c in contract.columns if not c.nullable and c.type == pa.string()}
    return contract.from_rows([{**defaults, **row} for row in rows])


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The answer as mappings."""
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
