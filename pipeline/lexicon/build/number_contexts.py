"""Learns where figures stand: `python -m pipeline.lexicon.build.number_contexts --corpus ../shared/corpus`.

The training text loses its figures and keeps them in every fourth document, so that the words beside a figure that is
still there do not ask for another one.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

from pipeline.lexicon.build.corpus import Document, training_documents
from pipeline.quality.boundaries import CLOSING, OPENING, Boundaries, Spacing, find_boundaries
from pipeline.quality.model import TextView
from pipeline.quality.number_contexts import MODEL, OFFSETS, PAIR_SLOTS, PAIRS, ContextModel, Weights, build, pair_ids, pair_slots, word_class
from pipeline.quality.words import LINE_END

NUMERAL = re.compile(r"[0-9٠-٩]+(?:[.,:/\-–٫٬][0-9٠-٩]+)*")
SEEN_AT_LEAST = 8
WIKIPEDIA_SHARE = 3  # one document in three: news should weigh more
EPOCHS = 4
BATCH = 1 << 15
RATE = 0.08
DECAY = 1e-6
DROP = 0.04  # weights nearer to nothing than this are not shipped


class Places(NamedTuple):
    """The places of a text, and whether a figure was deleted there."""

    found: Boundaries
    missing: NDArray[np.bool_]


def main() -> None:
    """Read the corpora, learn, write the model files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    corpus = parser.parse_args().corpus
    places = [p for d in training_documents(corpus) for p in examples(d)]
    write(learn(places))


def examples(document: Document) -> Iterator[Places]:
    """The places of a document with their truth: was a figure deleted there?"""
    number = zlib.crc32(document.doc_id.encode())
    if document.source == "wikipedia" and number % WIKIPEDIA_SHARE:
        return
    text = "\n\n".join(document.paragraphs)
    yield places_of(*strip_numerals(text))
    if number % 4 == 0:
        yield places_of(text, [])


def strip_numerals(text: str) -> tuple[str, list[int]]:
    """The text without digits, and where its figures stood."""
    sites, removed = [], 0
    for match in NUMERAL.finditer(text):
        sites.append(match.start() - removed)
        removed += sum(c.isdigit() for c in match[0])
    return re.sub("[0-9٠-٩]", "", text), sites


def places_of(text: str, sites: Iterable[int]) -> Places:
    """Words around each place of a text, and which places are among `sites`."""
    found = find_boundaries(TextView("", text, []))
    missing = np.zeros(len(found), dtype=bool)
    for site in sites:
        missing[min(int(np.searchsorted(found.pieces.starts, site)), len(found) - 1)] = True
    return Places(found, missing)


def learn(places: list[Places]) -> ContextModel:
    """AdaGrad logistic regression over all places."""
    counts: Counter[str] = Counter()
    for place in places:
        counts.update(place.found.pieces.norms)
    vocabulary = sorted(w for w, n in counts.items() if n >= SEEN_AT_LEAST)
    classes = sorted({word_class(w) for w in counts})
    width = len(vocabulary) + len(classes) + 1
    empty = build((vocabulary, classes), _no_weights())
    features = np.concatenate([_features(empty, place.found, width) for place in places])
    truth = np.concatenate([place.missing for place in places])
    bases = _bases(places)
    weights, bias = _descend(features, truth, len(OFFSETS) * width + len(PAIRS) * PAIR_SLOTS, float(bases[Spacing.PLAIN]))
    weights[np.abs(weights) < DROP] = 0
    head = weights[: len(OFFSETS) * width].reshape(len(OFFSETS), width)
    tail = weights[len(OFFSETS) * width :].reshape(len(PAIRS), PAIR_SLOTS)
    return build((vocabulary, classes), (head, tail, bias, bases))


def _no_weights() -> tuple[Weights, Weights, float, Weights]:
    none = np.zeros((1, 1), np.float32)
    return none, none, 0.0, np.zeros(len(Spacing), np.float32)


