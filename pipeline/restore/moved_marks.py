"""Vowel marks printed one letter late: `قتُل` for `قُتل`, `شنتّ` for `شنّت`, throughout a text.

Told by words that writers mark always in one way (lexicon/marked_words.csv, from the corpora). Marks that stand apart
from their word are detached_marks.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import numpy as np

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import LETTER, LETTERS_AND_MARKS, LETTERS_AND_TATWEEL, MARK, MARKS, SHADDA
from pipeline.restore.mark_places import belongs_by
from pipeline.restore.proclitics import CLITIC, CONJUNCTIONS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.votes import probability

_WORD, _INNER = re.compile(f"[{LETTERS_AND_MARKS}]+"), re.compile(f"[{LETTERS_AND_TATWEEL}][\u064e-\u0652]")
_INNER_MARK, _IN_WORD = re.compile("[\u064e-\u0652]"), frozenset(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x653))))
_CLUSTER = re.compile(f"({LETTER})({MARK}*)")
_TANWIN = re.compile("[\u064b-\u064d]")
_VOWEL = re.compile("[\u064e-\u0650]")
# Shadda on an alef, a mark on the article's lam: so no word is marked, and its marks did not come late.
_IMPOSSIBLE = re.compile(f"[اآ]{SHADDA}|^{CLITIC}{{0,2}}ال[\u064e-\u0651](?!ه)")
# Share of documents whose marks are moved, of those that came off a page too; share of known marked words that look
# moved in others, where writers misplace a shadda now and then.
_PRIOR, _PRIOR_DAMAGED, _CHANCE = 0.002, 0.1, 0.06
# Log odds of a word that has no vowel on its first letter, and of one that has.
_FIRST_BARE, _FIRST_MARKED = 0.3, -3.0
_WORTH_A_LOOK, _THROUGHOUT, _STROKES = 0.25, 3, 0.005


def move_marks_back(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give marks that stand one letter late back to their letter, in a text whose known marked words show it."""
    marked = list(marked_words(traced.text))
    # In the order of the text, so that the sums are the same in every process.
    words = dict.fromkeys(m.group() for m in marked)
    if not words:
        return Outcome(traced)
    late = {word for word in words if is_moved(word) and belongs_by(word, -1)}
    if not late and _diagnosed(words, damaged=True)[0] < _WORTH_A_LOOK:
        return Outcome(traced)
    damaged = was_damaged(traced)
    confidence, throughout = _diagnosed(words, damaged)
    late = late if damaged else set()
    if confidence < _WORTH_A_LOOK:
        edits = [_edit(traced, m) for m in marked if m.group() in late]
        return rewrite(traced, "detached_mark", edits, "a mark stands one letter late by the word's measure", 0.9)
    # Where only some words are struck, those that writers are known to mark in the other way.
    struck = {word for word in words if is_moved(word) and not is_marked_usually(word) and (throughout or is_marked_usually(moved_back(word)))}
    edits = [_edit(traced, m) for m in marked if m.group() in struck | late]
    evidence = "marks stand one letter late throughout the text, told by words that are marked in one way"
    return rewrite(traced, "detached_mark", edits, evidence, max(confidence, 0.8))


def marked_words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text that have a vowel, shadda or sukūn."""
    return (w for w in words_by_mark(text, _INNER_MARK, _WORD) if w.group()[0] not in MARKS and _INNER.search(w.group()))


def words_by_mark(text: str, marks: re.Pattern[str], word: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The words that have one of some marks; found by the mark, which is much faster than looking at all words."""
    at = 0
    while mark := marks.search(text, at):
        start = mark.start()
        while start > at and text[start - 1] in _IN_WORD:
            start -= 1
        found = word.match(text, start)
        if found:
            yield found
        at = (found or mark).end()


@lru_cache(maxsize=20_000)
def inner(word: str) -> str | None:
    """A word with its marks but for case endings and tanwīn, which differ by sentence; None where that leaves none."""
    clusters = [list(c) for c in _CLUSTER.findall(word)]
    if not clusters:
        return None
    clusters[-1][1] = SHADDA * (SHADDA in clusters[-1][1])
    if len(clusters) > 1 and _TANWIN.search(clusters[-2][1]):
        clusters[-2][1] = ""
    found = "".join(letter + marks for letter, marks in clusters)
    return found if any(marks for _, marks in clusters) else None


