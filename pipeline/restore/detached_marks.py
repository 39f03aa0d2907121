"""Vowel marks that lost their letter: a mark cannot begin a word nor stand on a comma.

Readers break words where a mark's glyph stands (Google Docs through poppler and pdfium, measured) and print the mark
before the letter that carries it: `ث ّم`, `أو ًلا`, `سلاحا ً`, `واحدا،ً`. A mark that opens a line stays for the
displaced runs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.restore.characters import BEAR_FATHATAN, FATHATAN, IN_WORDS, LETTERS, LETTERS_AND_TATWEEL, LOST, MARK, MARKS
from pipeline.restore.language_model import PER, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite, unusual
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.word_frequency import FLOOR, frequency, one_word_odds

_LETTER = f"[{LETTERS}{LOST}]"
_GAP = re.compile(f"(?<=[{IN_WORDS}\ufffd])[ \u00a0]+(?P<marks>{MARK}+)(?P<right>(?:{_LETTER}{MARK}*)*)")
_LAST_WORD = re.compile(f"(?:{_LETTER}{MARK}*)+$")
_LONGEST = 40
# The letter that bears the mark, by itself, and what follows it.
_BEHIND = re.compile(f"[ \u00a0](?P<rest>{_LETTER}(?:{_LETTER}|{MARK})*)")
_OPENING = re.compile(f"(?<![{IN_WORDS}\ufffd])(?P<marks>{MARK}+)(?P<letter>{_LETTER})")
_ON_STOP = re.compile(f"(?<=[{IN_WORDS}])(?P<stop>[،,.؛;:!؟])(?P<marks>{MARK}+)(?![{LETTERS_AND_TATWEEL}])")
# Tanwīn, shadda and sukūn never stand on the first letter of a word; an/ً is written on these last letters only.
_NEVER_FIRST = re.compile("[\u064b-\u064d\u0651\u0652]")
_BEARS_FATHATAN = tuple(BEAR_FATHATAN)
# How readily a word breaks at a mark, once one stands alone.
_BREAKS = 0.2
_BROKEN, _LEAST = math.log(_BREAKS), -99.0
# Words that surely broke at a mark show what the reader does; without one, a stray mark is the writer's own.
_SURE_ODDS, _TORN_ODDS, _COMMON, _OWN_WORD = 50.0, 1000.0, 15, 5000


class _Gap(NamedTuple):
    """A blank before a mark: where blank, mark and rest begin, the letters on both sides, the odds that they are one word.

    `torn` tells that the word goes on behind the letter that bears the mark and a blank.
    """

    blank: int
    mark: int
    end: int
    left: str
    right: str
    odds: float
    torn: bool = False

    @property
    def sure(self) -> bool:
        bearer = self.right in ("ا", "ء") and not self.left.endswith(_BEARS_FATHATAN if self.right == "ا" else ())
        return self.odds > _SURE_ODDS and (bearer or frequency(self.left + self.right) >= _COMMON)


def attach_marks(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """`ث ّم` → `ثمّ`, `أو ًلا` → `أولًا`, `سلاحا ً` → `سلاحاً`, `لم ُيعد` → `لم يُعد`, `واحدا،ً` → `واحداً،`.

    Only in a text where some word surely broke at a mark.
    """
    present = MARKS & unusual(traced.text)
    if not any(blank + mark in traced.text for mark in present for blank in " \u00a0"):
        return Outcome(traced)
    gaps = list(_gaps(traced.text))
    if not any(gap.torn and gap.odds > _TORN_ODDS for gap in gaps):
        gaps = list(_gaps(traced.text, torn=False))
    if not any(gap.sure for gap in gaps):
        return Outcome(traced)
    edits = sorted([*(_closed(traced, g) for g in gaps), *_openings(traced), *_stops(traced)])
    kept = [e for i, e in enumerate(edits) if not i or edits[i - 1].end <= e.start]
    return rewrite(traced, "detached_mark", kept, "a vowel mark stands on the letter that carries it", 0.97)


def _gaps(text: str, *, torn: bool = True) -> Iterator[_Gap]:
    at = 0
    last: _Gap | None = None
    while match := _GAP.search(text, at):
        # The letters behind this mark may be the letters before the next one.
        at = match.end("marks")
        before = _LAST_WORD.search(text[max(0, match.start() - _LONGEST) : match.start()])
        left, right = (plain(side) for side in (before.group() if before else "", match["right"]))
        if last and last.odds > 1 and last.right == left and last.end + len(left) == match.start():
            left = last.left + left
        behind = _BEHIND.match(text, match.end()) if torn and len(right) == 1 else None
        gap = _Gap(match.start(), match.start("marks"), at, left, right, 0.0)
        if left and behind:
            gap = _around(gap, plain(behind["rest"]))
        elif left and right:
            gap = gap._replace(odds=_one_word(left, match["marks"], right))
        yield gap
        last = gap


def _around(gap: _Gap, rest: str) -> _Gap:
    """The gap before a letter that stands by itself, which may belong to the letters before it, to those behind, or to both."""
    left, letter = gap.left, gap.right
    whole = left + letter + rest
    apart = _likely(left) + _likely(letter) + _likely(rest)
    before = _likely(left + letter, left) + _likely(rest) + _BROKEN
    behind = _likely(left) + _likely(letter + rest) + _BROKEN
    both = _LEAST if frequency(whole) <= FLOOR or frequency(rest) >= _OWN_WORD else _likely(whole) + 2 * _BROKEN
    best = max(apart, before, both, behind)
    odds = math.exp(min(max(before, both) - max(apart, behind), 50.0))
    return gap._replace(right=letter + rest if both == best else letter, odds=odds, torn=best in (both, behind))


def _likely(word: str, head: str = "") -> float:
    """Log probability of a word; least if nobody knows it, but the head that a blank parts from its rest."""
    return _LEAST if head and _glues(word, head) else math.log(frequency(word) / PER)


def _glues(whole: str, *parts: str) -> bool:
    """Whether common words make one that nobody knows."""
    return frequency(whole) <= FLOOR and min(map(frequency, parts)) >= _COMMON


def _one_word(left: str, marks: str, right: str) -> float:
    """Odds that the letters on both sides of a detached mark are one word."""
    if _glues(left + right, left, right):
        return 0.0
    odds = _BREAKS * one_word_odds(left, right)
    if FATHATAN in marks and not left.endswith(_BEARS_FATHATAN):
        odds *= 100
    return odds


def _closed(traced: Traced, gap: _Gap) -> Edit:
    """The mark goes behind the letter it was printed before; the blank goes where the letters are one word."""
    marks = [*range(gap.mark, gap.end)]
    end = gap.end + 1 + gap.torn
    if gap.right and gap.odds > 1:
        return reordered(traced, gap.blank, end, [gap.end, *marks])
    if gap.torn:
        return reordered(traced, gap.blank, end, [*range(gap.blank, gap.mark), gap.end, *marks])
    if not gap.right:
        return reordered(traced, gap.blank, gap.end, marks)
    if _NEVER_FIRST.search(traced.text[gap.mark : gap.end]):
        return reordered(traced, gap.blank, gap.end, [*marks, *range(gap.blank, gap.mark)])
    return reordered(traced, gap.mark, gap.end + 1, [gap.end, *marks])


def _openings(traced: Traced) -> Iterator[Edit]:
    """A mark that opens a word inside a line goes behind the first letter."""
    for match in _OPENING.finditer(traced.text):
        start = match.start()
        if start and traced.text[start - 1] != "\n" and not _NEVER_FIRST.search(match.group("marks")):
            yield reordered(traced, start, match.end(), [match.start("letter"), *range(start, match.end("marks"))])


def _stops(traced: Traced) -> Iterator[Edit]:
    for match in _ON_STOP.finditer(traced.text):
        if _NEVER_FIRST.search(match.group("marks")):
            yield reordered(traced, *match.span(), [*range(*match.span("marks")), match.start("stop")])
