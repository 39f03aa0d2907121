"""How well text continues from one place to another: the trained scorer of junctions.

A junction is the last few units on the left of a gap and the first few on its right. The score is a log odds: high
where the two belong together, low where they only happen to stand side by side. It was trained to find, among all
places where a line could have begun, the true one (builder: pipeline/lexicon/build/junctions.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.characters import fold_alef
from pipeline.restore.language_model import unpack
from pipeline.restore.stand_ins import stand_ins
from pipeline.restore.word_pairs import NO_PAIRS, Codes, LocalPairs, WordPairs, code

REACH = 4
PAD, UNKNOWN = "", "\0"
"""Beyond the edge of a text, and a unit of which nothing is known."""
AFFIX = 3
Vectors = NDArray[np.float32]
Numbers = NDArray[np.float32]
CORPUS_WORDS = 1.025e7
PAIR_FEATURES = 4
COMMON_SCALE = 16
MOST_REMEMBERED, MOST_PROJECTED, MOST_AT_ONCE = 50_000, 6_000, 16_384
_ONE_THREAD, _BLOCK = 4 * 65536, 2048
_USUAL, _CODE = 3, 4
_LAYERS = ("bias", "hidden", "hidden_bias", "out", "out_bias", "pair_hidden", "pair_out")


Positions = NDArray[np.int64]


class Side(NamedTuple):
    """One side of many gaps: the distinct contexts' projections in two parts, and for each gap the row of its context.

    The sum of the first parts of both sides enters the hidden layer, the product of the second ones is agreement. `codes`
    and `common` are code and log frequency of the unit that touches each gap.
    """

    hidden: Vectors
    agreeing: Vectors
    rows: Positions
    codes: Codes
    common: Numbers


class Junctions:
    """Scores junctions between places of a sheet: units in one long row, REACH PADs or more between unrelated texts."""

    def __init__(self, weights: dict[str, Any], names: Sequence[list[str]], pairs: WordPairs) -> None:
        self._rows, self._prefixes, self._suffixes = ({name: row for row, name in enumerate(listed)} for listed in names)
        self._tables = [_scaled(weights, name) for name in ("words", "prefixes", "suffixes")]
        self._sides = tuple(_blocks(_by_unit(weights[side].astype(np.float32))) for side in ("left", "right"))
        self._common = weights["common"].astype(np.float32) / COMMON_SCALE
        # Rows after each other, whatever order they are stored in: OpenBLAS multiplies those more than twice as fast.
        self._w = {name: np.asarray(weights[name], dtype=np.float32, order="C") for name in _LAYERS}
        self._hidden = _blocks(self._w["hidden"])
        self.width = len(self._w["bias"])
        self._pairs = pairs
        self._names = _Names(self._found, self._projected, weights["left"].shape[1])

    @staticmethod
    @cache
    def load() -> Junctions:
        """The shipped scorer (about 3 MB of weights) and the table of word pairs."""
        with np.load(io.BytesIO(unpack("junctions.bin"))) as stored:
            weights = dict(stored)
        names = [weights.pop(f"{name}_names").tobytes().decode().split("\n") for name in ("words", "prefixes", "suffixes")]
        return Junctions(weights, names, WordPairs.load())

    def sheet(self, names: Sequence[str], row: Sequence[int], local: LocalPairs = NO_PAIRS, *, doubtful: bool = False) -> Sheet:
        """A row of units, given as numbers of names; `local` are the pairs of their document.

        In `doubtful` text contexts may end where the text goes on in a way that is not known, and rare names are to tell, too: for
        a rare name a common one stands in, for what lies beyond a context a unit of which nothing is known.
        """
        known, others = list(names), None
        if doubtful:
            listed = stand_ins()
            standing_in = {PAD: UNKNOWN, **{name: listed[name] for name in names if name in listed}}
            known = list(dict.fromkeys([*names, *standing_in.values()]))
            numbers = {name: k for k, name in enumerate(known)}
            others = np.array([numbers[standing_in.get(name, name)] for name in known])
        told, projections = self._names.projected(known)
        return Sheet(self, told[:, _CODE].astype(np.uint64), self._common[told[:, _USUAL]], projections, np.asarray(row), others, local)

    def local_pairs(self, lines: Sequence[Sequence[str]]) -> LocalPairs:
        """The pairs of units that stand side by side in the lines of a document."""
        numbers = self._names.rows([name for line in lines for name in (*line, PAD)])[:, _CODE].astype(np.uint64)
        return LocalPairs(numbers[:-1], numbers[1:])

    def scores(self, left: Side, right: Side, here: Numbers) -> Numbers:
        """Scores of the gaps between two sides, whose units were seen side by side `here` so many times."""
        seen = self._seen(left, right, here)
        # In blocks that stay in the processor's cache: lines with many readings ask for very many junctions.
        blocks = [slice(at, at + _BLOCK) for at in range(0, len(seen), _BLOCK)]
        found = [self._scored(left, left.rows[block], right, right.rows[block], seen[block]) for block in blocks]
        return np.concatenate(found) if found else np.empty(0, dtype=np.float32)

    def _scored(self, left: Side, left_rows: Positions, right: Side, right_rows: Positions, seen: Numbers) -> Numbers:
        w = self._w
        first = left.hidden.take(left_rows, axis=0)
        first += right.hidden.take(right_rows, axis=0)
        first += w["bias"]
        _rectify(first)
        second = _times(first, self._hidden)
        second += w["hidden_bias"]
        second += seen @ w["pair_hidden"]
        _rectify(second)
        agreement = left.agreeing.take(left_rows, axis=0)
        agreement *= right.agreeing.take(right_rows, axis=0)
        found: Numbers = second @ w["out"] + w["out_bias"] + seen @ w["pair_out"] + agreement.sum(-1)
        return found

    def _seen(self, left: Side, right: Side, here: Numbers) -> Numbers:
        """How often the two units that meet were seen side by side, beyond chance, and in this document."""
        count = self._pairs.log_counts(left.codes, right.codes)
        chance = np.log(CORPUS_WORDS) - left.common - right.common
        known = count > 0
        seen = np.empty((len(count), PAIR_FEATURES), dtype=np.float32)
        seen[:, 0] = count / 4
        seen[:, 1] = np.where(known, count + chance, 0) / 5
        seen[:, 2] = np.where(known, 0, np.minimum(0, chance)) / 5
        seen[:, 3] = np.log1p(here)
        return seen

    def _projected(self, told: NDArray[np.int64]) -> Vectors:
        """What units add to a context on either side of a gap, at each distance from it (units × 2 REACH × width)."""
        words, prefixes, suffixes = self._tables
        row, head, tail, *_ = told.T
        vectors: Vectors = words[row]
        vectors += prefixes[head]
        vectors += suffixes[tail]
        return np.concatenate([_times(vectors, side).reshape(len(told), REACH, -1) for side in self._sides], axis=1)

    def _found(self, name: str) -> tuple[int, int, int, int, int]:
        """A unit's rows in the tables of words, prefixes, suffixes and frequencies, and its code."""
        unknown, no_prefix, no_suffix = (len(table) - 1 for table in self._tables)
        folded, row = fold_alef(name), self._rows.get(name)
        head, tail = self._prefixes.get(folded[:AFFIX], no_prefix), self._suffixes.get(folded[-AFFIX:], no_suffix)
        return (unknown, head, tail, -1, code(name)) if row is None else (row, head, tail, row, code(name))


