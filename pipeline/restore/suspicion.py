"""Which lines may have displaced runs: a cheap look at each line's first and last token, made for clean text.

A displaced line begins with the second half of a word and ends with the first half of one. The halves that are words
themselves (`يا`, `آخر`) are listed by the builder with the words that they could be halves of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL, LOST, TATWEEL
from pipeline.restore.cut_pairs import CutPairs, outer_pair
from pipeline.restore.document_words import document_words
from pipeline.restore.habits import CUT_LETTERS, ENDS_STOPPED, Habits
from pipeline.restore.language_model import Lexicon, unpack
from pipeline.restore.readings import ELSE_GAIN, LEAST_GAIN
from pipeline.restore.seams import CUT_CLASSES, NO_WORDS, seam, spelt_stretched, token
from pipeline.restore.word_scores import LETTERS, WordScores

# No printed line is longer; what is longer is a paragraph.
LONGEST = 240
# Fewer suspicious lines tell nothing of the pairs at which a text is cut.
SEVERAL = 2
# What stands behind two blanks; one such blank more in the text, and it is none that is cut at.
_GAP, _MAY_BE_CUT = re.compile("(?<= ) [^ ]{2}"), -0.5
# So large a share of the suspicious lines ends and begins with a pair of letters that all of a text is cut at.
_MOSTLY = 0.3
# A line of verse or a cell that ends in a blank is no row of print.
_WIDE = 0.7
_LETTERS = frozenset(LETTERS + TATWEEL + LOST)
_MARKS = "ًٌٍَُِّْٰ"
_SIGNS = "[%٪.،:؛؟!»”)\\]]"
# A private figure at the left edge, a mark after a blank, a slash first.
_TRACE = re.compile(f"{_SIGNS}*[\ue000-\uf8ff]|[{_MARKS}]|.* [{_MARKS}]")
_LATIN_FIRST = re.compile(f"{_SIGNS}*[A-Za-z].*[{LETTERS_AND_TATWEEL}]{{2}}")
_OPENING = '(«“"['
# Letters that stand for words, `د. م. الخطيب`, `أ.ف.ب`, are no halves of any.
_INITIALS = re.compile(f"[{LETTERS_AND_TATWEEL}][.] ?[{LETTERS_AND_TATWEEL}](?![{LETTERS_AND_TATWEEL}])")
_STRIPPED = re.compile(f" .*\\S  |{_SIGNS}+ .*  ")


def suspicious(line: str, shown: Habits) -> bool:
    """Whether the line is worth the work of enumerating its readings, given what its text shows."""
    if len(line) > LONGEST or len(start := line.split(None, 1)) < 2:
        return False
    if shown.signs and _TRACE.match(line):
        return True
    # Nearly all lines begin with a letter, and what the others show need not be looked for in them.
    if line[0] not in _LETTERS and (_LATIN_FIRST.match(line) or (_STRIPPED.match(line) and shown.stripped)):
        return True
    if ("  " in line or line[-1] == " ") and shown.gapped:
        return True
    first, last = start[0], line.rsplit(None, 1)[1].rstrip(_MARKS)
    if not last or last[-1] not in _LETTERS or first[0] not in _LETTERS or ("." in first and _INITIALS.match(line.lstrip())):
        return False
    alone = last.lstrip(_OPENING)
    return (alone in CUT_LETTERS and alone in shown.lone) or _stretched(last, first) or _could_meet(last, first) or _look_broken(last, first)


def suspects(text: str, lines: Sequence[str], shown: Habits) -> tuple[list[int], CutPairs]:
    """The lines of a text that may have displaced runs, by their numbers, and the pairs of letters that they tell it is cut at."""
    first = [k for k, line in enumerate(lines) if suspicious(line, shown)]
    pairs = CutPairs(text, [lines[k] for k in first])
    if len(first) < SEVERAL:
        return first, pairs
    others = sorted({*range(len(lines))}.difference(first))
    # Of a line that was cut several times the two outer letters are of different pairs.
    cut = pairs.likely_cut()
    heads, tails = {pair[0] for pair in cut}, {pair[1:] for pair in cut}
    more = [k for k in others if _outer_letters(lines[k]) and (pair := outer_pair(lines[k]))[0] in heads and pair[1:] in tails]
    if shown.trailing or shown.stopped:
        wide = _WIDE * sorted(map(len, lines))[len(lines) * 3 // 4]
        rows = (k for k in others if wide <= len(lines[k]) <= LONGEST and (shown.trailing or ENDS_STOPPED.search(lines[k])))
        more += [k for k in rows if _ends_in_gap(lines[k], pairs)]
    return sorted([*first, *more]), pairs


def _ends_in_gap(line: str, pairs: CutPairs) -> bool:
    """Whether a line may have been cut at the blank that ends it, or at one of two inside it, where the text has no other such blank."""
    cuts = [outer_pair(line)] if line[-1] == " " else []
    cuts += [match.group() for match in _GAP.finditer(line)]
    return any(pairs.gain(pair, "") > _MAY_BE_CUT for pair in cuts)


def _outer_letters(line: str) -> bool:
    """Whether a printed line of several words begins and ends with a letter."""
    bare = line.strip(" ")
    return " " in bare and len(line) <= LONGEST and bare[0] in _LETTERS and line[-1] in _LETTERS and not _INITIALS.match(bare)


def torn_in_place(text: str, lines: Sequence[str]) -> int:
    """How often two neighbours are a word together and not both words by themselves: `الس كان`, where no run was displaced.

    What was cut at the pair of letters that `lines`, the text's suspicious ones, mostly end and begin with may meet so by chance.
    """
    words = document_words(text)
    found, broken = words.in_order, words.unknown | NO_WORDS
    places = {k for at in compress(range(len(found)), map(broken.__contains__, found)) for k in (at, at + 1)} - {0, len(found)}
    mostly = {pair for pair, times in Counter(map(outer_pair, lines)).items() if times > _MOSTLY * len(lines)}
    knows = Lexicon.load().knows
    return sum(found[k - 1][-1] + found[k][0] not in mostly and knows(found[k - 1] + found[k]) for k in places)


def _stretched(last: str, first: str) -> bool:
    """Whether tatweel stands at the line's edge."""
    return first[0] == TATWEEL or (last[-1] == TATWEEL and not spelt_stretched(last))


@lru_cache(maxsize=50_000)
def _could_meet(last: str, first: str) -> bool:
    one = seam(token(last), token(first), WordScores.load(), {})
    return one is not None and one.gain > LEAST_GAIN.get(one.kind, ELSE_GAIN)


def _look_broken(last: str, first: str) -> bool:
    """Whether both outer words look like halves, or one of them hardly ever stands alone."""
    halves = _halves()
    tail, head = token(first).first, token(last).last
    if tail in halves.sure_tails or (head in halves.sure_heads):
        return True
    knows = Lexicon.load().knows
    is_head = head[-1:] in CUT_CLASSES and (head in halves.heads or not knows(head))
    return is_head and (tail in halves.tails or not knows(tail))


class _Halves(NamedTuple):
    """Words that may be first or second halves of others, and those that mostly are."""

    heads: frozenset[str]
    tails: frozenset[str]
    sure_heads: frozenset[str]
    sure_tails: frozenset[str]


@cache
def _halves() -> _Halves:
    return _Halves(*(frozenset(part.split("\n")) for part in unpack("halves.bin").decode().split("\n\n")))
