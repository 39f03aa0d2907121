"""Finds the words that, cut after a letter that does not join, many other words begin or end with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

NON_JOINING = "رزودذاأإآىةءؤ"
SHARE, SURE_SHARE = 0.1, 3.0


def halves(counts: Mapping[str, int]) -> list[list[str]]:
    """Known words that are likely first halves, second halves, and that are mostly first halves, second halves, of others."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for word, count in counts.items():
        for k in range(1, len(word)):
            if word[k - 1] in NON_JOINING:
                heads[word[:k]] += count
                tails[word[k:]] += count
    return [
        sorted(word for word, count in side.items() if word in counts and count > share * counts[word])
        for share in (SHARE, SURE_SHARE)
        for side in (heads, tails)
    ]
