"""All orders in which a line's runs may once have stood: the cuts that undo its displacement.

A line printed as runs P0 P1 … Pn was written Pn … P1 P0. Each run's last token met the first token of the run printed
before it, inside a word; where P0 ends and where Pn begins, nothing but the context tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LOST
from pipeline.restore.cut_pairs import CutPairs, pair_of
from pipeline.restore.line_layouts import Layout
from pipeline.restore.seams import ARTICLES, AT_A_BLANK, NO_WORDS, ONLY_KNOWN, Seam, Token, likely, must_begin_run, seam, spelt_stretched
from pipeline.restore.word_scores import WordScores

# Runs that tokens show by themselves are not counted against what is tried.
MAX_CUTS, MORE_CUTS = 5, 3
MAX_READINGS = 150
# The least gain of a seam at a line's edges and inside it, by where the word was cut.
LEAST_GAIN = {"ra": 0.0, "hamza": 2.0, "stretched": 0.0, "marked": 2.0}
LEAST_INNER_GAIN = {"ra": 0.0, "hamza": 1.0, "stretched": 0.0, "marked": 1.0}
ELSE_GAIN, ELSE_INNER_GAIN = 4.0, 3.0
LONE_LETTER_GAIN = -3.0
# Where the text's other lines are cut at the same pair of letters, the word may be a name that nobody knows.
OFTEN_CUT_GAIN = -3.0
# What is a word's first or last half where it stands alone, so that a cut stands on one of its sides.
HALVES = ARTICLES | frozenset("أإآارزذ")
# Marks a seam that is none without the one on the other side of its token.
ONLY_PART = -99.0
_LOST_MARKS = re.compile(f"{LOST}[\u064b-\u0652]+")
# So short a token may be the middle of a word that was cut twice at letters that join nothing, though it is a word by itself: `الر` + `يا` + `حي`.
SHORT = 3
# Stands for the half of a word that a token cannot be.
_NO_HALF = "?"


class Reading(NamedTuple):
    """A layout, token numbers at which its printed runs after the first begin, the seams from the last run inwards."""

    layout: Layout
    cuts: tuple[int, ...]
    seams: tuple[Seam, ...]


class Shown(NamedTuple):
    """What a text shows of its words and cuts.

    `known` gives log probabilities of words that it shows whole, `lone` letters that only a cut leaves alone, `pairs` those
    that it is cut at.
    """

    known: Mapping[str, float]
    lone: frozenset[str]
    pairs: CutPairs


def readings(layouts: Sequence[Layout], words: WordScores, shown: Shown, outer: str) -> list[Reading]:
    """Every plausible displaced reading of a line, given its `outer` pair; empty for a line that shows no seam."""
    found: list[Reading] = []
    whole: list[Reading] = []
    for layout in layouts:
        mine = [Reading(layout, (), ())] if layout.turned and layout.first_cut_by == len(layout.tokens) else []
        mine += _cut_readings(layout, words, shown, outer)
        found += mine
        whole += _within_words(layout.tokens, mine)
    return whole or found


def _within_words(tokens: Sequence[Token], found: list[Reading]) -> list[Reading]:
    """The readings without those that begin with a mark or tatweel or end in tatweel that ties it to a word's other half.

    That half would stand on another line, and no run crosses lines (measured).
    """
    firsts = {k for k, one in enumerate(tokens) if one.begins}
    lasts = {k + 1 for k, one in enumerate(tokens) if one.ends == "stretched" and not spelt_stretched(one.text)}
    if not firsts and not lasts:
        return found
    return [one for one in found if not one.cuts or not (one.cuts[-1] in firsts or one.cuts[0] in lasts)]


def _cut_readings(layout: Layout, words: WordScores, shown: Shown, outer: str) -> list[Reading]:
    found: list[Reading] = []
    size = len(layout.tokens)
    meetings = _Meetings(layout, words, shown, outer)
    if size > 1 and not layout.gaps - {size - 1} and (only := meetings.at(size - 1, 0)):
        seams = (only,)
        found = [Reading(layout, (cut,), seams) for cut in range(1, min(size - 1, layout.first_cut_by) + 1)]
    if size > 2:
        found += [merged for several in _several_cuts(layout, meetings) if (merged := _merged(several, words))]
    return found


class _Forced(NamedTuple):
    """What a layout's tokens show of cuts: the numbers of those that start a run, and of those that are half a word, cut on one side or the other."""

    starts: list[int]
    halves: list[int]

    @classmethod
    def of(cls, layout: Layout) -> _Forced:
        tokens = layout.tokens
        starts = [k for k, (before, one) in enumerate(pairwise(tokens), 1) if k - 1 in layout.gaps or (one.begins and must_begin_run(before, one))]
        return cls(starts, [k for k, one in enumerate(tokens) if one.plain in HALVES and not one.begins and not {k, k + 1}.intersection(starts)])

    def passed_over(self, start: int, end: int) -> bool:
        """Whether a run of these tokens has a cut inside that it must not have."""
        return any(start < k < end for k in self.starts) or any(start < k and k + 1 < end for k in self.halves)


