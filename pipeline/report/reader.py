"""One document for reading: raw and restored lines side by side, with everything that was changed, doubted or found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.report.annotated import Annotation, Piece, pieces
from pipeline.restore.stage import origins
from pipeline.restore.traced import RawIndex, Traced

Row = Mapping[str, Any]
QUIET = frozenset({"line_join", "whitespace", "line_ending"})
LEGEND = (
    ("restoration", "restored"), ("flag", "doubt"), ("quantity", "figure"), ("time", "date"), ("place", "place"), ("actor", "actor"),
    ("person", "person"), ("media", "outlet"), ("weapon", "weapon"), ("claim", "claim"), ("event", "event"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinePair:
    """A physical line of the raw text and what became of its characters."""

    raw: list[Piece]
    restored: list[Piece]
    changed: bool


def line_pairs(raw: str, restored: Row, found: Sequence[Annotation], changes: Sequence[Row], flags: Sequence[Row]) -> list[LinePair]:
    """The document line by line; empty lines are left out."""
    index = RawIndex(Traced(restored["text"], origins(restored["segments"], len(restored["text"]))))
    in_raw = [_in_raw(r, "restoration") for r in changes if r["kind"] not in QUIET] + [_in_raw(f, "flag") for f in flags]
    pairs = []
    at = 0
    for line in raw.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if line.strip():
            left, right = _without_breaks(restored["text"], *index.span(start, end))
            mine = pieces(restored["text"], found, left, right)
            theirs = pieces(raw, in_raw, start, end)
            pairs.append(LinePair(theirs, mine, any("restoration" in p.kinds for p in theirs)))
    return pairs


def _without_breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the paragraph breaks at its ends: the table's rows show those."""
    while start < end and text[start] == "\n":
        start += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    return start, end


def annotate(changes: Sequence[Row], flags: Sequence[Row], facts: Mapping[str, Sequence[Row]]) -> list[Annotation]:
    """All that is to be shown in the restored text, with its address: r restorations, f flags, q, t, m, c, e as in the tables' ids."""
    found = [Annotation(anchor(r["restoration_id"]), "restoration", r["start"], r["end"], _change_note(r)) for r in changes if r["kind"] not in QUIET]
    found += [Annotation(anchor(f["flag_id"]), "flag", f["start"], f["end"], f"{f['kind']}: {f['explanation']}") for f in flags]
    found += [Annotation(anchor(q["quantity_id"]), "quantity", q["start"], q["end"], _figure_note(q)) for q in facts["quantities"]]
    found += [
        Annotation(anchor(t["time_id"]), "time", t["start"], t["end"], f"date: {t['value'] or 'unknown'} ({t['precision']})") for t in facts["times"]
    ]
    found += [Annotation(anchor(m["mention_id"]), m["type"], m["start"], m["end"], _mention_note(m)) for m in facts["mentions"]]
    found += [Annotation(anchor(c["claim_id"]), "claim", c["start"], c["end"], _claim_note(c)) for c in facts["claims"]]
    found += [Annotation(anchor(e["event_id"]), "event", e["start"], e["end"], event_note(e)) for e in facts["events"]]
    return found


def anchor(row_id: str) -> str:
    """The address of a row in its document's page: `e12` for the event `<doc_id>-e12`."""
    return row_id.rsplit("-", 1)[1]


def event_note(event: Row) -> str:
    """An event in one line."""
    who = " and ".join(event["agents"]) or "no agent told"
    whom = f" → {' and '.join(event['patients'])}" if event["patients"] else ""
    where = f" at {event['place']}" if event["place"] else ""
    when = f" on {event['date_start']}" if event["date_start"] else ""
    source = f" by {event['source']}" if event["source"] else ""
    return f"{event['kind']}: {who}{whom}{where}{when}; {event['status']}{source}{_figures(event)}; confidence {event['confidence']:.2f}"


def _figures(event: Row) -> str:
    told = []
    for name in ("killed", "wounded", "displaced", "detained", "captured"):
        low, high = event[f"{name}_low"], event[f"{name}_high"]
        if event[f"{name}_qualifier"]:
            told.append(f"{name} {span(low, high)} ({event[f'{name}_qualifier']})")
    return "; " + ", ".join(told) if told else ""


def span(low: float | None, high: float | None) -> str:
    """Bounds for reading: `30`, `30–40`, `30 or more`, `up to 40`, `unknown`."""
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"up to {high:,.10g}"
    if high is None:
        return f"{low:,.10g} or more"
    return f"{low:,.10g}" if low == high else f"{low:,.10g}–{high:,.10g}"


def _in_raw(row: Row, kind: str) -> Annotation:
    name = row.get("restoration_id") or row["flag_id"]
    return Annotation(f"raw-{anchor(name)}", kind, row["raw_start"], row["raw_end"], "")


def _change_note(row: Row) -> str:
    shown = f": {row['after']}" if row["kind"] not in ("tatweel", "displaced_run") else ""
    return f"{row['kind']}{shown}; confidence {row['confidence']:.2f}" + (f"; {row['evidence']}" if row["evidence"] else "")


def _figure_note(row: Row) -> str:
    unit = f" {row['unit']}" if row["unit"] else ""
    return f"figure ({row['status']}): {span(row['low'], row['high'])}{unit}, {row['qualifier'] or 'no qualifier'}, {row['kind'] or 'other'}"


def _mention_note(row: Row) -> str:
    return f"{row['type']}: {row['canonical_name'] or 'unknown'} {row['canonical_id'] or ''}; confidence {row['confidence']:.2f}"


def _claim_note(row: Row) -> str:
    relay = f" through {row['relay']}" if row["relay"] else ""
    return f"claim: {row['source'] or 'unnamed source'}{relay} {row['stance']}"
