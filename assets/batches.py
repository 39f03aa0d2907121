"""Which batches wait for work."""

import pyarrow as pa

from pipeline.ingest.batches import list_batches
from pipeline.storage.corrections import corrections_fingerprint, read_corrections
from pipeline.storage.generations import batch_state, is_complete
from pipeline.storage.home import Home


def pending_batches(home: Home) -> list[str]:
    """Batches without a complete set of generations, or restored before the newest decisions about them; oldest first."""
    corrections = read_corrections(home)
    return [b for b in list_batches(home) if not is_complete(home, b) or (corrections.num_rows and _is_outdated(home, b, corrections))]


def _is_outdated(home: Home, batch: str, corrections: pa.Table) -> bool:
    generations = batch_state(home, batch).current
    inputs = generations["ingest"].read(home, "documents").column("raw_sha256").to_pylist()
    return generations["restore"].derived_from.get("corrections") != corrections_fingerprint(corrections, inputs)
