"""Rows that fell apart at figures and signs, the pieces printed on lines of their own: pdfminer on LibreOffice, Typst, Qt and cairo.

` كيلومترا من`, `40`, `على بعد ` on three lines for `على بعد 40 كيلومترا من` (measured): a figure drawn by itself makes a line of its
own, as do signs that the font lacks and another one lends; pieces of a row come from left to right or with their neighbours above
and below. The texts of a page are put in order first, then each figure that is sure of its place stands there again, and signs
that lean on their neighbours as a gap asks; other figures are left by themselves, with a doubt on each gap. Rows that MuPDF
breaks, whose figures stay with their piece, are broken_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import IN_WORDS, LETTERS_AND_TATWEEL
from pipeline.restore.figure_rows import broke_at_figures_only
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.profile import Profile
from pipeline.restore.reading_paths import FULL, Step, reading_paths
from pipeline.restore.rewriting import BLANK, read, rewrite
from pipeline.restore.slot_figures import Placed, disagreement, place_figures
from pipeline.restore.torn_pieces import SIGNS_ALONE, Piece, full_width, pieces_of
from pipeline.restore.touching_figures import figures_touch
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_FIGURE = re.compile(f"(?m)^ *{NUMERAL}[%٪]? *$")
_NUMERAL = re.compile(NUMERAL)
_TORN_START, _TORN_END = re.compile(f'(?m)^ +(?=[{LETTERS_AND_TATWEEL}«“"(])'), re.compile(f"(?m)[{IN_WORDS}] +$")
_SENTENCE_END = re.compile('[.؟!:»”"] *$')
_FEWEST, _MOST_FIGURES, _MOST_PIECES, _LEAST_WHOLE, _MOST_IN_ORDER, _MOSTLY = 2, 1.5, 150, 0.05, 0.5, 0.5
_NARROW, _MOST_STUMPS = 0.5, 0.25
_SURE, _UNFIT = 2.5, -4.0
_MOST_READINGS = 3
TRACES: tuple[Trace, ...] = (("[ \t]", "\n"),)


def restore_scattered_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put pages back in order whose rows fell apart at figures and signs, in a text with several lines of figures alone."""
    # Qt writes tabs for blanks.
    text = traced.text.replace("\t", " ")
    if not ("\n " in text and " \n" in text) or not all(len(trace.findall(text)) >= _FEWEST for trace in (_FIGURE, _TORN_START, _TORN_END)):
        return Outcome(traced)
    # Figures alone on their lines may be page numbers; those of such pages mostly are, but where signs are, too.
    if figures_touch(text) or len(_FIGURE.findall(text)) + len(SIGNS_ALONE.findall(text)) < _MOSTLY * len(_NUMERAL.findall(text)):
        return Outcome(traced)
    if broke_at_figures_only(text):
        return Outcome(traced)
    printed = list(pieces_of(text))
    column = full_width([piece for page in printed for piece in page])
    shown = Traced(text, traced.origin)
    pages = [_Page(shown, page, column) for page in printed if _fell_apart(page, column)]
    edits = [edit for page in pages for edit in page.edits()]
    outcome = rewrite(traced, "visual_order", edits, "rows fell apart at their figures, each piece on a line of its own", 0.85)
    return Outcome(outcome.traced, outcome.changes, [doubt for page in pages for doubt in page.doubts()])


def _fell_apart(page: Sequence[Piece], column: float) -> bool:
    """Whether a page has torn pieces among whole rows, not so many figures that it is a table, and no rows in reading order."""
    figures, torn = sum(p.is_figure for p in page), sum(p.opens or p.closes for p in page)
    whole = sum(p.width > FULL * column for p in page)
    if not (figures and torn and _LEAST_WHOLE * torn <= whole and figures <= _MOST_FIGURES * torn and len(page) <= _MOST_PIECES):
        return False
    if not any(p.is_sign for p in page) and sum(_is_stump(p, column) for p in page) > _MOST_STUMPS * sum(p.is_text for p in page):
        return False
    around = [(a, b) for a, figure, b in zip(page, page[1:], page[2:], strict=False) if figure.is_figure]
    return sum(a.closes and b.opens for a, b in around) <= max(sum(a.opens and b.closes for a, b in around), _MOST_IN_ORDER * figures)


def _is_stump(piece: Piece, column: float) -> bool:
    """Whether a piece is narrow without being torn or ending a sentence: where signs are drawn by themselves, rows fall apart at them too."""
    return piece.is_text and piece.width < _NARROW * column and not (piece.opens or piece.closes or _SENTENCE_END.search(piece.text))


class _Line(NamedTuple):
    """A line as it is to stand: the pieces it is made of and the places of its characters."""

    pieces: tuple[int, ...]
    places: tuple[int, ...]


