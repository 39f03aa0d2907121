"""The words, figures and marks of a whole document, cut once for all detectors.

Lighter than the extractors' tokens: parallel lists instead of objects, because every document passes here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.tokens import DIGITS, LETTERS, MARKS, strip_marks

NUMBER = "0"
"""The spelling under which every figure in digits stands in `Words.norms`."""

_TOKEN = re.compile(
    rf"[{LETTERS}][{LETTERS}{MARKS}]*|[{DIGITS}]+(?:[.,:٫٬][{DIGITS}]+)*|[A-Za-z\u00c0-\u024f\u0400-\u04ff]+|([^\s{MARKS}])\1*"
)
_ALEF = str.maketrans("أإآٱیک", "اااايك")
_DIGIT = re.compile(f"[{DIGITS}]")


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens in order: spelling without vowel marks and hamza on alef, half-open offsets, and a number for each spelling.

    `codes` are equal where spellings are equal; they mean nothing outside their document.
    """

    norms: list[str]
    starts: list[int]
    ends: list[int]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.norms)


def split_words(text: str) -> Words:
    """Words, figures and marks of a text; a run of one mark (`...`, `//`) is one token."""
    found = list(_TOKEN.finditer(text))
    norms = [normal(m[0]) for m in found]
    seen: dict[str, int] = {}
    codes = np.fromiter((seen.setdefault(n, len(seen)) for n in norms), dtype=np.int32, count=len(norms))
    return Words(norms, [m.start() for m in found], [m.end() for m in found], codes)


@lru_cache(maxsize=1 << 18)
def normal(word: str) -> str:
    """A token's spelling for comparisons: no vowel marks, one alef; every figure in digits is NUMBER."""
    if _DIGIT.match(word):
        return NUMBER
    return strip_marks(word).translate(_ALEF)


def is_arabic(norm: str) -> bool:
    """Whether a normal spelling is an Arabic word."""
    return "\u0621" <= norm[0] <= "\u06ff" and norm[0] not in "،؛؟٪٫٬۔"
