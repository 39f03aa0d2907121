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


@pytest.mark.slow
@pytest.mark.parametrize("pattern", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_run_leaves_nothing_behind(ran, tmp_path, examples, pattern):
    home = tmp_path / "home"
    process = subprocess.Popen(
        [*TARMIM, "run", str(examples), "--home", str(home)],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for((home, pattern))
    process.send_signal(signal.SIGKILL)
    process.wait()
    tarmim("run", examples, "--home", home)
    assert contents(home) == contents(ran)
    with instance_of(Home(home)) as instance:
        unfinished = [r for r in instance.get_runs(dg.RunsFilter()) if not r.is_finished]
    assert unfinished == []
    assert not list((home / "locks").glob("run-*"))
