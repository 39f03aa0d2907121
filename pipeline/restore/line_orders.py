"""Describes every reading of a suspicious line by the features that the ranker weighs.

Building is in two steps, so that all junctions of a document are scored in one go: `Scenes.add` collects readings and
the junctions they ask for, `Scenes.features` turns the scores into one matrix a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.junctions import PAD, REACH, Context, Junctions, Side
from pipeline.restore.readings import Reading, order
from pipeline.restore.seams import TATWEEL, Seam, Token, bears
from pipeline.restore.units import CLOSING, OPENING

FEATURES = (
    "cut", "second_cut", "more_cuts", "turned", "gain", "least_gain", "low_gain", "broken", "around", "short_run",
    "unbalanced", "loose_mark", "loose_letter", "ra", "hamza", "other", "final", "lost", "joining", "mark", "sign", "stretched",
)  # fmt: skip
_COLUMN = {name: k for k, name in enumerate(FEATURES)}
Matrix = NDArray[np.float32]


class Scene(NamedTuple):
    """One line's readings; the first, None, is the printed order. `starts` and `ends` number its outer contexts."""

    readings: list[Reading | None]
    starts: list[int]
    ends: list[int]
    plain: Matrix
    around: list[list[tuple[int, int]]]
    broken: list[tuple[int, int] | None]


class Scenes:
    """The suspicious lines of a document and the junctions that their readings need."""

    def __init__(self) -> None:
        self._lefts: dict[Context, int] = {}
        self._rights: dict[Context, int] = {}

    def left(self, units: Sequence[str]) -> int:
        """Number of the context that ends with these units."""
        context = (*units[: -REACH - 1 : -1], PAD, PAD, PAD, PAD)[:REACH]
        return self._lefts.setdefault(context, len(self._lefts))

    def right(self, units: Sequence[str]) -> int:
        """Number of the context that begins with these units."""
        context = (*units[:REACH], PAD, PAD, PAD, PAD)[:REACH]
        return self._rights.setdefault(context, len(self._rights))

    def add(self, tokens: Sequence[Token], displaced: Sequence[Reading], before: Sequence[str], after: Sequence[str]) -> Scene:
        """The scene of a line with its displaced readings.

        `before` and `after` are units of the neighbouring lines as far as they are known; they fill the context
        of short lines.
        """
        printed = [unit for one in tokens for unit in one.units]
        scene = Scene([None], [self.right([*printed, *after])], [self.left([*before, *printed])], _empty(len(displaced) + 1), [[]], [None])
        unbalanced = _unbalanced(printed)
        loose = _loose(tokens)
        lone = sum(len(one.plain) == 1 and bool(one.last) for one in tokens)
        scene.plain[:, _COLUMN["loose_mark"]] = loose
        scene.plain[:, _COLUMN["loose_letter"]] = lone
        for row, reading in enumerate(displaced, 1):
            self._describe(scene, row, reading, before, after)
            scene.plain[row, _COLUMN["unbalanced"]] -= unbalanced
        return scene

    def _describe(self, scene: Scene, row: int, reading: Reading, before: Sequence[str], after: Sequence[str]) -> None:
        written, places, body = logical_units(reading)
        scene.readings.append(reading)
        scene.starts.append(self.right([*written, *after]))
        scene.ends.append(self.left([*before, *written]))
        one_cut = len(reading.cuts) == 1
        context = [*written, *written] if one_cut else [*before, *written, *after]
        shift = len(written) if one_cut else len(before)
        scene.around.append([junction for k in places for junction in self._beside(context, k + shift)])
        scene.broken.append((self.left(written[:body]), self.right(written)) if one_cut else None)
        _plain_features(scene.plain[row], reading)
        scene.plain[row, _COLUMN["unbalanced"]] = _unbalanced(written)

    def _beside(self, units: Sequence[str], place: int) -> list[tuple[int, int]]:
        near = units[max(place - REACH, 0) : place + REACH + 2]
        at = place - max(place - REACH, 0)
        return [(self.left(near[:at]), self.right(near[at:])), (self.left(near[: at + 1]), self.right(near[at + 1 :]))]

    def sides(self, junctions: Junctions) -> tuple[Side, Side]:
        """All contexts collected so far, left and right."""
        return junctions.lefts(list(self._lefts)), junctions.rights(list(self._rights))


def features(scene: Scene, junctions: Junctions, lefts: Side, rights: Side) -> Matrix:
    """The scene's features, a row for each reading, junctions with the neighbouring lines left out."""
    pairs = sorted({p for row in scene.around for p in row} | {p for p in scene.broken if p})
    scores = junctions.scores(lefts.take([p[0] for p in pairs]), rights.take([p[1] for p in pairs])) if pairs else []
    score = dict(zip(pairs, scores, strict=True))
    full = scene.plain.copy()
    for row, (around, broken) in enumerate(zip(scene.around, scene.broken, strict=True)):
        full[row, _COLUMN["around"]] = sum(score[p] for p in around)
        full[row, _COLUMN["broken"]] = -score[broken] if broken else 0.0
    return full


def logical_units(reading: Reading) -> tuple[list[str], list[int], int]:
    """A reading's units in the order in which they were written, where its mended words stand, where its tail begins."""
    tokens = reading.layout.tokens
    written: list[str] = []
    places: list[int] = []
    seams: list[Seam | None] = [None, *reversed(reading.seams)]
    for (start, end), joint in zip(order(reading), seams, strict=True):
        mine = [unit for one in tokens[start:end] for unit in one.units]
        if joint and joint.word:
            places.append(len(written) - 1)
            written[-1] = joint.word
            mine = mine[1:] if tokens[start].first else mine
        written += mine
    body = len(written)
    return written + [unit for one in reading.layout.tail for unit in one.units], places, body


def _plain_features(row: Matrix, reading: Reading) -> None:
    gains = [s.gain for s in reading.seams if s.kind not in ("mark", "sign")]
    values = {
        "cut": len(reading.cuts) > 0,
        "second_cut": len(reading.cuts) > 1,
        "more_cuts": max(len(reading.cuts) - 2, 0),
        "turned": reading.layout.turned > 0,
        "gain": sum(gains),
        "least_gain": min(gains, default=10.0),
        "low_gain": sum(max(8 - g, 0) for g in gains),
        "short_run": sum(e - s == 1 for s, e in order(reading)),
        "loose_mark": -sum(s.kind in ("mark", "stretched") for s in reading.seams),
        "loose_letter": -sum(len(reading.layout.tokens[e - 1].plain) == 1 for _, e in order(reading)[:-1]),
    }
    for name, value in values.items():
        row[_COLUMN[name]] += value
    for joint in reading.seams:
        row[_COLUMN[joint.kind]] += 1


def _loose(tokens: Sequence[Token]) -> int:
    """How many marks and edge tatweels have their other half elsewhere; inside a line it may be the token before."""
    count = int(tokens[0].marked)
    count += sum(right.marked and not bears(left, right) for left, right in pairwise(tokens))
    edges = sum(one.text[0] == TATWEEL or one.text[-1] == TATWEEL for one in tokens)
    return count + (edges if TATWEEL in (tokens[0].text[0], tokens[-1].text[-1]) else 0)


def _unbalanced(units: Sequence[str]) -> int:
    depth = violations = 0
    for unit in units:
        if unit == OPENING:
            depth += 1
        elif unit == CLOSING:
            violations += depth == 0
            depth = max(depth - 1, 0)
    return violations + depth


def _empty(rows: int) -> Matrix:
    return np.zeros((rows, len(FEATURES)), dtype=np.float32)
