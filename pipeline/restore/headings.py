"""Which physical lines are headings: what stands before and after them does not go on with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.restore.line_widths import FULL, column_width
from pipeline.restore.seams import CUT_CLASSES

# Share of lines followed by a blank one from which blank lines say nothing (some readers print one after every line).
BLANKS_EVERYWHERE = 0.6
# A line that fills so much of the column goes on, whatever blank lines stand around it: only the first heading is set as wide.
FILLS = 0.85
# The lines of a title that goes on; what its first line fills of the column at least.
WRAPPED, HALF = 2, 0.5
_ENDS = re.compile(r"[.؟!:،؛”»\"…)\]]\W*$")
_MAY_BE_CUT = re.compile(f"[{''.join(CUT_CLASSES)}]\\Z")
_STOP_INSIDE = re.compile(r"[.؟!] ")


def headings(text: str, spans: Sequence[tuple[int, int]], widths: Sequence[float]) -> frozenset[int]:
    """Numbers of the lines (given by spans and widths) that stand between blank lines, leave room and read like no sentence's end.

    Where blank lines are everywhere, only the text's first line can be told. Some readers set a paragraph's last line apart; it stands
    behind a full line without a stop.
    """
    gaps = blank_between(text, spans)
    blank_before, blank_after = [True, *gaps], [*gaps, True]
    full = FILLS * column_width(widths)
    goes_on = [False, *(width >= full and _reads_on(text[start:end]) for width, (start, end) in zip(widths, spans, strict=True))]
    return frozenset(
        number
        for number, (start, end) in enumerate(spans[: 1 if stand_everywhere(gaps) else None])
        if blank_before[number]
        and blank_after[number]
        and (not number or widths[number] < full)
        # The title before the second line may fill the column, too.
        and (number < WRAPPED or not goes_on[number])
        and _reads_like_one(text[start:end])
    )


def title_goes_on(text: str, spans: Sequence[tuple[int, int]], widths: Sequence[float]) -> bool:
    """Whether a text's title seems to go on in its second line: shorter, it reads like a heading, and what comes next stands apart.

    Titles are set larger, so their lines end early though they are full.
    """
    if len(spans) <= WRAPPED or not HALF * column_width(widths) < widths[0] or not widths[1] < min(widths[0], FULL * column_width(widths)):
        return False
    gaps = blank_between(text, spans)
    return gaps[1] and (not gaps[0] or stand_everywhere(gaps)) and _reads_like_one(text[slice(*spans[1])])


def blank_between(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether blank lines stand between each line and the next."""
    return [text.count("\n", end, start) > 1 for (_, end), (start, _) in pairwise(spans)]


def stand_everywhere(gaps: Sequence[bool]) -> bool:
    """Whether blank lines stand between so many lines that they say nothing."""
    return sum(gaps) > BLANKS_EVERYWHERE * len(gaps)


def _reads_on(line: str) -> bool:
    """Whether a line ends in no stop; where it may have been cut, the stop that it ended in may be inside."""
    return not _ENDS.search(line) and not (_MAY_BE_CUT.search(line) and _STOP_INSIDE.search(line))


def _reads_like_one(line: str) -> bool:
    return not _ENDS.search(line) and not _STOP_INSIDE.search(line)
