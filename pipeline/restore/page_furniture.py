"""Lines that belong to the page and not to the text: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.physical_lines import Line

_LONGEST_HEAD = 80  # characters
WIDEST_NUMBER = 8
_LEAST_LINES = 2  # of a page on average; each cell of a table may stand between blank lines
_SHORTEST_PAGE = 120  # wide from number to number; what returns sooner is a cell of a table
_REPEATED_TEXT = 0.5  # a text of which so much is repeated was pasted together, not printed with running heads
_DIGITS = re.compile(r"[\d٠-٩]+")
_LETTER = re.compile(f"[A-Za-z{LETTERS_AND_TATWEEL}]")
_PAGE_NUMBER = re.compile(r"([-–—(\[|]?)\s*(?:صفحة|الصفحة|ص|page)?\s*([\d٠-٩]{1,4})(?:\s*(?:من|/|of)\s*[\d٠-٩]{1,4})?\s*([-–—)\]|]?)$", re.I)


def page_furniture(lines: Sequence[Line]) -> set[int]:
    """Places of lines that are repeated at the edges of pages or that number the pages.

    A page ends at a form feed or at more than one blank line; where a reader shows no such end, a repeated line beside
    numbers that go up tells. Numbers in such lines must go up from page to page.
    """
    ends = sum(line.new_page or line.blanks > 1 for line in lines)
    if not ends:
        return _numbered_heads(lines)
    if ends * _LEAST_LINES > len(lines):
        return set()
    shapes = [_DIGITS.sub("#", line.text) for line in lines]
    repeated = _repeated(lines, shapes)
    numbers = [i for i, line in enumerate(lines) if line.width <= 20 and _PAGE_NUMBER.match(line.text)]
    if not repeated and len(numbers) < 2:
        return set()
    places: dict[str, list[int]] = defaultdict(list)
    for i, shape in enumerate(shapes):
        if shape in repeated and _at_page_edge(lines, i):
            places[shape].append(i)
    heads = {i for shape, found in places.items() if _is_head([lines[i] for i in found], repeated[shape]) for i in found}
    return heads | _page_numbers(lines, [i for i in numbers if _at_page_edge(lines, i)])


def _numbered_heads(lines: Sequence[Line]) -> set[int]:
    """Lines `1`, `2`, … that each have the same short line on the same side, and those lines."""
    numbers = [i for i, line in enumerate(lines) if line.width <= WIDEST_NUMBER and _PAGE_NUMBER.match(line.text)]
    for side in (-1, 1) if len(numbers) > 1 else ():
        heads = {i: _DIGITS.sub("#", lines[i + side].text) for i in numbers if 0 <= i + side < len(lines)}
        for shape in set(heads.values()):
            found = [i for i, other in heads.items() if other == shape]
            are_pages = len(found) > 1 and _LETTER.search(shape) and _are_pages(lines, found) and _count_up(lines, found)
            if are_pages and _is_head([lines[i + side] for i in found], len(found)):
                return {*found, *(i + side for i in found)}
    return set()


def _are_pages(lines: Sequence[Line], numbers: Sequence[int]) -> bool:
    return all(sum(line.width for line in lines[a:b]) >= _SHORTEST_PAGE for a, b in pairwise(numbers))


def _count_up(lines: Sequence[Line], places: Sequence[int]) -> bool:
    counted = [int(_DIGITS.findall(lines[i].text)[0]) for i in places]
    return all(b - a == 1 for a, b in pairwise(counted))


def _repeated(lines: Sequence[Line], shapes: Sequence[str]) -> dict[str, int]:
    """Short lines that occur more than once, numbers aside, with their occurrences."""
    counts = Counter(shape for shape, line in zip(shapes, lines, strict=True) if line.width <= _LONGEST_HEAD)
    repeated = {shape: n for shape, n in counts.items() if n > 1 and _LETTER.search(shape)}
    return repeated if sum(repeated.values()) <= _REPEATED_TEXT * len(lines) else {}


def _is_head(lines: Sequence[Line], occurrences: int) -> bool:
    if len(lines) < max(2, 0.8 * occurrences) or lines[0].final:
        return False
    numbers = [[int(n) for n in _DIGITS.findall(line.text)] for line in lines]
    same = all(a == b for a, b in pairwise(numbers))
    return same or all(any(y - x in (1, 2) for x, y in zip(a, b, strict=False)) for a, b in pairwise(numbers))


def _page_numbers(lines: Sequence[Line], candidates: Sequence[int]) -> set[int]:
    """Numbers whose neighbour in the count of pages stands before or after on such a line too."""
    found: dict[int, int] = {}
    for i in candidates:
        match = _PAGE_NUMBER.match(lines[i].text)
        if match and bool(match.group(1)) == bool(match.group(3)):
            found[i] = int(match.group(2))
    return {
        i for i, n in found.items()
        if any((j > i and m - n in (1, 2)) or (j < i and n - m in (1, 2)) for j, m in found.items())
    }  # fmt: skip


def _at_page_edge(lines: Sequence[Line], i: int) -> bool:
    """Among the first or last two lines of a page."""
    if i < 2 or i + 3 > len(lines):
        return True
    return any(line.new_page or line.blanks > 1 for line in lines[max(i - 1, 0) : i + 3])
