"""Traces of damage that are one to three neighbouring characters, looked for in a text for all passes at once.

Most passes leave most texts alone, and each finds that out by a search of its own. Where what it looks for shows in
neighbouring characters, such as a mark that opens a line, a table look-up per character finds the traces of all passes together.
Single characters that plain prose can do without are told by the set of those that a text has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.rewriting import USUAL, code_units, unusual

Trace = tuple[str, ...]
"""Neighbours from the first to the last, each a pattern of one character; a text has a line break before it and behind it."""

_Table = tuple[int, list[NDArray[np.uint64]]]
_LONGEST, _BITS = 3, 64
_MOST = 3 * _BITS  # of traces in any text, each table of bits taking as long again
_SIGNS = 32  # so many bits of an answer, the first, are those of single unusual characters
_UNITS = 0x10000  # of UTF-16; a character beyond the Basic Multilingual Plane is told by its surrogates
# Chinese, Korean and what lies between them: to the patterns of an Arabic text all are letters like the first.
_ALIKE = range(0x3400, 0xD7FC)
_CHARACTERS = "".join(map(chr, (*range(_ALIKE.start + 1), *range(_ALIKE.stop, _UNITS))))
_USUAL = "".join(re.findall(f"[{USUAL}]", _CHARACTERS))


@dataclass(frozen=True, slots=True)
class Question:
    """A trace that more than neighbours tell: an answer, some bits of which say yes, to what is asked of a text with certain unusual characters."""

    of: frozenset[str]
    asks: Callable[[str], int]
    yes: int

    def shows(self, text: str) -> bool:
        """Whether the text says yes."""
        return not self.of.isdisjoint(unusual(text)) and bool(self.asks(text) & self.yes)


def one_of(characters: Iterable[str]) -> tuple[Trace]:
    """The trace that any of some characters is by itself."""
    return ((f"[{re.escape(''.join(sorted(characters)))}]",),)


class Look:
    """The traces that passes look for, and a look at a text for all of them. Each is a bit of the look's answer."""

    def __init__(self) -> None:
        self._anywhere: dict[Trace, int] = {}
        self._in_rows: dict[Trace, int] = {}
        self._signs: dict[Trace | Question, int] = {}

    def for_(self, traces: Sequence[Trace | Question], *, in_rows: bool = False) -> int:
        """The bits of traces, which from now on are looked for; those `in_rows` of print not in a text that has none."""
        return sum({self._bit(trace, in_rows=in_rows) for trace in traces})

    def _bit(self, trace: Trace | Question, *, in_rows: bool) -> int:
        if isinstance(trace, Question) or (len(trace) == 1 and not re.search(trace[0], _USUAL)):
            place = self._signs.setdefault(trace, len(self._signs))
            assert place < _SIGNS, "more kinds of signs than bits for them"
            return 1 << place
        if in_rows and trace not in self._anywhere:
            return 1 << _SIGNS + _MOST + self._in_rows.setdefault(trace, len(self._in_rows))
        place = self._anywhere.setdefault(trace, len(self._anywhere))
        assert place < _MOST, "more traces than bits for them"
        return 1 << _SIGNS + place

    def seen(self, text: str, *, in_rows: bool = True) -> int:
        """The bits of the traces that a text has."""
        found = self._signs_in(text)
        units = code_units(text)
        for place, (first, second, third) in self._tables if in_rows else self._tables_for_all:
            bits = first.take(units[:-2])
            bits &= second.take(units[1:-1])
            bits &= third.take(units[2:])
            found |= int(np.bitwise_or.reduce(bits)) << place
        return found

    def _signs_in(self, text: str) -> int:
        signs = unusual(text)
        if not signs:
            return 0
        found = 0
        for sign in signs:
            found |= self._bits_of_signs.get(sign, 0)
        for (of, asks), told in self._questions.items():
            if not of.isdisjoint(signs) and (answer := asks(text)):
                found |= sum([bit for yes, bit in told if answer & yes])
        return found

    @cached_property
    def _questions(self) -> dict[tuple[frozenset[str], Callable[[str], int]], list[tuple[int, int]]]:
        """What is asked, each once, and the bits that the answer's bits stand for."""
        found = defaultdict(list)
        for trace, place in self._signs.items():
            if isinstance(trace, Question):
                found[trace.of, trace.asks].append((trace.yes, 1 << place))
        return dict(found)

    @cached_property
    def _bits_of_signs(self) -> dict[str, int]:
        """The bits of each character that is a trace by itself."""
        bits: Counter[str] = Counter()
        for trace, place in self._signs.items():
            for unit in () if isinstance(trace, Question) else np.flatnonzero(_places(trace[0])).tolist():
                bits[chr(unit)] |= 1 << place
        return dict(bits)

    @cached_property
    def _tables(self) -> list[_Table]:
        return [*self._tables_for_all, *_tables(self._in_rows, _SIGNS + _MOST)]

    @cached_property
    def _tables_for_all(self) -> list[_Table]:
        return _tables(self._anywhere, _SIGNS)


def _tables(traces: Mapping[Trace, int], place: int) -> list[_Table]:
    """For each place in a trace the bits of the traces that have a character there; behind a trace's end, any. As often as the bits need it."""
    tables = [[np.zeros(_UNITS, dtype=np.uint64) for _ in range(_LONGEST)] for _ in range(0, len(traces), _BITS)]
    for trace, bit in traces.items():
        for table, pattern in zip(tables[bit // _BITS], (*trace, "", ""), strict=False):
            table[_places(pattern) if pattern else slice(None)] |= np.uint64(1 << bit % _BITS)
    return [(place + _BITS * k, table) for k, table in enumerate(tables)]


@cache
def _places(pattern: str) -> NDArray[np.bool_]:
    """Which characters a pattern stands for."""
    found = np.zeros(len(_CHARACTERS), dtype=np.bool_)
    for run in re.compile(f"{pattern}+").finditer(_CHARACTERS):
        found[run.start() : run.end()] = True
    return np.concatenate([found[: _ALIKE.start], np.full(_ALIKE.stop - _ALIKE.start, found[_ALIKE.start]), found[_ALIKE.start + 1 :]])
