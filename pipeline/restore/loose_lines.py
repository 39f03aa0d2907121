"""Justified lines whose pieces, cut between words, were printed last part first, each with a blank at its end.

PDFBox does this where justified words stand wider apart than its threshold (measured on WeasyPrint's and Typst's pages):
`في اليمن، وقالت المدنيين  إزاء أوضاع  أعربت عن قلقها ` for `أعربت عن قلقها إزاء أوضاع المدنيين في اليمن، وقالت`. Blanks
double at the seams but for the first one, and one stands at the line's end. Cuts inside words are displaced_runs.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions, Sheet
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.units import token_units, unit_names
from pipeline.restore.votes import Votes, probability

_LINE = re.compile("[^\n\f]*[^\\s][^\n\f]*")
_TOKEN = re.compile("[^ \u00a0\t\n\f]+")
_SEAM = re.compile("[ \u00a0]{2,}")
_LONGEST, _MOST = 220, 0.9
# Lines with double blanks tell whether a text is so damaged; one cut at an unknown place always seems to gain a little.
_SURE, _TOTAL, _LIKELY, _CLEARLY, _MOST_LEAN = 6.0, 15.0, 0.0, 3, 3.0
TRACES: tuple[Trace, ...] = ((" ", "\n"),)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's tokens and where their units stand in the row; `seams` are tokens that begin a piece after a double blank."""

    tokens: list[tuple[int, int]]
    places: list[int]
    seams: list[int]
    loose: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A line's pieces in the order in which they were written, as token ranges, and how much better they read."""

    line: _Line
    pieces: list[tuple[int, int]]
    gain: float


def restore_loose_lines(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put pieces of justified lines back in order, in a text whose lines with double blanks read far better so."""
    text = traced.text
    if " \n" not in text:
        return Outcome(traced)
    lines, sheet = _laid_out(text)
    if not lines or sum(line.loose for line in lines) > _MOST * len(lines):
        return Outcome(traced)
    readings = _readings(lines, sheet)
    told = [r.gain for r in readings if r.line.seams]
    votes = Votes.of(told, _SURE, against=0.0)
    if votes.better <= _CLEARLY * votes.worse or votes.total < _TOTAL:
        return Outcome(traced)
    lean = votes.lean(_MOST_LEAN)
    chosen = [r for r in readings if r.gain + lean > _LIKELY]
    scores = [probability(r.gain + lean, 0.95) for r in chosen]
    edits = [_edit(traced, r) for r in chosen]
    evidence = f"pieces cut between words; {votes.better} lines read far better so, {votes.worse} worse"
    return rewrite(traced, "displaced_run", edits, evidence, scores)


def _laid_out(text: str) -> tuple[list[_Line], Sheet]:
    """The lines, their units in one row, and that row ready for scoring."""
    numbers: dict[str, int] = {PAD: 0}
    row = [0] * REACH
    lines = []
    for match in _LINE.finditer(text):
        tokens = [m.span() for m in _TOKEN.finditer(text, match.start(), match.end())]
        places = [len(row)]
        for start, end in tokens:
            row += [numbers.setdefault(name, len(numbers)) for name in _units(text[start:end])]
            places.append(len(row))
        gaps = [k for k in range(1, len(tokens)) if _SEAM.match(text, tokens[k - 1][1], tokens[k][0])]
        loose = text[match.end() - 1] in " \u00a0" and len(tokens) > 3 and len(match.group()) <= _LONGEST
        lines.append(_Line(tokens, places, gaps, loose))
    return lines, Junctions.load().sheet(list(numbers), row + [0] * REACH)


def _units(token: str) -> Sequence[str]:
    return unit_names(token) if not token.isascii() else token_units(token)


def _readings(lines: Sequence[_Line], sheet: Sheet) -> list[_Reading]:
    """The best reading of each loose line but the last, from the top down."""
    found = []
    end = lines[0].places[0]
    for k, line in enumerate(lines):
        after = lines[k + 1] if k + 1 < len(lines) else None
        if line.loose:
            start_after = None if after is None or (after.loose and not after.seams) else after.places[after.seams[-1] if after.loose else 0]
            reading = _best(line, end, start_after, sheet)
            found.append(reading)
            end = line.places[reading.pieces[-1][1]] if reading.gain > 0 else line.places[-1]
        else:
            end = line.places[-1]
    return found


def _best(line: _Line, before: int, after: int | None, sheet: Sheet) -> _Reading:
    """The cut of the first printed piece with which the line goes on best: what stands behind it was written before it."""
    edges = [0, *line.seams, len(line.tokens)]
    options = [[0, cut, *edges[1:]] for cut in range(1, edges[1])]
    if not options:
        return _Reading(line, [(0, len(line.tokens))], -math.inf)
    made = [_junctions(line, option, before, after) for option in options]
    printed = [[*_junctions(line, [0, len(line.tokens)], before, after), *((line.places[k],) * 2 for k in option[1:-1])] for option in options]
    gains = _sums(made, sheet) - _sums(printed, sheet)
    best = int(gains.argmax())
    return _Reading(line, _written(options[best]), float(gains[best]))


def _written(edges: Sequence[int]) -> list[tuple[int, int]]:
    """The pieces between edges, last one first."""
    return [(edges[k], edges[k + 1]) for k in range(len(edges) - 2, -1, -1)]


def _junctions(line: _Line, edges: Sequence[int], before: int, after: int | None) -> list[tuple[int, int]]:
    """Where each piece goes on with the next one, and the outer ones with the neighbouring lines."""
    pieces = _written(edges)
    ends = [before, *(line.places[last] for _, last in pieces)]
    starts = [*(line.places[first] for first, _ in pieces), after]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start is not None]


def _sums(options: Sequence[Sequence[tuple[int, int]]], sheet: Sheet) -> np.ndarray:
    """The summed scores of the junctions of each option."""
    flat = np.array([pair for option in options for pair in option], dtype=np.int64)
    sums = np.concatenate([[0.0], np.cumsum(sheet.scores(flat[:, 0], flat[:, 1]), dtype=np.float64)])
    ends = np.cumsum([len(option) for option in options])
    found: np.ndarray = sums[ends] - np.concatenate([[0.0], sums[ends[:-1]]])
    return found


def _edit(traced: Traced, reading: _Reading) -> Edit:
    tokens = reading.line.tokens
    places: list[int] = []
    for first, last in reading.pieces:
        start, end = tokens[first][0], tokens[last - 1][1]
        # The blank that stands behind a piece in print stands behind it in writing.
        places += [*range(start, end), *([end] if last < len(tokens) or end < len(traced) else [])]
    if reading.pieces[-1][1] == len(tokens):
        places = places[:-1]
    return reordered(traced, tokens[0][0], max(tokens[-1][1], max(places) + 1), places)
