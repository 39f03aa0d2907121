"""First lessons of the junction scorer: which text goes on with which, among all places of one stretch of text.

Every place of a stretch is a task: which of the places from there on is continued to from its left, and which of the
places up to there leads to its right. A stretch so teaches as much as dozens of lines whose beginning is looked for, and
in the same sense, since the places of a line are candidates that lie behind the end of the line before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.encoded import Encoded
from pipeline.restore.junctions import REACH

if TYPE_CHECKING:
    import torch

UNITS, STRETCHES = 24, 128
STEPS, RATE, WARM_UP, SAID_EVERY = 7_000, 3e-3, 200, 250
LEAST_RATE = 0.1
Array = NDArray[Any]


class Scorer(NamedTuple):
    """The model as this module needs it: vectors of units; projections of left and right contexts; scores of such pairs."""

    vectors: Callable[[Array], torch.Tensor]
    left: Callable[[torch.Tensor], torch.Tensor]
    right: Callable[[torch.Tensor], torch.Tensor]
    scores: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def learn_stretches(scorer: Scorer, optimiser: torch.optim.Optimizer, draws: Draws, say: Callable[[str], None]) -> None:
    """Train the scorer on random stretches."""
    loss_sum = 0.0
    for step in range(STEPS):
        falling = LEAST_RATE + (1 - LEAST_RATE) * 0.5 * (1 + math.cos(math.pi * step / STEPS))
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * falling
        loss = _loss(scorer, *draws.stretches())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        loss_sum += loss.item()
        if step % SAID_EVERY == SAID_EVERY - 1:
            say(f"stretches, step {step + 1}: loss {loss_sum / SAID_EVERY:.4f}")
            loss_sum = 0.0


class Draws:
    """Draws random stretches with REACH units around them; `weights` say how often each unit of the corpus begins one."""

    def __init__(self, corpus: Encoded, weights: Array, rng: np.random.Generator) -> None:
        self._corpus, self._rng = corpus, rng
        self._reached = np.cumsum(weights)
        self._document = np.repeat(np.arange(len(corpus.starts) - 1), np.diff(corpus.starts))

    def stretches(self) -> tuple[Array, Array]:
        """Unit numbers, and which units of the stretches proper have a blank before them."""
        row = self._corpus.row
        first = np.searchsorted(self._reached, self._rng.random(STRETCHES) * self._reached[-1])
        places = first[:, None] + np.arange(-REACH, UNITS + REACH)
        inside = np.clip(places, 0, len(row) - 1)
        beyond = (places != inside) | (self._document[inside] != self._document[first][:, None])
        proper = slice(REACH, REACH + UNITS)
        return np.where(beyond, len(self._corpus.names), row[inside]), self._corpus.spaced[inside[:, proper]] & ~beyond[:, proper]


def _loss(scorer: Scorer, units: Array, spaced: Array) -> torch.Tensor:
    """Mean loss of the tasks: in row j the places from j on compete to continue it, in column i those up to i to lead there."""
    import torch

    vectors = scorer.vectors(units)
    left = scorer.left(torch.cat([vectors[:, REACH - 1 - k : REACH - 1 - k + UNITS] for k in range(REACH)], -1))
    right = scorer.right(torch.cat([vectors[:, REACH + k : REACH + k + UNITS] for k in range(REACH)], -1))
    rows, columns = torch.triu_indices(UNITS, UNITS)
    may = torch.tensor(spaced)
    found = scorer.scores(left[:, rows], right[:, columns]).masked_fill(~(may[:, rows] & may[:, columns]), -1e9)
    grid = torch.full((len(found), UNITS, UNITS), -1e9)
    grid = grid.index_put((torch.arange(len(found))[:, None], rows[None], columns[None]), found)
    true = grid.diagonal(dim1=1, dim2=2)
    loss: torch.Tensor = (torch.logsumexp(grid, 2) + torch.logsumexp(grid, 1) - 2 * true)[may].mean()
    return loss
