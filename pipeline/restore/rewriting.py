"""How line-local passes look at a text and rewrite it: its unusual characters, and edits turned into changes in bulk.

What to change is each pass's own idea; this module only does it at C speed and keeps the books.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.characters import MARK, MARKS
from pipeline.restore.traced import Change, Edit, Outcome, Traced

BLANK = -1
"""Stands in an order of places for a blank that is set in."""
# So few are looked up faster without numpy.
_FEW_SPANS = 12
USUAL = "\n\u0020-\u007e\u0621-\u063a\u0641-\u064a\u0660-\u0669\u00ab\u00bb\u060c\u061b\u061f\u066a\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_UNUSUAL = re.compile(f"[^{USUAL}]")
_SURROGATES = frozenset(map(chr, range(0xD800, 0xE000)))
_MARKS = re.compile(f"{MARK}+")
_BESIDE, _MANY_MARKS = 3, 0.1


@lru_cache(maxsize=2)
def code_units(text: str) -> NDArray[np.intp]:
    """The UTF-16 code units of a text with a line break before it and two behind it, to look up in tables; remembered, since several do."""
    return np.frombuffer(f"\n{text}\n\n".encode("utf-16-le", "surrogatepass"), dtype=np.uint16).astype(np.intp)


@lru_cache(maxsize=2)
def unusual(text: str) -> frozenset[str]:
    """The characters of a text that plain Arabic prose can do without: all but letters, digits, blanks and punctuation.

    Most passes look for such characters and leave most texts alone, so this is found once a text and remembered. For a
    character beyond the Basic Multilingual Plane its high surrogate is told too, by which its plane can be known.
    """
    units = code_units(text)
    found = frozenset(map(chr, set(units[_unusual_units().take(units)].tolist())))
    if found.isdisjoint(_SURROGATES):
        return found
    found = frozenset(_UNUSUAL.findall(text))
    return found | {chr(0xD7C0 + (ord(c) >> 10)) for c in found if c > "\uffff"}


@cache
def _unusual_units() -> NDArray[np.bool_]:
    """Whether each unit of UTF-16 is unusual; a table look-up finds them faster than the pattern."""
    found = np.zeros(0x10000, dtype=np.bool_)
    found[list(map(ord, _UNUSUAL.findall("".join(map(chr, range(0x10000))))))] = True
    return found


@lru_cache(maxsize=2)
def near_marks(text: str) -> str:
    """The vowel marks of a text with three characters on both sides, line after line; the whole text where it has many.

    Most texts have few marks and many passes look for them, each in a place of its own: here they find all that stands
    beside a mark, and line ends where the text has some. No mark opens one of the lines that is not the text's.
    """
    if MARKS.isdisjoint(unusual(text)):
        return ""
    spans = [m.span() for m in _MARKS.finditer(text)]
    if len(spans) > _MANY_MARKS * len(text):
        return text
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start - _BESIDE > at:
            parts.append("\n")
            at = start - _BESIDE
        parts.append(text[at : end + _BESIDE])
        at = end + _BESIDE
    return "".join(parts)


def read(text: str, order: Iterable[int]) -> str:
    """The characters at some places of a text, in that order."""
    return "".join([" " if place < 0 else text[place] for place in order])


def reordered(traced: Traced, start: int, end: int, order: Sequence[int]) -> Edit:
    """An edit that reads [start, end) in another order, which may leave places out and set blanks in."""
    return Edit(start, end, read(traced.text, order), [BLANK if place < 0 else traced.origin.item(place) for place in order])


def single_blanks(
    text: str, order: Iterable[int], never_before: Collection[str] = (), never_behind: Collection[str] = (), *, printed_stay: bool = False
) -> list[int]:
    """An order of places without blanks at its edges, doubled ones, and those before and behind some signs.

    A blank that was printed right before such a sign is the writer's habit and stays where `printed_stay` says so.
    """
    kept: list[int] = []
    for place in order:
        sign = " " if place < 0 else text[place]
        if sign == " ":
            if kept and not _is_blank(text, kept[-1]) and text[kept[-1]] not in never_behind:
                kept.append(place)
            continue
        while sign in never_before and kept and _is_blank(text, kept[-1]) and not (printed_stay and 0 <= kept[-1] == place - 1):
            kept.pop()
        kept.append(place)
    while kept and _is_blank(text, kept[-1]):
        kept.pop()
    return kept


def _is_blank(text: str, place: int) -> bool:
    return place < 0 or text[place] == " "


def rewrite(traced: Traced, kind: str, edits: Sequence[Edit], evidence: str, confidence: float | Sequence[float] = 1.0) -> Outcome:
    """Apply sorted, disjoint edits and report each as a change of one kind.

    `confidence` is one for all or one for each edit. Edits keep the order of the raw text or carry `origin`.
    """
    if not edits:
        return Outcome(traced)
    scores = [confidence] * len(edits) if isinstance(confidence, float) else confidence
    spans = raw_spans(traced, [e.start for e in edits], [e.end for e in edits])
    changes = [
        Change(kind, low, high, traced.text[e.start : e.end], e.after, score, evidence)
        for e, (low, high), score in zip(edits, spans, scores, strict=True)
    ]
    return Outcome(traced.edit(edits), changes)


def delete(traced: Traced, kind: str, spans: Sequence[tuple[int, int]], evidence: str) -> Outcome:
    """Delete many sorted, disjoint spans, at certainty; the fast path for characters that carry no text."""
    if not spans:
        return Outcome(traced)
    starts, ends = np.array(spans).T
    depth = np.zeros(len(traced) + 1, dtype=np.int8)
    depth[starts] += 1
    depth[ends] -= 1
    keep = np.cumsum(depth[:-1], dtype=np.int8) == 0
    edges = [0, *(edge for span in spans for edge in span), len(traced)]
    kept = [traced.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    changes = [
        Change(kind, low, high, traced.text[start:end], "", 1.0, evidence)
        for (start, end), (low, high) in zip(spans, raw_spans(traced, starts, ends), strict=True)
    ]
    return Outcome(Traced("".join(kept), traced.origin[keep]), changes)


def raw_spans(traced: Traced, starts: Sequence[int] | np.ndarray, ends: Sequence[int] | np.ndarray) -> list[tuple[int, int]]:
    """Raw half-open spans of many non-empty spans; falls back to the exact search where the order is not raw's."""
    if len(starts) <= _FEW_SPANS:
        return [_raw_span(traced, int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
    first = np.asarray(starts, dtype=np.int64)
    last = np.asarray(ends, dtype=np.int64) - 1
    low, high = traced.origin[first], traced.origin[last]
    plain = (last - first == high - low) & (low >= 0)
    spans = list(zip(low.tolist(), (high + 1).tolist(), strict=True))
    for i in np.flatnonzero(~plain):
        spans[i] = traced.raw_span(int(first[i]), int(last[i]) + 1)
    return spans


def _raw_span(traced: Traced, start: int, end: int) -> tuple[int, int]:
    low, high = traced.origin.item(start), traced.origin.item(end - 1)
    return (low, high + 1) if high - low == end - 1 - start and low >= 0 else traced.raw_span(start, end)


def chain(*outcomes: Outcome) -> Outcome:
    """The outcomes of passes that ran one after the other, as one."""
    last = outcomes[-1]
    if last.traced is outcomes[0].traced and not any(o.changes or o.doubts for o in outcomes):
        return last
    return Outcome(last.traced, [c for o in outcomes for c in o.changes], [d for o in outcomes for d in o.doubts])
