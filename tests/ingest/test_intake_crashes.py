"""Several processes take in the same folder; processes are killed with -9 while they do. What is left is whole."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from pipeline.ingest.batches import list_batches, read_batch, reconcile
from pipeline.ingest.intake import IntakeBusy, intake
from pipeline.ingest.settings import Settings
from pipeline.storage.home import Home

FILES, RECORDS = 60, 300
SETTINGS = Settings(max_batch_documents=40)


def fill(home: Home) -> None:
    for i in range(FILES):
        (home.landing / f"{i:03d}.txt").write_text(f"خبر رقم {i} من المدينة " * 20, "utf-8")
    (home.landing / "wire.jsonl").write_text("".join(f'{{"text": "برقية رقم {i % 200}"}}\n' for i in range(RECORDS)), "utf-8")


def contents(home: Home) -> tuple[dict[str, str], list[str]]:
    """Text by id, and every source, over all batches; fails if a document stands twice or a batch does not reconcile."""
    texts: list[tuple[str, str]] = []
    sources: list[str] = []
    for batch in list_batches(home):
        read = read_batch(home, batch)
        assert reconcile(read) == []
        documents = read.tables["documents"]
        texts += zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True)
        sources += read.tables["document_sources"]["source_uri"].to_pylist()
    assert max(Counter(doc_id for doc_id, _ in texts).values()) == 1
    return dict(texts), sorted(sources)


@pytest.fixture
def undisturbed(tmp_path: Path) -> tuple[dict[str, str], list[str]]:
    home = Home.at(tmp_path / "undisturbed")
    fill(home)
    intake(home, settings=SETTINGS)
    return contents(home)


def _take(root: Path) -> None:
    intake(Home.at(root), settings=SETTINGS)


def test_processes_side_by_side_take_each_input_once(home: Home, undisturbed: tuple[dict[str, str], list[str]]) -> None:
    fill(home)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_take, args=(home.root,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert contents(home) == undisturbed


KILLED = """
import sys
from pathlib import Path
from pipeline.ingest.intake import intake
from pipeline.ingest.settings import Settings
from pipeline.storage.home import Home
home = Home.at(Path(sys.argv[1]))
print("ready", flush=True)
intake(home, settings=Settings(max_batch_documents=40))
print("done", flush=True)
"""


def test_killed_at_any_moment_and_run_again(home: Home, undisturbed: tuple[dict[str, str], list[str]]) -> None:
    fill(home)
    seed = random.Random(7)
    killed = 0
    for _ in range(7):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(home.root)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seed.uniform(0.0, 0.12))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        for batch in list_batches(home):
            assert reconcile(read_batch(home, batch)) == []
    intake(home, settings=SETTINGS)
    assert contents(home) == undisturbed
    assert killed > 1
    assert not list(home.raw.glob(".tmp-*"))
    assert {p.stem for p in home.batches.glob("*.json")} == set(list_batches(home))


@pytest.mark.parametrize("moment", ["write_manifest", "add_batch", "make_durable", "_settle"])
def test_killed_at_the_worst_moments(home: Home, undisturbed: tuple[dict[str, str], list[str]], moment: str) -> None:
    fill(home)
    code = f"""
import os, signal, sys
from pathlib import Path
from pipeline.ingest.intake import intake
from pipeline.ingest.settings import Settings
from pipeline.ingest import ledger, raw
from pipeline.storage.home import Home
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
for place in (ledger.Ledger, raw, sys.modules["pipeline.ingest.intake"]):
    if hasattr(place, {moment!r}):
        setattr(place, {moment!r}, die)
intake(Home.at(Path({str(home.root)!r})), settings=Settings(max_batch_documents=40))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    intake(home, settings=SETTINGS)
    assert contents(home) == undisturbed
    assert {p.stem for p in home.batches.glob("*.json")} == set(list_batches(home))


def test_a_dead_process_leaves_no_lock(home: Home) -> None:
    code = f"""
import os, signal
from pathlib import Path
from pipeline.storage.home import Home
Home.at(Path({str(home.root)!r})).lock("intake").acquire()
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    assert intake(home, wait_seconds=5).new_batches == []


def test_a_busy_ledger_says_so(home: Home) -> None:
    with home.lock("intake"):
        code = f"""
from pathlib import Path
from pipeline.ingest.intake import IntakeBusy, intake
from pipeline.storage.home import Home
try:
    intake(Home.at(Path({str(home.root)!r})), wait_seconds=0.2)
except IntakeBusy as error:
    print(error)
"""
        told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=os.environ).stdout
    assert "another process is taking files in" in told
    assert IntakeBusy.__doc__
