"""Rows cut at their vowel marks, the pieces printed on lines of their own, last first: `ت القرية أمس`, `ُ`, `الذي قصف` for `الذي قصفُت …`.

pdfium does this to pages of browsers, WeasyPrint, LibreOffice and Typst (measured): these write rows from left to right, and a
mark's glyph that stands off the line begins a line. A mark opens or ends a piece or stands by itself. Rows that poppler broke
are marked_rows.py's, marks inside lines floating_marks.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
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
_LINE = re.compile("(?m)^[^\n]*[^\n ][^\n]*$")
_OPENING = re.compile(f" *((?:{_MARK}+ *)*)")
_OPENS = re.compile(f"(?m)^ *{_MARK}")
_ENDS_MARKED = re.compile(f"{_LETTER}{_MARK}+ *$")
_LAST, _FIRST = re.compile(f"{_LETTER}(?:{_LETTER}|{_MARK})*$"), re.compile(f"{_LETTER}(?:{_LETTER}|{_MARK})*")
_FINAL = re.compile("[.؟?!:][»”\"')]*$")
_TANWIN = frozenset("\u064b\u064c\u064d")
_FEWEST, _MOST_PIECES, _OVERFULL = 2, 12, 1.08
_PER = 1e7
# Log odds: of a cut without a mark, of a mark that opens a line where nothing was cut, of a line that ends early for
# no reason; and for each piece of a row.
_UNMARKED, _UNEXPLAINED, _EARLY, _CUT = -6.0, -3.0, -3.0, -0.5
_MOST_JOINED, _BREAKS = 6.0, 0.05
_CLEARLY = 2.0


class _Piece(NamedTuple):
    """A line: its span, where its text begins behind marks that open it, that text, its units, whether a mark ends it."""

    start: int
    end: int
    body: int
    text: str
    names: list[str]
    width: float
    opens: bool
    marked: bool


def restore_cut_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of cut rows in order and their marks in place, in a text where lines open with marks."""
    text = traced.text
    if len(_OPENS.findall(text)) < _FEWEST:
        return Outcome(traced)
    pieces = [_piece(text, *m.span()) for m in _LINE.finditer(text)]
    column = column_width([piece.width for piece in pieces])
    rows = _Rows(pieces, column).best()
    edits = [_joined(traced, pieces[first : last + 1]) for first, last in rows if last > first]
    return rewrite(traced, "visual_order", edits, "a row cut at its vowel marks, its pieces printed last first", 0.85)


def _piece(text: str, start: int, end: int) -> _Piece:
    opening = _OPENING.match(text, start, end)
    body = opening.end() if opening else start
    rest = text[body:end].rstrip()
    return _Piece(
        start, end, body, rest, unit_names(rest), line_width(rest) if rest else 0.0, bool(opening and opening[1]), bool(_ENDS_MARKED.search(rest))
    )


class _Rows:
    """Which consecutive lines are one row, its last piece first: the division of the text that reads best."""

    def __init__(self, pieces: Sequence[_Piece], column: float) -> None:
        self._pieces, self._column = pieces, column
        self._scores = _junctions(pieces)

    def best(self) -> list[tuple[int, int]]:
        """The rows as the numbers of their first and last lines."""
        size = len(self._pieces)
        # The best division that ends in a row, by that row; the next row goes on from its first line.
        ends: list[dict[int, tuple[float, int]]] = [{} for _ in range(size)]
        for last in range(size):
            for first in range(last, max(-1, last - _MOST_PIECES), -1):
                own = self._row(first, last)
                if own == -math.inf:
                    break
                ends[last][first] = (
                    max(
                        ((score + own + self._between(before, first - 1, last), before) for before, (score, _) in ends[first - 1].items()),
                        default=(own, -1),
                    )
                    if first
                    else (own, -1)
                )
        rows: list[tuple[int, int]] = []
        last, first = size - 1, max(ends[-1], key=lambda start: ends[-1][start][0])
        while last >= 0:
            rows.append((first, last))
            last, first = first - 1, ends[last][first][1]
        return rows[::-1]

    def _row(self, first: int, last: int) -> float:
        """How well some lines read as one row."""
        if first == last:
            return _UNEXPLAINED if self._pieces[first].opens else 0.0
        row = self._pieces[first : last + 1]
        if sum(piece.width for piece in row) > _OVERFULL * self._column:
            return -math.inf
        score = _UNEXPLAINED if row[-1].opens else 0.0
        for at in range(first, last):
            before, behind = self._pieces[at + 1], self._pieces[at]
            told = behind.opens or before.marked or not (before.names and behind.names)
            score += _CUT + (0.0 if told else _UNMARKED) + max(self._scores[at + 1, at], _one_word(before, behind))
        return score

    def _between(self, before: int, end: int, last: int) -> float:
        """How well the row that ends at a line goes on with the next; `before` is the line that its text ends with."""
        if _FINAL.search(self._pieces[before].text):
            return max(self._scores[before, last], 0.0)
        width = sum(piece.width for piece in self._pieces[before : end + 1])
        return self._scores[before, last] + (_EARLY if width < FULL * self._column else 0.0)


