"""What stood between two words before restoration folded the blanks: the tell-tale of a figure that was deleted.

Only blanks are looked at here; whether a figure is missing is decided in `stripped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.model import TextView

_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u0640"
_WIDE = re.compile(rf"[ \u00a0\t{_UNSEEN}]{{2,}}")
_BREAK = re.compile(rf"[^\S\n]*[\n\f\r][\s{_UNSEEN}]*")
_EDGE = re.compile(r"(?<=\S)[ \u00a0]+(?=\n)|\n[ \u00a0]+(?=\S)")
_FAR = 40  # raw characters; blanks and marks that restoration takes out are fewer
_BLANK = re.compile(r"[ \u00a0\t]")


class Gaps(NamedTuple):
    """Offsets of restored blanks: `whole` ones were two or more raw blanks on one line; of a `torn` pair, restoration parted
    what stood on both sides of such blanks, so that the figure stood at one of the two."""

    whole: list[int]
    torn: list[int]


def wide_gaps(view: TextView) -> Gaps:
    """Where the raw text has two blanks or more on one line."""
    if view.raw is None or view.origin is None:
        return Gaps([m.start() for m in _WIDE.finditer(view.text)], [])
    spans = [(m.start(), m.end()) for m in _WIDE.finditer(view.raw) if len(_BLANK.findall(m[0])) > 1]
    gaps = Gaps([], [])
    for left, right in _restored(view, spans):
        if right == left + 2:
            gaps.whole.append(left + 1)
        elif left >= 0 and right > 0:
            gaps.torn.extend((left + 1, right - 1))
    return gaps


def line_breaks(view: TextView) -> list[int]:
    """Offsets of the restored blanks that were a line break in the raw text."""
    if view.raw is None or view.origin is None:
        return []
    spans = [(m.start(), m.end()) for m in _BREAK.finditer(view.raw)]
    return [left + 1 for left, right in _restored(view, spans) if right == left + 2]


def line_edge_blanks(view: TextView) -> list[int]:
    """Offsets of the restored blanks before or behind a word that has a blank between it and its raw line's edge."""
    if view.raw is None or view.origin is None:
        return []
    spans = [(m.start(), m.end()) for m in _EDGE.finditer(view.raw)]
    behind = [left + 1 for (start, _), (left, _) in zip(spans, _restored(view, spans), strict=True) if view.raw[start] != "\n"]
    before = [right - 1 for (start, _), (_, right) in zip(spans, _restored(view, spans), strict=True) if view.raw[start] == "\n"]
    return [offset for offset in (*behind, *before) if 0 < offset < len(view.text)]


def seams(view: TextView, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Before which words the raw text does not run on: restoration joined there what stood apart (displaced runs, pages).

    `starts` and `ends` are the words' offsets in the restored text.
    """
    torn = np.zeros(len(starts), dtype=bool)
    if view.origin is None or not view.text:
        return torn
    first, last = np.minimum(starts[1:], len(view.text) - 1), np.maximum(ends[:-1] - 1, 0)
    behind, before = view.origin[first], view.origin[last]
    step = behind - before
    torn[1:] = (behind >= 0) & (before >= 0) & ((step < 0) | (step > _FAR))
    return torn


def _restored(view: TextView, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the raw characters on both sides of each span stand in the restored text."""
    if not spans or view.raw is None or view.origin is None:
        return
    place = np.full(len(view.raw) + 1, -9, dtype=np.int64)
    known = np.flatnonzero(view.origin >= 0)
    place[view.origin[known]] = known
    for start, end in spans:
        yield int(place[start - 1]) if start else -9, int(place[end])
