"""Rows of tables whose cells were printed with nothing between them: `حلب5320` for `حلب`, `53` and `20`.

pypdf, PDFBox (Tika) and pdf.js do this to tables of browsers and office programs (measured): where a figure ends and the next
one begins is lost, so such figures are flagged. Cells that stand apart are table_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.numerals import CODED_DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Doubt, Outcome, Traced

_LETTER, _DIGIT = f"[{LETTERS_AND_TATWEEL}]", f"[{CODED_DIGITS}]"
_TOUCHING = re.compile(f"{_DIGIT}{_LETTER}{{2}}|(?<={_LETTER}{{2}}){_DIGIT}")
_LINE = re.compile("[^\n]*[^ \t\n][^\n]*")
# A figure of two digits or more: one digit is one cell.
_FIGURE = re.compile(f"{_DIGIT}[{CODED_DIGITS}.,:/٫٬-]*{_DIGIT}[%٪]?")
# A date with a day of three digits or more shows by itself that a cell stands before it.
_LONG_DAY = re.compile(f"(?<![{CODED_DIGITS}/-]){_DIGIT}{{3,}}([/-]){_DIGIT}{{1,2}}\\1{_DIGIT}{{4}}(?!{_DIGIT})")
_FEWEST, _MOST_WORDS, _LONG_HEAD = 3, 7, 8


def flag_touching_cells(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """One doubt `impossible_value` over each figure of such rows, in blocks whose head or dates show that cells touch."""
    text = traced.text
    if sum(1 for _ in _TOUCHING.finditer(text)) < _FEWEST:
        return Outcome(traced)
    return Outcome(traced, doubts=[_doubt(traced, figure) for block in _blocks(text) for row in block for figure in _FIGURE.finditer(text, *row)])


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Spans of lines on end that are short and have a figure that touches a word."""
    head = ""
    for touch, lines in groupby((m.span() for m in _LINE.finditer(text)), key=lambda line: _is_row(text, *line)):
        block = list(lines)
        if touch and len(block) >= _FEWEST and (_is_glued(text, head) or any(_LONG_DAY.search(text, *row) for row in block)):
            yield block
        head = text[slice(*block[-1])]


def _is_row(text: str, start: int, end: int) -> bool:
    return len(text[start:end].split()) <= _MOST_WORDS and _TOUCHING.search(text, start, end) is not None


def _is_glued(text: str, head: str) -> bool:
    """Whether the line above has a long word that is none: the names of the columns."""
    unknown = document_words(text).unknown | document_words(text).too_long
    return any(len(word) >= _LONG_HEAD and word in unknown for word in TOKEN.findall(head)) and len(head.split()) <= _MOST_WORDS


def _doubt(traced: Traced, figure: re.Match[str]) -> Doubt:
    why = f"Cells of a table were printed with nothing between them: “{figure.group()}” may be several figures, or end one."
    return Doubt("impossible_value", *traced.raw_span(*figure.span()), why, 0.8)
