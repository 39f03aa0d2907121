"""Rows of tables whose cells were printed with nothing between them: `حلب5320` for `حلب`, `53` and `20`.

pypdf, PDFBox (Tika) and pdf.js do this to tables of browsers and office programs (measured), PDFBox with the row's name behind its
figures. Where a figure ends and the next one begins is lost, but for thousands set off (`1,2143,480`), so such figures are flagged.
Numbered rows are counted_rows.py's, cells that stand apart table_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.counted_rows import in_cells, seams
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.numerals import CODED_DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced

_LETTER, _DIGIT = f"[{LETTERS_AND_TATWEEL}]", f"[{CODED_DIGITS}]"
_TOUCHING = re.compile(f"{_DIGIT}{_LETTER}{{2}}|(?<={_LETTER}{{2}}){_DIGIT}")
_LINE = re.compile("[^\n]*[^ \t\n][^\n]*")
# A figure of two digits or more: one digit is one cell.
_FIGURE = re.compile(f"{_DIGIT}[{CODED_DIGITS}.,:/٫٬-]*{_DIGIT}[%٪]?")
# A date with a day of three digits or more shows by itself that a cell stands before it.
_LONG_DAY = re.compile(f"(?<![{CODED_DIGITS}/-]){_DIGIT}{{3,}}([/-]){_DIGIT}{{1,2}}\\1{_DIGIT}{{4}}(?!{_DIGIT})")
_BEHIND_THOUSANDS = re.compile(f"(?<=[,٬]{_DIGIT}{{3}})(?={_DIGIT})")
_NAME_LAST = re.compile(f" *{_DIGIT}[^{LETTERS_AND_TATWEEL}\n]*[{LETTERS_AND_TATWEEL} ]+")
_FEWEST, _MOST_WORDS, _LONG_HEAD = 3, 7, 8


def restore_touching_cells(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set names and figures of such rows apart, names first, in blocks whose head or dates show that cells touch.

    One doubt `impossible_value` over each figure.
    """
    text = traced.text
    if sum(1 for _ in _TOUCHING.finditer(text)) < _FEWEST:
        return Outcome(traced)
    blocks = list(_blocks(text))
    doubts = [_doubt(traced, figure) for block in blocks for row in block for figure in _FIGURE.finditer(text, *row)]
    edits = [_parted(traced, row, turned=_is_turned(text, block)) for block in blocks for row in block]
    outcome = rewrite(traced, "glued_word", edits, "cells of a table were printed with nothing between them", 0.85)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _is_turned(text: str, block: Sequence[tuple[int, int]]) -> bool:
    """Whether the rows' names, which open rows, stand behind their figures."""
    return all(_NAME_LAST.fullmatch(text, *row) for row in block)


def _parted(traced: Traced, row: tuple[int, int], *, turned: bool) -> Edit:
    """A row's cells, those of a figure that is several as far as its thousands tell."""
    start, end = row
    edges = [start, *seams(traced.text, start, end), end]
    runs = [*pairwise(edges)][:: -1 if turned else 1]
    return in_cells(traced, start, end, [cell for run in runs for cell in pairwise([run[0], *_thousands(traced.text, *run), run[1]])])


def _thousands(text: str, start: int, end: int) -> list[int]:
    """Where a figure must have ended: three digits stand behind a comma, no more."""
    return [m.start() for m in _BEHIND_THOUSANDS.finditer(text, start, end) if start < m.start() < end]


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
