"""Rows that broke at signs for alefs' stems: `أمم المتحدة6عن مكتب ال` for `عن مكتب الأمم المتحدة`, the later piece first.

pypdf takes figures and Latin letters for text from left to right, breaks a row there and gives its pieces from the last to the first
(measured; turned_lines.py does the like for figures). So it does at the number that it prints for a glyph without a code, where that
is such a character. A piece that a hamza or a lam-alef opens, which all others have a sign before, goes on behind one of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipeline.restore.characters import HAMZAS, LETTER, LETTERS_AND_MARKS, LETTERS_AND_TATWEEL
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.proclitics import CLITIC
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.turned_lines import BREAKS, LONGEST, reading_orders
from pipeline.restore.word_frequency import FLOOR, frequency, one_word_odds

_OTHERS = "\\[-`{-\xaa\xac-\xba\xbc-\xff"
_TOKEN = re.compile(f"{NUMERAL}|[A-Za-z]+(?: +[A-Za-z]+)*|[{_OTHERS}]|[«»]")
# What follows a stem's sign: a hamza, a lam-alef with one, or the rest of the divine name.
_OPENS = re.compile(f'[.،؛:؟!”)" ]*(?:ل?[{HAMZAS}]|له(?!{LETTER}))')
_LETTERS = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_FIRST, _LAST = re.compile(f"[{LETTERS_AND_MARKS}]+"), re.compile(f"[{LETTERS_AND_TATWEEL}{LETTERS_AND_MARKS}]+$")
# What the article or a lam leaves before the lam-alef that goes on.
_BEFORE_LAM = re.compile(f"{CLITIC}{{0,2}}(?:ا|ال|لل)|{CLITIC}?ل")
_STOPS = ".،؛:؟!"
_MOSTLY, _WORD = 0.6, 24


def stems_of_rows(text: str, others: Collection[str]) -> list[int]:
    """The places of such signs; `others` are signs that stand right before their hamzas."""
    stems = [(place, opens) for row in ARABIC_LINE.finditer(text) for place, opens in _stems(text, *row.span()) if text[place] not in others]
    found = Counter(text[place] for place, opens in stems if not opens)
    signs = {s for s, n in found.items() if n >= _MOSTLY * times_alone(text, s) and (n > 1 or not s.isdigit())}
    return [place for place, _ in stems if text[place] in signs]


def order_stem_rows(traced: Traced, stems: Collection[int]) -> Outcome:
    """Put all rows of a text that broke so in order, and take the signs out."""
    text, fluency = traced.text, Fluency()
    signs = "".join(map(re.escape, sorted({text[place] for place in stems})))
    breaks = re.compile(f"(?<![0-9A-Za-z])[{signs}](?![0-9A-Za-z])|{BREAKS.pattern}|[«»{_OTHERS}]")
    edits = []
    for row in ARABIC_LINE.finditer(text):
        if row.end() - row.start() > LONGEST:
            continue
        orders = reading_orders(text, *row.span(), breaks)
        parted = [_parts_stop(text, order, stems) for order in orders]
        orders = [_without(text, order, stems) for order, apart in zip(orders, parted, strict=True) if apart == min(parted)]
        readings = [read(text, order) for order in orders]
        reading, order = readings[0], orders[0]
        if len(orders) > 1:
            _, reading, order = max(zip(fluency.alone(readings), readings, orders, strict=True))
        if reading.split() != row.group().split():
            edits.append(reordered(traced, *row.span(), order))
    return rewrite(traced, "visual_order", edits, "rows broke at signs for the alef of hamzas", 0.9)


def times_alone(text: str, sign: str) -> int:
    """How often a sign stands in a text, as a figure or a word by itself if it is a digit or a letter."""
    return len(re.findall(f"(?<![0-9A-Za-z]){sign}(?![0-9A-Za-z])", text)) if sign.isalnum() else text.count(sign)


def _stems(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Characters of a row that may stand for a stem: a bare hamza opens the piece printed before. Whether one opens the row is told."""
    at = start
    for token in _TOKEN.finditer(text, start, end):
        if len(token.group()) == 1 and token.group() not in "«»" and _OPENS.match(text, at, token.start()):
            yield token.start(), not _LETTERS.search(text, token.end(), end)
        at = token.end()


def _parts_stop(text: str, order: Sequence[int], stems: Collection[int]) -> int:
    """How often an order sets a sign inside a word behind a stop."""
    signs = [place for place in order if place >= 0 and text[place] != " "]
    return sum(place in stems and text[before] in _STOPS for before, place in pairwise(signs))


def _without(text: str, order: Sequence[int], stems: Collection[int]) -> list[int]:
    """The order without the signs, no blank where they parted one word."""
    kept: list[int] = []
    parted = False
    for k, place in enumerate(order):
        is_blank = place < 0 or text[place] == " "
        if place in stems or (parted and is_blank):
            parted = True
            continue
        if parted:
            while kept and (kept[-1] < 0 or text[kept[-1]] == " "):
                kept.pop()
            if kept and not _is_one_word(read(text, kept[-_WORD:]), read(text, order[k : k + _WORD])):
                kept.append(BLANK)
            parted = False
        kept.append(place)
    return kept


def _is_one_word(before: str, behind: str) -> bool:
    """Whether the letters that a sign parted are one word."""
    last, first = _LAST.search(before), _FIRST.match(behind)
    if not last or not first:
        return False
    left, right = plain(last.group()), plain(first.group())
    if _BEFORE_LAM.fullmatch(left) or frequency(left) <= FLOOR:
        return True
    return frequency(left + right) > FLOOR and one_word_odds(left, right) > 1
