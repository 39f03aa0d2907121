"""Lines whose pieces were printed from left to right: `آخرين أمس80  مدنيا من34 قتل` for `قتل 34 مدنيا من 80 آخرين أمس`.

MuPDF, pypdf and, for some writers, PDFBox do this to right-to-left lines (measured): letters inside a piece are in order,
pieces break at figures, Latin words and signs of another font, signs beside them stand as the page shows them. Lines
that break at lost glyphs belong in visual_runs.py, lines cut inside words in displaced_runs.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.units import units

_A = "\u0621-\u063a\u0641-\u065f\ufffd"
_D = "0-9\u0660-\u0669\ue000-\uf8ff"
_FIGURE = f"[%٪]?[{_D}]+(?:[.,:/٫٬-][{_D}]+)*[%٪]?"
_LATIN = "[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff\n]*[A-Za-z\u00c0-\u024f0-9])?"
_STOPS = ".،؛:؟!"
# What only such lines have: a stop that opens a line, a figure that touches the word (not `و`, `ال` …) before or behind it.
_TRACE = re.compile(f"(?m)^ *[{_STOPS}”»)]+ ?[{_A}]|[{_A}]{{2}}(?<!ال)(?<!لل)[{_D}]+ +[{_A}]|[{_D}][{_A}]{{2}}")
# Each trace has one of these, or stands where the text begins; they are found faster.
_TRACED_FIGURE = re.compile(f"[{_D}](?:(?<=[{_A}]{{2}}.)|(?=[{_A}]{{2}}))")
_TRACED_STOP = re.compile(f"\n *[{_STOPS}”»)]+ ?[{_A}]")
_LEAST_TRACES, _LEAST_SHARE = 3, 0.02  # of the lines
_LINE = re.compile("(?m)^[^\n]*[\u0621-\u064a][^\n]*$")
_LONGEST = 220  # characters; longer lines are paragraphs and were never set as one line
_FAMILIES = ("/", '“”«»"', "()[]", "-–—", ".:؟!")
_PAIRED = frozenset("".join(_FAMILIES[1:3]))
_OPENING_SIGNS = re.compile(f"[^{_A}]*")
_LOGICAL = re.compile("[ ]*[،؛:]+ +$|[ ]*[)»”\\]][،.؛:]? +$")
_CLITICS = frozenset("وبلفك")
_MIRROR = str.maketrans("()[]«»", ")(][»«")
_SURE, _TOTAL, _FEWEST, _CLEARLY, _MOST_LEAN = 2.0, 8.0, 2, 4, 10.0
# A reader that turns one line turns all of them: the more lines tell so, the less one line says against it.
_HABIT = 3.0
_BRACKETS = re.compile("[()\\[\\]]+")
_WORD = re.compile("[\u0621-\u064a]{2}")
_INSERTED = -1


class _Reading(NamedTuple):
    """A line's span, the places of its characters in reading order (-1 is a blank set in), the text so read.

    `telling` is a line with words on both sides of a break and no quotation marks or brackets, which go further astray.
    """

    start: int
    end: int
    order: list[int]
    text: str
    telling: bool


def restore_turned_lines(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of lines that were printed from left to right in reading order, where the text shows the habit."""
    text = traced.text
    least = max(_LEAST_TRACES, _LEAST_SHARE * text.count("\n"))
    if len(_TRACED_FIGURE.findall(text)) + len(_TRACED_STOP.findall(text)) + 1 < least:
        return Outcome(traced)
    if len(_TRACE.findall(text)) < least:
        return Outcome(traced)
    lines = [m.span() for m in _LINE.finditer(text) if m.end() - m.start() <= _LONGEST]
    readings = _best_readings(text, lines)
    as_printed = fluency(text[slice(*line)] for line in lines)
    gains = [new - old for new, old in zip(fluency(r.text for r in readings), as_printed, strict=True)]
    told = [g for r, g in zip(readings, gains, strict=True) if r.telling]
    better, worse = sum(g > _SURE for g in told), sum(g < -_SURE for g in told)
    if better < _FEWEST or better < _CLEARLY * worse or sum(told) < _TOTAL:
        return Outcome(traced)
    lean = min(_MOST_LEAN, _HABIT * math.log((better + 0.5) / (worse + 0.5)))
    turned = [(r, g + lean) for r, g in zip(readings, gains, strict=True) if g + lean > 0 and r.text.split() != text[r.start : r.end].split()]
    edits = [Edit(r.start, r.end, r.text, [_INSERTED if i < 0 else int(traced.origin[i]) for i in r.order]) for r, _ in turned]
    scores = [round(min(0.97, 1 / (1 + math.exp(-score))), 3) for _, score in turned]
    evidence = f"pieces printed from left to right; {better} lines of the text read far better turned, {worse} worse"
    return rewrite(traced, "visual_order", edits, evidence, scores)


