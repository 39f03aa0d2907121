"""Rows cut at their vowel marks, the pieces printed on lines of their own, last first: `ت القرية أمس`, `ُ`, `الذي قصف` for `الذي قصفُت …`.

pdfium does this to pages of browsers, WeasyPrint, LibreOffice and Typst (measured): these write rows from left to right, and a
mark's glyph that stands off the line begins a line. A mark opens or ends a piece or stands by itself. Rows that poppler broke
are marked_rows.py's, marks inside lines floating_marks.py's.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.language_model import MARKS_AND_TATWEEL
from pipeline.restore.line_widths import FULL, column_width, line_width
from pipeline.restore.mark_places import bearers, place_scores
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.units import unit_names
from pipeline.restore.word_frequency import frequency

_LETTER, _MARK = "[\u0621-\u063a\u0641-\u064a]", "[\u064b-\u0652]"
_D = "0-9\u0660-\u0669\ue000-\uf8ff"
_LINE = re.compile("(?m)^[^\n]*[^\n ][^\n]*$")
_OPENING = re.compile(f" *((?:{_MARK}+ *)*)")
# A mark at a line's edge; lines that paragraphs end in are long or end in a stop.
_CUTS = re.compile(f"(?m)^ *(?:{_MARK}|[^\n]{{0,60}}{_LETTER}{_MARK}+ *$)")
_ENDS_MARKED = re.compile(f"{_LETTER}{_MARK}+ *$")
_LAST = re.compile(f"{_LETTER}(?:{_LETTER}|{_MARK})*(?= *$)")
_FIRST = re.compile(f" *({_LETTER}(?:{_LETTER}|{_MARK})*)")
_FINAL = re.compile("[.؟?!:][»”\"')]*$")
_FIGURE = re.compile(f"[.%٪]?[{_D}]+(?:[.,:/٫٬-][{_D}]+)*[%٪]?|[A-Za-z][A-Za-z0-9 .'-]*[A-Za-z0-9]")
_TANWIN = frozenset("\u064b\u064c\u064d")
_FEWEST, _MOST_PIECES, _OVERFULL = 2, 12, 1.08
_PER, _BLANK = 1e7, -1
# Log odds: of a cut without a mark, of a mark that opens a line where nothing was cut, of a line that ends early for
# no reason; and for each piece of a row.
_UNMARKED, _UNEXPLAINED, _EARLY, _CUT = -6.0, -3.0, -3.0, -0.5
_MOST_JOINED, _BREAKS = 6.0, 0.05
_CLEARLY = 2.0
# By how much the reading must be better than that of rows in turn; what is the least for each line, before and after.
_SURELY, _LEGIBLE, _READABLE = 4.0, -4.0, -2.5


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
    """A line: its span, the marks that open it, its width, whether a mark ends it, the numbers of its parts."""

    start: int
    end: int
    marks: list[int]
    width: float
    marked: bool
    parts: range


class _Layout(NamedTuple):
    """The lines of a text and their parts."""

    pieces: list[_Piece]
    parts: list[_Part]


def restore_cut_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of cut rows in order and their marks in place, in a text where lines open with marks."""
    text = traced.text
    if len(_CUTS.findall(text)) < _FEWEST:
        return Outcome(traced)
    whole, parted = _layout(text, parted=False), _layout(text, parted=True)
    if not _can_be_read(whole):
        return Outcome(traced)
    straight = _Rows(whole, turned=False).best()
    score, rows, read = max((_Rows(layout, turned=True).best() for layout in (whole, parted)), key=lambda found: found[0])
    if score < straight[0] + _SURELY or score < _READABLE * len(whole.pieces):
        return Outcome(traced)
    edits = [_joined(traced, read, *row) for row in rows if row[1] > row[0]]
    return rewrite(traced, "visual_order", edits, "a row cut at its vowel marks, its pieces printed last first", 0.85)


def _can_be_read(layout: _Layout) -> bool:
    """Whether lines go on with each other at all; in a text whose words are destroyed none do."""
    pairs = list(pairwise(range(len(layout.parts))))
    return bool(pairs) and sum(_junctions(layout.parts, pairs).values()) > _LEGIBLE * len(pairs)


