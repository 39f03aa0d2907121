"""`tarmim query` and `tarmim tables`: the published warehouse, read-only, and its data dictionary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assets.cells import cell
from pipeline.errors import UserError
from pipeline.schema import TABLES
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

FORMATS = ("table", "csv", "json", "parquet")


def print_answer(root: Path, sql: str, output: str) -> None:
    """Run one read-only statement and print its answer in one of FORMATS.

    Raises UserError for a faulty statement, an unknown format or a home without a warehouse.
    """
    if output not in FORMATS:
        raise UserError(f"--format {output}: choose one of {', '.join(FORMATS)}")
    answer = ask(root, sql)
    if output == "table":
        show_answer(answer)
    elif output == "csv":
        answer.to_pandas().to_csv(sys.stdout, index=False)
    elif output == "json":
        sys.stdout.write(answer.to_pandas().to_json(orient="records", force_ascii=False, date_format="iso", indent=1) + "\n")
    else:
        _write_parquet(answer)


def ask(root: Path, sql: str) -> pa.Table:
    """The answer to one statement against the warehouse of the home at `root`, opened read-only.

    Raises UserError with DuckDB's message for a statement that does not run.
    """
    with connect(Home(root)) as connection:
        try:
            answer = connection.sql(sql)
        except duckdb.Error as error:
            raise UserError(f"the query failed: {error}") from error
        return pa.table({"answer": ["done"]}) if answer is None else answer.to_arrow_table()


def show_answer(answer: pa.Table, limit: int = 200) -> None:
    """Print an answer as a table, at most `limit` rows."""
    shown = Table()
    for name in answer.column_names:
        shown.add_column(name, overflow="fold")
    for row in answer.slice(0, limit).to_pylist():
        shown.add_row(*(cell(v) for v in row.values()))
    # A pipe has no width of its own; a table folded to eighty columns serves nobody.
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(shown)
    console.print(f"{answer.num_rows} rows" + (f", the first {limit} shown" if answer.num_rows > limit else ""))


def dictionary(root: Path, name: str | None = None) -> dict[str, Any]:
    """Tables with description, columns, types and row counts; from the warehouse where there is one, else from the contracts.

    Raises UserError for an unknown table.
    """
    published = _published(root) if (root / "warehouse.duckdb").exists() else {}
    found = {t.name: _contract_entry(t.name) for t in TABLES.values()} | published
    if name is None:
        return found
    if name not in found:
        raise UserError(f"no table {name}; `tarmim tables` lists them")
    return {name: found[name]}


def show_dictionary(found: dict[str, Any], *, detailed: bool) -> None:
    """Print the dictionary: a line a table, or every column when `detailed`."""
    console = Console()
    if not detailed:
        shown = Table("table", "rows", "description")
        for name, entry in found.items():
            shown.add_row(name, "–" if entry["rows"] is None else str(entry["rows"]), escape(entry["description"]))
        console.print(shown)
        return
    for name, entry in found.items():
        console.print(f"[bold]{name}[/bold]: {escape(entry['description'])}" + ("" if entry["rows"] is None else f" ({entry['rows']} rows)"))
        shown = Table("column", "type", "description")
        for column in entry["columns"]:
            shown.add_row(column["name"], column["type"], escape(column["description"]))
        console.print(shown)


def _contract_entry(name: str) -> dict[str, Any]:
    table = TABLES[name]
    columns = [{"name": c.name, "type": str(c.type), "description": c.description} for c in table.columns]
    return {"description": f"{table.description} ({table.grain})", "rows": None, "columns": columns}


def _published(root: Path) -> dict[str, Any]:
    with connect(Home(root)) as connection:
        tables = connection.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name").fetchall()
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
        ).fetchall()
        entries: dict[str, Any] = {}
        for name, comment in tables:
            rows = connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
            entries[name] = {"description": comment or "", "rows": rows, "columns": []}
    for table, column, kind, comment in columns:
        if table in entries:
            entries[table]["columns"].append({"name": column, "type": kind, "description": comment or ""})
    return entries


def _write_parquet(answer: pa.Table) -> None:
    import pyarrow.parquet as pq

    if sys.stdout.isatty():
        raise UserError("Parquet is binary: redirect it, e.g. `tarmim query … --format parquet > answer.parquet`")
    sink = pa.BufferOutputStream()
    pq.write_table(answer, sink)
    sys.stdout.buffer.write(sink.getvalue())
