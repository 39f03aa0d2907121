"""Letters whose dots are glyphs by themselves: `\\ufffd\\ufffdر\\ufffd\\ufffdه\\ufffd` for `قرية`.

Fonts that draw dots apart (the current Noto fonts for Arabic, Mada, Reem Kufi) have no character for a dot, and none for
most letters without theirs. Readers print U+FFFD or NUL for each such glyph (measured on pages of Chromium and cairo):
which letters have dots is known, and how many letters a word has. Which dots, the words of the lexicon tell and their
neighbours; letters on which these disagree stay lost and are flagged.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.restore.characters import LOST
from pipeline.restore.dotless_rows import order_dotless_rows
from pipeline.restore.dotless_units import Signs, Unit, dotted, folded, likelihood, units
from pipeline.restore.language_model import Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rasm import TEETH, TOOTH, Readings, readings
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.votes import probability
from pipeline.restore.word_choice import Place, fits

_LEAST_SHARE, _FEWEST, _FEWEST_WORDS, _KNOWN, _KNOWN_BY_SIGNS, _LETTERS = 0.08, 40, 25, 0.6, 0.45, 3
_SURE, _DOUBTFUL, _ROUNDS, _AMBIGUOUS, _OTHER = 0.65, 0.8, 2, 0.995, 20.0
# Log odds are worth so much of what they say, in held-out corpus text printed without dots (measured).
_WORTH, _LEAST_CLAIMED = 0.8, 1e-4
# Log odds that words are in place by the log probability per character of their row, in such text whose rows were cut and their
# pieces turned (measured): 4.4 at -1, 0.45 at -2.2.
_ROW_AT_ONE, _ROW_SLOPE, _USUAL, _LEAST_ROW = 4.4, 3.3, -1.6, 25
_EVIDENCE = "a bare shape whose dots are lost glyphs, read as the word that it makes with its neighbours"

_DOUBT = "Letters without their dots that make several words."


LOST_DOTS = Signs({})
_MOVED = re.compile(f"(?m)^ ?{LOST}(?:{LOST}{LOST})*(?![{LOST}\u0653-\u0655])")
_FEWEST_MOVED = 2


class _Word(NamedTuple):
    """A word without its dots: the places of its characters, its letters, what it may be and how likely each is."""

    places: Sequence[int]
    letters: Sequence[Unit]
    readings: Readings
    shares: tuple[float, ...]

    @property
    def best(self) -> str:
        return self.readings.words[max(range(len(self.shares)), key=self.shares.__getitem__)].word


def restore_dotless_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read the words of a text whose letters have lost their dots throughout; other texts stay as they are."""
    lost = traced.text.count(LOST)
    if lost < _FEWEST or lost < _LEAST_SHARE * len(traced.text):
        return Outcome(traced)
    return read_dotless(traced, LOST_DOTS)


def read_dotless(traced: Traced, signs: Signs) -> Outcome:
    """Read a text whose dots are lost glyphs or signs; where that makes no words it stays as it is."""
    ordered = order_dotless_rows(traced, signs)
    words = [*_words(ordered.traced.text, signs)]
    long = [word for word in words if len(word.letters) >= _LETTERS]
    known = sum(Lexicon.load().knows(word.best) for word in long)
    if len(long) < _FEWEST_WORDS or known < (_KNOWN_BY_SIGNS if signs.kinds else _KNOWN) * len(long):
        return Outcome(traced)
    words = _in_context(ordered.traced.text, words)
    text = ordered.traced
    edits = [_edit(text, word) for word in words]
    read = rewrite(text, "lost_letter", edits, _EVIDENCE, _claims(text.text, words, signs))
    return chain(ordered, Outcome(read.traced, read.changes, [*_doubts(text, words)]))


def _claims(text: str, words: Sequence[_Word], signs: Signs) -> list[float]:
    """How sure each word is: its letters, and that its row came in the right order, which the other words of the row tell."""
    in_order: list[tuple[int, float]] = []
    start = 0
    for row in text.split("\n"):
        letters = "".join(letter for letter, _ in folded(row))
        known = likelihood(letters, signs) / len(letters) if len(letters) >= _LEAST_ROW else _USUAL
        in_order.append((start, probability(_ROW_AT_ONE + _ROW_SLOPE * (known + 1))))
        start += len(row) + 1
    starts = [start for start, _ in in_order]
    return [_claimed(word) * in_order[bisect_right(starts, word.places[0]) - 1][1] for word in words]


