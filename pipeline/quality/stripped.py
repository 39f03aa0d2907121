"""Places where a figure stood and is gone: which they are, and what grammar still says of the figure.

Each place has the evidence of its words (number_contexts) and of its spacing. How far spacing or the mere lack of a figure
may be trusted differs from document to document, so every kind of place is judged under several rates at which its figures
could have been deleted, the document's own places deciding between the rates (justified text with two blanks everywhere
thus proves nothing, and a text whose every double blank stands before a counted noun convicts the others too).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.reader import words
from pipeline.quality.boundaries import (
    BREAK,
    CLITIC,
    EDGE,
    EMPTY,
    LEFT_OVER,
    LOOSE,
    PLAIN,
    TORN,
    WIDE,
    Boundaries,
    Spacing,
    closing_marks,
    find_boundaries,
)
from pipeline.quality.missing_figure import describe
from pipeline.quality.model import Flag, TextView
from pipeline.quality.number_contexts import ContextModel
from pipeline.quality.words import FIGURE, KINDS, LINE_END, Pieces, is_arabic, normal

LEAST = 0.5  # a place is flagged when a missing figure is likelier than none
_UNIT_OF_COUNT = KINDS.bit(lambda: ("الف", "مليون", "مليار", "تريليون"))  # `نحو مليار دولار` is whole
_PARTING = frozenset("([{«“”»}])") | {LINE_END}  # no numeral has these within: `رفضت 7 (5 في المئة)`
_TECHNICAL = KINDS.bit(lambda: "+*#=<>@_{}|\\~^&")
_LAWFUL = 3.0  # log-odds that this takes from a place where spacing hints at nothing
_AT_EDGE = 1.0  # log-odds; lines that were not joined end anywhere, so that an open end proves little
_STRONGEST = 7.0  # log-odds; no pair of words proves more
_RATES = (0.1, 0.4, 0.9, 0.985)  # at which figures may be missing at places that are spaced oddly
_EMPTY_RATES = (0.5, 0.95)
_HIGH_RATES = (0.9, 0.985)  # at the loose marks of a text that sets nearly all its marks tight
_HABIT = 0.15  # of its marks; who leaves more of them loose does so by habit
_WIDE_RATES = (0.3, 0.8, 0.98, 0.999, 0.9999)
_TORN_RATES = (0.15, 0.35, 0.5)  # one place of two
_EDGE_RATES = (0.02, 0.1, 0.4, 0.9)
_PLAIN_RATES = (0.004, 0.015, 0.05, 0.12)

# Priors that figures are missing at all at places of a kind.
_WIDE = 0.5
_EMPTY = 0.95
_ODD = 0.1  # a loose mark, a lone proclitic, a left-over mark
_PLAIN = 0.3  # nothing to be seen
_TOLD = 0.03  # the others are so much less likely in a text that still has figures
_SEEN = 0.9  # prior at oddly spaced places and line ends, once figures are known to be missing elsewhere
_TRACED = 0.001  # at plain places of a text whose missing figures left two blanks elsewhere


def stripped_numbers(view: TextView) -> list[Flag]:
    """Flags of kind stripped_number, one per missing numeral.

    A flag starts where the figure stood and covers the word behind it; `low` and `high` are bounds of the numeral itself.
    """
    places = find_boundaries(view)
    chance = missing_chances(places)
    return [_flag(view.text, places, at, float(chance[at])) for at in _one_per_numeral(places, chance)]


def _flag(text: str, places: Boundaries, at: int, chance: float) -> Flag:
    spacing = Spacing(places.spacing[at])
    start, end = places.span(at)
    missing = describe(places.norm(at - 1), places.norm(at), spacing)
    if spacing is Spacing.LEFT_OVER:  # the place begins with the mark, and ends with it where the next word counts nothing
        start = places.span(at - 1)[1] + 1 if places.norm(at - 1) != LINE_END else start
        end = end if missing.counted else start + 1
    before = places.span(at - 1)[0] if places.norm(at - 1) != LINE_END else start
    explanation = f"A figure is missing in «{text[before:end]}»: {missing.reason}."
    return Flag("stripped_number", "error", start, end, round(chance, 3), explanation, missing.low, missing.high)


def missing_chances(places: Boundaries) -> NDArray[np.float64]:
    """The probability, for each place, that a figure stood there."""
    known = _evidence(places)
    chance = np.zeros(len(places))
    if places.spacing.max() <= BREAK and float(known.max()) < _least_evidence(_PLAIN_RATES):
        return chance
    present = np.bincount(places.spacing, minlength=len(Spacing)).tolist()

    def judge(chosen: NDArray[np.bool_], prior: float, rates: Sequence[float], *, hinted: bool = True) -> float:
        evidence = known[chosen]
        if not hinted and float(evidence.max()) < _least_evidence(rates):
            return 0.0  # not one of the places can be flagged, and nothing follows from those
        chance[chosen] = judged = _judge(np.exp(np.clip(evidence, -_STRONGEST, _STRONGEST)), prior, rates)
        return float(judged.sum())

    lowered = _TOLD if places.present & FIGURE else 1.0
    wide = judge(places.spacing == WIDE, _WIDE * lowered, _WIDE_RATES) if present[WIDE] else 0.0
    empty = judge(places.spacing == EMPTY, _EMPTY, _EMPTY_RATES) if present[EMPTY] else 0.0
    seen = wide + empty > 1
    if present[TORN]:
        judge(places.spacing == TORN, _SEEN if seen else _WIDE * lowered, _TORN_RATES)
    if present[EDGE]:
        judge(places.spacing == EDGE, _SEEN if seen else _ODD * lowered, _EDGE_RATES)
    odd = sum(
        judge(chosen, _SEEN if seen else _ODD * lowered, _RATES if habit or not seen else _HIGH_RATES)
        for chosen, habit in _odd_kinds(places, present)
    )
    seen = seen or odd > 1
    if present[BREAK]:
        judge(places.spacing == BREAK, _SEEN if seen else _PLAIN * lowered, _PLAIN_RATES, hinted=False)
    if present[PLAIN]:
        judge(places.spacing == PLAIN, _TRACED if wide > 1 else _SEEN if seen else _PLAIN * lowered, _PLAIN_RATES, hinted=False)
    chance[:1] = 0
    for one, other in places.torn:
        chance[one if chance[one] < chance[other] else other] = 0
    return chance


def _odd_kinds(places: Boundaries, present: Sequence[int]) -> Iterator[tuple[NDArray[np.bool_], bool]]:
    """Oddly spaced places by kind, and whether the text may space so by habit, as many do with `و` and all with dashes."""
    if present[LOOSE]:
        yield places.spacing == LOOSE, present[LOOSE] > _HABIT * closing_marks(places)
    if present[CLITIC]:
        yield places.spacing == CLITIC, True
    if present[LEFT_OVER]:
        left = places.spacing == LEFT_OVER
        dashes, others = left & places.dashes, left & ~places.dashes
        if dashes.any():
            yield dashes, True
        if others.any():
            yield others, int(others.sum()) > _HABIT * closing_marks(places)


def _evidence(places: Boundaries) -> NDArray[np.float64]:
    """The evidence of the words, lowered where a figure is not missed or little can be known."""
    known = ContextModel.load().evidence(places)
    pieces, present = places.pieces, places.present
    if present & _MONTH:
        known[_monthly(places)] = -_STRONGEST
    if present & _TECHNICAL:
        known[_among(pieces, _TECHNICAL)] = -_STRONGEST
    if present & _UNIT_OF_COUNT:
        known[[at for at in _among(pieces, _UNIT_OF_COUNT) if places.spacing[at] <= BREAK]] -= _LAWFUL
    ends = pieces.line_ends.nonzero()[0]
    edge = np.concatenate([ends, ends[:-1] + 1])
    known[edge] = np.minimum(known[edge], _AT_EDGE)
    return known


def _among(pieces: Pieces, kind: int) -> list[int]:
    """Indices of the pieces of a kind."""
    found: list[int] = (pieces.kinds() & kind).nonzero()[0].tolist()
    return found


@cache
def _least_evidence(rates: Sequence[float]) -> float:
    """The log-odds that it takes for a chance of LEAST even where figures are missing at the highest of the rates."""
    return math.log((1 - max(rates)) / max(rates) * LEAST / (1 - LEAST))


def _monthly(places: Boundaries) -> list[int]:
    """Months that need no day (`في مارس`, `مطلع أيار`) where spacing hints at nothing, and what lies between a month's two names."""
    months = _among(places.pieces, _MONTH)
    second = [i for i in months if places.norm(i - 1) in _months() or places.norm(i - 1) in "/-"]
    needless = [i for i in months if places.spacing[i] <= BREAK and places.norm(i - 1) not in _day_words()]
    slashes = [i + 1 for i in months if places.norm(i + 1) in "/-" and places.spacing[i + 1] <= BREAK]
    return second + needless + slashes


