"""Letters lost at a tatweel: a ligature's glyph without a code, stretched, leaves only the stroke: `عــى` for `على`.

Runs before tatweel goes, since the stroke marks the place. Letters lost without a trace and U+FFFD are word_repair.py's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import IN_WORDS, LETTER, LETTERS_AND_MARKS, LOST, MARK, TATWEEL
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.word_frequency import FLOOR, frequency

_INSIDE = f"[{LETTERS_AND_MARKS}]*"
_STRETCHED = re.compile(f"(?<![{IN_WORDS}{LOST}]){_INSIDE}{LETTER}{MARK}*{TATWEEL}+{LETTER}[{IN_WORDS}]*(?![{LOST}{TATWEEL}])")
_REST_OF_WORD = re.compile(f"[{IN_WORDS}]+")
_STROKES = re.compile(f"{TATWEEL}+")
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإؤئة"
_PAIRS = ("لم", "لح", "لج", "لخ", "لي", "في", "نج", "مح", "مج", "شر", "سر", "تم", "بم", "كم", "لأ", "لا")
# How often a stroke stands for a letter before a document shows that it does; and once it has.
_RARELY, _MASS = 2e-6, 3.0
_LONGEST = 80
_COMMON, _MUCH_COMMONER, _SURE = 30, 1e3, 0.8


class _Filling(NamedTuple):
    """A word that a stretched token may be: what was lost, where in the token, how common the word is."""

    lost: str
    start: int
    end: int
    occurrences: int


def restore_lost_at_tatweel(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """`عــى` → `على`, `الـدن` → `المدن` where the word without the letter is none and one reading is likely; else a doubt."""
    tokens = [m for m in _stretched(traced.text) if len(m.group()) <= _LONGEST]
    broken = _broken({m.group() for m in tokens})
    if not broken:
        return Outcome(traced)
    rates = _rates(broken.values())
    edits: list[Edit] = []
    scores: list[float] = []
    doubts: list[Doubt] = []
    for match in tokens:
        if match.group() in broken:
            best, confidence = _best(match.group(), broken[match.group()], rates)
            if confidence >= _SURE:
                edits.append(Edit(match.start() + best.start, match.start() + best.end, best.lost))
                scores.append(min(confidence, 0.99))
            elif confidence > 0.3:
                doubts.append(_doubt(traced, match, best))
    outcome = rewrite(traced, "lost_letter", edits, "no word without the letter that the stroke stands for", scores)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _stretched(text: str) -> Iterator[re.Match[str]]:
    """Words with a stroke between two letters; found by the stroke."""
    at = 0
    while (stroke := text.find(TATWEEL, at)) >= 0:
        start = stroke
        while start and "\u0621" <= text[start - 1] <= "\u0652":
            start -= 1
        if token := _STRETCHED.match(text, start):
            yield token
        rest = _REST_OF_WORD.match(text, stroke)
        assert rest, "a stroke is part of a word"
        at = rest.end()


def _broken(tokens: Iterable[str]) -> dict[str, list[_Filling]]:
    """Stretched tokens that are no words as they stand, with the words they may be."""
    return {token: list(fillings) for token in tokens if (fillings := _may_be(token))}


@lru_cache(maxsize=20_000)
def _may_be(token: str) -> tuple[_Filling, ...]:
    """Words much commoner than a stretched token as it stands."""
    stands = frequency(plain(token))
    return tuple(f for f in _fillings(token) if f.occurrences > _MUCH_COMMONER * stands) if stands < _COMMON else ()


def _fillings(token: str) -> Iterator[_Filling]:
    count = Lexicon.load().plain_count
    for stroke in _STROKES.finditer(token):
        head = plain(token[: stroke.start()])
        tail = plain(token[stroke.end() :])
        for lost in (*_LETTERS, *_PAIRS):
            if (n := count(head + lost + tail)) >= _COMMON:
                yield _Filling(lost, *stroke.span(), n)


def _rates(broken: Iterable[list[_Filling]]) -> dict[str, float]:
    """How often a stroke stands for each letter: expectation maximisation from a rare start."""
    fillings = list(broken)
    rates = dict.fromkeys((*_LETTERS, *_PAIRS), _RARELY)
    for _ in range(6):
        counts: dict[str, float] = defaultdict(float)
        for options in fillings:
            weights = [rates[o.lost] * o.occurrences for o in options]
            mass = sum(weights) + FLOOR
            for option, weight in zip(options, weights, strict=True):
                counts[option.lost] += weight / mass
        rates = {lost: _RARELY + max(0.0, counts[lost] - 0.5) / (len(fillings) + _MASS) for lost in rates}
    return rates


def _best(token: str, options: list[_Filling], rates: dict[str, float]) -> tuple[_Filling, float]:
    weights = [(rates[o.lost] * o.occurrences, o) for o in options]
    weight, best = max(weights)
    return best, weight / (sum(w for w, _ in weights) + frequency(plain(token)))


def _doubt(traced: Traced, match: re.Match[str], best: _Filling) -> Doubt:
    token = match.group()
    reading = plain(token[: best.start]) + best.lost + plain(token[best.start :])
    return Doubt("lost_letter", *traced.raw_span(*match.span()), f"“{token}” may have lost letters at its stroke: perhaps “{reading}”.", 0.6)
