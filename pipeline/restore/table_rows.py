"""Rows of tables: cells with two blanks or more, or tabs, between them, in the order that the page gave them.

`حلب    12    45` reads better in no order, so passes that put the pieces of rows in order leave such rows as they stand. Pieces
that a reader printed as they were drawn stand at most three blanks apart, and three rows on end with as many short pieces
are never met among them (measured on pages of nine writers read by PDFBox).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from pipeline.restore.numerals import NUMERAL_OR_PERCENTAGE

_ROW = re.compile("[^\n]*[^ \n][^\n]*")
_GAP = re.compile("(?<=[^ \t])(?: {2,}| *\t[ \t]*)(?=[^ \t])")
_WIDE = re.compile("(?<=[^ \t])(?: {4,}| *\t[ \t]*)(?=[^ \t])")
_FIGURE = re.compile(NUMERAL_OR_PERCENTAGE)
_FEWEST, _LONGEST = 3, 4


class _Row(NamedTuple):
    """A line's place, its cells, and whether it shows by itself that it is a table's."""

    start: int
    cells: list[str]
    is_alone: bool

    @property
    def size(self) -> int:
        """The number of its cells; 0 for a line that is no row, whose cells are as long as prose or which has but one."""
        return len(self.cells) if len(self.cells) > 1 and max(len(cell.split()) for cell in self.cells) <= _LONGEST else 0


@lru_cache(maxsize=2)
def table_rows(text: str) -> frozenset[int]:
    """The places where lines begin that are rows of tables: wide gaps, cells mostly of figures, or several alike on end."""
    return frozenset(_starts(text))


def _starts(text: str) -> Iterator[int]:
    for size, rows in groupby(map(_row, _ROW.finditer(text)), key=lambda row: row.size):
        alike = list(rows)
        is_table = size > 1 and len(alike) >= _FEWEST
        yield from (row.start for row in alike if is_table or row.is_alone)


def _row(match: re.Match[str]) -> _Row:
    line = match.group().strip(" \t")
    cells = _GAP.split(line)
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return _Row(match.start(), cells, len(cells) > 1 and (2 * figures >= len(cells) or _WIDE.search(line) is not None))
