"""What the readings of a text's lines say together: how many speak for a damage, how many against it, and what that says of each line.

A reader that does a thing to one line does it to all, so that lines which tell decide on those that hardly do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

_BEYOND_DOUBT = 50.0
_DIGITS = 3


class Votes(NamedTuple):
    """How many lines read clearly better when restored, how many clearly worse, and by how much all together, in log odds."""

    better: int
    worse: int
    total: float

    @classmethod
    def of(cls, gains: Iterable[float], sure: float, against: float | None = None) -> Votes:
        """The votes of lines by their gains: one above `sure` is for the damage, one below `against` (-`sure`) against it."""
        gains = list(gains)
        least = -sure if against is None else against
        return cls(sum(gain > sure for gain in gains), sum(gain < least for gain in gains), sum(gains))

    def lean(self, most: float = math.inf, weight: float = 1.0) -> float:
        """What the votes say of any line of the text, in log odds of at most so much; `weight` says how alike lines are."""
        return min(most, weight * math.log((self.better + 0.5) / (self.worse + 0.5)))


def probability(log_odds: float, most: float = 1.0) -> float:
    """The probability behind log odds, in three digits; at most so much, since scorers are never as sure as they say."""
    return round(min(most, 1 / (1 + math.exp(-max(-_BEYOND_DOUBT, min(_BEYOND_DOUBT, log_odds))))), _DIGITS)
