"""Physical lines of a text as later steps look at them: where they stand, how wide they are, what they begin and end with."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.language_model import TAKEN_OFF
from pipeline.restore.rewriting import unusual

ARABIC_LINE = re.compile(f"(?m)^[^\n]*[{LETTERS_AND_TATWEEL}][^\n]*$")
FILLED_LINE = re.compile(r"(?m)^[^\n]*[^\s][^\n]*$")
FILLED_LINE_OF_PAGE = re.compile("[^\n\f]*[^ \n\f][^\n\f]*")
"""Lines with an Arabic letter, with anything but blanks on them, and such that form feeds end, too."""
_BREAK = re.compile(r"[\n\f]")
_STOPS = frozenset(".!؟?…:؛")
_FINAL = re.compile(r"[.!؟?…:؛][\"”“»«)\]'’]*$|[.!؟?][\"”»)\]]*\s*[\[(]?\d{0,3}[\])]?$")
_ITEM = re.compile(r"[•●▪■◦*·–—-]\s|\(?[\d٠-٩]{1,3}\s?[-.)/:]\s?\D|[^\W\d_]\s?[-.)/]\s")
_LINK = re.compile(r"\S*(?:https?://|www\.|\.com/|\.[a-z]{2,3}/|@[a-z])\S*$", re.I)
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(rf"[{LETTERS_AND_TATWEEL}]")
_WIDE = re.compile(r"\S(?=\s{3,}\S|\t\S)")
_BLANKS = re.compile("  +")
_SPREAD = 6  # words; a shorter line with wide gaps is a row of a table


# Two long rows of print that came as one line; what is longer is a paragraph, as web pages and archives have.
LONGEST_ROW, _IN_ROWS = 300, 0.5


@lru_cache(maxsize=2)
def is_in_rows(text: str) -> bool:
    """Whether a text has its lines as they were printed, seen by the share of its characters that stand in lines short enough.

    Of texts from pages nearly all characters do (measured: seven in ten at least), or hardly any, where the reader leaves no
    line breaks.
    """
    return sum([length for length in map(len, text.split("\n")) if length <= LONGEST_ROW]) >= _IN_ROWS * len(text)


class Line(NamedTuple):
    """A line that has something on it, stripped: half-open span and the gap before it."""

    start: int
    end: int
    text: str
    blanks: int  # blank lines before it
    new_page: bool
    width: int  # characters without vowel marks, blanks folded
    final: bool  # ends in a full stop or its like
    alone: bool  # a link, foreign words, a table row, a line without letters: never part of a sentence
    item: bool  # begins like an item of a list


def physical_lines(text: str) -> list[Line]:
    """The lines that have something on them, stripped, with the gap before them."""
    found: list[Line] = []
    blanks, new_page, at = -1, False, 0
    marks = "".join(TAKEN_OFF & unusual(text))
    ascii_signs = text.encode("ascii", "ignore")  # so few that Latin letters among them are found at once
    latin = ascii_signs.upper() != ascii_signs.lower()
    for raw in _BREAK.split(text) if "\f" in text else text.split("\n"):
        content = raw.strip()
        if content:
            start = at + raw.index(content[0]) if raw[0] != content[0] else at
            found.append(_line(content, start, max(blanks, 0), new_page, marks, latin))
            blanks, new_page = -1, False
        at += len(raw)
        if at < len(text):
            blanks += text[at] == "\n"
            new_page |= text[at] == "\f"
            at += 1
    return found


def _line(text: str, start: int, blanks: int, new_page: bool, marks: str, latin: bool) -> Line:
    """The line of a text, which has vowel `marks`, or tatweel, and may have `latin` letters somewhere."""
    width = len(text) - sum(map(text.count, marks)) if marks else len(text)
    if "   " in text:
        width -= sum(len(gap) - 1 for gap in _BLANKS.findall(text))
    return Line(start, start + len(text), text, blanks, new_page, width, _is_final(text), _stands_alone(text, latin), opens_item(text))


def opens_item(text: str) -> bool:
    """Whether a line begins like an item of a list."""
    return _ITEM.match(text) is not None


def _is_final(text: str) -> bool:
    last = text[-1]
    return last in _STOPS or (not last.isalpha() and bool(_FINAL.search(text, max(0, len(text) - 12))))


def _stands_alone(text: str, latin: bool) -> bool:
    return not _ARABIC.search(text) or (latin and is_latin(text)) or is_link(text) or (("   " in text or "\t" in text) and _is_table_row(text))


def _is_table_row(text: str) -> bool:
    """Whether wide gaps part a line into cells; where they stand between nearly all of many words the line is justified."""
    gaps, tokens = len(_WIDE.findall(text)), text.split()
    spread = len(tokens) >= _SPREAD and gaps >= 0.6 * (len(tokens) - 1) and sum(map(str.isalpha, tokens)) > 0.6 * len(tokens)
    return bool(gaps) and not spread


def is_latin(text: str) -> bool:
    """Whether most letters are Latin."""
    latin = len(_LATIN.findall(text))
    # Arabic letters need no counting beyond that.
    return latin > sum(1 for _ in islice(_ARABIC.finditer(text), latin))


def is_link(text: str) -> bool:
    """Whether the line is one web address or the like."""
    return " " not in text and bool(_LINK.match(text))
