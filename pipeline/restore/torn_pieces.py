"""Pieces of a page whose rows fell apart at their figures: what each printed line is, and at which ends it was torn off.

A blank at an end shows that a figure stood there: pdfminer makes a line of its own of each figure that LibreOffice, Typst and
cairo draw by itself. A short word beside a figure stays with it, the portions as they were drawn, each turned (measured). Signs that
a font lacks (Noto Kufi, Kacst) come from another one and are drawn by themselves, too; they lean on one of their neighbours or both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LETTERS_AND_TATWEEL, MARK
from pipeline.restore.line_widths import line_width
from pipeline.restore.numerals import DIGITS, NUMERAL
from pipeline.restore.physical_lines import FILLED_LINE_OF_PAGE
from pipeline.restore.rewriting import BLANK, read

_FIGURE = re.compile(f"{NUMERAL}[%٪]?")
_NUMERAL = re.compile(NUMERAL)
# Figures with nothing but `و` between them: `65 و70`.
_FIGURES = re.compile(f" *{_FIGURE.pattern}(?: *و? *{_FIGURE.pattern})* *")
# A stop that was drawn with the figure stands behind it, whatever side it was printed on.
_STOPPED = re.compile(f" *([.،؛:!؟]*) *({_FIGURE.pattern})([.،؛:!؟]*) *")
_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_OPENS, _CLOSES = re.compile("[ .,،؛:!؟)»”%٪/]"), re.compile("[ («“/]")
_SIGNS = f'(?:[-–—/.,:;،؛؟!?()\\[\\]«»“”"…% ]|{MARK})+'
SIGNS_ALONE = re.compile(f"(?m)^{_SIGNS}$")
_OPENING = "«“(["
_LEANS_BACK, _LEANS_ON, _DASH = re.compile(f"[^{re.escape(_OPENING)}]"), re.compile(f"(?:[{re.escape(_OPENING)}/-]|{MARK})$"), re.compile("[-–—]")
_LEANING = re.compile("[.،؛:؟!»”)]")
# So many signs, all and for each text, show that signs are drawn by themselves; LibreOffice leaves blanks where many stood in their
# row, so that blanks tell little of the others.
_FEWEST_SIGNS, _SHARE, _MOST_BLANKS = 3, 0.1, 0.1
_CLITIC = re.compile("(?:^|[ .،])[وبلكف]$")
# A word beside a figure is in reach of it where it is no longer than two wide letters.
_LONGEST_BESIDE = 6
_NEARLY, _NEARLY_WIDEST = 0.85, 3


class Piece(NamedTuple):
    """A printed line with its outer blanks, and the places of its characters as they read, without them.

    Its ends are torn where a figure went missing (`opens`, `closes`), most often at a blank (`blank_before`, `blank_behind`);
    a figure has no torn ends, a sign by itself no width; it `is_sign` where signs were drawn by themselves and blanks tell what they
    lean on. `box` counts the lines that no blank line parts.
    """

    start: int
    end: int
    places: tuple[int, ...]
    text: str
    is_figure: bool
    opens: bool
    closes: bool
    blank_before: bool
    blank_behind: bool
    width: float
    box: int
    is_sign: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is words rather than a figure or signs."""
        return self.width > 0 and not self.is_figure

    @property
    def stands_off(self) -> bool:
        """Whether it begins with a blank or a sign that leans on what stands before it."""
        return self.blank_before or _LEANING.match(self.text) is not None

    @property
    def leans_back(self) -> bool:
        """Whether signs lean on what stands before them: they close or join."""
        return not self.blank_before and _LEANS_BACK.match(self.text) is not None and not _DASH.fullmatch(self.text)

    @property
    def leans_on(self) -> bool:
        """Whether signs lean on what stands behind them: they open or join."""
        return not self.blank_behind and _LEANS_ON.search(self.text) is not None and not _DASH.fullmatch(self.text)

    @property
    def begins_with_figure(self) -> bool:
        return self.is_text and _NUMERAL.match(self.text) is not None

    @property
    def ends_with_figure(self) -> bool:
        return self.is_text and re.fullmatch(f"[{DIGITS}%٪]", self.text[-1]) is not None


def pieces_of(text: str) -> Iterator[list[Piece]]:
    """The pieces of each page; a blank line begins a new box."""
    page: list[Piece] = []
    at = box = 0
    for line in FILLED_LINE_OF_PAGE.finditer(text):
        between = text[at : line.start()]
        if "\f" in between:
            # A form feed right behind text came with the line when it was turned.
            first = page[-1:] if between.lstrip(" ").startswith("\f") else []
            yield _with_signs(page[: len(page) - len(first)])
            page = first
        box += between.count("\n") > 1
        page.append(_piece(text, line.start(), line.end(), box))
        at = line.end()
    yield _with_signs(page)


def _with_signs(page: list[Piece]) -> list[Piece]:
    """The pieces of a page, its signs among them if they were drawn by themselves."""
    signs = [k for k, p in enumerate(page) if not (p.is_figure or p.is_text) and SIGNS_ALONE.fullmatch(p.text)]
    texts = [p.text for p in page if p.is_text]
    if len(signs) < max(_FEWEST_SIGNS, _SHARE * len(texts)) or sum(text.count("  ") for text in texts) > _MOST_BLANKS * len(signs):
        return page
    for k in signs:
        page[k] = page[k]._replace(is_sign=True)
    return page


def _piece(text: str, start: int, end: int, box: int) -> Piece:
    places = _as_read(text, start, end)
    shown = read(text, places)
    told = shown.strip(" ")
    is_figure = _FIGURES.fullmatch(told) is not None or _STOPPED.fullmatch(told) is not None
    is_text = not is_figure and _LETTER.search(shown) is not None
    opens = is_text and _OPENS.match(shown) is not None
    closes = is_text and (_CLOSES.match(shown[-1]) is not None or _CLITIC.search(shown) is not None)
    inner = tuple(places[len(shown) - len(shown.lstrip(" ")) : len(shown.rstrip(" "))])
    width = line_width(told) if is_figure or is_text else 0.0
    return Piece(start, end, inner, told, is_figure, opens, closes, shown[0] == " ", shown[-1] == " ", width, box)


def _as_read(text: str, start: int, end: int) -> list[int]:
    """Places of a line's characters; where short words stand beside figures, its portions from the last to the first."""
    stopped = _STOPPED.fullmatch(text, start, end)
    if stopped:
        return [*range(*stopped.span(2)), *range(*stopped.span(3)), *reversed(range(*stopped.span(1)))]
    figures = list(_FIGURE.finditer(text, start, end))
    if not figures or not _LETTER.search(text, start, end):
        return [*range(start, end)]
    edges = [start, *(edge for figure in figures for edge in figure.span()), end]
    portions = [(a, b) for a, b in pairwise(edges) if a < b]
    if len(portions) < 2 or any(len(text[a:b].strip(" ")) > _LONGEST_BESIDE for a, b in portions):
        return [*range(start, end)]
    places: list[int] = []
    for a, b in reversed(portions):
        if places and _LETTER.match(text[a]) and places[-1] != BLANK and text[places[-1]] not in " و":
            places.append(BLANK)
        places += range(a, b)
    return places


def full_width(pieces: Sequence[Piece]) -> float:
    """How wide full rows are: the middle one of the lines nearly as wide as the third widest."""
    ordered = sorted(p.width for p in pieces if not p.is_figure)
    wide = [w for w in ordered if w > _NEARLY * ordered[-_NEARLY_WIDEST:][0]]
    return wide[len(wide) // 2] if wide else 0.0
