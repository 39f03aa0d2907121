"""Rows of tables and lists: cells with two blanks or more, or tabs, between them, or lines on end that are alike around figures.

`حلب    12    45` reads better in no order, so passes that put the pieces of rows in order leave such rows as they stand. Pieces
that a reader printed as they were drawn stand at most four blanks apart, and three rows on end with as many short pieces
are never met among them (measured on pages of seven writers read by PDFBox).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.numerals import NUMERAL_OR_PERCENTAGE

_ROW = re.compile("[^\n]*[^ \n][^\n]*")
_GAP = re.compile("(?<=[^ \t])(?: {2,}| *\t[ \t]*)(?=[^ \t])")
_WIDE, _WIDER = re.compile("(?<=[^ \t])(?: {4,}| *\t[ \t]*)(?=[^ \t])"), re.compile("(?<=[^ \t])(?: {5,}| *\t[ \t]*)(?=[^ \t])")
_FIGURE = re.compile(NUMERAL_OR_PERCENTAGE)
_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_FEWEST, _LONGEST, _MOST_TOKENS = 3, 4, 8
_FEWEST_CELLS, _LEAST_FIGURES = 8, 0.25


class _Row(NamedTuple):
    """A line's place, its cells, what words and figures it has in turn, and whether it shows by itself that it is a table's."""

    start: int
    cells: list[str]
    shape: str
    is_alone: bool

    @property
    def size(self) -> int:
        """The number of its cells; 0 for a line that is no row, whose cells are as long as prose or which has but one."""
        return len(self.cells) if len(self.cells) > 1 and max(len(cell.split()) for cell in self.cells) <= _LONGEST else 0


@lru_cache(maxsize=2)
def table_rows(text: str) -> frozenset[int]:
    """The places where lines begin that are rows of tables: wide gaps, cells mostly of figures, or several alike on end, stacks of cells."""
    rows = list(map(_row, _ROW.finditer(text)))
    alone = (row.start for row in rows if row.is_alone)
    return frozenset(chain(alone, _alike(rows, lambda row: row.size), _alike(rows, lambda row: row.shape), _stacked(rows)))


def _alike(rows: Sequence[_Row], feature: Callable[[_Row], int | str]) -> Iterator[int]:
    """Where rows begin of which several on end have the same feature, if any."""
    for told, found in groupby(rows, key=feature):
        alike = list(found)
        if told and len(alike) >= _FEWEST:
            yield from (row.start for row in alike)


def _stacked(rows: Sequence[_Row]) -> Iterator[int]:
    """Where rows begin that are a cell each: many short ones on end, a good part of them figures."""
    for short, found in groupby(rows, key=lambda row: len(row.cells) == 1 and len(row.cells[0].split()) <= _LONGEST):
        stack = list(found)
        figures = sum(_FIGURE.fullmatch(row.cells[0]) is not None for row in stack)
        if short and len(stack) >= _FEWEST_CELLS and figures >= _LEAST_FIGURES * len(stack):
            yield from (row.start for row in stack)


def _row(match: re.Match[str]) -> _Row:
    line = match.group().strip(" \t")
    cells = _GAP.split(line)
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    is_short = max(len(cell.split()) for cell in cells) <= _LONGEST
    is_alone = len(cells) > 1 and (2 * figures >= len(cells) or (_WIDE if is_short else _WIDER).search(line) is not None)
    return _Row(match.start(), cells, _shape(line.split()), is_alone)


def _shape(tokens: Sequence[str]) -> str:
    """`W9W` for `سكر 40 ليرة`, words on end being one; nothing for a line without both, or one as long as prose."""
    kinds = ["9" if _FIGURE.fullmatch(one) else "W" if _LETTER.search(one) else one for one in tokens]
    return "".join(kind for kind, _ in groupby(kinds)) if len(tokens) <= _MOST_TOKENS and {"9", "W"} <= set(kinds) else ""
