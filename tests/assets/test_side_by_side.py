"""Runs that meet: no batch is processed twice, one that another process holds is waited for, and an interrupted one is taken up again."""

import subprocess

import dagster as dg
import pytest
from filelock import FileLock

from assets.automation import request_pending
from assets.batches import claim, claim_pending, is_claimed, pending_batches, release
from assets.instance import instance_of, prepare_home
from pipeline.ingest.intake import intake
from pipeline.storage.home import Home
from tests.assets.conftest import ROOT, TARMIM, ask, environment, materialize


@pytest.fixture
def taken(home, examples):
    """A home of two batches that wait."""
    (home / "tarmim.toml").write_text("[intake]\nmax_batch_documents = 1\n")
    for name in ("gao-attack.txt", "geneva-talks.txt"):
        (home / "landing" / name).write_bytes((examples / name).read_bytes())
    intake(prepare_home(home))
    return Home(home)


def times_processed(home):
    """How often each batch went through its stages."""
    with instance_of(home) as instance:
        runs = instance.get_runs(dg.RunsFilter(job_name="process_batch"))
    return sorted(run.tags["dagster/partition"] for run in runs)


@pytest.mark.slow
def test_two_runs_at_once_process_each_batch_once(taken):
    command = [*TARMIM, "run", "--home", str(taken.root)]
    both = [subprocess.Popen(command, env=environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert times_processed(taken) == ["b000001", "b000002"]
    assert ask(taken.root, "SELECT count(*), count(DISTINCT doc_id) FROM documents") == [(2, 2)]
    assert all("2 documents from 2 sources" in out for out, _ in said)


def test_one_that_asks_first_gets_all_that_wait(taken):
    assert claim_pending(taken) == (["b000001", "b000002"], [])
    with instance_of(taken) as instance:
        assert request_pending(taken, instance) == []
    for batch in pending_batches(taken):
        release(taken, batch)
        assert not is_claimed(taken, batch)
    with instance_of(taken) as instance:
        assert [r.partition_key for r in request_pending(taken, instance)] == ["b000001", "b000002"]


def test_what_another_holds_is_left_to_it(taken):
    with FileLock(taken.locks / "batch-b000001.lock"):
        assert claim_pending(taken) == (["b000002"], ["b000001"])
        release(taken, "b000002")


def in_another_process(code):
    """A process that runs `code` with `home` defined."""
    return subprocess.Popen([TARMIM[0], "-c", code], env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True)


HOLD = """
import os, time
from assets.batches import claim
from pipeline.storage.home import Home
assert claim(Home.at({root!r}), "b000001")
print("held", flush=True)
time.sleep({seconds})
os._exit(9)
"""


def test_a_step_waits_for_the_process_that_holds_its_batch_and_no_longer(taken):
    """A run that the UI launches while `tarmim run` works on the batch; the claim dies with its process, however that ends."""
    with in_another_process(HOLD.format(root=str(taken.root), seconds=1)) as other:
        assert other.stdout.readline() == "held\n"
        assert not claim(taken, "b000001", timeout=0)
        assert materialize(taken.root, "ingest_batch", "b000001").success
        assert other.wait(timeout=1) == 9