def _claimed(word: _Word) -> float:
    """How sure the letters are that a word is given: the share of its readings that have them."""
    letters = [*_letters(word)]
    share = sum(
        share
        for one, share in zip(word.readings.words, word.shares, strict=True)
        if all(letter in (found, LOST, TOOTH) for letter, found in zip(letters, one.word, strict=True))
    )
    share = min(max(share, _LEAST_CLAIMED), 1 - _LEAST_CLAIMED)
    return probability(_WORTH * math.log(share / (1 - share)))


def _words(text: str, signs: Signs) -> Iterator[_Word]:
    """The words of a text that stand there otherwise than they are read."""
    chars = folded(text)
    line = "".join(letter for letter, _ in chars)
    moved = not signs.kinds and len(_MOVED.findall(line)) >= _FEWEST_MOVED
    for match in signs.word.finditer(line):
        places = [place for _, place in chars[match.start() : match.end()]]
        letters = units(match.group(), signs)
        if moved:
            letters = _with_moved_dots(line, match, letters)
        found = readings(tuple(letter.options for letter in letters))
        if found.words and (len(found.words) > 1 or found.words[0].word != text[places[0] : places[-1] + 1]):
            yield _Word(places, letters, found, _shares(found, [0.0] * len(found.words)))


def _with_moved_dots(line: str, match: re.Match[str], letters: list[Unit]) -> list[Unit]:
    """The letters of a word at the edge of a row, where pypdf puts a row's last dots before another one."""
    if _MOVED.match(line, match.start()):
        letters = [one._replace(start=one.start + 1, end=one.end + 1) for one in units(match.group()[1:], LOST_DOTS)]
    if line[match.end() : match.end() + 2].strip(" ")[:1] in ("", "\n") and letters:
        last = letters[-1]
        letters[-1] = last._replace(options="".join(dict.fromkeys(last.options + dotted(last.options))))
    return letters


def _shares(found: Readings, gains: Sequence[float]) -> tuple[float, ...]:
    """How likely each of the readings is, with what it gains by its neighbours; another word is held to gain what they do on the whole."""
    logs = [one.likely + gain for one, gain in zip(found.words, gains, strict=True)]
    top = max(logs)
    weights = [math.exp(log - top) for log in logs]
    other = math.exp(min(found.other + sum(gains) / len(gains) - top, _OTHER))
    return tuple(weight / (sum(weights) + other) for weight in weights)


def _in_context(text: str, words: Sequence[_Word]) -> list[_Word]:
    """The words weighed with their neighbours, which are taken for what they were weighed as before."""
    weighed = list(words)
    for _ in range(_ROUNDS):
        said, spans = _said(text, weighed)
        asked = [k for k, word in enumerate(weighed) if max(word.shares) < _AMBIGUOUS]
        found = fits(said, [Place(*spans[k], [one.word for one in weighed[k].readings.words]) for k in asked])
        for k, fit in zip(asked, found, strict=True):
            weighed[k] = weighed[k]._replace(shares=_shares(weighed[k].readings, fit))
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
    """The letters of a word that are sure enough; of others the bare tooth, or a lost letter where the shape alone is a letter, too."""
    for k, (letter, unit) in enumerate(zip(word.best, word.letters, strict=True)):
        share = sum(share for one, share in zip(word.readings.words, word.shares, strict=True) if one.word[k] == letter)
        sure = len(unit.options) == 1 or share >= _SURE
        yield letter if sure else TOOTH if set(unit.options) <= set(TEETH) else LOST


def _doubts(traced: Traced, words: Sequence[_Word]) -> Iterator[Doubt]:
    for word in words:
        if max(word.shares) < _DOUBTFUL:
            likely = sorted(zip(word.shares, word.readings.words, strict=True), reverse=True)[:3]
            span = traced.raw_span(word.places[0], word.places[-1] + 1)
            yield Doubt(
                "lost_letter", *span, "Letters without their dots that make several words.", 0.9, readings=tuple(one.word for _, one in likely)
            )
