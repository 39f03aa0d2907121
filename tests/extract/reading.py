"""Helpers of the extraction tests: one text in, its facts out, as the pipeline finds them."""

from __future__ import annotations

from datetime import date

from pipeline.extract.document import extract_document
from pipeline.extract.model import Claim, Document, Event, Facts
from pipeline.extract.sentences import split_sentences

PUBLISHED = date(2024, 5, 15)


def facts_of(text: str) -> Facts:
    """Facts of a restored text published on 15 May 2024, a Wednesday; one line of it is body, not a heading."""
    sentences = split_sentences(text)
    if "\n" not in text:
        for sentence in sentences:
            sentence.kind = "body"
    facts = extract_document(Document("0" * 16, text, sentences, PUBLISHED, "Test", None))
    assert facts.failures == []
    return facts


def claims_of(text: str) -> list[Claim]:
    return facts_of(text).claims


def only_claim(text: str) -> Claim:
    (claim,) = claims_of(text)
    return claim


def events_of(text: str, kind: str) -> list[Event]:
    return [event for event in facts_of(text).events if event.kind == kind]


def only_event(text: str, kind: str) -> Event:
    (event,) = events_of(text, kind)
    return event
