"""Rows printed run by run from left to right, on several lines: ` شخصا22`, `قُتل ` … for `قُتل 22 شخصا`.

MuPDF does this to pages that cairo (Pango, GNOME) printed (measured): letters inside a run are in order, runs stand as on
the page, and a new line begins where a run that opens with a blank or sign follows a figure or one of another font. The
blanks at the edges of lines tell which lines were one row. Runs in reading order are broken_rows.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np

from pipeline.restore.characters import LATIN_WORDS, LETTERS_AND_MARKS, LOST
from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import line_width, rows_of
from pipeline.restore.numerals import DIGITS, NUMERAL
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.proclitics import CLITICS, PARTICLES
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite, single_blanks
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.visual_order import MIRROR
from pipeline.restore.votes import Votes

_A = LETTERS_AND_MARKS + LOST
_FIGURE = f"{NUMERAL}[%٪]?"
_RUN = re.compile(f"{_FIGURE}|{LATIN_WORDS}|(?<=[{_A}])-(?= )")
# The run behind a figure follows it in print and begins with a letter; in other pages of MuPDF's a blank stands behind the figure.
# So does a line of signs alone, which stand in another font. Signs of eras and of measures writers set behind figures so: `1998م`, `5كم`.
# One after the other they are found faster.
_HINTS = re.compile(f"[{DIGITS}](?=[{_A}])(?!(?:م|ه|[كسم]م)(?![{_A}]))"), re.compile('\n ?[.:،؛»”"«“()/–-]{1,3} ?(?=\n)')
_OTHERWISE = re.compile(f"[{_A}][.،]?{_FIGURE} +[{_A}]")
_GLUED, _SPACED = (re.compile(f"[{_A}]{blank}{_FIGURE}(?=[{_A}])") for blank in ("", " "))
# Where pieces meet, PDFBox doubles the blank.
_WIDE = re.compile(r"  (?<=\S  )(?=\S)")
_SIGNS_FIRST = re.compile(f"[^{_A}{DIGITS}A-Za-z«“(\\[]+(?=[{_A}{DIGITS}])")
_STOP_FIRST = re.compile(f"[.،؛:؟!][{_A}]+(?: [{_A}]+)* ?{_FIGURE}")
_STOP_AND_CLOSING = re.compile('[.،؛:؟!][»”)"]')
_STOPS_BEFORE_CLOSING = re.compile(f"\n{_STOP_AND_CLOSING.pattern}[{_A}]")
# Signs that close, and opening ones that stand as if they did.
_CLOSES = tuple(re.compile(f"[{signs}][.،؛:؟!]|\n[.،؛:؟!][{signs}](?=[{_A}])") for signs in ("»)", "«("))
_LETTER = re.compile(f"[{_A}]")
_FIGURE_LAST = re.compile(f"[{DIGITS}%٪A-Za-z]")
_OPENING, _CLOSING, _STOPS = frozenset("«“(["), frozenset("»”)]"), frozenset(".،؛:؟!")
# Between letters, which most characters are, nothing is set.
_MAY_TOUCH = _STOPS | _CLOSING | frozenset(filter(_FIGURE_LAST.match, map(chr, (*range(0x700), *range(0xE000, 0xF900)))))
_PROCLITIC = re.compile(f"(?:^| ){PARTICLES}$")
_FEWEST, _TOTAL, _TOTAL_OF_MANY, _SURE, _CLEARLY, _LONGEST, _MOST_LINES = 2, 8.0, 40.0, 1.0, 3, 260, 16
_HABIT = 2
_FULL, _FEWEST_PLAIN, _MOST_OPEN = 60, 4, 0.6  # characters of a line that fills the column, lines, share of them
_EACH, _AROUND, _MOSTLY, _FEW_WORDS = 0.5, 60, 2, 3
TRACES: tuple[Trace, ...] = ((f"[{DIGITS}]", f"[{_A}]"), ("\n", '[ .:،؛»”"«“()/–-]', '[ .:،؛»”"«“()/–\n-]'))


@dataclass(slots=True)
class _Line:
    """A line of print: its span, the places of its characters as they were written, and these as text."""

    start: int
    end: int
    places: list[int]
    text: str = field(default="")


def restore_turned_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the runs of rows in reading order, in a text whose rows of several lines read far better so."""
    text = _as_meant(traced.text)
    hints = sum(len(hint.findall(text)) for hint in _HINTS)
    if hints < _FEWEST or hints < max(_FEWEST, 1 + len(_OTHERWISE.findall(text))):
        return Outcome(traced)
    shown = Traced(text, traced.origin)
    lines = _merged(shown, [_line(shown, *span) for span in _spans(text)])
    rows = list(_rows(text, lines))
    if not _go_on(text, [row for row in rows if len(row) > 1]):
        return Outcome(traced)
    orders = list(_orders(text, rows))
    if not _read_better(text, rows, orders):
        return Outcome(traced)
    edits = [
        reordered(traced, row[0].start, row[-1].end, order)
        for row, order in zip(rows, orders, strict=True)
        if order != [*range(row[0].start, row[-1].end)]
    ]
    return rewrite(traced, "visual_order", edits, "rows printed run by run from left to right, on several lines", 0.9)


