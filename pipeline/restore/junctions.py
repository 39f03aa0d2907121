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
from pipeline.restore.word_pairs import Codes, WordPairs, codes

REACH = 4
PAD = ""
AFFIX = 3
Context = tuple[str, ...]
Vectors = NDArray[np.float32]
Numbers = NDArray[np.float32]
CORPUS_WORDS = 1.025e7
COMMON_SCALE = 16
_LAYERS = ("bias", "hidden", "hidden_bias", "out", "out_bias", "pair_hidden", "pair_out")
_FOLD = str.maketrans("أإآ", "ااا")


class Side(NamedTuple):
    """Contexts on one side of a gap: projections, and code and log frequency of the unit that touches the gap."""

    vectors: Vectors
    codes: Codes
    common: Numbers

    def take(self, key: Any) -> Side:
        """The contexts that an index picks, as numpy indexes its first axis."""
        return Side(self.vectors[key], self.codes[key], self.common[key])


class Junctions:
    """Scores junctions; a context lists REACH units, the nearest to the gap first, PAD beyond the text's edge."""

    def __init__(self, weights: dict[str, Any], words: list[str], prefixes: list[str], suffixes: list[str], pairs: WordPairs) -> None:
        self._rows = {name: row for row, name in enumerate(words)}
        self._prefixes = {name: row for row, name in enumerate(prefixes)}
        self._suffixes = {name: row for row, name in enumerate(suffixes)}
        self._tables = [_scaled(weights, name) for name in ("words", "prefixes", "suffixes")]
        self._left, self._right = weights["left"].astype(np.float32), weights["right"].astype(np.float32)
        self._common = weights["common"].astype(np.float32) / COMMON_SCALE
        self._w = {name: weights[name].astype(np.float32) for name in _LAYERS}
        self._width = len(self._w["bias"])
        self._pairs = pairs

    @staticmethod
    @cache
    def load() -> Junctions:
        """The shipped scorer (about 3 MB of weights) and the table of word pairs."""
        with np.load(io.BytesIO(unpack("junctions.bin"))) as stored:
            weights = dict(stored)
        names = [weights.pop(f"{name}_names").tobytes().decode().split("\n") for name in ("words", "prefixes", "suffixes")]
        return Junctions(weights, *names, WordPairs.load())

    def lefts(self, contexts: Sequence[Context]) -> Side:
        """Contexts on the left of a gap."""
        return self._side(contexts, self._left)

    def rights(self, contexts: Sequence[Context]) -> Side:
        """Contexts on the right of a gap."""
        return self._side(contexts, self._right)

    def scores(self, left: Side, right: Side) -> Numbers:
        """Scores of paired contexts; the two sides broadcast against each other."""
        width = self._width
        w = self._w
        seen = self._seen(left, right)
        first = np.maximum(left.vectors[..., :width] + right.vectors[..., :width] + w["bias"], 0)
        second = np.maximum(first @ w["hidden"] + w["hidden_bias"] + seen @ w["pair_hidden"], 0)
        agreement = (left.vectors[..., width:] * right.vectors[..., width:]).sum(-1)
        found: Numbers = second @ w["out"] + w["out_bias"] + seen @ w["pair_out"] + agreement
        return found

    def _seen(self, left: Side, right: Side) -> Numbers:
        """How often the two units that meet were seen side by side, and beyond chance."""
        count = self._pairs.log_counts(left.codes, right.codes)
        chance = np.log(CORPUS_WORDS) - left.common - right.common
        known = count > 0
        return np.stack([count / 4, np.where(known, count + chance, 0) / 5, np.where(known, 0, np.minimum(0, chance)) / 5], -1).astype(np.float32)

    def _side(self, contexts: Sequence[Context], weights: Vectors) -> Side:
        if not contexts:
            return Side(np.empty((0, weights.shape[1]), dtype=np.float32), np.empty(0, np.uint64), np.empty(0, np.float32))
        names = list(dict.fromkeys(name for context in contexts for name in context))
        row = {name: k for k, name in enumerate(names)}
        places = np.array([[row[name] for name in context] for context in contexts])
        projected = self._embed(names)[places].reshape(len(contexts), -1) @ weights
        nearest = places[:, 0]
        common = self._common[[self._rows.get(name, -1) for name in names]]
        return Side(projected, codes(names)[nearest], common[nearest])

    def _embed(self, names: Sequence[str]) -> Vectors:
        words, prefixes, suffixes = self._tables
        unknown = len(words) - 1
        folded = [name.translate(_FOLD) for name in names]
        vectors: Vectors = words[[self._rows.get(name, unknown) for name in names]]
        vectors += prefixes[[self._prefixes.get(name[:AFFIX], len(prefixes) - 1) for name in folded]]
        vectors += suffixes[[self._suffixes.get(name[-AFFIX:], len(suffixes) - 1) for name in folded]]
        return vectors


def _scaled(weights: dict[str, Any], name: str) -> Vectors:
    table: Vectors = weights[name].astype(np.float32) * weights[f"{name}_scale"]
    return table
