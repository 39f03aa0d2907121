"""One call for all facts of a document; a broken extractor or sentence costs nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import document as whole
from pipeline.extract.claims import ClaimFinder
from pipeline.extract.clauses import Reading
from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences

TEXT = (
    "قالت روسيا إن القوات الأوكرانية انسحبت من خيرسون يوم الاثنين. وقُتل 12 جنديا في الهجوم.\n\n"
    "ودعت الأمم المتحدة إلى وقف إطلاق النار، بحسب وكالة رويترز."
)
_WORDS = [*TEXT.replace("\n", " ").split(), "«", "»", "(", ")", ":", "،", ".", "إن", "أن", "و", "بحسب", "وأن", "قوله", "12", "الذي"]


def _document(text: str) -> Document:
    return Document("f" * 16, text, split_sentences(text), date(2024, 5, 15))


def test_all_kinds_of_facts_come_from_one_call() -> None:
    facts = extract_document(_document(TEXT))
    assert facts.failures == []
    assert all((facts.mentions, facts.quantities, facts.times, facts.claims, facts.events))


def test_a_sentence_that_breaks_an_extractor_is_logged_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    whole_text = extract_document(_document(TEXT))
    healthy = ClaimFinder.speeches

    def breaks_on_the_first(self: ClaimFinder, reading: Reading) -> object:
        if reading.sentence.sentence_no == 0:
            raise ValueError("torn")
        return healthy(self, reading)

    monkeypatch.setattr(ClaimFinder, "speeches", breaks_on_the_first)
    facts = extract_document(_document(TEXT))
    assert [(f.sentence_no, f.extractor, f.error) for f in facts.failures] == [(0, "claims", "ValueError: torn")]
    assert facts.mentions == whole_text.mentions
    assert facts.quantities == whole_text.quantities
    assert [c for c in facts.claims if c.sentence_no] == [c for c in whole_text.claims if c.sentence_no]
    assert any(e.sentence_no == 0 for e in facts.events)


def test_an_extractor_of_the_whole_document_falls_back_to_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = whole.find_mentions

    def breaks_on_the_last(document: Document, tokens: object = None) -> object:
        if any("رويترز" in s.text for s in document.sentences):
            raise RuntimeError("no names today")
        return healthy(document, tokens)  # type: ignore[arg-type]

    monkeypatch.setattr(whole, "find_mentions", breaks_on_the_last)
    facts = extract_document(_document(TEXT))
    assert [(f.extractor, f.error) for f in facts.failures] == [("mentions", "RuntimeError: no names today")]
    assert {m.canonical_name for m in facts.mentions} >= {"Russia"}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40))
def test_any_order_of_words_yields_offsets_that_hold(words: list[str]) -> None:
    text = " ".join(words)
    facts = extract_document(_document(text))
    assert facts.failures == []
    for claim in facts.claims:
        assert text[claim.start : claim.end] == claim.text
    for event in facts.events:
        assert text[event.start : event.end] == event.trigger
        assert len(event.agents) == len(event.agent_ids)
        assert len(event.patients) == len(event.patient_ids)
        assert len(event.places) == len(event.place_ids)
        assert event.same_as is None or event.same_as < facts.events.index(event)


def test_extraction_of_nothing_is_nothing() -> None:
    facts = extract_document(_document(""))
    assert (facts.claims, facts.events, facts.failures) == ([], [], [])
