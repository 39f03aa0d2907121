"""Tatweel that a font's table calls a letter: `تلووووير` for `تــــوير`, `الحكوموة` for `الحكومــة`.

A document that stretches words this way does so in many words and with one letter; a writer who drags a vowel,
`جدااا`, does so in few. Strokes coded as letters of another script are stroke_signs.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.restore.characters import JOINING, LETTERS_AND_TATWEEL
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced

_RUN = re.compile(f"([{LETTERS_AND_TATWEEL}])\\1+")
_COMMON, FEWEST, _SHARE = 5, 5, 0.02
_MOST_RUNS = 3


def remove_filler_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Drop the letter that a text uses for a stroke where the word is then known; doubt the words that stay unknown."""
    unknown = document_words(traced.text).unknown
    stretched = {w for w in unknown if len(w) > 3 and _RUN.search(w)}
    if len(stretched) < FEWEST:
        return Outcome(traced)
    filler, mended = _filler(stretched)
    if len(mended) < max(FEWEST, _SHARE * len(document_words(traced.text).distinct)):
        return Outcome(traced)
    mended |= {w: best for w in unknown - mended.keys() if filler in w and (best := _without(w, filler, 1))}
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    for match in TOKEN.finditer(traced.text):
        word = plain(match.group())
        if word in mended and word == match.group():
            edits += [Edit(match.start() + s, match.start() + e, "") for s, e in mended[word]]
        elif word in stretched and filler * 2 in word:
            doubts.append(_doubt(traced, match, filler))
    outcome = rewrite(traced, "filler_letter", edits, f"`{filler}` stands for a stroke in {len(mended)} words", 0.9)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _filler(stretched: set[str]) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The letter that most words are stretched with, and what to drop from each word that is known without it."""
    tally: Counter[str] = Counter()
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for word in stretched:
        for letter in {m.group(1) for m in _RUN.finditer(word)}:
            if spans := _without(word, letter, 2):
                tally[letter] += 1
                found.setdefault(letter, {})[word] = spans
    if not tally:
        return "", {}
    best = max(tally, key=lambda letter: (tally[letter], letter))
    return best, found[best]


def _without(word: str, letter: str, shortest: int) -> list[tuple[int, int]] | None:
    """What to drop so that the commonest known word is left; None where no known word is."""
    count = Lexicon.load().plain_count
    best: tuple[int, list[tuple[int, int]]] = (_COMMON - 1, [])
    for spans in _choices(word, letter, shortest):
        left = word
        for start, end in reversed(spans):
            left = left[:start] + left[end:]
        if len(left) > 1:
            best = max(best, (count(left), spans))
    return best[1] or None


def _choices(word: str, letter: str, shortest: int) -> Iterator[list[tuple[int, int]]]:
    """Ways to take runs of a letter for strokes: each run behind a joining letter whole, all but one letter, or not at all."""
    runs = [m.span() for m in re.finditer(f"{letter}{{{shortest},}}", word) if m.start() and word[m.start() - 1] in JOINING]
    ways: list[list[tuple[int, int]]] = [[]]
    for start, end in runs[:_MOST_RUNS]:
        cut = [(start, end), *([(start + 1, end)] if end - start > 1 else [])]
        ways = [*ways, *([*way, span] for way in ways for span in cut)]
    return iter(ways[1:])


def _doubt(traced: Traced, match: re.Match[str], filler: str) -> Doubt:
    span = traced.raw_span(*match.span())
    return Doubt("undecodable", *span, f"“{match.group()}” is stretched with the letter “{filler}” and is no word without it.", 0.8)
