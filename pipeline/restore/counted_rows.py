"""Rows of tables that are numbered and whose cells were printed with nothing between them: `14/3/2016سوق الهال19أنس البيك4`.

pypdf and PDFBox (Tika) do this to tables of browsers and office programs; PDFBox prints the cells last first, pypdf in turn
(measured). The rows' numbers, each one more than the one before, tell both that the lines are rows and where they begin.
Rows without numbers are touching_cells.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_DIGIT, _LETTER = "[0-9\u0660-\u0669]", f"[{LETTERS_AND_TATWEEL}]"
TRACES: tuple[Trace, ...] = ((_DIGIT, _LETTER, _LETTER), (_LETTER, _LETTER, _DIGIT))
# Where a figure and a word touch; `و10` and `1998م` are written so.
_SEAM = re.compile(f"(?<={_DIGIT})(?={_LETTER}{{2}})|(?<={_DIGIT}[%٪])(?={_LETTER}{{2}})|(?<={_LETTER}{{2}})(?=[%٪]?{_DIGIT})")
# What every such row has, found fast.
_OPENS, _ENDS = re.compile(f"\n *{_DIGIT}{{1,3}}(?={_LETTER}{{2}})"), re.compile(f"{_DIGIT}(?= *(?:\n|\\Z))(?<={_LETTER}.|.{_DIGIT})")
_LINE = re.compile("[^\n]*[^ \n][^\n]*")
_FIRST, _LAST = re.compile(f" *({_DIGIT}{{1,3}})(?={_LETTER}{{2}})"), re.compile(f"(?<={_LETTER}{{2}})({_DIGIT}{{1,3}})(?= *$)")
_LONG = re.compile(f"(?<!{_DIGIT}){_DIGIT}{{3,}}(?!{_DIGIT})(?! ?[/.-])(?<![/.-]{_DIGIT}{{4}})(?<![/.-] {_DIGIT}{{4}})")
# A stop that opens a line or stands off: the pieces of an item's sentence were turned (turned_lines.py's).
_STRAY_STOP = re.compile("(?:^|[ \t])[.،؛:]", re.M)
_FEWEST, _MOST_BETWEEN, _MOST_WORDS = 3, 3, 16
CELL = "\t"
"""What is set between cells, so that no later pass takes the row for a sentence."""


class _Row(NamedTuple):
    """A line's place among the lines, its span, and its number."""

    line: int
    start: int
    end: int
    number: int


def restore_counted_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set the cells of such rows apart, first ones first; figures so long that they may be several cells are flagged."""
    text = traced.text
    if len(_OPENS.findall(text)) < _FEWEST - 1 and len(_ENDS.findall(text)) < _FEWEST:
        return Outcome(traced)
    lines = [m.span() for m in _LINE.finditer(text)]
    turned, straight = ([row for rows in _tables(text, lines, number) for row in rows] for number in (_LAST, _FIRST))
    taken = {row.line for row in turned}
    edits = sorted([_parted(traced, row, -1) for row in turned] + [_parted(traced, row, 1) for row in straight if row.line not in taken])
    doubts = [_doubt(traced, figure) for edit in edits for figure in _LONG.finditer(text, edit.start, edit.end)]
    outcome = rewrite(traced, "glued_word", edits, "cells of numbered rows of a table were printed with nothing between them", 0.9)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _tables(text: str, lines: list[tuple[int, int]], number: re.Pattern[str]) -> Iterator[list[_Row]]:
    """Rows whose numbers follow each other, most of them with other cells that touch."""
    table: list[_Row] = []
    for row in [*_numbered(text, lines, number), _Row(len(lines) + _MOST_BETWEEN + 1, 0, 0, -1)]:
        if table and not (row.number == table[-1].number + 1 and row.line <= table[-1].line + _MOST_BETWEEN + 1):
            if len(table) >= _FEWEST and 2 * sum(_has_more(text, one) for one in table) > len(table):
                yield table
            table = []
        table.append(row)


def _numbered(text: str, lines: list[tuple[int, int]], number: re.Pattern[str]) -> Iterator[_Row]:
    for line, (start, end) in enumerate(lines):
        found = number.match(text, start, end) if number is _FIRST else number.search(text, start, end)
        if found and len(text[start:end].split()) <= _MOST_WORDS and not _STRAY_STOP.search(text, start, end):
            yield _Row(line, start, end, int(found[1]))


def _has_more(text: str, row: _Row) -> bool:
    """Whether more cells touch than the number and the one beside it."""
    return len(_SEAM.findall(text, row.start, row.end)) > 1


def seams(text: str, start: int, end: int) -> list[int]:
    """Where in a line figures and words touch."""
    return [m.start() for m in _SEAM.finditer(text, start, end)]


def in_cells(traced: Traced, start: int, end: int, cells: Sequence[tuple[int, int]]) -> Edit:
    """A line as its cells, in this order, set apart."""
    order = [place for cell in cells for place in (*range(*cell), -1)][:-1]
    after = "".join(CELL if place < 0 else traced.text[place] for place in order)
    return Edit(start, end, after, [-1 if place < 0 else traced.origin.item(place) for place in order])


def _parted(traced: Traced, row: _Row, step: int) -> Edit:
    """The row's cells from the first (`step` 1) or the last (-1) printed on, each with its blanks."""
    edges = [row.start, *seams(traced.text, row.start, row.end), row.end]
    return in_cells(traced, row.start, row.end, [*pairwise(edges)][::step])


def _doubt(traced: Traced, figure: re.Match[str]) -> Doubt:
    why = f"Cells of a table were printed with nothing between them: “{figure.group()}” may be several figures."
    return Doubt("impossible_value", *traced.raw_span(*figure.span()), why, 0.8)
