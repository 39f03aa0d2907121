"""The restoration stage: documents in, restored documents, restorations, sentences and doubts out, as Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.extract.model import Sentence
from pipeline.extract.sentences import split_sentences
from pipeline.restore.document import Restored, restore
from pipeline.restore.human import Correction
from pipeline.restore.producers import Profiles
from pipeline.restore.traced import Change, Doubt, Origins
from pipeline.schema import TABLES

OUTPUTS = ("restored_documents", "restorations", "sentences", "restoration_doubts")


def restore_documents(documents: pa.Table, producer_profiles: pa.Table, corrections: pa.Table) -> dict[str, pa.Table]:
    """Restore each row of `documents` with the producer profile whose signature it bears, if there is one.

    Returns the tables named in OUTPUTS. Pure: rows depend on their own document, its profile and its corrections only.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in OUTPUTS}
    profiles = Profiles(producer_profiles.to_pylist())
    decided = _corrections(corrections)
    for row in documents.select(["doc_id", "batch", "text", "publisher", "raw_sha256", "record_no"]).to_pylist():
        mine = decided.get((row["raw_sha256"], row["record_no"]), ())
        restored = restore(row["text"], profiles.of(row["text"], row["publisher"]), mine)
        sentences = split_sentences(restored.text, restored.boilerplate)
        doc_id = row["doc_id"]
        rows["restored_documents"].append(_document_row(doc_id, row["batch"], restored))
        rows["restorations"] += _restoration_rows(doc_id, restored)
        rows["sentences"] += sentence_rows(doc_id, sentences)
        rows["restoration_doubts"] += _doubt_rows(doc_id, restored, sentences)
    return {name: TABLES[name].from_rows(rows[name]) for name in OUTPUTS}


def _corrections(table: pa.Table) -> dict[tuple[str, int], list[Correction]]:
    """Decisions by document, in the order in which they were taken."""
    found: dict[tuple[str, int], list[Correction]] = {}
    for row in sorted(table.to_pylist(), key=lambda r: r["when"]):
        correction = Correction(row["raw_start"], row["raw_end"], row["before"], row["after"], row["who"], row["why"])
        found.setdefault((row["raw_sha256"], row["record_no"]), []).append(correction)
    return found


def origins(segments: Iterable[Mapping[str, int]], length: int) -> Origins:
    """The raw offset of each restored character (-1: inserted), from a row's `segments`."""
    origin = np.full(length, -1, dtype=np.int32)
    for segment in segments:
        start, size = segment["start"], segment["length"]
        origin[start : start + size] = np.arange(segment["raw_start"], segment["raw_start"] + size)
    return origin


def sentence_rows(doc_id: str, sentences: Iterable[Sentence]) -> list[dict[str, Any]]:
    """Rows of `sentences`."""
    return [
        {
            "doc_id": doc_id, "sentence_id": f"{doc_id}-s{s.sentence_no}", "paragraph_no": s.paragraph_no, "sentence_no": s.sentence_no,
            "kind": s.kind, "language": s.language, "start": s.start, "end": s.end, "text": s.text,
        }
        for s in sentences
    ]  # fmt: skip


def sentence_at(doc_id: str, sentences: Iterable[Sentence], position: int) -> str | None:
    """The id of the sentence that holds `position` (a sentence's end counts as inside it)."""
    holder = next((s for s in sentences if s.start <= position <= s.end), None)
    return None if holder is None else f"{doc_id}-s{holder.sentence_no}"


def _document_row(doc_id: str, batch: str, restored: Restored) -> dict[str, Any]:
    return {
        "doc_id": doc_id, "batch": batch, "text": restored.text, "damage": restored.damage,
        "restoration_count": len(restored.restorations), "confidence": restored.confidence, "profile_id": restored.profile_id,
        "segments": [s._asdict() for s in restored.segments],
    }  # fmt: skip


def _restoration_rows(doc_id: str, restored: Restored) -> list[dict[str, Any]]:
    rows = []
    for number, placed in enumerate(restored.restorations):
        change = placed.finding
        assert isinstance(change, Change)
        rows.append(
            {
                "doc_id": doc_id,
                "restoration_id": f"{doc_id}-r{number}",
                "kind": change.kind,
                "raw_start": change.raw_start,
                "raw_end": change.raw_end,
                "start": placed.start,
                "end": placed.end,
                "before": change.before,
                "after": change.after,
                "confidence": change.confidence,
                "evidence": change.evidence,
            }
        )
    return rows


def _doubt_rows(doc_id: str, restored: Restored, sentences: list[Sentence]) -> list[dict[str, Any]]:
    rows = []
    for number, placed in enumerate(restored.doubts):
        doubt = placed.finding
        assert isinstance(doubt, Doubt)
        rows.append(
            {
                "doc_id": doc_id,
                "flag_id": f"{doc_id}-d{number}",
                "sentence_id": sentence_at(doc_id, sentences, placed.start),
                "kind": doubt.kind,
                "severity": doubt.severity,
                "start": placed.start,
                "end": placed.end,
                "raw_start": doubt.raw_start,
                "raw_end": doubt.raw_end,
                "text": restored.text[placed.start : placed.end],
                "confidence": doubt.confidence,
                "explanation": doubt.explanation,
                "low": doubt.low,
                "high": doubt.high,
                "readings": list(doubt.readings),
            }
        )
    return rows
