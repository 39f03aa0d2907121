"""A document's facts: times, quantities, mentions, claims and events, each extractor on its own feet.

An extractor that breaks on a sentence leaves a Failure row for it and everything else intact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.extract.claims import ClaimFinder, joined_quotations
from pipeline.extract.clauses import read_document
from pipeline.extract.events import EventFinder
from pipeline.extract.mentions import find_mentions
from pipeline.extract.model import Document, Facts, Failure, Mention, Quantity, Sentence, Time
from pipeline.extract.quantities import find_quantities
from pipeline.extract.times import find_times
from pipeline.extract.tokens import Token, tokenize

Row = TypeVar("Row")
Tokens = Sequence[Sequence[Token]]


def extract_document(document: Document) -> Facts:
    """Every fact of a restored document, in reading order.

    Offsets are half-open code points of document.text; `Event.same_as` is an index into the events. Nothing is raised
    for what a text contains: what an extractor cannot digest becomes a row in `failures`, by sentence and extractor.
    """
    facts = Facts()
    tokens = [tokenize(sentence) for sentence in document.sentences]
    facts.times = _by_document(find_times, document, tokens, "times", facts.failures)
    facts.quantities = _quantities(document, tokens, facts)
    facts.mentions = _by_document(find_mentions, document, tokens, "mentions", facts.failures)
    _claims_and_events(document, tokens, facts)
    return facts


def _by_document(find: Callable[[Document, Tokens], list[Row]], document: Document, tokens: Tokens, name: str, failures: list[Failure]) -> list[Row]:
    """The extractor on the whole document; where that breaks, on one sentence after the other."""
    try:
        return find(document, tokens)
    except Exception:  # noqa: BLE001 - one failure must never empty the rest
        rows: list[Row] = []
        for sentence, words in zip(document.sentences, tokens, strict=True):
            try:
                rows += find(replace(document, sentences=[sentence]), [words])
            except Exception as error:  # noqa: BLE001
                failures.append(_failure(sentence, name, error))
        return rows


def _quantities(document: Document, tokens: Tokens, facts: Facts) -> list[Quantity]:
    times: dict[int, list[Time]] = {}
    for time in facts.times:
        times.setdefault(time.sentence_no, []).append(time)
    rows: list[Quantity] = []
    for sentence, words in zip(document.sentences, tokens, strict=True):
        try:
            rows += find_quantities(document, sentence, words, times.get(sentence.sentence_no, ()))
        except Exception as error:  # noqa: BLE001
            facts.failures.append(_failure(sentence, "quantities", error))
    return rows


def _claims_and_events(document: Document, tokens: Tokens, facts: Facts) -> None:
    """Sentence by sentence, claims first: what is only said decides how sure is what happens."""
    only_headings = all(sentence.kind not in ("body", "quote") for sentence in document.sentences)
    claims, events = ClaimFinder(only_headings), EventFinder(only_headings, _most_named(facts.mentions), document.published_at)
    for sentence, read in read_document(document, tokens, facts.mentions, facts.quantities, facts.times):
        speeches = []
        try:
            reading = read()
            speeches = claims.speeches(reading)
            facts.claims += [claim for speech in speeches for claim in speech.claims]
        except Exception as error:  # noqa: BLE001
            facts.failures.append(_failure(sentence, "claims", error))
        try:
            facts.events += events.read(read(), speeches)
        except Exception as error:  # noqa: BLE001
            facts.failures.append(_failure(sentence, "events", error))
    facts.claims = joined_quotations(facts.claims, document.text)


def _most_named(mentions: Sequence[Mention]) -> tuple[str, str | None] | None:
    """The place that an article names most often, the first of equals."""
    places = [(m.canonical_name or m.text, m.canonical_id) for m in mentions if m.type == "place"]
    return max(places, key=places.count, default=None)


def _failure(sentence: Sentence, extractor: str, error: Exception) -> Failure:
    return Failure(sentence.sentence_no, extractor, f"{type(error).__name__}: {error}")