class _Page:
    """The pieces of a page, its rows, and the figures that are sure of their places."""

    def __init__(self, traced: Traced, pieces: Sequence[Piece], column: float) -> None:
        self._traced, self._pieces, self._column = traced, pieces, column
        paths = [(path, _rows(path.steps)) for path in reading_paths(pieces, column)]
        (steps, _), self._gapped = max(paths, key=lambda found: found[0].score - disagreement(pieces, found[1], column))
        placed = place_figures(pieces, self._gapped, column)
        self._gaps = [step for step in steps if step.is_gapped]
        self._placed = [
            one if one.figure is None or step.fit > _UNFIT or _is_turned(step.piece, one.figure) else one._replace(margin=0.0)
            for one, step in zip(placed, self._gaps, strict=True)
        ]
        self._rows = [[n for item in row if (n := self._piece_at(item)) is not None] for row in self._gapped]
        wide = [p for p in pieces if p.width > FULL * column]
        self._is_apart = 2 * sum(a.box != b.box for a, b in pairwise(wide)) > len(wide)

    def _piece_at(self, item: int) -> int | None:
        """The piece of a row's item; for a gap its figure, if one is sure, or its signs: like ones stand for each other."""
        if item >= 0:
            return item
        placed, step = self._placed[~item], self._gaps[~item]
        if placed.figure is None or self._pieces[placed.figure].is_sign == step.figure:
            return None
        return placed.figure if step.sign or placed.margin > _SURE else None

    def edits(self) -> Iterator[Edit]:
        """Edits that put the page's lines in order; each covers as few lines as it can."""
        for lines, first, last in self._shuffled():
            edit = self._edit(lines, self._pieces[first].start, self._pieces[last].end)
            if edit.after != self._traced.text[edit.start : edit.end]:
                yield edit

    def _shuffled(self) -> Iterator[tuple[list[_Line], int, int]]:
        """The lines, parted wherever they are made of the pieces that were printed so far; with their first and last piece."""
        lines: list[_Line] = []
        first = count = 0
        out_of_turn: set[int] = set()
        for line in self._lines():
            lines.append(line)
            out_of_turn ^= {*line.pieces} ^ {*range(count, count + len(line.pieces))}
            count += len(line.pieces)
            if not out_of_turn:
                yield lines, first, count - 1
                lines, first = [], count

    def _edit(self, lines: Sequence[_Line], start: int, end: int) -> Edit:
        text, origins = [], []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            after = self._break(line, following) if following else ""
            text.append(read(self._traced.text, line.places) + after)
            origins += [BLANK if place < 0 else self._traced.origin.item(place) for place in line.places] + [BLANK] * len(after)
        return Edit(start, end, "".join(text), origins)

    def _break(self, line: _Line, following: _Line) -> str:
        """What parts two lines: a blank line where most lines have one, and behind a paragraph."""
        before, behind = self._beside_signs(line.pieces[::-1]), self._beside_signs(following.pieces)
        ends = not before.is_text or not behind.is_text or (before.box != behind.box and self._closes_paragraph(line))
        return "\n\n" if self._is_apart or ends else "\n"

    def _beside_signs(self, pieces: Sequence[int]) -> Piece:
        """The first piece that is no sign, if there is one."""
        return self._pieces[next((n for n in pieces if not self._pieces[n].is_sign), pieces[0])]

    def _closes_paragraph(self, line: _Line) -> bool:
        return _SENTENCE_END.search(self._pieces[line.pieces[-1]].text) is not None

    def _lines(self) -> list[_Line]:
        """The page's rows, and what stands in none of them behind the paragraph near which it was printed."""
        lines = [_Line(tuple(row), tuple(self._joined(row))) for row in self._rows]
        row_of = {n: k for k, row in enumerate(self._rows) for n in row}
        loose: list[list[_Line]] = [[] for _ in range(len(lines) + 1)]
        at = 0
        for n, piece in enumerate(self._pieces):
            if n in row_of:
                at = row_of[n] + 1
            else:
                behind = at
                while 0 < behind < len(lines) and not self._closes_paragraph(lines[behind - 1]):
                    behind += 1
                loose[behind].append(_Line((n,), piece.places))
        return [*loose[0], *(one for k, line in enumerate(lines) for one in (line, *loose[k + 1]))]

    def _joined(self, row: Sequence[int]) -> Iterator[int]:
        """Places of a row's characters, -1 for a blank that is put between."""
        for before, n in zip([None, *row], row, strict=False):
            piece = self._pieces[n]
            if before is not None and (piece.blank_before or self._pieces[before].blank_behind or (piece.is_text and self._pieces[before].is_text)):
                yield BLANK
            yield from piece.places

    def doubts(self) -> Iterator[Doubt]:
        """A doubt on each gap that no figure is sure of, with those it may be."""
        for row in self._gapped:
            for before, item in pairwise(row):
                if item < 0 and self._gaps[~item].figure and self._piece_at(item) is None:
                    yield self._doubt(self._pieces[before], self._placed[~item])

    def _doubt(self, before: Piece, gap: Placed) -> Doubt:
        word = before.text.split(" ")[-1]
        places = before.places[-len(word) :]
        span = self._traced.raw_span(min(places), max(places) + 1)
        readings = tuple(f"{word} {self._pieces[n].text}" for n in gap.likely[:_MOST_READINGS])
        reason = f"Behind “{word}” stood a figure that was printed on a line of its own, and it does not tell which one."
        return Doubt("displaced_run_unresolved", *span, reason, 0.8, readings=readings)


def _is_turned(piece: int, figure: int) -> bool:
    """Whether a figure and the text behind it were printed side by side, from left to right."""
    return figure == piece + 1


def _rows(steps: Sequence[Step]) -> list[list[int]]:
    """The rows of a path: pieces by their numbers, gaps for figures as ~0, ~1, …"""
    rows: list[list[int]] = []
    gaps = 0
    for step in steps:
        gap = [~gaps] if step.is_gapped else []
        gaps += step.is_gapped
        if step.new_row or not rows:
            behind = [] if step.opens_row or not rows else gap
            if behind:
                rows[-1] += behind
            rows.append([*([] if behind else gap), step.piece])
        else:
            rows[-1] += [*gap, step.piece]
    return rows
