"""Numbers of list items that stand at the wrong end of their lines, or beside them: `إطلاق سراح المعتقلين1.` for `1. إطلاق سراح المعتقلين`.

Browsers and office programs draw an item's number by itself; readers then print it behind the item (PDFBox, pypdf), its stop before
it (`.2 وقف`, pdfium), behind a dash (`وقف القصف-2`, MuPDF and pypdf), on a line of its own (MuPDF), or as one figure with the item's last
one (`مارس 42021.`), all measured.
That several lines on end count up from one tells such numbers from those of notes and from figures of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.document_words import figures
from pipeline.restore.numerals import CODED_DIGITS
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_DIGIT, _LETTER = f"[{CODED_DIGITS}]", f"[{LETTERS_AND_TATWEEL}]"
_SHORT = f"{_DIGIT}{{1,2}}"
# Where the number and its stop stand in a line, apart from the item.
_BEFORE = re.compile(f" *(?P<number>{_SHORT})(?P<stop>[.)]) ?(?P<item>[^\n]*{_LETTER}[^\n]*?) *$", re.M)
_TURNED = re.compile(f" *(?P<stop>\\.) ?(?P<number>{_SHORT})(?!{_DIGIT}) ?(?P<item>[^\n]*{_LETTER}[^\n]*?) *$", re.M)
_BEHIND = re.compile(f" *(?P<item>[^\n]*{_LETTER}[^\n]*?) ?(?<!{_DIGIT})(?P<number>{_SHORT})(?P<stop>[.)]) *$", re.M)
_ASTRAY = re.compile(f" *(?P<number>{_SHORT}) (?P<item>[^\n]*{_LETTER}[^\n]*? )(?P<stop>\\.)(?P<rest>{_DIGIT}[^\n]*?) *$", re.M)
_AT_THE_END = re.compile(f" *(?P<number>{_SHORT}) (?P<item>[^\n]*{_LETTER}[^\n.]*)(?P<stop>\\.) *$", re.M)
_ALONE = re.compile(f" *(?P<stop>\\.)(?P<number>{_SHORT}) *\n+ *(?P<item>[^\n]*{_LETTER}[^\n]*?) *$", re.M)
# The item's last figure and the number before it, as one.
_FUSED = re.compile(f" *(?P<item>[^\n]*{_LETTER}[^\n]*?)(?<!{_DIGIT})(?P<figure>{_DIGIT}{{2,}})(?P<stop>\\.) *$", re.M)
_DASHED = re.compile(f" *(?P<item>[^\n]*{_LETTER}[^\n]*?) ?(?P<stop>[–-]) ?(?P<number>{_SHORT}) *$", re.M)
_FORMS = (_BEFORE, _TURNED, _BEHIND, _ASTRAY, _AT_THE_END, _ALONE, _DASHED)
# What stands before a number that opens a line, and behind one that ends it.
_OPENS, _ENDS = re.compile("(?:\\A|\n) *\\.? ?\\Z"), re.compile("[.)] *(?:\n|\\Z)")
_BEHIND_DASH, _CLOSES = re.compile("[–-] ?\\Z"), re.compile(" *(?:\n|\\Z)")
_ONE, _NEAR = frozenset("1١"), 8
_FEWEST, _FARTHEST, _LEAST_ADJACENT, _LONGEST = 3, 3, 2, 200
TRACES: tuple[Trace, ...] = (
    ("\n", "[ .]", f"[ {CODED_DIGITS}]"),
    ("\n", _DIGIT, f"[.) {CODED_DIGITS}]"),
    (_DIGIT, "[.)]", "[ \n]"),
    ("[ –-]", "[1١]", "[ \n]"),
)
_EVIDENCE = "numbers of list items that count up"


class _Item(NamedTuple):
    """A line that is the next item: its number among the lines, how it is put right, whether that is proven by itself."""

    line: int
    order: list[int]
    start: int
    end: int
    proven: bool
    form: re.Pattern[str]
    last_word: str


def restore_list_numbers(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put each item's number and its stop before it, where several items on end count up from one."""
    edits = [edit for items in _lists(traced.text) for edit in _edits(traced, items)]
    return rewrite(traced, "visual_order", edits, _EVIDENCE, 0.95)