def _bases(places: list[Places]) -> NDArray[np.float32]:
    """Log-odds of a figure at the places that an oddly spaced place without a figure would be one of.

    Those are all places, but for a loose mark all places beside a mark, and for a lone proclitic its like: how often words
    are spaced so by mere habit differs from text to text and is judged there.
    """
    spacing = np.concatenate([p.found.spacing for p in places])
    truth = np.concatenate([p.missing for p in places])
    beside_mark = np.concatenate([_beside_mark(p.found.pieces.norms) for p in places])
    groups = {kind: np.ones(len(truth), dtype=bool) for kind in Spacing}
    groups[Spacing.LOOSE] = beside_mark
    groups[Spacing.CLITIC] = spacing == Spacing.CLITIC
    shares = np.array([truth[group].mean() for group in groups.values()])
    bases = np.log(shares / (1 - shares))
    own = truth[spacing == Spacing.LEFT_OVER].mean()
    bases[Spacing.LEFT_OVER] = (bases[Spacing.LEFT_OVER] + np.log(own / (1 - own))) / 2  # dashes and spaced stops are habits too
    told: Weights = bases.astype(np.float32)
    return told


def _beside_mark(norms: list[str]) -> NDArray[np.bool_]:
    return np.array([behind in CLOSING or before in OPENING for before, behind in pairwise([LINE_END, *norms])])


def _features(model: ContextModel, found: Boundaries, width: int) -> NDArray[np.int32]:
    """Eleven feature numbers for each place."""
    words, classes = model.ids(found.pieces.norms)
    padded = [np.concatenate([np.zeros(2, np.int32), ids, np.zeros(1, np.int32)]) for ids in (words, classes)]
    size = len(found)
    parts = [ids[2 + offset : 2 + offset + size] + row * width for row, offset in enumerate(OFFSETS) for ids in padded]
    base = len(OFFSETS) * width
    parts += [slots + base + row * PAIR_SLOTS for row, slots in enumerate(pair_slots(pair_ids(words, classes).astype(np.int64)))]
    return np.stack(parts, axis=1).astype(np.int32)


def _descend(features: NDArray[np.int32], truth: NDArray[np.bool_], size: int, base: float) -> tuple[NDArray[np.float32], float]:
    random = np.random.default_rng(7)
    weights, squares = np.zeros(size, np.float32), np.full(size, 1e-2, np.float32)
    bias = base
    for epoch in range(EPOCHS):
        order = random.permutation(len(truth))
        loss = 0.0
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            used = features[rows]
            chance = 1 / (1 + np.exp(-(weights[used].sum(axis=1) + bias)))
            loss -= float(np.log(np.where(truth[rows], chance, 1 - chance) + 1e-9).sum())
            slope = np.repeat((chance - truth[rows]).astype(np.float32), used.shape[1])
            step = np.bincount(used.ravel(), weights=slope, minlength=size).astype(np.float32)
            touched = np.flatnonzero(step)
            squares[touched] += step[touched] ** 2
            weights[touched] -= RATE * (step[touched] / np.sqrt(squares[touched]) + DECAY * weights[touched])
        print(f"epoch {epoch}: loss {loss / len(order):.5f}")  # noqa: T201 (a builder's progress)
    return weights, bias


def write(model: ContextModel) -> None:
    """Names and weights, compressed, in two files."""
    pack = zstandard.ZstdCompressor(level=19).compress
    names = "\n".join(model.vocabulary) + "\n\n" + "\n".join(model.classes)
    data = np.concatenate([[model.bias, len(model.bases)], model.bases, model.words.ravel(), model.pairs.ravel()]).astype("<f2")
    (MODEL / "number_words.bin").write_bytes(pack(names.encode()))
    (MODEL / "number_weights.bin").write_bytes(pack(data.tobytes()))


if __name__ == "__main__":
    main()