def fluency(lines: Iterable[str]) -> list[float]:
    """How well the units of each of some consecutive lines go on with each other and with the lines around it.

    Sums of log odds by the scorer of junctions. Brackets do not count: readers mirror them, so that they seem to stand wrong.
    """
    numbers: dict[str, int] = {PAD: 0}
    row = [0] * REACH
    edges = [REACH]
    for line in lines:
        row += [numbers.setdefault(name, len(numbers)) for name in units(_BRACKETS.sub(" ", line)).names]
        edges.append(len(row))
    if len(row) == REACH:
        return [0.0] * (len(edges) - 1)
    at = np.arange(REACH, len(row) + 1)
    scores = Junctions.load().sheet(list(numbers), row + [0] * REACH).scores(at, at)
    sums = np.concatenate([[0.0], np.cumsum(scores, dtype=np.float64)])
    # A line's junctions are those inside it and both its edges.
    return [float(sums[end - REACH + 1] - sums[start - REACH]) for start, end in pairwise(edges)]


def _best_readings(text: str, lines: Sequence[tuple[int, int]]) -> list[_Reading]:
    """All lines turned; signs of a family count as pieces of their own where that makes the whole text read better."""
    families = [family for family in _FAMILIES if any(sign in text for sign in family)]
    chosen, best = "", _readings(text, lines, "")
    total = sum(fluency(r.text for r in best))
    # First each family by itself, then all: signs side by side must be told apart together.
    for family in (*families, "".join(families)):
        signs = chosen + "".join(c for c in family if c not in chosen)
        if signs == chosen:
            continue
        tried = _readings(text, lines, signs)
        score = sum(fluency(r.text for r in tried))
        if score > total + _SURE:
            chosen, best, total = signs, tried, score
    return best


def _readings(text: str, lines: Sequence[tuple[int, int]], signs: str) -> list[_Reading]:
    breaks = re.compile(f"{_FIGURE}|{_LATIN}" + (f"|[{re.escape(signs)}]" if signs else ""))
    found = []
    for start, end in lines:
        order = _reading_order(text, start, end, breaks)
        telling = _PAIRED.isdisjoint(text[start:end]) and sum(bool(_WORD.search(p)) for p in breaks.split(text[start:end])) > 1
        found.append(_Reading(start, end, order, "".join(" " if i < 0 else text[i] for i in order), telling))
    return found


def _reading_order(text: str, start: int, end: int, breaks: re.Pattern[str]) -> list[int]:
    """Places of a line's characters, pieces from right to left."""
    pieces = _pieces(text, start, end, breaks)
    order: list[int] = []
    for k in range(len(pieces) - 1, -1, -1):
        first, last = pieces[k]
        if breaks.match(text, first, last):
            places = _percent_behind(text, first, last)
        else:
            places = _text_piece(text, first, last, closing=k == 0, opening=k == len(pieces) - 1)
        if order and places and _needs_blank(text, order, places[0]):
            order.append(_INSERTED)
        order += places
    return _stripped(text, order)


def _pieces(text: str, start: int, end: int, breaks: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces = []
    at = start
    for match in breaks.finditer(text, start, end):
        pieces += [(at, match.start()), match.span()]
        at = match.end()
    return [(a, b) for a, b in (*pieces, (at, end)) if b > a]


def _percent_behind(text: str, start: int, end: int) -> list[int]:
    places = [*range(start, end)]
    return places[1:] + places[:1] if text[start] in "%٪" else places


def _text_piece(text: str, start: int, end: int, *, closing: bool, opening: bool) -> list[int]:
    """A piece's places. Signs that stand before its first word in print, but not in writing, come behind its last one.

    `closing` is the piece that ends the line, `opening` the one that begins it.
    """
    lead = _OPENING_SIGNS.match(text, start, end)
    edge = lead.end() if lead else start
    while start < edge < end and text[edge - 1] in "«“([":
        edge -= 1
    signs = text[start:edge]
    if edge == end:
        return list(range(end - 1, start - 1, -1))
    if not signs.strip():
        # Of two blanks one stood behind the piece; so did the only one of the piece that begins the line.
        moved = 1 if signs and (len(signs) > 1 or opening) and text[end - 1] != " " else 0
        return [*range(start + moved, end), *range(start, start + moved)]
    if _LOGICAL.match(signs) and not closing:
        blanks = len(signs) - len(signs.lstrip())
        return [*range(start + blanks, end), *range(start, start + blanks)]
    kept = edge - 1 if signs.endswith("  ") else edge
    return [*range(kept, end), *range(kept - 1, start - 1, -1)]


def _needs_blank(text: str, order: Sequence[int], place: int) -> bool:
    """Whether a word and a figure would touch; `و24` is written so."""
    left, right = text[order[-1]], text[place]
    if left.isalnum() and right.isalnum() and left.isdigit() != right.isdigit() and not (left.isascii() and right.isascii()):
        return not (left in _CLITICS and (len(order) < 2 or not text[order[-2]].isalpha()))
    return left in "%٪" and right.isalpha()


def _stripped(text: str, order: list[int]) -> list[int]:
    """Without blanks at the edges and before stops."""
    kept: list[int] = []
    for place in order:
        sign = " " if place < 0 else text[place]
        while sign in _STOPS and kept and (kept[-1] < 0 or text[kept[-1]] == " "):
            kept.pop()
        if sign != " " or (kept and not (kept[-1] < 0 or text[kept[-1]] == " ")):
            kept.append(place)
    while kept and (kept[-1] < 0 or text[kept[-1]] == " "):
        kept.pop()
    return kept
