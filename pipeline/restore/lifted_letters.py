"""Letters that a font lifts above the one behind them, at which lines are cut: `خزن القمح.مبقي الناس في ` for `بقي الناس في مخزن القمح.`

Fonts with stacked letters (Amiri) draw some letters above the line, those before ج, ح or خ above all; pypdf then prints what stands
left of such a letter first, the letter, and what stands right of it, on pages of LibreOffice and Typst (measured). Which
letters those are only the words tell that it parted. What lines so cut read is lifted_glyphs.py's.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from pipeline.restore.characters import JOINING, LETTER, LETTERS, LETTERS_AND_MARKS, MARK
from pipeline.restore.document_words import LONGEST_WORD, TOKEN, document_words
from pipeline.restore.language_model import plain
from pipeline.restore.traces import Trace
from pipeline.restore.word_scores import WordScores

BEARERS = "جحخ"
_LINE_OPENING, _FIGURE_BEFORE = re.compile(f"\n ?({LETTER}{LETTER}+)"), re.compile(f"[0-9] ?({LETTER}{LETTER}+)")
# Articles whose lam-alef was turned; pypdf does not.
_OTHER_READERS = re.compile("[وفبك]?ا[أإآا]ل")
# Letters that bear others open many such lines, and guillemets stand turned in them.
TRACES: tuple[Trace, ...] = (("[\n0-9]", f"[{BEARERS}]", LETTER), ("[\n0-9]", " ", f"[{BEARERS}]"), ("«", "[ :]"))
# Letters that join none behind them, which the next letter does not lift.
_APART = frozenset(LETTERS) - frozenset(JOINING)
_LONE_MARK = re.compile(f"(?<![{LETTERS_AND_MARKS}]){MARK}")
_LAST_WORD, _FIRST_WORD = re.compile(f"[{LETTERS_AND_MARKS}]*\\Z"), re.compile(f"[{LETTERS_AND_MARKS}]*")
_FEWEST, _LEAST_SHARE, _LEAST_UNKNOWN, _MOST_UNKNOWN = 4, 0.15, 0.04, 0.2
_LONGEST_RUN, _LEAST_NAME, _MOST_WAYS = 3, 4, 8000
# Words must be so much likelier for each cut, and for all together.
_CUT, _SURE = 3.0, 1.5


class Lifted(NamedTuple):
    """Letters that cut a line, from `first` to `last`; from `start` to `end` with blanks that a reader may have set beside them."""

    start: int
    end: int
    first: int
    last: int


# How likely the words are that a way of cutting leaves, and its cuts.
_Way = tuple[float, tuple[Lifted, ...]]
_NO_WAY: _Way = (-math.inf, ())


def has_lifted_letters(text: str) -> bool:
    """Whether lines may be cut at lifted letters: several open with a letter that bears others, or with what is no word."""
    words = document_words(text)
    if not max(_FEWEST, _LEAST_UNKNOWN * len(words.distinct)) <= len(words.unknown) <= _MOST_UNKNOWN * len(words.distinct):
        return False
    # Lines are looked at first, which takes no time.
    lines = _LINE_OPENING.findall("\n" + text)
    opening = sum(word[0] in BEARERS or word in words.unknown for word in lines)
    if opening < _FEWEST // 2 or sum(_OTHER_READERS.match(word) is not None for word in words.unknown) >= _FEWEST:
        return False
    opening += sum(word[0] in BEARERS or word in words.unknown for word in _FIGURE_BEFORE.findall(text))
    return opening >= max(_FEWEST, _LEAST_SHARE * len(lines))


@lru_cache(maxsize=2000)
def lifted_letters(text: str, start: int, end: int) -> tuple[Lifted, ...]:
    """The letters and marks that cut a stretch of a line, so that its pieces make likelier words from the last one to the first."""
    word = TOKEN.search(text, start, end)
    places = _places(text, word.start(), end) if word else []
    if not word or not places:
        return ()
    gain, cuts = _Stretch(text, word.start(), end, places).best()
    return cuts if gain > _SURE else ()


def _places(text: str, start: int, end: int) -> list[Lifted]:
    """Where lifted letters may stand: in what is no word, one or two side by side, or alone, as a mark may."""
    unknown = document_words(text).unknown
    spans = [m.span() for m in _LONE_MARK.finditer(text, start + 1, end)]
    for token in TOKEN.finditer(text, start, end):
        first, last = token.span()
        if last - first == 1 or plain(token.group()) in unknown:
            within = range(max(first, start + 1), last)
            spans += [(i, j) for i in within for j in (i + 1, i + 2) if j <= last and not _APART.issuperset(text[i:j])]
    return sorted(Lifted(*outer, *span) for span in spans for outer in _with_blanks(text, *span, end))


def _with_blanks(text: str, first: int, last: int, end: int) -> Iterator[tuple[int, int]]:
    for start in (first, first - 1)[: 1 + (text[first - 1] == " ")]:
        for stop in (last, last + 1)[: 1 + (last < end and text[last] == " ")]:
            yield start, stop


class _Stretch:
    """A stretch of a line and its best cuts, those that leave only known words where they part or open a piece."""

    def __init__(self, text: str, start: int, end: int, places: Sequence[Lifted]) -> None:
        self._text, self._start, self._end, self._places = text, start, end, places
        self._scores = WordScores.load()
        tokens = [m.span() for m in TOKEN.finditer(text, start, end)]
        self._starts, self._ends = [a for a, _ in tokens], [b for _, b in tokens]
        self._sums = [0.0, *accumulate(self._likely(text[a:b]) for a, b in tokens)]
        self._known: dict[tuple[int, str, int], _Way] = {}

    def best(self) -> tuple[float, tuple[Lifted, ...]]:
        """How much likelier the words are with the best cuts than as printed, and these."""
        likely, cuts = max(self._ways(self._start, "", 0), key=itemgetter(0), default=_NO_WAY)
        return likely - self._sums[-1], cuts

    def _from(self, begin: int, pending: str, run: int) -> _Way:
        """The likeliest way on from the last of a run of cuts, where `pending` letters go on with the word that ends a later piece."""
        key = begin, pending, run
        if key not in self._known and len(self._known) > _MOST_WAYS:
            return _NO_WAY
        if key not in self._known:
            self._known[key] = max((self._last_piece(begin, pending), *self._ways(begin, pending, run)), key=itemgetter(0))
        return self._known[key]

    def _ways(self, begin: int, pending: str, run: int) -> Iterator[_Way]:
        """Ways on with another cut."""
        text = self._text
        for cut in self._places:
            if cut.start < begin:
                continue
            head = _first_word(text, begin, cut.start)
            letters = text[cut.first : cut.last] + head
            if pending and begin + len(head) == cut.start:
                if run < _LONGEST_RUN:
                    likely, cuts = self._from(cut.end, letters + pending, run + 1)
                    yield likely - _CUT, (cut, *cuts)
            elif (closed := self._closed(begin + len(head), cut.start, pending)) is not None:
                likely, cuts = self._from(cut.end, letters, 1)
                yield likely + closed - _CUT, (cut, *cuts)

    def _last_piece(self, begin: int, pending: str) -> _Way:
        """No further cut: the piece opens with a word of its own."""
        head = _first_word(self._text, begin, self._end)
        if begin + len(head) == self._end:
            return (self._likely(head + pending), ()) if self._is_word(head + pending) else _NO_WAY
        closed = self._closed(begin + len(head), self._end, pending)
        return (closed + (self._likely(head) if head else 0.0), ()) if closed is not None and self._stands(head) else _NO_WAY

    def _closed(self, start: int, end: int, pending: str) -> float | None:
        """How likely the words of a stretch are, the last one with the pending letters; None where that is no word."""
        last = _last_word(self._text, start, end)
        word = last + pending
        if not (self._is_word(word) if pending else self._stands(word)):
            return None
        first, behind = bisect_left(self._starts, start), bisect_right(self._ends, end - len(last))
        return (self._likely(word) if word else 0.0) + self._sums[max(first, behind)] - self._sums[first]

    def _stands(self, word: str) -> bool:
        """Whether what a cut leaves by itself may be a word, though it be a name that nobody knows."""
        return self._is_word(word) or len(word) >= _LEAST_NAME

    def _is_word(self, word: str) -> bool:
        return not word or self._scores.knows(plain(word))

    def _likely(self, word: str) -> float:
        return self._scores.log_probability(plain(word))


def _first_word(text: str, begin: int, end: int) -> str:
    word = _FIRST_WORD.match(text, begin, end)
    return word.group() if word else ""


def _last_word(text: str, begin: int, end: int) -> str:
    word = _LAST_WORD.search(text, max(begin, end - LONGEST_WORD), end)
    return word.group() if word else ""
