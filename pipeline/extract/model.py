"""What extraction works on and what it finds: plain records, offsets in the restored text, half-open code points."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Sentence:
    """A sentence of the restored text; kind: heading, body, quote, foreign, link, boilerplate."""

    sentence_no: int
    paragraph_no: int
    kind: str
    language: str | None
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Gap:
    """A place where a figure is missing (a stripped_number flag) with the bounds that grammar allows."""

    start: int
    end: int
    low: float | None
    high: float | None
    explanation: str


@dataclass(slots=True)
class Document:
    """One restored document as the extractors see it; `decoded` are spans of figures decoded from private glyphs."""

    doc_id: str
    text: str
    sentences: list[Sentence]
    published_at: date | None = None
    publisher: str | None = None
    title: str | None = None
    gaps: list[Gap] = field(default_factory=list)
    decoded: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Quantity:
    """A figure; see gold guide for kinds and qualifiers. status: stated, spelled, decoded, stripped."""

    sentence_no: int
    start: int
    end: int
    text: str
    status: str
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str | None
    kind: str | None
    confidence: float = 0.9
    unit_start: int | None = None
    unit_end: int | None = None


@dataclass(slots=True)
class Time:
    """A calendar expression; value is an ISO date, YYYY-MM or YYYY, value_end the last of a range."""

    sentence_no: int
    start: int
    end: int
    text: str
    value: str | None
    precision: str | None
    anchor: str | None
    value_end: str | None = None
    confidence: float = 0.9


@dataclass(slots=True)
class Mention:
    """A name; type: place, actor, person, media, weapon."""

    sentence_no: int
    start: int
    end: int
    text: str
    type: str
    canonical_id: str | None
    canonical_name: str | None
    nominal: bool = False
    confidence: float = 0.9
    candidates: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Claim:
    """An attributed statement: the span of what is said, by whom, through whom."""

    sentence_no: int
    start: int
    end: int
    text: str
    source: str | None
    source_id: str | None
    relay: str | None
    relay_id: str | None
    stance: str
    quote: bool
    cue: str | None
    confidence: float = 0.8


@dataclass(slots=True)
class Figure:
    """How many were killed, wounded, … in an event."""

    low: float | None
    high: float | None
    qualifier: str | None


@dataclass(slots=True)
class Event:
    """A happening told; `figures` keys: killed, wounded, displaced, detained, captured. Ids run parallel to names."""

    sentence_no: int
    start: int
    end: int
    trigger: str
    kind: str
    agents: list[str] = field(default_factory=list)
    agent_ids: list[str | None] = field(default_factory=list)
    patients: list[str] = field(default_factory=list)
    patient_ids: list[str | None] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    place_ids: list[str | None] = field(default_factory=list)
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    status: str = "asserted"
    source: str | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    confidence: float = 0.7
    same_as: int | None = None


@dataclass(slots=True)
class Failure:
    """An extractor that broke on a sentence (None: on the document)."""

    sentence_no: int | None
    extractor: str
    error: str


@dataclass(slots=True)
class Facts:
    """All that was found in one document."""

    mentions: list[Mention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
