"""Digits and the signs beside them that a PDF reader put in the wrong order: `.2015` for `2015.`, `%70`, `٥٠٠٢` for ٢٠٠٥.

Single slips are told from a writer's habit by the document as a whole; private glyphs belong in private_digits.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.restore.backward_digits import is_year, stand_backward, turned_figures
from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.document_words import figures
from pipeline.restore.figure_contexts import BEFORE, MONTH, back_off, neighbours
from pipeline.restore.numerals import CODED_DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_NUMERAL = f"[{CODED_DIGITS}](?:[{CODED_DIGITS}.,٫٬/]*[{CODED_DIGITS}])?"
# Each begins with a character to look for, and looks behind it afterwards: much faster than the other way round.
_SIGNS = frozenset("،,.؛:")
_SIGN_FIRST = re.compile(f"([،,.؛:](?:(?<!\\S.)|(?<=\\sو.))[،,.؛:]*)({_NUMERAL})(?!\\S)")
_COMMAS = frozenset("،؛")
_COMMA_BEFORE_WORD = re.compile(f"\\s[،؛][{LETTERS_AND_TATWEEL}]")
_SIGN_LAST = re.compile(f"[{CODED_DIGITS}][،,.؛:](?!\\S)")
_PERCENT_FIRST = re.compile(f"([%٪](?<![^\\s(،].))({_NUMERAL})")
_PERCENT_LAST = re.compile(f"[{CODED_DIGITS}][ \\t]?[%٪]")
_EMPTY_BRACKETS = re.compile(f"\\([ \\t]?\\)[ \\t]?({_NUMERAL})(?![{CODED_DIGITS}])")
_DIGIT_LINE = re.compile(f"\\n[ \\t]*[{CODED_DIGITS}]{{1,3}}[ \\t]*(?:\\n|$)")
_SPLIT_YEAR = re.compile(f"(?<=\\s)([.،]?)([12١٢][{CODED_DIGITS}]{{0,2}})[ \\t]*\\n[ \\t]*([{CODED_DIGITS}]{{1,3}})[ \\t]*(?=\\n|$)")
_COMMA_OF_WORD = re.compile(f"[{LETTERS_AND_TATWEEL}],")
_COMMA_BEHIND = re.compile("(?<![0-9.,])([1-9][0-9]{0,2}) ([0-9]{3})\\n?,(?!\\S)")
_COMMA_AHEAD = re.compile("(?<!\\S), ?([0-9]{3}) ([1-9][0-9]{0,2})(?![0-9.,])")
_BACKWARD_YEAR = re.compile("[03-9٠٣-٩](?<![0-9٠-٩.,٫٬/].)[0-9٠-٩]{2}[12١٢](?![0-9٠-٩.,٫٬/])")
_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_AFTER_NUMBER = re.compile(f"[{CODED_DIGITS}]\\s*$")
_RUN = re.compile("[0-9]{2,}|[٠-٩]{2,}")
_ERA = re.compile("\\s*(?:م\\b|قبل الميلاد|ق\\.? ?م|هـ)")
_YEAR_WORDS = frozenset({"عام", "سنة", MONTH})
_HABIT = 3  # inside lines, where writers set a blank before a comma once or twice
_FIRST_YEAR, _YEAR_DIGITS = 1800, 4
TRACES: tuple[Trace, ...] = (
    ("[\\sو،,.؛:]", "[،,.؛:]", f"[{CODED_DIGITS}]"), ("[%٪]", f"[{CODED_DIGITS}]"), ("\\(", "[ \t)]"),
    ("\n", f"[ \t{CODED_DIGITS}]"), ("[0-9]", " ", "[0-9]"), (f"[^{CODED_DIGITS}.,٫٬/]", "[03-9٠٣-٩]", f"[{CODED_DIGITS}]"),
    ("[٠-٩]", "[٠-٩]", "[٠-٩]"),
)  # fmt: skip


class _Repair(NamedTuple):
    start: int
    end: int
    after: str
    confidence: float
    why: str
    order: tuple[int, ...]


def digit_order(traced: Traced, _profile: Profile | None) -> Outcome:
    """Put digits and their signs in order where the document proves the slip; impossible years are doubted otherwise."""
    text = traced.text
    runs = figures(text)
    if not runs:
        return Outcome(traced)
    found = [*_signs(text), *_percents(text), *_brackets(text), *_split_years(text), *_parted_groups(text)]
    backward, doubts = _backward_years(traced) if any(end - start == _YEAR_DIGITS for start, end in runs) else ([], [])
    repairs = _apart(sorted(found + backward, key=lambda r: (r.start, -r.end)))
    if not repairs:
        return Outcome(traced, [], doubts)
    edits = [Edit(r.start, r.end, r.after, [int(traced.origin[i]) for i in r.order]) for r in repairs]
    changes = [Change("digit_order", *traced.raw_span(r.start, r.end), text[r.start : r.end], r.after, r.confidence, r.why) for r in repairs]
    return Outcome(traced.edit(edits), changes, doubts)


def _apart(repairs: list[_Repair]) -> list[_Repair]:
    kept: list[_Repair] = []
    for repair in repairs:
        if not kept or repair.start >= kept[-1].end:
            kept.append(repair)
    return kept


def _swapped(match: re.Match[str], text: str, confidence: float, why: str) -> _Repair:
    """Group 2 before group 1."""
    order = (*range(*match.span(2)), *range(*match.span(1)))
    return _Repair(match.start(1), match.end(2), "".join(text[i] for i in order), confidence, why, order)


def _signs(text: str) -> Iterator[_Repair]:
    """A sign before its number: alone on a line or ending one, all through a document, or a comma that touches no word.

    pdfium prints `منذ ،2007 وفتح` for `منذ 2007، وفتح` (measured).
    """
    signed = sorted({_first_sign(text, start) for start, _ in figures(text) if text[start - 1 : start] in _SIGNS})
    matches = [match for at in signed if (match := _SIGN_FIRST.match(text, at))]
    several = len(matches) >= _HABIT or (len(matches) > 1 and all(text[m.end() : m.end() + 1] in ("", "\n") for m in matches))
    habit = several and len(matches) > len(_SIGN_LAST.findall(text))
    slips = any(m.group(1) in _COMMAS for m in matches) and not _COMMA_BEFORE_WORD.search(text)
    for match in matches:
        opens = not match.start() or text[match.start() - 1] == "\n"
        closes = match.end() == len(text) or text[match.end()] == "\n"
        after_number = _AFTER_NUMBER.search(text, max(0, match.start() - 3), match.start())
        if opens and closes:
            yield _swapped(match, text, 0.97, "the stop of a line that ends in a number")
        elif habit and not after_number:
            yield _swapped(match, text, 0.9, "signs stand before numbers all through the document")
        elif slips and match.group(1) in _COMMAS and not after_number:
            yield _swapped(match, text, 0.9, "a comma between a blank and a number, as the text writes none before a word")


def _first_sign(text: str, at: int) -> int:
    """Where the signs begin that end at a place."""
    while at and text[at - 1] in _SIGNS:
        at -= 1
    return at


def _percents(text: str) -> Iterator[_Repair]:
    """A percent sign before its number, where the document writes it behind or has it before each time."""
    matches = list(_PERCENT_FIRST.finditer(text)) if "%" in text or "٪" in text else []
    if not matches:
        return
    usual = len(_PERCENT_LAST.findall(text))
    for match in matches:
        at_break = text[match.end() : match.end() + 1] in ("", "\n") or text[max(0, match.start() - 1) : match.start()] in ("", "\n")
        if usual and at_break and len(matches) <= usual:
            yield _swapped(match, text, 0.95, "the document writes the percent sign behind; this one is at a line's end")
        elif not usual and len(matches) > 1:
            yield _swapped(match, text, 0.85, "the percent sign stands before each number of the document")


def _brackets(text: str) -> Iterator[_Repair]:
    """`()١٣٣٣` is (١٣٣٣)."""
    for match in _EMPTY_BRACKETS.finditer(text):
        closing = text.index(")", match.start())
        order = (match.start(), *range(*match.span(1)), closing)
        yield _Repair(match.start(), match.end(), "".join(text[i] for i in order), 0.9, "brackets emptied of their number", order)


def _split_years(text: str) -> Iterator[_Repair]:
    """A year whose last digits slipped to a line of their own: `.199` and `0`."""
    for match in _SPLIT_YEAR.finditer(text) if _DIGIT_LINE.search(text) else ():
        order = (*range(*match.span(2)), *range(*match.span(3)), *range(*match.span(1)))
        after = "".join(text[i] for i in order)
        # Two lines of figures alone are two cells of a table.
        words = text.rfind("\n", 0, match.start()) + 1, match.start()
        if is_year(match.group(2) + match.group(3), _FIRST_YEAR) and _LETTER.search(text, *words):
            yield _Repair(match.start(1), match.end(3), after, 0.85, "a year broken over two lines", order)


def _parted_groups(text: str) -> Iterator[_Repair]:
    """`15 300,` is 15,300: a comma that the font lacks is set in another one, and stands where its run was printed.

    pdfium turns the groups as well: `, 300 15` (measured on LibreOffice with KACST fonts). Only where no word has such a comma.
    """
    if "," not in text or _COMMA_OF_WORD.search(text):
        return
    for pattern, first, last in ((_COMMA_BEHIND, 1, 2), (_COMMA_AHEAD, 2, 1)):
        for match in pattern.finditer(text):
            comma = text.index(",", match.start())
            order = (*range(*match.span(first)), comma, *range(*match.span(last)))
            yield _Repair(match.start(), match.end(), "".join(text[i] for i in order), 0.9, "the groups of a number and its comma", order)


def _backward_years(traced: Traced) -> tuple[list[_Repair], list[Doubt]]:
    """Years that make sense only backward; where they are all of a script's years, its other numbers are backward too."""
    text = traced.text
    if stand_backward(text):
        return [_written(text, *figure) for figure in turned_figures(text)], []
    suspects = [m for m in _BACKWARD_YEAR.finditer(text) if _tells_year(text, m) and is_year(m.group()[::-1], _FIRST_YEAR)]
    if not suspects:
        return [], []
    repairs: dict[int, _Repair] = {}
    for arabic in (False, True):
        proofs = [m for m in suspects if (m.group()[0] >= "٠") == arabic]
        forward = sum(is_year(m.group(), _FIRST_YEAR) and _tells_year(text, m) for m in _RUN.finditer(text) if (m.group()[0] >= "٠") == arabic)
        if not proofs or forward:
            continue
        for match in _RUN.finditer(text):
            if (match.group()[0] >= "٠") == arabic and (len(proofs) > 1 or match.span() == proofs[0].span()):
                repairs[match.start()] = _reversed(match, match.span() in {p.span() for p in proofs})
    doubts = [_doubt(traced, m) for m in suspects if m.start() not in repairs]
    return [r for r in repairs.values() if r.after != text[r.start : r.end]], doubts


def _reversed(match: re.Match[str], proven: bool) -> _Repair:
    order = tuple(range(match.end() - 1, match.start() - 1, -1))
    why = "a year that is one only backward" if proven else "the document's years all stand backward"
    return _Repair(match.start(), match.end(), match.group()[::-1], 0.97 if proven else 0.9, why, order)


def _written(text: str, start: int, end: int, order: tuple[int, ...]) -> _Repair:
    return _Repair(start, end, "".join(text[i] for i in order), 0.95, "the document's years all stand backward", order)


def _tells_year(text: str, match: re.Match[str]) -> bool:
    if _ERA.match(text, match.end()):
        return False
    context = neighbours(text, *match.span())
    before: str | None = context.before
    while before is not None:
        if before in _YEAR_WORDS:
            return True
        before = back_off(BEFORE, before)
    return False


def _doubt(traced: Traced, match: re.Match[str]) -> Doubt:
    return Doubt(
        "impossible_value", *traced.raw_span(*match.span()),
        f"“{match.group()}” cannot be a year; read backward it is {match.group()[::-1]}, but other years here stand forward.", 0.8,
    )  # fmt: skip