def _edits(traced: Traced, items: Sequence[_Item]) -> Iterator[Edit]:
    stops_stray = any(item.form is _ASTRAY for item in items)
    for item in items:
        if item.form is not _AT_THE_END or stops_stray:
            edit = reordered(traced, item.start, item.end, item.order)
            if edit.after != traced.text[item.start : item.end]:
                yield edit


def _lists(text: str) -> Iterator[list[_Item]]:
    """Runs of lines that are items one to three or more."""
    firsts = list(_firsts(text))
    starts = [m.start() for m in FILLED_LINE.finditer(text)] if firsts else []
    done = -1
    for first in firsts:
        line = bisect_right(starts, first) - 1
        items = _counted(text, starts, line) if line > done else []
        adjacent = sum(b.line - a.line == 1 for a, b in pairwise(items))
        if len(items) >= _FEWEST and adjacent >= _LEAST_ADJACENT and any(item.proven for item in items) and not _are_named(items):
            yield items
            done = items[-1].line


def _firsts(text: str) -> Iterator[int]:
    """Places on lines that may be a first item: figures that begin with one, at an edge of their line."""
    for start, end in figures(text):
        if text[start] in _ONE and (_ENDS.match(text, end) or _OPENS.search(text, max(0, start - _NEAR), start) or _is_dashed(text, start, end)):
            yield start


def _is_dashed(text: str, start: int, end: int) -> bool:
    """Whether a figure ends its line behind a dash."""
    return bool(_CLOSES.match(text, end) and _BEHIND_DASH.search(text, max(0, start - 2), start))


def _are_named(items: Sequence[_Item]) -> bool:
    """Whether the numbers belong to the words before them, which are always the same: `المادة 1.`, `المادة 2.`."""
    words = [item.last_word for item in items if item.form is _BEHIND]
    return len(words) > 1 and len(set(words)) == 1


def _counted(text: str, starts: Sequence[int], first: int) -> list[_Item]:
    """Items that count up from one, the first one at a line."""
    items: list[_Item] = []
    line = first
    while line < len(starts):
        item = _item(text, starts[line], line, len(items) + 1)
        if item:
            items.append(item)
        elif not items or line - items[-1].line >= _FARTHEST:
            break
        line += 1
    return items


def _item(text: str, start: int, line: int, number: int) -> _Item | None:
    """The item of a number, if the line is it in one of the forms; what is longer than lines of print are is none."""
    if text.find("\n", start, start + _LONGEST) < 0 and len(text) - start > _LONGEST:
        return None
    for form in _FORMS:
        match = form.match(text, start)
        if match and int(match["number"]) == number:
            rest = [*range(*match.span("rest"))] if form is _ASTRAY else []
            order = [*range(*match.span("number")), *range(*match.span("stop")), BLANK, *range(*match.span("item")), *rest]
            word = match["item"].rsplit(None, 1)[-1]
            return _Item(line, order, match.start() + _indent(match), match.end(), form not in (_BEFORE, _AT_THE_END), form, word)
    match = _FUSED.match(text, start)
    behind = match["figure"].removeprefix(str(number)) if match else ""
    # No figure begins with nought: then it is whole, and the number was lost.
    if match and behind and behind != match["figure"] and behind[0] != "0":
        cut = match.start("figure") + len(str(number))
        order = [
            *range(match.start("figure"), cut),
            *range(*match.span("stop")),
            BLANK,
            *range(*match.span("item")),
            *range(cut, match.end("figure")),
        ]
        return _Item(line, order, match.start() + _indent(match), match.end(), False, _FUSED, "")
    return None


def _indent(match: re.Match[str]) -> int:
    return len(match.group()) - len(match.group().lstrip(" "))
