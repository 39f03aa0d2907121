"""Which glyph is which digit: the posterior of every monotone assignment (digit_priors.py), from all figures of a text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.digit_priors import Logs, Maps, candidate_maps
from pipeline.restore.figure_contexts import DIGIT, Neighbours, neighbours
from pipeline.restore.figure_model import EVIDENCE, FigureModel, Weights

# Probabilities of a map and of a way that change none in any digit that is told.
_UNSEEN, _UNSEEN_WAY = 1e-12, 1e-9
_P_WAY = (0.993, 0.002, 0.005)  # of Way; backward figures were turned with everything else by someone, no reader prints them (measured)
_TRUST = 0.5  # share of the evidence for a way that counts: the numerals of a document are alike (measured on corpus articles)
Told = dict[tuple[tuple[int, ...], Neighbours], Logs]


class Way(IntEnum):
    """How numerals are printed: left to right, right to left, or, by pdfium, `200,1` for 1,200 (measured)."""

    PRINTED, BACKWARD, REGROUPED = range(3)


class Figure(NamedTuple):
    """A run of private glyphs: where it stands, its glyphs as places in the ascending list of glyphs, its neighbours."""

    start: int
    end: int
    glyphs: tuple[int, ...]
    context: Neighbours


class Numeral(NamedTuple):
    """Figures that touch by separators, 5,200 or 23/10/2017: where it stands, the glyphs of its groups, the signs between them."""

    start: int
    end: int
    groups: tuple[tuple[int, ...], ...]
    joints: tuple[str, ...]

    def read(self, way: Way) -> Numeral:
        """The numeral with its groups in reading order, when they are printed so."""
        if way is Way.PRINTED:
            return self
        groups = tuple(g[::-1] if way is Way.BACKWARD else g for g in self.groups[::-1])
        return self._replace(groups=groups, joints=self.joints[::-1])

    def keys(self, maps: Maps) -> Maps:
        """What each map reads in it, as keys of the figure model."""
        return number_keys(maps, [glyph for group in self.groups for glyph in group])

    def written(self, digits: str) -> str:
        """The digits with the signs between the groups."""
        if not self.joints:
            return digits
        rest = iter(digits)
        groups = ["".join(next(rest) for _ in group) for group in self.groups]
        return "".join(group + joint for group, joint in zip(groups, (*self.joints, ""), strict=True))

    def places(self, way: Way) -> list[int]:
        """Offsets of the numeral's characters in reading order."""
        if way is not Way.REGROUPED:
            return list(range(self.start, self.end))[:: -1 if way is Way.BACKWARD else 1]
        order: list[int] = []
        at = self.start
        for group, joint in zip(self.groups, (*self.joints, ""), strict=True):
            order[:0] = [*range(at + len(group), at + len(group) + len(joint)), *range(at, at + len(group))]
            at += len(group) + len(joint)
        return order


