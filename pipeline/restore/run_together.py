"""Texts without blanks: `وصلتالسفينةإلىالمرفأ` for `وصلت السفينة إلى المرفأ`, also from left to right and one letter a line.

LuaTeX draws right-to-left words letter by letter and nothing between them; pdfminer, pdfium, PDFBox and pypdf then see no blanks,
all but pdfminer in visual order, and pdftotext -raw begins a line at each letter. Where a glyph stands off the line, pdfium
cuts the row: blanks, the only ones, stand around it, the pieces in reading order, each turned (measured). Texts that
lost some of their blanks are glued_words.py's, those whose letters' shapes show the words shaped_words.py's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.restore.characters import LETTERS, LETTERS_AND_MARKS
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.lettered_rows import join_letters
from pipeline.restore.numerals import CODED_DIGITS, CODED_NUMERAL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, read, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import MIRROR, reading_order, unpaired
from pipeline.restore.word_divisions import RUN, divided, missing_blanks, with_blanks

_LINE = re.compile("[^\n]+")
_LETTER = re.compile(f"[{LETTERS}]")
_FIGURE_OR_RUN = re.compile(f"{CODED_NUMERAL}|[^{CODED_DIGITS} ]+")
# Runs of letters as no word is; words that stand apart.
_LONG = re.compile(f"[{LETTERS_AND_MARKS}]{{16,}}")
_APART = re.compile(f"[{LETTERS}]{{2}} (?=[{LETTERS}]{{2}})")
_FEWEST_LETTERS, _LEAST_LONG, _WIDTH, _LINE_WIDTH = 150, 0.5, 7, 60
_SAMPLE, _SURE = 12, 0.9


def restore_run_together(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set the blanks of a text that has none, its lines first put in reading order."""
    text = traced.text
    if len(text) < _WIDTH * text.count(" ") or len(text) < _LINE_WIDTH * len(_APART.findall(text)):
        return Outcome(traced)
    joined = join_letters(traced)
    if sum(map(len, _LONG.findall(joined.traced.text))) < max(_FEWEST_LETTERS, _LEAST_LONG * len(joined.traced.text)):
        return Outcome(traced)
    # Letters that stood on lines of their own are in reading order.
    turned = Outcome(joined.traced) if joined.changes else _turn(joined.traced)
    return chain(joined, turned, _part(turned.traced))


def _turn(traced: Traced) -> Outcome:
    """Lines in visual order turned, where the text reads better so."""
    lines = [m.span() for m in _LINE.finditer(traced.text) if _LETTER.search(m.group())]
    ways = [[way(traced.text, *line) for line in lines] for way in (_as_printed, _pieces_turned, _runs_turned)]
    told = [sum(map(_line_score, (read(traced.text, order) for order in way[:_SAMPLE]))) for way in ways]
    way = ways[told.index(max(told))]
    if way is not ways[0] and any(c.isdigit() for c in traced.text):
        fluency = Fluency()
        flow = [sum(fluency.alone(with_blanks(read(traced.text, order)) for order in w)) for w in ways[1:]]
        way = ways[1 + (flow[1] > flow[0])]
    edits = []
    for line, order in zip(lines, way, strict=True):
        after = read(traced.text, order)
        after = min((after.translate(MIRROR), after) if way is not ways[0] else (after, after.translate(MIRROR)), key=unpaired)
        if after != traced.text[slice(*line)]:
            edits.append(Edit(*line, after, [traced.origin.item(place) for place in order]))
    return rewrite(traced, "visual_order", edits, "words are found when the letters are turned, and not as they stand", _SURE)


def _as_printed(_text: str, start: int, end: int) -> list[int]:
    return [*range(start, end)]


def _pieces_turned(text: str, start: int, end: int) -> list[int]:
    """Each piece of a line turned, figures kept; the blanks between pieces, which are cuts, left out."""
    return [m.start() + i for m in re.finditer("[^ ]+", text[start:end]) for i in _shifted(reading_order(m.group()), start)]


def _shifted(order: list[int], by: int) -> list[int]:
    return [by + place for place in order]


def _runs_turned(text: str, start: int, end: int) -> list[int]:
    """Each run between figures turned in its place."""
    order: list[int] = []
    for m in _FIGURE_OR_RUN.finditer(text[start:end]):
        places = range(start + m.start(), start + m.end())
        order += places if m.group()[0].isdigit() else reversed(places)
    return order


@lru_cache(maxsize=1_000)
def _line_score(line: str) -> float:
    return sum(divided(plain(run))[0] for run in RUN.findall(line))


def _part(traced: Traced) -> Outcome:
    edits = [reordered(traced, at - 1, at, [at - 1, BLANK]) for at in missing_blanks(traced.text)]
    return rewrite(traced, "glued_word", edits, "the text has no blanks; these are the likeliest words", _SURE)
