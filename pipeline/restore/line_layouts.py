"""How a printed line divides into tokens, and what a private or deleted figure at its left edge did to their order.

A reader takes a line's base direction from its first visual sign. Private glyphs count as left-to-right, so a run whose
last written sign is a private figure comes out in visual order: `34 … 12 …` for `… 12 … 34`; its figures and the text
between them stand in reversed order, a sign beside a figure on its other side (`%80` for `80%`). A layout for each
number of figures turned back says what stands where; deleted figures leave a blank at the line's start and double blanks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.restore.seams import Token, token

Span = tuple[int, int]
_SIGNS = "%٪.،:؛؟!»”)\\]"
_PRIVATE = f"([{_SIGNS}]*)([\ue000-\uf8ff]+(?:[.,][\ue000-\uf8ff]+)*)"
_FIGURE = re.compile(_PRIVATE)
_DELETED = re.compile(f"(?:^| )([{_SIGNS}]*)() ")
_TURNED = re.compile(f"\\s*{_PRIVATE}(?![\u0621-\u065f])|\\s*[{_SIGNS}]* ?[\ue000-\uf8ff]{{2}}")
_STRIPPED = re.compile(f" |[{_SIGNS}]+ ")
_WORD = re.compile(r"\S+")


class Layout(NamedTuple):
    """Tokens whose runs may be reversed, and their spans; then what was turned back and stands at the line's end.

    `first_cut_by` is the latest token at which a second run may begin, since figures before it would be turned too.
    """

    tokens: list[Token]
    spans: list[Span]
    tail: list[Token]
    tail_spans: list[Span]
    turned: int
    first_cut_by: int


def layouts(line: str, stripped: bool = False) -> list[Layout]:
    """The plain layout of a line, and one for each number of figures at its left that may have been turned.

    `stripped` says that the text's figures were deleted.
    """
    spans = [m.span() for m in _WORD.finditer(line)]
    tokens = [token(line[slice(*span)]) for span in spans]
    plain = Layout(tokens, spans, [], [], 0, len(tokens))
    if _TURNED.match(line):
        return [plain, *_turned(line, _FIGURE)]
    if stripped and _STRIPPED.match(line) and "  " in line.strip():
        return [plain, *_turned(line, _DELETED)]
    return [plain]


def _turned(line: str, figure: re.Pattern[str]) -> list[Layout]:
    figures = list(figure.finditer(line))
    found = []
    tail: list[Span] = []
    at = figures[0].start()
    for k, match in enumerate(figures):
        tail = [match.span(2), match.span(1), *_text_between(line, at, match.start()), *tail]
        at = match.end()
        rest = [(m.start() + at, m.end() + at) for m in _WORD.finditer(line[at:])]
        limit = figures[k + 1].start() if k + 1 < len(figures) else len(line)
        first_cut_by = sum(start < limit for start, _ in rest)
        blank = [(at, at + 1)] if line[at : at + 1] == " " else []
        spans = [span for span in [*blank, *tail] if span[0] < span[1]]
        shown = [token(t) for s, e in spans for t in line[s:e].split()]
        found.append(Layout([token(line[s:e]) for s, e in rest], rest, shown, spans, k + 1, first_cut_by))
    return [one for one in found if one.tokens]


def _text_between(line: str, start: int, end: int) -> list[Span]:
    """A stretch between two figures with its outer blanks as pieces of their own, in the order that undoes the turn."""
    text = line[start:end]
    if not text.strip():
        return [(start, end)]
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    return [(start + right, end), (start + left, start + right), (start, start + left)]
