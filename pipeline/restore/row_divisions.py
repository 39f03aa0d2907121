"""Which lines of print were one row: the division of a text into rows, and the order of their pieces, that reads best.

Lines may be cut at marks, which tell where, or at figures. How they go on with each other is weighed by the scorer of junctions,
a word that a cut parts by how common it is; all divisions are compared by dynamic programming.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import numpy as np

from pipeline.restore.characters import LETTER, MARK
from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.language_model import PER, plain
from pipeline.restore.line_widths import FULL, column_width, line_width
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.table_rows import table_rows
from pipeline.restore.units import unit_names
from pipeline.restore.word_frequency import FLOOR, frequency

_OPENING = re.compile(f" *((?:{MARK}+ *)*)")
# A word broken off within two letters of its mark.
_OPENS_MARKED = re.compile(f" *{LETTER}{{1,2}}{MARK}")
_ENDS_MARKED = re.compile(f"{LETTER}{MARK}+ *$")
LAST_WORD = re.compile(f"{LETTER}(?:{LETTER}|{MARK})*(?= *$)")
FIRST_WORD = re.compile(f" *({LETTER}(?:{LETTER}|{MARK})*)")
_FINAL = re.compile("[.؟?!:][»”\"')]*$")
_MOST_PIECES, _OVERFULL = 12, 1.08
# Log odds: of a cut without a mark, of a mark that opens a line where nothing was cut, of a line that ends early for
# no reason; and for each piece of a row.
_UNMARKED, _UNEXPLAINED, _EARLY, _CUT = -6.0, -3.0, -3.0, -0.5
_MOST_JOINED, _BREAKS, _ALONE = 6.0, 0.05, 1.0
# What it costs that a piece stands inside another, and that one follows another word than the one that it was cut from.
_RARER, _ELSEWHERE = 4.0, -6.0
# A word that fathatan ends, with its alef or before it, has no more letters.
_ENDED = re.compile("\u064bا?$|ا\u064b$")


class Part(NamedTuple):
    """Text of a line between figures, or a figure: its span, the units that its line has up to its end and from its start on."""

    start: int
    end: int
    text: str
    before: list[str]
    behind: list[str]
    figure: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but marks on the line."""
        return not self.text


class Piece(NamedTuple):
    """A line: its span, the marks that open it, whether it tells of a cut before it and behind which word (where that ends, -1 for unknown),
    its width, whether a mark ends it, whether it is a row of a table, the numbers of its parts.
    """

    start: int
    end: int
    marks: list[int]
    told: bool
    behind: int
    width: float
    marked: bool
    alone: bool
    parts: range


class Layout(NamedTuple):
    """The lines of a text and their parts."""

    pieces: list[Piece]
    parts: list[Part]


# Where rows were cut: the places at which lines begin for it, and where the words end behind which they were, -1 for unknown.
Cuts = Mapping[int, int]
# The orders in which a row may be read, given the numbers of its pieces' parts, and all parts.
Orders = Callable[[Sequence[list[int]], Sequence[Part]], Iterator[list[int]]]


def laid_out(text: str, breaks: re.Pattern[str] | None, told: Cuts) -> Layout:
    """The lines of a text, their parts between `breaks`; at the places `told` a row was cut, too."""
    pieces: list[Piece] = []
    parts: list[Part] = []
    tables = table_rows(text)
    for line in FILLED_LINE.finditer(text):
        start, end = line.span()
        opening = _OPENING.match(text, start, end)
        body = opening.end() if opening else start
        rest = text[body:end].rstrip()
        first = len(parts)
        parts += _parts(text, body, body + len(rest), breaks)
        marks = [i for i in range(start, body) if text[i] != " "]
        width, marked = line_width(rest) if rest else 0.0, bool(_ENDS_MARKED.search(rest))
        alone = start in tables and not marks and not marked
        pieces.append(Piece(start, end, marks, bool(marks) or body in told, told.get(body, -1), width, marked, alone, range(first, len(parts))))
    return Layout(pieces, parts)


def _parts(text: str, start: int, end: int, breaks: re.Pattern[str] | None) -> Iterator[Part]:
    """A line's parts; one, which may be empty, where it has no breaks."""
    spans = []
    at = start
    for match in breaks.finditer(text, start, end) if breaks else ():
        spans += [(at, match.start(), False), (*match.span(), True)]
        at = match.end()
    for first, last, figure in (*spans, (at, end, False)):
        if last > first or start == end:
            before = unit_names(text[start:last])
            behind = before if (first, last) == (start, end) else unit_names(text[first:end])
            yield Part(first, last, text[first:last], before[-REACH:], behind[:REACH], figure)


