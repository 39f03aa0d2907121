"""Words printed without their dots as letters: what each may be whose dots are lost glyphs or signs beside its bare shape.

Where no dot has a code, a letter is its bare shape, or a lost glyph where that has no character, with another lost glyph behind
it. Where dots have one, each kind is a sign of its own, and a letter is any letter of its shape with or without a sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.restore.characters import HAMZAS, LETTERS, LOST, VOWEL_MARKS
from pipeline.restore.presentation_forms import letters
from pipeline.restore.rasm import DOTS, SHAPE, TEETH, glance

BARE_LETTERS = "\u066e\u066f\u06a1\u06ba"
STROKE = "\U0010f0ff"
"""Stands for a tatweel whose code is another character's: rows are cut at it, and words are read without it."""
HAMZA_MARKS = "\u0653-\u0655"
_MARK = re.compile(f"[{VOWEL_MARKS}]")
_FOLDED = {"ی": "ى", "ە": "ه", "ہ": "ه", "ۀ": "ه", "ھ": "ه", "ک": "ك"}
_BARE = {"\u066e": "بتث", "\u06ba": "ن", "\u06a1": "ف", "\u066f": "ق"}
# Of those shapes that stand as letters of their own.
_DOTTED = _BARE | {"ى": "ي"} | {bare: "".join(sorted(dots.get(bare, "") for kind, dots in DOTS.items() if kind != "hamza")) for bare in "حدرسصطعه"}
_LOST, _KAF = "نبتثيفق", "ك"  # kāf that ends a word bears a sign, too
_HAMZAS = {"\u0653": {"ا": "آ", LOST: "آ"}, "\u0654": {"ا": "أ", "و": "ؤ", "ى": "ئ", LOST: "أئ"}, "\u0655": {"ا": "إ", LOST: "إ"}}

_UNDOTTED = {"ب": TEETH[:7], "ف": "فق", "س": "س", "ه": "ه", "ا": "ا"}


class Unit(NamedTuple):
    """A letter of a word: the half-open span of its glyphs, the letters it may be, the marks it bears."""

    start: int
    end: int
    options: str
    marks: str = ""


@dataclass(frozen=True, eq=False)
class Signs:
    """The kinds of dots (see DOTS) that the signs of a text are; without any, dots are lost glyphs."""

    kinds: Mapping[str, str]

    @cached_property
    def dots(self) -> frozenset[str]:
        """What stands for dots."""
        return frozenset(self.kinds or {LOST})

    @cached_property
    def word(self) -> re.Pattern[str]:
        """A word of letters and what stands for dots."""
        return re.compile(f"[{LETTERS}{VOWEL_MARKS}{HAMZA_MARKS}{BARE_LETTERS}{''.join(map(re.escape, sorted(self.dots)))}]+")


def folded(text: str) -> list[tuple[str, int]]:
    """The characters of a text as bare letters, each with its place."""
    return [(_FOLDED.get(letter, letter), place) for place, char in enumerate(text) for letter in letters(char)]


def units(word: str, signs: Signs) -> list[Unit]:
    """The letters of a word, given as bare letters, what stands for dots, and marks."""
    found: list[Unit] = []
    unit = _signed if signs.kinds else _lost
    at = 0
    while at < len(word):
        if not _MARK.match(word[at]):
            found.append(unit(word, at, signs))
        elif found:
            found[-1] = found[-1]._replace(end=at + 1, marks=found[-1].marks + word[at])
        at = found[-1].end if found else at + 1
    return found


def dotted(letter: str) -> str:
    """The letters that a letter without dots is with some."""
    return _DOTTED.get(letter, "")


def _signed(word: str, at: int, signs: Signs) -> Unit:
    """The letter that begins at a place, with the sign behind it, or before it where only that letter may bear it."""
    kind = signs.kinds.get(word[at], "")
    if kind:
        borne = DOTS[kind].get(SHAPE.get(word[at + 1 : at + 2], ""), "")
        return Unit(at, at + 2 if borne else at + 1, borne)
    shape, borne_by = SHAPE.get(word[at], ""), DOTS.get(signs.kinds.get(word[at + 1 : at + 2], ""), {})
    if shape in borne_by or (borne_by and SHAPE.get(word[at + 2 : at + 3]) not in borne_by):
        return Unit(at, at + 2, borne_by.get(shape, word[at]))
    if word[at] == "ى" or (word[at] in HAMZAS and "hamza" not in signs.kinds.values()):
        return Unit(at, at + 1, word[at])
    return Unit(at, at + 1, _UNDOTTED.get(shape, shape or word[at]))


def _lost(word: str, at: int, _signs: Signs) -> Unit:
    """The letter that begins at a place. Of the lost glyphs behind a bare letter one is its dots where their number is odd."""
    char, behind = word[at], word[at + 1 : at + 2]
    if char in _HAMZAS.get(behind, ()):
        return Unit(at, at + 2, _HAMZAS[behind][char])
    if behind in _HAMZAS.get(char, ()):
        return Unit(at, at + 2, _HAMZAS[char][behind])  # so PDFBox turns them
    if char == LOST:
        if behind == LOST:
            return Unit(at, at + 2, _LOST + _KAF if at + 2 == len(word) else _LOST)
        return Unit(at, at + 1, TEETH)
    lost = len(word) - at - 1 - len(word[at + 1 :].lstrip(LOST))
    if word[at + 1 + lost : at + 2 + lost] in _HAMZAS:
        lost -= 1
    if char in _DOTTED and lost % 2:
        return Unit(at, at + 2, _DOTTED[char])
    return Unit(at, at + 1, _BARE.get(char, char))


@lru_cache(maxsize=50_000)
def likelihood(text: str, signs: Signs) -> float:
    """How likely the words of a text without dots are, read as they read best: a log probability, about."""
    return sum(glance(tuple(unit.options for unit in units(m.group(), signs))) for m in signs.word.finditer(text))
