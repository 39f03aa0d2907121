"""Rows cut at their vowel marks, the pieces printed on lines of their own, last first: `ت النواب`, `ّ`, `وقد صو` for `وقد صوّت النواب`.

pdfium does this to pages of browsers, WeasyPrint, LibreOffice and Typst (measured): these write rows from left to right, and a
mark's glyph that stands off the line begins a line. A mark opens or ends a piece or stands by itself. Rows that poppler broke
are marked_rows.py's, marks inside lines floating_marks.py's.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.restore.characters import LETTER, MARK, TANWIN
from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.language_model import plain
from pipeline.restore.line_widths import FULL, column_width, line_width
from pipeline.restore.mark_places import bearing_letter, place_scores
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, near_marks, read, reordered, rewrite
from pipeline.restore.touching_figures import figures_touch
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.units import unit_names
from pipeline.restore.word_frequency import one_word_odds

_OPENING = re.compile(f" *((?:{MARK}+ *)*)")
# A mark at a line's edge; lines that paragraphs end in are long or end in a stop.
_CUTS = re.compile(f"(?m)^ *(?:{MARK}|[^\n]{{0,60}}{LETTER}{MARK}+ *$)")
_AT_EDGE = re.compile(f"(?m)^ *{MARK}|{MARK} *$")
_ENDS_MARKED = re.compile(f"{LETTER}{MARK}+ *$")
_LAST = re.compile(f"{LETTER}(?:{LETTER}|{MARK})*(?= *$)")
_FIRST = re.compile(f" *({LETTER}(?:{LETTER}|{MARK})*)")
_FINAL = re.compile("[.؟?!:][»”\"')]*$")
_FIGURE = re.compile(f"[.%٪]?{NUMERAL}[%٪]?|[A-Za-z][A-Za-z0-9 .'-]*[A-Za-z0-9]")
_FEWEST, _MOST_PIECES, _OVERFULL = 2, 12, 1.08
# Log odds: of a cut without a mark, of a mark that opens a line where nothing was cut, of a line that ends early for
# no reason; and for each piece of a row.
_UNMARKED, _UNEXPLAINED, _EARLY, _CUT = -6.0, -3.0, -3.0, -0.5
_MOST_JOINED, _BREAKS = 6.0, 0.05
_CLEARLY = 2.0
# What it costs that a piece stands inside another.
_RARER = 4.0
_SURELY = 4.0  # by how much the reading must be better than that of rows in turn


class _Part(NamedTuple):
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


class _Piece(NamedTuple):
    """A line: its span, the marks that open it, whether it tells of a cut before it, its width, whether a mark ends it, the numbers of its parts."""

    start: int
    end: int
    marks: list[int]
    told: bool
    width: float
    marked: bool
    parts: range


class _Layout(NamedTuple):
    """The lines of a text and their parts."""

    pieces: list[_Piece]
    parts: list[_Part]


class Demands(NamedTuple):
    """What is asked before rows are joined: how well lines go on with each other as printed and joined, in log odds a line (None: nothing is).

    A row of many pieces may be so many times as wide as the column that they show by themselves (`wider`).
    """

    printed: float | None
    joined: float | None
    wider: tuple[float, ...]


# Of marks at lines' edges, and of a text whose rows are known to be cut, often into pieces none of which is a row's width.
UNPROVEN, PROVEN = Demands(-4.0, -2.5, (1.0,)), Demands(None, None, (1.0, 1.5, 2.0, 2.5))


# The orders in which a row may be read, given the numbers of its pieces' parts, and all parts.
_Orders = Callable[[Sequence[list[int]], Sequence[_Part]], Iterator[list[int]]]


def restore_cut_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of cut rows in order and their marks in place, in a text where lines open with marks."""
    text = traced.text
    # pdfium's figures stand apart; those of other readers' rows, which marks open just as well, do not.
    if not _AT_EDGE.search(near_marks(text)) or len(_CUTS.findall(text)) < _FEWEST or figures_touch(text):
        return Outcome(traced)
    return join_cut_rows(traced, UNPROVEN)


def join_cut_rows(traced: Traced, demands: Demands, told: frozenset[int] = frozenset()) -> Outcome:
    """The same for a text that has such rows, or may; at some places (`told`) where lines begin, a row was cut for other reasons."""
    text = traced.text
    whole, parted = (_layout(text, figures, told) for figures in (None, _FIGURE))
    if demands.printed is not None and not _can_be_read(whole, demands.printed):
        return Outcome(traced)
    straight, *_ = _Rows(whole, _in_turn).best()
    ways: list[tuple[_Layout, _Orders]] = [(whole, _last_first), (parted, _by_stretch)]
    found = [_Rows(lines, orders, wider).best() for wider in demands.wider for lines, orders in ways]
    score, rows, layout = max(found, key=lambda one: one[0])
    if score < straight + _SURELY or (demands.joined is not None and score < demands.joined * len(layout.pieces)):
        return Outcome(traced)
    edits = [_joined(traced, layout, row) for row in rows if row.last > row.first]
    return rewrite(traced, "visual_order", edits, "a row cut at its vowel marks, its pieces printed last first", 0.85)


