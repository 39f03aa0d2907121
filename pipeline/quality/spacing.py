"""What stood between two words before restoration folded the blanks: the tell-tale of a figure that was deleted.

Only blanks are looked at here; whether a figure is missing is decided in `stripped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from pipeline.quality.model import TextView

_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u0640"
_WIDE = re.compile(rf"[ \u00a0\t{_UNSEEN}]{{2,}}")
_BREAK = re.compile(rf"[^\S\n]*[\n\f\r][\s{_UNSEEN}]*")
_BLANK = re.compile(r"[ \u00a0\t]")


def wide_gaps(view: TextView) -> list[int]:
    """Offsets of the restored blanks that were two or more blanks in the raw text, on one line and in one run."""
    if view.raw is None or view.origin is None:
        return [m.start() for m in _WIDE.finditer(view.text)]
    spans = [(m.start(), m.end()) for m in _WIDE.finditer(view.raw) if len(_BLANK.findall(m[0])) > 1]
    return [left + 1 for left, right in _restored(view, spans) if right == left + 2]


def line_breaks(view: TextView) -> list[int]:
    """Offsets of the restored blanks that were a line break in the raw text."""
    if view.raw is None or view.origin is None:
        return []
    spans = [(m.start(), m.end()) for m in _BREAK.finditer(view.raw)]
    return [left + 1 for left, right in _restored(view, spans) if right == left + 2]


def _restored(view: TextView, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the raw characters on both sides of each span stand in the restored text."""
    if not spans or view.raw is None or view.origin is None:
        return
    place = np.full(len(view.raw) + 1, -9, dtype=np.int64)
    known = np.flatnonzero(view.origin >= 0)
    place[view.origin[known]] = known
    for start, end in spans:
        if start > 0 and end < len(view.raw):
            yield int(place[start - 1]), int(place[end])
