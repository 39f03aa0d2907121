"""How well text continues from one place to another: the trained scorer of junctions.

A junction is the last few units on the left of a gap and the first few on its right. The score is a log odds: high
where the two belong together, low where they only happen to stand side by side. It was trained to find, among all
places where a line could have begun, the true one (builder: pipeline/lexicon/build/junctions.py).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.language_model import unpack

REACH = 4
PAD = ""
AFFIX = 3
Context = tuple[str, ...]
Vectors = NDArray[np.float32]
_FOLD = str.maketrans("أإآ", "ااا")


class Junctions:
    """Scores junctions; a context lists REACH units, the nearest to the gap first, PAD beyond the text's edge."""

    def __init__(self, weights: dict[str, Any], words: list[str], prefixes: list[str], suffixes: list[str]) -> None:
        self._rows = {name: row for row, name in enumerate(words)}
        self._prefixes = {name: row for row, name in enumerate(prefixes)}
        self._suffixes = {name: row for row, name in enumerate(suffixes)}
        self._tables = [_scaled(weights, name) for name in ("words", "prefixes", "suffixes")]
        self._left, self._right = weights["left"].astype(np.float32), weights["right"].astype(np.float32)
        self._bias, self._hidden, self._hidden_bias = weights["bias"], weights["hidden"], weights["hidden_bias"]
        self._out, self._out_bias = weights["out"], float(weights["out_bias"])
        self._width = len(self._bias)

    @staticmethod
    @cache
    def load() -> Junctions:
        """The shipped scorer (about 3 MB of weights)."""
        with np.load(io.BytesIO(unpack("junctions.bin"))) as stored:
            weights = dict(stored)
        names = [weights.pop(f"{name}_names").tobytes().decode().split("\n") for name in ("words", "prefixes", "suffixes")]
        return Junctions(weights, *names)

    def lefts(self, contexts: Sequence[Context]) -> Vectors:
        """One row for each context on the left of a gap."""
        return self._project(contexts, self._left)

    def rights(self, contexts: Sequence[Context]) -> Vectors:
        """One row for each context on the right of a gap."""
        return self._project(contexts, self._right)

    def scores(self, lefts: Vectors, rights: Vectors) -> Vectors:
        """Scores of paired rows; the two arrays broadcast against each other."""
        width = self._width
        first = np.maximum(lefts[..., :width] + rights[..., :width] + self._bias, 0)
        second = np.maximum(first @ self._hidden + self._hidden_bias, 0)
        agreement = (lefts[..., width:] * rights[..., width:]).sum(-1)
        found: Vectors = second @ self._out + self._out_bias + agreement
        return found

    def _project(self, contexts: Sequence[Context], weights: Vectors) -> Vectors:
        if not contexts:
            return np.empty((0, weights.shape[1]), dtype=np.float32)
        names = list(dict.fromkeys(name for context in contexts for name in context))
        row = {name: k for k, name in enumerate(names)}
        vectors = self._embed(names)
        places = np.array([[row[name] for name in context] for context in contexts])
        projected: Vectors = vectors[places].reshape(len(contexts), -1) @ weights
        return projected

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
