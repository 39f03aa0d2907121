"""What passes look for in the words of a text that nobody knows: each word is looked at once, however many texts have it.

Clean texts have a few such words, names for the most part, in which no pass finds what its damage leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.restore.document_words import DocumentWords, document_words

# Of the distinct words of names, dialect and verse fewer are unknown in held-out corpus documents.
_MOST_UNKNOWN = 0.3


def reads_poorly(told: DocumentWords) -> bool:
    """Whether so many words of a text are unknown that something is wrong with all of them."""
    return len(told.unknown) > _MOST_UNKNOWN * len(told.distinct)


class UnknownWords:
    """What passes look for in unknown words, and a look at those of a text for all of them. Each is a bit of the look's answer."""

    READS_POORLY = 1
    """The bit of a text that does."""

    def __init__(self) -> None:
        self._asked: dict[tuple[Callable[[str], object], bool], int] = {}
        self._several = 0
        self._fewest: dict[int, int] = {}
        self._taken = self.READS_POORLY
        self._shown = lru_cache(maxsize=50_000)(self._of_word)

    def for_(self, asks: Callable[[str], object], *, several: bool = False) -> int:
        """The bit of what is from now on asked of each unknown word, and of runs of letters too long to be one; whether `several` must say yes."""
        if (asks, several) not in self._asked:
            self._asked[asks, several] = self._next()
            self._several |= self._taken * several
        return self._asked[asks, several]

    def at_least(self, number: int) -> int:
        """The bit of a text with so many unknown words."""
        if number not in self._fewest:
            self._fewest[number] = self._next()
        return self._fewest[number]

    def _next(self) -> int:
        self._taken <<= 1
        return self._taken

    def seen(self, text: str) -> int:
        """The bits of what the unknown words of a text show."""
        told = document_words(text)
        if not told.unknown and not told.too_long:
            return 0
        once = twice = 0
        for word in (*told.unknown, *told.too_long):
            shown = self._shown(word)
            twice |= once & shown
            once |= shown
        found = once & ~self._several | twice
        number = len(told.unknown) + len(told.too_long)
        for least, bit in self._fewest.items():
            if number >= least:
                found |= bit
        return found | self.READS_POORLY * reads_poorly(told)

    def _of_word(self, word: str) -> int:
        return sum(bit for (asks, _), bit in self._asked.items() if asks(word))