def _layout(text: str, *, parted: bool) -> _Layout:
    pieces: list[_Piece] = []
    parts: list[_Part] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        opening = _OPENING.match(text, start, end)
        body = opening.end() if opening else start
        rest = text[body:end].rstrip()
        first = len(parts)
        parts += _parts(text, body, body + len(rest), _FIGURE if parted else None)
        marks = [i for i in range(start, body) if text[i] != " "]
        pieces.append(_Piece(start, end, marks, line_width(rest) if rest else 0.0, bool(_ENDS_MARKED.search(rest)), range(first, len(parts))))
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


class _Rows:
    """Which consecutive lines are one row, its pieces printed last first (`turned`) or in turn: the division that reads best.

    Some writers set the text between figures by itself: then the pieces of each such stretch are last first.
    """

    def __init__(self, layout: _Layout, *, turned: bool) -> None:
        self._layout, self._turned = layout, turned
        self._column = column_width([piece.width for piece in layout.pieces])
        size = len(layout.pieces)
        self._readings = {
            (first, last): self._reading(first, last)
            for last in range(size)
            for first in range(max(0, last - _MOST_PIECES + 1), last + 1)
            if first == last or self._width(first, last) < _OVERFULL * self._column
        }
        by_end: defaultdict[int, set[int]] = defaultdict(set)
        by_start: defaultdict[int, set[int]] = defaultdict(set)
        for (first, last), reading in self._readings.items():
            by_end[last].add(reading[-1])
            by_start[first].add(reading[0])
        wanted = {pair for reading in self._readings.values() for pair in pairwise(reading)}
        wanted |= {(a, b) for last in range(size - 1) for a in by_end[last] for b in by_start[last + 1]}
        self._junctions = _junctions(layout.parts, sorted(wanted))

    def best(self) -> tuple[float, list[tuple[int, int]], _Layout]:
        """The best division's score, its rows as the numbers of their first and last lines, and the lines."""
        size = len(self._layout.pieces)
        # The score of the best division that ends in a row from one line to another, and where the row before begins.
        ends: list[dict[int, tuple[float, int]]] = []
        for last in range(size):
            ends.append({})
            for first in (first for first in range(max(0, last - _MOST_PIECES + 1), last + 1) if (first, last) in self._readings):
                own = self._row(first, last)
                tried = ((score + own + self._between(before, first, last), before) for before, (score, _) in ends[first - 1].items())
                ends[last][first] = max(tried) if first else (own, 0)
        last, first = size - 1, max(ends[-1], key=lambda start: ends[-1][start][0])
        total = ends[last][first][0]
        rows: list[tuple[int, int]] = []
        while last >= 0:
            rows.append((first, last))
            last, first = first - 1, ends[last][first][1]
        return total, rows[::-1], self._layout

    def _width(self, first: int, last: int) -> float:
        return sum(piece.width for piece in self._layout.pieces[first : last + 1])

    def _reading(self, first: int, last: int) -> list[int]:
        """The numbers of a row's parts in reading order, without those that are marks alone unless the row is."""
        pieces = self._layout.pieces[first : last + 1]
        reading = reading_order(pieces, self._layout.parts) if self._turned else [k for piece in pieces for k in piece.parts]
        return [k for k in reading if self._layout.parts[k].text] or reading

    def _row(self, first: int, last: int) -> float:
        """How well some lines read as one row: better than by themselves, that is."""
        pieces, reading = self._layout.pieces[first : last + 1], self._readings[first, last]
        starts = {piece.parts[0] for piece in pieces}
        score = _UNEXPLAINED if self._opens(reading[0], pieces) else 0.0
        for one, other in pairwise(reading):
            if other != one + 1 or other in starts:
                score += _CUT + max(self._junctions[one, other], _one_word(self._layout.parts[one], self._layout.parts[other]))
                score += 0.0 if self._is_told(one, other, pieces) else _UNMARKED
        kept = set(pairwise(reading))
        return score - sum(self._junctions.get(pair, 0.0) for piece in pieces for pair in pairwise(piece.parts) if pair not in kept)

    def _opens(self, part: int, pieces: Sequence[_Piece]) -> bool:
        return any(piece.parts[0] == part and bool(piece.marks) for piece in pieces)

    def _is_told(self, one: int, other: int, pieces: Sequence[_Piece]) -> bool:
        """Whether a mark or a figure stands where two parts meet."""
        parts, (low, high) = self._layout.parts, sorted((one, other))
        if parts[one].figure or parts[other].figure or self._opens(other, pieces):
            return True
        return any((piece.parts[-1] == one and piece.marked) or (piece.marks and low < piece.parts[0] <= high) for piece in pieces)

    def _between(self, before: int, first: int, last: int) -> float:
        """How well the row that begins at the line `before` goes on with the next one."""
        pair = self._readings[before, first - 1][-1], self._readings[first, last][0]
        if _FINAL.search(self._layout.parts[pair[0]].text):
            return max(self._junctions[pair], 0.0)
        return self._junctions[pair] + (_EARLY if self._width(before, first - 1) < FULL * self._column else 0.0)


