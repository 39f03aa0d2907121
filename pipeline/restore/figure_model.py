"""How likely a number is between its neighbours: counts over corpora, backed off to number shapes and noun forms.

The counts are built by `python -m pipeline.lexicon.build.figures`; what is known by heart (model names, years to come)
is added from the lexicon's CSV files. Solving a digit map with it belongs in digit_maps.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import NO_ACCUSATIVE_ALEF, fold_alef
from pipeline.restore.figure_contexts import AFTER, BEFORE, Neighbours, back_off
from pipeline.restore.language_model import MODEL

SHAPES = 304
EVIDENCE = 10  # features of Weights that single figures give
_LONGEST = 8
_PADDED, YEAR, _LONG = 110, 111, 112
FIRST_YEAR, LAST_YEAR = 1900, 2035
_KNOWN_BY_HEART = 3.0  # a model name in the CSV weighs as much as being seen in this many documents with a number of its list
_KNOWN_CEILING = 6.0
_VALUE_PRIOR, _SHAPE_PRIOR = 6.0, 12.0
_ONCE = 0.5  # what one document more or less than the truth may be: taken off each count
_CEILING = 4.0  # no single neighbour weighs more than e**4 for a number
_FLOOR = 0.1  # share of numbers whose neighbours tell nothing (a neighbour may belong to another line)

Values = NDArray[np.int64]
Logs = NDArray[np.float64]


def key_of(digits: str) -> int:
    """A number as it is written, leading zeros kept: its digits after a 1."""
    return int("1" + digits)


@cache
def shape(key: int) -> int:
    """The number's shape: one- and two-digit numbers are their own; longer ones by length, trailing zeros, a five before them and tamyiz.

    A padded `05` has the shape of 5: writers who pad do so throughout, which is judged per document. The counted noun
    agrees with the last two digits: 03–10, 11–99, 00, 01–02.
    """
    digits = str(key)[1:]
    length = len(digits)
    if length <= 2:
        return int(digits) + (10 if digits >= "10" and length == 2 else 0)
    if digits[0] == "0":
        return _PADDED
    value = int(digits)
    if length == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return YEAR
    zeros = min(length - len(digits.rstrip("0")), 3)
    tail = value % 100
    agreement = 0 if tail == 0 else 1 if tail < 3 else 2 if tail < 11 else 3
    half = int(digits.rstrip("0")[-1] == "5")
    return _LONG + (((min(length, _LONGEST) - 3) * 4 + zeros) * 2 + half) * 4 + agreement


def shapes_of(length: int) -> slice:
    """The shapes of numbers with so many digits, three at least, which are not padded and no year."""
    return slice(_LONG + (length - 3) * 32, _LONG + (length - 2) * 32)


@cache
def noun_class(word: str) -> str:
    """Back-off class of a neighbour: its form as a counted noun, else its last two letters."""
    return _noun_forms().get(word) or "~" + word[-2:]


# The last two digits that a counted noun (tamyiz) of each form agrees with; 1 and 2 are not written before their noun.
_AGREEMENT = {
    "<plural>": frozenset(range(3, 11)),
    "<accusative>": frozenset(range(11, 100)),
    "<singular>": frozenset({0}),
    "<feminine>": frozenset({0, *range(11, 100)}),
}


def _tail(key: int) -> int:
    """The last two digits; for numbers of one digit, that digit."""
    return int(str(key)[1:][-2:])


@cache
def _noun_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in rows("counted_nouns"):
        singular = fold_alef(row["singular"])
        forms.setdefault(singular, "<feminine>" if singular.endswith("ة") else "<singular>")
        if not singular.endswith(NO_ACCUSATIVE_ALEF):
            forms.setdefault(singular + "ا", "<accusative>")
        for plural in fold_alef(row["plurals"]).split():
            forms.setdefault(plural, "<plural>")
    return forms


class Weights(NamedTuple):
    """Weights of the log-linear score, trained on corpus articles with digits hidden behind random monotone maps.

    Numbers of one and two digits are their own shape; longer ones are judged by shape, then by value within it.
    """

    prior: float
    order: float
    padding: float
    weekdays: float
    pages: float
    sums: float
    plain_short: float
    plain_long: float
    before_short: float
    before_shape: float
    before_value: float
    after_short: float
    after_shape: float
    after_value: float
    agreement: float
    known: float


@dataclass(slots=True)
class FigureModel:
    """P(number | word before, word after); probabilities are natural logarithms."""

    weights: Weights
    _words: dict[tuple[int, str], tuple[int, int]]
    _keys: tuple[Values, Values]
    _counts: tuple[Values, Values]
    _classes: dict[tuple[int, str], Logs]
    _shape_share: Logs
    _leads: Logs
    _years: Logs
    _memo: dict[tuple[int, str], _Word] = field(default_factory=dict)

    @staticmethod
    @cache
    def load() -> FigureModel:
        """The shipped model; the first call reads the files (about 0.1 s)."""
        with np.load(MODEL / "figures.npz") as file:
            arrays = dict(file)
        return read(json.loads(arrays.pop("index").tobytes()), arrays)

    def evidence(self, keys: Sequence[int], context: Neighbours) -> Logs:
        """For each candidate number the features of Weights from plain_short on: shape (n, EVIDENCE).

        Log probability regardless of neighbours, and how much the words before and after raise it. The numbers have the
        same number of digits.
        """
        before, after = self._word(BEFORE, context.before), self._word(AFTER, context.after)
        forms = np.array([*map(shape, keys)])
        out = np.zeros((len(keys), EVIDENCE))
        share, near = self._shape_share[forms], (before.gains[forms], after.gains[forms])
        if forms[0] < _PADDED:
            out[:, 0], out[:, 2], out[:, 5] = share, *near
        else:
            within = np.array([self.within(key, form) for key, form in zip(keys, forms.tolist(), strict=True)])
            out[:, 1], out[:, 3], out[:, 6] = share + within, *near
            out[:, 4], out[:, 7] = before.value_gains(keys, forms, within), after.value_gains(keys, forms, within)
        agreeing = _AGREEMENT.get(noun_class(context.after))
        if agreeing is not None:
            out[:, 8] = [0.0 if _tail(key) in agreeing else -1.0 for key in keys]
        for side, word in enumerate(context):
            known = _known_by_heart().get((side, word))
            if known:
                out[:, 9] += self._known(keys, known, self._word(side, word))
        return out

    def _known(self, keys: Sequence[int], known: frozenset[int], word: _Word) -> Logs:
        """log P(number | its word is one of few numbers) - log P(number): a model, a resolution, the seats of a parliament."""
        seen = sum(word.seen(key, shape(key)) for key in known)
        share = (1 - _FLOOR) * (seen + _KNOWN_BY_HEART) / (word.shapes.sum() + _KNOWN_BY_HEART + 1)
        told = np.array([share / len(known) if key in known else 0.0 for key in keys])
        general: Logs = np.exp([self._shape_share[shape(key)] + self.within(key, shape(key)) for key in keys])
        gains: Logs = np.minimum(np.log(1 - share + told / general), _KNOWN_CEILING)
        return gains

    def within(self, key: int, form: int) -> float:
        """log P(number | its shape): years lean to the present, padded numbers to none, other leading digits follow the corpora."""
        if form < _PADDED:
            return 0.0
        digits = str(key)[1:]
        if form == _PADDED:
            return -math.log(10) * (len(digits) - 1)
        if form == YEAR:
            return float(self._years[int(digits) - FIRST_YEAR])
        return float(self._leads[form, int(digits[0])]) - math.log(10) * max(len(digits) - _LONGEST, 0)

    def _word(self, side: int, word: str) -> _Word:
        found = self._memo.get((side, word))
        if found is None:
            if len(self._memo) > 20_000:
                self._memo.clear()
            found = self._memo[side, word] = self._look_up(side, word)
        return found

    def _look_up(self, side: int, word: str) -> _Word:
        general = back_off(side, word)
        parent = self._word(side, general) if general else None
        prior = parent.shares if parent else np.exp(self._classes.get((side, noun_class(word)), self._shape_share))
        values, shapes = self._seen(side, word)
        discounted = np.maximum(shapes - _ONCE, 0)
        missing = shapes.sum() - discounted.sum() + _SHAPE_PRIOR
        shares = (discounted + missing * prior) / (shapes.sum() + _SHAPE_PRIOR)
        gains = np.minimum(np.log((1 - _FLOOR) * shares / np.exp(self._shape_share) + _FLOOR), _CEILING)
        return _Word(values, shapes, shares, gains, parent)

    def _seen(self, side: int, word: str) -> tuple[dict[int, float], Logs]:
        start, end = self._words.get((side, word), (0, 0))
        values: dict[int, float] = {}
        shapes = np.zeros(SHAPES)
        for key, count in zip(self._keys[side][start:end].tolist(), self._counts[side][start:end].tolist(), strict=True):
            if key < 0:
                shapes[-key - 1] = count
            else:
                values[key] = count
        return values, shapes


@dataclass(slots=True)
class _Word:
    """What was seen beside one word: documents per value (three digits and more, seen twice) and per shape."""

    values: dict[int, float]
    shapes: Logs
    shares: Logs
    gains: Logs
    parent: _Word | None

    def seen(self, key: int, form: int) -> float:
        """Documents that have the number beside the word; none are known of longer numbers seen once."""
        return float(self.shapes[form]) if form < _PADDED else self.values.get(key, 0.0)

    def value_gains(self, keys: Sequence[int], forms: Values, within: Logs) -> Logs:
        """log P(number | word, shape) - log P(number | shape), with a floor: the neighbour may belong to another line."""
        general = np.exp(within)
        gains = np.log((1 - _FLOOR) * self._within(keys, forms, general) / general + _FLOOR)
        return np.where(forms == YEAR, 0.0, np.minimum(gains, _CEILING))

    def _within(self, keys: Sequence[int], forms: Values, general: Logs) -> Logs:
        prior = self.parent._within(keys, forms, general) if self.parent else general
        seen = np.maximum(np.array([self.values.get(key, 0.0) for key in keys]) - _ONCE, 0.0)
        return (seen + _VALUE_PRIOR * prior) / (self.shapes[forms] + _VALUE_PRIOR)


@cache
def _known_by_heart() -> dict[tuple[int, str], frozenset[int]]:
    """Model names, numbers of resolutions and seats of parliaments from the lexicon, by the word beside the number."""
    lists = ((BEFORE, "weapon_models"), (BEFORE, "resolutions"), (AFTER, "assembly_seats"))
    return {(side, fold_alef(row["word"])): frozenset(map(key_of, row["numbers"].split())) for side, name in lists for row in rows(name)}


def read(index: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> FigureModel:
    """The model from its parts (see pipeline/lexicon/build/figures.py)."""
    words: dict[tuple[int, str], tuple[int, int]] = {}
    for side in (BEFORE, AFTER):
        ends = arrays[f"ends{side}"].tolist()
        for word, start, end in zip(index["words"][side], [0, *ends], ends, strict=False):
            words[side, word] = (start, end)
    classes = {(side, name): arrays[f"classes{side}"][i] for side in (BEFORE, AFTER) for i, name in enumerate(index["classes"][side])}
    return FigureModel(
        Weights(**index["weights"]), words, (arrays["keys0"], arrays["keys1"]), (arrays["counts0"], arrays["counts1"]),
        classes, arrays["shapes"], arrays["leads"], arrays["years"],
    )  # fmt: skip
