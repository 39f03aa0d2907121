"""Which batches wait for work."""

from pipeline.ingest import list_batches
from pipeline.storage.generations import is_complete
from pipeline.storage.home import Home


def pending_batches(home: Home) -> list[str]:
    """Batches of the ledger without a complete set of generations, oldest first."""
    return [batch for batch in list_batches(home) if not is_complete(home, batch)]
