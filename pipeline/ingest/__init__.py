"""Bytes to documents: readers per format, encodings, metadata, refusals, and the ledger that deals inputs into batches.

`intake.intake` takes files in, `batches.read_batch` gives a batch's tables, `batches.reconcile` proves that nothing was lost between the two.
Nothing is imported here: who only decodes a text (`tarmim restore`) loads neither Arrow nor the readers.
"""
