"""Real runs in homes of their own, through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

TARMIM = [sys.executable, "-m", "assets.cli"]
# Columns that tell when something happened, which no two runs share.
CLOCK = {"ingested_at", "first_seen_at", "rejected_at", "supersedes"}
ROOT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """The tests' own environment without a home of the developer's."""
    kept = {k: v for k, v in os.environ.items() if k not in ("TARMIM_HOME", "DAGSTER_HOME")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def tarmim(*arguments: str | Path, check: bool = True, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    done = subprocess.run([*TARMIM, *map(str, arguments)], capture_output=True, text=True, env=environment(**more), cwd=ROOT)
    if check and done.returncode != 0:
        raise AssertionError(f"tarmim {arguments} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """Query the published warehouse."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def contents(home: Path) -> dict[str, list[str]]:
    """Every table's rows as sorted JSON, clock columns aside: what two homes with the same input must share."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        names = [n for (n,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() if n != "_publish"]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    found = connection.execute(f'SELECT * FROM "{name}"')
    columns = [d[0] for d in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return sorted(json.dumps({k: v for k, v in row.items() if k not in CLOCK}, default=str, sort_keys=True) for row in rows)


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A home into which the examples were run once, undisturbed."""
    home = tmp_path_factory.mktemp("ran") / "home"
    tarmim("run", examples, "--home", home)
    return home
