"""Which of several words fits a place in a text, by the trained scorer of junctions.

For words that are real both ways (`العامل`, `العالم`), where how common they are is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.units import unit_names

# Characters each way that hold the units a junction looks at.
_WINDOW = 60


class Place(NamedTuple):
    """A span of a text and the words (plain form) that may stand there."""

    start: int
    end: int
    words: Sequence[str]


def fits(text: str, places: Sequence[Place]) -> list[list[float]]:
    """For each place, the log odds that each of its words belongs there: its junctions with both neighbours together."""
    row: list[str] = [PAD] * REACH
    gaps: list[int] = []
    for place in places:
        before, after = _neighbours(text, place)
        for word in place.words:
            row += [*before, word, *after, *[PAD] * REACH]
            at = len(row) - REACH - len(after) - 1
            gaps += [at, at + 1]
    if not gaps:
        return []
    names = list(dict.fromkeys(row))
    number = {name: i for i, name in enumerate(names)}
    sheet = Junctions.load().sheet(names, [number[name] for name in row])
    scores = sheet.scores(np.array(gaps), np.array(gaps)).reshape(-1, 2).sum(1)
    edges = np.cumsum([len(place.words) for place in places])[:-1]
    return [part.tolist() for part in np.split(scores, edges)]


def _neighbours(text: str, place: Place) -> tuple[list[str], list[str]]:
    """The units before and after a place, on its line."""
    line = max(text.rfind("\n", 0, place.start) + 1, place.start - _WINDOW)
    stop = text.find("\n", place.end, place.end + _WINDOW)
    before = unit_names(text[line : place.start])[-REACH:]
    after = unit_names(text[place.end : place.end + _WINDOW if stop < 0 else stop])[:REACH]
    return before, after