def _as_meant(text: str) -> str:
    """The text with its brackets turned where the signs that close are the opening ones, by the stops beside them."""
    closing, opening = (len(pattern.findall(text)) for pattern in _CLOSES)
    return text.translate(MIRROR) if opening > _MOSTLY * closing else text


def _spans(text: str) -> list[tuple[int, int]]:
    """The spans of the lines. Where most lines without a figure open with a blank, it is the last one of the line, and no sign of a row."""
    spans = [m.span() for m in FILLED_LINE.finditer(text)]
    plain = [text[a] for a, b in spans if b - a >= _FULL and not _RUN.search(text, a, b)]
    if len(plain) < _FEWEST_PLAIN or plain.count(" ") <= _MOST_OPEN * len(plain):
        return spans
    return [(a + (text[a] == " "), b) for a, b in spans]


def _go_on(text: str, several: Sequence[Sequence[_Line]]) -> bool:
    """Whether the rows of several lines read better than line after line; few of them have a blank that PDFBox doubled."""
    if not (several or _STOPS_BEFORE_CLOSING.search(text)) or 2 * len(_WIDE.findall(text)) > max(len(several), 1):
        return False
    # Figures glued to words on both sides are MuPDF's; PDFBox sets a blank before them, and its rows may be lines in order.
    if len(_GLUED.findall(text)) > len(_SPACED.findall(text)):
        return True
    if not several:
        return False
    fluency = Fluency()
    lines = fluency.alone(" ".join(line.text for line in row) for row in several)
    return sum(fluency.alone(read(text, _order(text, row)) for row in several)) > sum(lines) + _EACH * len(several)


def _read_better(text: str, rows: Sequence[Sequence[_Line]], orders: Sequence[Sequence[int]]) -> bool:
    """Whether the rows that change read far better than as printed."""
    changed = [(row, order) for row, order in zip(rows, orders, strict=True) if order != [*range(row[0].start, row[-1].end)]]
    fluency = Fluency()
    printed = fluency.alone(text[row[0].start : row[-1].end].replace("\n", " ") for row, _ in changed)
    turned = fluency.alone(read(text, order) for _, order in changed)
    better, worse, total = Votes.of((new - old for new, old in zip(turned, printed, strict=True)), _SURE)
    return total > (_TOTAL if better > _CLEARLY * worse else _TOTAL_OF_MANY)


def _merged(traced: Traced, lines: Sequence[_Line]) -> list[_Line]:
    """The lines; one that opens with a blank and a letter but has no figure or sign before it is one run with the line printed before."""
    text = traced.text
    opens = [text[line.start] == " " and _LETTER.match(text, line.start + 1) is not None for line in lines]
    inside = [
        opens[k] and bool(_LETTER.match(text, lines[k - 1].end - 1)) and k + 1 < len(lines) and bool(_LETTER.match(lines[k + 1].text[-1]))
        for k in range(len(lines))
    ]
    # Some fonts' letters, such as a final ى, end a line wherever they stand.
    ends = Counter(text[lines[k - 1].end - 1] for k in range(1, len(lines)) if inside[k])
    found: list[_Line] = []
    for k, line in enumerate(lines):
        is_inside = inside[k] or (k > 0 and opens[k] and ends[text[lines[k - 1].end - 1]] >= _HABIT)
        if found and is_inside and line.end - found[-1].start < _LONGEST:
            found[-1] = _line(traced, found[-1].start, line.end)
        else:
            found.append(line)
    return found


