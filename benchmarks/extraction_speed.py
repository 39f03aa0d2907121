"""Speed of extraction on one core, step by step, on news text: words seen for the first time, and words seen before.

What a word can be is worked out once for each spelling; a large batch reads most of its words at the second speed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.stages import Rows, documents_of, news
from pipeline.blocks import uncollected
from pipeline.extract import tokens
from pipeline.extract.claims import ClaimFinder, Speech
from pipeline.extract.clauses import Reading, read_document
from pipeline.extract.document import extract_document
from pipeline.extract.events import EventFinder
from pipeline.extract.mentions import find_mentions
from pipeline.extract.model import Document, Facts
from pipeline.extract.quantities import find_quantities
from pipeline.extract.times import find_times
from pipeline.extract.tokens import Token, tokenize

_ADDITIONS = 5_000_000
Tokens = list[list[Token]]
Done = TypeVar("Done")


def extraction_speed(shared: Path) -> Rows:
    """CPU seconds and MB/s of UTF-8 of each step and of the whole; the yardstick row makes machines comparable."""
    texts = news(shared)
    size = sum(len(t.encode()) for t in texts) / 1e6
    documents = documents_of(texts)
    extract_document(documents[0])  # loads dictionaries
    with uncollected():
        first, again, yardstick = _steps(documents), _steps(documents), _yardstick()
    whole = "all, plain modules" if tokens.__file__.endswith(".py") else "all, compiled modules"
    first[whole], again[whole] = sum(first.values()), sum(again.values())
    rows: Rows = [
        {"step": name, "CPU s, words new": round(first[name], 2), "CPU s": round(again[name], 2),
         "MB/s, words new": round(size / first[name], 2), "MB/s": round(size / again[name], 2)}
        for name in first
    ]  # fmt: skip
    return [*rows, {"step": f"yardstick: {_ADDITIONS:,} additions", "CPU s": round(yardstick, 2)}]


def _steps(documents: list[Document]) -> dict[str, float]:
    """Seconds that each step takes over all documents."""
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Done]) -> Done:
        begun = time.process_time()
        done = work()
        spent[name] = time.process_time() - begun
        return done

    words = timed("words", lambda: [[tokenize(s) for s in d.sentences] for d in documents])
    facts = [Facts() for _ in documents]
    told = list(zip(documents, words, facts, strict=True))
    timed("times", lambda: [setattr(f, "times", find_times(d, t)) for d, t, f in told])
    timed("quantities", lambda: [_quantities(d, t, f) for d, t, f in told])
    timed("mentions", lambda: [setattr(f, "mentions", find_mentions(d, t)) for d, t, f in told])
    readings = timed("clauses", lambda: [_readings(d, t, f) for d, t, f in told])
    speeches = timed("claims", lambda: [_speeches(read) for read in readings])
    timed("events", lambda: [_events(read, said) for read, said in zip(readings, speeches, strict=True)])
    return spent


def _quantities(document: Document, sentences: Tokens, facts: Facts) -> None:
    for sentence, words in zip(document.sentences, sentences, strict=True):
        times = [t for t in facts.times if t.sentence_no == sentence.sentence_no]
        facts.quantities += find_quantities(document, sentence, words, times)


def _readings(document: Document, words: Tokens, facts: Facts) -> list[Reading]:
    return [read() for _, read in read_document(document, words, facts.mentions, facts.quantities, facts.times)]


def _speeches(readings: list[Reading]) -> list[list[Speech]]:
    finder = ClaimFinder(headings=False)
    return [finder.speeches(reading) for reading in readings]


def _events(readings: list[Reading], speeches: list[list[Speech]]) -> None:
    finder = EventFinder(headings=False)
    for reading, said in zip(readings, speeches, strict=True):
        finder.read(reading, said)


def _yardstick() -> float:
    begun, total = time.process_time(), 0
    for number in range(_ADDITIONS):
        total += number
    return time.process_time() - begun
