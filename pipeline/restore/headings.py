"""Which physical lines are headings: what stands before and after them does not go on with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.restore.line_widths import column_width

# Share of lines followed by a blank one from which blank lines say nothing (some readers print one after every line).
BLANKS_EVERYWHERE = 0.6
# A line that fills so much of the column goes on, whatever blank lines stand around it: only the first heading is set as wide.
FILLS = 0.85
_ENDS = re.compile(r"[.؟!:،؛”»\"…)\]]\W*$")
_STOP_INSIDE = re.compile(r"[.؟!] ")


def headings(text: str, spans: Sequence[tuple[int, int]], widths: Sequence[float]) -> frozenset[int]:
    """Numbers of the lines (given by spans and widths) that stand between blank lines, leave room and read like no sentence's end.

    Where blank lines are everywhere, only the text's first line can be told.
    """
    gaps = [text.count("\n", end, start) > 1 for (_, end), (start, _) in pairwise(spans)]
    blank_before, blank_after = [True, *gaps], [*gaps, True]
    everywhere = sum(gaps) > BLANKS_EVERYWHERE * len(gaps)
    full = FILLS * column_width(widths)
    return frozenset(
        number
        for number, (start, end) in enumerate(spans[: 1 if everywhere else None])
        if blank_before[number] and blank_after[number] and (not number or widths[number] < full) and _reads_like_one(text[start:end])
    )


def _reads_like_one(line: str) -> bool:
    return not _ENDS.search(line) and not _STOP_INSIDE.search(line)
