"""The words and figures of a document, cut once for all the passes that ask for them in turn.

Words are in plain form (no vowel marks, no tatweel); U+FFFD counts as a letter that was lost.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.characters import LOST, WITH_HAMZA_MARKS
from pipeline.restore.language_model import TAKEN_OFF, Lexicon
from pipeline.restore.rewriting import code_units, unusual

TOKEN = re.compile(f"[{WITH_HAMZA_MARKS}\u0670{LOST}]+")
LONGEST_WORD = 30
_NOTHING = 0
_FIGURE = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]+")


class DocumentWords(NamedTuple):
    """All words in order; the distinct ones, of these the rare and the unknown; runs of letters that are too long to be words.

    Rare is what the lexicon does not count among the usual words, unknown what it does not know at all.
    """

    in_order: list[str]
    distinct: frozenset[str]
    rare: frozenset[str]
    unknown: frozenset[str]
    too_long: frozenset[str]


@lru_cache(maxsize=2)
def document_words(text: str) -> DocumentWords:
    """The words of a text; remembered, since most passes leave most texts as they are."""
    # What is no letter becomes a blank: the words are so parted faster than they are found by the pattern.
    apart = _letters_apart().take(code_units(text))
    if not TAKEN_OFF.isdisjoint(unusual(text)):
        apart = apart[apart != _NOTHING]
    in_order = apart.tobytes().decode("utf-16-le").split()
    return DocumentWords(in_order, *_sorted(frozenset(in_order)))


@cache
def _letters_apart() -> NDArray[np.uint16]:
    """Each unit of UTF-16 that a plain word may have, as it is, _NOTHING for what is taken off it, and a blank for each other one."""
    apart = np.full(0x10000, ord(" "), dtype=np.uint16)
    letters = list(map(ord, "".join(TOKEN.findall("".join(map(chr, range(0x10000)))))))
    apart[letters] = letters
    apart[list(map(ord, TAKEN_OFF))] = _NOTHING
    return apart


@lru_cache(maxsize=4)
def _sorted(distinct: frozenset[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The words of a text without those too long, the rare and unknown ones, those too long; most changes of a text leave its words."""
    rare = Lexicon.load().rare(distinct)
    too_long: frozenset[str] = frozenset()
    if max(map(len, rare), default=0) > LONGEST_WORD:
        too_long = frozenset(w for w in rare if len(w) > LONGEST_WORD)
        distinct, rare = distinct - too_long, rare - too_long
    return distinct, rare, Lexicon.load().unknown(rare), too_long


@lru_cache(maxsize=2)
def figures(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the runs of digits of a text; remembered likewise."""
    return tuple([m.span() for m in _FIGURE.finditer(text)])
