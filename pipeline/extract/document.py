"""A document's facts: quantities, times, mentions, claims and events, each extractor on its own feet.

An extractor that breaks on a sentence leaves a Failure row for it and everything else intact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pipeline.extract.claims import ClaimFinder
from pipeline.extract.clauses import read_document
from pipeline.extract.events import EventFinder
from pipeline.extract.mentions import find_mentions
from pipeline.extract.model import Document, Facts, Failure
from pipeline.extract.quantities import find_quantities
from pipeline.extract.times import find_times

Row = TypeVar("Row")


def extract_document(document: Document) -> Facts:
    """Every fact of a restored document, in reading order.

    Offsets are half-open code points of document.text. `Event.same_as` is an index into the events. Nothing is raised
    for what a text contains: what an extractor cannot digest becomes a row in `failures`.
    """
    facts = Facts()
    facts.mentions = _guarded(find_mentions, document, "mentions", facts.failures)
    facts.quantities = _guarded(find_quantities, document, "quantities", facts.failures)
    facts.times = _guarded(find_times, document, "times", facts.failures)
    _read(document, facts)
    return facts


def _guarded(
    find: Callable[[Document], list[Row]], document: Document, name: str, failures: list[Failure]
) -> list[Row]:
    """The extractor on the whole document; where that breaks, on one sentence after the other."""
    try:
        return find(document)
    except Exception:  # noqa: BLE001 - one failure must never empty the rest
        pass
    rows: list[Row] = []
    for sentence in document.sentences:
        part = Document(
            document.doc_id, document.text, [sentence], document.published_at, document.publisher, document.title,
            document.gaps, document.decoded,
        )  # fmt: skip
        try:
            rows += find(part)
        except Exception as error:  # noqa: BLE001
            failures.append(Failure(sentence.sentence_no, name, _told(error)))
    return rows


def _read(document: Document, facts: Facts) -> None:
    """Claims and events, sentence by sentence: what is said decides how sure is what happens."""
    claims, events = ClaimFinder(), EventFinder()
    for reading in read_document(document, facts.mentions, facts.quantities, facts.times):
        number = reading.sentence.sentence_no
        speeches = []
        try:
            speeches = claims.speeches(reading)
            facts.claims += [claim for speech in speeches for claim in speech.claims]
        except Exception as error:  # noqa: BLE001
            facts.failures.append(Failure(number, "claims", _told(error)))
        try:
            events.read(reading, speeches)
        except Exception as error:  # noqa: BLE001
            facts.failures.append(Failure(number, "events", _told(error)))
    facts.events = events.events


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
