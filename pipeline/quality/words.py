"""The words, figures and marks of a whole document, cut once for all detectors.

Every document passes here, so the work is done by C: a text is cut into pieces, each piece is looked up in a table of all
spellings that this process has met, and what is asked of a spelling (is it a verb, how does it weigh) is asked only once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import repeat
from threading import Lock
from typing import Any

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
_FOLDED = re.compile(f"[أإآٱیک{MARKS}]")
_DIGIT = re.compile(f"[{DIGITS}]")
_MANY = 1 << 20  # spellings; a table that has met more starts anew
_SKIP, _END = 0, 1

Codes = NDArray[np.int32]
Column = NDArray[Any]


class Kinds:
    """Sets of spellings that detectors look for; each has a bit, so that one look at a document tells which of them it has."""

    def __init__(self) -> None:
        self._sets: list[Callable[[], Collection[str]]] = []
        self._bits: dict[str, int] = {}
        self._summed = 0

    def bit(self, spellings: Callable[[], Collection[str]]) -> int:
        """The bit of a set of normal spellings, which is read when the first text comes."""
        self._sets.append(spellings)
        return 1 << (len(self._sets) - 1)

    def __len__(self) -> int:
        return len(self._sets)

    def of(self, names: Sequence[str]) -> Column:
        """The bits of each spelling."""
        for place in range(self._summed, len(self._sets)):
            for spelling in self._sets[place]():
                self._bits[spelling] = self._bits.get(spelling, 0) | 1 << place
        self._summed = len(self._sets)
        return np.fromiter(map(self._bits.get, names, repeat(0)), np.int64, len(names))


KINDS = Kinds()
FIGURE = KINDS.bit(lambda: (NUMBER,))


class _Spellings(dict[str, int]):
    """Pieces as they stand in texts to twice the number of their normal spelling, odd behind a blank."""

    def __init__(self) -> None:
        super().__init__()
        self.names = ["", LINE_END]
        self._known: dict[str, int] = {"": _SKIP, LINE_END: _END}
        self._columns: dict[str, tuple[Column, int]] = {}
        self._growing = Lock()

    def __missing__(self, piece: str) -> int:
        name = LINE_END if "\n" in piece else normal(piece.strip())
        with self._growing:
            number = self._known.setdefault(name, len(self.names))
            if number == len(self.names):
                self.names.append(name)
        self[piece] = row = 2 * number + (piece[0] in " \u00a0")
        return row

    def column(self, key: str, values: Callable[[Sequence[str]], Column]) -> Column:
        """values(spellings) for all spellings, by their numbers; `key` names the question. Asked once for each spelling."""
        told, size = self._columns.get(key, (None, 0))
        count = len(self.names)
        if told is not None and size >= count:
            return told
        new = values(self.names[size:count])
        if told is None or len(told) < count:
            grown = np.zeros((2 * count, *new.shape[1:]), new.dtype)
            if told is not None:
                grown[:size] = told[:size]
            told = grown
        told[size:count] = new
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

    @property
    def line_ends(self) -> NDArray[np.bool_]:
        """Which pieces are LINE_ENDs."""
        return np.asarray(self.codes == _END)

    def column(self, key: str, values: Callable[[Sequence[str]], Column]) -> Column:
        """values(spellings) for each piece; the answer for a spelling is kept under `key` for as long as the process lives."""
        answer: Column = self.table.column(key, values)[self.codes]
        return answer

    def ask(self, key: str, value: Callable[[str], int]) -> Codes:
        """The same for a question about one spelling, which may be empty."""
        return self.column(key, lambda names: np.fromiter(map(value, names), np.int32, len(names)))

    def kinds(self) -> NDArray[np.int64]:
        """The bits of each piece, see `Kinds`."""
        return self.column(f"kinds {len(KINDS)}", KINDS.of)


@dataclass(frozen=True, slots=True)
class Words:
    """A document's tokens without line ends: normal spellings, half-open offsets, kinds; and all its pieces between two line ends."""

    tokens: Pieces
    framed: Pieces
    norms: list[str]
    starts: list[int]
    ends: list[int]
    kinds: NDArray[np.int64]
    present: int
    """The kinds that some token is of."""

    def __len__(self) -> int:
        return len(self.norms)

    def places(self, kind: int) -> list[int]:
        """Indices of the tokens of a kind."""
        found: list[int] = (self.kinds & kind).nonzero()[0].tolist() if self.present & kind else []
        return found


def split_words(text: str) -> Words:
    """Words, figures and marks of a text; a run of one mark (`...`, `//`) is one token."""
    global _spellings
    if len(_spellings) > _MANY:
        _spellings = _Spellings()
    table = _spellings
    found = _PIECE.findall(text)
    size = len(found)
    rows = np.full(size + 2, 2 * _END, dtype=np.int32)
    rows[1:-1] = np.fromiter(map(table.__getitem__, found), np.int32, size)
    ends = np.zeros(size + 2, dtype=np.int64)
    lengths = np.fromiter(map(len, found), np.int64, size)
    np.cumsum(lengths, out=ends[1:-1])
    ends[-1] = len(text)
    spaced = (rows & 1).astype(bool)
    starts = ends + spaced
    starts[1:-1] -= lengths
    framed = Pieces(table, rows >> 1, starts, ends, spaced)
    if not framed.codes.all():
        framed = framed[framed.codes != _SKIP]
    tokens = framed[framed.codes != _END]
    kinds = tokens.kinds()
    return Words(tokens, framed, tokens.norms, tokens.starts.tolist(), tokens.ends.tolist(), kinds, int(np.bitwise_or.reduce(kinds)))


def normal(word: str) -> str:
    """A token's spelling for comparisons: no vowel marks, one alef; every figure in digits is NUMBER."""
    if _DIGIT.match(word):
        return NUMBER
    if "\ue000" <= word[:1] <= "\uf8ff":
        return PRIVATE
    return strip_marks(word).translate(_ALEF) if _FOLDED.search(word) else word


def is_arabic(norm: str) -> bool:
    """Whether a normal spelling is an Arabic word."""
    return "\u0621" <= norm[:1] <= "\u06ff" and norm[0] not in "،؛؟٪٫٬۔"
