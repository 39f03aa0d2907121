"""Rows that were broken before their marked words: `عمال الموانئ`, `أعدته نقابة ّ`, `كشف تقرير ّ` for `كشف تقرير أعدّته نقابة عمّال الموانئ`.

poppler does this to pages of WeasyPrint, LibreOffice and Typst (measured): each piece stands on a line of its own, in any order
but near the others, the marks on lines of their own or behind pieces; Typst's have their letter with them and stand on the
word, too. Marks inside lines are floating_marks.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from pipeline.restore.characters import FATHATAN, IN_WORDS, LETTER, LETTERS_AND_TATWEEL, MARK
from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import line_width
from pipeline.restore.mark_places import bearers
from pipeline.restore.physical_lines import FILLED_LINE_OF_PAGE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_SIGN = f"{MARK}{{1,2}}{LETTER}?"
_LONE = re.compile(f" *(?:{_SIGN}(?: +|$))+")
_BEHIND = re.compile(f"(?:(?<=[^ ]) +{_SIGN}(?= *$)|(?<=[.»”،:ةى]){MARK}{{1,2}}(?= *$))")
_TOKEN = re.compile(_SIGN)
_STRAY = re.compile(f"(?m)(?:^ *|[^\n ] +){_SIGN} *$|[.»”،:ةى]{MARK}+ *$")
# Every stray mark has this; the mark comes first, which is much faster.
_AT_END = re.compile(f"(?m){MARK}{LETTER}? *$")
_FIRST_WORD = re.compile(f"[^{LETTERS_AND_TATWEEL}]{{0,2}}({LETTER}(?:{LETTER}|{MARK})*)")
_FRAGMENT = re.compile(f"(?!و){LETTER}{MARK}*(?![{IN_WORDS}])")
_FEWEST, _SHARE = 2, 0.04
_FEWEST_FRAGMENTS, _SHARE_OF_FRAGMENTS = 3, 0.1
_MOST_PIECES, _MOST_LINES, _OVERFULL = 5, 9, 1.1
_WORDS = 4
# Log odds: a mark on a word known with it, on one that is not, a mark left over, a row in another order, a mark on its first word.
_FITS, _UNFIT, _LEFT_OVER, _TURNED, _OPENS = 3.0, -3.0, -2.5, -2.0, -4.0
_IN_TURN = 1.5  # pieces printed last first behind their marks
_MOST = 0.8


class _Line(NamedTuple):
    """A printed line: its whole span, its piece of text (empty for a line of marks), and the places of its stray marks."""

    span: tuple[int, int]
    piece: tuple[int, int]
    marks: list[tuple[int, int]]


class _Row(NamedTuple):
    """Lines that make one row: their range, those with text in reading order, the mark for the first word of each, and the score."""

    score: float
    lines: range
    order: tuple[int, ...]
    marks: tuple[tuple[int, int] | None, ...]


def restore_marked_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of broken rows in order and their marks on the words that open them, in a text with several stray marks."""
    text = traced.text
    stray = len(_STRAY.findall(text)) if _AT_END.search(near_marks(text)) else 0
    if stray < _FEWEST:
        return Outcome(traced)
    lines = [_line(text, m) for m in FILLED_LINE_OF_PAGE.finditer(text)]
    if stray < _SHARE * len(lines) or not are_embedded(traced, [line.span for line in lines]):
        return Outcome(traced)
    fragments = sum(_FRAGMENT.match(text, *line.piece) is not None for line in lines)
    if fragments >= _FEWEST_FRAGMENTS and fragments > _SHARE_OF_FRAGMENTS * stray:
        return Outcome(traced)  # broken inside words, as floating_marks.py's are
    edits = [edit for row in _Rows(text, lines).best() for edit in _joined(traced, lines, row)]
    return rewrite(traced, "visual_order", edits, f"rows were broken before marked words; {stray} stray marks", 0.85)


