"""Builds the table of word pairs that stand together more often than chance has it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.encoded import Encoded
from pipeline.restore.word_pairs import COUNT_BITS, PROBES, SLOT_BITS, codes, place

SEEN_AT_LEAST = 2
BEYOND_CHANCE = 1.0
"""Least natural log of how much commoner a pair is than chance has it."""


def word_pairs(corpus: Encoded) -> NDArray[np.uint16]:
    """The slots of the table; pairs that find no free slot are left out, the most telling pairs come first."""
    left, right, counts = _pairs(corpus)
    seen = np.bincount(corpus.row) + 1
    beyond = np.log(counts) + math.log(len(corpus.row)) - np.log(seen[left]) - np.log(seen[right])
    kept = np.flatnonzero(beyond > BEYOND_CHANCE)
    kept = kept[np.argsort(-(beyond * np.log(counts))[kept], kind="stable")]
    numbers = codes(corpus.names)
    slots, marks = place(numbers[left[kept]], numbers[right[kept]])
    values = np.clip(np.round(np.log2(counts[kept]) * 2), 1, (1 << COUNT_BITS) - 1).astype(np.uint16)
    table = np.zeros(1 << SLOT_BITS, dtype=np.uint16)
    for slot, entry in zip(slots.tolist(), ((marks << COUNT_BITS) | values).tolist(), strict=True):
        for step in range(PROBES):
            if not table[(slot + step) % len(table)]:
                table[(slot + step) % len(table)] = entry
                break
    return table


def _pairs(corpus: Encoded) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of neighbouring units within documents that were seen often enough, with their counts."""
    inside = np.ones(len(corpus.row) - 1, dtype=bool)
    inside[corpus.starts[1:-1] - 1] = False
    row = corpus.row.astype(np.int64)
    keys, counts = np.unique((row[:-1] << 32 | row[1:])[inside], return_counts=True)
    often = counts >= SEEN_AT_LEAST
    keys, counts = keys[often], counts[often]
    return keys >> 32, keys & 0xFFFFFFFF, counts.astype(np.int64)
