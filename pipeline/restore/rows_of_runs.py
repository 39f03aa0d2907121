"""Where rows begin and end whose runs are told from left to right: `في الغابة 40 وجد الحارس` for `وجد الحارس 40 في الغابة`.

Of the letters between two figures either all stand on one row, or the first words end a row and the last ones begin another,
full rows between them or none. How the words at each seam go on with each other tells, and that full rows are of
one width: the likeliest rows are found along the page (Viterbi), for the width under which they are likeliest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import BLANK as BLANK_WIDTH
from pipeline.restore.line_widths import word_width
from pipeline.restore.rewriting import BLANK
from pipeline.restore.word_divisions import divisions, with_blanks

# In thirds of a letter's height, as line_widths.py has it.
_WIDTHS = [48.0 * 1.025**k for k in range(32)]
_WIDEST, _REACH, _NEAR = 112.0, 5, 45
# Shares of a width by which full rows are over and under it; log odds: rows that end early, with a stop or without, an unknown seam.
_OVER, _UNDER, _EARLY, _SHORT, _USUAL = 0.03, 0.07, 6.0, 1.6, 1.2
_MOST, _ROOM, _FULL, _HARDLY = 8, 1.04, 0.95, 0.2
_STOPS = frozenset(".؟!:»”")
Numbers = NDArray[np.float64]


class Run(NamedTuple):
    """Characters of one row drawn one after the other; a fixed one is a figure or sign, others may go on into other rows.

    A linked run stands right of the run before, on its row.
    """

    start: int
    end: int
    fixed: bool
    linked: bool


class _Letters:
    """A run of letters and the places at which it may be cut: how dear a cut is, and what stands on both sides of it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        told = text[start:end]
        cuts = {at: cost for at, cost in divisions(told).items() if min(_width(told[:at]), _width(told[at:])) < _WIDEST}
        self.is_empty = start == end
        self.places = [start, *(start + at for at in cuts), end][: 1 if self.is_empty else None]
        self.costs = [0.0, *cuts.values(), 0.0][: len(self.places)]
        inner = [at - start for at in self.places]
        self.heads = [_last_words(told[:at]) for at in inner]
        self.tails = [_first_words(told[at:]) for at in inner]
        self.stops = np.array([told[at - 1 : at] in _STOPS for at in inner])
        self.widths = np.array([_width(told[:at]) for at in inner])

    def gaps(self, width: float) -> Numbers:
        """How unlikely it is that what stands between two cuts is full rows of a width; the last one may be short."""
        apart = self.widths[None, :] - self.widths[:, None]
        rows = np.maximum(np.ceil(apart / width / _ROOM), 1)
        lacking = np.maximum(0, _FULL - apart / width / rows)
        cost = np.minimum(np.where(self.stops, _SHORT, _EARLY)[None, :], (lacking / _UNDER) ** 2 / 2)
        return np.where(apart > 0, cost, math.inf)


def _width(letters: str) -> float:
    return word_width(letters) * (1 + BLANK_WIDTH / 5)


def _last_words(letters: str) -> str:
    words = with_blanks(letters[-_NEAR:]).split()
    return " ".join(words[-_REACH:])


def _first_words(letters: str) -> str:
    return " ".join(with_blanks(letters[:_NEAR]).split()[:_REACH])


class _Chain:
    """Linked runs: letters, and between two of them figures, from left to right; letters stand at both ends, maybe none."""

    def __init__(self, text: str, runs: Sequence[Run]) -> None:
        self.text = text
        self.letters: list[_Letters] = []
        self.figures: list[list[Run]] = []
        for k, run in enumerate(runs):
            if run.fixed and k and runs[k - 1].fixed:
                self.figures[-1].append(run)
                continue
            if run.fixed and not k:
                self.letters.append(_Letters(text, run.start, run.start))
            if run.fixed or (k and not runs[k - 1].fixed):
                self.figures.append([run] if run.fixed else [])
            if not run.fixed:
                self.letters.append(_Letters(text, run.start, run.end))
        if runs[-1].fixed:
            self.letters.append(_Letters(text, runs[-1].end, runs[-1].end))
        told = [[text[run.start : run.end] for run in reversed(found)] for found in self.figures]
        self.told = list(map(" ".join, told))
        self.widths = [sum(map(word_width, figures)) + BLANK_WIDTH * len(figures) for figures in told]


class _Row(NamedTuple):
    """A row: its first and last figures' numbers, the cuts at which it starts in the letters before, and ends in those behind."""

    first: int
    last: int
    start: int
    end: int


