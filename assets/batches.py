"""Which batches wait for work, and which process works on them."""

import pyarrow as pa
from filelock import FileLock, Timeout

from pipeline.ingest.batches import list_batches
from pipeline.storage.corrections import corrections_fingerprint, read_corrections
from pipeline.storage.generations import batch_state, is_complete
from pipeline.storage.home import Home

_claimed: dict[str, FileLock] = {}


def pending_batches(home: Home) -> list[str]:
    """Batches without a complete set of generations, or restored before the newest decisions about them; oldest first."""
    corrections = read_corrections(home)
    return [b for b in list_batches(home) if not is_complete(home, b) or (corrections.num_rows and _is_outdated(home, b, corrections))]


def claim_pending(home: Home) -> tuple[list[str], list[str]]:
    """Make every pending batch that no process works on this process's own; those, and the ones that others work on.

    Of two that ask at once one gets all: what a corpus knows is then counted once, over everything new.
    """
    with home.lock("claims"):
        asked = pending_batches(home)
        mine = [b for b in asked if claim(home, b, timeout=0)]
        # Others may have finished some between our looking and our claiming.
        pending = set(pending_batches(home))
        for batch in set(mine) - pending:
            release(home, batch)
        return [b for b in mine if b in pending], [b for b in asked if b not in mine and b in pending]


def claim(home: Home, batch: str, timeout: float = -1) -> bool:
    """Hold the batch until `release` or this process's end, waiting `timeout` seconds (-1: for ever); whether it is ours."""
    lock = home.lock(f"batch-{batch}", timeout)
    if lock.lock_file in _claimed:
        return True
    try:
        lock.acquire()
    except Timeout:
        return False
    _claimed[lock.lock_file] = lock
    return True


def release(home: Home, batch: str) -> None:
    """Let others work on the batch."""
    lock = _claimed.pop(home.lock(f"batch-{batch}").lock_file, None)
    if lock is not None:
        lock.release()


def is_claimed(home: Home, batch: str) -> bool:
    """Whether some process works on the batch."""
    lock = home.lock(f"batch-{batch}", 0)
    if lock.lock_file in _claimed:
        return True
    try:
        with lock:
            return False
    except Timeout:
        return True


def _is_outdated(home: Home, batch: str, corrections: pa.Table) -> bool:
    generations = batch_state(home, batch).current
    inputs = generations["ingest"].read(home, "documents").column("raw_sha256").to_pylist()
    return generations["restore"].derived_from.get("corrections") != corrections_fingerprint(corrections, inputs)
