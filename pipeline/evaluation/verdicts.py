"""Whether a restoration is right: what it moved or altered stands in the clean text so.

A change answers for its own work alone. Order is judged by the words it moved: a word that had lost letters before stands
rightly where the clean word stands, and a blank that the raw text had lost is not missed. Letters are judged where the
change altered them, wherever their line came to stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.evaluation.alignment import edit_distance, mark_safe, without_marks
from pipeline.restore.document import Placed, Restored
from pipeline.restore.traced import Change

_PRIVATE = "\ue000-\uf8ff"
_WORD = re.compile(rf"[^\W\d_]+|[\d{_PRIVATE}]+|[.،,:؛؟!]")
_FIGURES = re.compile(rf"[\d{_PRIVATE}]+")
_UNDECODED = re.compile(f"[{_PRIVATE}]")
_LETTER = re.compile(r"[^\W_]")
# A change of so few words is one of letters, a longer one of order.
_FEW_WORDS, _AROUND, _NEAR, _BETWEEN, _LONGER, _BESIDE, _MOSTLY = 2, 8, 25, 6, 3, 3, 0.6


class _Word(NamedTuple):
    plain: str
    start: int
    end: int


class _Gap(NamedTuple):
    """A stretch of words that disagrees: the numbers of the first and of the one behind the last, its words, the clean ones."""

    start: int
    end: int
    mine: list[str]
    truth: list[str]


class Verdicts:
    """Judges the restorations of one text against its clean text; `head` is the running head of its pages, which stands in no clean text."""

    def __init__(self, restored: Restored, raw: str, clean: str, head: str = "") -> None:
        self._text, self._raw = restored.text, raw
        self._origin = restored.traced.origin
        self._by_origin = np.argsort(self._origin, kind="stable")
        self._sorted = self._origin[self._by_origin]
        self._words, self._truth = _words(restored.text), [word.plain for text in (clean, head) for word in _words(text)]
        self._starts = [word.start for word in self._words]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._truth):
            self._places[word].append(place)
        self._furniture = restored.boilerplate
        self._altered = {k for placed in restored.restorations if _is_of_letters(placed) for k in self._touched(placed)}

    def right(self, placed: Placed) -> bool | None:
        """Whether a restoration is right; None where that cannot be said: it is of the page's furniture, or left no word."""
        touched = self._touched(placed)
        if not touched or any(start <= placed.start and placed.end <= end for start, end in self._furniture):
            return None
        if _is_of_letters(placed):
            return all(self._is_written(number) for number in touched) or self._letters_agree(placed, touched)
        if all(self._is_in_order(start, end) for start, end in _runs(touched)):
            return True
        # A later pass may have been wrong about the same words.
        before, after = ([word.plain for word in _words(side)] for side in _sides(placed))
        stood = f" {' '.join(before)} "
        return all(_are_alike(gap) and (not _differ_in_blanks(gap) or f" {' '.join(gap.mine)} " in stood) for gap in self._gaps(after))

    def _touched(self, placed: Placed) -> list[int]:
        """Numbers of the words that hold something of a change; where it left no letter, of those beside it."""
        low, high = self._sorted.searchsorted([placed.finding.raw_start, placed.finding.raw_end])
        numbers = {self._word_at(place) for place in self._by_origin[low:high].tolist()} - {-1}
        if not numbers:
            last = bisect_right(self._starts, placed.end)
            beside = range(max(last - 2, 0), min(last + 1, len(self._words)))
            numbers = {k for k in beside if self._words[k].start <= placed.end and self._words[k].end >= placed.start}
        return sorted(numbers)

    def _word_at(self, place: int) -> int:
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self._words[number].end else -1

    def _is_written(self, number: int) -> bool:
        """Whether a word stands in the clean text, near its place there; a figure, which readers print far off, anywhere."""
        word = self._words[number].plain
        places = self._places.get(word, [])
        near = self._place(number)
        return bisect_left(places, near - _NEAR) < bisect_right(places, near + _NEAR) or bool(places and _FIGURES.fullmatch(word))

    def _place(self, number: int) -> int:
        """The place of a word in the clean text, by the words around it."""
        first = max(number - _AROUND, 0)
        return self._begin([word.plain for word in self._words[first : number + _AROUND + 1]]) + number - first

    def _letters_agree(self, placed: Placed, touched: Sequence[int]) -> bool:
        """Whether what a change altered agrees with the clean text, to the letters beside it; the word may have lost others."""
        first, last = max(touched[0] - _BESIDE, 0), touched[-1] + _BESIDE + 1
        near = self._place(touched[0])
        places = [place for word in self._words[first:last] for place in (*self._letters(word), word.end)]
        ends = {word.end for word in self._words[first:last]}
        mine = "".join(" " if place in ends else self._text[place] for place in places)
        truth = " ".join(self._truth[max(near - 2 * _BESIDE, 0) : max(near, 0) + len(touched) + 2 * _BESIDE])
        blocks = SequenceMatcher(None, mine, truth, autojunk=False).get_matching_blocks()
        low, high = bisect_left(places, placed.start), bisect_left(places, placed.end)
        agreed = sum(block.size for block in blocks) > _MOSTLY * len(mine)
        return agreed and any(block.a <= max(low - 1, 0) and min(high + 1, len(mine)) <= block.a + block.size for block in blocks)

    def _begin(self, words: Sequence[str]) -> int:
        """The place in the clean text where words begin, by where most of them stand there; rare words say more."""
        votes: defaultdict[int, float] = defaultdict(float)
        for number, word in enumerate(words):
            places = self._places.get(word, ())
            for place in places:
                for slip in (-1, 0, 1):
                    votes[place - number + slip] += (2 - abs(slip)) / len(places)
        return max(votes, key=votes.__getitem__, default=0)

    def _is_in_order(self, start: int, end: int) -> bool:
        """Whether words of the restored text that stand side by side stand so in the clean text."""
        gaps = self._gaps([word.plain for word in self._words[start:end]])
        return all(self._is_excused(gap._replace(start=gap.start + start, end=gap.end + start)) for gap in gaps)

    def _gaps(self, words: Sequence[str]) -> Iterator[_Gap]:
        """Where words disagree with the clean text around them."""
        begin = self._begin(words)
        low = max(begin - _BETWEEN, 0)
        truth = self._truth[low : max(begin, 0) + len(words) + _BETWEEN]
        blocks = [b for b in SequenceMatcher(None, words, truth, autojunk=False).get_matching_blocks() if b.size]
        if not blocks:
            yield _Gap(0, len(words), list(words), [])
            return
        first, last = blocks[0], blocks[-1]
        if first.a:
            yield _Gap(0, first.a, list(words[: first.a]), truth[max(first.b - first.a, 0) : first.b])
        for one, two in pairwise(blocks):
            yield _Gap(one.a + one.size, two.a, list(words[one.a + one.size : two.a]), truth[one.b + one.size : two.b])
        left = len(words) - last.a - last.size
        if left:
            yield _Gap(len(words) - left, len(words), list(words[-left:]), truth[last.b + last.size :][:left])

    def _is_excused(self, gap: _Gap) -> bool:
        """Whether a disagreement is none of order: letters that were lost before, blanks that the raw text has or lacks."""
        if not _are_alike(gap):
            return False
        answered = not self._altered.isdisjoint(range(gap.start, gap.end))
        return answered or not self._has_seam(gap, with_blanks=_differ_in_blanks(gap))

    def _has_seam(self, gap: _Gap, *, with_blanks: bool) -> bool:
        """Whether letters of words meet that did not in the raw text; `with_blanks` also whether words meet that did not."""
        letters = [self._letters(word) for word in self._words[gap.start : gap.end]]
        if any(self._raw_blank(p, q) is not False for word in letters for p, q in pairwise(word)):
            return True
        # A blank is the raw text's own only where it stood between the same letters.
        meet = ((self._origin.item(a[-1]), self._origin.item(b[0])) for a, b in pairwise(letters))
        return with_blanks and any(not self._between(min(pair), max(pair)) for pair in meet)

    def _letters(self, word: _Word) -> list[int]:
        """The places of a word's characters, vowel marks aside."""
        return [place for place in range(word.start, word.end) if without_marks(self._text[place])]

    def _raw_blank(self, left: int, right: int) -> bool | None:
        """Whether the raw text has a blank between two characters that follow each other; None where they did not meet there."""
        a, b = self._origin.item(left), self._origin.item(right)
        if min(a, b) < 0:
            return None
        if a == b:
            return False
        found = self._between(min(a, b), max(a, b))
        # Pieces that were printed last one first meet at their outer ends.
        return self._between(self._end(right, 1), self._end(left, -1)) if found is None and b < a else found

    def _between(self, left: int, right: int) -> bool | None:
        signs = self._raw[left + 1 : right]
        return None if right <= left or len(signs) > _BETWEEN or _LETTER.search(signs) else bool(re.search(r"\s", signs))

    def _end(self, place: int, step: int) -> int:
        """The raw offset of the last character of a piece in one direction."""
        while 0 <= place + step < len(self._origin) and 0 < (self._origin.item(place + step) - self._origin.item(place)) * step <= _BETWEEN:
            place += step
        return self._origin.item(place)


