"""The order in which the pieces of a page were read, where its rows fell apart: a search for the best path through all of them.

Each piece is followed by one other, in the same row where a figure or a sign went missing between them, else in the next row. What
speaks for a path: how the pieces go on with each other by the trained scorer, how full its rows are, how much of the
order of printing it keeps. pdfminer prints the lines of a box from top to bottom, boxes of full rows next to never out
of turn, narrow pieces often (measured; its boxes are sorted by both coordinates).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.torn_pieces import Piece
from pipeline.restore.units import FIGURE, STOP, unit_names

FULL = 0.85
_SENTENCE_END = re.compile('[.؟!:»”"] *$')
_BEAM, _BOXES, _WORDS = 80, 14, 6
# How much of a joint's log odds counts, and the most that does.
_TELLS, _MOST, _MOST_FIGURED = 0.8, 6.0, 8.0
# What it costs to print a piece before others that stand above it: full rows, wide pieces, narrow ones; and the second of a box.
_OVER_FULL, _OVER_WIDE, _OVER_NARROW, _LATE, _SECOND, _OUT_OF_BOX = 3.0, 2.0, 1.2, 2.5, 1.0, 4.0
# How much of that counts in a search, and what each piece that was passed is held to cost until it is read: no one way finds all paths.
_WAYS = ((1.0, 0.0), (0.7, 0.8), (0.5, 1.2))
_IN_TURN = 0.7
_WIDE, _MOST_PASSED = 0.5, 12.0
# What it costs that a figure stands at a row's edge, that blanks tell of one that is not, that one is too many or too few.
_AT_EDGE, _AT_END, _UNTOLD, _MISCOUNTED = 1.0, 0.5, 3.0, 2.0
_FILLED = 1.1
# How far the width of a full row may be from the column's, by its letters, and what it tells at most.
_UNDER, _OVER, _EXACT, _LEAST_TOLD = 0.06, 0.04, 2.0, -4.0
_BLANKS_TELL = 0.3
_FIGURE_WIDTH, _BLANK_WIDTH, _SIGN_WIDTH = 2.0, 0.55, 0.6
# What it costs that a sign stands at a row's end or beginning, that one is too many, and each that is left; that a sentence begins
# behind one.
_SIGN_AT_END, _SIGN_AT_START, _SIGN_TOO_MANY, _SIGN_LEFT, _STOPPED = 0.3, 1.0, 3.0, 0.3, 0.5
_CLOSES, _OPENS, _JOINS = 1, 2, 3


class Step(NamedTuple):
    """The next piece of a path; whether a figure or a sign went missing before it, and where rows part: before that or behind it.

    `fit` is how well it goes on from the piece before, in log odds; a `sign` closes, opens or joins.
    """

    piece: int
    figure: bool = False
    new_row: bool = False
    opens_row: bool = False
    fit: float = 0.0
    sign: int = 0

    @property
    def is_gapped(self) -> bool:
        """Whether anything went missing before the piece."""
        return self.figure or self.sign > 0


class Path(NamedTuple):
    """The steps of a path, and what speaks for it, in log odds."""

    steps: list[Step]
    score: float


class _State(NamedTuple):
    score: float
    passed: float
    used: int
    last: int
    width: float
    figures: int
    signs: tuple[int, ...]
    top: int
    link: tuple | None  # type: ignore[type-arg]


def reading_paths(pieces: Sequence[Piece], column: float) -> list[Path]:
    """The best paths that some searches find through the pieces of a page that are text; `column` is the width of full rows."""
    search = _Search(pieces, column)
    return [search.path(*way) for way in _WAYS] if search.texts else [Path([], 0.0)]


class _Search:
    """A page's texts and how well they go on with each other."""

    def __init__(self, pieces: Sequence[Piece], column: float) -> None:
        self.texts = [k for k, p in enumerate(pieces) if p.is_text]
        self._pieces = [pieces[k] for k in self.texts]
        self._column = column
        figures = [p.width for p in pieces if p.is_figure]
        self._figures = len(figures)
        self._signs = _signs(pieces)
        self._figure_width = _BLANK_WIDTH + (sum(figures) / len(figures) if figures else _FIGURE_WIDTH)
        full = [p for p in self._pieces if p.width > FULL * column]
        # Some writers end every row in a blank; then a blank tells nothing.
        self._blanks_tell = sum(p.closes for p in full) < _BLANKS_TELL * len(full)
        self._ends = [_SENTENCE_END.search(p.text) is not None for p in self._pieces]
        self._starts_figured = [p.begins_with_figure for p in self._pieces]
        self._ends_figured = [p.ends_with_figure for p in self._pieces]
        self._over = [self._cost_of_passing(p) for p in self._pieces]
        self._boxes: dict[int, list[int]] = {}
        for number, piece in enumerate(self._pieces):
            self._boxes.setdefault(piece.box, []).append(number)
        self._plain, self._figured, self._stopped = _joints([p.text for p in self._pieces]) if self._pieces else ([], [], [])

    def _cost_of_passing(self, piece: Piece) -> float:
        if piece.width > FULL * self._column:
            return _OVER_FULL
        whole = not piece.opens and not (piece.closes and self._blanks_tell)
        return _OVER_WIDE if whole or (piece.width > _WIDE * self._column and not piece.opens) else _OVER_NARROW

    def path(self, in_turn: float, waiting: float) -> Path:
        """The path that a search finds which weighs pieces that are read out of turn so."""
        states = [_State(0.0, 0.0, 0, -1, 0.0, 0, self._signs, -1, None)]

        def worth(state: _State) -> float:
            return state.score - in_turn * state.passed - waiting * (state.used.bit_length() - state.used.bit_count())

        for _ in self._pieces:
            grown: dict[tuple[int, int, int], _State] = {}
            for state in states:
                for one in self._grown(state):
                    key = one.used, one.last, round(one.width)
                    if key not in grown or worth(grown[key]) < worth(one):
                        grown[key] = one
            states = sorted(grown.values(), key=worth, reverse=True)[:_BEAM]
        score, best = max(((self._ended(state, in_turn), state) for state in states), key=lambda found: found[0])
        return Path([step._replace(piece=self.texts[step.piece]) for step in _steps(best)], score + (in_turn - _IN_TURN) * best.passed)

    def _ended(self, state: _State, in_turn: float) -> float:
        """What speaks for a path that ends in a state."""
        missing = _MISCOUNTED * abs(state.figures - self._figures) + _SIGN_LEFT * sum(max(0, k) for k in state.signs)
        return state.score - in_turn * state.passed + self._closed(state.width, state.last) - missing

    def _grown(self, state: _State) -> Iterator[_State]:
        """The state with one more piece."""
        for number, cost in self._next(state):
            for step, gain, width in self._steps(state, number):
                top = max(state.top, self._pieces[number].box)
                figures, passed = state.figures + step.figure, state.passed + cost
                signs, missing = _taken(state.signs, step.sign)
                score, used = state.score + gain + step.fit - missing, state.used | 1 << number
                yield _State(score, passed, used, number, width, figures, signs, top, (state.link, step))

    def _next(self, state: _State) -> Iterator[tuple[int, float]]:
        """The pieces that may come next, the first of each box, and what passing over the others costs.

        Two pieces of one row stand in a box in any order.
        """
        passed = 0.0
        left = ((box, rest) for box, numbers in self._boxes.items() if (rest := [n for n in numbers if not state.used >> n & 1]))
        for box, rest in islice(left, _BOXES):
            if passed > _MOST_PASSED:
                return
            yield rest[0], passed
            if len(rest) > 1 and self._pieces[rest[0]].opens and (any(self._signs) or self._pieces[rest[1]].closes):
                yield rest[1], passed + _SECOND
            passed += self._over[rest[0]] * (_LATE if box < state.top else box > state.top)
            passed += _OUT_OF_BOX * (state.last >= 0 and self._goes_on(state.last, rest[0]))

    def _goes_on(self, last: int, number: int) -> bool:
        """Whether a piece is the next line of the same box and neither is torn there."""
        before, piece = self._pieces[last], self._pieces[number]
        whole = before.width > FULL * self._column and not piece.opens and not (piece.closes and self._blanks_tell)
        return whole and before.box == piece.box and number == last + 1

    def _steps(self, state: _State, number: int) -> Iterator[tuple[Step, float, float]]:
        """How a path may go on with a piece: the step, what it gains, and how far it fills its row."""
        piece, figure = self._pieces[number], self._figure_width
        if state.last < 0:
            yield Step(number, piece.opens, piece.opens, piece.opens), 0.0, piece.width + figure * piece.opens
            return
        last = self._pieces[state.last]
        plain, figured = self._plain[state.last][number], self._figured[state.last][number]
        if (last.closes and self._starts_figured[number]) or (self._ends_figured[state.last] and piece.opens):
            yield from self._in_row(Step(number, fit=plain), state.width)
            yield Step(number, new_row=True, fit=plain), self._closed(state.width, state.last), piece.width
        elif last.closes or piece.opens:
            yield from self._figured_steps(state, Step(number, figure=True, fit=figured))
        if any(self._signs):
            yield from self._signed_steps(state, number)
        if not piece.opens and not (last.closes and (self._blanks_tell or self._starts_figured[number])):
            yield Step(number, new_row=True, fit=plain), self._closed(state.width, state.last), piece.width

    def _in_row(self, step: Step, width: float) -> Iterator[tuple[Step, float, float]]:
        width += self._pieces[step.piece].width
        if width <= _FILLED * self._column:
            yield step, 0.0, width

    def _figured_steps(self, state: _State, step: Step) -> Iterator[tuple[Step, float, float]]:
        """A figure went missing in the row, at its end or at the beginning of the next one."""
        last, piece, width = self._pieces[state.last], self._pieces[step.piece], state.width + self._figure_width
        if last.closes and piece.opens:
            yield from self._in_row(step, width)
        if last.closes:
            cost = _AT_EDGE if piece.opens else _AT_END if self._blanks_tell else _UNTOLD
            yield step._replace(new_row=True), self._closed(width, state.last) - cost, piece.width
        if piece.opens:
            cost = _AT_EDGE if last.closes else _AT_END
            yield step._replace(new_row=True, opens_row=True), self._closed(state.width, state.last) - cost, self._figure_width + piece.width

    def _signed_steps(self, state: _State, number: int) -> Iterator[tuple[Step, float, float]]:
        """A sign went missing in the row, where one of two pieces leans on it, at its end or at the beginning of the next one."""
        last, piece = self._pieces[state.last], self._pieces[number]
        plain = self._plain[state.last][number]
        stopped = max(plain - _STOPPED, self._stopped[state.last][number])
        back, off = not last.blank_behind, piece.stands_off
        if back or not off:
            step = Step(number, sign=_CLOSES if off else _JOINS if back else _OPENS, fit=stopped if off else plain)
            yield from self._in_row(step, state.width + _SIGN_WIDTH)
        if not off:
            if back:
                gain = self._closed(state.width + _SIGN_WIDTH, state.last, ends=True) - _SIGN_AT_END
                yield Step(number, sign=_CLOSES, new_row=True, fit=stopped), gain, piece.width
            gain = self._closed(state.width, state.last) - _SIGN_AT_START
            yield Step(number, sign=_OPENS, new_row=True, opens_row=True, fit=plain), gain, piece.width + _SIGN_WIDTH

    def _closed(self, width: float, last: int, *, ends: bool = False) -> float:
        """What a row's width tells for it, in log odds: a full row or, at a sentence's end, a short one."""
        apart = width / self._column - 1
        off = apart / (_OVER if apart > 0 else _UNDER)
        told = max(_LEAST_TOLD, _EXACT - off * off / 2)
        return max(told, 0.0) if apart < 0 and (ends or self._ends[last]) else told


