"""The extraction stage: restored documents, sentences and text flags in; mentions, quantities, times, claims, events out, as Arrow."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.extract.document import extract_document
from pipeline.extract.event_rows import event_row
from pipeline.extract.model import Document, Facts, Gap, Sentence
from pipeline.schema import TABLES

OUTPUTS = ("mentions", "quantities", "times", "claims", "events", "extraction_log")

Row = dict[str, Any]


def extract_facts(
    documents: pa.Table, restored_documents: pa.Table, sentences: pa.Table, restorations: pa.Table, text_flags: pa.Table
) -> dict[str, pa.Table]:
    """Extract the facts of each restored document.

    `documents` gives publication date, publisher and title. Returns the tables named in OUTPUTS.
    """
    rows: dict[str, list[Row]] = {name: [] for name in OUTPUTS}
    for document in documents_of(documents, restored_documents, sentences, restorations, text_flags):
        for name, found in fact_rows(document, extract_document(document)).items():
            rows[name] += found
    return {name: TABLES[name].from_rows(rows[name]) for name in OUTPUTS}


def documents_of(
    documents: pa.Table, restored_documents: pa.Table, sentences: pa.Table, restorations: pa.Table, text_flags: pa.Table
) -> Iterable[Document]:
    """The documents as the extractors see them."""
    about = {r["doc_id"]: r for r in documents.select(["doc_id", "published_at", "publisher", "title"]).to_pylist()}
    by_sentence = grouped(sentences)
    decoded = grouped(restorations.filter(_equals(restorations, "kind", "private_digit")))
    gaps = grouped(text_flags.filter(_equals(text_flags, "kind", "stripped_number")))
    for row in restored_documents.select(["doc_id", "text"]).to_pylist():
        doc_id = row["doc_id"]
        told = about[doc_id]
        yield Document(
            doc_id=doc_id,
            text=row["text"],
            sentences=sentences_of(by_sentence[doc_id]),
            published_at=told["published_at"],
            publisher=told["publisher"],
            title=told["title"],
            gaps=[Gap(g["start"], g["end"], g["low"], g["high"], g["explanation"]) for g in gaps[doc_id]],
            decoded=[(d["start"], d["end"], d["confidence"]) for d in decoded[doc_id]],
        )


def sentences_of(rows: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """Sentence records of one document's rows."""
    return [
        Sentence(r["sentence_no"], r["paragraph_no"], r["kind"], r["language"], r["start"], r["end"], r["text"])
        for r in sorted(rows, key=lambda r: int(r["sentence_no"]))
    ]


def grouped(table: pa.Table) -> defaultdict[str, list[Row]]:
    """A table's rows by doc_id."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        groups[row["doc_id"]].append(row)
    return groups


def fact_rows(document: Document, facts: Facts) -> dict[str, list[Row]]:
    """Rows of the tables in OUTPUTS for one document."""

    def base(fact: Any, key: str | None = None, number: int = 0) -> Row:
        row: Row = {
            "doc_id": document.doc_id,
            "sentence_id": f"{document.doc_id}-s{fact.sentence_no}",
            "start": fact.start,
            "end": fact.end,
        }
        return {**row, f"{key}_id": f"{document.doc_id}-{key[0]}{number}"} if key else row

    def take(fact: Any, *names: str) -> Row:
        return {name: getattr(fact, name) for name in ("text", "confidence", *names)}

    return {
        "mentions": [
            base(m, "mention", i)
            | take(m, "type", "canonical_id", "canonical_name", "nominal")
            | {"candidates": _json_list(m.candidates)}
            for i, m in enumerate(facts.mentions)
        ],
        "quantities": [
            base(q, "quantity", i) | take(q, "status", "low", "high", "qualifier", "unit", "kind") for i, q in enumerate(facts.quantities)
        ],
        "times": [base(t, "time", i) | take(t, "value", "value_end", "precision", "anchor") for i, t in enumerate(facts.times)],
        "claims": [
            base(c, "claim", i) | take(c, "source", "source_id", "relay", "relay_id", "stance", "quote", "cue")
            for i, c in enumerate(facts.claims)
        ],
        "events": [base(e, "event", i) | event_row(document.doc_id, e) for i, e in enumerate(facts.events)],
        "extraction_log": [
            {
                "doc_id": document.doc_id, "extractor": f.extractor, "error": f.error,
                "sentence_id": None if f.sentence_no is None else f"{document.doc_id}-s{f.sentence_no}",
            }
            for f in facts.failures
        ],
    }  # fmt: skip


def _json_list(values: list[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _equals(table: pa.Table, column: str, value: str) -> pa.Array:
    return pc.equal(table.column(column), value)
