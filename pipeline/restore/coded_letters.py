"""Texts whose letters are coded by glyph: `Ƶȇҗȇة` or `(cid:437)(cid:519)(cid:1175)(cid:519)ة` for `جديدة`.

A font without a table of characters makes readers print the glyphs' numbers, as such (pdfminer) or as the characters with
these numbers (MuPDF, pypdf, pdfium); only letters that join nothing keep their codes (measured on pages of MuPDF). A glyph
is always the same letter, so the text is a cipher with a sign for each letter and form. Single glyph numbers belong in
glyph_numbers.py, how the cipher is solved in glyph_cipher.py, lost letters in lost_text.py.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.restore.characters import LETTER, LOST
from pipeline.restore.glyph_cipher import Reading, solve
from pipeline.restore.glyph_numbers import TRACES as GLYPH_NUMBERS
from pipeline.restore.language_model import PER, Lexicon
from pipeline.restore.lost_text import has_lost_letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import frequency

# Private glyphs are figures more likely, and no font has as many glyphs as their numbers tell.
# None of these: Latin-1, Arabic, punctuation and symbols, surrogates, private glyphs and Arabic forms.
_OTHER = "[\u0100-\u05ff\u0700-\u1fff\u2c00-\ud7ff]"
_SIGN = rf"\(cid:\d+\)|{_OTHER}"
TRACES: tuple[Trace, ...] = ((_OTHER,), *GLYPH_NUMBERS)
_MARKS = "[\u0640\u064b-\u0655\u0670]+"
_UNIT = re.compile(f"({_SIGN})|({LETTER})|{_MARKS}")
_TOKEN = re.compile(f"(?:{_SIGN}|{LETTER}|{_MARKS})+")
_RUN_OF_WORD = re.compile("[\u0621-\u0655]{2,}")
_RUN = re.compile("(?: (?=[ةى،]))?[\u060c\u061b\u061f\u0621-\u0655][\u060c\u061b\u061f\u0621-\u0655 .:]*")
# A sign that is used less than a dozen times is whatever makes words (measured on Amiri, whose letters have many forms).
_FEWEST_WORDS, _FEWEST_SIGNS, _USES, _KNOWN, _CLEARLY = 60, 20, 12, 0.58, 0.9
_SURE_SIGN = 0.5
_OTHER_WORD = 0.6  # of them are right, where nearly all others are


class _Token(NamedTuple):
    """A word: where it stands, its signs and letters with their offsets."""

    start: int
    end: int
    units: tuple[tuple[int, str], ...]

    @property
    def word(self) -> tuple[str, ...]:
        return tuple(unit for _, unit in self.units)


class _Solved(NamedTuple):
    """A text with its runs in order, its coded words, what their signs mean, how many words so become known."""

    ordered: Outcome
    coded: list[_Token]
    reading: Reading
    known: int

    @property
    def share(self) -> float:
        return self.known / max(len(self.coded), 1)


def restore_coded_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put letters for the signs of a coded text where nearly all words so made are known; else leave it as it is."""
    if not has_lost_letters(traced.text):
        return Outcome(traced)
    uses = Counter(re.findall(_SIGN, traced.text))
    if len(uses) < _FEWEST_SIGNS or uses.total() < _USES * len(uses):
        return Outcome(traced)
    best = _solved(Outcome(traced))
    for pattern in (_RUN_OF_WORD, _RUN):
        if best.share < _CLEARLY:
            best = max(best, _solved(_turned(traced, pattern)), key=lambda solved: solved.share)
    if best.share < _KNOWN or len({token.word for token in best.coded}) < _FEWEST_WORDS:
        return Outcome(traced)
    edits = [_edit(best.ordered.traced, token, best.reading) for token in best.coded]
    scores = [(1 + best.share) / 2 if _is_known(token, best.reading) else _OTHER_WORD * best.share for token in best.coded]
    evidence = f"a sign for each letter and form, solved from all words: {best.known} of {len(best.coded)} become known words"
    return chain(best.ordered, rewrite(best.ordered.traced, "mojibake", edits, evidence, scores))


