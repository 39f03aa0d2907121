"""How well pieces of text go on with each other when a figure stands between them, by the trained scorer of junctions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.units import FIGURE, unit_names


def figure_joints(heads: Mapping[int, str], tails: Mapping[int, str], pairs: Sequence[tuple[int, int]]) -> list[float]:
    """The log odds of each pair of pieces: the end of the first one (of `tails`), any figure, the beginning of the second (of `heads`)."""
    numbers: dict[str, int] = {PAD: 0, FIGURE: 1}
    row = [0] * REACH
    ends, closed = _laid_out(row, numbers, {n: [*unit_names(text)] for n, text in tails.items()}, after=True)
    starts, opened = _laid_out(row, numbers, {n: [*unit_names(text)] for n, text in heads.items()}, after=False)
    sheet = Junctions.load().sheet(list(numbers), row)
    lefts = np.array([[ends[a], closed[a]] for a, _ in pairs])
    rights = np.array([[opened[b], starts[b]] for _, b in pairs])
    found: list[float] = sheet.scores(lefts.ravel(), rights.ravel()).reshape(-1, 2).sum(axis=1).tolist()
    return found


def _laid_out(row: list[int], numbers: dict[str, int], pieces: Mapping[int, list[str]], *, after: bool) -> tuple[dict[int, int], dict[int, int]]:
    """Lay pieces out in a row: the places where each one ends (`after`) or begins, by itself and with a figure behind or before it."""
    plain: dict[int, int] = {}
    figured: dict[int, int] = {}
    for number, names in pieces.items():
        own = [numbers.setdefault(name, len(numbers)) for name in names]
        for places, units in ((plain, own), (figured, [*own, 1] if after else [1, *own])):
            start = len(row)
            row += [*units, *[0] * REACH]
            places[number] = start + len(units) if after else start
    return plain, figured
