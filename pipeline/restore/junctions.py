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

from pipeline.restore.language_model import unpack
from pipeline.restore.word_pairs import NO_PAIRS, Codes, LocalPairs, WordPairs, code

REACH = 4
PAD = ""
AFFIX = 3
Vectors = NDArray[np.float32]
Numbers = NDArray[np.float32]
CORPUS_WORDS = 1.025e7
PAIR_FEATURES = 4
COMMON_SCALE = 16
MOST_REMEMBERED = 50_000
_ONE_THREAD = 4 * 65536
_CODE = 4
_LAYERS = ("bias", "hidden", "hidden_bias", "out", "out_bias", "pair_hidden", "pair_out")
_FOLD = str.maketrans("أإآ", "ااا")


Positions = NDArray[np.int64]


class Side(NamedTuple):
    """Contexts on one side of a gap: projections, and code and log frequency of the unit that touches the gap."""

    vectors: Vectors
    codes: Codes
    common: Numbers

    def take(self, key: Any) -> Side:
        """The contexts that an index picks, as numpy indexes its first axis."""
        return Side(self.vectors[key], self.codes[key], self.common[key])


class Junctions:
    """Scores junctions between places of a sheet: units in one long row, REACH PADs or more between unrelated texts."""

    def __init__(self, weights: dict[str, Any], names: Sequence[list[str]], pairs: WordPairs) -> None:
        self._rows, self._prefixes, self._suffixes = ({name: row for row, name in enumerate(listed)} for listed in names)
        self._tables = [_scaled(weights, name) for name in ("words", "prefixes", "suffixes")]
        self._left, self._right = weights["left"].astype(np.float32), weights["right"].astype(np.float32)
        self._common = weights["common"].astype(np.float32) / COMMON_SCALE
        self._w = {name: weights[name].astype(np.float32) for name in _LAYERS}
        self._width = len(self._w["bias"])
        self._pairs = pairs
        self._names = _Names(self._found)

    @staticmethod
    @cache
    def load() -> Junctions:
        """The shipped scorer (about 3 MB of weights) and the table of word pairs."""
        with np.load(io.BytesIO(unpack("junctions.bin"))) as stored:
            weights = dict(stored)
        names = [weights.pop(f"{name}_names").tobytes().decode().split("\n") for name in ("words", "prefixes", "suffixes")]
        return Junctions(weights, names, WordPairs.load())

    def sheet(self, names: Sequence[str], row: Sequence[int], local: LocalPairs = NO_PAIRS) -> Sheet:
        """A row of units, given as numbers of names; `local` are the pairs of their document."""
        return Sheet(self, names, np.asarray(row), local)

    def local_pairs(self, lines: Sequence[Sequence[str]]) -> LocalPairs:
        """The pairs of units that stand side by side in the lines of a document."""
        numbers = self._names.rows([name for line in lines for name in (*line, PAD)])[:, _CODE].astype(np.uint64)
        return LocalPairs(numbers[:-1], numbers[1:])

    def side(self, embedded: Side, windows: Positions, left: bool) -> Side:
        """Contexts whose units (n × REACH rows of the embedded names), nearest to the gap first, are given."""
        weights = self._left if left else self._right
        touching = windows[:, 0]
        # Filled up with any unit to whole blocks, of which a product is made.
        filled = np.zeros((_whole_blocks(len(windows), weights), REACH), dtype=np.int64)
        filled[: len(windows)] = windows
        projected = _times(embedded.vectors[filled].reshape(len(filled), -1), weights)[: len(windows)]
        return Side(projected, embedded.codes[touching], embedded.common[touching])

    def scores(self, left: Side, right: Side, here: Numbers) -> Numbers:
        """Scores of paired contexts, seen `here` so many times."""
        width = self._width
        w = self._w
        seen = self._seen(left, right, here)
        first = left.vectors[:, :width] + right.vectors[:, :width]
        first += w["bias"]
        np.maximum(first, 0, out=first)
        second = _times(first, w["hidden"])
        second += w["hidden_bias"]
        second += seen @ w["pair_hidden"]
        np.maximum(second, 0, out=second)
        agreement = (left.vectors[:, width:] * right.vectors[:, width:]).sum(-1)
        found: Numbers = second @ w["out"] + w["out_bias"] + seen @ w["pair_out"] + agreement
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

    def embed(self, names: Sequence[str]) -> Side:
        """Vectors, codes and log frequencies of units."""
        words, prefixes, suffixes = self._tables
        row, head, tail, usual, numbers = self._names.rows(names).T
        vectors: Vectors = words[row]
        vectors += prefixes[head]
        vectors += suffixes[tail]
        return Side(vectors, numbers.astype(np.uint64), self._common[usual])

    def _found(self, name: str) -> tuple[int, int, int, int, int]:
        """A unit's rows in the tables of words, prefixes, suffixes and frequencies, and its code."""
        unknown, no_prefix, no_suffix = (len(table) - 1 for table in self._tables)
        folded, row = fold_alef(name), self._rows.get(name)
        head, tail = self._prefixes.get(folded[:AFFIX], no_prefix), self._suffixes.get(folded[-AFFIX:], no_suffix)
        return (unknown, head, tail, -1, code(name)) if row is None else (row, head, tail, row, code(name))