class _Meetings:
    """Which tokens of a layout may be the halves of one word: a run's last one and the first one of a run printed before it."""

    def __init__(self, layout: Layout, words: WordScores, shown: Shown, outer: str) -> None:
        self._tokens = tokens = layout.tokens
        self._gaps, self._words, self._known, self._lone = layout.gaps, words, shown.known, shown.lone
        self._pairs, self._outer = shown.pairs, outer
        # Most tokens end in a letter at which only known words are cut, or are no half of a word: told at once.
        self._heads = [one.last if one.ends in ONLY_KNOWN else "" if one.last else _NO_HALF for one in tokens]
        self._tails = ["" if one.begins else one.first or _NO_HALF for one in tokens]
        for k in layout.gaps:
            self._heads[k] = ""
        self._parts = _parts(tokens, words.knows)
        self._columns: dict[int, list[tuple[int, Seam]]] = {}

    def at(self, left: int, right: int) -> Seam | None:
        """The seam between two tokens, if they may meet."""
        head, tail = self._heads[left], self._tails[right]
        if head and tail and not self._words.knows(word := head + tail) and word not in self._known:
            return self._parts.get((left, right))
        return self._seam(left, right)

    def _seam(self, left: int, right: int) -> Seam | None:
        if left in self._gaps:
            return AT_A_BLANK
        token = self._tokens[left]
        one = seam(token, self._tokens[right], self._words, self._known)
        if one and not _plausible(one, left - right == len(self._tokens) - 1, stands_alone(token, self._lone)):
            often = one.gain > OFTEN_CUT_GAIN and self._pairs.is_cut(pair_of(token, self._tokens[right], one), self._outer)
            one = one if often else None
        return one or self._parts.get((left, right))

    def inside(self, right: int) -> list[tuple[int, Seam]]:
        """The tokens behind one, the line's last one aside, that may be the first half of its word, and how they meet it."""
        found = self._columns.get(right)
        if found is None:
            tail, knows, known = self._tails[right], self._words.knows, self._known
            lefts: Sequence[int] = range(right + 1, len(self._tokens) - 1)
            if tail:
                heads = zip(lefts, self._heads[right + 1 :], strict=False)
                met = [k for k, head in heads if not head or knows(word := head + tail) or word in known]
                parted = {left for left, other in self._parts if other == right and left in lefts} if self._parts else ()
                lefts = sorted({*met, *parted}) if parted else met
            found = self._columns[right] = [(left, one) for left in lefts if (one := self._seam(left, right))]
        return found

    def last(self) -> dict[int, Seam]:
        """The tokens inside the line whose first half may be its last token, and how they meet it."""
        left = len(self._tokens) - 1
        return {right: one for right in range(1, left) if (one := self.at(left, right))}


def _parts(tokens: Sequence[Token], knows: Callable[[str], bool]) -> dict[tuple[int, int], Seam]:
    """Seams that make only part of a known word, whose middle is a token that no writer leaves alone, or short: `ال` + `أغذ` + `ية`.

    A character that was lost but for a vowel mark beside it was a ligature of marks, `كلي` + `\ufffdّ` + `ا`: none of its word's letters.
    """
    found: dict[tuple[int, int], Seam] = {}
    for k, middle in enumerate(tokens[1:-1], 1):
        part = middle.plain
        if part == middle.first == middle.last and not middle.begins:
            is_word = part not in NO_WORDS and knows(part)
            if is_word and (len(part) > SHORT or middle.ends in ONLY_KNOWN):
                continue
            letters = "" if _LOST_MARKS.fullmatch(middle.text) else part
            heads = [(left, one.last) for left, one in enumerate(tokens[k + 1 :], k + 1) if one.last and not (is_word and one.ends in ONLY_KNOWN)]
            tails = [(right, letters + one.first) for right, one in enumerate(tokens[:k]) if one.first]
            for left, right in [(left, right) for right, rest in tails for left, head in heads if knows(head + rest)]:
                found[k, right] = Seam(middle.ends, part + tokens[right].first, ONLY_PART)
                found[left, k] = Seam(tokens[left].ends, tokens[left].last + part, ONLY_PART)
    return found


