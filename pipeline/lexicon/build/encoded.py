"""Corpora as one long row of unit numbers, which counting and training both read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.corpus import Document
from pipeline.restore.units import PARAGRAPH, units

NEWS = "ant"


class Encoded(NamedTuple):
    """Unit numbers of all documents in a row, whether white space stands before each, where documents begin (and end).

    PARAGRAPH stands before and after each paragraph. `names` gives each number's unit, `news` says for each unit whether it stands in a news story.
    """

    row: NDArray[np.int32]
    spaced: NDArray[np.bool_]
    starts: NDArray[np.int64]
    news: NDArray[np.bool_]
    names: list[str]


def encode(documents: Iterable[Document]) -> Encoded:
    """Split documents into units and number these in order of appearance."""
    numbers: dict[str, int] = {PARAGRAPH: 0}
    edge = numbers[PARAGRAPH]
    row: list[int] = []
    spaced: list[bool] = []
    starts: list[int] = []
    news: list[bool] = []
    for document in documents:
        starts.append(len(row))
        news.append(document.source == NEWS)
        row.append(edge)
        spaced.append(False)
        for paragraph in document.paragraphs:
            found = units(paragraph)
            row += [numbers.setdefault(name, len(numbers)) for name in found.names]
            row.append(edge)
            spaced += [*found.spaced, False]
    edges = np.array([*starts, len(row)], dtype=np.int64)
    return Encoded(np.array(row, np.int32), np.array(spaced, bool), edges, np.repeat(news, np.diff(edges)), list(numbers))