@dataclass(frozen=True, slots=True)
class Solution:
    """The maps that are worth considering (rows: digit of each glyph), and the prior and posterior of each way and map.

    `told` is the evidence of each figure for each map.
    """

    maps: Maps
    prior: Logs
    posterior: Logs
    told: Told = field(default_factory=dict)

    @property
    def best(self) -> tuple[Way, int]:
        """The likeliest way and the row of the likeliest map."""
        way, row = divmod(int(self.posterior.argmax()), len(self.maps))
        return Way(way), row

    def likely(self) -> Solution:
        """The same without the ways and maps that are too unlikely to show in a probability."""
        rows = self.posterior.sum(axis=0) > _UNSEEN
        posterior = np.where(self.posterior.sum(axis=1, keepdims=True) > _UNSEEN_WAY, self.posterior, 0.0)[:, rows]
        return Solution(np.asfortranarray(self.maps[rows]), self.prior[:, rows], posterior)

    def likeliest_map(self, numeral: Numeral) -> tuple[str, float]:
        """What the likeliest map reads in a numeral, and the probability of all maps and ways that agree."""
        way, row = self.best
        shown = numeral.read(way)
        key = int(shown.keys(self.maps[row : row + 1])[0])
        digits = str(key)[1:]
        text = shown.written(digits)
        agreeing = [posterior[other.keys(self.maps) == key] for other, posterior in self._ways(numeral) if other.written(digits) == text]
        return text, sum(float(p.sum()) for p in agreeing)

    def readings(self, numeral: Numeral, at_most: int = 1000) -> list[tuple[str, float]]:
        """The likeliest readings of a numeral with their probabilities, best first."""
        found: dict[str, float] = {}
        for reading, probability in self._readings(numeral):
            found[reading] = found.get(reading, 0.0) + probability
        return sorted(found.items(), key=lambda r: -r[1])[:at_most]

    def _readings(self, numeral: Numeral) -> Iterator[tuple[str, float]]:
        for shown, posterior in self._ways(numeral):
            unique, where = _distinct(shown.keys(self.maps))
            likely = np.bincount(where, weights=posterior).tolist()
            yield from ((shown.written(str(key)[1:]), p) for key, p in zip(unique, likely, strict=True))

    def _ways(self, numeral: Numeral) -> Iterator[tuple[Numeral, Logs]]:
        """The numeral as it reads when printed in each way, with the posterior of the maps."""
        printed, backward, regrouped = self.posterior
        if not numeral.joints:  # one group reads the same, regrouped or not
            printed, regrouped = printed + regrouped, np.zeros(0)
        yield numeral, printed
        if backward.any():
            yield numeral.read(Way.BACKWARD), backward
        if regrouped.any():
            yield numeral.read(Way.REGROUPED), regrouped


def figures_of(text: str, glyphs: Sequence[str]) -> list[Figure]:
    """The runs of these glyphs (ascending) in a text."""
    if not glyphs:
        return []
    place = {glyph: i for i, glyph in enumerate(glyphs)}
    return [
        Figure(*m.span(), tuple(place[c] for c in m.group()), neighbours(text, *m.span()))
        for m in re.finditer(f"[{re.escape(''.join(glyphs))}]+", text)
    ]


def solve(codes: Sequence[int], figures: Sequence[Figure], model: FigureModel) -> Solution:
    """Posterior over maps and ways from glyph numbers (ascending, ten at most) and all figures of one font.

    Raises ValueError for more than ten glyphs.
    """
    maps, prior = candidate_maps(codes)
    weights = np.array(model.weights)
    printed = list(figures)
    told: Told = {}
    scores = [features(maps, prior, printed, model, told) @ weights]
    for way in (Way.BACKWARD, Way.REGROUPED):
        shown = as_read(printed, way)
        scores.append(scores[0] if shown == printed else features(maps, prior, shown, model, told) @ weights)
    usual = [prior * model.weights.prior + math.log(p) for p in _P_WAY]
    posterior = [score - (1 - _TRUST) * _log_sum(score) + math.log(p) for score, p in zip(scores, _P_WAY, strict=True)]
    return Solution(maps, shares(np.array(usual)), shares(np.array(posterior)), told)


def as_read(figures: Sequence[Figure], way: Way) -> list[Figure]:
    """The figures as they read when their numerals are printed so: groups change places, and so what stands around them."""
    if way is Way.PRINTED:
        return list(figures)
    found: list[Figure] = []
    for numeral in _together(figures):
        before, after = numeral[0].context.before, numeral[-1].context.after
        for group in numeral[::-1]:
            context = Neighbours(
                before if group is numeral[-1] else group.context.after[::-1],
                after if group is numeral[0] else group.context.before[::-1],
            )  # fmt: skip
            found.append(group._replace(glyphs=group.glyphs[::-1] if way is Way.BACKWARD else group.glyphs, context=context))
    return found