def stands_alone(one: Token, lone: frozenset[str]) -> bool:
    """Whether a token is a letter that only a cut leaves alone, but for what opens a quotation before it."""
    return one.last in lone and one.first == one.last


def _plausible(one: Seam, outer: bool, alone: bool) -> bool:
    if one.kind == "mark":
        return True
    least = LEAST_GAIN.get(one.kind, ELSE_GAIN) if outer else LEAST_INNER_GAIN.get(one.kind, ELSE_INNER_GAIN)
    return one.gain > (min(least, LONE_LETTER_GAIN) if alone else least)


def _several_cuts(layout: Layout, meetings: _Meetings) -> list[Reading]:
    found: list[Reading] = []
    ends = meetings.inside(0)
    lasts = meetings.last() if ends else {}
    if not lasts:
        return []
    forced = _Forced.of(layout)
    for end, outer in ends:
        for first in range(1, min(end, layout.first_cut_by) + 1):
            if first - 1 not in layout.gaps and not (forced.passed_over(0, first) or forced.passed_over(first, end + 1)):
                _continue(Reading(layout, (first, end + 1), (outer,)), found, lasts, meetings, forced)
            if len(found) > MAX_READINGS:
                return found
    return found


def _continue(begun: Reading, found: list[Reading], lasts: Mapping[int, Seam], meetings: _Meetings, forced: _Forced) -> None:
    """Complete a reading whose last run is not yet joined: as it stands, or with further cuts in that run.

    `lasts` are the tokens that the line's last one may meet: a run behind all of them cannot be cut further.
    """
    layout, cuts, seams = begun
    first, second = cuts[-2:]
    if (last := lasts.get(first)) and not forced.passed_over(second, len(layout.tokens)):
        found.append(Reading(layout, cuts, (*seams, last)))
    if second > max(lasts) or len(cuts) == max(MAX_CUTS, len(forced.starts) + len(forced.halves) + MORE_CUTS):
        return
    for end, inner in meetings.inside(first):
        if end >= second and not forced.passed_over(second, end + 1):
            _continue(Reading(layout, (*cuts, end + 1), (*seams, inner)), found, lasts, meetings, forced)


def _merged(reading: Reading, words: WordScores) -> Reading | None:
    """Weigh a word that was cut twice, its middle being a run of its own, as one word."""
    seams = list(reading.seams)
    for k in range(len(reading.cuts) - 1):
        middle = reading.layout.tokens[reading.cuts[k]]
        if AT_A_BLANK not in seams[k : k + 2] and reading.cuts[k + 1] - reading.cuts[k] == 1 and middle.first and middle.first == middle.plain:
            inner, outer = seams[k], seams[k + 1]
            first, last = outer.word[: -len(middle.plain)], inner.word[len(middle.plain) :]
            whole = first + ("" if _LOST_MARKS.fullmatch(middle.text) else middle.plain) + last
            gain = likely(words, whole) - sum(likely(words, part) for part in (first, middle.plain, last))
            seams[k], seams[k + 1] = inner._replace(gain=gain / 2, word=whole), outer._replace(gain=gain / 2, word=whole)
            if gain < ELSE_GAIN or (middle.plain in NO_WORDS and not words.knows(whole)):
                return None
    return reading._replace(seams=tuple(seams)) if all(one.gain > ONLY_PART for one in seams) else None


def order(reading: Reading) -> list[tuple[int, int]]:
    """Token ranges of the runs in the order in which they were written; the layout's tail comes after them."""
    edges = [0, *reading.cuts, len(reading.layout.tokens)]
    return [(edges[k], edges[k + 1]) for k in range(len(reading.cuts), -1, -1)]


def written_spans(reading: Reading) -> list[tuple[int, int]]:
    """Spans of the printed line in the order in which they were written; blanks between runs are left out, those of a run not."""
    spans, gaps = reading.layout.spans, reading.layout.gaps
    return [(spans[first][0], spans[last - 1][1] + (last - 1 in gaps)) for first, last in order(reading)] + reading.layout.tail_spans
