"""Holds a restoration to its promise: whatever differs from the raw text is covered by a recorded restoration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.restore.stage import origins
from pipeline.restore.traced import Origins

Row = Mapping[str, Any]


def silent_changes(documents: pa.Table, restored: pa.Table, restorations: pa.Table) -> list[str]:
    """Faults of a batch, one line each: characters altered, dropped or inserted without a restoration, offsets out of range."""
    raw_texts = dict(zip(documents.column("doc_id").to_pylist(), documents.column("text").to_pylist(), strict=True))
    recorded: dict[str, list[Row]] = {}
    for row in restorations.select(["doc_id", "raw_start", "raw_end", "start", "end"]).to_pylist():
        recorded.setdefault(row["doc_id"], []).append(row)
    faults = []
    for row in restored.select(["doc_id", "text", "segments"]).to_pylist():
        doc_id = row["doc_id"]
        if doc_id not in raw_texts:
            faults.append(f"{doc_id}: restored, but not among the documents")
            continue
        origin = origins(row["segments"], len(row["text"]))
        faults += [f"{doc_id}: {f}" for f in _faults(raw_texts[doc_id], row["text"], origin, recorded.get(doc_id, []))]
    return faults


def _faults(raw: str, text: str, origin: Origins, changes: Iterable[Row]) -> list[str]:
    if origin.size and int(origin.max()) >= len(raw):
        return [f"offset {int(origin.max())} lies beyond the raw text of {len(raw)} characters"]
    covered_raw, covered = np.zeros(len(raw) + 1, dtype=bool), np.zeros(len(text) + 1, dtype=bool)
    for change in changes:
        if not 0 <= change["raw_start"] <= change["raw_end"] <= len(raw) or not 0 <= change["start"] <= change["end"] <= len(text):
            return [f"a restoration lies outside the text: {dict(change)}"]
        covered_raw[change["raw_start"] : max(change["raw_end"], change["raw_start"] + 1)] = True
        covered[change["start"] : max(change["end"], change["start"] + 1)] = True
        # An insertion between two characters stands before the first position that follows it.
        covered[max(change["start"] - 1, 0)] |= change["raw_start"] == change["raw_end"]
    kept = np.zeros(len(raw) + 1, dtype=bool)
    known = origin >= 0
    kept[origin[known]] = True
    altered = np.zeros(len(text), dtype=bool)
    altered[known] = _codes(text)[known] != _codes(raw)[origin[known]]
    silent_here = (altered & ~covered_raw[np.where(known, origin, 0)] & ~covered[:-1]) | (~known & ~covered[:-1])
    silent_there = ~kept[:-1] & ~covered_raw[:-1]
    return [
        *(f"character {i} of the restored text was changed without a record" for i in np.flatnonzero(silent_here)[:3]),
        *(f"character {i} of the raw text ({raw[i]!r}) was dropped without a record" for i in np.flatnonzero(silent_there)[:3]),
    ]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
