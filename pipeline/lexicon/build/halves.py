"""Finds the words that, cut after a letter that does not join, many other words begin or end with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

NON_JOINING = "رزودذاأإآىةءؤ"
SHARE = 0.1


def halves(counts: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Known words that are likely enough the first halves, and the second halves, of others."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for word, count in counts.items():
        for k in range(1, len(word)):
            if word[k - 1] in NON_JOINING:
                heads[word[:k]] += count
                tails[word[k:]] += count
    return [sorted(w for w, n in side.items() if n > SHARE * counts.get(w, n + n) > 0 and w in counts) for side in (heads, tails)]  # type: ignore[return-value]
