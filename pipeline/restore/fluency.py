"""How well lines read, by the trained scorer of junctions: what passes weigh the readings of damaged lines with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions, Positions
from pipeline.restore.units import unit_names
from pipeline.restore.word_scores import WordScores

_BRACKETS = re.compile("[()\\[\\]]+")
_PADS = (PAD,) * REACH
Junction = tuple[str, ...]
"""REACH units on each side of a gap."""


class Setting(NamedTuple):
    """The units of a line, and as many before and behind it as a junction looks at."""

    before: tuple[str, ...]
    own: tuple[str, ...]
    after: tuple[str, ...]


class Fluency:
    """How well lines read, in log odds by the scorer of junctions: units that go on with each other and with the lines around.

    Brackets do not count: readers mirror them, so that they seem to stand wrong. What was weighed once is remembered, so
    that of many arrangements of a text only the lines that differ are weighed.
    """

    def __init__(self) -> None:
        self._weighed: dict[Setting, float] = {}
        # Junctions in the order in which they were first met, and their scores.
        self._junctions: defaultdict[Junction, int] = defaultdict()
        self._junctions.default_factory = self._junctions.__len__
        self._scores = np.empty(0, dtype=np.float32)
        self._names: dict[str, tuple[str, ...]] = {}

    def settings(self, lines: Iterable[str]) -> list[Setting]:
        """What there is to weigh of some consecutive lines."""
        named = list(map(self._units, lines))
        row = [name for names in named for name in names]
        places = zip(named, accumulate(map(len, named)), strict=True)
        return [Setting(tuple(row[max(end - len(own) - REACH, 0) : end - len(own)]), own, tuple(row[end : end + REACH])) for own, end in places]

    def gains(self, pairs: Sequence[tuple[Setting, Setting]]) -> list[float]:
        """How much better the first of two settings reads than the second, for many."""
        sums = self.of([setting for pair in pairs for setting in pair])
        return [new - old for new, old in zip(sums[::2], sums[1::2], strict=True)]

    def alone(self, lines: Iterable[str]) -> list[float]:
        """The fluency of each of some lines, looked at by itself."""
        return self.of([Setting((), self._units(line), ()) for line in lines])

    def with_words(self, lines: Iterable[str]) -> list[float]:
        """The fluency of each of some lines by itself, and how likely its words are: pieces of words may well go on with each other."""
        lines = list(lines)
        likelihood = WordScores.load().likelihood
        return [likelihood(line) + fluency for line, fluency in zip(lines, self.alone(lines), strict=True)]

    def framed(self, before: str, lines: Iterable[str], after: str) -> list[float]:
        """The fluency of each of some lines between the same two."""
        return self.of(self._framed(before, lines, after))

    def foresee(self, frames: Iterable[tuple[str, Iterable[str], str]]) -> None:
        """Weigh the lines of many frames that `framed` will be asked for: in one go, which is much faster."""
        self.of([setting for frame in frames for setting in self._framed(*frame)])

    def _framed(self, before: str, lines: Iterable[str], after: str) -> list[Setting]:
        edges = self._units(before)[-REACH:], self._units(after)[:REACH]
        return [Setting(edges[0], self._units(line), edges[1]) for line in lines]

    def each(self, lines: Iterable[tuple[str, str, str]]) -> list[float]:
        """The fluency of each of some lines, given between the line before it and the one behind it."""
        return self.of([setting for before, line, after in lines for setting in self._framed(before, [line], after)])

    def _units(self, line: str) -> tuple[str, ...]:
        found = self._names.get(line)
        if found is None:
            found = self._names[line] = tuple(unit_names(_BRACKETS.sub(" ", line)))
        return found

    def of(self, settings: Sequence[Setting]) -> list[float]:
        """The fluency of each of some settings."""
        fresh = [setting for setting in dict.fromkeys(settings) if setting not in self._weighed]
        if fresh:
            self._weighed.update(zip(fresh, self._sums(fresh), strict=True))
        return [self._weighed[setting] for setting in settings]

    def _sums(self, settings: Sequence[Setting]) -> list[float]:
        """The summed scores of the junctions inside each line and at both its edges; 0 where there are no units."""
        junctions = list(map(_junctions, settings))
        sizes = np.fromiter(map(len, junctions), np.int64, len(junctions))
        starts = np.cumsum(sizes) - sizes
        met = np.fromiter(map(self._junctions.__getitem__, chain.from_iterable(junctions)), np.int64, int(sizes.sum()))
        self._score(settings, starts, met)
        sums = np.add.reduceat(self._scores[met].astype(np.float64), starts).tolist()
        return [found if any(setting) else 0.0 for found, setting in zip(sums, settings, strict=True)]

    def _score(self, settings: Sequence[Setting], starts: Positions, met: Positions) -> None:
        """Score the junctions that were not `met` before, each once: arrangements of one text have most in common."""
        fresh = np.flatnonzero(met > np.maximum.accumulate(np.concatenate([[len(self._scores) - 1], met[:-1]])))
        if not len(fresh):
            return
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        row = [numbers[PAD]] * REACH
        owners = starts.searchsorted(fresh, side="right") - 1
        first: dict[int, int] = {}
        for k in dict.fromkeys(owners.tolist()):
            before, own, after = settings[k]
            first[k] = len(row) + len(before)
            row += map(numbers.__getitem__, (*before, *own, *after, *_PADS))
        places = fresh - starts[owners] + np.array([*map(first.__getitem__, owners.tolist())])
        scores = Junctions.load().sheet(list(numbers), row).scores(places, places)
        self._scores = np.concatenate([self._scores, scores])


def _junctions(setting: Setting) -> list[Junction]:
    before, own, after = setting
    units = (*_PADS, *before, *own, *after, *_PADS)
    return [units[at : at + 2 * REACH] for at in range(len(before), len(before) + len(own) + 1)]