def _solved(ordered: Outcome) -> _Solved:
    chains = list(_chains(ordered.traced.text))
    chances = [token for pieces in chains for token in {*pieces, _joined(pieces)}]
    reading = solve(Counter(t.word for t in chances if any(map(is_sign, t.word))), is_sign)
    coded = [token for pieces in chains for token in _likeliest(pieces, reading) if any(map(is_sign, token.word))]
    return _Solved(ordered, coded, reading, sum(_is_known(token, reading) for token in coded))


def _turned(traced: Traced, runs: re.Pattern[str]) -> Outcome:
    """Signs are letters from left to right to a reader, which turns the letters between them: pdfium word by word, pypdf with the blanks."""
    edits = [reordered(traced, *m.span(), range(m.end() - 1, m.start() - 1, -1)) for m in runs.finditer(traced.text)]
    return rewrite(traced, "visual_order", edits, "letters between coded ones were printed from left to right", 0.95)


def _is_known(token: _Token, reading: Reading) -> bool:
    return bool(Lexicon.load().plain_count(_read(token, reading)))


def _read(token: _Token, reading: Reading) -> str:
    return "".join(_letters(unit, reading) for unit in token.word)


def is_sign(unit: str) -> bool:
    """Whether a unit stands for a glyph rather than being a letter."""
    return len(unit) > 1 or not "\u0621" <= unit <= "\u064a"


def _chains(text: str) -> Iterator[list[_Token]]:
    """The words between blanks, those together between which the blank is in doubt."""
    pieces: list[_Token] = []
    for match in _TOKEN.finditer(text):
        units = tuple((m.start(), m.group()) for m in _UNIT.finditer(text, *match.span()) if m.group(1) or m.group(2))
        if pieces and not _may_go_on(text, pieces[-1].end, match.start()):
            yield pieces
            pieces = []
        pieces.append(_Token(*match.span(), units))
    if pieces:
        yield pieces


def _may_go_on(text: str, end: int, start: int) -> bool:
    """Behind a sign that happens to be a combining mark MuPDF sets a blank, whether the word ends there or not."""
    last = text[end - 1]
    return text[end:start] == " " and bool(unicodedata.combining(last)) and not "\u0600" <= last <= "\u06ff"


def _joined(tokens: Sequence[_Token]) -> _Token:
    return _Token(tokens[0].start, tokens[-1].end, tuple(unit for token in tokens for unit in token.units))


def _likeliest(tokens: Sequence[_Token], reading: Reading) -> list[_Token]:
    """The words that the pieces most likely are, joined or apart."""
    best: list[tuple[float, list[_Token]]] = [(0.0, [])]
    for end in range(1, len(tokens) + 1):
        ways = [(best[start], _joined(tokens[start:end])) for start in range(end)]
        scored = [(score + math.log(frequency(_read(one, reading)) / PER), [*words, one]) for (score, words), one in ways]
        best.append(max(scored, key=lambda way: way[0]))
    return best[-1][1]


def _letters(unit: str, reading: Reading) -> str:
    """The letters of a unit; a sign that the words do not tell is a lost letter."""
    if not is_sign(unit):
        return unit
    letters, share = reading.get(unit, (LOST, 1.0))
    return letters if share >= _SURE_SIGN else LOST


def _edit(traced: Traced, token: _Token, reading: Reading) -> Edit:
    """The word in letters; marks stay where they are between them."""
    after: list[str] = []
    origin: list[int] = []
    units = dict(token.units)
    at = token.start
    while at < token.end:
        unit = units.get(at, traced.text[at])
        shown = "" if unit == " " else _letters(unit, reading) if at in units else unit
        after.append(shown)
        origin += [int(traced.origin[at])] * len(shown)
        at += len(unit)
    return Edit(token.start, token.end, "".join(after), origin)
