"""In which order the pieces of a paragraph were read whose rows have blanks wide enough to part them: a search over its rows.

Each row is full, or ends a sentence; each piece follows the one before it as the trained scorer says. The lines of one
box come from the top down. Pieces of a word or two have too little context of their own, so the words before count, whatever
pieces they are in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.torn_pieces import Piece
from pipeline.restore.units import STOP, unit_names

SENTENCE_END = re.compile('[.؟!:»”“"]$')
FULL, WHOLE = 0.88, 0.85
_BEAM, _HEAD, _FILLED, _LEAST_ALONE = 150, 6, 1.05, 0.15
_TELLS, _MOST = 0.7, 6.0
# What it costs that a piece goes on in a row, that the second line of a box comes before the first, that a row ends early, with a
# sentence or without.
_IN_ROW, _SECOND, _SHORT, _EARLY = 0.5, 0.5, 2.0, 8.0
_START = (STOP,)
_Key = tuple[tuple[str, ...], int]


class Filling(NamedTuple):
    """Rows of pieces by their numbers, and how much better they read than in the order of printing, in log odds."""

    rows: list[list[int]]
    gain: float


class _State(NamedTuple):
    score: float
    used: int
    width: float
    tail: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


def filling(pieces: Sequence[Piece], column: float) -> Filling:
    """The rows that read best, in a column so wide."""
    return _Search(pieces, column).best()


class _Search:
    """The pieces of a paragraph and how well they go on with what came before them."""

    def __init__(self, pieces: Sequence[Piece], column: float) -> None:
        self._pieces = pieces
        self._widths = [piece.width / column for piece in pieces]
        self._units = [tuple(unit_names(piece.text)) for piece in pieces]
        self._ends = [SENTENCE_END.search(piece.text) is not None for piece in pieces]
        self._fits: dict[_Key, float] = {}
        self._boxes: dict[int, list[int]] = {}
        for number, piece in enumerate(pieces):
            self._boxes.setdefault(piece.box, []).append(number)

    def best(self) -> Filling:
        states = [_State(0.0, 0, 0.0, _START, ())]
        for _ in self._pieces:
            wanted = [(state, number, cost) for state in states for number, cost in self._next(state.used)]
            self._score({(state.tail, number) for state, number, _ in wanted})
            grown: dict[tuple[object, ...], _State] = {}
            for one in (one for state, number, cost in wanted for one in self._grown(state, number, cost)):
                key = one.used, one.rows[-1][-1], round(one.width, 2), one.tail
                if key not in grown or grown[key].score < one.score:
                    grown[key] = one
            states = sorted(grown.values(), key=lambda state: -state.score)[:_BEAM]
        found = states[0]
        path = [number for row in found.rows for number in row]
        return Filling([list(row) for row in found.rows], self._fit_of(path) - self._fit_of(range(len(self._pieces))))

    def _next(self, used: int) -> Iterator[tuple[int, float]]:
        """The pieces that may come next: the first one left of each box, and the second, which may stand in the same row."""
        for numbers in self._boxes.values():
            left = [number for number in numbers if not used >> number & 1]
            yield from ((number, _SECOND * k) for k, number in enumerate(left[:2]))

    def _grown(self, state: _State, number: int, cost: float) -> Iterator[_State]:
        """The state with one more piece: in its row, and in a new one."""
        width, used = self._widths[number], state.used | 1 << number
        score = state.score + self._fits[state.tail, number] - cost
        tail = (state.tail + self._units[number])[-REACH:]
        if state.rows and state.width + width <= _FILLED:
            yield _State(score - _IN_ROW, used, state.width + width, tail, (*state.rows[:-1], (*state.rows[-1], number)))
        early = self._cost_of_ending(state.rows[-1], state.width, len(state.rows)) if state.rows else 0.0
        yield _State(score - early, used, width, tail, (*state.rows, (number,)))

    def _cost_of_ending(self, row: Sequence[int], width: float, count: int) -> float:
        """What it costs that a row ends and another follows: nothing for a full one or a title, little at a sentence's end."""
        title = count == 1 and len(row) == 1 and len(self._boxes[self._pieces[row[0]].box]) == 1 and width > _LEAST_ALONE
        if width > FULL or title:
            return 0.0
        return _SHORT if self._ends[row[-1]] else _EARLY

    def _fit_of(self, path: Iterable[int]) -> float:
        """How well pieces go on with each other in an order, all in all."""
        tail: tuple[str, ...] = _START
        keys = []
        for number in path:
            keys.append((tail, number))
            tail = (tail + self._units[number])[-REACH:]
        self._score(set(keys))
        return sum(self._fits[key] for key in keys)

    def _score(self, wanted: set[_Key]) -> None:
        """How well pieces go on from the words before them, for those pairs that are new."""
        keys = sorted(wanted - self._fits.keys())
        if not keys:
            return
        numbers = {PAD: 0}
        row = [0] * REACH
        ends: dict[tuple[str, ...], int] = {}
        starts: dict[int, int] = {}
        for tail, number in keys:
            if tail not in ends:
                row += [numbers.setdefault(name, len(numbers)) for name in tail]
                ends[tail] = len(row)
                row += [0] * REACH
            if number not in starts:
                starts[number] = len(row)
                row += [*(numbers.setdefault(name, len(numbers)) for name in self._units[number][:_HEAD]), *[0] * REACH]
        sheet = Junctions.load().sheet(list(numbers), row, doubtful=True)
        found = sheet.scores(np.array([ends[tail] for tail, _ in keys]), np.array([starts[number] for _, number in keys]))
        self._fits.update(zip(keys, (_TELLS * found.clip(-_MOST, _MOST)).tolist(), strict=True))
