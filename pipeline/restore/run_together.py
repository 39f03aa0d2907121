"""Texts without blanks: `وصلتالسفينةإلىالمرفأ` for `وصلت السفينة إلى المرفأ`, also from left to right and one letter a line.

LuaTeX draws right-to-left words letter by letter and nothing between them; pdfminer, pdfium, PDFBox and pypdf then see no blanks,
all but pdfminer in visual order, and pdftotext -raw begins a line at each letter. Where a glyph stands off the line, pdfium
cuts the row: blanks, the only ones, stand around it, the pieces in reading order, each turned (measured). Texts that
lost some of their blanks are glued_words.py's, those whose letters' shapes show the words shaped_words.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from pipeline.restore.characters import IN_WORDS, LETTERS, LETTERS_AND_MARKS, MARKS
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import PER, plain
from pipeline.restore.numerals import CODED_DIGITS, CODED_NUMERAL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, read, reordered, rewrite
from pipeline.restore.shaped_words import joint_score
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import MIRROR, reading_order, unpaired
from pipeline.restore.word_frequency import FLOOR, frequency

_LINE = re.compile("[^\n]+")
_RUN = re.compile(f"[{LETTERS_AND_MARKS}]+")
_LETTER = re.compile(f"[{LETTERS}]")
_FIGURE_OR_RUN = re.compile(f"{CODED_NUMERAL}|[^{CODED_DIGITS} ]+")
_LONE = re.compile(f"(?m)^[{IN_WORDS}]$")
# Runs of letters as no word is; words that stand apart.
_LONG = re.compile(f"[{LETTERS_AND_MARKS}]{{16,}}")
_APART = re.compile(f"[{LETTERS}]{{2}} (?=[{LETTERS}]{{2}})")
_FEWEST_LETTERS, _LEAST_LONE, _LEAST_LONG, _WIDTH, _LINE_WIDTH = 150, 0.6, 0.5, 7, 60
_LONGEST, _SHORTEST = 14, 2
_SAMPLE = 12
_STOP, _OPEN, _CLOSE, _QUOTES = "،؛:.!؟", "([«", ")]»", '"”“'
_SURE, _EACH = 0.9, 1.5


def restore_run_together(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set the blanks of a text that has none, its lines first put in reading order."""
    text = traced.text
    if len(text) < _WIDTH * text.count(" ") or len(text) < _LINE_WIDTH * len(_APART.findall(text)):
        return Outcome(traced)
    joined = _join_letters(traced)
    if sum(map(len, _LONG.findall(joined.traced.text))) < max(_FEWEST_LETTERS, _LEAST_LONG * len(joined.traced.text)):
        return Outcome(traced)
    turned = _turn(joined.traced)
    return chain(joined, turned, _part(turned.traced))


def _join_letters(traced: Traced) -> Outcome:
    """Lines of one letter joined, in a text that has hardly any other."""
    text = traced.text
    lone = len(_LONE.findall(text))
    if lone < _FEWEST_LETTERS or lone < _LEAST_LONE * text.count("\n"):
        return Outcome(traced)
    edits = [Edit(m.start(), m.end(), "") for m in re.finditer("\n+(?=[^\n])", text)]
    return rewrite(traced, "line_join", edits, "one letter stands on each line", _SURE)


def _turn(traced: Traced) -> Outcome:
    """Lines in visual order turned, where the text reads better so."""
    lines = [m.span() for m in _LINE.finditer(traced.text) if _LETTER.search(m.group())]
    ways = [[way(traced.text, *line) for line in lines] for way in (_as_printed, _pieces_turned, _runs_turned)]
    told = [sum(map(_line_score, (read(traced.text, order) for order in way[:_SAMPLE]))) for way in ways]
    way = ways[told.index(max(told))]
    if way is not ways[0] and any(c.isdigit() for c in traced.text):
        fluency = Fluency()
        flow = [sum(fluency.alone(_blanks_set(read(traced.text, order)) for order in w)) for w in ways[1:]]
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
    return sum(_words(plain(run))[0] for run in _RUN.findall(line))


@lru_cache(maxsize=5_000)
def _words(run: str) -> tuple[float, tuple[int, ...]]:
    """The likeliest words that a run of plain letters is made of: log probability and lengths."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        options = [
            (best[at][0] + _score(run[at - best[at][1][-1] : at] if best[at][1] else "", run[at:end]), (*best[at][1], end - at))
            for at in range(max(0, end - _LONGEST), end - _SHORTEST + 1)
            if best[at][0] > float("-inf")
        ]
        best.append(max(options, default=(float("-inf"), ())))
    return best[-1] if best[-1][1] else (_score("", run), (len(run),))


@lru_cache(maxsize=50_000)
def _score(before: str, word: str) -> float:
    """Log probability of a word behind another one, also of one that was never seen but its stem; less what each word costs."""
    known = frequency(word)
    told = joint_score(before, word)
    return (max(told, math.log(known / PER)) if known > FLOOR else told) - _EACH


def _part(traced: Traced) -> Outcome:
    edits = [reordered(traced, at - 1, at, [at - 1, BLANK]) for at in _blanks(traced.text)]
    return rewrite(traced, "glued_word", edits, "the text has no blanks; these are the likeliest words", _SURE)


def _blanks_set(line: str) -> str:
    places = set(_blanks(line))
    return "".join(c + (" " if i + 1 in places else "") for i, c in enumerate(line))


def _blanks(text: str) -> list[int]:
    """The places before which a blank is missing: between words, behind stops, around figures and brackets."""
    found = {at for m in _RUN.finditer(text) for at in _ends(m)}
    return sorted(found | set(_beside_signs(text)))


def _ends(run: re.Match[str]) -> Iterator[int]:
    """The places inside a run of letters and marks where words end; marks belong to the letter before."""
    letters = [i for i, c in enumerate(run.group()) if _LETTER.match(c)]
    ends = accumulate(_words(plain(run.group()))[1])
    yield from (run.start() + letters[end] for end in ends if end < len(letters))


def _beside_signs(text: str) -> Iterator[int]:
    quoted = False
    for at, (left, right) in enumerate(pairwise(text), 1):
        if left in _QUOTES:
            quoted = not quoted
        elif left == "\n":
            quoted = False
        if " " in (left, right) or "\n" in (left, right):
            continue
        if _parted(left, right, quoted):
            yield at


def _parted(left: str, right: str, quoted: bool) -> bool:
    """Whether a blank belongs between two characters; `quoted` if behind the left one a quotation is open."""
    word, next_word = left.isalpha() or left in MARKS, right.isalpha()
    if right in _QUOTES:
        return not quoted and left not in _OPEN
    if left in _QUOTES:
        return not quoted and (next_word or right.isdigit() or right in _OPEN)
    if left in _STOP:
        return next_word or right in _OPEN or (right.isdigit() and left in "،؛؟!")
    if left in _CLOSE:
        return next_word or right.isdigit() or right in _OPEN or right in "-–"
    if right in _OPEN:
        return word or left.isdigit()
    if left in "-–" or right in "-–":
        return (word or next_word or left in _CLOSE) and not (left.isdigit() and right.isdigit())
    return (word and right.isdigit()) or (left.isdigit() and next_word)