def _junctions(pieces: Sequence[_Piece]) -> dict[tuple[int, int], float]:
    """How well each piece goes on with each one near it, in log odds."""
    numbers: dict[str, int] = {PAD: 0}
    row = [0] * REACH
    places: list[int] = []
    near = [(a, b) for a in range(len(pieces)) for b in range(max(0, a - _MOST_PIECES), min(len(pieces), a + 2 * _MOST_PIECES)) if a != b]
    for a, b in near:
        before, behind = pieces[a].names[-REACH:], pieces[b].names[:REACH]
        row += [numbers.setdefault(name, len(numbers)) for name in before]
        places.append(len(row))
        row += [numbers.setdefault(name, len(numbers)) for name in behind] + [0] * REACH
    at = np.array(places)
    scores = Junctions.load().sheet(list(numbers), row).scores(at, at).tolist() if near else []
    return {pair: score if pieces[pair[0]].names and pieces[pair[1]].names else 0.0 for pair, score in zip(near, scores, strict=True)}


def _one_word(before: _Piece, behind: _Piece) -> float:
    """Log odds that the last letters of a piece and the first ones of the next are one word."""
    last, first = _LAST.search(before.text), _FIRST.match(behind.text)
    if not last or not first:
        return -_MOST_JOINED
    left, right = (MARKS_AND_TATWEEL.sub("", side.group()) for side in (last, first))
    odds = frequency(left + right) * _BREAKS * _PER / (_alone(left) * _alone(right))
    return min(_MOST_JOINED, math.log(odds))


def _alone(letters: str) -> float:
    return frequency(letters) if len(letters) > 1 else 1.0


def _joined(traced: Traced, pieces: Sequence[_Piece]) -> Edit:
    """The row put together, each mark on its letter where that is known."""
    text = traced.text
    order: list[int] = []
    for k in range(len(pieces) - 1, -1, -1):
        piece = pieces[k]
        marks = [i for i in range(piece.start, piece.body) if text[i] != " "]
        body = [*range(piece.body, piece.body + len(piece.text))]
        before = pieces[k + 1] if k + 1 < len(pieces) else None
        order = _added(text, order, marks, body, joined=before is not None and _one_word(before, piece) > 0)
    start, end = pieces[0].start, pieces[-1].end
    return Edit(start, end, "".join(" " if i < 0 else text[i] for i in order), [-1 if i < 0 else int(traced.origin[i]) for i in order])


def _added(text: str, order: list[int], marks: list[int], body: list[int], *, joined: bool) -> list[int]:
    """A row and its next piece, with the marks that stood between them."""
    signs = "".join(text[i] for i in marks)
    read = "".join(" " if i < 0 else text[i] for i in order)
    blank = [] if joined or not body or not order or text[body[0]] in " .،؛:؟!»”" else [-1]
    if not signs:
        return order + blank + body
    if not read or not _bears(read, signs, "".join(text[i] for i in body) if joined else ""):
        found = bearers("".join(text[i] for i in body), signs)
        if found:
            at = found[0].place + 1
            return order + blank + body[:at] + marks + body[at:]
    return order + marks + blank + body if read else marks + body


def _bears(read: str, signs: str, behind: str) -> bool:
    """Whether the last letter of what was read so far may bear a mark; `behind` goes on with its word."""
    last = _LAST.search(read)
    if not last or last.group()[-1:] in _TANWIN:
        return False
    word = MARKS_AND_TATWEEL.sub("", last.group())
    if signs[-1] in _TANWIN:
        return True
    first = _FIRST.match(behind)
    whole = word + (MARKS_AND_TATWEEL.sub("", first.group()) if first else "")
    scores = place_scores(whole, signs[0])
    return scores[len(word) - 1] * _CLEARLY > max(scores)