def reading_order(pieces: Sequence[_Piece], parts: Sequence[_Part]) -> list[int]:
    """The numbers of a row's parts, those of each stretch between figures last first."""
    order: list[int] = []
    stretch: list[int] = []
    for part in (k for piece in pieces for k in piece.parts):
        if parts[part].figure:
            order += [*reversed(stretch), part]
            stretch = []
        else:
            stretch.append(part)
    return order + stretch[::-1]


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
    left, right = (MARKS_AND_TATWEEL.sub("", side) for side in (last.group(), first[1]))
    odds = frequency(left + right) * _BREAKS * _PER / (_alone(left) * _alone(right))
    return min(_MOST_JOINED, math.log(odds))


def _alone(letters: str) -> float:
    return frequency(letters) if len(letters) > 1 else 1.0


def _joined(traced: Traced, layout: _Layout, first: int, last: int) -> Edit:
    """The row put together, each mark on its letter where that is known."""
    text, pieces = traced.text, layout.pieces[first : last + 1]
    opening = {piece.parts[0]: piece.marks for piece in pieces}
    order: list[int] = []
    marks: list[int] = []
    loose: list[int] = []
    before = -1
    for number in reading_order(pieces, layout.parts):
        part, body = layout.parts[number], [*range(layout.parts[number].start, layout.parts[number].end)]
        marks = marks + opening.get(number, [])
        if not body:
            continue
        joined = before >= 0 and _one_word(layout.parts[before], part) > 0
        if before < 0:
            # The mark that opens a row may have come from any of its cuts.
            loose, marks = marks, []
        elif loose and not marks and number != before + 1 and _bears(_read(text, order), _read(text, loose), part.text if joined else ""):
            loose, marks = [], loose
        order = _added(text, order, marks, body, joined=joined)
        before, marks = number, []
    order = _set_in(text, order, loose) + marks
    start, end = pieces[0].start, pieces[-1].end
    return Edit(start, end, _read(text, order), [_BLANK if i == _BLANK else int(traced.origin[i]) for i in order])


def _set_in(text: str, order: list[int], marks: list[int]) -> list[int]:
    """A row with marks on the letter that most likely bears them; before it where none does."""
    found = bearers(_read(text, order), _read(text, marks)) if marks else []
    at = found[0].place + 1 if found else 0
    return order[:at] + marks + order[at:]


def _added(text: str, order: list[int], marks: list[int], body: list[int], *, joined: bool) -> list[int]:
    """A row and its next part, with the marks that stood between them."""
    if joined or marks:
        while order and _read(text, order[-1:]) == " ":
            order = order[:-1]
        while joined and text[body[0]] == " ":
            body = body[1:]
    signs, read, behind = (_read(text, places) for places in (marks, order, body))
    blank = [] if joined or not order or behind[0] in " .،؛:؟!»”" or read.endswith(" ") else [_BLANK]
    if signs and not _bears(read, signs, behind if joined else "") and bearers(behind, signs):
        return order + blank + _set_in(text, body, marks)
    return order + marks + blank + body


def _read(text: str, places: Iterable[int]) -> str:
    return "".join(" " if i == _BLANK else text[i] for i in places)


def _bears(read: str, signs: str, behind: str) -> bool:
    """Whether the last letter of what was read so far may bear a mark; `behind` goes on with its word."""
    last = _LAST.search(read)
    if not last or last.group()[-1:] in _TANWIN:
        return False
    word = MARKS_AND_TATWEEL.sub("", last.group())
    if signs[-1] in _TANWIN:
        return True
    first = _FIRST.match(behind)
    whole = word + (MARKS_AND_TATWEEL.sub("", first[1]) if first else "")
    scores = place_scores(whole, signs[0])
    return scores[len(word) - 1] * _CLEARLY > max(scores)
