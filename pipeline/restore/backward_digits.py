"""Whether the Arabic-Indic figures of a text stand backward, `٧٨٩١` for ١٩٨٧, which its years and dates tell.

MuPDF and pypdf do this to pages of browsers, WeasyPrint and fpdf2 (measured): they take such digits for letters and turn them with the
words. A whole date is turned with its strokes, `٣١٠٢/٦/٤`; pypdf turns its parts, `٤/ ٦/ ٣١٠٢`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.restore.figure_model import FIRST_YEAR, LAST_YEAR

_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_YEAR = re.compile("[٠-٩](?<![٠-٩].)[٠-٩]{3}(?![٠-٩])")
DATE = "[٠-٩]{1,2} ?/ ?[٠-٩]{1,2} ?/ ?[٠-٩]{4}(?![٠-٩])|[٠-٩]{4} ?/ ?[٠-٩]{1,2} ?/ ?[٠-٩]{1,2}(?![٠-٩])"
_FIGURE = re.compile(f"{DATE}|[٠-٩]+(?:[.,٫٬:/][٠-٩]+)*")
_PARTS = re.compile("[٠-٩]+")
_HIJRI = range(1300, 1500)
_FEWEST = 3  # so many figures that would all be years backward, and none that is one as it stands


def is_year(digits: str, first: int = FIRST_YEAR) -> bool:
    """Whether four digits of either script are a year of our time, or one from `first` on."""
    return len(digits) == 4 and first <= int(digits.translate(_WESTERN)) <= LAST_YEAR


@lru_cache(maxsize=4)
def stand_backward(text: str) -> bool:
    """Whether several different figures are years read backward only, and none is one as it stands."""
    # A year has one of these; they are found much faster.
    if not ("١" in text or "٢" in text):
        return False
    years = {m.group() for m in _YEAR.finditer(text)}
    forward = {y for y in years if is_year(y) or int(y.translate(_WESTERN)) in _HIJRI}
    backward = {y for y in years - forward if is_year(y[::-1])}
    return len(backward) >= _FEWEST and not {y for y in forward if not is_year(y[::-1])}


def turned_figures(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """For each Arabic-Indic figure of more than one digit: its span, and the places of its characters in the order in which it was written."""
    for match in _FIGURE.finditer(text):
        if len(match.group()) > 1:
            yield *match.span(), _order(match)


def _order(match: re.Match[str]) -> tuple[int, ...]:
    text = match.string
    parts = [m.span() for m in _PARTS.finditer(text, *match.span())]
    # A date whose year comes last was turned part by part.
    by_part = len(parts) > 1 and is_year(text[slice(*parts[-1])][::-1])
    places = [*range(match.start(), match.end())] if by_part else [*range(match.end() - 1, match.start() - 1, -1)]
    if by_part:
        for start, end in parts:
            places[start - match.start() : end - match.start()] = range(end - 1, start - 1, -1)
    return tuple(i for i in places if text[i] != " ")
