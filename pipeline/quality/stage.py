"""The quality stages: text flags before extraction; then fact flags, their union and each document's measures, as Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa

from pipeline.extract.model import Claim, Event, Facts, Figure, Mention, Quantity, Sentence, Time
from pipeline.extract.stage import grouped, sentences_of
from pipeline.quality.document import measure_document
from pipeline.quality.fact_flags import flag_facts
from pipeline.quality.model import Flag, TextView
from pipeline.quality.text_flags import flag_text
from pipeline.restore.stage import origins, sentence_at
from pipeline.restore.traced import Traced
from pipeline.schema import TABLES

Row = dict[str, Any]
FACTS = {"mentions": Mention, "quantities": Quantity, "times": Time, "claims": Claim, "events": Event}
_FIGURES = ("killed", "wounded", "displaced", "detained", "captured")


def flag_texts(documents: pa.Table, restored_documents: pa.Table, sentences: pa.Table) -> dict[str, pa.Table]:
    """The table text_flags: what the text alone shows to be wrong or missing."""
    rows: list[Row] = []
    for view in _views(documents, restored_documents, sentences):
        rows += [_flag_row(view, flag, f"{view.doc_id}-x{i}") for i, flag in enumerate(flag_text(view))]
    return {"text_flags": TABLES["text_flags"].from_rows(rows)}


def judge_quality(
    documents: pa.Table,
    restored_documents: pa.Table,
    restorations: pa.Table,
    sentences: pa.Table,
    restoration_doubts: pa.Table,
    text_flags: pa.Table,
    **facts: pa.Table,
) -> dict[str, pa.Table]:
    """The tables quality_flags (doubts of restoration, text flags and fact flags in text order) and document_quality.

    `facts` are the tables named in FACTS.
    """
    doubts, flags, changes = grouped(restoration_doubts), grouped(text_flags), grouped(restorations)
    by_table = {name: grouped(facts[name]) for name in FACTS}
    all_flags: list[Row] = []
    measures: list[Row] = []
    for view in _views(documents, restored_documents, sentences):
        found = flag_facts(view, _facts_of(view.sentences, {name: rows[view.doc_id] for name, rows in by_table.items()}))
        mine = [*doubts[view.doc_id], *flags[view.doc_id], *(_flag_row(view, flag, "") for flag in found)]
        mine.sort(key=lambda r: (r["start"], r["end"], r["kind"]))
        mine = [{**row, "flag_id": f"{view.doc_id}-f{i}"} for i, row in enumerate(mine)]
        all_flags += mine
        measures.append({"doc_id": view.doc_id, **measure_document(view, mine, changes[view.doc_id])})
    return {name: TABLES[name].from_rows(rows) for name, rows in (("quality_flags", all_flags), ("document_quality", measures))}


def _views(documents: pa.Table, restored: pa.Table, sentences: pa.Table) -> Iterator[TextView]:
    raw = dict(zip(documents.column("doc_id").to_pylist(), documents.column("text").to_pylist(), strict=True))
    by_document = grouped(sentences)
    for row in restored.select(["doc_id", "text", "segments"]).to_pylist():
        doc_id = row["doc_id"]
        yield TextView(
            doc_id=doc_id,
            text=row["text"],
            sentences=sentences_of(by_document[doc_id]),
            raw=raw[doc_id],
            origin=origins(row["segments"], len(row["text"])),
        )


def _flag_row(view: TextView, flag: Flag, flag_id: str) -> Row:
    assert view.origin is not None
    raw_start, raw_end = Traced(view.text, view.origin).raw_span(flag.start, flag.end)
    return {
        "doc_id": view.doc_id, "flag_id": flag_id, "sentence_id": sentence_at(view.doc_id, view.sentences, flag.start), "kind": flag.kind,
        "severity": flag.severity, "start": flag.start, "end": flag.end, "raw_start": raw_start, "raw_end": raw_end,
        "text": view.text[flag.start : flag.end], "confidence": flag.confidence, "explanation": flag.explanation,
        "low": flag.low, "high": flag.high, "readings": [],
    }  # fmt: skip


def _facts_of(sentences: Iterable[Sentence], rows: dict[str, list[Row]]) -> Facts:
    """The extracted rows of one document as records again."""
    numbers = {s.sentence_no for s in sentences}
    facts = Facts()
    for name, record in FACTS.items():
        names = {f.name for f in fields(record)}
        for row in rows[name]:
            sentence_no = int(row["sentence_id"].rsplit("-s", 1)[1])
            assert sentence_no in numbers, f"{row['sentence_id']} is no sentence of its document"
            told = {k: v for k, v in row.items() if k in names and k not in ("candidates", "same_as")}
            if name == "events":
                told["figures"] = _figures(row)
                told["same_as"] = int(row["same_as"].rsplit("-e", 1)[1]) if row["same_as"] else None
            getattr(facts, name).append(record(sentence_no=sentence_no, **told))
    return facts


def _figures(row: Row) -> dict[str, Figure]:
    return {
        name: Figure(row[f"{name}_low"], row[f"{name}_high"], row[f"{name}_qualifier"]) for name in _FIGURES if row[f"{name}_qualifier"] is not None
    }
