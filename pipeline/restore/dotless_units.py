"""Words printed without their dots as letters: what each may be whose dots are lost glyphs beside its bare shape.

A letter is its bare shape, or a lost glyph where that has no character, with another lost glyph behind it for its dots.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import LETTERS, LOST, VOWEL_MARKS
from pipeline.restore.presentation_forms import letters
from pipeline.restore.rasm import TEETH, Reading, readings

BARE_LETTERS = "\u066e\u066f\u06a1\u06ba"
HAMZA_MARKS = "\u0653-\u0655"
WORD = re.compile(f"[{LETTERS}{VOWEL_MARKS}{HAMZA_MARKS}{BARE_LETTERS}{LOST}]+")
_MARK = re.compile(f"[{VOWEL_MARKS}]")
_FOLDED = {"ی": "ى", "ە": "ه", "ہ": "ه", "ۀ": "ه", "ھ": "ه", "ک": "ك"}
_BARE = {"\u066e": "بتث", "\u06ba": "ن", "\u06a1": "ف", "\u066f": "ق"}
_DOTTED = _BARE | {"ح": "جخ", "د": "ذ", "ر": "ز", "س": "ش", "ص": "ض", "ط": "ظ", "ع": "غ", "ى": "ي", "ه": "ة"}
_LOST = "نبتثيفق"
_HAMZAS = {"\u0653": {"ا": "آ", LOST: "آ"}, "\u0654": {"ا": "أ", "و": "ؤ", "ى": "ئ", LOST: "أئ"}, "\u0655": {"ا": "إ", LOST: "إ"}}


class Unit(NamedTuple):
    """A letter of a word: the half-open span of its glyphs, the letters it may be, the marks it bears."""

    start: int
    end: int
    options: str
    marks: str = ""


def folded(text: str) -> list[tuple[str, int]]:
    """The characters of a text as bare letters, each with its place."""
    return [(_FOLDED.get(letter, letter), place) for place, char in enumerate(text) for letter in letters(char)]


def units(word: str) -> list[Unit]:
    """The letters of a word, given as bare letters, lost glyphs and marks."""
    found: list[Unit] = []
    at = 0
    while at < len(word):
        if not _MARK.match(word[at]):
            found.append(_unit(word, at))
        elif found:
            found[-1] = found[-1]._replace(end=at + 1, marks=found[-1].marks + word[at])
        at = found[-1].end if found else at + 1
    return found


def _unit(word: str, at: int) -> Unit:
    """The letter that begins at a place. Of the lost glyphs behind a bare letter one is its dots where their number is odd."""
    char, behind = word[at], word[at + 1 : at + 2]
    if char in _HAMZAS.get(behind, ()):
        return Unit(at, at + 2, _HAMZAS[behind][char])
    if char == LOST:
        return Unit(at, at + 2, _LOST) if behind == LOST else Unit(at, at + 1, TEETH)
    lost = len(word) - at - 1 - len(word[at + 1 :].lstrip(LOST))
    if word[at + 1 + lost : at + 2 + lost] in _HAMZAS:
        lost -= 1
    if char in _DOTTED and lost % 2:
        return Unit(at, at + 2, _DOTTED[char])
    return Unit(at, at + 1, _BARE.get(char, char))


@lru_cache(maxsize=50_000)
def word_readings(word: str) -> tuple[Reading, ...]:
    """The words that a word without its dots may be, best first."""
    return readings(tuple(unit.options for unit in units(word)))


@lru_cache(maxsize=50_000)
def likelihood(text: str) -> float:
    """How likely the words of a text without dots are, read as they read best: a log probability."""
    return sum(found[0].likely if (found := word_readings(m.group())) else _NO_WORD for m in WORD.finditer(text))


_NO_WORD = -30.0