def any_fit(layout: Layout, wider: float) -> bool:
    """Whether two lines side by side are so narrow that they may be one row."""
    widths = [piece.width for piece in layout.pieces]
    room = _OVERFULL * wider * column_width(widths)
    return any(one + other < room for one, other in pairwise(widths))


class Row(NamedTuple):
    """Lines that are one row: the numbers of the first and the last, those of their parts in reading order, how well it reads.

    And whether a mark, a figure or a broken word tells of a cut in it.
    """

    first: int
    last: int
    reading: list[int]
    score: float
    told: bool


class Rows:
    """Which consecutive lines are one row, its pieces printed last first (`turned`) or in turn: the division that reads best."""

    def __init__(self, layout: Layout, orders: Orders, wider: float = 1.0) -> None:
        self._layout = layout
        self._column = wider * column_width([piece.width for piece in layout.pieces])
        readings = {(first, last): self._readings(first, last, orders) for last in range(len(layout.pieces)) for first in self._firsts(last)}
        wanted = {pair for found in readings.values() for reading in found for pair in pairwise(reading)}
        ends: defaultdict[int, set[int]] = defaultdict(set)
        starts: defaultdict[int, set[int]] = defaultdict(set)
        for (first, last), found in readings.items():
            ends[last + 1].update(reading[-1] for reading in found)
            starts[first].update(reading[0] for reading in found)
        wanted |= {(one, other) for at in starts for one in ends[at] for other in starts[at]}
        self._junctions = junction_scores(layout.parts, sorted(wanted))
        self._rows = {key: self._best_read(*key, found) for key, found in readings.items()}

    def best(self) -> tuple[float, list[Row], Layout]:
        """The best division's score, its rows, and the lines."""
        # The score of the best division that ends in a row, and where the row before it begins; by the row's edges.
        ends: list[dict[int, tuple[float, int]]] = []
        for last in range(len(self._layout.pieces)):
            ends.append({})
            for first in (first for first in range(max(0, last - _MOST_PIECES + 1), last + 1) if (first, last) in self._rows):
                row = self._rows[first, last]
                tried = (
                    (score + row.score + self._between(self._rows[before, first - 1], row), before) for before, (score, _) in ends[first - 1].items()
                )
                ends[last][first] = max(tried) if first else (row.score, 0)
        last, first = len(ends) - 1, max(ends[-1], key=lambda start: ends[-1][start][0])
        total = ends[last][first][0]
        rows: list[Row] = []
        while last >= 0:
            row = self._rows[first, last]
            rows.append(row._replace(told=self._tells(row)))
            last, first = first - 1, ends[last][first][1]
        return total, rows[::-1], self._layout

    def _firsts(self, last: int) -> Iterator[int]:
        """The lines with which a row that ends in one may begin, nearest first."""
        yield last
        yield from takewhile(lambda first: self._may_be_one(first, last), range(last - 1, max(-1, last - _MOST_PIECES), -1))

    def _may_be_one(self, first: int, last: int) -> bool:
        return self._width(first, last) < _OVERFULL * self._column and not any(piece.alone for piece in self._layout.pieces[first : last + 1])

    def _width(self, first: int, last: int) -> float:
        return sum(piece.width for piece in self._layout.pieces[first : last + 1])

    def _readings(self, first: int, last: int, orders: Orders) -> list[list[int]]:
        """The orders in which a row's parts may be read, without those that are marks alone unless the row is."""
        pieces, parts = self._layout.pieces[first : last + 1], self._layout.parts
        return [[k for k in reading if parts[k].text] or reading for reading in orders([[*piece.parts] for piece in pieces], parts)]

    def _best_read(self, first: int, last: int, readings: Sequence[list[int]]) -> Row:
        scores = [self._score(self._layout.pieces[first : last + 1], reading) - (_RARER if k else 0.0) for k, reading in enumerate(readings)]
        best = max(range(len(scores)), key=scores.__getitem__)
        return Row(first, last, readings[best], scores[best], told=False)

    def _score(self, pieces: Sequence[Piece], reading: Sequence[int]) -> float:
        """How well some lines read as one row: better than by themselves, that is."""
        starts = {piece.parts[0] for piece in pieces}
        before = dict(zip(reading, [-1, *reading], strict=False))
        score = _UNEXPLAINED if self._opens(reading[0], pieces) else 0.0
        score += _ELSEWHERE * sum(piece.behind >= 0 and not self._ends_at(before.get(piece.parts[0], -1), piece.behind) for piece in pieces)
        for one, other in pairwise(reading):
            if other != one + 1 or other in starts:
                score += _CUT + max(self._junctions[one, other], one_word_score(self._layout.parts[one], self._layout.parts[other]))
                score += 0.0 if self._is_told(one, other, pieces) else _UNMARKED
        kept = set(pairwise(reading))
        return score - sum(self._junctions.get(pair, 0.0) for piece in pieces for pair in pairwise(piece.parts) if pair not in kept)

    def _tells(self, row: Row) -> bool:
        """Whether anything tells that some lines are pieces of a row; those of titles, cells and verse are short, too."""
        parts, pieces = self._layout.parts, self._layout.pieces[row.first : row.last + 1]
        starts = {piece.parts[0] for piece in pieces}
        return any(
            self._is_told(one, other, pieces) or (_OPENS_MARKED.match(parts[other].text) and one_word_score(parts[one], parts[other]) > 0)
            for one, other in pairwise(row.reading)
            if other != one + 1 or other in starts
        )

    def _opens(self, part: int, pieces: Sequence[Piece]) -> bool:
        return any(piece.parts[0] == part and piece.told for piece in pieces)

    def _ends_at(self, part: int, place: int) -> bool:
        return part >= 0 and (found := self._layout.parts[part]).start < place <= found.end and not found.text[place - found.start :].strip()

    def _is_told(self, one: int, other: int, pieces: Sequence[Piece]) -> bool:
        """Whether a mark or a figure stands where two parts meet."""
        parts, (low, high) = self._layout.parts, sorted((one, other))
        if parts[one].figure or parts[other].figure or self._opens(other, pieces):
            return True
        return any((piece.parts[-1] == one and piece.marked) or (piece.told and low < piece.parts[0] <= high) for piece in pieces)

    def _between(self, row: Row, following: Row) -> float:
        """How well a row goes on with the next one."""
        pair = row.reading[-1], following.reading[0]
        if _FINAL.search(self._layout.parts[pair[0]].text):
            return max(self._junctions[pair], 0.0)
        in_table = self._layout.pieces[row.last].alone or self._layout.pieces[following.first].alone
        return self._junctions[pair] + (_EARLY if not in_table and self._width(row.first, row.last) < FULL * self._column else 0.0)