@lru_cache(maxsize=20_000)
def is_moved(word: str) -> bool:
    """Whether a word's marks can have come one letter late: none on the first letter, some where an ending has none."""
    clusters = _CLUSTER.findall(word)
    late = [marks for _, marks in clusters[1:-1] if marks and not _TANWIN.search(marks)]
    return not clusters[0][1] and len(clusters) > 2 and bool(late or SHADDA in clusters[-1][1])


def looks_moved(word: str) -> bool:
    """Whether a word with marks says anything for marks that came late."""
    shape, moved, _ = _testimony(word)
    return is_moved(word) and (shape > 0 or moved or belongs_by(word, -1))


@lru_cache(maxsize=20_000)
def moved_back(word: str) -> str:
    """The word with each mark one letter earlier, but for an ending's."""
    places = _back([*range(len(word))], word)
    return "".join(word[p] for p in places)


def _back(places: list[int], word: str) -> list[int]:
    """The places of a word's characters with each moved cluster of marks before the letter that it stands on."""
    order: list[int] = []
    clusters = list(_CLUSTER.finditer(word))
    last = len(clusters) - 1
    for i, cluster in enumerate(clusters):
        letter, marks = cluster.start(1), [*range(*cluster.span(2))]
        text = cluster.group(2)
        moves = bool(marks) and i and not _TANWIN.search(text) and (i < last or SHADDA in text)
        order += [*marks, letter] if moves else [letter, *marks]
    return [places[p] for p in order]


def _diagnosed(words: Iterable[str], damaged: bool) -> tuple[float, bool]:
    """Probability that a text's marks are moved, from the distinct words that are known one way; and whether nearly all are."""
    shape, moved, right = map(sum, zip(*map(_testimony, words), strict=True))
    odds = math.log(_PRIOR_DAMAGED if damaged else _PRIOR) + shape + math.lgamma(moved + 1) + math.lgamma(right + 1) - math.lgamma(moved + right + 2)
    odds -= moved * math.log(_CHANCE) + right * math.log1p(-_CHANCE)
    return probability(odds, 0.97), moved > _THROUGHOUT * right


@lru_cache(maxsize=20_000)
def _testimony(word: str) -> tuple[float, bool, bool]:
    """Log odds from a word's shape that its marks are moved; whether it is a known word that is moved; whether it stands right."""
    if not inner(word):
        return 0.0, False, False
    vowelled = _VOWEL.search(word) and SHADDA not in word
    shape = (_FIRST_BARE if is_moved(word) else _FIRST_MARKED) if vowelled else 0.0
    right = is_marked_usually(word) or _IMPOSSIBLE.search(moved_back(word)) is not None
    return shape, not right and is_moved(word) and is_marked_usually(moved_back(word)), right


def was_damaged(traced: Traced) -> bool:
    """Whether earlier passes had to put pieces in order or take strokes out: the text came from a page."""
    steps = traced.origin[1:] - traced.origin[:-1]
    odd = steps[steps != 1]
    return bool(odd.size) and bool(np.count_nonzero(odd < 0) >= 2 or np.count_nonzero(odd > 1) > _STROKES * len(traced))


def _edit(traced: Traced, match: re.Match[str]) -> Edit:
    return reordered(traced, *match.span(), _back([*range(*match.span())], match.group()))


@lru_cache(maxsize=20_000)
def is_marked_usually(word: str) -> bool:
    """Whether a word is marked inside as writers mark it, by itself or less `و`, `ف` and an ending."""
    form = inner(word)
    if form is None:
        return False
    known = known_marked()
    stems = (form, form[1:] if form[0] in CONJUNCTIONS and form[1:2] not in MARKS else form)
    return any(stem in known or stem[:-1] in known or stem[:-2] in known for stem in stems)


@cache
def known_marked() -> frozenset[str]:
    """Words with the marks that writers give them, without endings' marks."""
    return frozenset(r["word"] for r in rows("marked_words"))
