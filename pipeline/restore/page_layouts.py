"""In which order pdfminer prints the pieces of a page, by where they stand: what its layout analysis does, in little.

Pieces that stand above each other and are flush left, right or centred make a box; boxes are grouped two by two, the
nearest first, and each pair is put in order by its left edge and its height (pdfminer.six, layout.py: group_textlines,
group_textboxes, LTTextGroupLRTB with boxes_flow 0.5). Lengths are in letters' heights, y grows downwards.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

_MARGIN = 0.5
_ACROSS, _DOWN = 0.5, 1.5


class Place(NamedTuple):
    """A rectangle: its left and right edge, its top and its bottom."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def rank(self) -> float:
        """By what one of two groups comes first."""
        return _ACROSS * self.left + _DOWN * (self.top + self.bottom)


Boxes = list[list[int]]
"""Lines by their numbers, box by box, in the order in which they are printed."""
_Group = tuple[Place, Boxes]


def placed(rows: Sequence[tuple[float, Sequence[float]]], column: float) -> list[Place]:
    """Where pieces stand: rows from the top down, each the height of its top and the widths of its pieces from right to left."""
    found = []
    for top, widths in rows:
        right = column
        for width in widths:
            found.append(Place(right - width, right, top, top + 1))
            right -= width
    return found


def printed_boxes(lines: Sequence[Place]) -> Boxes:
    """The boxes that pdfminer makes of some lines, all one letter high, in the order in which it prints them."""
    active: dict[int, _Group] = dict(enumerate(_boxes(lines)))
    waiting = [(False, _apart(active[a][0], active[b][0]), a, b) for a, b in combinations(active, 2)]
    heapq.heapify(waiting)
    count = len(active)
    while waiting:
        checked, apart, a, b = heapq.heappop(waiting)
        if a not in active or b not in active:
            continue
        union = _union(active[a][0], active[b][0])
        if not checked and any(_overlap(union, other) for k, (other, _) in active.items() if k not in (a, b)):
            heapq.heappush(waiting, (True, apart, a, b))
            continue
        first, second = sorted((active.pop(a), active.pop(b)), key=lambda group: group[0].rank)
        for k, (other, _) in active.items():
            heapq.heappush(waiting, (False, _apart(union, other), count, k))
        active[count] = union, first[1] + second[1]
        count += 1
    return [box for _, boxes in active.values() for box in boxes]


def _boxes(lines: Sequence[Place]) -> Iterator[_Group]:
    """Lines that stand close above each other and are aligned, together, each box from the top down."""
    box = list(range(len(lines)))
    for a, b in combinations(range(len(lines)), 2):
        if box[a] != box[b] and _are_neighbours(lines[a], lines[b]):
            old, new = box[b], box[a]
            box = [new if one == old else one for one in box]
    for name in dict.fromkeys(box):
        members = [k for k, one in enumerate(box) if one == name]
        members.sort(key=lambda k: lines[k].top)
        place = lines[members[0]]
        for k in members[1:]:
            place = _union(place, lines[k])
        yield place, [members]


def _are_neighbours(a: Place, b: Place) -> bool:
    if abs(a.top - b.top) >= 1 + _MARGIN or a.left >= b.right or b.left >= a.right:
        return False
    left, right = abs(a.left - b.left), abs(a.right - b.right)
    return min(left, right, abs(a.left + a.right - b.left - b.right) / 2) <= _MARGIN


def _union(a: Place, b: Place) -> Place:
    return Place(min(a.left, b.left), max(a.right, b.right), min(a.top, b.top), max(a.bottom, b.bottom))


def _apart(a: Place, b: Place) -> float:
    """How much of the rectangle round both is neither's."""
    return _union(a, b).area - a.area - b.area


def _overlap(a: Place, b: Place) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