class _Names(dict[str, int]):
    """What `found` tells of units, remembered as rows of one array: looked up at C speed."""

    def __init__(self, found: Callable[[str], tuple[int, ...]]) -> None:
        self._found = found
        self._told = np.empty((MOST_REMEMBERED, _CODE + 1), dtype=np.int64)

    def __missing__(self, name: str) -> int:
        place = len(self)
        if place == len(self._told):
            self._told = np.concatenate([self._told, np.empty_like(self._told)])
        self._told[place] = self._found(name)
        self[name] = place
        return place

    def rows(self, names: Sequence[str]) -> NDArray[np.int64]:
        """A row of numbers for each unit."""
        if len(self) > MOST_REMEMBERED:
            self.clear()
        return self._told[list(map(self.__getitem__, names))]


def fold_alef(name: str) -> str:
    """Hamza on alef is often left out; affixes are told apart without it."""
    return name.translate(_FOLD)


class Sheet:
    """Text laid out for scoring. A place stands between two units: the left context ends and the right one begins there."""

    def __init__(self, junctions: Junctions, names: Sequence[str], row: Positions, local: LocalPairs) -> None:
        self._junctions = junctions
        self._embedded = junctions.embed(names)
        self._row = row
        self._local = local

    def scores(self, lefts: Positions, rights: Positions, own: Numbers | int = 0) -> Numbers:
        """How well the text before each of `lefts` goes on with the text after the place beside it in `rights`.

        `own` says how often the document has the two units side by side only because the place itself was counted.
        """
        left, right = self._side(lefts, left=True), self._side(rights, left=False)
        here = np.maximum(self._local.times(left.codes, right.codes) - own, 0)
        return self._junctions.scores(left, right, here)

    def _side(self, places: Positions, left: bool) -> Side:
        """The contexts at places, each place looked at once."""
        rows = np.zeros(len(self._row) + 1, dtype=np.int64)
        rows[places] = 1
        distinct = np.flatnonzero(rows)
        rows[distinct] = np.arange(len(distinct))
        reach = np.arange(REACH)
        windows = self._row[distinct[:, None] - 1 - reach] if left else self._row[distinct[:, None] + reach]
        return self._junctions.side(self._embedded, windows, left).take(rows[places])


def _times(rows: Vectors, weights: Vectors) -> Vectors:
    """rows @ weights in blocks so small that OpenBLAS starts no threads, which cost tenfold on a busy machine."""
    padded = rows
    if len(rows) != (whole := _whole_blocks(len(rows), weights)):
        padded = np.zeros((whole, rows.shape[1]), dtype=np.float32)
        padded[: len(rows)] = rows
    product = padded.reshape(-1, _block(weights), rows.shape[1]) @ weights
    found: Vectors = product.reshape(len(padded), -1)[: len(rows)]
    return found


def _block(weights: Vectors) -> int:
    return max(1, _ONE_THREAD // weights.size)


def _whole_blocks(rows: int, weights: Vectors) -> int:
    """So many rows or a few more, the last block being filled up."""
    return -(-rows // _block(weights)) * _block(weights)


def _scaled(weights: dict[str, Any], name: str) -> Vectors:
    table: Vectors = weights[name].astype(np.float32) * weights[f"{name}_scale"]
    return table
