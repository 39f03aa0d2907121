"""Rows whose blanks are so wide that what stands between them is printed as lines of their own: pdfminer on TCPDF's pages.

TCPDF justifies all rows, the last one of a paragraph too. What stands at a row's left edge makes one box with the whole rows
above and below; pdfminer prints the pieces to the right of it one by one, the widest first, so that their places tell nothing
(measured: it joins what lies inside a box by area). So the words tell, and that each row is full. Where words come one a line,
the last one first, single_words.py puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.line_widths import word_width
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, rewrite
from pipeline.restore.row_fillings import FULL, SENTENCE_END, WHOLE, filling
from pipeline.restore.torn_pieces import Piece, full_width, pieces_of
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.votes import Votes, probability

# Words with nothing else between blank lines, one after the other.
_LONE = re.compile(rf"(?:\n\n *[^ \n]*[{LETTERS_AND_TATWEEL}][^ \n]* *(?=\n\n)){{2,}}")
_FEWEST_PAIRS, _WIDEST_FIRST, _ABOUT = 8, 0.7, 0.3
_FEWEST, _MOST_PIECES = 3, 40
_WIDE, _ROOM = 0.4, 0.06
_SURE, _CLEARLY, _TOTAL = 2.0, 4, 8.0
TRACES: tuple[Trace, ...] = (("\n", "\n"),)


def restore_stretched_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of paragraphs in reading order, in a text whose words stand alone, the widest first, and that reads far better so."""
    text = traced.text
    if not _widest_first(text):
        return Outcome(traced)
    pages = list(pieces_of(text))
    column = full_width([piece for page in pages for piece in page])
    parts = [part for page in pages for part in _paragraphs(page, column) if _fell_apart(part, column)]
    found = [(part, filling(part, column)) for part in parts]
    votes = Votes.of([one.gain for _, one in found], _SURE)
    if votes.better < _FEWEST or votes.better <= _CLEARLY * votes.worse or votes.total < _TOTAL:
        return Outcome(traced)
    chosen = [(part, one) for part, one in found if one.gain > _SURE]
    edits = [_edit(traced, part, one.rows, column) for part, one in chosen]
    scores = [probability(one.gain / len(part), 0.9) for part, one in chosen]
    return rewrite(traced, "visual_order", edits, "rows fell apart at wide blanks, the widest piece printed first", scores)


def _widest_first(text: str) -> bool:
    """Whether of words that stand alone, one after the other, the wider one mostly comes first."""
    widths = [[word_width(word) for word in run.split()] for run in _LONE.findall(text)]
    pairs = [one > other - _ABOUT for run in widths for one, other in pairwise(run)]
    return len(pairs) >= _FEWEST_PAIRS and sum(pairs) >= _WIDEST_FIRST * len(pairs)


def _paragraphs(page: Sequence[Piece], column: float) -> Iterator[list[Piece]]:
    """The pieces of a page, parted where a box of several lines, or of a whole one, begins and the sentence before it was closed."""
    boxes: dict[int, list[Piece]] = {}
    for piece in page:
        boxes.setdefault(piece.box, []).append(piece)
    part: list[Piece] = []
    missing: list[float] = []
    trunk = ended = False
    for number, box in enumerate(boxes.values()):
        widths = [piece.width / column for piece in box]
        ends = SENTENCE_END.search(box[-1].text) is not None
        is_trunk = max(widths) > WHOLE or (len(box) > 1 and ends)
        begins = widths[0] > WHOLE or ((is_trunk or widths[0] > _WIDE) and max(widths) > max(missing, default=0.0) + _ROOM)
        if part and begins and ((trunk and ended) or number == 1):
            yield part
            part, missing, trunk, ended = [], [], False, False
        part += box
        trunk, ended = trunk or is_trunk, ended or ends
        if is_trunk:
            missing += [1 - width for width in widths[:-1] if width < FULL]
        elif (fitting := min((m for m in missing if m > widths[0] - _ROOM), default=0.0)) and widths[0] > _WIDE:
            missing.remove(fitting)
    if part:
        yield part


def _fell_apart(part: Sequence[Piece], column: float) -> bool:
    """Whether a paragraph has both a box of rows and pieces beside it."""
    return len({piece.box for piece in part}) > 1 and len(part) <= _MOST_PIECES and any(p.width < WHOLE * column for p in part[1:])


def _edit(traced: Traced, part: Sequence[Piece], rows: Sequence[Sequence[int]], column: float) -> Edit:
    """The edit that prints a paragraph row by row, a blank line behind each that ends a sentence early."""
    text, origins = "", list[int]()
    for row in rows:
        places = [place for number in row for place in (BLANK, *part[number].places)][1:]
        short = sum(part[number].width for number in row) < FULL * column and SENTENCE_END.search(part[row[-1]].text)
        after = "\n\n" if short else "\n"
        text += read(traced.text, places) + after
        origins += [BLANK if place < 0 else traced.origin.item(place) for place in places] + [BLANK] * len(after)
    end = len(text.rstrip("\n"))
    return Edit(part[0].start, part[-1].end, text[:end], origins[:end])
