"""`tarmim export` and `tarmim tables --docs`: tables and their dictionary as files for other tools."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from pipeline.storage.export import export
from pipeline.storage.home import Home


def export_table(root: Path, table: str, kind: str, out: Path | None) -> None:
    """Write a table to `out` (default TABLE.FORMAT here) and say so; raises UserError for what cannot be exported."""
    target = (out or Path(f"{table}.{kind}")).expanduser().resolve()
    rows = export(Home(root), table, kind, target)
    beside = f" and {target.parent / 'datapackage.json'}" if kind == "parquet" else ""
    Console(soft_wrap=True).print(f"{rows} rows of {table} in {target}{beside}", markup=False, highlight=False)


def write_docs(folder: Path) -> None:
    """Write the data dictionary into `folder` and say where."""
    from pipeline.storage.dictionary import write_dictionary

    for path in write_dictionary(folder):
        Console(soft_wrap=True).print(str(path), markup=False, highlight=False)
