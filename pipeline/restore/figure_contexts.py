"""Where figures stand: the word or sign before and after a run of digits, in the form in which they are counted.

What numbers are likely there belongs in figure_model.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.lexicon.reader import words
from pipeline.restore.language_model import plain
from pipeline.restore.proclitics import ARTICLE, PARTICLES

_REACH = 48
_LETTERS = "A-Za-z\u0621-\u063a\u0640-\u065f\u0670\u0671-\u06d3"
_SKIPPED = "\\s\"“”«»()\\[\\]{}'’‘*\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_BEFORE = re.compile(f"(?:([{_LETTERS}]+)|([^{_LETTERS}{_SKIPPED}]))([{_SKIPPED}]*)$")
_HYPHENED = re.compile(f"([{_LETTERS}]+)-$")
_AFTER = re.compile(f"([{_SKIPPED}]*)(?:([{_LETTERS}]+)|([^{_LETTERS}{_SKIPPED}]))")
_ALEFS = str.maketrans("أإآٱی", "اااای")
_SIGNS = str.maketrans("٪،٫٬–—−؛", "%,.,---;")
_DIGIT = re.compile("[0-9٠-٩۰-۹\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f]")

# words beside a figure that say little of it without the next one
_VAGUE_BEFORE = frozenset(["من", "عن", "في", "على", "الى", "ان", "حتى", "بين", "مع", "او"])
_VAGUE_AFTER = frozenset(["الف", "الفا", "مليون", "مليار", "الاف", "ملايين", "مليارات", "في", "من"])
_PROCLITIC = re.compile(f"^(?:{ARTICLE}|{PARTICLES})(?=..[^+]*$)")

BEFORE, AFTER = 0, 1
MONTH = "<month>"
DIGIT = "0"
EDGE = ""


class Neighbours(NamedTuple):
    """What stands before and after a figure: a plain word, a sign, DIGIT, MONTH, or EDGE at the text's end.

    A word glued to the figure (`و120`) has a `+`, one hyphened to it (`إف-16`) has not; a sign touching it keeps whether a
    digit stands on its other side (`0/`). A word that tells little brings the next one along: `اكثر من`, `الف شخص`, `في المئة`.
    """

    before: str
    after: str


def neighbours(text: str, start: int, end: int) -> Neighbours:
    """The neighbours of the digit run text[start:end]; line breaks and quotation marks are looked through."""
    return Neighbours(_before(text, start), _after(text, end))


def back_off(side: int, token: str) -> str | None:
    """The next more general form of a neighbour: `اكثر من` to `من`, `بنحو` to `نحو`; None at the end."""
    if " " in token:
        return token.split(" ")[-1 if side == BEFORE else 0]
    stripped = _PROCLITIC.sub("", token)
    return stripped if stripped != token else None


def _before(text: str, start: int) -> str:
    match = _BEFORE.search(text, max(0, start - _REACH), start)
    if match is None:
        return EDGE
    word, sign, gap = match.groups()
    if word:
        token = _word(word)
        if not gap:
            return token + "+"
        return _with_word_before(text, match.start(), token) if token in _VAGUE_BEFORE else token
    if _DIGIT.match(sign):
        return DIGIT
    sign = sign.translate(_SIGNS)
    if gap:
        return sign
    model = _HYPHENED.search(text, max(0, start - _REACH), start)
    if model:
        return _word(model.group(1))
    return DIGIT + sign if match.start() and _DIGIT.match(text[match.start() - 1]) else sign + "+"


def _after(text: str, end: int) -> str:
    match = _AFTER.match(text, end, end + _REACH)
    if match is None:
        return EDGE
    gap, word, sign = match.groups()
    if word:
        token = _word(word)
        if not gap:
            return "+" + token
        return _with_word_after(text, match.end(), token) if token in _VAGUE_AFTER else token
    if _DIGIT.match(sign):
        return DIGIT
    sign = sign.translate(_SIGNS)
    if gap:
        return sign
    return sign + DIGIT if _DIGIT.match(text[match.end() : match.end() + 1]) else "+" + sign


def _with_word_before(text: str, start: int, token: str) -> str:
    match = _BEFORE.search(text, max(0, start - _REACH), start)
    return f"{_word(match.group(1))} {token}" if match and match.group(1) else token


def _with_word_after(text: str, end: int, token: str) -> str:
    match = _AFTER.match(text, end, end + _REACH)
    return f"{token} {_word(match.group(2))}" if match and match.group(2) else token


@cache
def _word(word: str) -> str:
    bare = plain(word)
    return MONTH if bare in words("months") else bare.translate(_ALEFS).lower()
