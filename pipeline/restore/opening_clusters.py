"""Lines that open with a letter and mark which an earlier piece of their row has already: `يّرة` behind `يسمّ` for `مسيّرة`.

Typst gives the glyphs of letter and mark both the code of the cluster; pdfium begins a line at the mark's, and the word before
it, whose last letter the mark is on, comes out reversed (measured). Clusters printed twice within a line are doubled_clusters.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.restore.characters import FATHATAN, LETTER, MARK
from pipeline.restore.numerals import DIGITS
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.rewriting import near_marks, reordered, rewrite
from pipeline.restore.row_divisions import Cuts
from pipeline.restore.traced import Edit, Outcome, Traced

_OPENING = re.compile(f" *(?:(?P<mark>{MARK}{{1,2}})(?P<letter>{LETTER})|(?P<bearer>{LETTER})(?P<marks>{MARK}{{1,2}}))")
_OPENS = re.compile(f"(?m)^ *(?:{MARK}{{1,2}}{LETTER}|{LETTER}{MARK})")
# A word at a line's end or before a figure, which begins a stretch of its own.
_LAST = re.compile(f"(?<![^\\s({{\\[«“”])(?:{LETTER}|{MARK})+(?= *(?:$|[{DIGITS}]))", re.M)
_FIGURE = re.compile(f"[{DIGITS}]")
_ALEF = "ا"
_FEWEST, _NEAR = 2, 3


class Openings(NamedTuple):
    """A text without repeated clusters, and where in it lines stand that were cut at one."""

    outcome: Outcome
    told: Cuts


class _Repeat(NamedTuple):
    """A cluster that opens a line: the lines' number, its span with the blanks around it, and the word that has it, too, if in visual order."""

    line: int
    start: int
    end: int
    word: re.Match[str]
    turned: bool


def without_repeated_clusters(traced: Traced) -> Openings:
    """Take out the clusters that open lines, and turn the words that have them, in a text with several."""
    text = traced.text
    if not _OPENS.search(near_marks(text)):
        return Openings(Outcome(traced), {})
    lines = [m.span() for m in FILLED_LINE.finditer(text)]
    repeats = list(_repeats(text, lines))
    if len(repeats) < _FEWEST:
        return Openings(Outcome(traced), {})
    edits = sorted([*(_without(text, r) for r in repeats), *(_in_reading_order(traced, r) for r in repeats if r.turned)])
    outcome = rewrite(traced, "overprint", edits, "a letter and its mark were printed with the word before and once more", 0.9)
    return Openings(outcome, _behind(edits, _cuts(text, lines, repeats)))


def _repeats(text: str, lines: list[tuple[int, int]]) -> Iterator[_Repeat]:
    taken: set[int] = set()
    for number, (start, end) in enumerate(lines):
        opening = _OPENING.match(text, start, end)
        if not opening:
            continue
        mark, letter = opening["mark"] or opening["marks"], opening["letter"] or opening["bearer"]
        near = lines[min(number + _NEAR, len(lines) - 1)][1]
        for word in _LAST.finditer(text, opening.end(), near):
            turned = _is_turned(word.group(), mark, letter)
            if word.start() not in taken and (turned or _has(word.group(), mark, letter)):
                taken.add(word.start())
                rest = re.compile(" *").match(text, opening.end(), end)
                yield _Repeat(number, start, rest.end() if rest else opening.end(), word, turned)
                break


def _has(word: str, mark: str, letter: str) -> bool:
    """Whether a word ends in the cluster."""
    return word.endswith((letter + mark, mark + letter) if mark + letter == FATHATAN + _ALEF else letter + mark)


def _is_turned(word: str, mark: str, letter: str) -> bool:
    """Whether the word, its letters in reverse, ends in the cluster, whose mark stayed."""
    return (
        len(word) > 1 + len(mark)
        and word[0] == letter
        and word.endswith(mark)
        and not re.search(MARK, word[: -len(mark)])
        and not _has(word, mark, letter)
    )


def _without(text: str, repeat: _Repeat) -> Edit:
    """The cluster taken out, with its line where nothing else stands there."""
    alone = text[repeat.end : repeat.end + 1] in ("\n", "")
    return Edit(repeat.start, min(repeat.end + alone, len(text)), "")


def _in_reading_order(traced: Traced, repeat: _Repeat) -> Edit:
    start, end = repeat.word.span()
    letters = re.compile(f"{LETTER}+").match(traced.text, start)
    size = letters.end() if letters else end
    order = [*range(size - 1, start - 1, -1)]
    marks = [*range(size, end)]
    tanwin = traced.text[start] == _ALEF and traced.text[size:end] == FATHATAN
    return reordered(traced, start, end, [*order[:-1], *marks, *order[-1:]] if tanwin else order + marks)


def _cuts(text: str, lines: list[tuple[int, int]], repeats: list[_Repeat]) -> Iterator[tuple[int, int]]:
    """Where the bodies of lines begin that were cut, and the words before them end where that is known.

    They are cut behind such a cluster, before a line that is nothing else, and at another marked letter.
    """
    found = {r.line: r for r in repeats}
    for number, (start, end) in enumerate(lines):
        repeat, following = found.get(number), found.get(number + 1)
        opening = _OPENING.match(text, start, end)
        body = end - len(text[start:end].lstrip())
        if repeat and repeat.end < end:
            yield repeat.end, -1 if _FIGURE.search(text, body, end) else repeat.word.end()
        elif not repeat and following and following.end >= lines[number + 1][1]:
            yield body, -1 if _FIGURE.search(text, body, end) else following.word.end()
        elif not repeat and opening and opening["bearer"]:
            yield body, -1


def _behind(edits: list[Edit], cuts: Iterator[tuple[int, int]]) -> dict[int, int]:
    """Places of a text as they are behind edits."""
    return {_moved(place, edits): _moved(word, edits) for place, word in cuts}


def _moved(place: int, edits: list[Edit]) -> int:
    return place - sum(min(e.end, place) - e.start - min(len(e.after), place - e.start) for e in edits if e.start < place)