def _signs(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """How many signs of a page close, open and join."""
    counts = Counter((p.leans_back, p.leans_on) for p in pieces if p.is_sign)
    return counts[True, False], counts[False, True], counts[True, True]


def _taken(signs: tuple[int, ...], sign: int) -> tuple[tuple[int, ...], float]:
    """The signs that are left when one is taken, and what it costs that it is none of them."""
    if not sign:
        return signs, 0.0
    left = tuple(count - (kind == sign) for kind, count in enumerate(signs, 1))
    return left, _SIGN_TOO_MANY * (left[sign - 1] < 0)


def _steps(state: _State) -> list[Step]:
    found = []
    link = state.link
    while link:
        link, step = link
        found.append(step)
    return found[::-1]


def _joints(texts: Sequence[str]) -> tuple[list[list[float]], list[list[float]], list[list[float]]]:
    """How well each text goes on with each other one, as it is, with any figure and with a stop between them, by the trained scorer."""
    numbers = {PAD: 0, FIGURE: 1, STOP: 2}
    row = [0] * REACH
    starts, ends = np.empty((2, len(texts)), dtype=np.int64), np.empty((3, len(texts)), dtype=np.int64)
    for k, text in enumerate(texts):
        own = [numbers.setdefault(name, len(numbers)) for name in unit_names(text)]
        for figured, units in enumerate((own[:_WORDS], [1, *own[:_WORDS]])):
            starts[figured, k] = len(row)
            row += [*units, *[0] * REACH]
        for figured, units in enumerate((own[-_WORDS:], [*own[-_WORDS:], 1], [*own[-_WORDS:], 2])):
            ends[figured, k] = len(row) + len(units)
            row += [*units, *[0] * REACH]
    # What stands beyond a piece is not known.
    sheet = Junctions.load().sheet(list(numbers), row, doubtful=True)
    lefts, rights = np.indices((len(texts), len(texts))).reshape(2, -1)
    as_is = sheet.scores(ends[0, lefts], starts[0, rights])
    parted = sheet.scores(ends[0, lefts], starts[1, rights]) + sheet.scores(ends[1, lefts], starts[0, rights])
    stopped = sheet.scores(ends[2, lefts], starts[0, rights])
    square = len(texts), len(texts)
    return (
        (_TELLS * as_is.clip(-_MOST, _MOST)).reshape(square).tolist(),
        (_TELLS * parted.clip(-_MOST_FIGURED, _MOST_FIGURED)).reshape(square).tolist(),
        (_TELLS * stopped.clip(-_MOST, _MOST)).reshape(square).tolist(),
    )
