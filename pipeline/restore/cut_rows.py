"""Rows cut at their vowel marks, the pieces printed on lines of their own, last first: `ت النواب`, `ّ`, `وقد صو` for `وقد صوّت النواب`.

pdfium does this to pages of browsers, WeasyPrint, LibreOffice and Typst (measured): these write rows from left to right, and a
mark's glyph that stands off the line begins a line. A mark opens or ends a piece or stands by itself. Rows that poppler broke
are marked_rows.py's, marks inside lines floating_marks.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import BEAR_FATHATAN, FATHATAN, LETTER, MARK, TANWIN
from pipeline.restore.language_model import plain
from pipeline.restore.mark_places import bearing_letter, place_scores
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.opening_clusters import without_repeated_clusters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, near_marks, read, reordered, rewrite
from pipeline.restore.row_divisions import (
    FIRST_WORD,
    LAST_WORD,
    Cuts,
    Layout,
    Orders,
    Part,
    Piece,
    Row,
    Rows,
    any_fit,
    by_stretch,
    in_turn,
    junction_scores,
    laid_out,
    last_first,
    one_word_score,
)
from pipeline.restore.touching_figures import figures_touch
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.turned_words import restore_marked_words

# A mark at a line's edge or by itself, with its alef or not; lines that paragraphs end in are long or end in a stop, cells of tables in words
# whole with it (`43 عاماً`).
_CUTS = re.compile(f"(?m)^ *(?:{MARK}|ا{FATHATAN} *$|[^\n]{{0,60}}{LETTER}{MARK}+(?<![اىة]{FATHATAN}) *$)")
_AT_EDGE = re.compile(f"(?m)^ *{MARK}|{MARK} *$")
_FIGURE = re.compile(f"[.%٪]?{NUMERAL}[%٪]?|[A-Za-z][A-Za-z0-9 .'-]*[A-Za-z0-9]")
_FEWEST = 2
_CLEARLY = 2.0
# By how much the reading must be better than that of rows in turn: at least, and for each piece joined where lines hardly go on with each other.
_SURELY, _BY_FAR = 4.0, 2.0


class Demands(NamedTuple):
    """What is asked before rows are joined: how well lines go on with each other as printed and joined, in log odds a line (None: nothing is).

    A row of many pieces may be so many times as wide as the column that they show by themselves (`wider`).
    """

    printed: float | None
    joined: float | None
    wider: tuple[float, ...]


# Of marks at lines' edges, and of a text whose rows are known to be cut, often into pieces none of which is a row's width.
UNPROVEN, PROVEN = Demands(-4.0, -2.5, (1.0,)), Demands(None, None, (1.0, 1.5, 2.0, 2.5))


def restore_cut_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of cut rows in order and their marks in place, in a text where lines open with marks."""
    text = traced.text
    # pdfium's figures stand apart; those of other readers' rows, which marks open just as well, do not.
    if not _AT_EDGE.search(near_marks(text)) or len(_CUTS.findall(text)) < _FEWEST or figures_touch(text):
        return Outcome(traced)
    single, told = without_repeated_clusters(traced)
    joined = join_cut_rows(single.traced, UNPROVEN, told)
    if not joined.changes:
        return Outcome(traced)
    # A word whose letters stand reversed is whole only now.
    return chain(single, joined, restore_marked_words(joined.traced))


def join_cut_rows(traced: Traced, demands: Demands, told: Cuts) -> Outcome:
    """The same for a text that has such rows, or may; at some places (`told`) where lines begin, a row was cut for other reasons."""
    text = traced.text
    whole = laid_out(text, None, told)
    if not any_fit(whole, max(demands.wider)):
        return Outcome(traced)
    parted = laid_out(text, _FIGURE, told)
    straight, *_ = Rows(whole, in_turn).best()
    ways: list[tuple[Layout, Orders]] = [(whole, last_first), (parted, by_stretch)]
    found = [Rows(lines, orders, wider).best() for wider in demands.wider for lines, orders in ways]
    score, rows, layout = max(found, key=lambda one: one[0])
    joined = sum(row.last - row.first for row in rows)
    if score < straight + _SURELY or (score < straight + _BY_FAR * joined and not _read_well(whole, score, demands)):
        return Outcome(traced)
    edits = [_joined(traced, layout, row) for row in _surely_cut(rows) if not _are_whole(text, layout.pieces[row.first : row.last + 1])]
    return rewrite(traced, "visual_order", edits, "a row cut at its vowel marks, its pieces printed last first", 0.85)


