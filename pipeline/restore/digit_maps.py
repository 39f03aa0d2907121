"""Which glyph is which digit: the posterior of every monotone assignment (digit_priors.py), from all figures of a text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.digit_priors import Logs, Maps, candidate_maps
from pipeline.restore.figure_contexts import DIGIT, Neighbours
from pipeline.restore.figure_model import EVIDENCE, FigureModel, Weights
from pipeline.restore.figure_relations import disorder, pages, sums, weekdays
from pipeline.restore.private_figures import Figure, continues, number_keys

# Probabilities of a map and of a way that change none in any digit that is told.
_UNSEEN, _UNSEEN_WAY = 1e-12, 1e-9
_P_WAY = (0.993, 0.002, 0.005)  # of Way; backward figures were turned with everything else by someone, no reader prints them (measured)
_TRUST = 0.5  # share of the evidence for a way that counts: the numerals of a document are alike (measured on corpus articles)
_CLOCK = ":" + DIGIT  # hours are padded by writers who pad nothing else: `02:15`
_P_UNGROUPED = 0.03  # that digits set apart by a comma are no thousands: `3,5` for 3.5
_THOUSANDS = ","
Told = dict[tuple[tuple[int, ...], Neighbours], Logs]


class Way(IntEnum):
    """How numerals are printed: left to right, right to left, or, by pdfium, `200,1` for 1,200 (measured)."""

    PRINTED, BACKWARD, REGROUPED = range(3)


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
    scores = [score + math.log(_P_UNGROUPED) * ungrouped for score, ungrouped in zip(scores, _ungrouped(printed), strict=True)]
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
        if found and figure.start - found[-1][-1].end == 1 and continues(figure.context):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def _ungrouped(figures: Sequence[Figure]) -> tuple[int, int, int]:
    """In each way, how many numerals with commas are no thousands, as `200,1` is not: after one to three digits come three each."""
    numerals = {tuple(f.glyphs for f in together) for together in _together(figures) if _has_commas(together)}
    printed, turned = (sum(not _is_grouped(n[::step]) for n in numerals) for step in (1, -1))
    return printed, turned, turned


def _has_commas(together: Sequence[Figure]) -> bool:
    return len(together) > 1 and all(f.context.before == DIGIT + _THOUSANDS for f in together[1:])


def _is_grouped(groups: Sequence[Sequence[int]]) -> bool:
    return len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


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
        if len(glyphs) > 1 and context.after != _CLOCK and not continues(context):
            padded += maps[:, glyphs[0]] == 0
    out[:, -EVIDENCE:] = evidence
    relations = (disorder(maps, figures), -np.log1p(padded), weekdays(maps, figures), pages(maps, figures), sums(maps, figures))
    out[:, 1 : 1 + len(relations)] = np.stack(relations, axis=1)
    return out


def _distinct(keys: Maps) -> tuple[list[int], NDArray[np.intp]]:
    """The distinct keys in ascending order, and the place of each key among them."""
    unique = sorted(set(keys.tolist()))
    return unique, np.searchsorted(np.array(unique), keys)