def are_embedded(traced: Traced, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether something was taken out at most lines' ends: the embedding in which poppler wraps each."""
    ends = [end for _, end in lines if end < len(traced)]
    return sum(traced.origin.item(end) - traced.origin.item(end - 1) > 1 for end in ends) >= _MOST * len(ends)


def _line(text: str, found: re.Match[str]) -> _Line:
    start, end = found.span()
    start += len(found.group()) - len(found.group().lstrip(" "))
    if _LONE.fullmatch(text, start, end):
        return _Line((start, end), (start, start), [m.span() for m in _TOKEN.finditer(text, start, end)])
    marks: list[tuple[int, int]] = []
    edge = end
    while behind := _BEHIND.search(text, start, edge):
        marks.insert(0, (behind.end() - len(behind.group().lstrip(" ")), behind.end()))
        edge = behind.start()
    return _Line((start, end), (start, edge), marks)


class _Rows:
    """The lines of a text and how they go together to rows."""

    def __init__(self, text: str, lines: Sequence[_Line]) -> None:
        self._text, self._lines = text, lines
        self._widths = [line_width(text[slice(*line.piece)]) for line in lines]
        self._column = max(self._widths, default=0.0)
        self._joints: dict[tuple[int, int], float] = {}
        self._weigh_joints()

    def best(self) -> list[_Row]:
        """The rows that were in pieces: of all ways to part the lines into rows the one that reads best."""
        # For each number of lines done and each last piece: the score, and the rows.
        states: list[dict[int, tuple[float, tuple[_Row, ...]]]] = [{} for _ in range(len(self._lines) + 1)]
        states[0][-1] = (0.0, ())
        for start in range(len(self._lines)):
            for end in range(start + 1, min(start + _MOST_LINES, len(self._lines)) + 1):
                for row in self._readings(start, end):
                    for last, (score, rows) in states[start].items():
                        first, new = (row.order[0], row.order[-1]) if row.order else (last, last)
                        total = score + row.score + self._joints.get((last, first), 0.0)
                        if total > states[end].get(new, (-math.inf, ()))[0]:
                            states[end][new] = (total, (*rows, row) if row.marks else rows)
        return list(max(states[-1].values())[1])

    def _weigh_joints(self) -> None:
        """How well each piece reads behind each other one that stands near."""
        pieces = [n for n, line in enumerate(self._lines) if line.piece[0] < line.piece[1]]
        pairs = [
            (a, b) for k, a in enumerate(pieces) for b in pieces[max(0, k - _MOST_PIECES) : k + _MOST_PIECES + 1] if a != b and self._may_meet(a, b)
        ]
        tails = {a: " ".join(self._shown(a).split()[-_WORDS:]) for a in pieces}
        heads = {b: " ".join(self._shown(b).split()[:_WORDS]) for b in pieces}
        scores = Fluency().alone([s for a, b in pairs for s in (f"{tails[a]} {heads[b]}", tails[a], heads[b])]) if pairs else []
        self._joints = {pair: scores[3 * k] - scores[3 * k + 1] - scores[3 * k + 2] for k, pair in enumerate(pairs)}

    def _may_meet(self, left: int, right: int) -> bool:
        return right == left + 1 or any(line.marks for line in self._lines[max(0, min(left, right) - 2) : max(left, right) + 3])

    def _shown(self, number: int) -> str:
        return self._text[slice(*self._lines[number].piece)]

    def _readings(self, start: int, end: int) -> Iterator[_Row]:
        """The orders in which some lines may be one row; a line without stray marks is one as it stands."""
        numbers = range(start, end)
        pieces = [n for n in numbers if self._lines[n].piece[0] < self._lines[n].piece[1]]
        marks = [mark for n in numbers for mark in self._lines[n].marks]
        if len(numbers) == 1:
            yield _Row(_LEFT_OVER * len(marks), numbers, tuple(pieces), ())
        if not marks or not pieces or len(pieces) > min(_MOST_PIECES, len(marks) + 1):
            return
        if sum(self._widths[n] for n in pieces) > _OVERFULL * self._column:
            return
        in_turn = self._in_turn(pieces, marks)
        for order in permutations(pieces):
            score, placed = self._with_marks(order, marks)
            joints = sum(self._joints.get(pair, 0.0) for pair in pairwise(order))
            habit = _IN_TURN * (list(order) == in_turn) if in_turn != pieces else _TURNED * (list(order) != pieces)
            yield _Row(score + joints + habit, numbers, order, placed)

    def _in_turn(self, pieces: list[int], marks: Sequence[tuple[int, int]]) -> list[int]:
        """The order in which pieces mostly belong: last first where all marks stand before them, one for each break."""
        before = len(pieces) == len(marks) + 1 and marks[-1][1] <= self._lines[pieces[0]].piece[0]
        return pieces[::-1] if before else pieces

    def _with_marks(self, order: Sequence[int], marks: Sequence[tuple[int, int]]) -> tuple[float, tuple[tuple[int, int] | None, ...]]:
        """The marks on the pieces' first words: each break has one, the row's start perhaps."""
        left = list(marks)
        score = 0.0
        placed: list[tuple[int, int] | None] = [None] * len(order)
        for k in (*range(1, len(order)), 0):
            fits = [(self._fit(order[k], mark) + (0.0 if k else _OPENS), mark) for mark in left]
            best = max(fits, default=None)
            if best and (k or best[0] > _LEFT_OVER):
                score += best[0]
                placed[k] = best[1]
                left.remove(best[1])
        return score + _LEFT_OVER * len(left), tuple(placed)

    def _fit(self, number: int, mark: tuple[int, int]) -> float:
        word = _FIRST_WORD.match(self._shown(number))
        token = self._text[slice(*mark)]
        if not word:
            return _UNFIT
        if re.search(LETTER, token):
            return _FITS if token in word.group() or token[::-1] in word.group() else _UNFIT
        found = bearers(word.group(1), token)
        return max(_UNFIT, min(_FITS, math.log(found[0].odds) + _FITS)) if found and found[0].odds > 0 else _UNFIT


def _joined(traced: Traced, lines: Sequence[_Line], row: _Row) -> Iterator[Edit]:
    """The row put together, marks on the words that bear them, but for those that stand there already; others go to its end."""
    text = traced.text
    if not any(row.marks) and list(row.order) == sorted(row.order):
        return
    order: list[int] = []
    for number, mark in zip(row.order, row.marks, strict=True):
        places = _with_mark(text, [*range(*lines[number].piece)], mark)
        order += [-1, *places] if order else places
    for mark in (mark for number in row.lines for mark in lines[number].marks if mark not in row.marks):
        order += [-1, *range(*mark)]
    span = lines[row.lines[0]].span[0], lines[row.lines[-1]].span[1]
    yield reordered(traced, *span, order)


def _with_mark(text: str, places: list[int], mark: tuple[int, int] | None) -> list[int]:
    if mark is None:
        return places
    shown = "".join(text[i] for i in places)
    word = _FIRST_WORD.match(shown)
    token = text[slice(*mark)]
    found = bearers(word.group(1), token) if word and not re.search(LETTER, token) else []
    if word and not found and token == FATHATAN and word.group(1).endswith("ا"):
        # An alef at the end may bear it in any word, known or not.
        at = word.end(1) - 2
    elif word and found:
        at = word.start(1) + found[0].place
    else:
        return places
    return [*places[: at + 1], *range(*mark), *places[at + 1 :]]