class _Names(dict[str, int]):
    """Units that were met, looked up at C speed: a row of what was `found` of each, and the projections of those last scored."""

    def __init__(self, found: Callable[[str], tuple[int, ...]], projected: Callable[[NDArray[np.int64]], Vectors], width: int) -> None:
        self._found, self._project, self._width = found, projected, width
        self._told, self._slots = np.empty((MOST_REMEMBERED, _CODE + 1), dtype=np.int64), np.full(MOST_REMEMBERED, -1)
        self._projections = self._room(0)

    def __missing__(self, name: str) -> int:
        place = len(self)
        if place == len(self._told):
            self._told = np.concatenate([self._told, np.empty_like(self._told)])
            self._slots = np.concatenate([self._slots, np.full_like(self._slots, -1)])
        self._told[place] = self._found(name)
        self[name] = place
        return place

    def rows(self, names: Sequence[str]) -> NDArray[np.int64]:
        """A row of numbers for each unit."""
        return self._told[self._places(names)]

    def projected(self, names: Sequence[str]) -> tuple[NDArray[np.int64], Projections]:
        """The same for distinct units, and their projections."""
        places = self._places(names)
        fresh = places[self._slots[places] < 0]
        if self._filled + len(fresh) > len(self._projections):
            self._projections = self._room(max(MOST_PROJECTED, len(names)))
            fresh = places
        if len(fresh):
            slots = np.arange(self._filled, self._filled + len(fresh))
            self._projections[slots] = self._project(self._told[fresh])
            self._slots[fresh] = slots
            self._filled += len(fresh)
        return self._told[places], Projections(self._projections, self._slots[places])

    def _places(self, names: Sequence[str]) -> NDArray[np.int64]:
        if len(self) > MOST_REMEMBERED:
            self.clear()
            self._projections = self._room(0)
        return np.fromiter(map(self.__getitem__, names), np.int64, len(names))

    def _room(self, size: int) -> Vectors:
        """An array for so many projections, none of which is known yet; sheets in use keep the one that they have."""
        self._slots[:] = -1
        self._filled = 0
        return np.empty((size, 2 * REACH, self._width), dtype=np.float32)


