"""What the figures of a text tell about each other: ranges, parts, the weekday of a date, numbers of pages, sums.

What a single figure's neighbours tell belongs in figure_model.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.restore.digit_priors import Logs, Maps
from pipeline.restore.figure_contexts import MONTH
from pipeline.restore.private_figures import Figure, continues, goes_on, number_keys

_YEARS_TO, _YEAR_DIGITS = frozenset({"-0", "/0"}), 4
_RANGE_FROM = frozenset({"من", "بين", "وبين", "ومن", "بين+"})
_RANGE_TO = frozenset({"الى", "و+", "و", "حتى"})
_PART_OF = frozenset({"بينهم", "منهم", "بينها", "منها", "بينهن", "منهن"})
_NEAR = 60
_YEAR_WITHIN = 40
_YEAR_BEFORE = frozenset({MONTH, "عام", "سنة", "العام", "لعام"})
_P_WEEKDAY = 0.9  # a weekday that belongs to another line, or a slip of the writer's, is any day
_AGREES, _DISAGREES = math.log(7 * _P_WEEKDAY), math.log(7 * (1 - _P_WEEKDAY) / 6)
_PAGE = 100  # characters between the numbers of two pages at least; cells of a table stand closer
_P_PAGES, _P_FIRST, _P_SHORT = 0.6, 0.6, 0.03  # lone figures number pages; the first seen is page 1; a number of one or two digits
_NEXT, _NOT_NEXT, _ONE = math.log(_P_PAGES / _P_SHORT), math.log(1 - _P_PAGES), math.log(_P_FIRST / _P_SHORT)


def disorder(maps: Maps, figures: Sequence[Figure]) -> Logs:
    """How many pairs that must ascend do not, for each map, below zero."""
    out = np.zeros(len(maps))
    for low, high in ordered_pairs(figures):
        out -= number_keys(maps, low.glyphs, lead=0) > number_keys(maps, high.glyphs, lead=0)
    return out


def ordered_pairs(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Neighbouring figures of which the first is not above the second: `من 15 إلى 20`, `2014-2016`, and `20 … بينهم 5` turned round."""
    pairs = []
    for a, b in pairwise(figures):
        if a.context.after in _YEARS_TO and len(a.glyphs) == len(b.glyphs) == _YEAR_DIGITS:
            pairs.append((a, b))
            continue
        if b.start - a.end > _NEAR or _is_part(a) or _is_part(b):
            continue
        if a.context.before in _RANGE_FROM and b.context.before in _RANGE_TO:
            pairs.append((a, b))
        elif b.context.before in _PART_OF and a.context.before not in _PART_OF:
            pairs.append((b, a))
    return pairs


def _is_part(figure: Figure) -> bool:
    """A piece of a longer figure: `5,200`, `23/10`."""
    return continues(figure.context) or goes_on(figure.context)


def weekdays(maps: Maps, figures: Sequence[Figure]) -> Logs:
    """For each map, how well the text's full dates fall on the weekdays named with them: `الأحد 8 نوفمبر 2015`."""
    out = np.zeros(len(maps))
    for weekday, month, day, year in sorted(set(_dates(figures))):
        agrees = _weekday(number_keys(maps, year, lead=0), month, number_keys(maps, day, lead=0)) == weekday
        out += np.where(agrees, _AGREES, _DISAGREES)
    return out


def _dates(figures: Sequence[Figure]) -> Iterator[tuple[int, int, tuple[int, ...], tuple[int, ...]]]:
    for day, year in pairwise(figures):
        near = len(year.glyphs) == _YEAR_DIGITS and year.start - day.end <= _YEAR_WITHIN
        if near and day.weekday is not None and day.month is not None and year.context.before in _YEAR_BEFORE:
            yield day.weekday, day.month, day.glyphs, year.glyphs


def _weekday(years: Maps, month: int, days: Maps) -> Maps:
    """The weekday of each date, Monday being 0; -1 for dates that no month has."""
    months = (years - 1970).astype("datetime64[Y]").astype("datetime64[M]") + np.timedelta64(month - 1, "M")
    dates = months.astype("datetime64[D]") + (days - 1).astype("timedelta64[D]")
    real = (dates.astype("datetime64[M]") == months) & (years > 0)
    return np.where(real, (dates.astype(np.int64) + 3) % 7, -1)


def pages(maps: Maps, figures: Sequence[Figure]) -> Logs:
    """For each map, how well the figures that have a line for themselves number the pages of the text."""
    out = np.zeros(len(maps))
    lone = [f for f in figures if f.alone]
    if len(lone) < 2 or any(b.start - a.end < _PAGE for a, b in pairwise(lone)):
        return out
    for i, (a, b) in enumerate(pairwise(lone)):
        this, following = number_keys(maps, a.glyphs, lead=0), number_keys(maps, b.glyphs, lead=0)
        ascends = following == this + 1
        out += np.where(ascends, _NEXT, _NOT_NEXT)
        if i == 0:
            out += np.where(ascends & (this == 1), _ONE, 0.0)
    return out


def sums(maps: Maps, figures: Sequence[Figure]) -> Logs:
    """For each map, how many figures are the sum of the next two: `17 قتيلا، 9 مدنيين و8 جنود`."""
    out = np.zeros(len(maps))
    for whole, one, other in zip(figures, figures[1:], figures[2:], strict=False):
        if other.start - whole.end > 2 * _NEAR or any(map(_is_part, (whole, one, other))):
            continue
        total, a, b = (number_keys(maps, f.glyphs, lead=0) for f in (whole, one, other))
        out += np.where(total == a + b, np.log(np.maximum(total, 1)), 0.0)
    return out
