"""How likely a figure stood between two words, by the words around the place.

A logistic model over the two words on each side, their classes and their pairs; it knows nothing of spacing or of the rest
of the document. The weights were learned from running text whose figures were deleted (lexicon/build/number_contexts.py);
classes come from the lexicon, so that nouns and months the training text never had weigh like their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import count, repeat
from pathlib import Path

import numpy as np
import zstandard
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows
from pipeline.quality.boundaries import CLITICS, Boundaries
from pipeline.quality.nouns import noun_forms
from pipeline.quality.words import NUMBER, PRIVATE, Codes, is_arabic, normal

MODEL = Path(__file__).parents[1] / "lexicon" / "model"
OFFSETS = (-2, -1, 0, 1)
PAIRS = ((-2, -1), (-1, 0), (0, 1))
PAIR_SLOTS = 1 << 17
_MIX = np.int64(1_000_003)
_ONE_CLITIC, _TWO_CLITICS = frozenset("وفبلك"), frozenset(("وب", "ول", "فب", "ال"))
_PREFIXES = frozenset(("ال", "وال", "بال", "لل", "و", "ب", "ل", "ي", "ت"))
_SUFFIXES = frozenset(("وا", "ون", "ين", "ات", "ها", "هم", "ية", "ة", "ا", "ى", "ي", "ن", "ت"))

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ContextModel:
    """`words`: (4, vocabulary + classes); `pairs`: (3, PAIR_SLOTS); `bases`: log-odds of a figure in the training text by Spacing."""

    vocabulary: dict[str, int]
    classes: dict[str, int]
    words: Weights
    pairs: Weights
    bias: float
    bases: Weights
    serial: int = field(default_factory=count().__next__)

    @staticmethod
    @cache
    def load() -> ContextModel:
        """The shipped model; the first call reads the file."""
        names, arrays = unpack()
        return build(names, arrays)

    def evidence(self, places: Boundaries) -> NDArray[np.float64]:
        """Log likelihood ratio, for each place, of the words around it when a figure is missing there.

        The ratio is to places that are spaced alike: behind a lone `و` figures are common, so that alone says little.
        """
        own = places.pieces.column(f"weights {self.serial}", self._weights)
        score = self.bias - self.bases[places.spacing].astype(np.float64)
        for row, offset in enumerate(OFFSETS):
            if offset < 0:
                score[-offset:] += own[:offset, row]
            else:
                score[: len(own) - offset] += own[offset:, row]
        for pairs, slots in zip(self.pairs, pair_slots(own[:, -1].astype(np.int64)), strict=True):
            score += pairs[slots]
        return score

    def _weights(self, names: Sequence[str]) -> Weights:
        """What each spelling weighs at each of OFFSETS; in the last column its id in pairs."""
        words, classes = self.ids(names)
        return np.concatenate([self.words[:, words] + self.words[:, classes], pair_ids(words, classes)[None]]).T.astype(np.float32)

    def ids(self, names: Sequence[str]) -> tuple[Codes, Codes]:
        """Vocabulary id (0: unknown) and class id of each spelling."""
        words = np.fromiter(map(self.vocabulary.get, names, repeat(0)), np.int32, len(names))
        classes = map(self.classes.get, map(word_class, names), repeat(0))
        return words, np.fromiter(classes, np.int32, len(names))


def build(names: tuple[list[str], list[str]], arrays: tuple[Weights, Weights, float, Weights]) -> ContextModel:
    """A model from the names of its words and classes (row 0 is the unknown word) and its weights."""
    vocabulary = {w: i + 1 for i, w in enumerate(names[0])}
    classes = {c: i + 1 + len(names[0]) for i, c in enumerate(names[1])}
    return ContextModel(vocabulary, classes, *arrays)


def pair_ids(words: Codes, classes: Codes) -> Codes:
    """The ids under which words stand in pairs; unknown words count as their class."""
    return np.where(words > 0, words, classes)


def pair_slots(ids: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """For each of PAIRS, the slot of the two words at each place; beyond the text stands nothing, id 0."""
    framed = np.zeros(len(ids) + 3, dtype=np.int64)
    framed[2:-1] = ids
    slots = (framed[:-1] * _MIX + framed[1:] * 8191) % PAIR_SLOTS
    return [slots[2 + left : 2 + left + len(ids)] for left, _ in PAIRS]


@lru_cache(maxsize=1 << 18)
def word_class(norm: str) -> str:
    """What kind of word a spelling is, as far as figures are concerned."""
    if not is_arabic(norm):
        return "figure" if norm in (NUMBER, PRIVATE) else "latin" if norm[:1].isalpha() else f"mark {norm[:1]}"
    if norm in CLITICS:
        return "clitic"
    known = _lexical()
    if norm in known and len(norm) > 1:
        return known[norm]
    for clitics, size in ((_ONE_CLITIC, 1), (_TWO_CLITICS, 2)):
        if norm[:size] in clitics and norm[size:] in known and len(norm) > size + 1:
            return f"{norm[:size]}+{known[norm[size:]]}"
    prefixes = [start for start in (norm[:2], norm[:3], norm[:1]) if start in _PREFIXES]
    suffixes = [end for end in (norm[-2:], norm[-1:]) if end in _SUFFIXES]
    return f"shape {prefixes[0] if prefixes else ''} {suffixes[0] if suffixes else ''}"


@cache
def _lexical() -> dict[str, str]:
    """Words with a class of their own: counted nouns by form and role, number words, months, qualifiers, weapon models."""
    known = {w: f"{noun.form} {noun.role}" for w, noun in noun_forms().items()}
    known |= {normal(r["phrase"].split()[-1]): "qualifier" for r in rows("qualifiers") if r["position"] == "before"}
    known |= {normal(r["word"]): f"number {r['class']}" for r in rows("number_words")}
    known |= {normal(r["word"]): "month" for r in rows("months")}
    known |= {normal(r["word"]): "model" for r in rows("weapon_models")}
    return known


def unpack() -> tuple[tuple[list[str], list[str]], tuple[Weights, Weights, float, Weights]]:
    """The shipped files."""
    read = zstandard.ZstdDecompressor()
    words, classes = (part.split("\n") for part in read.decompress((MODEL / "number_words.bin").read_bytes()).decode().split("\n\n"))
    data = np.frombuffer(read.decompress((MODEL / "number_weights.bin").read_bytes()), dtype="<f2").astype(np.float32)
    size = len(OFFSETS) * (len(words) + len(classes) + 1)
    first = 2 + int(data[1])
    head, pairs = data[first : first + size].reshape(len(OFFSETS), -1), data[first + size :].reshape(len(PAIRS), PAIR_SLOTS)
    return (words, classes), (head, pairs, float(data[0]), data[2:first])