class Projections(NamedTuple):
    """Projections of many units, and which of them those of a sheet have."""

    all: Vectors
    slots: NDArray[np.int64]

    def of(self, windows: Sequence[Positions], left: bool) -> Vectors:
        """What the units of contexts on one side of a gap, given nearest first as numbers of the sheet's, add up to."""
        flat = self.all.reshape(-1, self.all.shape[-1])
        rows = self.slots * (2 * REACH) + (0 if left else REACH)
        added: Vectors = flat.take(rows[windows[0]], axis=0)
        for k in range(1, REACH):
            added += flat.take(rows[windows[k]] + k, axis=0)
        return added


class Sheet:
    """Text laid out for scoring. A place stands between two units: the left context ends and the right one begins there.

    `others` has for each unit the one that stands in for it, mostly itself (None: none does). Where a context has a stand-in, the score is the mean
    of those with and without it: so more lines come out right than in either way (measured).
    """

    def __init__(
        self,
        junctions: Junctions,
        codes: Codes,
        common: Numbers,
        projections: Projections,
        row: Positions,
        others: Positions | None,
        local: LocalPairs,
    ) -> None:
        self._junctions, self._codes, self._common, self._projections = junctions, codes, common, projections
        self._row, self._row_codes, self._size = row, codes[row], len(row)
        self._local = local
        self._renamed: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None
        if others is not None:
            other = others[row]
            stands_in = np.concatenate([[0], np.cumsum(other != row)])
            places = np.arange(self._size + 1)
            reached = np.maximum(places - REACH, 0), np.minimum(places + REACH, self._size)
            self._renamed = stands_in[places] > stands_in[reached[0]], stands_in[reached[1]] > stands_in[places]
            # The row with stand-ins lies behind the row itself, so that both are scored in one go.
            self._row = np.concatenate([row, other])

    def scores(self, lefts: Positions, rights: Positions, own: Numbers | int = 0) -> Numbers:
        """How well the text before each of `lefts` goes on with the text after the place beside it in `rights`.

        `own` says how often the document has the two units side by side only because the place itself was counted.
        """
        here = np.maximum(self._local.times(self._row_codes[lefts - 1], self._row_codes[rights]) - own, 0)
        if self._renamed is None:
            return self._scored(lefts, rights, here)
        renamed = np.flatnonzero(self._renamed[0][lefts] | self._renamed[1][rights])
        both = [np.concatenate([places, places[renamed] + self._size]) for places in (lefts, rights)]
        found, others = np.split(self._scored(both[0], both[1], np.concatenate([here, here[renamed]])), [len(lefts)])
        found[renamed] = (found[renamed] + others) / 2
        return found

    def _scored(self, lefts: Positions, rights: Positions, here: Numbers) -> Numbers:
        # In parts: the contexts of a long document's gaps would fill the memory.
        parts = [slice(at, at + MOST_AT_ONCE) for at in range(0, max(len(lefts), 1), MOST_AT_ONCE)]
        sides = ((self._side(lefts[part], left=True), self._side(rights[part], left=False), here[part]) for part in parts)
        return np.concatenate([self._junctions.scores(*side) for side in sides])

    def _side(self, places: Positions, left: bool) -> Side:
        """One side of gaps at places, each place looked at once."""
        row = self._row
        rows = np.zeros(len(row) + 1, dtype=np.int64)
        rows[places] = 1
        distinct = np.flatnonzero(rows)
        rows[distinct] = np.arange(len(distinct))
        windows = [row[distinct - 1 - k] if left else row[distinct + k] for k in range(REACH)]
        contexts, width = self._projections.of(windows, left), self._junctions.width
        hidden, agreeing = np.ascontiguousarray(contexts[:, :width]), np.ascontiguousarray(contexts[:, width:])
        touching = row[places - 1 if left else places]
        return Side(hidden, agreeing, rows[places], self._codes[touching], self._common[touching])