@cache
def _months() -> frozenset[str]:
    return frozenset(map(normal, words("months")))


@cache
def _day_words() -> frozenset[str]:
    return frozenset(map(normal, words("day_words")))


def _judge(ratio: NDArray[np.float64], prior: float, rates: Sequence[float]) -> NDArray[np.float64]:
    """Chances at places of one kind: the mean over the rates, weighted by how well each explains all of these places."""
    all_rates, priors = _weighed(prior, rates)
    odds = 1 + all_rates * (ratio - 1)
    fits = priors + np.log(odds).sum(axis=1)
    weights = np.exp(fits - fits.max())
    return np.asarray((weights / weights.sum()) @ (all_rates * ratio / odds))


@cache
def _weighed(prior: float, rates: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """No rate and each of the rates, as a column, and the logarithms of their priors."""
    return np.array([0.0, *rates])[:, None], np.log([1 - prior, *[prior / len(rates)] * len(rates)])


def _one_per_numeral(places: Boundaries, chance: NDArray[np.float64]) -> Iterator[int]:
    """Likely places; of neighbours with nothing but a mark between them the likelier one."""
    likely = [int(i) for i in (chance > LEAST).nonzero()[0]]
    for rank, at in enumerate(likely):
        rivals = [likely[r] for r in (rank - 1, rank + 1) if 0 <= r < len(likely) and _same_numeral(places, at, likely[r])]
        if all((chance[at], -at) > (chance[rival], -rival) for rival in rivals):
            yield at


def _same_numeral(places: Boundaries, one: int, other: int) -> bool:
    first, last = sorted((one, other))
    between = places.norm(first)
    return last - first == 1 and not is_arabic(between) and between not in _PARTING


_MONTH = KINDS.bit(_months)