def _line(traced: Traced, start: int, end: int) -> _Line:
    """A line; one whose letters were printed last one first came in order as a whole."""
    text, origin = traced.text, traced.origin
    places = [i for i in range(start, end) if text[i] != "\n"]
    known = origin[places]
    known = known[known >= 0]
    is_turned = known.size > 1 and np.count_nonzero(known[1:] < known[:-1]) > known.size // 2
    if not is_turned:
        places = _runs_turned(text, places)
    return _Line(start, end, places, read(text, places))


def _runs_turned(text: str, places: list[int]) -> list[int]:
    """The runs of a line from the last to the first; signs of another font before its first letter come behind it."""
    start, end = places[0], places[-1] + 1
    edges = [start]
    signs = _SIGNS_FIRST.match(text, start, end)
    if signs and signs.group().strip() and signs.group()[-1] != " ":
        edges.append(signs.end())
    edges += [edge for m in _RUN.finditer(text, start, end) for edge in m.span() if edge > edges[-1]]
    edges += [end] if edges[-1] < end else []
    order: list[int] = []
    for k in range(len(edges) - 2, -1, -1):
        part = [i for i in range(edges[k], edges[k + 1]) if text[i] != "\n"]
        # A stop behind a closing sign was printed before it.
        order += reversed(part) if not k and _STOP_AND_CLOSING.fullmatch(text, start, edges[1]) else part
    return order


def _rows(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that were one row, as printed, the last one first; they fill no more than lines that stand alone."""
    widths = [line_width(line.text) for line in lines]
    linked = [text.count("\n", a.end, b.start) == 1 and _goes_on(a.text, b.text) for a, b in pairwise(lines)]
    return rows_of(lines, widths, linked, lambda row, _: len(row) < _MOST_LINES)


def _goes_on(behind: str, before: str) -> bool:
    """Whether a line, as written, begins behind the one that was printed after it.

    A row neither begins nor ends in a blank, begins with no stop and ends in no opening sign.
    """
    if before[-1] in " /" or before[-1] in _OPENING or '"' in (before.strip(), behind[0]):
        return True
    if behind[0] in _STOPS or behind[0] in _CLOSING or behind[0] == "/" or (behind[0] in _OPENING and _PROCLITIC.search(before)):
        return True
    return behind[0] == " " and not (_LETTER.match(before[-1]) and _LETTER.match(behind[1]))


def _order(text: str, row: Sequence[_Line]) -> list[int]:
    """Places of a row's characters as they were written, without doubled blanks, with those between words and figures."""
    order: list[int] = []
    left = ""
    for place in chain.from_iterable(line.places for line in reversed(row)):
        right = text[place]
        if order and (left in _MAY_TOUCH or right in _MAY_TOUCH) and _is_apart(text, order, place):
            order.append(BLANK)
        order.append(place)
        left = right
    return single_blanks(text, order, never_before=_STOPS)


def _orders(text: str, rows: Sequence[Sequence[_Line]]) -> Iterator[list[int]]:
    """Places of the rows' characters as they were written; a stop that a row was printed with first ends it or stands before its last words."""
    fluency = Fluency()
    before = ""
    for k, row in enumerate(rows):
        order = _order(text, row)
        stop = _STOP_FIRST.match(text, row[0].start, row[0].end)
        if stop and order[-1] == stop.start():
            word = order.index(stop.start() + 1)
            inner = single_blanks(text, [*order[:word], stop.start(), BLANK, *order[word:-1]], never_before=_STOPS)
            behind = read(text, _order(text, rows[k + 1]))[:_AROUND] if k + 1 < len(rows) else ""
            behind = behind if behind.count(" ") >= _FEW_WORDS else ""
            at_end, inside = fluency.framed(before, [read(text, order), read(text, inner)], behind)
            order = inner if inside > at_end else order
        before = read(text, order)[-_AROUND:]
        yield order


def _is_apart(text: str, order: Sequence[int], place: int) -> bool:
    """Whether a figure touches the word before or behind it."""
    if order[-1] < 0 or place < 0:
        return False
    left, right = text[order[-1]], text[place]
    if _FIGURE_LAST.match(left):
        return _LETTER.match(right) is not None or right in _OPENING
    if _FIGURE_LAST.match(right) and _LETTER.match(left):
        return not (left in CLITICS and (len(order) < 2 or order[-2] < 0 or not text[order[-2]].isalpha()))
    return (left in _STOPS or left in _CLOSING) and _LETTER.match(right) is not None and order[-1] + 1 != place
