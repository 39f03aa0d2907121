"""Trains the letter model on the lexicon's words: which letter follows which three, each word counted once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.word_scores import LETTER_SCALE, LETTERS

_BASE = len(LETTERS) + 1


def letter_model(words: Iterable[str]) -> NDArray[np.uint8]:
    """Table of -log P(letter | three before) times LETTER_SCALE, Witten-Bell smoothed over shorter contexts."""
    code = {letter: k + 1 for k, letter in enumerate(LETTERS)}
    counts = np.zeros((_BASE,) * 4, dtype=np.float64)
    for word in words:
        codes = [0, 0, 0, *(code.get(letter, 0) for letter in word), 0]
        for a, b, c, d in zip(codes, codes[1:], codes[2:], codes[3:], strict=False):
            counts[a, b, c, d] += 1
    probabilities = np.full(_BASE, 1 / _BASE)
    for order in range(1, 5):
        seen = counts.sum(axis=tuple(range(4 - order))) if order < 4 else counts
        total, kinds = seen.sum(-1, keepdims=True), (seen > 0).sum(-1, keepdims=True)
        lower = np.broadcast_to(probabilities, seen.shape)
        weight = total / np.maximum(total + kinds, 1)
        probabilities = np.where(total > 0, weight * seen / np.maximum(total, 1) + (1 - weight) * lower, lower)
    stored: NDArray[np.uint8] = np.clip(np.round(-np.log(probabilities) * LETTER_SCALE), 0, 255).astype(np.uint8)
    return stored