def _by_unit(weights: Vectors) -> Vectors:
    """Weights of REACH units after each other as weights of one unit, at each of its places after each other."""
    size, width = len(weights) // REACH, weights.shape[1]
    return np.ascontiguousarray(weights.reshape(REACH, size, width).transpose(1, 0, 2).reshape(size, REACH * width))


class _Block(NamedTuple):
    """Weights outside of which their rows and columns have none: one of two networks side by side. `columns` are runs of them."""

    rows: slice
    columns: list[slice]
    weights: Vectors


def _blocks(weights: Vectors) -> list[_Block]:
    """The two halves of rows and the columns that each one fills, where none is filled by both; else one block."""
    half = len(weights) // 2
    first, second = (weights[rows].any(axis=0) for rows in (slice(half), slice(half, None)))
    if bool((first & second).any()):
        return [_Block(slice(None), [slice(0, weights.shape[1])], weights)]
    return [
        _Block(rows, _runs(np.asarray(filled)), np.ascontiguousarray(weights[rows][:, filled]))
        for rows, filled in ((slice(half), ~second), (slice(half, None), second))
    ]


def _runs(filled: NDArray[np.bool_]) -> list[slice]:
    edges = np.flatnonzero(np.diff(filled, prepend=False, append=False)).tolist()
    return [slice(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _times(rows: Vectors, blocks: Sequence[_Block]) -> Vectors:
    """rows @ the weights that the blocks make up."""
    found = np.empty((len(rows), sum(block.weights.shape[1] for block in blocks)), dtype=np.float32)
    for block in blocks:
        part = _product(rows[:, block.rows], block.weights)
        at = 0
        for run in block.columns:
            found[:, run] = part[:, at : at + run.stop - run.start]
            at += run.stop - run.start
    return found


def _rectify(numbers: Vectors) -> None:
    """The greater of each number and 0, in place: numpy compares with two limits three times as fast as with one."""
    np.clip(numbers, 0, np.inf, out=numbers)


def _product(rows: Vectors, weights: Vectors) -> Vectors:
    """rows @ weights in blocks so small that OpenBLAS starts no threads, which cost tenfold on a busy machine."""
    size, (depth, width) = max(1, _ONE_THREAD // weights.size), weights.shape
    whole = len(rows) - len(rows) % size
    found = np.empty((len(rows), width), dtype=np.float32)
    np.matmul(rows[:whole].reshape(-1, size, depth), weights, out=found[:whole].reshape(-1, size, width))
    # A row by itself would be multiplied in another way, with another last digit.
    rest = np.concatenate([rows[whole:], np.zeros((1, depth), dtype=np.float32)])
    found[whole:] = (rest @ weights)[:-1]
    return found


def _scaled(weights: dict[str, Any], name: str) -> Vectors:
    table: Vectors = weights[name].astype(np.float32) * weights[f"{name}_scale"]
    return table