def in_turn(pieces: Sequence[list[int]], _parts: Sequence[Part]) -> Iterator[list[int]]:
    """The pieces in the order of print."""
    yield [k for piece in pieces for k in piece]


def last_first(pieces: Sequence[list[int]], _parts: Sequence[Part]) -> Iterator[list[int]]:
    """The pieces from the last printed to the first."""
    yield [k for piece in reversed(pieces) for k in piece]


def by_stretch(pieces: Sequence[list[int]], parts: Sequence[Part]) -> Iterator[list[int]]:
    """The pieces of each stretch between figures last first; or of two, the first inside the second, behind a stretch."""
    order: list[int] = []
    stretch: list[int] = []
    for number in (k for piece in pieces for k in piece):
        if parts[number].figure:
            order += [*reversed(stretch), number]
            stretch = []
        else:
            stretch.append(number)
    yield order + stretch[::-1]
    if len(pieces) == 2:
        first, second = pieces
        ends = [at for at in range(1, len(second)) if parts[second[at]].figure]
        yield from ([*second[:at], *first, *second[at:]] for at in [*ends, len(second)])


def junction_scores(parts: Sequence[Part], pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """How well parts go on with others, in log odds."""
    numbers: dict[str, int] = {PAD: 0}
    row = [0] * REACH
    places: list[int] = []
    for one, other in pairs:
        row += [numbers.setdefault(name, len(numbers)) for name in parts[one].before]
        places.append(len(row))
        row += [numbers.setdefault(name, len(numbers)) for name in parts[other].behind] + [0] * REACH
    at = np.array(places)
    scores = Junctions.load().sheet(list(numbers), row).scores(at, at).tolist() if pairs else []
    return {pair: 0.0 if parts[pair[0]].is_empty or parts[pair[1]].is_empty else score for pair, score in zip(pairs, scores, strict=True)}


def one_word_score(before: Part, behind: Part) -> float:
    """Log odds that the last letters of a part and the first ones of the next are one word."""
    last, first = LAST_WORD.search(before.text), FIRST_WORD.match(behind.text)
    if not last or not first or _ENDED.search(last.group()):
        return -_MOST_JOINED
    left, right = (plain(side) for side in (last.group(), first[1]))
    whole = frequency(left + right)
    # A word that nobody knows is no likelier for a part that nobody knows.
    alone = (max(frequency(side), _ALONE if whole <= FLOOR else 0.0) if len(side) > 1 else _ALONE for side in (left, right))
    return min(_MOST_JOINED, math.log(_BREAKS * whole * PER / math.prod(alone)))
