"""Words by their bare shapes (rasm), which letters share that only dots or a hamza tell apart: what letters without dots may be.

A shape is asked for letter by letter, each a string of the letters it may be. The lexicon answers first, then its stems with
affixes, then the letters' own likelihood, so that a name nobody knows is read if at all by what letters go together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import PER, Lexicon
from pipeline.restore.proclitics import affixes
from pipeline.restore.word_frequency import FLOOR, unseen_frequency
from pipeline.restore.word_scores import WordScores

Shape = tuple[str, ...]
"""For each letter of a word those that it may be."""
_LETTERS = rows("letter_shapes")
SHAPE = {row["letter"]: row["shape"] for row in _LETTERS}
"""The bare shape of each letter of several, which goes by one of them (lexicon/letter_shapes.csv)."""
TEETH = "".join(letter for letter, shape in SHAPE.items() if shape in "بف")
"""Letters that are one tooth or loop before another letter."""
TOOTH = "\u066e"
"""The bare shape of a tooth."""
_TABLE = str.maketrans(SHAPE | dict.fromkeys(TEETH, TEETH[0]))
_MOST, _MOST_KEYS, _BEAM = 8, 64, 24
_FURTHER, _NEVER = 1.0, 1e-30  # as many unknown words besides those that were spelled
_SHORTEST_STEM, _LONGEST_AFFIX = 3, 5
_STRANGE, _LETTER = -9.0, 3.0


def _with_dots() -> dict[str, dict[str, str]]:
    made: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _LETTERS:
        if row["dots"]:
            made[row["dots"]][row["shape"]] = made[row["dots"]].get(row["shape"], "") + row["letter"]
    return dict(made)


DOTS = _with_dots()
"""The letters that each kind of dots makes of each shape."""


class Reading(NamedTuple):
    """A word that a shape may be, and the log of its probability in plain prose."""

    word: str
    likely: float


def bare(letters: str) -> str:
    """The letters as their shape is looked up: each the first of those that share it."""
    return letters.translate(_TABLE)


class Readings(NamedTuple):
    """The likeliest words of a shape, best first, and the log of the probability that it is another."""

    words: tuple[Reading, ...]
    other: float


@lru_cache(maxsize=20_000)
def readings(shape: Shape) -> Readings:
    """What a shape may be; no words where there are no letters."""
    if not shape or not all(shape):
        return Readings((), 0.0)
    spelled = _spelled(shape)
    found = set(_known(shape)) or set(_derived(shape))
    weighed = sorted((Reading(word, _likely(word)) for word in found.union(spelled)), key=lambda one: (-one.likely, one.word))
    rest = sum(math.exp(one.likely) for one in weighed[_MOST:]) + _FURTHER * sum(math.exp(_likely(word)) for word in spelled if word not in found)
    return Readings(tuple(weighed[:_MOST]), math.log(rest + _NEVER))


@lru_cache(maxsize=50_000)
def glance(shape: Shape) -> float:
    """How likely the best word of a shape is, about: a log probability; what the lexicon does not know costs by its letters."""
    found = _known(shape) or _derived(shape)
    strange = _STRANGE - _LETTER * len(shape)
    return max(strange, *map(_likely, found)) if found else strange


def _likely(word: str) -> float:
    """Log probability of a word; by its stem where only that is known."""
    spelled = WordScores.load().log_probability(word)
    derived = FLOOR if Lexicon.load().plain_count(word) else unseen_frequency(word)
    return max(spelled, math.log(derived / PER)) if derived > FLOOR else spelled


def _known(shape: Shape) -> list[str]:
    """The lexicon's words of a shape."""
    ways = [sorted(set(map(bare, letters))) for letters in shape]
    if math.prod(map(len, ways)) > _MOST_KEYS:
        return []
    words = [word for key in product(*ways) for word in _index().get("".join(key), ())]
    return [word for word in words if all(map(_contains, shape, word))]


def _contains(letters: str, letter: str) -> bool:
    return letter in letters


def _derived(shape: Shape) -> list[str]:
    """Words of a shape that the lexicon lacks but whose stem it has."""
    found = []
    for start in range(min(_LONGEST_AFFIX, len(shape) - _SHORTEST_STEM) + 1):
        before = _affixes("prefix", shape[:start])
        for end in range(len(shape), max(start + _SHORTEST_STEM, len(shape) - _LONGEST_AFFIX) - 1, -1) if before else ():
            behind = _affixes("suffix", shape[end:])
            if behind and (start or end < len(shape)):
                stems = _known(shape[start:end])
                found += [a + stem + b for a in before for stem in stems for b in behind]
    return found


@lru_cache(maxsize=20_000)
def _affixes(side: str, shape: Shape) -> tuple[str, ...]:
    return tuple(affix for affix in _affixes_of(side, len(shape)) if all(map(_contains, shape, affix)))


@cache
def _affixes_of(side: str, length: int) -> tuple[str, ...]:
    return tuple(affix for affix in affixes(side) if len(affix) == length)


def _spelled(shape: Shape) -> list[str]:
    """The likeliest spellings by the letters alone."""
    scores = WordScores.load()
    best = [""]
    for letters in shape:
        longer = [word + letter for word in best for letter in letters]
        best = sorted(longer, key=scores.shape, reverse=True)[:_BEAM]
    return best


@cache
def _index() -> dict[str, list[str]]:
    """The lexicon's words by their bare shapes."""
    words = [word for word, _ in Lexicon.load().items()]
    index: defaultdict[str, list[str]] = defaultdict(list)
    for key, word in zip(bare("\n".join(words)).split("\n"), words, strict=True):
        index[key].append(word)
    return dict(index)
