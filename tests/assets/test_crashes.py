"""Runs killed with -9 at several moments, run again, end in the tables of an undisturbed run; nothing dead stays behind."""

import signal
import subprocess
import time

import dagster as dg
import pytest

from assets.instance import instance_of
from pipeline.storage.home import Home
from tests.assets.conftest import ROOT, TARMIM, contents, environment, tarmim


def wait_for(path, seconds=60.0):
    """Wait until something matching the pattern exists."""
    folder, pattern = path
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if next(folder.glob(pattern), None):
            return
        time.sleep(0.01)
    raise AssertionError(f"{pattern} did not appear in {folder}")


MOMENTS = {
    "while taking files in": "raw/ledger.sqlite",
    "after ingestion": "tables/*/ingest/*",
    "after restoration": "tables/*/restore/*",
    "before publication": "tables/*/judge/*",
    "while publishing": "*.duckdb*",
}


def started(home, examples):
    return subprocess.Popen(
        [*TARMIM, "run", str(examples), "--home", str(home)],
        env=environment(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def nothing_dead_stays_behind(home):
    with instance_of(Home(home)) as instance:
        return all(r.is_finished for r in instance.get_runs(dg.RunsFilter())) and not list((home / "locks").glob("run-*"))


@pytest.mark.slow
@pytest.mark.parametrize("pattern", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_run_leaves_nothing_behind(ran, tmp_path, examples, pattern):
    home = tmp_path / "home"
    process = started(home, examples)
    wait_for((home, pattern))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    tarmim("run", examples, "--home", home)
    assert contents(home) == contents(ran)
    assert nothing_dead_stays_behind(home)


@pytest.mark.slow
def test_an_interrupted_run_starts_nothing_more_and_the_next_goes_on(ran, tmp_path, examples):
    """Ctrl-C in the middle of a stage: the batches that follow and the publication must wait for the next run."""
    home = tmp_path / "home"
    process = started(home, examples)
    wait_for((home, "tables/*/restore"))
    process.send_signal(signal.SIGINT)
    assert "interrupted" in process.communicate()[1]
    assert process.returncode == 130
    assert not (home / "warehouse.duckdb").exists()
    assert nothing_dead_stays_behind(home)
    tarmim("run", examples, "--home", home)
    assert contents(home) == contents(ran)