def rows_in_order(text: str, runs: Sequence[Run]) -> Iterator[tuple[int, int, list[int]]]:
    """The rows with figures: where each starts and ends, and the order in which its places are read."""
    chains = [_Chain(text, found) for found in _linked(runs) if len(found) > 1]
    if not chains:
        return
    seams = _Seams()
    pages = [_Page(chain, seams, is_first=not number) for number, chain in enumerate(chains)]
    seams.weigh()
    width = _column_width([sum(page.best(width)[0] for page in pages) for width in _WIDTHS])
    for chain, page in zip(chains, pages, strict=True):
        for row in page.best(width)[1]:
            yield _order(chain, row)


def _column_width(scores: Sequence[float]) -> float:
    """The least width that is likelier than those beside it and hardly less likely than any: too wide a column explains nearly all rows."""
    least = max(scores) - _HARDLY * (max(scores) - min(scores))
    padded = (-math.inf, *scores, -math.inf)
    return next(w for w, a, b, c in zip(_WIDTHS, padded, scores, padded[2:], strict=True) if b >= max(a, c, least))


def _linked(runs: Sequence[Run]) -> Iterator[list[Run]]:
    linked: list[Run] = []
    for run in runs:
        if not run.linked and linked:
            yield linked
            linked = []
        linked.append(run)
    yield linked


class _Seams:
    """How well the words on both sides of each possible seam go on with each other: asked for first, weighed in one go."""

    def __init__(self) -> None:
        self._scores: dict[tuple[str, str], float] = {}

    def ask(self, left: str, right: str) -> tuple[str, str]:
        self._scores[left, right] = 0.0
        return left, right

    def weigh(self) -> None:
        asked = list(self._scores)
        self._scores = dict(zip(asked, Fluency().each((left, "", right) for left, right in asked), strict=True))

    def __getitem__(self, seam: tuple[str, str]) -> float:
        return self._scores[seam]


