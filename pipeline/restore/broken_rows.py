"""Rows printed portion by portion: `أعلنت في اليوم95` and `. للحرب` on two lines for `أعلنت في اليوم 95 للحرب.`

MuPDF does this to pages of LibreOffice and Typst (measured; stext-device.c): a portion ends at each figure, and what stands at a
portion's end, blanks and stops, is printed before its first letter; where that follows a figure, a new line begins. At
a hyphen, which runs from left to right, a portion is turned. Rows whose portions are printed last one first are turned_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.restore.characters import LATIN, LETTERS_AND_MARKS, LOST
from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import line_width, rows_of
from pipeline.restore.numerals import DIGITS, NUMERAL, NUMERAL_OR_PERCENTAGE
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.proclitics import CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite, single_blanks
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.votes import Votes

_A = LETTERS_AND_MARKS + LOST
FIGURE = re.compile(NUMERAL_OR_PERCENTAGE)
_BREAK = re.compile(f'[{_A}][»”")]?{NUMERAL}[%٪]?\n[ .،:؛!؟%٪)»”"]')
# Every such break has this, which is found faster.
_BROKEN = re.compile(f'\n[ .،:؛!؟%٪)»”"](?<=[{DIGITS}%٪]\n.)')
_SIGNS = re.compile('[ .،:؛!؟%٪)»”"]{1,3}')
_LEAD = re.compile(f"[^{_A}{DIGITS}{LATIN}]*(?=[{_A}])")
_WORD = re.compile(f"[{_A}]{{2}}")
# A hyphen runs from left to right; other signs do where they come from another font.
_FAMILIES = ("-+", "/", '“”«»"', "()[]", "–—", ".:؟!", "،؛")
_OPENING, _CLOSING = frozenset("«“(["), {")": "(", "]": "[", "»": "«", "”": "“"}
_STOPS = frozenset(".،؛:؟!")
_FEWEST, _SHARE, _TOTAL, _TOTAL_OF_MANY, _CLEARLY, _SURE = 2, 0.04, 6.0, 40.0, 3, 1.0
_LONGEST = 220
_MOST_BREAKS = 2
TRACES: tuple[Trace, ...] = ((f"[{DIGITS}%٪]", "\n", '[ .،:؛!؟%٪)»”"]'),)


def restore_broken_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Join the portions of rows, signs behind the words they follow, in a text whose rows read on at breaks behind figures."""
    text = traced.text
    if not _BROKEN.search(text):
        return Outcome(traced)
    lines = [m.span() for m in FILLED_LINE.finditer(text)]
    breaks = sum(1 for _ in _BREAK.finditer(text))
    if breaks < max(_FEWEST, _SHARE * len(lines)) or not _read_on(text, lines):
        return Outcome(traced)
    rows = [row for row in _rows(text, lines) if max(b - a for a, b in row) <= _LONGEST]
    turns = _best_turns(text, rows)
    edits = [edit for row in rows for edit in _restored(traced, row, turns)]
    return rewrite(traced, "visual_order", edits, f"{breaks} rows of the text are broken behind figures", 0.93)


