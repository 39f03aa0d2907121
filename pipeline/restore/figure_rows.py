"""Rows broken at their figures, the pieces in order: `بلغ العدد`, `40` and `قتيلا أمس` on three lines for one row.

pdftotext -raw does this to pages of LibreOffice and Typst (measured), which draw a figure by itself: each drawn piece becomes
a line, the first one first. pypdf does it to Qt's pages, the last one first. Pieces that come in another order are
scattered_rows.py's, rows that MuPDF breaks broken_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import line_width, rows_of
from pipeline.restore.numerals import DIGITS, NUMERAL_OR_PERCENTAGE
from pipeline.restore.physical_lines import FILLED_LINE_OF_PAGE
from pipeline.restore.proclitics import CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.votes import Votes

_FIGURE = re.compile(NUMERAL_OR_PERCENTAGE)
# A figure's line between two others; the end of the line before comes first, which is much faster.
_BROKEN = re.compile(f"\n(?<=[^\n\f]\n){NUMERAL_OR_PERCENTAGE}(?=\n[^\n\f])")
_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_ENDS = re.compile('[.؟!:»”")] *$')
# A figure that begins or ends a page is its number.
_PAGE_END = re.compile("\\s*(?:\f|\\Z)")
_STOPS = re.compile("[.،؛:؟!)»”%٪]")
_NEAR, _AROUND = 8, 60
_FEWEST, _FULL, _LEAST_FULL, _TOTAL, _SURE = 3, 0.8, 0.4, 15.0, 1.0
_LONGEST = 220
_NEARLY_ALL = 0.75
_NARROWEST = 30.0  # a row of a narrow newspaper column
Span = tuple[int, int]
TRACES: tuple[Trace, ...] = (("[^\n\f]", "\n", f"[%٪{DIGITS}]"),)


def restore_figure_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Join rows around the figures at which they broke, where that fills rows that read on."""
    text = traced.text
    rows, backwards = _broken_rows(text)
    evidence = f"{len(rows)} rows of the text broke at figures"
    if backwards:
        return rewrite(traced, "visual_order", [_turned(traced, row) for row in rows], f"{evidence}, the last piece first", 0.93)
    return rewrite(traced, "line_join", [edit for row in rows for edit in _joined(text, row)], evidence, 0.93)


def broke_at_figures_only(text: str) -> bool:
    """Whether nearly all figures alone on their lines stand between the pieces of their row, so that no piece went elsewhere."""
    rows, _ = _broken_rows(text)
    joined = sum(_is_figure(text, line) for row in rows for line in row)
    return joined > 0 and joined >= _NEARLY_ALL * sum(_is_figure(text, m.span()) for m in FILLED_LINE_OF_PAGE.finditer(text))


def _broken_rows(text: str) -> tuple[list[list[Span]], bool]:
    """The pieces of each row that broke at figures, if the text's rows did, and whether the last piece was printed first."""
    if sum(1 for _ in _BROKEN.finditer(text)) < _FEWEST:
        return [], False
    lines = [m.span() for m in FILLED_LINE_OF_PAGE.finditer(text)]
    for backwards in (False, True):
        rows = [row for row in _rows(text, lines, backwards) if len(row) > 1]
        if _fill(text, lines, rows, backwards) and _read_on(text, rows, backwards):
            return rows, backwards
    return [], False


def _rows(text: str, lines: Sequence[Span], backwards: bool) -> Iterator[list[Span]]:
    """Lines of print that were one row: figures between words, as long as all fills no more than unbroken rows do."""
    widths = [line_width(text[start:end]) for start, end in lines]
    linked = [_may_go_on(text, *pair, backwards) for pair in pairwise(lines)]
    return rows_of(lines, widths, linked, lambda row, line: line[1] - row[0][0] <= _LONGEST)


def _may_go_on(text: str, before: Span, line: Span, backwards: bool) -> bool:
    """Whether one of two lines that no blank line parts is a figure, the other words, and no sentence ends between them."""
    if text[before[1] : line[0]] != "\n" or _is_figure(text, before) == _is_figure(text, line):
        return False
    words, figure = (line, before) if _is_figure(text, before) else (before, line)
    if _opens_page(text, figure[0]) or _PAGE_END.match(text, figure[1]):
        return False
    first = line if backwards else before
    return _LETTER.search(text, *words) is not None and not (words is first and _ENDS.search(text, *first))


def _opens_page(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR) : start].rstrip(" \n")
    return not before or before.endswith("\f")


def _is_figure(text: str, line: Span) -> bool:
    return _FIGURE.fullmatch(text, *line) is not None


def _fill(text: str, lines: Sequence[Span], rows: Sequence[Sequence[Span]], backwards: bool) -> bool:
    """Whether most joined rows that do not end a sentence are as wide as unbroken ones: neither a list nor a table."""
    joined = {line for row in rows for line in row}
    alone = sorted(line_width(text[start:end]) for start, end in lines if (start, end) not in joined)
    open_rows = [sum(line_width(text[start:end]) for start, end in row) for row in rows if not _ENDS.search(text, *row[0 if backwards else -1])]
    full = max(_FULL * alone[len(alone) * 3 // 4] if alone else 0.0, _NARROWEST)
    return len(rows) >= _FEWEST and sum(width >= full for width in open_rows) >= _LEAST_FULL * len(open_rows)


def _read_on(text: str, rows: Sequence[Sequence[Span]], backwards: bool) -> bool:
    """Whether the rows read better from the first printed piece to the last one than from the last to the first, or backwards."""
    fluency = Fluency()
    gains = [-_gain(fluency, text, row) if backwards else _gain(fluency, text, row) for row in rows]
    better, worse, total = Votes.of(gains, _SURE)
    return better > worse and total > _TOTAL


def _gain(fluency: Fluency, text: str, row: Sequence[Span]) -> float:
    pieces = [text[slice(*line)] for line in row]
    before, after = text[max(0, row[0][0] - _AROUND) : row[0][0]], text[row[-1][1] :][:_AROUND]
    onwards, turned = fluency.framed(before, [" ".join(pieces), " ".join(reversed(pieces))], after)
    return onwards - turned


def _turned(traced: Traced, row: Sequence[Span]) -> Edit:
    """The row on one line, its pieces from the last to the first."""
    order: list[int] = []
    for line in reversed(row):
        order += [*([] if not order or _STOPS.match(traced.text, *line) else [BLANK]), *range(*line)]
    return reordered(traced, row[0][0], row[-1][1], order)


def _joined(text: str, row: Sequence[Span]) -> Iterator[Edit]:
    for before, line in pairwise(row):
        glued = _STOPS.match(text, *line) or (_is_figure(text, line) and _ends_in_clitic(text, *before))
        yield Edit(before[1], line[0], "" if glued else " ")


def _ends_in_clitic(text: str, start: int, end: int) -> bool:
    """Whether a line ends in a clitic by itself, which writers join to a figure."""
    return text[end - 1] in CLITICS and (end - start == 1 or text[end - 2] in " .،")