def _can_be_read(layout: _Layout, least: float) -> bool:
    """Whether lines go on with each other at all; in a text whose words are destroyed none do."""
    pairs = [(one.parts[-1], other.parts[0]) for one, other in pairwise(layout.pieces)]
    return bool(pairs) and sum(_junctions(layout.parts, pairs).values()) > least * len(pairs)


def _layout(text: str, breaks: re.Pattern[str] | None, told: frozenset[int]) -> _Layout:
    pieces: list[_Piece] = []
    parts: list[_Part] = []
    for line in FILLED_LINE.finditer(text):
        start, end = line.span()
        opening = _OPENING.match(text, start, end)
        body = opening.end() if opening else start
        rest = text[body:end].rstrip()
        first = len(parts)
        parts += _parts(text, body, body + len(rest), breaks)
        marks = [i for i in range(start, body) if text[i] != " "]
        width, marked = line_width(rest) if rest else 0.0, bool(_ENDS_MARKED.search(rest))
        pieces.append(_Piece(start, end, marks, bool(marks) or body in told, width, marked, range(first, len(parts))))
    return _Layout(pieces, parts)


def _parts(text: str, start: int, end: int, breaks: re.Pattern[str] | None) -> Iterator[_Part]:
    """A line's parts; one, which may be empty, where it has no breaks."""
    spans = []
    at = start
    for match in breaks.finditer(text, start, end) if breaks else ():
        spans += [(at, match.start(), False), (*match.span(), True)]
        at = match.end()
    for first, last, figure in (*spans, (at, end, False)):
        if last > first or start == end:
            yield _Part(first, last, text[first:last], unit_names(text[start:last])[-REACH:], unit_names(text[first:end])[:REACH], figure)


class _Row(NamedTuple):
    """Lines that are one row: the numbers of the first and the last, those of their parts in reading order, how well it reads."""

    first: int
    last: int
    reading: list[int]
    score: float


class _Rows:
    """Which consecutive lines are one row, its pieces printed last first (`turned`) or in turn: the division that reads best."""

    def __init__(self, layout: _Layout, orders: _Orders, wider: float = 1.0) -> None:
        self._layout = layout
        self._column = wider * column_width([piece.width for piece in layout.pieces])
        size = len(layout.pieces)
        readings = {
            (first, last): self._readings(first, last, orders)
            for last in range(size)
            for first in range(max(0, last - _MOST_PIECES + 1), last + 1)
            if first == last or self._width(first, last) < _OVERFULL * self._column
        }
        wanted = {pair for found in readings.values() for reading in found for pair in pairwise(reading)}
        ends: defaultdict[int, set[int]] = defaultdict(set)
        starts: defaultdict[int, set[int]] = defaultdict(set)
        for (first, last), found in readings.items():
            ends[last + 1].update(reading[-1] for reading in found)
            starts[first].update(reading[0] for reading in found)
        wanted |= {(one, other) for at in starts for one in ends[at] for other in starts[at]}
        self._junctions = _junctions(layout.parts, sorted(wanted))
        self._rows = {key: self._best_read(*key, found) for key, found in readings.items()}

    def best(self) -> tuple[float, list[_Row], _Layout]:
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
        rows: list[_Row] = []
        while last >= 0:
            rows.append(self._rows[first, last])
            last, first = first - 1, ends[last][first][1]
        return total, rows[::-1], self._layout

    def _width(self, first: int, last: int) -> float:
        return sum(piece.width for piece in self._layout.pieces[first : last + 1])

    def _readings(self, first: int, last: int, orders: _Orders) -> list[list[int]]:
        """The orders in which a row's parts may be read, without those that are marks alone unless the row is."""
        pieces, parts = self._layout.pieces[first : last + 1], self._layout.parts
        return [[k for k in reading if parts[k].text] or reading for reading in orders([[*piece.parts] for piece in pieces], parts)]

    def _best_read(self, first: int, last: int, readings: Sequence[list[int]]) -> _Row:
        scores = [self._score(self._layout.pieces[first : last + 1], reading) - (_RARER if k else 0.0) for k, reading in enumerate(readings)]
        best = max(range(len(scores)), key=scores.__getitem__)
        return _Row(first, last, readings[best], scores[best])

    def _score(self, pieces: Sequence[_Piece], reading: Sequence[int]) -> float:
        """How well some lines read as one row: better than by themselves, that is."""
        starts = {piece.parts[0] for piece in pieces}
        score = _UNEXPLAINED if self._opens(reading[0], pieces) else 0.0
        for one, other in pairwise(reading):
            if other != one + 1 or other in starts:
                score += _CUT + max(self._junctions[one, other], _one_word(self._layout.parts[one], self._layout.parts[other]))
                score += 0.0 if self._is_told(one, other, pieces) else _UNMARKED
        kept = set(pairwise(reading))
        return score - sum(self._junctions.get(pair, 0.0) for piece in pieces for pair in pairwise(piece.parts) if pair not in kept)

    def _opens(self, part: int, pieces: Sequence[_Piece]) -> bool:
        return any(piece.parts[0] == part and piece.told for piece in pieces)

    def _is_told(self, one: int, other: int, pieces: Sequence[_Piece]) -> bool:
        """Whether a mark or a figure stands where two parts meet."""
        parts, (low, high) = self._layout.parts, sorted((one, other))
        if parts[one].figure or parts[other].figure or self._opens(other, pieces):
            return True
        return any((piece.parts[-1] == one and piece.marked) or (piece.told and low < piece.parts[0] <= high) for piece in pieces)

    def _between(self, row: _Row, following: _Row) -> float:
        """How well a row goes on with the next one."""
        pair = row.reading[-1], following.reading[0]
        if _FINAL.search(self._layout.parts[pair[0]].text):
            return max(self._junctions[pair], 0.0)
        return self._junctions[pair] + (_EARLY if self._width(row.first, row.last) < FULL * self._column else 0.0)


