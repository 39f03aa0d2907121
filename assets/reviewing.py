"""`tarmim review`: open doubts, worst first, and the analyst's decisions about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from pipeline.errors import UserError
from pipeline.storage.corrections import add_correction, read_corrections
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

# What can be decided by writing what the span reads; links of names are listed with the other entities they may mean.
_OPEN = """
SELECT f.flag_id AS doubt, f.kind, f.confidence, coalesce(d.title, d.doc_id) AS document, f.explanation, f.readings,
       d.raw_sha256, d.record_no, f.raw_start, f.raw_end, substr(d.text, f.raw_start + 1, f.raw_end - f.raw_start) AS before
FROM quality_flags AS f JOIN documents AS d USING (doc_id)
WHERE f.kind IN ('displaced_run_unresolved', 'encoded_number', 'lost_letter', 'undecodable', 'correction_dropped')
UNION ALL BY NAME
SELECT m.mention_id AS doubt, 'link' AS kind, 1 - m.confidence AS confidence, coalesce(d.title, d.doc_id) AS document,
       '«' || m.text || '» was linked to ' || m.canonical_name || '; it may also be: ' || m.candidates AS explanation,
       d.raw_sha256, d.record_no
FROM mentions AS m JOIN documents AS d USING (doc_id)
WHERE m.confidence < 0.6 AND m.candidates IS NOT NULL
"""
_RANK = {"correction_dropped": 0, "encoded_number": 1, "displaced_run_unresolved": 2, "undecodable": 3, "lost_letter": 4, "link": 5}


def open_doubts(root: Path) -> list[dict[str, Any]]:
    """Doubts nobody has decided yet: figures before lines before letters before links, the least sure reading first."""
    home = Home.at(root)
    with connect(home) as connection:
        found = connection.sql(_OPEN)
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    decided = {(c["raw_sha256"], c["record_no"], c["raw_start"], c["raw_end"]) for c in read_corrections(home).to_pylist()}
    rows = [r for r in rows if (r["raw_sha256"], r["record_no"], r["raw_start"], r["raw_end"]) not in decided]
    return sorted(rows, key=lambda r: (_RANK[r["kind"]], -(r["confidence"] or 0), r["doubt"]))


def decide(root: Path, doubt: str, after: str | None, reading: int | None, who: str, why: str | None) -> dict[str, Any]:
    """Write the decision that the doubt's span reads `after`, or its `reading` (from 1); returns the correction.

    Raises UserError when there is no such open doubt, or no such reading.
    """
    row = next((r for r in open_doubts(root) if r["doubt"] == doubt), None)
    if row is None:
        raise UserError(f"{doubt} is no open doubt; `tarmim review` lists them")
    if row["raw_start"] is None:
        raise UserError(f"{doubt} is about a link: the dictionaries decide those, the text is not in doubt")
    if after is None:
        readings = row["readings"] or []
        if reading is None or not 1 <= reading <= len(readings):
            raise UserError(f"{doubt} has {len(readings)} readings; choose one by --reading or write what it reads with --as")
        after = readings[reading - 1]
    correction = {k: row[k] for k in ("raw_sha256", "record_no", "raw_start", "raw_end", "before")} | {
        "after": after,
        "who": who,
        "why": why,
    }
    add_correction(Home.at(root), correction)
    return correction


def show_doubts(rows: list[dict[str, Any]], limit: int) -> None:
    """Print open doubts for a person."""
    console = Console()
    for row in rows[:limit]:
        console.print(f"[bold]{row['doubt']}[/bold] {row['kind']} in {escape(row['document'])}")
        console.print(f"    {escape(row['explanation'])}", highlight=False)
        for number, reading in enumerate(row["readings"] or [], 1):
            console.print(f"    {number}. {escape(reading)}", highlight=False)
    console.print(f"{len(rows)} open doubts" + (f", the first {limit} shown" if len(rows) > limit else ""))
    if rows:
        console.print("Decide with: tarmim review DOUBT --reading 1 (or --as TEXT) --who NAME; then `tarmim run` applies it.")
