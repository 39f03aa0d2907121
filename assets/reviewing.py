"""`tarmim review`: open doubts, worst first, and the analyst's decisions about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from pipeline.errors import UserError
from pipeline.glyphs import named_glyphs
from pipeline.storage.corrections import add_correction, read_corrections
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

# Whatever changed or doubts raw text can be decided by writing what its span reads.
_DECIDABLE = """
SELECT f.flag_id AS doubt, f.kind, f.confidence, f.explanation, f.readings, f.doc_id, f.raw_start, f.raw_end, s.text AS sentence
FROM quality_flags AS f LEFT JOIN sentences AS s USING (sentence_id)
UNION ALL BY NAME
SELECT r.restoration_id AS doubt, r.kind, r.confidence, r.evidence AS explanation, r.doc_id, r.raw_start, r.raw_end,
       [r.after] || regexp_extract_all(r.evidence, '“([^”]+)”', 1) AS readings,
       (SELECT string_agg(s.text, ' ' ORDER BY s.start) FROM sentences AS s
        WHERE s.doc_id = r.doc_id AND s.start < r."end" AND s."end" > r.start) AS sentence
FROM restorations AS r
"""
_IN_DOCUMENT = """
SELECT x.*, coalesce(d.title, d.doc_id) AS document, d.raw_sha256, d.record_no, substr(d.text, x.raw_start + 1, x.raw_end - x.raw_start) AS before
FROM ({rows}) AS x JOIN documents AS d USING (doc_id)
"""
# What is listed. Links of names stand with the other entities they may mean; the dictionaries decide those.
_OPEN = f"""
{_IN_DOCUMENT.format(rows=_DECIDABLE)}
WHERE x.kind IN ('displaced_run_unresolved', 'encoded_number', 'lost_letter', 'undecodable', 'correction_dropped')
   OR (x.kind = 'displaced_run' AND x.confidence < 0.9)
UNION ALL BY NAME
SELECT m.mention_id AS doubt, 'link' AS kind, 1 - m.confidence AS confidence, coalesce(d.title, d.doc_id) AS document,
       '«' || m.text || '» was linked to ' || m.canonical_name || '; it may also be: ' || m.candidates AS explanation,
       s.text AS sentence, d.raw_sha256, d.record_no
FROM mentions AS m JOIN documents AS d USING (doc_id) LEFT JOIN sentences AS s USING (sentence_id)
WHERE m.confidence < 0.6 AND m.candidates IS NOT NULL
"""
_RANK = {
    "correction_dropped": 0, "encoded_number": 1, "displaced_run_unresolved": 2, "displaced_run": 3, "undecodable": 4, "lost_letter": 5, "link": 6,
}  # fmt: skip


def open_doubts(root: Path) -> list[dict[str, Any]]:
    """Doubts nobody has decided yet: figures before lines before letters before links, the least sure reading first."""
    decided = {(c["raw_sha256"], c["record_no"], c["raw_start"], c["raw_end"]) for c in read_corrections(Home.at(root)).to_pylist()}
    rows = [r for r in _asked(root, _OPEN) if (r["raw_sha256"], r["record_no"], r["raw_start"], r["raw_end"]) not in decided]
    return sorted(rows, key=lambda r: (_RANK[r["kind"]], -(r["confidence"] or 0), r["doubt"]))


def decide(root: Path, doubt: str, after: str | None, reading: int | None, who: str, why: str | None) -> dict[str, Any]:
    """Write the decision that a doubt's span reads `after`, or its `reading` (from 1; 0: as printed); returns the correction.

    `doubt` is the id of any flag or restoration, listed or not. Raises UserError when there is none, or no such reading.
    """
    row = next(iter(_asked(root, f"{_IN_DOCUMENT.format(rows=_DECIDABLE)} WHERE x.doubt = ?", doubt)), None)
    if row is None and any(r["doubt"] == doubt for r in open_doubts(root)):
        raise UserError(f"{doubt} is about a link: the dictionaries decide those, the text is not in doubt")
    if row is None:
        raise UserError(f"{doubt} is no flag_id or restoration_id; `tarmim review` lists open doubts")
    if after is None:
        readings = [row["before"], *(row["readings"] or [])]
        if reading is None or not 0 <= reading < len(readings):
            told = f"{doubt} has {len(readings) - 1} readings; choose one by --reading (0: as printed) or write what it reads with --as"
            raise UserError(told)
        after = readings[reading]
    correction = {k: row[k] for k in ("raw_sha256", "record_no", "raw_start", "raw_end", "before")} | {
        "after": after,
        "who": who,
        "why": why,
    }
    add_correction(Home.at(root), correction)
    return correction


def _asked(root: Path, sql: str, *parameters: str) -> list[dict[str, Any]]:
    with connect(Home.at(root)) as connection:
        found = connection.execute(sql, parameters)
        columns = [c[0] for c in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def show_doubts(rows: list[dict[str, Any]], limit: int) -> None:
    """Print open doubts for a person."""
    console = Console(soft_wrap=True, highlight=False)
    for row in rows[:limit]:
        console.print(f"[bold]{row['doubt']}[/bold] {row['kind']} in {escape(row['document'])}")
        for told in (row["explanation"], row["sentence"]):
            if told:
                console.print(f"    {escape(named_glyphs(told))}")
        for number, reading in enumerate(row["readings"] or [], 1):
            console.print(f"    {number}. {escape(named_glyphs(reading))}")
    console.print(f"{len(rows)} open doubts" + (f", the first {limit} shown" if len(rows) > limit else ""))
    if rows:
        console.print("Decide with: tarmim review DOUBT --reading 1 (0: as printed; or --as TEXT) --who NAME; then `tarmim run` applies it.")
    console.print("Any other flag_id or restoration_id can be decided too: write with --as what its raw span reads.")
