"""The places between two words where a figure could have stood, and how each of them is spaced.

A place is known by the index of the word behind it. Marks that a deleted figure left alone (`. مليون`, `/ /`) are no words
here: the place is where they stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.model import TextView
from pipeline.quality.spacing import line_breaks, wide_gaps
from pipeline.quality.words import NUMBER, Words

LINE_END = "¶"
"""Stands between paragraphs, and before the first and behind the last word."""

CLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "بال", "وال", "لل", "وب", "ول", "فال"])
OPENING = frozenset("([{«“/")
CLOSING = frozenset(")]}»”،؛.,:؟!/")
_LEFT_OVER = frozenset(".,:/-–٫٬")


class Spacing(IntEnum):
    """How the place is spaced; all but PLAIN and BREAK hint at something deleted."""

    PLAIN = 0
    BREAK = 1  # a line break of the raw text, the edge of a paragraph
    WIDE = 2  # two blanks or more in the raw text
    LOOSE = 3  # a blank on the inner side of a mark: `الأول ،`, `( كلم)`
    CLITIC = 4  # behind a proclitic that stands alone: `و مهاجر`, `الـ يوم`
    EMPTY = 5  # between marks that should hold something: `()`, `//`; before a percent sign
    LEFT_OVER = 6  # where a mark of figures stands between two blanks: `. مليون`


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Words with LINE_END between paragraphs; place i lies before word i. `offsets` say where a figure would begin."""

    norms: list[str]
    starts: list[int]
    ends: list[int]
    spacing: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.norms)


def find_boundaries(view: TextView) -> Boundaries:
    """The places of one document."""
    text, found = view.text, view.words
    norms, starts, ends, spacing = _spaced(text, found)
    places = np.array(spacing, dtype=np.int8)
    for kind, offsets in ((Spacing.BREAK, line_breaks(view)), (Spacing.WIDE, wide_gaps(view))):
        _mark(places, starts, offsets, kind)
    return Boundaries(norms, starts, ends, places)


def _spaced(text: str, found: Words) -> tuple[list[str], list[int], list[int], list[int]]:
    """Words and their spacing as far as the restored text shows it."""
    norms, starts, ends, spacing = [LINE_END], [0], [0], [0]
    left_over = False
    last = 0
    for norm, start, end in zip(found.norms, found.starts, found.ends, strict=True):
        gap = text[last:start]
        if "\n" in gap:
            norms.append(LINE_END)
            starts.append(last)
            ends.append(start)
            spacing.append(Spacing.LEFT_OVER if left_over else Spacing.BREAK)
            left_over = False
        if norm in _LEFT_OVER and _alone(text, start, end, norms[-1]):
            left_over = True
            last = end
            continue
        norms.append(norm)
        starts.append(start)
        ends.append(end)
        spacing.append(Spacing.LEFT_OVER if left_over else _between(norms, gap))
        left_over = False
        last = end
    norms.append(LINE_END)
    starts.append(last)
    ends.append(len(text))
    spacing.append(Spacing.LEFT_OVER if left_over else Spacing.BREAK)
    return norms, starts, ends, spacing


def _alone(text: str, start: int, end: int, before: str) -> bool:
    """Whether a mark has no word on either side to belong to."""
    left = start == 0 or text[start - 1] in " \n(" or before in CLITICS
    return left and (end == len(text) or text[end] in " \n)%")


def _between(norms: Sequence[str], gap: str) -> Spacing:
    left, right = norms[-2:]
    if left == LINE_END:
        return Spacing.BREAK
    if right in ("%", "٪"):
        return Spacing.PLAIN if NUMBER in norms[-3:] else Spacing.EMPTY
    if right == "()" or right == "//" or (left in "([" and right in ")]"):
        return Spacing.EMPTY
    if left in CLITICS:
        return Spacing.CLITIC
    return Spacing.LOOSE if gap and (right in CLOSING or left in OPENING) else Spacing.PLAIN


def _mark(places: NDArray[np.int8], starts: Sequence[int], offsets: Sequence[int], kind: Spacing) -> None:
    for offset in offsets:
        at = bisect_left(starts, offset + 1)
        if at < len(places) and places[at] in (Spacing.PLAIN, Spacing.BREAK, Spacing.LOOSE):
            places[at] = kind
