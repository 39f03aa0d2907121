"""Which digits a font's glyphs may be by their numbers alone: every monotone assignment, and how likely fonts number so.

A font's variants of digits without a code are numbered upward in glyph order, so a map is monotone in each stretch of
the font, and how far two glyphs' numbers lie apart limits how many digits lie between them (measured on mPDF).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

_P_NEXT = 0.97  # the next digit has the next number: a glyph that has a code already leaves a gap; at .98 three times as many digits come out wrong
_P_NEXT_AFTER_ZERO = 0.4  # other variants of zero (slashed, old-style) often stand between 0 and 1
_FARTHEST = 64
_FAR = 1e-4
_P_SUBSET = 0.02  # the writer numbers only the glyphs that it uses, so absent digits leave no gap
_P_STRIDE = 0.01  # each digit has several forms, so its numbers go up by twos or threes
_P_ZERO_LAST = 0.02  # glyph order 1…9, 0
_P_OTHER_STRETCH = 0.0003  # 5…9 in a stretch of the font before that of 0…4, and the like
_P_FAR_STRETCH = 0.15  # the same where the stretches lie so far apart that their order means little
_NEGLIGIBLE = 18.0  # natural log units below the likeliest map
Maps = NDArray[np.int64]
Logs = NDArray[np.float64]


def candidate_maps(codes: Sequence[int]) -> tuple[Maps, Logs]:
    """Maps of glyph numbers to digits with their log priors, the hopeless ones left out."""
    if len(codes) > 10:
        raise ValueError(f"{len(codes)} glyphs cannot all be digits of one font: split them into fonts first")
    return _maps_of_steps(tuple(b - a for a, b in pairwise(codes)))


@lru_cache(maxsize=256)
def _maps_of_steps(distances: tuple[int, ...]) -> tuple[Maps, Logs]:
    """The candidate maps of glyphs whose numbers lie so far apart; producers come back with the same fonts."""
    steps = np.array(distances, dtype=np.int64)
    n = len(steps) + 1
    ascending = _ascending(n)
    prior = [_font_prior(ascending, steps, np.ones(len(ascending)), bool((steps == 1).all()))]
    maps = [ascending]
    for first in range(1, 10) if n > 1 else ():
        rotated = _rotated(n, first)
        over = steps[(np.diff(rotated, axis=1) < 0).argmax(axis=1)]  # from 9 on to 0
        if first > 1:
            rotated, over = rotated[over > 2], over[over > 2]
        share = np.where(over > _FARTHEST, _P_FAR_STRETCH, _P_ZERO_LAST if first == 1 else _P_OTHER_STRETCH)
        maps.append(rotated)
        prior.append(_font_prior(rotated, steps, share, False))
    logs = np.log(np.concatenate(prior) + 1e-300)
    keep = logs > logs.max() - _NEGLIGIBLE
    return np.asfortranarray(np.concatenate(maps)[keep]), logs[keep]


@cache
def _ascending(n: int) -> Maps:
    return np.array(list(combinations(range(10), n)), dtype=np.int64).reshape(-1, n)


@cache
def _rotated(n: int, first: int) -> Maps:
    """Maps that ascend from `first` to 9 and on from 0, and that are not ascending as a whole."""
    maps = (_ascending(n) + first) % 10
    return maps[(np.diff(maps, axis=1) < 0).any(axis=1)]


def _font_prior(maps: Maps, steps: NDArray[np.int64], share: Logs, contiguous: bool) -> Logs:
    """P(glyph numbers | map), times the share of fonts ordered like this."""
    prior = share * _steps_given(maps, steps)
    stride = int(np.gcd.reduce(steps)) if len(steps) else 1
    if stride > 1:
        prior = prior * (1 - _P_STRIDE) + _P_STRIDE * share * _steps_given(maps, steps // stride)
    return prior * (1 - _P_SUBSET) + _P_SUBSET * share * contiguous


def _steps_given(maps: Maps, steps: NDArray[np.int64]) -> Logs:
    found = np.ones(len(maps))
    for i, step in enumerate(steps.tolist()):
        lower, digits = maps[:, i], (maps[:, i + 1] - maps[:, i]) % 10
        found *= _FAR if step > _FARTHEST else _step_table()[(lower == 0).astype(np.int64), digits, step]
    return found


@cache
def _step_table() -> NDArray[np.float64]:
    """P(glyph numbers differ by D | digits differ by k), for k steps that do (1) or do not (0) begin at zero."""
    gaps = np.arange(_FARTHEST + 1, dtype=float)
    rest = np.where(gaps > 1, 0.75**gaps, 0)
    rest /= rest.sum()
    step = (1 - _P_NEXT) * rest
    step[1] = _P_NEXT
    after_zero = (1 - _P_NEXT_AFTER_ZERO) * rest
    after_zero[1] = _P_NEXT_AFTER_ZERO
    table = np.zeros((2, 10, _FARTHEST + 1))
    table[0, 1], table[1, 1] = step, after_zero
    for k in range(2, 10):
        for start in (0, 1):
            table[start, k] = np.convolve(table[start, k - 1], step)[: _FARTHEST + 1]
    return table