def _in_turn(pieces: Sequence[list[int]], _parts: Sequence[_Part]) -> Iterator[list[int]]:
    yield [k for piece in pieces for k in piece]


def _last_first(pieces: Sequence[list[int]], _parts: Sequence[_Part]) -> Iterator[list[int]]:
    yield [k for piece in reversed(pieces) for k in piece]


def _by_stretch(pieces: Sequence[list[int]], parts: Sequence[_Part]) -> Iterator[list[int]]:
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


def _junctions(parts: Sequence[_Part], pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
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


def _one_word(before: _Part, behind: _Part) -> float:
    """Log odds that the last letters of a part and the first ones of the next are one word."""
    last, first = _LAST.search(before.text), _FIRST.match(behind.text)
    if not last or not first:
        return -_MOST_JOINED
    left, right = (plain(side) for side in (last.group(), first[1]))
    return min(_MOST_JOINED, math.log(_BREAKS * one_word_odds(left, right, single=1.0)))


def _joined(traced: Traced, layout: _Layout, row: _Row) -> Edit:
    """The row put together, each mark on its letter where that is known."""
    text, pieces = traced.text, layout.pieces[row.first : row.last + 1]
    opening, closing = _marks_by_part(pieces, layout.parts)
    # The mark that opens a row may have come from any of its cuts.
    loose = opening[row.reading[0]]
    order: list[int] = []
    for before, number in zip([-1, *row.reading], row.reading, strict=False):
        part = layout.parts[number]
        body, marks = [*range(part.start, part.end)], opening.get(number, [])
        if before < 0 or (number == before + 1 and number not in opening):
            order += body
            continue
        joined = _one_word(layout.parts[before], part) > 0
        if loose and not marks and _bears(read(text, order), read(text, loose), part.text if joined else ""):
            loose, marks = [], loose
        order = _added(text, order, marks, body, joined=joined)
    order = _set_in(text, order, loose) + closing
    return reordered(traced, pieces[0].start, pieces[-1].end, order)


def _marks_by_part(pieces: Sequence[_Piece], parts: Sequence[_Part]) -> tuple[dict[int, list[int]], list[int]]:
    """The marks before each part that opens a line, and those behind the row: a line of marks belongs before the one printed before it."""
    opening: dict[int, list[int]] = {}
    closing: list[int] = []
    part = -1
    for piece in pieces:
        if parts[piece.parts[0]].text:
            part = piece.parts[0]
            opening[part] = piece.marks
        elif part >= 0:
            opening[part] = piece.marks + opening[part]
        else:
            closing = piece.marks + closing
    return opening, closing


def _set_in(text: str, order: list[int], marks: list[int]) -> list[int]:
    """A text with marks on the letter that bears them; before it, by themselves, where none is told."""
    if not marks:
        return order
    found = bearing_letter(read(text, order), read(text, marks), surely=True)
    return [*marks, BLANK, *order] if found is None else [*order[: found + 1], *marks, *order[found + 1 :]]


def _added(text: str, order: list[int], marks: list[int], body: list[int], *, joined: bool) -> list[int]:
    """A row and its next part, with the marks that stood between them."""
    if joined or marks:
        while order and read(text, order[-1:]) == " ":
            order = order[:-1]
        while joined and text[body[0]] == " ":
            body = body[1:]
    signs, written, behind = (read(text, places) for places in (marks, order, body))
    blank = [] if joined or not order or behind[0] in " .،؛:؟!»”" or written.endswith(" ") else [BLANK]
    if signs and not _bears(written, signs, behind if joined else ""):
        if bearing_letter(behind, signs, surely=True) is not None:
            return order + blank + _set_in(text, body, marks)
        if not joined and _LAST.search(written):
            return [*order, BLANK, *marks, BLANK, *body]
    return order + marks + blank + body


def _bears(read: str, signs: str, behind: str) -> bool:
    """Whether the last letter of what was read so far may bear a mark; `behind` goes on with its word."""
    last = _LAST.search(read)
    if not last or last.group()[-1:] in TANWIN:
        return False
    word = plain(last.group())
    if signs[-1] in TANWIN:
        return True
    first = _FIRST.match(behind)
    whole = word + (plain(first[1]) if first else "")
    scores = place_scores(whole, signs[0])
    return scores[len(word) - 1] * _CLEARLY > max(scores)
