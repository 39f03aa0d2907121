"""The last pass: physical lines become paragraphs, running heads are marked, whitespace is folded.

Blank lines alone prove nothing (PDF readers put them before a paragraph's last line, or between all lines), so each
boundary is judged by fullness of the line, punctuation, wording and what a blank line means in this very document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pipeline.lexicon.reader import words
from pipeline.restore.language_model import TAKEN_OFF, plain
from pipeline.restore.page_furniture import WIDEST_NUMBER, page_furniture
from pipeline.restore.physical_lines import Line, is_latin, is_link, opens_item, physical_lines
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import raw_spans, rewrite, unusual
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.votes import probability

_MID = frozenset("،,-–([“«/")
_COLON, _QUOTES = frozenset(":؛"), frozenset('“«"')
_OPENS_MID = frozenset("،,.؛:!؟?)]”»")
_BLANKS = "\t\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD_SPACES = frozenset(re.findall(f"[{_BLANKS}]", "".join(map(chr, range(0x3001)))))
_EDGES = frozenset({"", "\n"})
_ODD_SPACE_RUN = re.compile(f"[{_BLANKS}][ {_BLANKS}]*")
_SPACE_RUN = re.compile(f"[ {_BLANKS}](?:(?<! )|[ {_BLANKS}])[ {_BLANKS}]*")

_LONGER = 1.2  # times as wide as the column: no line of it
_MAY_OVERFLOW = 0.02  # share of lines that stick out of the column (letters doubled, marks written as letters)
_PAGE_BREAK = 0.3  # log odds for "inside a paragraph"
_TITLE = 2.0  # log odds that a text's first line is its title
_LARGEST_TITLE = 0.5  # share of the column's characters that fit in a line of the largest title
_DATELINE = re.compile(r"[\d٠-٩]{4}|^\S+(?: \S+)? ?[-–—/|(]|[|@]")
_TITLE_LINES, _SEVERAL_LINES = 2, 12
_NARROW = 45  # characters; so short a line may be verse
_LONGEST_SET_LINE = 180  # characters; no column of print is wider, so longer lines are paragraphs already


class Boundary(NamedTuple):
    """Whether the sentence goes on across the end of a line, and how sure that is."""

    join: bool
    confidence: float


_Of = TypeVar("_Of")
_APART = Boundary(False, 1.0)
"""Of a line that no other goes on, the last one above all."""


def paragraphs(traced: Traced, _profile: Profile | None) -> Outcome:
    """Join physical lines to paragraphs, one blank line between them, single spaces inside.

    Lists, verse and tables stay line by line. A running head or page number that stands inside a sentence is moved
    behind the paragraph it interrupts and reported as boilerplate.
    """
    rows = traced.text.split("\n")
    bare = [row.strip() for row in rows]
    if _is_unset(traced.text, bare):
        return _of_rows(traced, rows, bare)
    lines = physical_lines(traced.text)
    if not lines:
        return _empty(traced)
    furniture = page_furniture(lines)
    flow = [line for i, line in enumerate(lines) if i not in furniture]
    boundaries = judge(flow)
    if not furniture and not any(b.join for b in boundaries) and _tidy(traced.text):
        return Outcome(traced)
    doubts = [_boilerplate(traced, lines[i]) for i in sorted(furniture)]
    if furniture:
        traced = _reorder(traced, lines, furniture, boundaries)
        lines = physical_lines(traced.text)
        boundaries = _with_furniture(lines, flow, boundaries)
    return _assemble(traced, lines, boundaries, doubts)


def _is_unset(text: str, rows: Sequence[str]) -> bool:
    """Whether a text is seen at a glance not to be set in lines: too many rows, given bare of blanks at their ends, are wider than any column."""
    if "  " in text or "\f" in text or not all(rows):
        return False
    widest = _LONGER * _LONGEST_SET_LINE + sum(map(text.count, TAKEN_OFF & unusual(text)))
    wide = sum([len(row) > widest for row in _below_title(rows)])
    return wide > _MAY_OVERFLOW * len(rows) and sum([len(row) <= WIDEST_NUMBER for row in rows]) <= 1


def _of_rows(traced: Traced, rows: Sequence[str], bare: Sequence[str]) -> Outcome:
    """Rows that are paragraphs or items of lists, and the same bare of blanks at their ends: a line break parts items, a blank line others."""
    text = traced.text
    edits = [Edit(start, end, " ") for start, end in _space_runs(text) if _EDGES.isdisjoint((text[start - 1 : start], text[end : end + 1]))]
    after, follows_item = "", False
    begin = end = 0
    for row, line in zip(rows, bare, strict=True):
        start = begin + row.index(line[0])
        is_item = opens_item(line)
        if end:
            after = "\n" if follows_item and is_item else "\n\n"
        if text[end:start] != after:
            edits.append(Edit(end, start, after))
        begin, end, follows_item = begin + len(row) + 1, start + len(line), is_item
    if end < len(text):
        edits.append(Edit(end, len(text), ""))
    return rewrite(traced, "whitespace", sorted(edits), "")


def _below_title(lines: Sequence[_Of]) -> Sequence[_Of]:
    """The lines without those of the title, which may span two columns, of a text that has several."""
    return lines[_TITLE_LINES:] if len(lines) > _SEVERAL_LINES else lines


def _tidy(text: str) -> bool:
    """Paragraphs parted by one blank line and single spaces already."""
    return not (
        2 * text.count("\n\n") != text.count("\n") or "  " in text or "\n\n\n" in text or " \n" in text or "\n " in text
        or text != text.strip() or not _ODD_SPACES.isdisjoint(unusual(text))
    )  # fmt: skip


def judge(lines: Sequence[Line]) -> list[Boundary]:
    """For each line but the last: does its paragraph go on in the next line?"""
    column = _Column.measure(lines)
    if column is None:
        return [_APART] * (len(lines) - 1)
    return [column.boundary(lines, i) for i in range(len(lines) - 1)]


@dataclass(frozen=True, slots=True)
class _Column:
    """How a document is set: the column's width in characters and what blank lines tell in it."""

    width: float
    gaps: tuple[float, ...]  # log odds for "inside a paragraph", by _gap_kind

    @classmethod
    def measure(cls, lines: Sequence[Line]) -> _Column | None:
        """None when the text is not set in lines (each line is a paragraph, a verse or a list item)."""
        open_ends = [a.width for a, b in pairwise(lines) if _goes_on(a, b)]
        widths = sorted(w for w in open_ends if 18 <= w <= _LONGEST_SET_LINE)
        if not widths:
            return None
        width = _typical_full_width(widths)
        if width < _NARROW and not _runs_on(lines):
            return None
        full = sum(w >= 0.8 * width for w in widths)
        longer = sum(line.width > _LONGER * width for line in _below_title(lines))
        if full < (0.55 if len(widths) > 2 else 1.0) * len(widths) or longer > _MAY_OVERFLOW * len(lines):
            return None
        return cls(width, _gap_odds(lines, width))

    def boundary(self, lines: Sequence[Line], i: int) -> Boundary:
        a, b = lines[i], lines[i + 1]
        if a.alone or b.alone or _opens_item(a, b):
            return Boundary(_foreign_goes_on(a, b), 0.9)
        if i == 0 and self._title_goes_on(lines):
            return Boundary(True, 0.8)
        score = self._fullness(a, b) + _wording(a, b) + self._gap(lines, i) - _TITLE * (i == 0)
        if score < 6 and a.width >= 0.7 * self.width and _is_open(a.text):
            score += 4.0
        return Boundary(score > 0, probability(abs(score)))

    def _title_goes_on(self, lines: Sequence[Line]) -> bool:
        """Whether a title, set larger than the text, takes two lines: a short one comes before the text and is no byline.

        Its first line found no room for the second one's first word, so that it is not much shorter.
        """
        if len(lines) < 4:
            return False
        title, rest, body = lines[:3]
        if title.final or rest.final or rest.width > 0.85 * self.width or body.width < 0.75 * self.width:
            return False
        filled = title.width + 1 + len(rest.text.partition(" ")[0])
        return filled >= max(_LARGEST_TITLE * self.width, 0.8 * rest.width) and not _is_byline(rest.text)

    def _fullness(self, a: Line, b: Line) -> float:
        """A break inside a paragraph means that the next word found no room; room left over speaks for an end."""
        need = a.width + 1 + len(b.text.partition(" ")[0])
        room = (self.width - need) / self.width
        if room < 0.06:
            return 2.3
        return max(2.3 - 30 * (room - 0.06), -7.0)

    def _gap(self, lines: Sequence[Line], i: int) -> float:
        b = lines[i + 1]
        return _PAGE_BREAK if b.blanks > 1 or b.new_page else self.gaps[_gap_kind(lines, i)]