def _surely_cut(rows: Sequence[Row]) -> list[Row]:
    """Rows of several lines; where most tell that they were cut, those that do not are lines of titles, cells or verse."""
    cut = [row for row in rows if row.last > row.first]
    told = [row for row in cut if row.told]
    return told if 2 * len(told) > len(cut) else cut


def _are_whole(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether each line opens with the fathatan of its own last word: a row's pieces open with those of each other's, its first one with none."""
    return all(read(text, piece.marks) == FATHATAN and text[piece.start : piece.end].rstrip()[-1] in BEAR_FATHATAN for piece in pieces)


def _read_well(layout: Layout, score: float, demands: Demands) -> bool:
    """Whether lines go on with each other at all, as printed and joined; in a text whose words are destroyed none do."""
    if demands.printed is None or demands.joined is None:
        return True
    pairs = [(one.parts[-1], other.parts[0]) for one, other in pairwise(layout.pieces)]
    printed = sum(junction_scores(layout.parts, pairs).values())
    return bool(pairs) and printed > demands.printed * len(pairs) and score >= demands.joined * len(layout.pieces)


def _joined(traced: Traced, layout: Layout, row: Row) -> Edit:
    """The row put together, each mark on its letter where that is known."""
    text, pieces = traced.text, layout.pieces[row.first : row.last + 1]
    opening, closing = _marks_by_part(pieces, layout.parts)
    # The mark that opens a row may have come from any of its cuts.
    loose = opening.get(row.reading[0], [])
    order: list[int] = []
    for before, number in zip([-1, *row.reading], row.reading, strict=False):
        part = layout.parts[number]
        body, marks = [*range(part.start, part.end)], opening.get(number, [])
        if before < 0 or (number == before + 1 and number not in opening):
            order += body
            continue
        joined = one_word_score(layout.parts[before], part) > 0
        if loose and not marks and _bears(read(text, order), read(text, loose), part.text if joined else ""):
            loose, marks = [], loose
        order = _added(text, order, marks, body, joined=joined)
    order = _set_in(text, order, loose) + closing
    return reordered(traced, pieces[0].start, pieces[-1].end, order)


def _marks_by_part(pieces: Sequence[Piece], parts: Sequence[Part]) -> tuple[dict[int, list[int]], list[int]]:
    """The marks before each part that opens a line, and those behind the row: a line of marks belongs before the one printed before it."""
    opening: dict[int, list[int]] = {}
    closing: list[int] = []
    part = -1
    for piece in pieces:
        if parts[piece.parts[0]].text:
            part = piece.parts[0]
            opening[part] = piece.marks
        elif part >= 0:
            opening[part] = piece.marks + opening[part]
        else:
            closing = piece.marks + closing
    return opening, closing


def _set_in(text: str, order: list[int], marks: list[int]) -> list[int]:
    """A text with marks on the letter that bears them; before it, by themselves, where none is told."""
    if not marks:
        return order
    found = bearing_letter(read(text, order), read(text, marks), surely=True)
    return [*marks, BLANK, *order] if found is None else [*order[: found + 1], *marks, *order[found + 1 :]]


def _added(text: str, order: list[int], marks: list[int], body: list[int], *, joined: bool) -> list[int]:
    """A row and its next part, with the marks that stood between them."""
    if joined or marks:
        while order and read(text, order[-1:]) == " ":
            order = order[:-1]
        while joined and text[body[0]] == " ":
            body = body[1:]
    signs, written, behind = (read(text, places) for places in (marks, order, body))
    blank = [] if joined or not order or behind[0] in " .،؛:؟!»”" or written.endswith(" ") else [BLANK]
    if signs and not _bears(written, signs, behind if joined else ""):
        if bearing_letter(behind, signs, surely=True) is not None:
            return order + blank + _set_in(text, body, marks)
        if not joined and LAST_WORD.search(written):
            return [*order, BLANK, *marks, BLANK, *body]
    return order + marks + blank + body


def _bears(read: str, signs: str, behind: str) -> bool:
    """Whether the last letter of what was read so far may bear a mark; `behind` goes on with its word."""
    last = LAST_WORD.search(read)
    if not last or last.group()[-1:] in TANWIN:
        return False
    word = plain(last.group())
    if signs[-1] in TANWIN:
        return True
    first = FIRST_WORD.match(behind)
    whole = word + (plain(first[1]) if first else "")
    scores = place_scores(whole, signs[0])
    return scores[len(word) - 1] * _CLEARLY > max(scores)
