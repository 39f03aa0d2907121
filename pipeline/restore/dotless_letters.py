"""Letters whose dots are glyphs by themselves: `\\ufffd\\ufffdر\\ufffd\\ufffdه\\ufffd` for `قرية`.

Fonts that draw dots apart (the current Noto fonts for Arabic, Mada, Reem Kufi) have no character for a dot, and none for
most letters without theirs. Readers print U+FFFD or NUL for each such glyph (measured on pages of Chromium and cairo):
which letters have dots is known, and how many letters a word has. Which dots, the words of the lexicon tell and their
neighbours; letters on which these disagree stay lost and are flagged.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.restore.characters import LOST
from pipeline.restore.dotless_rows import order_dotless_rows
from pipeline.restore.dotless_units import WORD, Unit, folded, units, word_readings
from pipeline.restore.language_model import Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rasm import Reading
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.word_choice import Place, fits

_LEAST_SHARE, _FEWEST, _KNOWN, _LETTERS = 0.08, 40, 0.6, 3
_SURE, _ROUNDS, _CONTEXT, _AMBIGUOUS = 0.9, 2, 0.7, 0.995
_EVIDENCE = "a bare shape whose dots are lost glyphs, read as the word that it makes with its neighbours"

_DOUBT = "Letters without their dots that make several words."


class _Word(NamedTuple):
    """A word without its dots: the places of its characters, its letters, what it may be and how likely each is."""

    places: Sequence[int]
    letters: Sequence[Unit]
    readings: tuple[Reading, ...]
    shares: tuple[float, ...]

    @property
    def best(self) -> str:
        return self.readings[max(range(len(self.shares)), key=self.shares.__getitem__)].word


def restore_dotless_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read the words of a text whose letters have lost their dots throughout; other texts stay as they are."""
    lost = traced.text.count(LOST)
    if lost < _FEWEST or lost < _LEAST_SHARE * len(traced.text):
        return Outcome(traced)
    ordered = order_dotless_rows(traced)
    words = [*_words(ordered.traced.text)]
    long = [word for word in words if len(word.letters) >= _LETTERS]
    if sum(bool(Lexicon.load().plain_count(word.best)) for word in long) < _KNOWN * max(len(long), 1):
        return Outcome(traced)
    words = _in_context(ordered.traced.text, words)
    text = ordered.traced
    edits = [_edit(text, word) for word in words]
    read = rewrite(text, "lost_letter", edits, _EVIDENCE, [max(word.shares) for word in words])
    return chain(ordered, Outcome(read.traced, read.changes, [*_doubts(text, words)]))


def _words(text: str) -> Iterator[_Word]:
    """The words of a text that have lost glyphs or bare letters."""
    chars = folded(text)
    line = "".join(letter for letter, _ in chars)
    for match in WORD.finditer(line):
        found = word_readings(match.group())
        if found and (LOST in match.group() or found[0].word != match.group()):
            places = [place for _, place in chars[match.start() : match.end()]]
            yield _Word(places, units(match.group()), found, _shares([one.likely for one in found]))


def _shares(logs: Sequence[float]) -> tuple[float, ...]:
    weights = [math.exp(log - max(logs)) for log in logs]
    return tuple(weight / sum(weights) for weight in weights)


def _in_context(text: str, words: Sequence[_Word]) -> list[_Word]:
    """The words weighed with their neighbours, which are taken for what they were weighed as before."""
    weighed = list(words)
    for _ in range(_ROUNDS):
        said, spans = _said(text, weighed)
        asked = [k for k, word in enumerate(weighed) if max(word.shares) < _AMBIGUOUS]
        found = fits(said, [Place(*spans[k], [one.word for one in weighed[k].readings]) for k in asked])
        for k, fit in zip(asked, found, strict=True):
            logs = [one.likely + _CONTEXT * gain for one, gain in zip(weighed[k].readings, fit, strict=True)]
            weighed[k] = weighed[k]._replace(shares=_shares(logs))
    return weighed


def _said(text: str, words: Sequence[_Word]) -> tuple[str, list[tuple[int, int]]]:
    """The text with all words as they are read now, and where they stand in it."""
    parts: list[str] = []
    spans = []
    at = size = 0
    for word in words:
        between = text[at : word.places[0]]
        size += len(between)
        spans.append((size, size + len(word.best)))
        parts += [between, word.best]
        size += len(word.best)
        at = word.places[-1] + 1
    return "".join([*parts, text[at:]]), spans


def _edit(traced: Traced, word: _Word) -> Edit:
    """The word in letters; those on which its likely readings disagree stay lost."""
    after: list[str] = []
    origin: list[int] = []
    for unit, letter in zip(word.letters, _letters(word), strict=True):
        after += [letter, *unit.marks]
        origin += [traced.origin.item(word.places[unit.start])] * (1 + len(unit.marks))
    return Edit(word.places[0], word.places[-1] + 1, "".join(after), origin)


def _letters(word: _Word) -> Iterator[str]:
    """The letters of a word that are sure enough, U+FFFD for the others."""
    best = word.best
    for k, letter in enumerate(best):
        share = sum(share for one, share in zip(word.readings, word.shares, strict=True) if one.word[k] == letter)
        yield letter if share >= _SURE else LOST


def _doubts(traced: Traced, words: Sequence[_Word]) -> Iterator[Doubt]:
    for word in words:
        if LOST in _letters(word):
            likely = sorted(zip(word.shares, word.readings, strict=True), reverse=True)[:3]
            span = traced.raw_span(word.places[0], word.places[-1] + 1)
            yield Doubt(
                "lost_letter", *span, "Letters without their dots that make several words.", 0.9, readings=tuple(one.word for _, one in likely)
            )