class _Page:
    """The rows of a chain: what each cut and seam says, and the likeliest rows of a width."""

    def __init__(self, chain: _Chain, seams: _Seams, *, is_first: bool) -> None:
        letters, told = chain.letters, chain.told
        self._chain, self._seams, self._is_first = chain, seams, is_first
        self._size = size = len(told)
        self._out = [[seams.ask(told[i], tail) for tail in letters[i].tails] for i in range(size)]
        self._in = [[seams.ask(head, told[j]) for head in letters[j + 1].heads] for j in range(size)]
        self._whole = [(seams.ask(told[k], letters[k].tails[0]), seams.ask(letters[k].heads[-1], told[k - 1])) for k in range(1, size)]
        begins = [told[j] if letters[j + 1].is_empty else letters[j + 1].tails[0] for j in range(size)]
        finishes = [told[i] if letters[i].is_empty else letters[i].heads[-1] for i in range(size)]
        # A heading may be short without a stop.
        self._ends = [finish[-1:] in _STOPS or (is_first and not i) for i, finish in enumerate(finishes)]
        self._rows = [(i, j) for i in range(size) for j in range(i, min(size, i + _MOST)) if self._inner_width(i, j) < _WIDEST]
        self._into = {(i, j): [seams.ask(head, begins[j]) for head in letters[i].heads] for i, j in self._rows}
        self._on = {(i, j): [seams.ask(finishes[i], tail) for tail in letters[j + 1].tails] for i, j in self._rows}
        self._next = {(i, k): seams.ask(finishes[i], begins[k]) for i, j in self._rows for h, k in self._rows if h == j + 1}

    def _inner_width(self, i: int, j: int) -> float:
        """The width of the figures from i to j and of what stands between them."""
        return sum(self._chain.widths[i : j + 1]) + sum(float(found.widths[-1]) for found in self._chain.letters[i + 1 : j + 1])

    def best(self, width: float) -> tuple[float, list[_Row]]:
        """How likely the likeliest rows of the chain are if full rows are so wide, and these."""
        letters = self._chain.letters
        ended: dict[tuple[int, int], Numbers] = {}
        begun: dict[tuple[int, int], Numbers] = {}
        starts: dict[tuple[int, int], NDArray[np.int64]] = {}
        for i, j in self._rows:
            if i and not any(row[1] == i - 1 for row in ended):
                continue
            begun[i, j] = self._begun(i, j, ended, width)
            score = begun[i, j] + self._scores(self._out[i])
            rows = score[:, None] + self._scores(self._in[j])[None, :] + self._widths(i, j, width)
            rows += sum(self._seams[seam] for k in range(i, j) for seam in self._whole[k])
            starts[i, j] = rows.argmax(0)
            ended[i, j] = rows.max(0)
            ended[i, j][~_may_end(letters[j + 1], is_last=j + 1 == self._size)] = -math.inf
        last = {row: scores + self._left(row) for row, scores in ended.items() if row[1] == self._size - 1}
        if not last:
            return 0.0, []
        row = max(last, key=lambda row: float(last[row].max()))
        return float(last[row].max()), self._traced(row, int(last[row].argmax()), starts, ended, width)

    def _scores(self, seams: Sequence[tuple[str, str]]) -> Numbers:
        return np.array([self._seams[seam] for seam in seams])

    def _left(self, row: tuple[int, int]) -> Numbers:
        """What the cuts behind the last row say; nothing that is known follows the last one."""
        found = self._scores(self._on[row]) - self._chain.letters[-1].costs
        found[-1] = _USUAL
        return found

    def _widths(self, i: int, j: int, width: float) -> Numbers:
        before, behind = self._chain.letters[i].widths, self._chain.letters[j + 1].widths
        found = (before[-1] - before)[:, None] + behind[None, :] + self._inner_width(i, j)
        off = found / width - 1
        early = np.minimum(_SHORT if self._ends[i] else _EARLY, (off / _UNDER) ** 2 / 2)
        cost = np.where(off > 0, (off / _OVER) ** 2 / 2, early)
        return np.where(found > _WIDEST, -math.inf, -cost)

    def _begun(self, i: int, j: int, ended: dict[tuple[int, int], Numbers], width: float) -> Numbers:
        """The scores of a row's beginning at each cut of the letters before its first figure, by the best rows before it."""
        letters = self._chain.letters[i]
        found = self._scores(self._into[i, j]) - letters.costs
        if i == 0:
            found -= np.minimum(letters.gaps(width)[0], _SHORT if self._is_first else math.inf)
            found[0] = _USUAL
        else:
            apart, next_ = self._before(i, j, ended, width)
            found = np.maximum(found + apart.max(0), next_)
        found[~_may_start(letters, is_first=i == 0)] = -math.inf
        return found

    def _before(self, i: int, j: int, ended: dict[tuple[int, int], Numbers], width: float) -> tuple[Numbers, Numbers]:
        """The best rows before: those that end at each cut with full rows behind, and those that end where this one starts."""
        costs = np.array(self._chain.letters[i].costs)
        rows = [row for row in ended if row[1] == i - 1]
        apart = np.max([ended[row] + self._scores(self._on[row]) - costs for row in rows], axis=0)
        next_ = np.max([ended[row] + self._seams[self._next[row[0], j]] - costs for row in rows], axis=0)
        return apart[:, None] - self._chain.letters[i].gaps(width), next_

    def _traced(
        self, row: tuple[int, int], end: int, starts: dict[tuple[int, int], NDArray[np.int64]], ended: dict[tuple[int, int], Numbers], width: float
    ) -> list[_Row]:
        """The best rows up to one that ends at a cut."""
        found: list[_Row] = []
        while True:
            (i, j), start = row, int(starts[row][end])
            found.append(_Row(i, j, start, end))
            if i == 0:
                return found[::-1]
            row, end = self._best_before(i, j, start, ended, width)

    def _best_before(self, i: int, j: int, start: int, ended: dict[tuple[int, int], Numbers], width: float) -> tuple[tuple[int, int], int]:
        costs = np.array(self._chain.letters[i].costs)
        into = self._seams[self._into[i, j][start]] - costs[start]
        options: list[tuple[float, tuple[int, int], int]] = []
        for row in ended:
            if row[1] == i - 1:
                apart = ended[row] + self._scores(self._on[row]) - costs + into - self._chain.letters[i].gaps(width)[:, start]
                options.append((float(apart.max()), row, int(apart.argmax())))
                options.append((float(ended[row][start]) + self._seams[self._next[row[0], j]] - costs[start], row, start))
        return max(options)[1:]


def _may_start(letters: _Letters, *, is_first: bool) -> NDArray[np.bool_]:
    found = np.full(len(letters.places), fill_value=True)
    if not letters.is_empty:
        found[-1] = False
        found[0] = is_first
    return found


def _may_end(letters: _Letters, *, is_last: bool) -> NDArray[np.bool_]:
    found = np.full(len(letters.places), fill_value=True)
    if not letters.is_empty:
        found[0] = False
        found[-1] = is_last
    return found


def _order(chain: _Chain, row: _Row) -> tuple[int, int, list[int]]:
    """Where a row starts and ends, and its places in reading order."""
    letters = chain.letters
    pieces = [range(letters[row.last + 1].places[0], letters[row.last + 1].places[row.end])]
    for k in range(row.last, row.first - 1, -1):
        pieces += [range(run.start, run.end) for run in reversed(chain.figures[k])]
        pieces.append(range(letters[k].places[row.start if k == row.first else 0], letters[k].places[-1]))
    order = [BLANK]
    for piece in filter(None, pieces):
        if order[-1] >= 0 and chain.text[order[-1]].isalpha() and chain.text[piece[0]].isalpha():
            order.append(BLANK)
        order += piece
    places = [place for place in order if place >= 0]
    return min(places), max(places) + 1, [*order, BLANK]
