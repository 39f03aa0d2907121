"""Trains the weights of the figure model: articles with their digits hidden behind random maps, the true map to be found.

Also makes the synthetic articles on which benchmarks measure decoding.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from pipeline.lexicon.build.corpus import Document
from pipeline.restore.digit_maps import features
from pipeline.restore.digit_priors import candidate_maps
from pipeline.restore.figure_model import FigureModel, Weights
from pipeline.restore.private_figures import figures_of

_MAPS_EACH = 3
_ROUNDS = 300
_RATE = 0.02
_PULL = 0.002


class Hidden(NamedTuple):
    """An article whose digits became private glyphs, and the map that undoes it."""

    text: str
    truth: dict[str, str]


def is_tuning(doc_id: str) -> bool:
    """One training document in eight is kept from the counts while the weights are trained on it."""
    return hashlib.sha256(doc_id.encode()).digest()[4] % 8 == 0


def random_map(rng: random.Random) -> dict[str, str]:
    """A digit's glyph for each digit: ascending from a random number, now and then with gaps, zero rarely last."""
    at = rng.choice([0xE000, 0xE000, 0xE005, 0xF0B0, 0xF6C1]) + rng.randrange(0, 200)
    order = "1234567890" if rng.random() < 0.02 else "0123456789"
    glyphs = {}
    for digit in order:
        glyphs[digit] = chr(at)
        gap = rng.random() < (0.6 if digit == "0" else 0.03)
        at += rng.randrange(2, 7) if gap else 1
    return glyphs


def hide(text: str, glyphs: Mapping[str, str]) -> Hidden:
    """The text with its Western digits replaced."""
    return Hidden(text.translate({ord(digit): glyph for digit, glyph in glyphs.items()}), {g: d for d, g in glyphs.items()})


def articles(documents: Iterable[Document], rng: random.Random) -> Iterator[str]:
    """News-sized pieces of the documents (60 to 500 words) that have figures in Western digits."""
    for document in documents:
        words = 0
        size = rng.randrange(60, 500)
        piece: list[str] = []
        for paragraph in document.paragraphs[:60]:
            piece.append(paragraph)
            words += len(paragraph.split())
            if words >= size:
                break
        text = "\n\n".join(piece)
        if any(c in "0123456789" for c in text) and not any(c in "٠١٢٣٤٥٦٧٨٩" for c in text):
            yield text


def train(model: FigureModel, documents: Iterable[Document]) -> Weights:
    """Weights that make the true maps likeliest, pulled slightly towards the model's present ones."""
    rng = random.Random(7)
    texts = [text for text in articles(documents, rng) for _ in range(_MAPS_EACH)]
    cases = [case for text in texts if (case := _case(hide(text, random_map(rng)), model))]
    start = np.array(model.weights)
    weights, momentum, square = start.copy(), np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, _ROUNDS + 1):
        slope = _PULL * (weights - start)
        for table, truth in cases:
            scores = table @ weights
            share = np.exp(scores - scores.max())
            slope += (share / share.sum() @ table - table[truth]) / len(cases)
        momentum = 0.9 * momentum + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= _RATE * (momentum / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return Weights(*(round(float(w), 3) for w in weights))


def _case(hidden: Hidden, model: FigureModel) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], int] | None:
    codes = sorted(set(hidden.text) & set(hidden.truth))
    figures = figures_of(hidden.text, codes)
    maps, prior = candidate_maps([ord(c) for c in codes])
    truth = np.array([int(hidden.truth[c]) for c in codes])
    where = np.flatnonzero((maps == truth).all(axis=1))
    if not len(where):
        return None
    return features(maps, prior, figures, model), int(where[0])