def _read_on(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands behind figures, in the line or the next one, reads better behind them than before them."""
    onwards, turned = [], []
    for start, end in lines:
        behind = text.find("\n", end + 1)
        for match in FIGURE.finditer(text, start, end):
            words = text[start : match.start()]
            rest = text[match.end() : end] or (text[end:behind] if _BREAK.search(text, start, end + 2) else "")
            if _WORD.search(words) and _WORD.search(rest):
                onwards.append(f"{words} {match.group()} {rest}")
                turned.append(f"{rest} {match.group()} {words}")
    fluency = Fluency()
    gains = (a - b for a, b in zip(fluency.alone(onwards), fluency.alone(turned), strict=True))
    better, worse, total = Votes.of(gains, _SURE)
    return total > (_TOTAL if better > _CLEARLY * worse else _TOTAL_OF_MANY)


def _best_turns(text: str, rows: Sequence[Sequence[tuple[int, int]]]) -> re.Pattern[str]:
    """The signs at which portions are turned, hyphens and those of other families where the text reads better so."""
    fluency, chosen = Fluency(), _FAMILIES[0]
    laid = [read(text, _order(text, row, _turns(chosen))) for row in rows]
    for family in _FAMILIES[1:]:
        if any(sign in text for sign in family):
            tried = [read(text, _order(text, row, _turns(chosen + family))) for row in rows]
            pairs = [(new, old) for new, old in zip(fluency.settings(tried), fluency.settings(laid), strict=True) if new != old]
            if sum(fluency.gains(pairs)) > _SURE:
                chosen, laid = chosen + family, tried
    return _turns(chosen)


def _turns(signs: str) -> re.Pattern[str]:
    return re.compile(f"(?<=[{_A} ])[{re.escape(signs)}][^{_A}{DIGITS}A-Za-z\n]*(?=[{_A}])")


def _rows(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Lines of print that were one row: as long as they break behind figures and fill no more than unbroken rows do."""
    widths = [line_width(text[start:end]) for start, end in lines]
    linked = [_goes_on(text, *pair) for pair in pairwise(lines)]
    return rows_of(lines, widths, linked, lambda row, line: not _is_page_number(text, row, line))


def _goes_on(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    """Whether a line may go on with the row of the one before it."""
    last = text[slice(*before)].rstrip()
    if text.count("\n", before[1], line[0]) > _MOST_BREAKS:
        return False
    if _SIGNS.fullmatch(text, *line):
        return last[-1] in "%٪" or FIGURE.match(last, len(last) - 1) is not None
    if FIGURE.fullmatch(text, *line):
        return text[before[1] - 1] == " "
    lead = _LEAD.match(text, *line)
    return bool(lead and lead.group() and (FIGURE.match(last, len(last) - 1) or last[-1] in "%٪" or _SIGNS.fullmatch(text, *before)))


def _is_page_number(text: str, row: Sequence[tuple[int, int]], line: tuple[int, int]) -> bool:
    """Whether the row is a figure alone and the line no portion between two others, which has a blank on both sides."""
    return len(row) == 1 and FIGURE.fullmatch(text, *row[0]) is not None and not text.startswith("  ", line[0])


def _restored(traced: Traced, row: Sequence[tuple[int, int]], turns: re.Pattern[str]) -> Iterator[Edit]:
    """The row put together; none where that changes nothing."""
    start, end = row[0][0], row[-1][1]
    order = _order(traced.text, row, turns)
    if order != [*range(start, end)]:
        yield reordered(traced, start, end, order)


def _order(text: str, row: Sequence[tuple[int, int]], turns: re.Pattern[str]) -> list[int]:
    """Places of a row's characters as they were written."""
    order: list[int] = []
    for line in row:
        places = _portions(text, line, order, turns, goes_on=line is not row[0])
        if order and places and _is_apart(text, order[-1], places[0]):
            order.append(BLANK)
        order += places
    return single_blanks(text, order, never_before=_STOPS, printed_stay=True)


def _portions(text: str, line: tuple[int, int], before: Sequence[int], turns: re.Pattern[str], *, goes_on: bool) -> list[int]:
    """Places of a line's characters as they were written; `before` are those of the row's earlier lines."""
    start, end = line
    lead = _LEAD.match(text, start, end)
    head, tail = _parted(text, start, lead.end(), before, goes_on=goes_on) if lead else (start, [])
    order: list[int] = []
    at = head
    for match in (*FIGURE.finditer(text, head, end), None):
        edge = match.start() if match else end
        order += _turned(text, at, edge, turns)
        if not order or at == head:
            order += tail
            tail = []
        at = match.end() if match else end
        if match and order and _is_apart(text, order[-1], match.start()) and not _is_clitic(text, order):
            order.append(BLANK)
        order += range(edge, at)
    return order


def _parted(text: str, start: int, end: int, before: Sequence[int], *, goes_on: bool) -> tuple[int, list[int]]:
    """What stands before a line's first letter: where the signs begin that belong there, and the places of those that do not."""
    while end > start and text[end - 1] in _OPENING:
        end -= 1
    signs = text[start:end]
    if signs == '"' and not _closes(text, start):
        return start, []
    if signs.startswith(" ") and goes_on:
        return start + len(signs) - len(signs.lstrip()), []
    row = "".join(text[i] for i in before if i >= 0)
    if goes_on and signs[:1] in _CLOSING and row.count(_CLOSING[signs[0]]) > row.count(signs[0]):
        return start, []
    if goes_on and " " in signs:
        end = start + signs.index(" ")
    return end, [i for i in range(end - 1, start - 1, -1) if text[i] != " "]


def _closes(text: str, at: int) -> bool:
    """Whether the straight quotation mark that opens a line closes a quotation there: another one opens in or before it."""
    line = text[at + 1 : text.find("\n", at + 1)]
    other = line.find('"')
    if other < 0:
        return text.count('"', 0, at) % 2 == 1
    return line[other - 1] == " " and line[other + 1 : other + 2].isalpha()


def _turned(text: str, start: int, end: int, turns: re.Pattern[str]) -> list[int]:
    """A portion, its parts on both sides of signs that turned it in reading order."""
    edges = [start, *(edge for m in turns.finditer(text, start, end) for edge in m.span()), end]
    order: list[int] = []
    for k in range(len(edges) - 2, -1, -1):
        part = [*range(edges[k], edges[k + 1])]
        if k % 2:
            part.reverse()
        if k % 2 and text[edges[k]] == "/":
            part = [i for i in part if text[i] != " "]
        if order and text[order[-1]] == "/":
            part = part[next((n for n, i in enumerate(part) if text[i] != " "), 0) :]
        if order and part and _is_set_off(text, order, part[0]):
            order.append(BLANK)
        order += part
    return order


def _is_set_off(text: str, order: Sequence[int], place: int) -> bool:
    """Whether a blank stands between what a sign parted, by the signs there."""
    left, right = text[order[-1]], text[place]
    if right == '"' or left == '"':
        inside = sum(text[i] == '"' for i in order if i >= 0) % 2
        return not inside and (right == '"' or right.isalpha())
    if left in "-–—" or right in "-–—":
        return " " in (text[order[-1] - 1], text[order[-1] + 1], text[place - 1])
    return (left in _STOPS and right not in _STOPS and right not in _CLOSING) or (left in _CLOSING and right.isalpha()) or right in _OPENING


def _is_apart(text: str, left: int, right: int) -> bool:
    """Whether a blank parts two characters that came to stand side by side."""
    if left < 0 or right < 0:
        return False
    a, b = text[left], text[right]
    return a not in _OPENING and a not in " /" and b not in " /" and b not in _STOPS and b not in _CLOSING and not (b in "%٪" and a.isdigit())


def _is_clitic(text: str, order: Sequence[int]) -> bool:
    """Whether the last word is a letter that is written together with figures."""
    last, previous = order[-1], order[-2] if len(order) > 1 else BLANK
    return last >= 0 and text[last] in CLITICS and (previous < 0 or not text[previous].isalpha())
