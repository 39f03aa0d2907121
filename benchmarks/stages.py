"""Speed of the stages on one core: restoration alone, restoration with text flags, extraction, on clean news text."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences
from pipeline.quality.model import TextView
from pipeline.quality.text_flags import flag_text
from pipeline.restore.document import restore

_BYTES = 1_000_000
Rows = list[dict[str, object]]


def stages(shared: Path) -> Rows:
    """MB/s of UTF-8 of raw text, CPU time of this process, each after a first text that loads what there is to load."""
    texts = _texts(shared)
    size = sum(len(t.encode()) for t in texts) / 1e6
    restored = [restore(t) for t in texts]
    sentences = [split_sentences(r.text) for r in restored]
    documents = [Document("d", r.text, s, published_at=date(2016, 12, 12)) for r, s in zip(restored, sentences, strict=True)]
    views = list(zip(texts, restored, sentences, strict=True))
    timed: dict[str, Callable[[], object]] = {
        "restoration": lambda: [restore(t) for t in texts],
        "text flags": lambda: [flag_text(TextView("d", r.text, s, t, r.traced.origin)) for t, r, s in views],
        "extraction": lambda: [extract_document(d) for d in documents],
    }
    rows: Rows = []
    for name, run in timed.items():
        seconds = _cpu(run)
        rows.append({"stage": name, "MB": round(size, 2), "CPU s": round(seconds, 2), "MB/s": round(size / seconds, 2)})
    return rows


def _texts(shared: Path) -> list[str]:
    texts, size = [], 0
    for text in pq.read_table(shared / "corpus" / "ant.parquet", columns=["text"]).column("text").to_pylist():
        texts.append(text)
        size += len(text.encode())
        if size > _BYTES:
            break
    return texts


def _cpu(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun
