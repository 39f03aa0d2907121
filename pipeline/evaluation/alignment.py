"""Which characters of one text stand for which of another, and how far two texts are apart."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from difflib import SequenceMatcher

import numpy as np

_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def fold(text: str) -> str:
    """One space for any white space, and the two spellings of tanwin on alef as one."""
    return re.sub(r"\s+", " ", text).strip().replace("\u0627\u064b", "\u064b\u0627")


def without_marks(text: str) -> str:
    """Text without vowel marks and tatweel."""
    return _MARKS.sub("", text)


def edit_distance(left: str, right: str) -> int:
    """Levenshtein distance, in characters; O(len(left)) vector operations of len(right)."""
    if not left or not right:
        return len(left) + len(right)
    target = np.array([ord(c) for c in right], dtype=np.int32)
    index = np.arange(len(right) + 1, dtype=np.int32)
    row = index.copy()
    for i, char in enumerate(left, 1):
        best = np.empty_like(row)
        best[0] = i
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (target != ord(char)))
        # An insertion costs one a step: a running minimum after taking the steps off.
        row = np.minimum.accumulate(best - index) + index
    return int(row[-1])


def character_error_rate(found: str, truth: str) -> float:
    """Edit distance over the length of the truth, both folded."""
    truth = fold(truth)
    return edit_distance(fold(found), truth) / max(len(truth), 1)


class Alignment:
    """Maps positions of `found` to positions of `truth` through their common words."""

    def __init__(self, found: str, truth: str) -> None:
        self.found, self.truth = found, truth
        self._left = _tokens(found)
        self._right = _tokens(truth)
        matcher = SequenceMatcher(None, [t[0] for t in self._left], [t[0] for t in self._right], autojunk=False)
        self.blocks = matcher.get_matching_blocks()
        self._anchors: list[tuple[int, int]] = [(0, 0)]
        for block in self.blocks:
            for i in range(block.size):
                _, s, e = self._left[block.a + i]
                _, s2, e2 = self._right[block.b + i]
                self._anchors += [(s, s2), (e, e2)]
        self._anchors.append((len(found), len(truth)))
        self._keys = [a for a, _ in self._anchors]

    def to_truth(self, position: int) -> int:
        """The position in `truth` that `position` of `found` stands for; between common words by proportion."""
        i = max(bisect_right(self._keys, position) - 1, 0)
        a, b = self._anchors[i]
        if position == a or i + 1 >= len(self._anchors):
            return b
        a2, b2 = self._anchors[i + 1]
        return b + round((position - a) * (b2 - b) / max(a2 - a, 1))


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(without_marks(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(mark_safe(text))]


def mark_safe(text: str) -> str:
    """The text with tatweel for vowel marks: `\\w` leaves them out, and a letter in their place keeps words whole and offsets as they are."""
    return "".join("\u0640" if unicodedata.category(c) == "Mn" else c for c in text)
