"""Text as the units that the scorers of word order know: plain words, figures, Latin, and classes of punctuation.

A figure of any coding is one unit, so that private digits, real digits and deleted ones read alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.restore.characters import LOST, WIDE_LETTERS
from pipeline.restore.language_model import plain

FIGURE, LATIN, OPENING, CLOSING, OTHER = "0", "a", "«", "»", "#"
COMMA, STOP = "،", "."
# Stands between paragraphs; no text has it, since a sign of its own class is OTHER.
PARAGRAPH = "¶"
GAP = "  "
SENTENCE_ENDS = frozenset({STOP, "؟", ":", CLOSING, PARAGRAPH})
_UNIT = re.compile(
    f"([{WIDE_LETTERS}{LOST}]+)"
    "|([0-9\u0660-\u0669\ue000-\uf8ff]+(?:[.,\u066b\u066c][0-9\u0660-\u0669\ue000-\uf8ff]+)*)"
    "|([A-Za-z\u00c0-\u024f#@_]+)|(\\.+)|(\\S)"
)
_CLASSES = {
    **dict.fromkeys(".…", "."),
    **dict.fromkeys("؟?!", "؟"),
    **dict.fromkeys("،,;؛", "،"),
    **dict.fromkeys("%٪", "%"),
    **dict.fromkeys("-–—−", "-"),
    ":": ":",
    "/": "/",
}
_PAIRED = frozenset("\"'“”„«»‹›‘’()[]{}")


class Units(NamedTuple):
    """The units of a text and, for each, whether white space stands before it."""

    names: list[str]
    spaced: list[bool]


def units(text: str, stripped: bool = False) -> Units:
    """Split a text; quotation marks and brackets count as opening or closing by what they lean on.

    Some readers print them mirrored, so their own direction says nothing. In a text whose figures were deleted
    (`stripped`) a double blank is what is left of one.
    """
    parts = [token_units(token) for token in _tokens(text, stripped)]
    return Units([name for part in parts for name in part], [not k for part in parts for k in range(len(part))])


def unit_names(text: str, stripped: bool = False) -> list[str]:
    """The units alone, at C speed."""
    return list(chain.from_iterable(map(token_units, _tokens(text, stripped))))


def _tokens(text: str, stripped: bool) -> list[str]:
    if stripped and GAP in text:
        text = text.replace(GAP, f" {FIGURE} ")
    return plain(text).split()


@lru_cache(maxsize=50_000)
def token_units(token: str) -> tuple[str, ...]:
    """The units of one token, which has no white space, vowel mark or tatweel in it."""
    names = []
    leading = True
    for word, figure, latin, dots, sign in _UNIT.findall(token):
        if word:
            names.append(word)
        elif figure:
            names.append(FIGURE)
        elif latin:
            names.append(LATIN)
        elif dots:
            names.append(".")
        elif sign in _PAIRED:
            names.append(OPENING if leading else CLOSING)
            continue
        else:
            names.append(_CLASSES.get(sign, OTHER))
        leading = False
    return tuple(names)
