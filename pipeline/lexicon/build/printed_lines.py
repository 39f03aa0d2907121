"""The corpora as a printer would set them: every paragraph broken into lines of a width of its document's own.

Where paragraphs end a reader of the print knows it when the last line is short; the scorer of junctions trains on the
same knowledge.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.encoded import Encoded
from pipeline.restore.line_widths import FULL
from pipeline.restore.units import PARAGRAPH

NARROWEST, WIDEST = 58, 118
# How many characters a figure and a Latin word take on average.
_LENGTHS = {"0": 3, "a": 6}
Array = NDArray[Any]


class PrintedLines(NamedTuple):
    """Lines as half-open ranges of the corpus' row, and whether one can see that a paragraph begins and ends with them."""

    starts: Array
    ends: Array
    opens: Array
    closes: Array


def printed_lines(corpus: Encoded, rng: np.random.Generator) -> PrintedLines:
    """All lines of the corpora, each document set in a random width."""
    edge = corpus.names.index(PARAGRAPH)
    marks = np.flatnonzero(corpus.row == edge)
    first, last = marks[:-1] + 1, marks[1:]
    real = last > first
    first, last = first[real], last[real]
    document = np.searchsorted(corpus.starts, first, side="right") - 1
    width = rng.integers(NARROWEST, WIDEST, len(corpus.starts))[document]
    return _visible(*_broken(corpus, first, last, width), corpus.starts)


def _broken(corpus: Encoded, first: Array, last: Array, width: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Starts and ends of lines, the start and end of their paragraph, how full each line is."""
    lengths = np.array([_LENGTHS.get(name, len(name)) for name in corpus.names])
    at = np.concatenate([[0], np.cumsum(lengths[corpus.row] + corpus.spaced)])
    places = np.arange(len(corpus.row) + 1)
    may_break = np.maximum.accumulate(np.where(np.append(corpus.spaced, True), places, 0))
    found: list[tuple[Array, ...]] = []
    start, begin, end = first, first, last
    while len(start):
        reach = np.searchsorted(at, at[start] + width, side="right") - 1
        stop = np.where(reach >= end, end, np.maximum(may_break[np.minimum(reach, end)], start + 1))
        found.append((start, stop, begin, end, (at[stop] - at[start]) / width))
        rest = stop < end
        start, begin, end, width = stop[rest], begin[rest], end[rest], width[rest]
    columns = [np.concatenate(column) for column in zip(*found, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    starts, ends, begins, stops, fullness = (column[order] for column in columns)
    return starts, ends, begins, stops, fullness


def _visible(starts: Array, ends: Array, begins: Array, stops: Array, fullness: Array, documents: Array) -> PrintedLines:
    """A paragraph's end shows where its last line is short, its beginning where the line before is; a text's are known."""
    closes = (ends == stops) & ((fullness < FULL) | np.isin(ends + 1, documents))
    before = np.concatenate([[True], closes[:-1]])
    return PrintedLines(starts, ends, (starts == begins) & (before | np.isin(starts - 1, documents)), closes)
