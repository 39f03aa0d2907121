"""Vowel marks printed one letter early: `ُقتل` for `قُتل`, `مدنًيا` for `مدنيًا`, `شّنت` for `شنّت`, throughout a text.

PDFBox and poppler do this to pages of browsers (measured): the mark's glyph stands before its letter's. Told by marks that
open words and by tanwīn inside them, where it cannot stand. Marks that came late are moved_marks.py's, marks that stand
apart detached_marks.py's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.restore.characters import IN_WORDS, LETTER, LETTERS_AND_TATWEEL, MARK, SHADDA
from pipeline.restore.mark_places import belongs_by
from pipeline.restore.moved_marks import is_marked_usually, was_damaged, words_by_mark
from pipeline.restore.odd_marks import STRAY
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_WORD = re.compile(f"{MARK}*(?:{LETTER}{MARK}*)+")
_MARKED = re.compile(MARK)
# A mark that opens a word; fathatān before a letter and the alef that bears it. Each looks for the mark first: much faster.
_EARLY = re.compile(f"{MARK}(?:(?<![{IN_WORDS}\u066e-\u06d3].){MARK}*{LETTER}|(?<=\u064b){LETTER}ا(?![{IN_WORDS}]))")
# Fathatān before an alef tells nothing: some write it so, that of others came early.
_IN_PLACE = re.compile(f"\u064b(?<=[اةى].)(?![{LETTERS_AND_TATWEEL}])")
# Fathatān before letters that follow up to the word's end, other than its alef; behind an alef more than one may begin another word.
_INNER_TANWIN = re.compile(
    f"\u064b(?<=[{IN_WORDS}]\u064b)(?!{MARK}*+(?:[اى](?![{IN_WORDS}])|(?!{LETTER})))"
    f"(?:(?<![اىةء].){MARK}*(?:{LETTER}{MARK}*)*|{MARK}*(?:{LETTER}{MARK}*)?)[اىةء](?![{IN_WORDS}])"
)
_VOWELS, _NEVER_FIRST = frozenset("\u064e\u064f\u0650"), frozenset("\u064b\u064c\u064d\u0651\u0652")
# Alef inside a word is a long vowel and bears none.
_ON_ALEF = re.compile(f"(?<=[{IN_WORDS}])ا[\u064e-\u0652]+[{LETTERS_AND_TATWEEL}]")
_FEWEST, _CLEARLY = 3, 4


def move_marks_on(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give early marks to their letters: those of the next letter, and tanwīn, which ends words, that stands inside one."""
    early = STRAY.shows(traced.text) and _EARLY.search(near_marks(traced.text))
    if not (early or was_damaged(traced)):
        return Outcome(traced)
    first = _moved_on(traced)
    inner = list(_INNER_TANWIN.finditer(first.traced.text))
    if not inner or not (first.changes or was_damaged(traced)):
        return first
    edits = [_settled(first.traced, match) for match in inner]
    return chain(first, rewrite(first.traced, "detached_mark", edits, "tanwīn stands at a word's end", 0.95))


def _settled(traced: Traced, match: re.Match[str]) -> Edit:
    """Fathatān before the final alef or alef maqṣūra, or behind the last letter."""
    at = match.start()
    letters = [*range(at + 1, match.end())]
    bearer = [letters.pop()] if traced.text[letters[-1]] in "اى" else []
    order = [*letters, at, *bearer]
    return reordered(traced, *match.span(), order)


def _moved_on(traced: Traced) -> Outcome:
    """Give marks that stand one letter early to the next letter, in a text whose misplaced ones show it.

    In a text that came damaged off a page also where only some marks are struck: those that open words, and those of words
    that writers are known to mark in the other way.
    """
    text = traced.text
    words = list(words_by_mark(text, _MARKED, _WORD))
    moved = [m for m in words if not is_marked_usually(m.group()) and _moved(m.group()) != m.group()]
    if not moved:
        return Outcome(traced)
    early, in_place = len(_EARLY.findall(text)), len(_IN_PLACE.findall(text))
    told = early + len({after for after in (_moved(m.group()) for m in moved) if is_marked_usually(after)})
    right = in_place + sum(is_marked_usually(word) for word in {m.group() for m in words})
    if early and told >= max(_FEWEST, _CLEARLY * right):
        edits = [_edit(traced, m) for m in moved]
        return rewrite(traced, "detached_mark", edits, f"marks stand one letter early, as {told} words and places tell", 0.9)
    struck = (
        [_edit(traced, m) for m in moved if _surely_early(m.group(), _moved(m.group())) or belongs_by(m.group(), 1)] if was_damaged(traced) else []
    )
    return rewrite(traced, "detached_mark", struck, "a mark stands one letter early, where no word has it", 0.85)


def _surely_early(word: str, moved: str) -> bool:
    """Whether a word has a mark where none stands, or its shadda where writers do not put it."""
    if _ON_ALEF.search(word):
        return not _ON_ALEF.search(moved)
    if _MARKED.match(word):
        return word[0] not in _NEVER_FIRST
    # `وُدفن`; but `يُعِد` is right, and `فجّرت` is no `ف` with `جرّت`.
    told = word[0] == "و" or (SHADDA in word and word[0] != "ف" and word[1:2] not in _VOWELS)
    return told and is_marked_usually(moved)


def _edit(traced: Traced, match: re.Match[str]) -> Edit:
    return reordered(traced, *match.span(), [match.start() + place for place in _order(match.group())])


@lru_cache(maxsize=20_000)
def _moved(word: str) -> str:
    """The word with each mark one letter later."""
    return "".join(word[place] for place in _order(word))


def _order(word: str) -> list[int]:
    order: list[int] = []
    waiting: list[int] = []
    for place, sign in enumerate(word):
        if _MARKED.match(sign):
            waiting.append(place)
        else:
            order += [place, *waiting]
            waiting = []
    return order + waiting
