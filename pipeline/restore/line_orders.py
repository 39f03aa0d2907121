"""Describes every reading of a suspicious line by the features that the ranker weighs.

Building is in two steps, so that all junctions of a document are scored in one go: `Scenes.add` collects readings and
the junctions they ask for, `Scenes.features` turns the scores into one matrix a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.junctions import PAD, REACH, Context, Junctions
from pipeline.restore.readings import Reading, order
from pipeline.restore.seams import Seam, Token
from pipeline.restore.units import CLOSING, OPENING

FEATURES = (
    "displaced", "second_cut", "more_cuts", "gain", "least_gain", "low_gain", "broken", "around", "short_run",
    "unbalanced", "ra", "hamza", "other", "final", "lost", "joining", "mark", "sign", "before_ya",
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
        for row, reading in enumerate(displaced, 1):
            self._describe(scene, row, reading, tokens, before, after)
            scene.plain[row, _COLUMN["unbalanced"]] -= unbalanced
        return scene

    def _describe(self, scene: Scene, row: int, reading: Reading, tokens: Sequence[Token], before: Sequence[str], after: Sequence[str]) -> None:
        written, places = logical_units(tokens, reading)
        scene.readings.append(reading)
        scene.starts.append(self.right([*written, *after]))
        scene.ends.append(self.left([*before, *written]))
        circle = [*written, *written] if len(reading.cuts) == 1 else [*before, *written, *after]
        shift = len(written) if len(reading.cuts) == 1 else len(before)
        scene.around.append([junction for k in places for junction in self._beside(circle, k + shift)])
        one_cut = len(reading.cuts) == 1
        scene.broken.append((self.left(written), self.right(written)) if one_cut else None)
        _plain_features(scene.plain[row], reading, len(tokens))
        scene.plain[row, _COLUMN["unbalanced"]] = _unbalanced(written)

    def _beside(self, units: Sequence[str], place: int) -> list[tuple[int, int]]:
        near = units[max(place - REACH, 0) : place + REACH + 2]
        at = place - max(place - REACH, 0)
        return [(self.left(near[:at]), self.right(near[at:])), (self.left(near[: at + 1]), self.right(near[at + 1 :]))]

    def vectors(self, junctions: Junctions) -> tuple[Matrix, Matrix]:
        """Projections of all contexts collected so far, left and right."""
        return junctions.lefts(list(self._lefts)), junctions.rights(list(self._rights))


def features(scene: Scene, junctions: Junctions, lefts: Matrix, rights: Matrix) -> Matrix:
    """The scene's features, a row for each reading, junctions with the neighbouring lines left out."""
    pairs = sorted({p for row in scene.around for p in row} | {p for p in scene.broken if p})
    scores = junctions.scores(lefts[[p[0] for p in pairs]], rights[[p[1] for p in pairs]]) if pairs else []
    score = dict(zip(pairs, scores, strict=True))
    full = scene.plain.copy()
    for row, (around, broken) in enumerate(zip(scene.around, scene.broken, strict=True)):
        full[row, _COLUMN["around"]] = sum(score[p] for p in around)
        full[row, _COLUMN["broken"]] = -score[broken] if broken else 0.0
    return full


def logical_units(tokens: Sequence[Token], reading: Reading) -> tuple[list[str], list[int]]:
    """A reading's units in the order in which they were written, and where in them its mended words stand."""
    written: list[str] = []
    places: list[int] = []
    seams: list[Seam | None] = [None, *reversed(reading.seams)]
    for (start, end), joint in zip(order(reading.cuts, len(tokens)), seams, strict=True):
        mine = [unit for one in tokens[start:end] for unit in one.units]
        if joint and joint.word:
            places.append(len(written) - 1)
            written[-1] = joint.word
            mine = mine[1:] if tokens[start].first else mine
        written += mine
    return written, places


def _plain_features(row: Matrix, reading: Reading, size: int) -> None:
    gains = [s.gain for s in reading.seams if s.kind not in ("mark", "sign")]
    row[_COLUMN["displaced"]] = 1
    row[_COLUMN["second_cut"]] = len(reading.cuts) > 1
    row[_COLUMN["more_cuts"]] = max(len(reading.cuts) - 2, 0)
    row[_COLUMN["gain"]] = sum(gains)
    row[_COLUMN["least_gain"]] = min(gains, default=10.0)
    row[_COLUMN["low_gain"]] = sum(max(8 - g, 0) for g in gains)
    row[_COLUMN["short_run"]] = sum(e - s == 1 for s, e in order(reading.cuts, size))
    for joint in reading.seams:
        row[_COLUMN[joint.kind]] += 1


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
