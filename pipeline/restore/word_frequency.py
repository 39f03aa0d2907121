"""How likely a word is, also one that the lexicon never saw: through its stem when it has one, else the floor.

Words are given in plain form (no vowel marks, no tatweel); frequencies are occurrences per ten million words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.restore.language_model import PER, Lexicon
from pipeline.restore.proclitics import affixes

FLOOR = 0.002
# A stem that stands with affixes it was never seen with is this much rarer than the stem; measured on corpus words
# that were held out of the lexicon.
_UNSEEN_FORM = 0.004
_SHORTEST_STEM, _LONGEST_AFFIX = 3, 5
# Spellings that no Arabic word has: two alefs in a row, a letter after alef maqṣūra or tāʾ marbūṭa, a hamza that
# opens a word on wāw or yāʾ.
_IMPOSSIBLE = re.compile("ا[اأإآ]|[ىة].|^[ؤئءةى].|([^\u0644\u0645\u062a\u062f])\\1\\1")
_PENALTY = 1e-3


def frequency(word: str) -> float:
    """Occurrences per ten million words: the lexicon's count, or an estimate of at least FLOOR times 1e-3."""
    count = Lexicon.load().plain_count(word)
    return float(count) if count else unseen_frequency(word)


@lru_cache(maxsize=50_000)
def unseen_frequency(word: str) -> float:
    """The estimate for a word that is not in the lexicon."""
    if _IMPOSSIBLE.search(word):
        return FLOOR * _PENALTY
    return max(FLOOR, _UNSEEN_FORM * stem_count(word))


def one_word_odds(left: str, right: str, single: float | None = None) -> float:
    """How much likelier the letters on both sides of a break are one word than two, before any damage is assumed.

    `single` is how common a letter by itself is held to be as a word, if not by its own count: most are hardly ever words.
    """
    return frequency(left + right) * PER / (_alone(left, single) * _alone(right, single))


def _alone(word: str, single: float | None) -> float:
    return frequency(word) if single is None or len(word) > 1 else single


def stem_count(word: str) -> int:
    """The count of the commonest known word of three letters or more that is left when affixes go."""
    count = Lexicon.load().plain_count
    prefixes, suffixes = affixes("prefix"), affixes("suffix")
    best = 0
    for start in range(min(_LONGEST_AFFIX, len(word) - _SHORTEST_STEM) + 1):
        if word[:start] not in prefixes:
            continue
        for end in range(len(word), max(start + _SHORTEST_STEM, len(word) - _LONGEST_AFFIX) - 1, -1):
            if word[end:] in suffixes:
                stem = word[start:end]
                best = max(best, count(stem))
                if end < len(word) and stem[-1] == "ت":
                    best = max(best, count(stem[:-1] + "ة"))
    return best
