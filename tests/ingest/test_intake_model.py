"""Whatever is written into the landing folder, in whatever order: the ledger agrees with a dictionary."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest.batches import list_batches, read_batch, reconcile
from pipeline.ingest.intake import intake
from pipeline.ingest.settings import Settings
from pipeline.storage.home import Home

POOL = [f"خبر رقم {i} من المدينة" for i in range(5)]
TEXT = st.sampled_from(POOL)
PLAIN = st.tuples(st.sampled_from(["a.txt", "b.txt"]), TEXT)
RECORDS = st.tuples(st.sampled_from(["c.jsonl", "d.jsonl"]), st.lists(TEXT | st.none(), min_size=1, max_size=6))


def doc_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PLAIN | RECORDS, min_size=1, max_size=3), min_size=1, max_size=5), st.integers(1, 7))
def test_the_ledger_agrees_with_a_dictionary(tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, Any]]], limit: int) -> None:
    home = Home.at(tmp_path_factory.mktemp("model"))
    seen: set[str] = set()
    places: dict[str, str] = {}
    for writes in rounds:
        for name, content in dict(writes).items():
            _write(home.landing / name, content)
            told = {name: content} if isinstance(content, str) else {f"{name}#{i}": t for i, t in enumerate(content)}
            for uri, text in told.items():
                if text is not None:
                    seen.add(doc_id(text))
                    places[uri] = doc_id(text)
        intake(home, settings=Settings(max_batch_documents=limit))
    reads = [read_batch(home, batch) for batch in list_batches(home)]
    for read in reads:
        assert reconcile(read) == []
        assert read.tables["document_sources"].num_rows + read.tables["rejected_files"].num_rows <= limit
    documents = [d for read in reads for d in read.tables["documents"]["doc_id"].to_pylist()]
    assert sorted(documents) == sorted(seen)
    newest = {row["source_uri"]: row["doc_id"] for read in reads for row in read.tables["document_sources"].to_pylist()}
    assert newest == places


def _write(path: Path, content: str | list[str | None]) -> None:
    if isinstance(content, list):
        content = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in content)
    path.write_text(content, "utf-8")
