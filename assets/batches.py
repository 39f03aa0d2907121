"""Which batches wait for work, and which process works on them."""

from collections.abc import Mapping
from hashlib import sha256

import pyarrow as pa
from filelock import FileLock, Timeout

from pipeline.ingest.batches import described_later, list_batches
from pipeline.storage.corrections import corrections_fingerprint, read_corrections
from pipeline.storage.generations import batch_state, is_complete
from pipeline.storage.home import Home

_claimed: dict[str, FileLock] = {}


def pending_batches(home: Home) -> dict[str, str]:
    """Batches without a complete set of generations, or made before the newest decisions about them or metadata of theirs; oldest first.

    Each with a name of the state it waits for: asked for once, a state need not be asked for again.
    """
    corrections, later = read_corrections(home), described_later(home)
    pending = {}
    for batch in list_batches(home):
        if not is_complete(home, batch):
            pending[batch] = "new"
        elif state := _newer_state(home, batch, corrections, later.get(batch, {})):
            pending[batch] = state
    return pending


def claim_pending(home: Home) -> tuple[list[str], list[str]]:
    """Make every pending batch that no process works on this process's own; those, and the ones that others work on.

    Of two that ask at once one gets all: what a corpus knows is then counted once, over everything new.
    """
    with home.lock("claims"):
        asked = pending_batches(home)
        mine = [b for b in asked if claim(home, b, timeout=0)]
        # Others may have finished some between our looking and our claiming.
        pending = pending_batches(home)
        for batch in set(mine) - pending.keys():
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


def metadata_fingerprint(described_by: Mapping[str, str]) -> str:
    """Hash of which later batches describe a batch's documents."""
    return sha256(repr(sorted(described_by.items())).encode()).hexdigest()[:16] if described_by else "none"


def _newer_state(home: Home, batch: str, corrections: pa.Table, described_by: Mapping[str, str]) -> str | None:
    """The state that decisions and metadata ask for, if the batch is in another."""
    made = batch_state(home, batch).current
    decided = "none"
    if corrections.num_rows:
        inputs = made["ingest"].read(home, "documents", ["raw_sha256"]).column("raw_sha256").to_pylist()
        decided = corrections_fingerprint(corrections, inputs)
    wanted = (metadata_fingerprint(described_by), decided)
    has = (made["ingest"].derived_from.get("metadata", "none"), made["restore"].derived_from.get("corrections", "none"))
    return "-".join(wanted) if wanted != has else None
