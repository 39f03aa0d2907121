"""Readers beside publishes, publishes beside publishes, publishes killed with -9: nobody ever sees half of one."""

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path

from pipeline.storage.generations import batch_state
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect, publish
from tests.storage.stand_ins import process

Add = Callable[..., str]
PUBLISH = """
import sys
from pathlib import Path
from pipeline.storage.home import Home
from pipeline.storage.warehouse import publish
home = Home.at(Path(sys.argv[1]))
print("ready", flush=True)
publish(home, {}, sys.argv[2], "run")
"""


def _read_until(root: Path, stop: Event, faults: "multiprocessing.Queue[str]") -> None:
    """Query in a loop: each answer must be of one state (sentences and documents carry the same mark)."""
    home, seen = Home.at(root), set()
    while not stop.is_set():
        try:
            with connect(home) as connection:
                answer = connection.execute(
                    "SELECT list(DISTINCT damage), (SELECT list(DISTINCT code_version) FROM _publish), count(*) FROM restored_documents"
                ).fetchone()
                time.sleep(0.01)
                again = connection.execute("SELECT list(DISTINCT damage) FROM restored_documents").fetchone()
            assert answer
            assert again
            if answer[0] != again[0] or len(answer[0]) != 1 or answer[2] != 2:
                faults.put(f"mixed state {answer} {again}")
            seen.add(answer[1][0])
        except Exception as error:  # noqa: BLE001 - any error is what the test looks for
            faults.put(repr(error))
    faults.put(f"seen {len(seen)}")


def test_a_reader_in_a_loop_sees_no_error_and_no_mixed_state(home: Home, add: Add) -> None:
    batches = [add("a.txt"), add("b.txt", "خبر آخر من المدينة")]
    publish(home, {}, "start", "run")
    context = multiprocessing.get_context("spawn")
    stop, faults = context.Event(), context.Queue()
    reader = context.Process(target=_read_until, args=(home.root, stop, faults))
    reader.start()
    time.sleep(1.0)
    for number in range(5):
        for batch in batches:
            process(home, batch, mark=f"m{number}")
        publish(home, {}, f"code{number}", "run")
    stop.set()
    reader.join(30)
    found = []
    while not faults.empty():
        found.append(faults.get())
    assert len(found) == 1, found[:3]
    assert int(found[0].removeprefix("seen ")) > 1


def test_a_connection_keeps_its_state_while_the_next_is_published(home: Home, add: Add) -> None:
    add("a.txt")
    publish(home, {}, "1", "run")
    with connect(home) as old:
        add("b.txt", "خبر آخر من المدينة")
        for code in range(8):  # more than are kept
            publish(home, {}, f"later{code}", "run")
        assert old.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    with connect(home) as new:
        assert new.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def test_a_killed_publish_leaves_the_old_warehouse_and_no_lock(home: Home, add: Add) -> None:
    add("a.txt")
    first = publish(home, {}, "1", "run")
    add("b.txt", "خبر آخر من المدينة")
    seed, killed = random.Random(3), 0
    for attempt in range(5):
        child = subprocess.Popen([sys.executable, "-c", PUBLISH, str(home.root), f"try{attempt}"], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seed.uniform(0, 0.5))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
        with connect(home) as connection:
            answer = connection.execute("SELECT (SELECT count(*) FROM documents), (SELECT code_version FROM _publish)").fetchone()
        assert answer in {(1, "1"), *((2, f"try{i}") for i in range(attempt + 1))}
    last = publish(home, {}, "end", "run", wait_seconds=10)
    assert last.path != first.path
    assert killed > 1
    assert not list(home.root.glob(".tmp-*"))


def test_publishes_side_by_side_end_in_one_warehouse(home: Home, add: Add) -> None:
    add("a.txt")
    children = [subprocess.Popen([sys.executable, "-c", PUBLISH, str(home.root), "1"], stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    assert len(list(home.root.glob("warehouse-*.duckdb"))) == 1


def test_a_killed_write_leaves_the_manifest_whole(home: Home, add: Add) -> None:
    batch = add("a.txt")
    before = batch_state(home, batch)
    code = f"""
import os, signal
from pathlib import Path
from pipeline.storage import generations
from pipeline.storage.home import Home
home = Home.at(Path({str(home.root)!r}))
table = generations.read_table(home, {batch!r}, "documents")
generations._write_state = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
generations.write_generation(home, {batch!r}, "ingest", {{"documents": table}}, {{}}, "killed")
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert batch_state(home, batch) == before
    process(home, batch)
    assert batch_state(home, batch).current.keys() == before.current.keys()
