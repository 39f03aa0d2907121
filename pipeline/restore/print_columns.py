"""Columns of print laid out side by side: a line of one column between two lines of the other, told by where they stand.

`pdftotext -layout` keeps every piece at its place on the page, so that a gutter shows that no line of prose crosses.
Tables, whose cells are short, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_INDENT = "\n" + " " * 20
_PIECE = re.compile("[^ \n\f](?:[^\n\f]*?[^ \n\f])?(?= {5,}|[\n\f]|$)")
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_LEAST_LINES, _FEW_LINES, _LEAST_WORDS, _MOST_ACROSS = 6, 2, 3.0, 0.25
_SLACK = 0.12  # of the page's width
_MIDDLE = (0.3, 0.7)  # where between the edges of the page a gutter may be
TRACES: tuple[Trace, ...] = (("\n", " ", " "),)


class _Piece(NamedTuple):
    """A stretch of a line that wide blanks set off: its span, the columns of its first character and behind its last."""

    start: int
    end: int
    left: int
    right: int


def part_columns(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the lines of a right column before those of the left one, page by page."""
    text = traced.text
    if text.count(_INDENT) < _LEAST_LINES or not _ARABIC.search(text):
        return Outcome(traced)
    pages = _pages(text)
    gutters = [_gutter(rows, text, _LEAST_LINES) for rows in pages]
    if not any(gutters):
        return Outcome(traced)
    edits = []
    at = 0
    for page, rows, sure in zip(text.split("\f"), pages, gutters, strict=True):
        # Where one page has columns the last lines of another have them, too.
        gutter = sure or _gutter(rows, text, _FEW_LINES)
        if gutter:
            order = _parted(rows, text, gutter)
            origin = [-1 if i < 0 else int(traced.origin[i]) for i in order]
            edits.append(Edit(at, at + len(page), "".join("\n" if i < 0 else text[i] for i in order), origin))
        at += len(page) + 1
    return rewrite(traced, "reversed_words", edits, "columns of print with a gutter between them", 0.9)


def _parted(rows: Sequence[Sequence[_Piece]], text: str, gutter: int) -> list[int]:
    """Places of a page's characters, column after column, -1 for the end of a line."""
    # A line of a column may stick out a little; a title spans both.
    slack = _SLACK * max(piece.right for row in rows for piece in row)
    order: list[int] = []
    right: list[Sequence[_Piece]] = []
    left: list[Sequence[_Piece]] = []
    for row in rows:
        if any(piece.left < gutter - slack and gutter + slack < piece.right for piece in row):
            order += _columns(right, text) + _columns(left, text) + _in_turn([row])
            right, left = [], []
        else:
            right.append([piece for piece in row if piece.left + piece.right > 2 * gutter])
            left += [side] if (side := [piece for piece in row if piece.left + piece.right <= 2 * gutter]) else []
            # A line that only the left column has ends nothing in the right one.
            right = right if right[-1] or not row else right[:-1]
    return order + _columns(right, text) + _columns(left, text)


def _columns(rows: Sequence[Sequence[_Piece]], text: str) -> list[int]:
    """The same for what stands on one side of a gutter, which may be several columns again."""
    gutter = _gutter(rows, text, _LEAST_LINES)
    return _in_turn(rows) if gutter is None else _parted(rows, text, gutter)


def _in_turn(rows: Sequence[Sequence[_Piece]]) -> list[int]:
    order: list[int] = []
    for row in rows:
        order += [place for piece in row for place in (*range(piece.start, piece.end), -1)] or [-1]
    return order


def _pages(text: str) -> list[list[list[_Piece]]]:
    """The pieces of each line of each page."""
    pages = []
    at = 0
    for page in text.split("\f"):
        pages.append([_pieces(text, *span) for span in _lines(text, at, at + len(page))])
        at += len(page) + 1
    return pages


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    for line in text[start:end].split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    found = []
    for match in _PIECE.finditer(text, start, end):
        left = match.start() - start - len(_CONTROLS.findall(text, start, match.start()))
        found.append(_Piece(*match.span(), left, left + len(match.group()) - len(_CONTROLS.findall(match.group()))))
    return found


def _gutter(rows: Sequence[Sequence[_Piece]], text: str, least: int) -> int | None:
    """The column that the fewest pieces cross, where `least` or more lines of prose stand on both sides of it."""
    pieces = [piece for row in rows for piece in row]
    if len(pieces) < 2 * least:
        return None
    first, width = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    # A page's margin is no part of a column; what stands left of a gutter begins where it does.
    low, high = (first + round(share * (width - first)) for share in _MIDDLE)
    crossed = {c: sum(p.left < c < p.right for p in pieces) for c in range(low, high)}
    if not crossed:
        return None
    gutter = min(crossed, key=lambda c: (crossed[c], abs(2 * c - first - width)))
    sides = [[p for p in pieces if p.right <= gutter], [p for p in pieces if p.left >= gutter]]
    prose = all(len(side) >= least and _words(side, text) >= _LEAST_WORDS for side in sides)
    return gutter if prose and crossed[gutter] <= _MOST_ACROSS * len(pieces) and _alternate(sides) else None


def _words(side: Sequence[_Piece], text: str) -> float:
    return sum(len(text[p.start : p.end].split()) for p in side) / len(side)


def _alternate(sides: Sequence[Sequence[_Piece]]) -> bool:
    """Whether lines of both sides stand among each other; short last lines of one column all stand at its edge."""
    left, right = ({(p.start, True) for p in sides[0]}, {(p.start, False) for p in sides[1]})
    row = [side for _, side in sorted(left | right)]
    changes = sum(a != b for a, b in pairwise(row))
    return changes >= 0.5 * min(len(left), len(right))
