"""Which units stand side by side in prose more often than chance has it: a compact table of word pairs.

Pairs seen at least twice in the corpora, as fingerprints in an open-addressed table; no text can be rebuilt from it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.language_model import unpack

SLOT_BITS = 20
PROBES = 8
COUNT_BITS = 5
Codes = NDArray[np.uint64]
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class WordPairs:
    """The table: each slot holds an 11-bit fingerprint and the count's logarithm, twice log2 rounded, from 1 to 31."""

    def __init__(self, slots: NDArray[np.uint16]) -> None:
        self._slots = np.concatenate([slots, slots[: PROBES - 1]])

    @staticmethod
    @cache
    def load() -> WordPairs:
        """The shipped table (2 MB)."""
        return WordPairs(np.frombuffer(unpack("word_pairs.bin"), dtype="<u2"))

    def log_counts(self, left: Codes, right: Codes) -> NDArray[np.float32]:
        """Natural log of how often each pair was seen; 0 for pairs not in the table. The arrays broadcast."""
        slot, mark = place(left, right)
        # The slots that a pair may be in stand in a column, since numpy finds the greatest of several rows fastest.
        entries = self._slots.take(np.add.outer(np.arange(PROBES), slot))
        entries ^= mark << np.uint16(COUNT_BITS)
        found = np.where(entries < 1 << COUNT_BITS, entries, 0).max(0)
        counts: NDArray[np.float32] = found.astype(np.float32) * np.float32(np.log(2) / 2)
        return counts


def _joint(left: Codes, right: Codes) -> Codes:
    return left << np.uint64(32) | right


class LocalPairs:
    """Pairs of units that stand side by side in one document, with how often they do."""

    def __init__(self, left: Codes, right: Codes) -> None:
        self._keys, self._times = np.unique(_joint(left, right), return_counts=True)

    def times(self, left: Codes, right: Codes) -> NDArray[np.float32]:
        """How often each pair occurs. The arrays broadcast."""
        keys = _joint(left, right)
        if not len(self._keys):
            return np.zeros(keys.shape, dtype=np.float32)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._times[at], 0).astype(np.float32)


NO_PAIRS = LocalPairs(np.empty(0, np.uint64), np.empty(0, np.uint64))


def codes(names: Sequence[str]) -> Codes:
    """A number for each unit, the same in every process."""
    return np.array([code(name) for name in names], dtype=np.uint64)


def code(name: str) -> int:
    """The number of one unit."""
    return zlib.crc32(name.encode())


def place(left: Codes, right: Codes) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """First slot and fingerprint of pairs of unit codes."""
    mixed = (left + np.uint64(1)) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(29)) ^ right) * _SECOND
    mixed ^= mixed >> np.uint64(31)
    slot = (mixed & np.uint64((1 << SLOT_BITS) - 1)).astype(np.int64)
    mark = (mixed >> np.uint64(53)).astype(np.uint16)
    return slot, np.maximum(mark, np.uint16(1))
