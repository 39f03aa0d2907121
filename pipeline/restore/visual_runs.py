"""Runs in visual order: a line broken at figures and lost glyphs, its pieces printed from left to right.

pypdf does this to right-to-left lines (measured): `ما يقارب2017 خلال عام` for `خلال عام 2017 ما يقارب`, and
`\ufffdشعار الجارية … بالأ` for `بالأ\ufffdشعار الجارية …`. The letters inside a piece are in order. Lines cut inside words
at letters belong to the displaced runs; a U+FFFD gets its letter in word_repair.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from pipeline.restore.characters import LOST
from pipeline.restore.damage_rates import lost_letter_frequency
from pipeline.restore.document_words import TOKEN
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.votes import probability

_FIGURE = f"%?{CODED_NUMERAL}%?"
_BREAK = re.compile(f"{LOST}|{_FIGURE}")
# Longer lines are paragraphs and were never set as one line.
_LINE = re.compile("(?m)^[^\n]{1,200}$")
_LEADING = re.compile("[ \u00a0]*[(\\[«]?[ \u00a0]*")
_FIRST_STOP = re.compile("[ \u00a0]*[.،؛:؟!]?")
_SURE, _SEVERAL, _SHARE, _CLEAR, _CLEARLY = 8.0, 3, 0.3, 1.0, 5


def restore_visual_runs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces between figures and lost glyphs in reading order, where the words so made are far likelier."""
    text = traced.text
    lines = [m for m in _LINE.finditer(text) if _BREAK.search(m.group())]
    orders = [_reading_order(m.group()) for m in lines]
    damaged = [_likelihood(m.group()) for m in lines]
    restored = [_likelihood(read(m.group(), order)) for m, order in zip(lines, orders, strict=True)]
    gain = sum(restored) - sum(damaged)
    seams = sum(LOST in m.group() for m in lines)
    if gain < _SURE or seams < _SEVERAL or seams < _SHARE * len(lines):
        return Outcome(traced)
    moved = [(m, order) for m, order in zip(lines, orders, strict=True) if order != list(range(len(order)))]
    if not _read_better(moved):
        return Outcome(traced)
    confidence = probability(gain / seams, 0.97)
    edits = [reordered(traced, *m.span(), [i if i < 0 else m.start() + i for i in order]) for m, order in moved]
    return rewrite(traced, "displaced_run", edits, f"words made at the seams of {seams} lines: {gain:.0f} nats", confidence)


def _read_better(moved: Sequence[tuple[re.Match[str], list[int]]]) -> bool:
    """Whether hardly a line reads worse put in order; words are cut off from a lost sign as well as joined at a lost letter."""
    fluency = Fluency()
    restored = fluency.alone(read(m.group(), order) for m, order in moved)
    gains = [new - old for new, old in zip(restored, fluency.alone(m.group() for m, _ in moved), strict=True)]
    return sum(gain > _CLEAR for gain in gains) > _CLEARLY * sum(gain < -_CLEAR for gain in gains)


def _reading_order(line: str) -> list[int]:
    """The places of a line's characters in reading order, without blanks at its end; -1 is a blank set before a figure."""
    pieces = _pieces(line)
    order: list[int] = []
    for at in range(len(pieces) - 1, -1, -1):
        start, end = pieces[at]
        places = _piece_order(line, start, end if at < len(pieces) - 1 else len(line.rstrip()), last=at == 0)
        if order and places and _touching(line[order[-1]], line[places[0]]):
            order.append(BLANK)
        order += places
    return order


def _pieces(line: str) -> list[tuple[int, int]]:
    pieces = []
    at = 0
    for match in _BREAK.finditer(line):
        pieces += [(at, match.start()), match.span()]
        at = match.end()
    return [(s, e) for s, e in (*pieces, (at, len(line))) if e > s]


def _piece_order(line: str, start: int, end: int, *, last: bool) -> list[int]:
    """A piece's places; what stands before its first word in print comes after its last word."""
    if _BREAK.match(line, start):
        percent = line[start] == "%"
        return [*range(start + percent, end), *([start] if percent else [])]
    lead = _LEADING.match(line, start, end)
    moved = lead.end() if lead else start
    if last and (stop := _FIRST_STOP.match(line, start, end)):
        moved = max(moved, stop.end())
    return [*range(moved, end), *reversed(range(start, moved))]


def _touching(left: str, right: str) -> bool:
    return (left.isalpha() and right.isdigit()) or ((left.isdigit() or left == "%") and right.isalpha())


def _likelihood(line: str) -> float:
    """Log likelihood of the words that lost a letter, each at its best reading."""
    words = TOKEN.findall(plain(line))
    return sum(math.log(lost_letter_frequency(w)) for w in words if LOST in w)
