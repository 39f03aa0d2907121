"""Traced text: a string that knows which raw character each of its characters came from.

Every restoration pass takes traced text and returns traced text with the changes and doubts it has,
all of them in raw offsets, so that passes compose and nothing has to be re-mapped between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Origins = NDArray[np.int32]
_NOWHERE = np.array([-1], dtype=np.int32)
LOSSLESS = frozenset({"tatweel", "presentation_form", "bidi_control", "invisible", "look_alike", "line_join", "whitespace", "line_ending", "markup"})
"""Kinds of changes that leave the words as they were."""


class Edit(NamedTuple):
    """Replace text[start:end] by `after`.

    Without `origin`, a replacement of equal length keeps origins one to one; any other one gives every
    new character the origin of the first replaced character (-1 for a pure insertion).
    """

    start: int
    end: int
    after: str
    origin: Sequence[int] | None = None


class Change(NamedTuple):
    """A restoration: the raw span it concerns, what stood there, what stands there now, and why."""

    kind: str
    raw_start: int
    raw_end: int
    before: str
    after: str
    confidence: float
    evidence: str


class Doubt(NamedTuple):
    """Something a pass saw and could not mend; becomes a quality flag. `readings` are what the span may read, likeliest first."""

    kind: str
    raw_start: int
    raw_end: int
    explanation: str
    confidence: float
    severity: str = "warning"
    low: float | None = None
    high: float | None = None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """A string with, for each character, the raw offset it came from (int32; -1 for an inserted one)."""

    text: str
    origin: Origins

    @classmethod
    def of(cls, raw: str) -> Traced:
        """Raw text, each character its own origin."""
        return cls(raw, np.arange(len(raw), dtype=np.int32))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, span: slice) -> Traced:
        return Traced(self.text[span], self.origin[span])

    @staticmethod
    def concat(parts: Iterable[Traced]) -> Traced:
        """Pieces in a new order (un-reversing runs, joining lines)."""
        parts = list(parts)
        if not parts:
            return Traced("", np.empty(0, dtype=np.int32))
        return Traced("".join(p.text for p in parts), np.concatenate([p.origin for p in parts]))

    @staticmethod
    def inserted(text: str) -> Traced:
        """Characters that come from nowhere in the raw text."""
        return Traced(text, np.full(len(text), -1, dtype=np.int32))

    def edit(self, edits: Iterable[Edit]) -> Traced:
        """Apply edits, which are in this text's offsets, sorted and not overlapping."""
        texts: list[str] = []
        origins: list[Origins] = []
        at = 0
        for start, end, after, origin in edits:
            texts.append(self.text[at:start])
            origins.append(self.origin[at:start])
            texts.append(after)
            if origin is not None:
                origins.append(np.asarray(origin, dtype=np.int32))
            elif len(after) == end - start:
                origins.append(self.origin[start:end])
            elif after:
                source = self.origin[start : start + 1] if end > start else _NOWHERE
                origins += [source] * len(after)
            at = end
        texts.append(self.text[at:])
        origins.append(self.origin[at:])
        return Traced("".join(texts), np.concatenate(origins))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span that covers text[start:end].

        An empty or wholly inserted span gets the empty raw span right after the nearest traced character before it.
        """
        known = self.origin[start:end]
        known = known[known >= 0]
        if known.size:
            return int(known.min()), int(known.max()) + 1
        before = self.origin[:start]
        before = before[before >= 0]
        at = int(before[-1]) + 1 if before.size else 0
        return at, at


def is_in_order(origin: Origins) -> bool:
    """Whether no character stands before one that stood before it in the raw text."""
    back = origin[1:] < origin[:-1]
    # The first true one is found faster than all are counted.
    return not (back.size and back.item(back.argmax()))


class RawIndex:
    """Answers where raw spans went in the final text, for many spans of one document."""

    def __init__(self, traced: Traced) -> None:
        self._length = len(traced)
        origin = traced.origin
        # Most texts are in raw order without insertions: nothing to look up, and a span's first and last place are its edges.
        self._whole = bool(self._length and origin.item(0) >= 0 and is_in_order(origin))
        if self._whole:
            self._raw = origin
            return
        known = np.flatnonzero(origin >= 0)
        raw = origin[known]
        self._sorted = bool((raw[1:] >= raw[:-1]).all())
        self._order = known if self._sorted else known[np.argsort(raw, kind="stable")]
        self._raw = raw if self._sorted else origin[self._order]

    def span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Half-open final span of the characters whose origin lies in [raw_start, raw_end).

        When none is left (deleted characters), the empty span after the last kept character before raw_start.
        """
        return self.spans([(raw_start, raw_end)])[0]

    def spans(self, raw: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """`span` of many raw spans."""
        if not raw:
            return []
        edges = np.array([edge for start, end in raw for edge in (start, max(start, end))], dtype=np.int32)
        found = self._raw.searchsorted(edges).tolist()
        places = zip(found[::2], found[1::2], strict=True)
        return list(places) if self._whole else [self._between(low, high) for low, high in places]

    def _between(self, low: int, high: int) -> tuple[int, int]:
        if high <= low:
            at = min(self._order.item(low - 1) + 1 if low else 0, self._length)
            return at, at
        if self._sorted:
            return self._order.item(low), self._order.item(high - 1) + 1
        places = self._order[low:high].tolist()
        return min(places), max(places) + 1


@dataclass(slots=True, init=False)
class Outcome:
    """What a pass returns; `unread` tells that the text has no words, so that none that reads words runs after it."""

    traced: Traced
    changes: list[Change]
    doubts: list[Doubt]
    unread: bool

    def __init__(self, traced: Traced, changes: list[Change] | None = None, doubts: list[Doubt] | None = None, *, unread: bool = False) -> None:
        # Written out: every pass makes one for every text, and default factories take twice as long.
        self.traced = traced
        self.changes = [] if changes is None else changes
        self.doubts = [] if doubts is None else doubts
        self.unread = unread
