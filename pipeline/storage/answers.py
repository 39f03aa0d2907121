"""The worked questions of sql/queries with their answers over a home, as a page to read: `make answers` writes docs/answers.md of the examples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb

from pipeline.storage import sql
from pipeline.storage.files import write_atomic
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

_HEAD = """# Seventeen questions and their answers

The questions of `sql/queries`, asked of the example articles (`make run` takes them in). Run one over your own home with
`tarmim query --file sql/queries/NAME.sql`, or change it: each is one SELECT. `make answers` writes this page.
"""
_SHOWN = 12
# Keys lead on in the warehouse; on a page they only take room.
_KEYS = ("_id", "_ids")


def write_answers(home: Home, path: Path) -> None:
    """Write every worked question, its SQL and its answer over the warehouse of `home` to `path`."""
    with connect(home) as connection:
        sections = [_section(connection, query) for query in sql.queries(sql.SQL / "queries")]
    write_atomic(path, "\n".join([_HEAD, *sections]).encode("utf-8"))


def _section(connection: duckdb.DuckDBPyConnection, query: sql.Query) -> str:
    found = connection.execute(query.text)
    names = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    shown = [i for i, name in enumerate(names) if not name.endswith(_KEYS)]
    lines = ["| " + " | ".join(names[i] for i in shown) + " |", "|" + " --- |" * len(shown)]
    lines += ["| " + " | ".join(_cell(row[i]) for i in shown) + " |" for row in rows[:_SHOWN]]
    more = [f"\n{len(rows)} rows, the first {_SHOWN} shown."] if len(rows) > _SHOWN else ["\nNo rows."] if not rows else []
    return "\n".join([f"## {query.name}", "", query.description, "", *(lines if rows else []), *more, ""])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = f"{value:,.6g}" if isinstance(value, float) else str(value)
    # Sources are told from where the page is written, so that it reads the same on every machine.
    return " ".join(text.replace(f"{Path.cwd()}/", "").replace("|", "¦").split())


if __name__ == "__main__":
    write_answers(Home(Path(sys.argv[1]).resolve()), Path(sys.argv[2]))
