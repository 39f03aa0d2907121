"""Stand-ins for the stages, so that storage is tested without them."""

import pyarrow as pa

from pipeline.ingest.batches import read_batch
from pipeline.schema import TABLES
from pipeline.storage.generations import STAGES, write_generation
from pipeline.storage.home import Home


def process(home: Home, batch: str, mark: str = "", until: str | None = None) -> dict[str, str]:
    """Write a generation of each stage (up to `until`); `mark` goes into the sentences, so that a test sees which state it reads."""
    ids: dict[str, str] = {}
    documents = read_batch(home, batch).tables["documents"]
    for stage in STAGES:
        tables = read_batch(home, batch).tables if stage == "ingest" else made(stage, documents, mark)
        ids[stage] = write_generation(home, batch, stage, tables, dict(ids), f"test{mark}")
        if stage == until:
            break
    return ids


def made(stage: str, documents: pa.Table, mark: str) -> dict[str, pa.Table]:
    """What the restore stage would make of clean text; the other stages find nothing."""
    if stage != "restore":
        return {}
    rows = documents.select(["doc_id", "batch", "text"]).to_pylist()
    restored = [
        {
            **row, "damage": [mark] if mark else [], "restoration_count": 0, "confidence": 1.0,
            "segments": [{"start": 0, "raw_start": 0, "length": len(row["text"])}],
        }
        for row in rows
    ]  # fmt: skip
    sentences = [
        {
            "doc_id": row["doc_id"], "sentence_id": f"{row['doc_id']}-s0", "paragraph_no": 0, "sentence_no": 0, "kind": "body",
            "language": "ar", "start": 0, "end": len(row["text"]), "text": row["text"],
        }
        for row in rows
    ]  # fmt: skip
    return {
        "restored_documents": TABLES["restored_documents"].from_rows(restored),
        "sentences": TABLES["sentences"].from_rows(sentences),
    }
