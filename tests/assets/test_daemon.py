"""A real daemon over a fresh home: the sensor takes files in, publication follows, the schedule catches up, and runs live side by side."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.definitions import defs
from assets.instance import hold_run, instance_of, is_alive, mark_dead_runs, prepare_home, release_run
from tests.assets.conftest import ROOT, ask, environment, tarmim

pytestmark = pytest.mark.slow


@contextmanager
def daemon(home):
    """The daemon without the webserver."""
    program = Path(sys.executable).with_name("dagster-daemon")
    process = subprocess.Popen(
        [program, "run", "-m", "assets.definitions"],
        env=environment(DAGSTER_HOME=str(home / "dagster"), TARMIM_HOME=str(home)),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def eventually(condition, seconds=300.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.5)
    raise AssertionError("it did not come about in time")


def documents(home):
    return ask(home, "SELECT count(*) FROM documents")[0][0] if (home / "warehouse.duckdb").exists() else 0


def test_new_files_end_in_the_warehouse_and_a_run_beside_the_daemon_takes_each_once(tmp_path, examples):
    home = prepare_home(tmp_path / "home").root
    (home / "landing" / "gao-attack.txt").write_bytes((examples / "gao-attack.txt").read_bytes())
    with daemon(home):
        eventually(lambda: documents(home) == 1)
        (home / "landing" / "geneva-talks.txt").write_bytes((examples / "geneva-talks.txt").read_bytes())
        tarmim("run", "--home", home)
        eventually(lambda: documents(home) == 2)
    assert ask(home, "SELECT count(*), count(DISTINCT doc_id) FROM documents") == [(2, 2)]
    assert ask(home, "SELECT count(*) = count(DISTINCT event_id) FROM events") == [(True,)]


def test_the_schedule_catches_up_what_was_missed(tmp_path, examples, monkeypatch):
    home = prepare_home(tmp_path / "home")
    monkeypatch.setenv("TARMIM_HOME", str(home.root))
    (home.landing / "gao-attack.txt").write_bytes((examples / "gao-attack.txt").read_bytes())
    time.sleep(2.5)
    with instance_of(home) as instance:
        context = dg.build_schedule_context(
            instance=instance, repository_def=defs.get_repository_def(), scheduled_execution_time=datetime(2026, 1, 2, 2, 30, tzinfo=UTC)
        )
        requests = defs.resolve_schedule_def("catch_up").evaluate_tick(context).run_requests
        assert [r.partition_key for r in requests] == ["b000001"]
        again = defs.resolve_schedule_def("catch_up").evaluate_tick(context).run_requests
        assert [r.run_key for r in again] == [r.run_key for r in requests]


def test_a_run_whose_process_is_gone_is_marked_and_a_live_one_is_left(tmp_path):
    home = prepare_home(tmp_path / "home")
    with instance_of(home) as instance:
        job = defs.resolve_job_def("publish")
        dead = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        live = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        hold_run(home, live.run_id)
        assert is_alive(home, live.run_id)
        assert mark_dead_runs(home, instance) == []
        assert mark_dead_runs(home, instance, daemon_is_down=True) == [dead.run_id]
        assert instance.get_run_by_id(dead.run_id).status == dg.DagsterRunStatus.FAILURE
        assert instance.get_run_by_id(live.run_id).status == dg.DagsterRunStatus.STARTED
        release_run(home, live.run_id)
        assert mark_dead_runs(home, instance, daemon_is_down=True) == [live.run_id]
