"""Builds what is known of numbers between words: `python -m pipeline.lexicon.build.figures --corpus ../shared/corpus`.

Counts documents per number and neighbour in the training documents; the weights come from figure_weights.py.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.corpus import SOURCES, Document, sha256, training_documents
from pipeline.lexicon.build.figure_weights import is_tuning, train
from pipeline.restore.figure_contexts import AFTER, BEFORE, Neighbours, back_off, neighbours
from pipeline.restore.figure_model import (
    FIRST_YEAR,
    LAST_YEAR,
    SHAPES,
    YEAR,
    FigureModel,
    Weights,
    key_of,
    noun_class,
    read,
    shape,
    shapes_of,
)  # fmt: skip
from pipeline.restore.language_model import MODEL

FIGURE = re.compile(r"[0-9٠-٩]+")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_SEEN_AT_LEAST = 6
START = Weights._make([1.0, 2.0, 2.0, 1.0, 1.0, 0.3, *[0.5] * 8, 1.0, 1.0])


class Seen(NamedTuple):
    """A number as one document writes it at one place."""

    key: int
    context: Neighbours


def main() -> None:
    """Read the corpora, train the weights, write the model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    corpus = parser.parse_args().corpus
    training = list(training_documents(corpus))
    tuning = [d for d in training if is_tuning(d.doc_id)]
    weights = train(_model(d for d in training if not is_tuning(d.doc_id)), tuning)
    index, arrays = count(training)
    index["weights"] = weights._asdict()
    index["sources"] = [{"source": s.origin, "licence": s.licence, "sha256": sha256(corpus / s.file)} for s in SOURCES]
    write(index, arrays)


def _model(documents: Iterable[Document]) -> FigureModel:
    index, arrays = count(documents)
    return read(index | {"weights": START._asdict()}, arrays)


def write(index: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """One compressed file, the same bytes for the same content."""
    MODEL.mkdir(exist_ok=True)
    packed = np.frombuffer(json.dumps(index, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(MODEL / "figures.npz", allow_pickle=False, index=packed, **arrays)


def figures(document: Document) -> Iterator[Seen]:
    """The numbers of a document, each way of standing once."""
    text = "\n".join(document.paragraphs)
    seen = {Seen(key_of(m.group().translate(_WESTERN)), neighbours(text, *m.span())) for m in FIGURE.finditer(text) if len(m.group()) <= 15}
    yield from sorted(seen)


def count(documents: Iterable[Document]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Index and arrays of the model, without its weights."""
    beside: tuple[dict[str, Counter[int]], dict[str, Counter[int]]] = (defaultdict(Counter), defaultdict(Counter))
    plain: Counter[int] = Counter()
    for document in documents:
        seen = list(figures(document))
        plain.update({s.key for s in seen})
        for side in (BEFORE, AFTER):
            for word, key in {(w, s.key) for s in seen for w in _forms(side, s.context[side])}:
                beside[side][word][key] += 1
    shapes = _logs(_by_shape(plain), 0.5, np.full(SHAPES, 1 / SHAPES))
    index: dict[str, Any] = {"words": [], "classes": []}
    arrays: dict[str, NDArray[Any]] = {"shapes": shapes, "leads": _leads(plain), "years": _years(plain)}
    for side in (BEFORE, AFTER):
        words, table = _words(beside[side])
        index["words"].append(words)
        arrays |= {f"{name}{side}": array for name, array in table.items()}
        names, classes = _classes(beside[side], np.exp(shapes))
        index["classes"].append(names)
        arrays[f"classes{side}"] = classes
    return index, arrays


def _forms(side: int, word: str) -> Iterator[str]:
    """A neighbour and its more general forms."""
    form: str | None = word
    while form is not None:
        yield form
        form = back_off(side, form)


def _by_shape(keys: Counter[int]) -> NDArray[np.float64]:
    out = np.zeros(SHAPES)
    for key, n in keys.items():
        out[shape(key)] += n
    return out


def _logs(counts: NDArray[np.float64], weight: float, prior: NDArray[np.float64]) -> NDArray[np.float64]:
    smoothed = counts + weight * len(prior) * prior
    logs: NDArray[np.float64] = np.log(smoothed / smoothed.sum())
    return logs


def _words(beside: dict[str, Counter[int]]) -> tuple[list[str], dict[str, NDArray[Any]]]:
    words, keys, counts, ends = [], [], [], []
    for word in sorted(w for w, seen in beside.items() if seen.total() >= _SEEN_AT_LEAST):
        for key, n in sorted(_entries(beside[word]).items()):
            keys.append(key)
            counts.append(min(n, 65535))
        words.append(word)
        ends.append(len(keys))
    return words, {
        "keys": np.array(keys, dtype=np.int64), "counts": np.array(counts, dtype=np.uint16),
        "ends": np.array(ends, dtype=np.int32),
    }  # fmt: skip


def _entries(seen: Counter[int]) -> dict[int, int]:
    """Counts per shape (negative keys) and of the longer numbers that occur in two documents."""
    found: Counter[int] = Counter()
    for key, n in seen.items():
        found[-shape(key) - 1] += n
        if n > 1 and len(str(key)) > 3 and shape(key) != YEAR:
            found[key] = n
    return found


def _classes(beside: dict[str, Counter[int]], shares: NDArray[np.float64]) -> tuple[list[str], NDArray[np.float64]]:
    totals: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(SHAPES))
    for word, seen in beside.items():
        totals[noun_class(word)] += _by_shape(seen)
    names = sorted(name for name, counts in totals.items() if counts.sum() >= 50)
    return names, np.array([_logs(totals[name], 20 / SHAPES, shares) for name in names], dtype=np.float32)


def _leads(plain: Counter[int]) -> NDArray[np.float64]:
    """log P(number | shape) by leading digit, numbers with the same one being alike."""
    size, seen = np.zeros((SHAPES, 10)), np.ones((SHAPES, 10))
    for value in range(100, 100_000):
        digits = str(value)
        size[shape(key_of(digits)), int(digits[0])] += 1
    for length in (6, 7, 8):
        size[shapes_of(length)] = size[shapes_of(5)] * 10 ** (length - 5)
    for key, n in plain.items():
        seen[shape(key), int(str(key)[1])] += n
    size[:, 0] = np.where(size.sum(1) == 0, 100, size[:, 0])
    shares = seen / seen.sum(1, keepdims=True)
    logs: NDArray[np.float64] = np.log(shares / np.maximum(size, 1))
    return logs


def _years(plain: Counter[int]) -> NDArray[np.float64]:
    """News tells of its own years, which may lie after the corpora's: half seen, half a slope towards the present."""
    span = range(FIRST_YEAR, LAST_YEAR + 1)
    seen = np.array([plain[key_of(str(y))] for y in span], dtype=float)
    smooth = np.convolve(np.pad(seen, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    slope = np.array([1.0 if 2000 <= y <= 2027 else 0.1 if y > 2027 else math.exp((y - 2000) / 25) for y in span])
    logs: NDArray[np.float64] = np.log(0.5 * smooth / smooth.sum() + 0.5 * slope / slope.sum())
    return logs


if __name__ == "__main__":
    main()
