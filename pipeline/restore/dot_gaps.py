"""Blanks that a reader saw at the dots of letters: `ج ن ود أعدموا عش رات` or `ج نود أعدموا ع شرات` for `جنود أعدموا عشرات`.

Fonts that draw dots apart move the pen back for them, and readers take that for a gap: pdftotext behind a letter with dots on
pages of Chromium and LibreOffice, before each on cairo's, MuPDF before each and, in some fonts, behind it, too (all measured).
Such a text has a blank on that side of nearly all letters with dots; which of them part words, the words tell. Blanks in other
places are spacing.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_MARKS, MARK
from pipeline.restore.language_model import plain
from pipeline.restore.profile import Profile
from pipeline.restore.rasm import DOTS
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.votes import probability
from pipeline.restore.word_divisions import word_score

DOTTED = "".join(sorted({letter for made in DOTS.values() for letters in made.values() for letter in letters}))
TRACES: tuple[Trace, ...] = ((" ", f"[{DOTTED}]", "[ \n]"),)
_ALONE, _FEWEST_ALONE = re.compile(f" [{DOTTED}](?=[ \n])"), 3
_SELDOM_LAST = "جخشضظغفق"
_LETTER = f"[{LETTERS_AND_MARKS}]"
# In corpus articles a third of all letters with dots stand behind no letter, of those that seldom end words a tenth before none,
# at most .39 and .44 (measured).
_FEWEST, _MOSTLY_BEFORE, _MOSTLY_BEHIND = 30, 0.6, 0.55
_CHAIN = re.compile(f"{_LETTER}+(?: {_LETTER}+)+")
_CHAIN_OR_PIECE = re.compile(f"{_LETTER}+(?: {_LETTER}+)*")
_MOST_PIECES, _MOST_LETTERS, _SURE, _SIGN_SURE = 10, 16, 0.99, 0.95
# Log odds of likely words are worth so much of what they say, in running text with blanks set in at letters with dots (measured).
_WORTH = 0.4
_EVIDENCE = "a gap at the dots of a letter, which are drawn apart"


class _Side(NamedTuple):
    """A side of letters with dots: what of them is looked at, how many have a blank there, such blanks, and those that part a sign."""

    letters: re.Pattern[str]
    least: float
    blank: str
    beside_signs: str


_SIDES = (
    _Side(re.compile(f"(?:(?<={_LETTER})|())[{DOTTED}]"), _MOSTLY_BEFORE, f" (?=[{DOTTED}])", f"(?<=[([«/]) (?=[{DOTTED}])"),
    _Side(
        re.compile(f"[{_SELDOM_LAST}]{MARK}*(?:{_LETTER}|())"),
        _MOSTLY_BEHIND,
        f"(?<=[{DOTTED}]) |(?<=[{DOTTED}]{MARK}) ",
        f"(?<=[{DOTTED}]) (?=[،؛:.؟!)»\\]/])",
    ),
)


def close_dot_gaps(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Close blanks at letters with dots that part no words, in a text that has blanks on one side of most of these."""
    text = traced.text
    sides = _sides(text)
    if not sides:
        return Outcome(traced)
    found = {m.start(): _SIGN_SURE for side in sides for m in re.finditer(side.beside_signs, text)}
    for chain in _CHAIN.finditer(text):
        found |= {chain.start() + at: sure for at, sure in _gaps(chain.group(), _blank(sides))}
    places = sorted(found)
    return rewrite(traced, "detached_letter", [Edit(at, at + 1, "") for at in places], _EVIDENCE, [found[at] for at in places])


def gaps(text: str) -> re.Pattern[str] | None:
    """The blanks of a text that may be gaps; none in a text without such damage."""
    sides = _sides(text)
    return _blank(sides) if sides else None


def likelihood(text: str, blank: re.Pattern[str]) -> float:
    """How likely the words of a text are without the gaps among some blanks: a log probability."""
    return sum(_words(*_pieces(chain.group(), blank))[0] for chain in _CHAIN_OR_PIECE.finditer(text))


@lru_cache(maxsize=2)
def _sides(text: str) -> tuple[_Side, ...]:
    """The sides of letters with dots on which a text has gaps; remembered, since passes ask in turn."""
    if len(_ALONE.findall(text)) < _FEWEST_ALONE:
        return ()
    return tuple(side for side in _SIDES if _has_gaps(text, side))


def _blank(sides: Sequence[_Side]) -> re.Pattern[str]:
    return re.compile("|".join(side.blank for side in sides))


def _has_gaps(text: str, side: _Side) -> bool:
    """Whether most letters with dots have a blank on a side."""
    found = [m.lastindex for m in side.letters.finditer(text)]
    return len(found) >= _FEWEST and found.count(1) >= side.least * len(found)


def _gaps(chain: str, blank: re.Pattern[str]) -> Iterator[tuple[int, float]]:
    """The blanks in a chain of pieces that part no words, with how sure that is: the likeliest words, of which each is told by the one before it."""
    blanks = [m.start() for m in re.finditer(" ", chain)]
    pieces, may_be_gap = _pieces(chain, blank)
    _, words = _words(pieces, may_be_gap)
    whole = ["", *("".join(pieces[start:end]) for start, end in words), ""]
    for (start, end), before, word, behind in zip(words, whole, whole[1:], whole[2:], strict=False):
        as_one = word_score(before, word) + _score(word, behind)
        for at in range(start + 1, end):
            left, right = "".join(pieces[start:at]), "".join(pieces[at:end])
            yield blanks[at - 1], probability(_WORTH * (as_one - word_score(before, left) - word_score(left, right) - _score(right, behind)), _SURE)


def _pieces(chain: str, blank: re.Pattern[str]) -> tuple[list[str], list[bool]]:
    """The pieces of a chain, and whether the blank behind each but the last may be a gap."""
    return [plain(piece) for piece in chain.split(" ")], [bool(blank.match(chain, m.start())) for m in re.finditer(" ", chain)]


def _words(pieces: Sequence[str], may_be_gap: Sequence[bool]) -> tuple[float, list[tuple[int, int]]]:
    """The likeliest words that pieces make: their log probability and their spans."""
    # The likeliest words up to each piece by where the last of them begins: log probability, and where the one before it does.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for end in range(1, len(pieces) + 1):
        best.append({})
        for start in range(end - 1, max(end - _MOST_PIECES, 0) - 1, -1):
            word = "".join(pieces[start:end])
            befores = ((known + _score_behind(pieces, at, start, word), at) for at, (known, _) in best[start].items())
            best[end][start] = max(befores)
            if not start or not may_be_gap[start - 1] or len(word) > _MOST_LETTERS:
                break
    spans = []
    end = len(pieces)
    start = max(best[end], key=lambda start: best[end][start])
    likely = best[end][start][0]
    while end:
        spans.append((start, end))
        end, start = start, best[end][start][1]
    return likely, spans[::-1]


def _score_behind(pieces: Sequence[str], at: int, start: int, word: str) -> float:
    return word_score("".join(pieces[at:start]), word)


def _score(before: str, word: str) -> float:
    """What a word adds behind another one; nothing at the end."""
    return word_score(before, word) if word else 0.0