def _together(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The figures that touch by a separator, as one list each."""
    found: list[list[Figure]] = []
    for figure in figures:
        if found and figure.start - found[-1][-1].end == 1 and _continues(figure.context):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def _log_sum(logs: Logs) -> float:
    return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))


def shares(logs: Logs) -> Logs:
    """Probabilities from logs that are known up to a constant."""
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def features(maps: Maps, prior: Logs, figures: Sequence[Figure], model: FigureModel, told: Told | None = None) -> Logs:
    """The evidence for each map, one column per weight of the model; `told` keeps that of each figure for the next call with these maps.

    A way of standing counts once a document: a headline's figure told again is no new evidence. Numbers of four
    digits and more that begin with the same two (the years of one century, but not `00`) count as one together.
    """
    out = np.zeros((len(maps), len(Weights._fields)))
    out[:, 0] = prior
    evidence = np.zeros((len(maps), EVIDENCE))
    padded = np.zeros(len(maps))
    told = {} if told is None else told
    ways = {(f.glyphs, f.context): None for f in figures}
    alike = Counter(glyphs[:2] for glyphs, _ in ways if len(glyphs) > 3 and glyphs[0] != glyphs[1])
    for glyphs, context in ways:
        if (glyphs, context) not in told:
            # Backward, most figures stand between the same words: both readings are looked up together.
            unique, where = _distinct(np.concatenate([number_keys(maps, glyphs), number_keys(maps, glyphs[::-1])]))
            both = model.evidence(unique, context)[where]
            told[glyphs, context], told[glyphs[::-1], context] = both[: len(maps)], both[len(maps) :]
        several = alike[glyphs[:2]] if len(glyphs) > 3 else 1
        evidence += told[glyphs, context] if several < 2 else 1 / several * told[glyphs, context]
        if len(glyphs) > 1 and not _continues(context):
            padded += maps[:, glyphs[0]] == 0
    out[:, -EVIDENCE:] = evidence
    out[:, 2] = -np.log1p(padded)
    for low, high in ordered_pairs(figures):
        out[:, 1] -= number_keys(maps, low.glyphs, lead=0) > number_keys(maps, high.glyphs, lead=0)
    return out


def ordered_pairs(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Neighbouring figures of which the first is not above the second: `من 15 إلى 20`, `2014-2016`, and `20 … بينهم 5` turned round."""
    pairs = []
    for a, b in pairwise(figures):
        if a.context.after in _YEARS_TO and len(a.glyphs) == len(b.glyphs) == _YEAR_DIGITS:
            pairs.append((a, b))
            continue
        if b.start - a.end > 60 or _is_part(a) or _is_part(b):
            continue
        if a.context.before in _RANGE_FROM and b.context.before in _RANGE_TO:
            pairs.append((a, b))
        elif b.context.before in _PART_OF and a.context.before not in _PART_OF:
            pairs.append((b, a))
    return pairs


_YEARS_TO, _YEAR_DIGITS = frozenset({"-0", "/0"}), 4
_RANGE_FROM = frozenset({"من", "بين", "وبين", "ومن", "بين+"})
_RANGE_TO = frozenset({"الى", "و+", "و", "حتى"})
_PART_OF = frozenset({"بينهم", "منهم", "بينها", "منها", "بينهن", "منهن"})


def _is_part(figure: Figure) -> bool:
    """A piece of a longer figure: `5,200`, `23/10`."""
    return _continues(figure.context) or _goes_on(figure.context)


def _continues(context: Neighbours) -> bool:
    """Behind a separator that has a digit on its other side."""
    return len(context.before) == 2 and context.before.startswith(DIGIT)


def _goes_on(context: Neighbours) -> bool:
    """Before a separator that has a digit on its other side."""
    return len(context.after) == 2 and context.after.endswith(DIGIT)


def number_keys(maps: Maps, glyphs: Sequence[int], lead: int = 1) -> Maps:
    """The number that each map reads in a run of glyphs, as a key of the figure model."""
    key = maps[:, glyphs[0]] + 10 * lead
    for glyph in glyphs[1:]:
        key *= 10
        key += maps[:, glyph]
    return key


def _distinct(keys: Maps) -> tuple[list[int], NDArray[np.intp]]:
    """The distinct keys in ascending order, and the place of each key among them."""
    unique = sorted(set(keys.tolist()))
    return unique, np.searchsorted(np.array(unique), keys)
