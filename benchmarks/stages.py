"""Speed of the stages on one core: restoration and its dearest passes, text flags, extraction, on clean news text."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow.parquet as pq

from pipeline.blocks import uncollected
from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences
from pipeline.quality.model import TextView
from pipeline.quality.text_flags import flag_text
from pipeline.restore import document
from pipeline.restore.document import restore
from pipeline.restore.passes import Step, due
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Outcome, Traced

_BYTES = 1_000_000
_DEAR = 0.01  # seconds per MB: what no pass should take to find out that its damage is not there
Rows = list[dict[str, object]]


def stages(shared: Path) -> Rows:
    """MB/s of UTF-8 of raw text, CPU time of this process, each after a first text that loads what there is to load.

    Of restoration also what finds out which passes have something to do, and passes that take ten milliseconds or more per MB.
    """
    texts = news(shared)
    size = sum(len(t.encode()) for t in texts) / 1e6
    restored = [restore(t) for t in texts]
    sentences = [split_sentences(r.text) for r in restored]
    documents = [Document("d", r.text, s, published_at=date(2016, 12, 12)) for r, s in zip(restored, sentences, strict=True)]
    views = list(zip(texts, restored, sentences, strict=True))
    timed: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        "restoration": (restore, texts),
        "text flags": (lambda view: flag_text(TextView("d", view[1].text, view[2], view[0], view[1].traced.origin)), views),
        "extraction": (extract_document, documents),
    }
    rows: Rows = []
    for name, (stage, inputs) in timed.items():
        stage(inputs[0])
        rows.append(_row(name, size, _cpu(stage, inputs)))
    return [*rows, *(_row(name, size, seconds) for name, seconds in sorted(_passes(texts).items(), key=lambda p: -p[1]) if seconds >= _DEAR * size)]


def _row(name: str, size: float, seconds: float) -> dict[str, object]:
    return {"stage": name, "MB": round(size, 2), "CPU s": round(seconds, 3), "MB/s": round(size / seconds, 2)}


def _passes(texts: Sequence[str]) -> dict[str, float]:
    """CPU seconds of each pass of restoration, and of the look at a text that tells which are due."""
    spent: dict[str, float] = defaultdict(float)

    @cache
    def timed(step: Step) -> Step:
        @wraps(step.run)
        def run(traced: Traced, profile: Profile | None) -> Outcome:
            begun = time.process_time()
            outcome = step.run(traced, profile)
            spent[step.run.__name__] += time.process_time() - begun
            return outcome

        return step._replace(run=run)

    def timed_ones(text: str, place: int = 0, *, mended: bool = False) -> Iterator[tuple[int, Step]]:
        begun = time.process_time()
        steps = due(text, place, mended=mended)
        spent["which passes are due"] += time.process_time() - begun
        return ((at, timed(step)) for at, step in steps)

    with mock.patch.object(document, "due", timed_ones):
        _cpu(restore, texts)
    return spent


def documents_of(texts: Sequence[str]) -> list[Document]:
    """Clean texts as extraction takes them."""
    return [Document("d", text, split_sentences(text), published_at=date(2016, 12, 12)) for text in texts]


def news(shared: Path) -> list[str]:
    """About a megabyte of news articles."""
    texts, size = [], 0
    for text in pq.read_table(shared / "corpus" / "ant.parquet", columns=["text"]).column("text").to_pylist():
        texts.append(text)
        size += len(text.encode())
        if size > _BYTES:
            break
    return texts


def _cpu(stage: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    begun = time.process_time()
    with uncollected():
        for one in inputs:
            stage(one)
    return time.process_time() - begun
