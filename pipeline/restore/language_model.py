"""What is known of Arabic words: how often each is written.

The data are built by `python -m pipeline.lexicon.build.language_model` and stand in pipeline/lexicon/model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, ItemsView, Set
from functools import cache
from pathlib import Path

import numpy as np
import zstandard

from pipeline.restore.characters import WIDE_LETTERS

USUAL = 25
PER = 1e7
"""Words are counted as occurrences per so many."""
MODEL = Path(__file__).parents[1] / "lexicon" / "model"
MARKS_AND_TATWEEL = re.compile("[\u0640\u064b-\u065f\u0670]+")
TAKEN_OFF = frozenset(filter(MARKS_AND_TATWEEL.match, map(chr, range(0x640, 0x671))))
"""The same characters as a set."""
WORD = re.compile(f"[{WIDE_LETTERS}]+")


def plain(word: str) -> str:
    """The word without vowel marks and tatweel."""
    return MARKS_AND_TATWEEL.sub("", word)


def words_of(text: str) -> list[str]:
    """The Arabic words of a text in plain form, in order."""
    return WORD.findall(plain(text))


class Lexicon:
    """Arabic words with their occurrences per ten million words of prose.

    Words are looked up in plain form; vowel marks and tatweel in a query are ignored, everything else counts
    (`إلى` and `الى` are two words). A word that was hardly ever seen is not in it. `usual` holds the words that occur
    USUAL times or more.
    """

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.knows: Callable[[str], bool] = counts.__contains__
        """Like `in`, for a word that is in plain form already."""
        # Looked at first: so small that it stays in the processor's cache.
        self.usual = frozenset(word for word, count in counts.items() if count >= USUAL)

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The shipped lexicon; the first call reads the file (about 0.1 s)."""
        words = unpack("words.bin").decode().split("\n")
        counts = np.frombuffer(unpack("word_counts.bin"), dtype="<u4").tolist()
        return Lexicon(dict(zip(words, counts, strict=True)))

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, word: object) -> bool:
        return word in self._counts or (isinstance(word, str) and plain(word) in self._counts)

    def items(self) -> ItemsView[str, int]:
        """All words with their counts."""
        return self._counts.items()

    def unknown(self, words: Set[str]) -> frozenset[str]:
        """Those of many words in plain form that are not in the lexicon, at C speed."""
        return frozenset(words).difference(self._counts)

    def rare(self, words: Set[str]) -> frozenset[str]:
        """Those of many words in plain form that occur less than USUAL times, at C speed."""
        return frozenset(words) - self.usual

    def plain_count(self, word: str) -> int:
        """Like `count`, for a word that is in plain form already: one look-up."""
        return self._counts.get(word, 0)

    def count(self, word: str) -> int:
        """Occurrences per ten million words; 0 for an unknown word."""
        found = self._counts.get(word)
        return self._counts.get(plain(word), 0) if found is None else found


def unpack(name: str) -> bytes:
    """A shipped model file, decompressed."""
    return zstandard.ZstdDecompressor().decompress((MODEL / name).read_bytes())
