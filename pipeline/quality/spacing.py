"""What stood between two words before restoration folded the blanks: the tell-tale of a figure that was deleted.

Only blanks are looked at here; whether a figure is missing is decided in `stripped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.model import TextView
from pipeline.restore.rewriting import unusual
from pipeline.restore.traced import Origins

_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u0640"
_WIDE = re.compile(rf"[ \u00a0\t{_UNSEEN}]{{2,}}")
_WIDENING = frozenset(re.findall(rf"[\u00a0\t{_UNSEEN}]", "".join(map(chr, range(0x10000)))))
_LINE_FEED, _LINE_BREAK = (re.compile(rf"{end}[\s{_UNSEEN}]*") for end in ("\n", r"[\n\f\r]"))
_EDGE = re.compile(r"(?<=\S)[ \u00a0]+(?=\n)|\n[ \u00a0]+(?=\S)")
_FAR = 40  # raw characters; blanks and marks that restoration takes out are fewer
_BLANK = re.compile(r"[ \u00a0\t]")

Span = tuple[int, int]


class RawSpacing(NamedTuple):
    """Offsets of restored blanks by what the raw text had there.

    `breaks` were line breaks, `wide` ones two or more blanks on one line; of a `torn` pair, restoration parted what stood on
    both sides of such blanks, so that the figure stood at one of the two. `edges` stand before or behind a word that has a
    blank between it and its raw line's edge.
    """

    breaks: Sequence[int] = ()
    edges: Sequence[int] = ()
    torn: Sequence[int] = ()
    wide: Sequence[int] = ()


def raw_spacing(view: TextView) -> RawSpacing:
    """What the raw text's blanks tell; without it, the double blanks of the text itself."""
    if view.raw is None or view.origin is None:
        return RawSpacing(wide=[start for start, _ in _double_blanks(view.text, every=True)])
    double, breaks, edges = list(_double_blanks(view.raw)), list(_breaks(view.raw)), list(_line_edges(view.raw))
    if not (double or breaks or edges):
        return RawSpacing()
    place = _restored_places(view.origin, len(view.raw))
    broken = [left + 1 for left, right in _around(place, breaks) if right == left + 2]
    return RawSpacing(broken, _edges(place, view.raw, edges) if edges else (), *(_gaps(place, double) if double else ()))


def seams(view: TextView, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_] | None:
    """Before which words the raw text does not run on: restoration joined there what stood apart (displaced runs, pages).

    `starts` and `ends` are the words' offsets in the restored text. None where it runs on throughout.
    """
    if view.origin is None or not view.text:
        return None
    steps = view.origin[1:] - view.origin[:-1]
    if view.origin.item(0) >= 0 and (not len(steps) or (steps.min() >= 0 and steps.max() <= _FAR)):
        return None
    torn = np.zeros(len(starts), dtype=bool)
    first, last = np.minimum(starts[1:], len(view.text) - 1), np.maximum(ends[:-1] - 1, 0)
    behind, before = view.origin[first], view.origin[last]
    step = behind - before
    torn[1:] = (behind >= 0) & (before >= 0) & ((step < 0) | (step > _FAR))
    return torn


def _double_blanks(text: str, *, every: bool = False) -> Iterator[Span]:
    """Runs of two or more blanks on one line, other characters that are not seen aside; with `every` those count too."""
    if "  " in text or not _WIDENING.isdisjoint(unusual(text)):
        for match in _WIDE.finditer(text):
            if every or len(_BLANK.findall(match[0])) > 1:
                yield match.span()


def _breaks(raw: str) -> Iterator[Span]:
    """Line breaks with the blanks around them."""
    at = 0
    for match in (_LINE_FEED if unusual(raw).isdisjoint("\f\r") else _LINE_BREAK).finditer(raw):
        start, end = match.span()
        while start > at and raw[start - 1].isspace() and raw[start - 1] != "\n":
            start -= 1
        yield start, end
        at = end


def _line_edges(raw: str) -> Iterator[Span]:
    if " \n" in raw or "\n " in raw or "\u00a0" in raw:
        for match in _EDGE.finditer(raw):
            yield match.span()


def _edges(place: NDArray[np.int64], raw: str, spans: Sequence[Span]) -> list[int]:
    behind = [left + 1 for (start, _), (left, _) in zip(spans, _around(place, spans), strict=True) if raw[start] != "\n"]
    before = [right - 1 for (start, _), (_, right) in zip(spans, _around(place, spans), strict=True) if raw[start] == "\n"]
    return [offset for offset in (*behind, *before) if 0 < offset <= int(place.max())]


def _gaps(place: NDArray[np.int64], spans: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Where double blanks were torn, and where they are one blank now."""
    torn: list[int] = []
    whole: list[int] = []
    for left, right in _around(place, spans):
        if right == left + 2:
            whole.append(left + 1)
        elif left >= 0 and right > 0:
            torn += (left + 1, right - 1)
    return torn, whole


def _around(place: NDArray[np.int64], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where the raw characters on both sides of each span stand in the restored text."""
    for start, end in spans:
        yield place.item(start - 1) if start else -9, place.item(end)


def _restored_places(origin: Origins, length: int) -> NDArray[np.int64]:
    """Where each character of a raw text of this length stands in the restored text."""
    place = np.full(length + 1, -9, dtype=np.int64)
    known = np.flatnonzero(origin >= 0)
    place[origin[known]] = known
    return place
