"""Rows that were broken before their marked words: `أعدته نقابة ّ`, `عمال الموانئ`, `كشف تقرير ّ` for `كشف تقرير أعدّته نقابة عمّال الموانئ`.

poppler does this to pages of WeasyPrint and LibreOffice in Noto and Kacst fonts (measured): each piece stands on a line of its
own, in any order, the marks on lines of their own or behind pieces. Marks inside lines are floating_marks.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from pipeline.restore.mark_places import bearing_letter
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.turned_lines import Fluency

_MARKS = "[\u064b-\u0652]{1,2}"
_LINE = re.compile("(?m)^[^\n]*[^\n ][^\n]*$")
_LONE, _BEHIND = re.compile(f" *(?:{_MARKS} *)+"), re.compile(f"(?<=[^ ])(?: +{_MARKS})+ *$")
_SIGN, _FATHATAN = re.compile(_MARKS), "\u064b"
_STRAY = re.compile("[\u064b-\u0652](?<=[ \n].)")
_FIRST_WORD = re.compile("[\u0621-\u063a\u0641-\u0652]+")
_FEWEST, _SHARE, _MOST_PIECES, _CLEARLY = 4, 0.1, 5, 4.0
_REACH = 4  # words
_MOST = 0.8
_OVERFULL = 1.1  # times the longest line


class _Row(NamedTuple):
    """The pieces of a row as spans of the text, and the places of its stray marks, each a list."""

    pieces: list[tuple[int, int]]
    marks: list[list[int]]


def restore_marked_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of broken rows in order and their marks on the words that open them, in a text with many stray marks."""
    text = traced.text
    if not _STRAY.search(text):
        return Outcome(traced)
    lines = [m.span() for m in _LINE.finditer(text)]
    stray = sum(bool(_LONE.fullmatch(text, *line) or _BEHIND.search(text, *line)) for line in lines)
    if stray < max(_FEWEST, _SHARE * len(lines)) or not are_embedded(traced, lines) or _are_laid_out(text, lines):
        return Outcome(traced)
    rows = list(_rows(text, lines))
    edits: list[Edit] = []
    for i, row in enumerate(rows):
        if len(row.pieces) > 1:
            before = text[slice(*rows[i - 1].pieces[-1])] if i else ""
            behind = text[slice(*rows[i + 1].pieces[0])] if i + 1 < len(rows) else ""
            edits += _restored(traced, row, before, behind)
    return rewrite(traced, "visual_order", edits, f"rows were broken before marked words; {stray} stray marks", 0.85)


def are_embedded(traced: Traced, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether something was taken out at most lines' ends: the embedding in which poppler wraps each."""
    ends = [end for _, end in lines if end < len(traced)]
    return sum(traced.origin.item(end) - traced.origin.item(end - 1) > 1 for end in ends) >= _MOST * len(ends)


def _are_laid_out(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether pieces of a row stand on one line, parted by blanks."""
    return sum("   " in text[start:end].strip() for start, end in lines) > (1 - _MOST) * len(lines)


def _rows(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[_Row]:
    """Pieces of one row, with its stray marks: one piece more than marks, since each mark broke the row once."""
    width = max(end - start for start, end in lines)
    row = _Row([], [])
    for start, end in lines:
        behind = _BEHIND.search(text, start, end)
        piece = None if _LONE.fullmatch(text, start, end) else (start, behind.start() if behind else end)
        size = sum(b - a + 1 for a, b in row.pieces)
        full = len(row.pieces) > len(row.marks)
        if row.pieces and (full or (piece and size + piece[1] - piece[0] > _OVERFULL * width)):
            yield row
            row = _Row([], [])
        if piece:
            row.pieces.append(piece)
        row.marks.extend([*range(*m.span())] for m in _SIGN.finditer(text, piece[1] if piece else start, end))
    if row.pieces:
        yield row


def _restored(traced: Traced, row: _Row, before: str, behind: str) -> Iterator[Edit]:
    """The row put together; none where that moves nothing and leaves marks without a word."""
    text = traced.text
    pieces = _best_order(text, row.pieces[:_MOST_PIECES], before, behind) + row.pieces[_MOST_PIECES:] if row.marks else row.pieces
    # Tanwīn fits fewer words than shadda does.
    marks = sorted(row.marks, key=lambda mark: all(text[i] != _FATHATAN for i in mark))
    order: list[int] = []
    for piece in pieces:
        opens_row = piece == pieces[0] and len(row.marks) < len(pieces)
        places = [*range(*piece)] if opens_row else _with_mark(text, [*range(*piece)], marks)
        order += [-1, *places] if order else places
    if marks and pieces == row.pieces:
        return
    order += [i for mark in marks for i in (-1, *mark)]
    start = min(row.pieces[0][0], *(mark[0] for mark in row.marks)) if row.marks else row.pieces[0][0]
    end = max(row.pieces[-1][1], *(mark[-1] + 1 for mark in row.marks)) if row.marks else row.pieces[-1][1]
    yield Edit(start, end, "".join(" " if i < 0 else text[i] for i in order), [-1 if i < 0 else int(traced.origin[i]) for i in order])


def _best_order(text: str, pieces: list[tuple[int, int]], before: str, behind: str) -> list[tuple[int, int]]:
    """The order in which the pieces and the lines around them read best."""
    orders = list(permutations(pieces))
    around = [" ".join(before.split()[-_REACH:]), " ".join(behind.split()[:_REACH])]
    rows = [" ".join([around[0], *(text[slice(*piece)] for piece in order), around[1]]) for order in orders]
    scores = Fluency().alone(rows)
    best = max(range(len(orders)), key=scores.__getitem__)
    return list(orders[best]) if scores[best] > scores[0] + _CLEARLY else pieces


def _with_mark(text: str, places: list[int], marks: list[list[int]]) -> list[int]:
    """A piece with the first of the marks that its first word can bear; that mark is taken."""
    word = _FIRST_WORD.match("".join(text[i] for i in places))
    for mark in marks if word else ():
        at = _bearer(word.group(), "".join(text[i] for i in mark)) if word else None
        if at is not None:
            marks.remove(mark)
            return [*places[: at + 1], *mark, *places[at + 1 :]]
    return places


def _bearer(word: str, mark: str) -> int | None:
    if _FATHATAN in mark and word.endswith("ا") and len(word) > 2:
        return len(word) - 2
    return bearing_letter(word, mark)
