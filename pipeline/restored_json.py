"""One restored text as plain values: what `tarmim restore --json` prints. Needs neither Arrow nor the gazetteers."""

from __future__ import annotations

from typing import Any

from pipeline.extract.sentences import split_sentences
from pipeline.quality.model import TextView
from pipeline.quality.text_flags import flag_text
from pipeline.restore.document import Restored
from pipeline.restore.traced import Traced


def restored_json(raw: str, restored: Restored) -> dict[str, Any]:
    """Text, restorations, flags (of restoration and of the text) and segments, offsets in Unicode code points."""
    return {
        "text": restored.text,
        "damage": restored.damage,
        "confidence": restored.confidence,
        "restorations": [{**p.finding._asdict(), "start": p.start, "end": p.end} for p in restored.restorations],
        "flags": sorted([*_doubts(restored), *_text_flags(raw, restored)], key=lambda flag: (flag["start"], flag["end"])),
        "segments": [s._asdict() for s in restored.segments],
    }


def _doubts(restored: Restored) -> list[dict[str, Any]]:
    return [{**p.finding._asdict(), "start": p.start, "end": p.end, "text": restored.text[p.start : p.end]} for p in restored.doubts]


def _text_flags(raw: str, restored: Restored) -> list[dict[str, Any]]:
    traced: Traced = restored.traced
    view = TextView("", restored.text, split_sentences(restored.text, restored.boilerplate), raw, traced.origin)
    rows = []
    for flag in flag_text(view):
        raw_start, raw_end = traced.raw_span(flag.start, flag.end)
        rows.append(
            {
                "kind": flag.kind,
                "severity": flag.severity,
                "start": flag.start,
                "end": flag.end,
                "raw_start": raw_start,
                "raw_end": raw_end,
                "text": restored.text[flag.start : flag.end],
                "confidence": flag.confidence,
                "explanation": flag.explanation,
                "low": flag.low,
                "high": flag.high,
            }
        )
    return rows
