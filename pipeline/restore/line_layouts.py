"""How a printed line divides into tokens, and what a private or deleted figure or Latin words at its left edge did to their order.

A reader takes a line's base direction from its first visual sign. Private glyphs count as left-to-right, as Latin does,
so a run whose last written sign is one comes out in visual order: `34 … 12 …` for `… 12 … 34`; its figures and the text
between them stand in reversed order, a sign beside a figure on its other side (`%80` for `80%`). A layout for each
number of figures turned back says what stands where; deleted figures leave a blank at the line's start and double blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.restore.characters import LATIN
from pipeline.restore.habits import ENDS_STOPPED, Habits
from pipeline.restore.seams import Token, token
from pipeline.restore.units import FIGURE, GAP

Span = tuple[int, int]
_SIGNS = "%٪.،:؛؟!»”)\\]"
LATIN_RUN = f"[{LATIN}](?:[^\u0600-\u06ff\ue000-\uf8ff()]*[{LATIN}0-9])?"
_PRIVATE = f"([{_SIGNS}]*)([\ue000-\uf8ff]+(?:[.,][\ue000-\uf8ff]+)*|{LATIN_RUN})"
_FIGURE = re.compile(_PRIVATE)
_DELETED = re.compile(f"(?:^| )([{_SIGNS}]*)() ")
_TURNED = re.compile(f"\\s*{_PRIVATE}(?![\u0621-\u065f])|\\s*[{_SIGNS}]* ?[\ue000-\uf8ff]{{2}}")
_STRIPPED = re.compile(f" |[{_SIGNS}]+ ")
# The signs that stood before a figure and now stand behind it, and their blank: `1867( أما والده` for `أما والده (1867`.
_BEFORE_FIGURE = re.compile(' |[(«“"\\[/:]+ ?')
_ARABIC = re.compile("[\u0621-\u065f\u0670](?:.*[\u0621-\u065f\u0670])?")
_SIGN = re.compile(f"[0-9{LATIN}]+(?:[.,:/][0-9{LATIN}]+)*|.")
_WORD = re.compile(r"\S+")


class Layout(NamedTuple):
    """Tokens whose runs may be reversed, and their spans; then what was turned back and stands at the line's end.

    `first_cut_by` is the latest token at which a second run may begin, since figures before it would be turned too;
    `gaps` are the tokens behind which a blank stands because a run ends there, `unexplained` the number of other such blanks.
    """

    tokens: list[Token]
    spans: list[Span]
    tail: list[Token]
    tail_spans: list[Span]
    turned: int
    first_cut_by: int
    gaps: frozenset[int] = frozenset()
    unexplained: int = 0


def layouts(line: str, shown: Habits) -> list[Layout]:
    """The plain layout of a line, and one for each number of figures at its left that may have been turned."""
    spans = [m.span() for m in _WORD.finditer(line)]
    tokens = [token(line[slice(*span)]) for span in spans]
    if shown.stripped and GAP in line:
        tokens = [_before_gap(one) if line.startswith(GAP, end) else one for one, (_, end) in zip(tokens, spans, strict=True)]
    found = [Layout(tokens, spans, [], [], 0, len(tokens))]
    if _TURNED.match(line):
        found += _turned(line, _FIGURE)
    elif shown.stripped and _STRIPPED.match(line) and "  " in line.strip():
        found += _turned(line, _DELETED)
    if shown.gapped or shown.trailing:
        return [reading for one in found for reading in _explained(one, _gaps(line, one.spans))]
    if shown.stopped and ENDS_STOPPED.search(line):
        return [reading for one in found for reading in _explained(one, frozenset({len(one.spans) - 1}))]
    return found


def _explained(layout: Layout, gaps: frozenset[int]) -> list[Layout]:
    """The layout with its odd blanks as accidents, and as ends of runs."""
    return [layout._replace(unexplained=len(gaps)), layout._replace(gaps=gaps)] if gaps else [layout]


def _gaps(line: str, spans: Sequence[Span]) -> frozenset[int]:
    last = len(line.rstrip("\n"))
    return frozenset(k for k, (_, end) in enumerate(spans) if line.startswith(GAP, end) or (k == len(spans) - 1 and end < last))


def _before_gap(one: Token) -> Token:
    """A token behind which a figure was deleted: it ends in that figure and meets no other half."""
    return one._replace(units=(*one.units, FIGURE), last="", ends="")


def _turned(line: str, figure: re.Pattern[str]) -> list[Layout]:
    figures = list(figure.finditer(line))
    found = []
    tail: list[Span] = []
    at = figures[0].start()
    for k, match in enumerate(figures):
        tail = [match.span(2), *_turned_back(line, at, match.start(2)), *tail]
        at = match.end()
        before = _BEFORE_FIGURE.match(line, at)
        start = before.end() if before else at
        rest = [m.span() for m in _WORD.finditer(line, start)]
        limit = figures[k + 1].start() if k + 1 < len(figures) else len(line)
        first_cut_by = sum(start < limit for start, _ in rest)
        spans = [span for span in [*_turned_back(line, at, start), *tail] if span[0] < span[1]]
        shown = [token(t) for s, e in spans for t in line[s:e].split()]
        found.append(Layout([token(line[s:e]) for s, e in rest], rest, shown, spans, k + 1, first_cut_by))
    return [one for one in found if any(token.first for token in one.tokens)]


def _turned_back(line: str, start: int, end: int) -> list[Span]:
    """The pieces of a stretch beside a figure in the order that undoes its turn: signs at its edges change sides, the text between stays as it is."""
    words = _ARABIC.search(line, start, end)
    core = words.span() if words else (end, end)
    signs = [[m.span() for m in _SIGN.finditer(line, *edge)] for edge in ((core[1], end), (start, core[0]))]
    return [*reversed(signs[0]), core, *reversed(signs[1])]