def _gap_kind(lines: Sequence[Line], i: int) -> int:
    """0–3: whether a blank line stands before the next line (2), and whether one stands behind it, too (1).

    Readers set off a paragraph's last, unjustified line on both sides, some set off every line.
    """
    set_off = i + 2 == len(lines) or lines[i + 2].blanks > 0 or lines[i + 2].new_page
    return 2 * (lines[i + 1].blanks > 0) + set_off


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether sentences break off at line ends or go on after a stop inside lines, as in prose and hardly ever in verse."""
    signs = sum(_breaks_off(line.text) or ". " in line.text for line in lines)
    commas = sum("، " in line.text for line in lines)
    return signs >= max(2, 0.15 * len(lines)) or (signs >= 2 and commas >= 0.25 * len(lines))


def _breaks_off(text: str) -> bool:
    return text[-1] in _MID or plain(text.rpartition(" ")[2]) in words("never_final")


def _typical_full_width(widths: Sequence[int]) -> float:
    """The right edge of the densest band of line widths, 15 % wide: where a justified column ends."""
    best, edge = 0, float(widths[-1])
    low = 0
    for high, width in enumerate(widths):
        while widths[low] < 0.85 * width:
            low += 1
        if high - low + 1 >= best:
            best, edge = high - low + 1, float(width)
    return edge


def _gap_odds(lines: Sequence[Line], width: float) -> tuple[float, ...]:
    """Log odds inside : between paragraphs of each kind of gap in this document.

    Counted on boundaries that other signs settle: an open full line goes on, a short line with a full stop ends.
    The prior is that a blank line usually parts paragraphs.
    """
    inside, between = [0.6, 0.2, 0.16, 0.24], [0.12, 0.08, 0.76, 0.24]
    for i, (a, b) in enumerate(pairwise(lines)):
        if b.blanks > 1 or b.new_page:
            continue
        if a.final:
            between[_gap_kind(lines, i)] += a.width < 0.8 * width
        elif a.width >= 0.85 * width:
            inside[_gap_kind(lines, i)] += 1
    return tuple(math.log(x / sum(inside)) - math.log(y / sum(between)) for x, y in zip(inside, between, strict=True))


def _wording(a: Line, b: Line) -> float:
    """Log odds for "goes on" from the end of one line and the beginning of the next."""
    if b.text[0] in _OPENS_MID or (not a.final and _breaks_off(a.text)):
        return 5.0
    if a.text[-1] in _COLON:
        return 3.0 if b.text[0] in _QUOTES else -1.0
    if not a.final:
        return 2.2
    return -4.5 if _opens_paragraph(b.text) else -2.6


def _opens_paragraph(text: str) -> bool:
    """Whether a line begins like a new paragraph of news: `ميدانيا،`, `في المقابل`, `من جهتها`."""
    opening = plain(text[:40])
    return opening.partition(" ")[0].endswith("ا،") or opening.startswith(_paragraph_openers())


@cache
def _paragraph_openers() -> tuple[str, ...]:
    return tuple(words("paragraph_openers", "phrase"))


def _is_byline(text: str) -> bool:
    """Whether a line names who wrote a text, where and when: `بقلم …`, `دمشق - …`, `12 مايو 2016`."""
    openers = tuple(words("byline_openers", "phrase"))
    return plain(text).startswith(openers) or bool(_DATELINE.search(text))


def _goes_on(a: Line, b: Line) -> bool:
    return not (a.final or a.alone or b.alone or _opens_item(a, b))


def _opens_item(a: Line, b: Line) -> bool:
    """A list item begins; a number that the line before breaks off at is none (`لا يقل عن` / `500. ونفى`)."""
    return b.item and (a.final or not _breaks_off(a.text))


def _foreign_goes_on(a: Line, b: Line) -> bool:
    """Two lines of Latin script, such as an embedded tweet."""
    return not a.final and all(is_latin(x.text) and not is_link(x.text) for x in (a, b))


def _is_open(text: str) -> bool:
    """Whether a quotation or bracket opened in this line is still open at its end."""
    return any(text.count(a) > text.count(b) for a, b in ("“”", "«»", "()"))


def _boilerplate(traced: Traced, line: Line) -> Doubt:
    start, end = traced.raw_span(line.start, line.end)
    return Doubt(
        "boilerplate", start, end, f"“{line.text}” belongs to the page (repeated head, foot or page number), not to the text.",
        0.9, "info",
    )  # fmt: skip


def _reorder(traced: Traced, lines: Sequence[Line], furniture: set[int], boundaries: Sequence[Boundary]) -> Traced:
    """Move each piece of furniture behind the paragraph that it interrupts."""
    order: list[int] = []
    waiting: list[int] = []
    joins = iter([b.join for b in boundaries] + [False])
    goes_on = False
    for i in range(len(lines)):
        if i in furniture:
            (waiting if goes_on else order).append(i)
            continue
        order.append(i)
        goes_on = next(joins)
        if not goes_on:
            order += waiting
            waiting = []
    if order == list(range(len(lines))):
        return traced
    gaps = [traced[a.end : b.start] for a, b in pairwise(lines)]
    parts = [traced[: lines[0].start]]
    for place, i in enumerate(order):
        parts.append(traced[lines[i].start : lines[i].end])
        if place < len(gaps):
            parts.append(gaps[place])
    parts.append(traced[lines[-1].end :])
    return Traced.concat(parts)


def _with_furniture(lines: Sequence[Line], flow: Sequence[Line], boundaries: Sequence[Boundary]) -> list[Boundary]:
    """Boundaries of the flow, put at the places of all lines; furniture never joins."""
    found: list[Boundary] = []
    at = 0
    for line in lines[:-1]:
        if at < len(flow) and line.text == flow[at].text:
            found.append(boundaries[at] if at < len(boundaries) else _APART)
            at += 1
        else:
            found.append(_APART)
    return found


def _assemble(traced: Traced, lines: Sequence[Line], boundaries: Sequence[Boundary], doubts: list[Doubt]) -> Outcome:
    text = traced.text
    found = [(Edit(0, lines[0].start, ""), "whitespace", 1.0)] if lines[0].start else []
    runs = _space_runs(text)
    at = 0
    for line, following, (join, confidence) in zip(lines, (*lines[1:], None), (*boundaries, _APART), strict=True):
        while at < len(runs) and runs[at][0] < line.end:
            if runs[at][0] > line.start:
                found.append((Edit(*runs[at], " "), "whitespace", 1.0))
            at += 1
        end = len(text) if following is None else following.start
        after = " " if join else "" if following is None else _separator(line, following)
        if text[line.end : end] != after:
            found.append((Edit(line.end, end, after), "line_join", confidence) if join else (Edit(line.end, end, after), "whitespace", 1.0))
    edits = [edit for edit, _, _ in found]
    changes = [
        Change(kind, low, high, text[start:end], after, confidence, "")
        for ((start, end, after, _), kind, confidence), (low, high) in zip(found, _raw_spans(traced, edits), strict=True)
    ]
    return Outcome(traced.edit(edits), changes, doubts)


def _space_runs(text: str) -> list[tuple[int, int]]:
    """Half-open spans of blanks two in a row and of other spaces than the blank, with the blanks beside them."""
    if "  " in text:
        return [m.span() for m in _SPACE_RUN.finditer(text)]
    if _ODD_SPACES.isdisjoint(unusual(text)):
        return []
    return [(m.start() - (text[m.start() - 1 : m.start()] == " "), m.end()) for m in _ODD_SPACE_RUN.finditer(text)]


def _raw_spans(traced: Traced, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Raw spans of the edits, looked up together where none is an insertion."""
    if all(edit.end > edit.start for edit in edits):
        return raw_spans(traced, [edit.start for edit in edits], [edit.end for edit in edits])
    return [traced.raw_span(edit.start, edit.end) for edit in edits]


def _separator(a: Line, b: Line) -> str:
    """Neighbouring items of a list stay line by line; everything else is parted by a blank line."""
    neighbours = b.blanks == 0 and not b.new_page
    return "\n" if neighbours and a.item and b.item else "\n\n"


def _empty(traced: Traced) -> Outcome:
    if not traced.text:
        return Outcome(traced)
    edit = Edit(0, len(traced), "")
    return Outcome(traced.edit([edit]), [Change("whitespace", *traced.raw_span(0, len(traced)), traced.text, "", 1.0, "")])