def _words(text: str) -> list[_Word]:
    return [_Word(without_marks(m.group()), m.start(), m.end()) for m in _WORD.finditer(mark_safe(text)) if without_marks(m.group())]


def _is_of_letters(placed: Placed) -> bool:
    """Whether a change is one of letters or blanks, not of the order of words."""
    return max(len(_WORD.findall(side)) for side in _sides(placed)) <= _FEW_WORDS


def _sides(placed: Placed) -> tuple[str, str]:
    """What stood there and what stands there now."""
    finding = placed.finding
    return (finding.before, finding.after) if isinstance(finding, Change) else ("", "")


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Half-open stretches of consecutive numbers."""
    edges = [k for k in range(1, len(numbers)) if numbers[k] != numbers[k - 1] + 1]
    for start, end in pairwise([0, *edges, len(numbers)]):
        yield numbers[start], numbers[end - 1] + 1


def _differ_in_blanks(gap: _Gap) -> bool:
    return "".join(gap.mine) == "".join(gap.truth)


def _are_alike(gap: _Gap) -> bool:
    """Whether words differ in a few letters at most, so that they stand in their place; a sign may be missing."""
    mine, truth = "".join(gap.mine), "".join(gap.truth)
    if not mine or not truth:
        return not mine and not _LETTER.search(truth)
    if _UNDECODED.search(mine):
        mine, truth = _FIGURES.sub("0", mine), _FIGURES.sub("0", truth)
    if _FIGURES.findall(mine) != _FIGURES.findall(truth):
        return False
    shorter, longer = sorted((mine, truth), key=len)
    if len(longer) <= _LONGER * len(shorter) and _is_part(shorter, longer):
        return True
    return sorted(mine) == sorted(truth) or edit_distance(mine, truth) <= max(1, len(truth) // 3)


def _is_part(shorter: str, longer: str) -> bool:
    """Whether a text is another one with letters left out."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
