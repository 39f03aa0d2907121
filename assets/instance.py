"""The Dagster instance of a home: its configuration, and runs whose process has died."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import sqlalchemy
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from filelock import FileLock, Timeout

from pipeline.storage.home import Home

CONFIG = """\
# Written by tarmim on first use; yours to change afterwards.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
"""
# A run that was launched but has not reached its first step yet holds no lock; it may be starting up.
_START_GRACE_SECONDS = 300.0
_held: dict[str, FileLock] = {}


def prepare_home(root: Path) -> Home:
    """The home at `root`, created with its Dagster configuration on first use."""
    home = Home.at(root)
    config = home.dagster / "dagster.yaml"
    if not config.exists():
        fresh = config.with_suffix(".new")
        fresh.write_text(CONFIG, encoding="utf-8")
        fresh.replace(config)
    return home


def instance_of(home: Home) -> dg.DagsterInstance:
    """The home's Dagster instance."""
    return dg.DagsterInstance.from_config(str(home.dagster))


@contextmanager
def quick_event_log() -> Iterator[None]:
    """While it lasts, Dagster's SQLite databases wait for the disk when their log is written back, not with each of some thousand commits.

    Dagster opens a connection for every event and closes it, and the last one to close writes the log back: here one stays open. Killed
    processes lose nothing; a power cut may lose the newest events of a run, whose tables the generations' manifests tell of in any case.
    """
    kept: dict[str, sqlite3.Connection] = {}

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        if path and path not in kept:
            kept[path] = sqlite3.connect(path, check_same_thread=False)
        if path:
            kept[path].execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()  # only who has read takes part in the log

    sqlalchemy.event.listen(sqlalchemy.engine.Engine, "connect", connected)
    try:
        yield
    finally:
        sqlalchemy.event.remove(sqlalchemy.engine.Engine, "connect", connected)
        for connection in kept.values():
            connection.close()


def hold_run(home: Home, run_id: str) -> None:
    """Hold the run's lock until this process ends or `release_run`: whoever can take it knows that the run is dead."""
    if run_id not in _held:
        lock = _lock(home, run_id)
        lock.acquire(timeout=0)
        _held[run_id] = lock


def release_run(home: Home, run_id: str) -> None:
    """Give up the run's lock and its file."""
    lock = _held.pop(run_id, None)
    if lock is not None:
        lock.release()
        _lock_file(home, run_id).unlink(missing_ok=True)


def is_alive(home: Home, run_id: str) -> bool:
    """Whether some process holds the run's lock."""
    if run_id in _held:
        return True
    if not _lock_file(home, run_id).exists():
        return False
    try:
        with _lock(home, run_id).acquire(timeout=0):
            return False
    except Timeout:
        return True


def mark_dead_runs(home: Home, instance: dg.DagsterInstance | None = None, *, daemon_is_down: bool = False) -> list[str]:
    """Mark runs as failed that say they are in progress and whose process is gone; returns their ids.

    `daemon_is_down` says that nobody else could still be starting runs, so that no grace is given.
    """
    instance = instance or instance_of(home)
    records = instance.get_run_records(dg.RunsFilter(statuses=IN_PROGRESS_RUN_STATUSES))
    dead = []
    for record in records:
        run = record.dagster_run
        if is_alive(home, run.run_id):
            continue
        since = record.start_time or record.create_timestamp.timestamp()
        if _lock_file(home, run.run_id).exists() or daemon_is_down or time.time() - since > _START_GRACE_SECONDS:
            instance.report_run_failed(run, "the process that ran it is gone")
            _lock_file(home, run.run_id).unlink(missing_ok=True)
            dead.append(run.run_id)
    return dead


def _lock(home: Home, run_id: str) -> FileLock:
    return FileLock(_lock_file(home, run_id))


def _lock_file(home: Home, run_id: str) -> Path:
    return home.locks / f"run-{run_id}.lock"
