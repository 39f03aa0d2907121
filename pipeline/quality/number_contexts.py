"""How likely a figure stood between two words, by the words around the place.

A logistic model over the two words on each side, their classes and their pairs; it knows nothing of spacing or of the rest
of the document. The weights were learned from running text whose figures were deleted (lexicon/build/number_contexts.py);
classes come from the lexicon, so that nouns and months the training text never had weigh like their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows
from pipeline.quality.boundaries import CLITICS, Boundaries
from pipeline.quality.nouns import noun_forms
from pipeline.quality.words import NUMBER, PRIVATE, is_arabic, normal

MODEL = Path(__file__).parents[1] / "lexicon" / "model"
OFFSETS = (-2, -1, 0, 1)
PAIRS = ((-2, -1), (-1, 0), (0, 1))
PAIR_SLOTS = 1 << 17
_MIX = np.int64(1_000_003)
_SUFFIXES = ("وا", "ون", "ين", "ات", "ها", "هم", "ية", "ة", "ا", "ى", "ي", "ن", "ت")

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
        word_ids, class_ids = self.ids(places)
        score = self.bias - self.bases[places.spacing].astype(np.float64)
        for row, offset in enumerate(OFFSETS):
            weights = self.words[row]
            score += shifted(weights[word_ids] + weights[class_ids], offset)
        for row, slots in enumerate(pair_slots(word_ids, class_ids)):
            score += self.pairs[row][slots]
        return score

    def ids(self, places: Boundaries) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Vocabulary id (0: unknown) and class id of each word."""
        words = places.pieces.ask(f"word id {self.serial}", lambda n: self.vocabulary.get(n, 0))
        classes = places.pieces.ask(f"class id {self.serial}", lambda n: self.classes.get(word_class(n), 0))
        return words, classes


def build(names: tuple[list[str], list[str]], arrays: tuple[Weights, Weights, float, Weights]) -> ContextModel:
    """A model from the names of its words and classes (row 0 is the unknown word) and its weights."""
    vocabulary = {w: i + 1 for i, w in enumerate(names[0])}
    classes = {c: i + 1 + len(names[0]) for i, c in enumerate(names[1])}
    return ContextModel(vocabulary, classes, *arrays)


def shifted(values: NDArray[Any], offset: int) -> NDArray[Any]:
    """values[i + offset] at i, 0 outside."""
    moved = np.zeros_like(values)
    if offset < 0:
        moved[-offset:] = values[:offset]
    else:
        moved[: len(values) - offset] = values[offset:]
    return moved


def pair_slots(words: NDArray[np.int32], classes: NDArray[np.int32]) -> list[NDArray[np.int64]]:
    """For each of PAIRS, the slot of the two words at each place; unknown words count as their class."""
    ids = np.where(words > 0, words, classes).astype(np.int64)
    near = {offset: shifted(ids, offset) for offset in OFFSETS}
    return [(near[left] * _MIX + near[right] * 8191) % PAIR_SLOTS for left, right in PAIRS]


@lru_cache(maxsize=1 << 18)
def word_class(norm: str) -> str:
    """What kind of word a spelling is, as far as figures are concerned."""
    if not is_arabic(norm):
        return "figure" if norm in (NUMBER, PRIVATE) else "latin" if norm[0].isalpha() else f"mark {norm[0]}"
    if norm in CLITICS:
        return "clitic"
    for bare in (norm, norm[1:] if norm[0] in "وفبلك" else "", norm[2:] if norm[:2] in ("وب", "ول", "فب", "ال") else ""):
        if len(bare) > 1 and (known := _lexical().get(bare)):
            return known if bare is norm else f"{norm[: len(norm) - len(bare)]}+{known}"
    prefix = next((p for p in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ي", "ت") if norm.startswith(p)), "")
    return f"shape {prefix} {next((s for s in _SUFFIXES if norm.endswith(s)), '')}"


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
