"""Bytes to documents: readers per format, encodings, metadata, refusals, and the ledger that deals inputs into batches.

`intake` takes files in, `read_batch` gives a batch's tables, `reconcile` proves that nothing was lost between the two.
"""

from pipeline.ingest.batches import ReadBatch, batch_manifest, list_batches, read_batch, reconcile
from pipeline.ingest.intake import Intake, IntakeBusy, SourceMissing, intake
from pipeline.ingest.settings import Settings, SettingsError

__all__ = [
    "Intake", "IntakeBusy", "ReadBatch", "Settings", "SettingsError", "SourceMissing", "batch_manifest", "intake", "list_batches",
    "read_batch", "reconcile",
]  # fmt: skip
