"""Words that may stand for one another in a line: days, months, countries, places, given names, nationalities.

The corpora speak of Tunisia and of an encyclopaedia's places. That a line reads as well with another town or day in it is
a fact that a scorer of so little text must be shown: it meets the names of the gazetteers where the corpora have theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows

SEEN_AT_LEAST = 3
LEAST_SIZE = 3
_CLITICS = ("", "و", "ب", "ل")
_ARTICLES = ("", "ال", "وال", "بال", "لل", "و")
_ENDINGS = ("", "ة", "ين", "ون", "ا", "تين", "ان")
_PLACES = ("places_geonames", "places_hand", "places_syria")
_SETTLEMENTS = frozenset({"city", "town", "populated_place", "village", "governorate", "district"})
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
    """Words of one kind in one form, with the same clitics; names of several words are left out."""
    for kind in ("weekday", "month"):
        yield from _with_clitics([row["word"] for row in rows("calendar_words") if row["class"] == kind])
    yield from _with_clitics([row["name_ar"] for row in rows("countries")])
    yield from _with_clitics([row["name_ar"] for file in _PLACES for row in rows(file) if row["kind"] in _SETTLEMENTS])
    yield from _with_clitics([row["name_ar"] for row in rows("given_names")])
    adjectives = [*(row["adjective_ar"] for row in rows("countries")), *(row["adjective"] for row in rows("nationalities"))]
    for article in _ARTICLES:
        for ending in _ENDINGS:
            yield [article + adjective + ending for adjective in adjectives]


def _with_clitics(words: Sequence[str]) -> Iterator[list[str]]:
    for clitic in _CLITICS:
        yield [clitic + word for word in words if " " not in word]
