"""The words, figures and marks of a whole document, cut once for all detectors.

Every document passes here, so the work is done by C: a text is cut into pieces, each piece is looked up in a table of all
spellings that this process has met, and what is asked of a spelling (is it a verb, how does it weigh) is asked only once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.tokens import DIGITS, LETTERS, MARKS, strip_marks

NUMBER = "0"
"""The spelling under which every figure in digits stands in `Words.norms`."""
PRIVATE = "\ue000"
"""The spelling of all private glyphs: figures or ornaments that nobody could read, but nothing that was deleted."""
LINE_END = "¶"
"""The spelling of a line break between paragraphs."""

_PIECE = re.compile(
    rf"[ \u00a0]?(?:[{LETTERS}][{LETTERS}{MARKS}]*|[{DIGITS}]+(?:[.,:٫٬][{DIGITS}]+)*|[A-Za-z\u00c0-\u024f\u0400-\u04ff]+"
    rf"|\.+|/+|-+|\*+|_+|[^\s{MARKS}])|\s*\n\s*|[\s{MARKS}]"
)
_ALEF = str.maketrans("أإآٱیک", "اااايك")
_DIGIT = re.compile(f"[{DIGITS}]")
_MANY = 1 << 20  # spellings; a table that has met more starts anew
_SKIP = 0

Codes = NDArray[np.int32]


class _Spellings(dict[str, int]):
    """Pieces as they stand in texts to twice the number of their normal spelling, odd behind a blank."""

    def __init__(self) -> None:
        super().__init__()
        self.names = ["", LINE_END]
        self.known: dict[str, int] = {"": _SKIP, LINE_END: 1}
        self._columns: dict[str, tuple[Codes, int]] = {}
        self._growing = Lock()

    def __missing__(self, piece: str) -> int:
        name = LINE_END if "\n" in piece else normal(piece.strip())
        with self._growing:
            number = self.known.setdefault(name, len(self.names))
            if number == len(self.names):
                self.names.append(name)
        self[piece] = row = 2 * number + (piece[0] in " \u00a0")
        return row

    def column(self, key: str, value: Callable[[str], int]) -> Codes:
        """value(spelling) for all spellings, by their numbers; `key` names the question. Asked once for each spelling."""
        told, size = self._columns.get(key, (np.zeros(0, np.int32), 0))
        count = len(self.names)
        if size >= count:
            return told
        if len(told) < count:
            told = np.concatenate([told, np.zeros(count, np.int32)])
        told[size:count] = [value(n) if n else 0 for n in self.names[size:count]]
        self._columns[key] = told, count
        return told


_spellings = _Spellings()


@dataclass(frozen=True, slots=True)
class Pieces:
    """Words and LINE_ENDs in order: number of the spelling, half-open offsets, whether a blank stands before."""

    table: _Spellings
    codes: Codes
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    spaced: NDArray[np.bool_]

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Pieces:
        return Pieces(self.table, self.codes[chosen], self.starts[chosen], self.ends[chosen], self.spaced[chosen])

    @property
    def norms(self) -> list[str]:
        """Normal spellings."""
        return list(map(self.table.names.__getitem__, self.codes.tolist()))

    def ask(self, key: str, value: Callable[[str], int]) -> NDArray[np.int32]:
        """value(spelling) for each piece; the answer for a spelling is kept under `key` for as long as the process lives."""
        return self.table.column(key, value)[self.codes]

    def among(self, key: str, spellings: Collection[str]) -> NDArray[np.bool_]:
        """Which pieces are among `spellings`, a collection that `key` names."""
        return self.ask(key, spellings.__contains__).astype(bool)


@dataclass(frozen=True, slots=True)
class Words:
    """A document's tokens without line ends: normal spellings and half-open offsets, and all its pieces."""

    norms: list[str]
    starts: list[int]
    ends: list[int]
    tokens: Pieces
    pieces: Pieces

    def __len__(self) -> int:
        return len(self.norms)

    def places(self, key: str, spellings: Collection[str]) -> list[int]:
        """Indices of the tokens among `spellings`, a collection that `key` names."""
        return list(map(int, self.tokens.ask(key, spellings.__contains__).nonzero()[0]))


def split_words(text: str) -> Words:
    """Words, figures and marks of a text; a run of one mark (`...`, `//`) is one token."""
    global _spellings
    if len(_spellings) > _MANY:
        _spellings = _Spellings()
    table = _spellings
    found = _PIECE.findall(text)
    rows = np.array(list(map(table.__getitem__, found)), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, found), dtype=np.int64, count=len(found)))
    starts = ends - np.diff(ends, prepend=0)
    spaced = (rows & 1).astype(bool)
    everything = Pieces(table, rows >> 1, starts + spaced, ends, spaced)
    pieces = everything[everything.codes != _SKIP]
    tokens = pieces[pieces.codes != table.known[LINE_END]]
    return Words(tokens.norms, tokens.starts.tolist(), tokens.ends.tolist(), tokens, pieces)


def normal(word: str) -> str:
    """A token's spelling for comparisons: no vowel marks, one alef; every figure in digits is NUMBER."""
    if _DIGIT.match(word):
        return NUMBER
    if "\ue000" <= word[:1] <= "\uf8ff":
        return PRIVATE
    return strip_marks(word).translate(_ALEF)


def is_arabic(norm: str) -> bool:
    """Whether a normal spelling is an Arabic word."""
    return "\u0621" <= norm[:1] <= "\u06ff" and norm[0] not in "،؛؟٪٫٬۔"
