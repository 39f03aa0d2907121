"""`tarmim inspect`: a file's tables without a home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assets.cells import cell
from pipeline.ingest.standalone import read_files
from pipeline.line import process
from pipeline.restore.producers import profiles_of

Rows = dict[str, list[dict[str, Any]]]
_SHOWN = {
    "restorations": ("kind", "before", "after", "confidence"),
    "quality_flags": ("kind", "text", "explanation"),
    "quantities": ("text", "status", "low", "high", "qualifier", "unit", "kind"),
    "times": ("text", "value", "precision"),
    "mentions": ("text", "type", "canonical_name", "nominal"),
    "claims": ("source", "relay", "stance", "text"),
    "events": ("kind", "trigger", "agents", "patients", "place", "date_start", "status", "source"),
}
_QUIET = frozenset({"tatweel", "line_join", "whitespace", "line_ending"})


def inspect_files(files: Sequence[Path], published_at: date | None, *, together: bool) -> Iterator[tuple[str, Rows]]:
    """Each file's name and its tables as rows; `together` lets the files of one producer inform each other.

    Raises UserError when a file cannot be opened at all; a refused one yields its row of rejected_files.
    """
    found = [(str(file), read_files(file, published_at)) for file in files]
    profiles = profiles_of(pa.concat_tables([tables["documents"] for _, tables in found])) if together else None
    for name, tables in found:
        made = {**tables, **process(tables["documents"], profiles)}
        yield name, {table: rows.to_pylist() for table, rows in made.items()}


def show_tables(name: str, tables: Rows) -> None:
    """Print a file's tables for a person."""
    console = Console()
    console.rule(f"[bold]{escape(name)}")
    for row in tables["rejected_files"]:
        console.print(f"[red]refused[/red] ({row['reason']}): {escape(row['detail'])}")
    for row in tables["restored_documents"]:
        console.print(escape(row["text"]), style="green")
    for table, columns in _SHOWN.items():
        rows = [r for r in tables[table] if not (table == "restorations" and r["kind"] in _QUIET)]
        if rows:
            console.print(_as_table(f"{table} ({len(tables[table])})", columns, rows))


def _as_table(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> Table:
    shown = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(cell(row[c]) for c in columns))
    return shown
