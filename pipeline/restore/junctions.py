"""How well text continues from one place to another: the trained scorer of junctions.

A junction is the last few units on the left of a gap and the first few on its right. The score is a log odds: high
where the two belong together, low where they only happen to stand side by side. It was trained to find, among all
places where a line could have begun, the true one (builder: pipeline/lexicon/build/junctions.py).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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
        self._seen_names: dict[str, tuple[int, int, int, int, int]] = {}

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
        row = [name for line in lines for name in (*line, PAD)]
        numbers = np.array([self._found(name)[-1] for name in row], dtype=np.uint64)
        return LocalPairs(numbers[:-1], numbers[1:])

    def side(self, embedded: Side, windows: Positions, left: bool) -> Side:
        """Contexts whose units (n × REACH rows of the embedded names), nearest to the gap first, are given."""
        weights = self._left if left else self._right
        projected = _times(embedded.vectors[windows].reshape(len(windows), -1), weights)
        return Side(projected, embedded.codes[windows[:, 0]], embedded.common[windows[:, 0]])

    def scores(self, left: Side, right: Side, here: Numbers) -> Numbers:
        """Scores of paired contexts, seen `here` so many times; the two sides broadcast against each other."""
        width = self._width
        w = self._w
        seen = self._seen(left, right, here)
        first = np.maximum(left.vectors[..., :width] + right.vectors[..., :width] + w["bias"], 0)
        hidden = _times(first.reshape(-1, width), w["hidden"]).reshape(*first.shape[:-1], -1)
        second = np.maximum(hidden + w["hidden_bias"] + seen @ w["pair_hidden"], 0)
        agreement = (left.vectors[..., width:] * right.vectors[..., width:]).sum(-1)
        found: Numbers = second @ w["out"] + w["out_bias"] + seen @ w["pair_out"] + agreement
        return found

    def _seen(self, left: Side, right: Side, here: Numbers) -> Numbers:
        """How often the two units that meet were seen side by side, beyond chance, and in this document."""
        count = self._pairs.log_counts(left.codes, right.codes)
        chance = np.log(CORPUS_WORDS) - left.common - right.common
        known = count > 0
        beyond, missed = np.where(known, count + chance, 0), np.where(known, 0, np.minimum(0, chance))
        return np.stack([count / 4, beyond / 5, missed / 5, np.log1p(here)], -1).astype(np.float32)

    def embed(self, names: Sequence[str]) -> Side:
        """Vectors, codes and log frequencies of units."""
        words, prefixes, suffixes = self._tables
        rows, head, tail, usual, numbers = zip(*map(self._found, names), strict=True)
        vectors: Vectors = words[list(rows)]
        vectors += prefixes[list(head)]
        vectors += suffixes[list(tail)]
        return Side(vectors, np.array(numbers, dtype=np.uint64), self._common[list(usual)])

    def _found(self, name: str) -> tuple[int, int, int, int, int]:
        """A unit's rows in the tables of words, prefixes, suffixes and frequencies, and its code; remembered."""
        found = self._seen_names.get(name)
        if found is None:
            if len(self._seen_names) > MOST_REMEMBERED:
                self._seen_names.clear()
            unknown, no_prefix, no_suffix = (len(table) - 1 for table in self._tables)
            folded, row = fold_alef(name), self._rows.get(name)
            head, tail = self._prefixes.get(folded[:AFFIX], no_prefix), self._suffixes.get(folded[-AFFIX:], no_suffix)
            rows = (unknown, head, tail, -1) if row is None else (row, head, tail, row)
            found = self._seen_names[name] = (*rows, code(name))
        return found


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
        left_places, left_rows = np.unique(lefts, return_inverse=True)
        right_places, right_rows = np.unique(rights, return_inverse=True)
        left, right = self._side(left_places, left=True), self._side(right_places, left=False)
        return self._scores(left.take(left_rows), right.take(right_rows), own)

    def grid(self, lefts: Positions, rights: Positions) -> Numbers:
        """Scores of all pairs, a row for each of `lefts`."""
        left, right = self._side(lefts, left=True), self._side(rights, left=False)
        return self._scores(left.take((slice(None), None)), right.take((None,)), 0)

    def _scores(self, left: Side, right: Side, own: Numbers | int) -> Numbers:
        here = np.maximum(self._local.times(left.codes, right.codes) - own, 0)
        return self._junctions.scores(left, right, here)

    def _side(self, places: Positions, left: bool) -> Side:
        reach = np.arange(REACH)
        windows = self._row[places[:, None] - 1 - reach] if left else self._row[places[:, None] + reach]
        return self._junctions.side(self._embedded, windows, left)


def _times(rows: Vectors, weights: Vectors) -> Vectors:
    """rows @ weights in blocks so small that OpenBLAS starts no threads, which cost tenfold on a busy machine."""
    block = max(1, _ONE_THREAD // weights.size)
    padded = np.zeros((-(-len(rows) // block) * block, rows.shape[1]), dtype=np.float32)
    padded[: len(rows)] = rows
    product = padded.reshape(-1, block, rows.shape[1]) @ weights
    found: Vectors = product.reshape(len(padded), -1)[: len(rows)]
    return found


def _scaled(weights: dict[str, Any], name: str) -> Vectors:
    table: Vectors = weights[name].astype(np.float32) * weights[f"{name}_scale"]
    return table
