"""How wide printed lines are, by the usual proportions of Naskh letters: where a paragraph ends, what would have fitted.

A line is broken where its next word does not fit. So a line that ends well before the column does closes its paragraph,
and a word that would have fitted into the line before cannot begin the next one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TypeVar

from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import plain

# Share of the column's width under which a line is the last of its paragraph.
FULL = 0.82
BLANK, FIGURE_WIDTH, ELSE_WIDTH = 0.55, 1.0, 0.6
_WIDE = 0.9
_ROOM, _WIDEST = 1.08, 3
Line = TypeVar("Line")


def line_width(line: str) -> float:
    """Width of a line in thirds of a letter's height, more or less; blanks count once, vowel marks and tatweel not at all."""
    words = line.split()
    return sum(map(word_width, words)) + BLANK * (len(words) - 1)


@lru_cache(maxsize=50_000)
def word_width(word: str) -> float:
    """Width of a word without blanks."""
    joined, final = _letters()
    letters = plain(word)
    found = 0.0
    for k, letter in enumerate(letters):
        table = joined if letters[k + 1 : k + 2] in joined else final
        found += table.get(letter) or (FIGURE_WIDTH if letter.isdigit() or "\ue000" <= letter <= "\uf8ff" else ELSE_WIDTH)
    return found


def rows_of(
    lines: Sequence[Line], widths: Sequence[float], linked: Sequence[bool], takes: Callable[[Sequence[Line], Line], bool]
) -> Iterator[list[Line]]:
    """Lines of print that were one row: linked ones that together are hardly wider than lines by themselves.

    `linked` says of each line but the last whether it goes on with the next one, `takes` whether a row takes one more line.
    """
    alone = sorted(w for w, before, behind in zip(widths, [False, *linked], [*linked, False], strict=True) if not before and not behind)
    full = _ROOM * alone[-_WIDEST] if len(alone) >= _WIDEST else math.inf
    row, filled = [lines[0]], widths[0]
    for line, width, is_linked in zip(lines[1:], widths[1:], linked, strict=True):
        if is_linked and filled + width <= full and takes(row, line):
            row.append(line)
            filled += width
        else:
            yield row
            row, filled = [line], width
    yield row


def column_width(widths: Sequence[float]) -> float:
    """The column is as wide as nine lines in ten at most are."""
    return sorted(widths)[int(_WIDE * (len(widths) - 1))] if widths else 0.0


def short_lines(widths: Sequence[float]) -> frozenset[int]:
    """Numbers of the lines (given by their widths) that end well before the column does."""
    full = FULL * column_width(widths)
    return frozenset(number for number, width in enumerate(widths) if width < full)


@cache
def _letters() -> tuple[dict[str, float], dict[str, float]]:
    found = rows("letter_widths")
    return {row["letter"]: float(row["joined"]) for row in found}, {row["letter"]: float(row["final"]) for row in found}
