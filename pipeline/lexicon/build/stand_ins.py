"""Words that may stand for one another in a line: days, months, countries, places, given names, nationalities.

The corpora speak of Tunisia and of an encyclopaedia's places. That a line reads as well with another town or day in it is
a fact that a scorer of so little text must be shown: it meets the names of the gazetteers where the corpora have theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.stand_ins import countries, days, given_names, nationalities, settlements

SEEN_AT_LEAST = 3
LEAST_SIZE = 3
Array = NDArray[Any]


class StandIns:
    """For each unit number the class from which another may be drawn; most units have none and stay."""

    def __init__(self, names: Sequence[str], row: Array, rng: np.random.Generator) -> None:
        numbers = {name: k for k, name in enumerate(names)}
        seen = np.bincount(row, minlength=len(names))
        self._rng = rng
        self._starts, self._sizes = np.zeros(len(names) + 1, np.int64), np.zeros(len(names) + 1, np.int64)
        members: list[int] = []
        for words in classes():
            fresh = [k for k in dict.fromkeys(numbers.get(word, -1) for word in words) if k >= 0 and seen[k] >= SEEN_AT_LEAST and not self._sizes[k]]
            if len(fresh) >= LEAST_SIZE:
                self._starts[fresh], self._sizes[fresh] = len(members), len(fresh)
                members += fresh
        self._members = np.array(members)

    def drawn(self, units: Array, share: float) -> Array:
        """Unit numbers with this share of those that have a class replaced by others of it."""
        sizes = self._sizes[units]
        places = self._starts[units] + (self._rng.random(units.shape) * sizes).astype(np.int64)
        chosen = (sizes > 0) & (self._rng.random(units.shape) < share)
        return np.where(chosen, self._members[np.where(chosen, places, 0)], units)


def classes() -> Iterator[list[str]]:
    """Words of one kind in one form; names of several words are left out."""
    for _, words in chain(days("weekday"), days("month"), countries(), settlements(), given_names(), nationalities()):
        yield words
