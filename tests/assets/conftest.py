"""Real runs in homes of their own: through the command line where a process matters, in this process where only the outcome does."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
import sqlalchemy
from filelock import FileLock

from assets.batches import release
from assets.definitions import defs
from assets.instance import instance_of, prepare_home
from pipeline.storage.home import Home

TARMIM = [sys.executable, "-m", "assets.cli"]
# Columns that tell when something happened, which no two runs share.
CLOCK = {"timestamp", "ingested_at", "first_seen_at", "rejected_at", "supersedes"}
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


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made once for all test processes of this session."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    folder = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not folder.exists():
            make(folder.with_suffix(".new"))
            folder.with_suffix(".new").rename(folder)
    return folder


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A home into which the examples were run once, undisturbed; tests that change it copy it."""
    return once(tmp_path_factory, "ran", lambda home: tarmim("run", examples, "--home", home))


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on first use: folders and Dagster's databases."""

    def make(root: Path) -> None:
        with instance_of(prepare_home(root)) as instance:
            instance.get_runs(limit=1)

    return once(tmp_path_factory, "empty", make)


@pytest.fixture(scope="session", autouse=True)
def hasty() -> None:
    """Runs in the tests' own process do not wait for the disk: their homes are thrown away."""

    @sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "connect")
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def home(tmp_path: Path, empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home, which is also the home of runs in this process."""
    root = tmp_path / "home"
    shutil.copytree(empty_home, root, symlinks=True)
    monkeypatch.setenv("TARMIM_HOME", str(root))
    return root


def materialize(root: Path, job: str, batch: str | None = None) -> dg.ExecuteInProcessResult:
    """What a click on a job's launchpad does, in this process."""
    with instance_of(Home(root)) as instance:
        if batch:
            instance.add_dynamic_partitions("batch", [batch])
        try:
            return defs.resolve_job_def(job).execute_in_process(instance=instance, partition_key=batch, raise_on_error=False)
        finally:
            if batch:
                release(Home(root), batch)


def checks_of(result: dg.ExecuteInProcessResult, name: str) -> dict[str, bool]:
    """Whether the check passed, by asset."""
    return {c.asset_key.to_user_string(): c.passed for c in result.get_asset_check_evaluations() if c.check_name == name}
