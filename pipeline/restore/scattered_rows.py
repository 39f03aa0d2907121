"""Rows that fell apart at their figures, the pieces printed on lines of their own: pdfminer on LibreOffice, Typst and cairo.

` كيلومترا من`, `40`, `على بعد ` on three lines for `على بعد 40 كيلومترا من` (measured): a figure drawn by itself makes a line of its
own, pieces of a row come from left to right or with their neighbours above and below. A piece shows where it was torn off by
a blank at that end. Rows that MuPDF breaks, whose figures stay with their piece, are broken_rows.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import IN_WORDS, LETTERS_AND_TATWEEL
from pipeline.restore.figure_contexts import neighbours
from pipeline.restore.figure_joints import figure_joints
from pipeline.restore.figure_model import EVIDENCE, FigureModel, key_of
from pipeline.restore.line_widths import line_width
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.physical_lines import FILLED_LINE_OF_PAGE
from pipeline.restore.proclitics import CLITIC
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite
from pipeline.restore.touching_figures import figures_touch
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_FIGURE = re.compile(f"(?m)^ *{NUMERAL}[%٪]? *$")
_TORN_START, _TORN_END = re.compile(f'(?m)^ +(?=[{LETTERS_AND_TATWEEL}«“"(])'), re.compile(f"(?m)[{IN_WORDS}] +$")
_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_OPENS, _CLOSES = re.compile("[ .,،؛:!؟)»”%٪/]"), re.compile("[ («“/]")
_CLITIC = re.compile(f"(?:^|[ .،]){CLITIC}$")
_SENTENCE_END = re.compile('[.؟!:»”"] *$')
_FEWEST, _MOST_FIGURES, _MOST_PIECES, _LEAST_WHOLE = 2, 1.5, 200, 0.25
_REACH, _PATIENCE, _BEAM, _RIVALS = 10, 6, 150, 2
_WORDS = 4
_MOST_FILLED, _FULL = 1.12, 0.85
# Costs in log odds: a torn end that finds no figure, one where blanks do not tell, a figure by itself, pieces printed out of turn.
_UNMET, _UNMET_BLANK, _LONE, _AWAY, _APART, _OUT_OF_TURN, _EDGE = 6.0, 0.3, 3.0, 0.5, 0.25, 4.0, 1.0
_MARGIN = 2.0
_DIGITS = re.compile("[0-9]+")
_SEEN, _PLAIN, _MOST_FIT = 48, 2, 4.0
# How far the width of a full row may be from the column's, by its letters, and what it tells at most.
_UNDER, _OVER, _EXACT, _LEAST_TOLD = 0.06, 0.04, 2.0, -4.0
_NEARLY, _MOST_IN_ORDER, _NEAR_END = 0.85, 0.3, 4
# A joint's log odds by the scorer where chance is as likely, how much of what they differ from it counts, and the most that does.
_NEUTRAL, _TELLS, _MOST, _BADLY = 1.8, 0.5, 6.0, -1.0
_PLACE_TELLS = 0.25
TRACES: tuple[Trace, ...] = ((" ", "\n"),)


class _Piece(NamedTuple):
    """A printed line: its span without outer blanks, whether its ends are torn, and its width; a figure has no torn ends."""

    start: int
    end: int
    is_figure: bool
    opens: bool
    closes: bool
    width: float


class _State(NamedTuple):
    """Rows put together so far, each a tuple of pieces' numbers, and the score."""

    score: float
    rows: tuple[tuple[int, ...], ...]


def restore_scattered_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Join pieces of rows around the figures at which they fell apart, in a text with several lines of figures alone."""
    text = traced.text
    if not ("\n " in text and " \n" in text) or not all(len(trace.findall(text)) >= _FEWEST for trace in (_FIGURE, _TORN_START, _TORN_END)):
        return Outcome(traced)
    # Figures alone on their lines may be page numbers.
    if figures_touch(text):
        return Outcome(traced)
    pieces = [_piece(m) for m in FILLED_LINE_OF_PAGE.finditer(text)]
    column = _full_width([p.width for p in pieces if not p.is_figure])
    pages = [_Page(text, page, column) for page in _pages(text, pieces) if _fell_apart(page, column)]
    edits = [edit for page in pages for edit in page.edits(traced)]
    doubts = [doubt for page in pages for doubt in page.doubts(traced)]
    outcome = rewrite(traced, "visual_order", edits, "a row fell apart at its figures, each piece on a line of its own", 0.85)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _piece(line: re.Match[str]) -> _Piece:
    shown = line.group()
    start = line.start() + len(shown) - len(shown.lstrip(" "))
    end = line.start() + len(shown.rstrip(" "))
    is_figure = _FIGURE.fullmatch(shown) is not None
    is_text = not is_figure and _LETTER.search(shown) is not None
    opens = is_text and _OPENS.match(shown) is not None
    closes = is_text and (_CLOSES.match(shown[-1]) is not None or _CLITIC.search(shown) is not None)
    return _Piece(start, end, is_figure, opens, closes, line_width(shown) if is_figure or is_text else 0.0)


def _pages(text: str, pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    page: list[_Piece] = []
    for piece in pieces:
        between = text[page[-1].end : piece.start] if page else ""
        if "\f" in between:
            # A form feed right behind text came with the line when it was turned.
            first = page[-1:] if between.lstrip(" ").startswith("\f") else []
            yield page[: len(page) - len(first)]
            page = first
        page.append(piece)
    yield page


def _full_width(widths: Sequence[float]) -> float:
    """How wide full rows are: the middle one of the lines nearly as wide as the third widest."""
    ordered = sorted(widths)
    wide = [w for w in ordered if w > _NEARLY * ordered[-3:][0]]
    return wide[len(wide) // 2]


def _fell_apart(page: Sequence[_Piece], column: float) -> bool:
    """Whether a page has torn pieces among whole rows, not so many figures that it is a table, and no rows in reading order."""
    figures, torn = sum(p.is_figure for p in page), sum(p.opens or p.closes for p in page)
    whole = sum(p.width > _FULL * column for p in page)
    if not (figures and torn and _LEAST_WHOLE * torn <= whole and figures <= _MOST_FIGURES * torn and len(page) <= _MOST_PIECES):
        return False
    around = [(a, b) for a, figure, b in zip(page, page[1:], page[2:], strict=False) if figure.is_figure]
    return sum(a.closes and b.opens for a, b in around) <= max(sum(a.opens and b.closes for a, b in around), _MOST_IN_ORDER * figures)


def _is_turned(row: tuple[int, ...], number: int) -> bool:
    """Whether a figure and the pieces beside it in a row were printed side by side from left to right."""
    at = row.index(number)
    return all(row[k] == number + at - k for k in range(max(0, at - 1), min(len(row), at + 2)))


def _distinct(states: Iterable[_State], number: int) -> Iterator[_State]:
    """Of states that differ in rows out of reach only, the best ones."""
    seen: Counter[frozenset[tuple[int, ...]]] = Counter()
    for state in states:
        key = frozenset(row for row in state.rows if max(row) > number - _REACH)
        seen[key] += 1
        if seen[key] <= _RIVALS:
            yield state


class _Page:
    """The pieces of a page and how well they go together."""

    def __init__(self, text: str, pieces: Sequence[_Piece], column: float) -> None:
        self._text, self._pieces, self._column = text, pieces, column
        full = [p for p in pieces if p.width > _FULL * column]
        # Some writers end every row in a blank; then a blank tells nothing.
        self._blank_tells = sum(p.closes for p in full) < 0.3 * len(full)
        self._joints = self._weigh_joints()
        self._worths: dict[tuple[int, ...], float] = {}
        self._fits: dict[tuple[int | None, int, int | None], float] = {}
        states = self._search()
        self._rows = states[0].rows
        self._kept = self._agreed(states)

    def edits(self, traced: Traced) -> Iterator[Edit]:
        """Edits that put each row where its widest piece stands, and take its other pieces' lines away."""
        edits: list[Edit] = []
        for row in self._kept:
            anchor = self._anchor(row)
            edits.append(reordered(traced, *self._span(anchor), list(self._joined(row))))
            edits += [Edit(*self._line(n), "") for n in row if n != anchor]
        yield from sorted(edits)

    def doubts(self, traced: Traced) -> Iterator[Doubt]:
        """A doubt on each row that may go together and is left in pieces, since other figures fit it as well."""
        for row in self._rows:
            if len(row) > 1 and row not in self._kept:
                anchor = self._anchor(row)
                span = traced.raw_span(self._pieces[anchor].start, self._pieces[anchor].end)
                reason = "The row fell apart at its figures, and it does not tell which figure stood where."
                yield Doubt("displaced_run_unresolved", *span, reason, 0.8, readings=(read(self._text, self._joined(row)),))

    def _anchor(self, row: tuple[int, ...]) -> int:
        """The widest piece of text: where most of a row was printed, the rest of its page is least astray."""
        return max((n for n in row if not self._pieces[n].is_figure), key=lambda n: self._pieces[n].width)

    def _weigh_joints(self) -> dict[tuple[int | None, int | None], float]:
        """How much more likely it is that two torn pieces go on with each other, a figure between them, than by chance."""
        pairs = [
            (a, b)
            for a, left in enumerate(self._pieces)
            if left.closes
            for b in range(max(0, a - _REACH), min(len(self._pieces), a + _REACH + 1))
            if b != a and self._pieces[b].opens
        ]
        if not pairs:
            return {}
        tails = {a: " ".join(self._shown(a).split()[-_WORDS:]) for a, _ in pairs}
        heads = {b: " ".join(self._shown(b).split()[:_WORDS]) for _, b in pairs}
        gains = figure_joints(heads, tails, pairs)
        return {pair: _TELLS * max(-_MOST, min(_MOST, gain - _NEUTRAL)) for pair, gain in zip(pairs, gains, strict=True)}

    def _shown(self, number: int) -> str:
        return self._text[self._pieces[number].start : self._pieces[number].end]

    def _search(self) -> list[_State]:
        """The best ways to put the page's pieces together, best first."""
        states = [_State(0.0, ())]
        for number in range(len(self._pieces)):
            grown: dict[tuple[tuple[int, ...], ...], float] = {}
            for state in states:
                for one in self._with(state, number):
                    grown[one.rows] = max(one.score, grown.get(one.rows, -1e9))
            found = [_State(score, rows) for rows, score in grown.items()]
            found.sort(key=lambda s: s.score - self._outlook(s, number), reverse=True)
            states = list(_distinct(found, number))[:_BEAM]
        return sorted((s._replace(score=s.score - sum(map(self._lack, s.rows))) for s in states), reverse=True)

    def _with(self, state: _State, number: int) -> Iterator[_State]:
        """The state with one more piece: by itself, behind a row, before a row, or between two."""
        yield _State(state.score, (*state.rows, (number,)))
        piece = self._pieces[number]
        if not (piece.is_figure or piece.opens or piece.closes):
            return
        near = [row for row in state.rows if any(number - other <= _REACH for other in row)]
        before = [None, *(row for row in near if self._may_meet(row[-1], number))]
        behind = [None, *(row for row in near if self._may_meet(number, row[0]))]
        for left in before:
            for right in behind:
                if (left or right) and left is not right:
                    row = (*(left or ()), number, *(right or ()))
                    if sum(self._pieces[n].width for n in row) <= _MOST_FILLED * self._column:
                        rest = tuple(r for r in state.rows if r is not left and r is not right)
                        yield _State(state.score + self._gain(left or (), number, right or ()), (*rest, row))

    def _may_meet(self, left: int, right: int) -> bool:
        a, b = self._pieces[left], self._pieces[right]
        return (a.closes and b.is_figure) or (a.is_figure and b.opens)

    def _gain(self, left: tuple[int, ...], number: int, right: tuple[int, ...]) -> float:
        """What joining a piece to one row or two gains."""
        return self._worth((*left, number, *right)) - self._worth(left) - self._worth(right)

    def _worth(self, row: tuple[int, ...]) -> float:
        """How well a row's pieces and figures go together, less what the order of printing speaks against."""
        if row not in self._worths:
            self._worths[row] = self._weigh(row)
        return self._worths[row]

    def _weigh(self, row: tuple[int, ...]) -> float:
        worth = 0.0
        for left, number, right in zip((None, *row), row, (*row[1:], None), strict=False):
            if self._pieces[number].is_figure and (left is not None or right is not None):
                worth += self._fit(left, number, right) + self._joints.get((left, right), 0.0)
                worth -= _OUT_OF_TURN * (self._descends(row, left, number) + self._ends_alone(left, right))
        for a, b in pairwise(row):
            # From left to right means that the later piece was printed first.
            worth -= 0.0 if a == b + 1 else _AWAY + _APART * min(abs(a - b), _REACH)
        return worth - _OUT_OF_TURN * sum(a < b for a, b in pairwise(n for n in row if self._pieces[n].is_figure))

    def _descends(self, row: tuple[int, ...], left: int | None, number: int) -> bool:
        """Whether a figure that closes `بين … و…` is smaller than the one that opens it."""
        at = row.index(number)
        if left is None or at < 3 or self._shown(left) != "و" or not self._shown(row[at - 3]).endswith("بين"):
            return False
        first, second = (self._shown(n).strip("%٪").replace(",", "") for n in (row[at - 2], number))
        return first.isdecimal() and second.isdecimal() and int(second) < int(first)

    def _ends_alone(self, left: int | None, right: int | None) -> bool:
        """Whether `بين` and a figure are followed by words none of which is the other end: `بين 20 في المئة منهم`."""
        if left is None or right is None or not self._shown(left).endswith("بين"):
            return False
        return not any(word[0] in "و-–" or word == "إلى" for word in self._shown(right).split()[:_NEAR_END])

    def _fit(self, left: int | None, number: int, right: int | None) -> float:
        """How much the words beside a figure raise its probability."""
        key = (left, number, right)
        if key not in self._fits:
            self._fits[key] = self._weigh_fit(*key)
        return self._fits[key]

    def _weigh_fit(self, left: int | None, number: int, right: int | None) -> float:
        before = "" if left is None else self._shown(left)[-_SEEN:]
        text = f"{before} {self._shown(number)} {'' if right is None else self._shown(right)[:_SEEN]}"
        figure = _DIGITS.search(text, len(before))
        if not figure:
            return 0.0
        model = FigureModel.load()
        gains = model.evidence([key_of(figure.group())], neighbours(text, *figure.span()))[0] * model.weights[-EVIDENCE:]
        return max(-_MOST_FIT, min(_MOST_FIT, float(gains[_PLAIN:].sum())))

    def _outlook(self, state: _State, number: int) -> float:
        """What the rows of a state will lack in the end, the surer the longer ago their last piece came."""
        return sum(self._lack(row) * min(1.0, (number - max(row)) / _PATIENCE) for row in state.rows)

    def _lack(self, row: tuple[int, ...]) -> float:
        """What a finished row still lacks."""
        first, last = self._pieces[row[0]], self._pieces[row[-1]]
        # A figure that opens or closes a page is its number.
        lack = _LONE if len(row) == 1 and first.is_figure and 0 < row[0] < len(self._pieces) - 1 else 0.0
        lack += _UNMET * first.opens + _EDGE * (len(row) > 1) * (first.is_figure + last.is_figure)
        lack += last.closes * (_UNMET if self._blank_tells or self._text[last.end - 1] in "(«“/" else _UNMET_BLANK)
        width = sum(self._pieces[n].width for n in row)
        return lack - self._told(row, width / self._column - 1)

    def _told(self, row: tuple[int, ...], apart: float) -> float:
        """What a row's width tells for it, in log odds: a full row or, behind a sentence's end, a short one."""
        if len(row) == 1:
            return 0.0
        off = apart / (_OVER if apart > 0 else _UNDER)
        told = max(_LEAST_TOLD, _EXACT - off * off / 2)
        return max(told, 0.0) if apart < 0 and _SENTENCE_END.search(self._shown(row[-1])) else told

    def _agreed(self, states: Sequence[_State]) -> list[tuple[int, ...]]:
        """The joined rows of the best state that every state nearly as good has too, and whose figures fit nowhere else as well."""
        close = [state for state in states if state.score > states[0].score - _MARGIN]
        rows = [row for row in states[0].rows if all(row in state.rows for state in close)]
        figures = [(row, n) for row in states[0].rows for n in row if self._pieces[n].is_figure]
        return [row for row in rows if len(row) > 1 and self._reads(row) and not any(self._swaps(row, n, *other) for n in row for other in figures)]

    def _reads(self, row: tuple[int, ...]) -> bool:
        """Whether a row's pieces go on with each other at every figure; side by side in print they may read badly, being rare words."""
        for left, number, right in zip(row, row[1:], row[2:], strict=False):
            if self._pieces[number].is_figure and (self._ends_alone(left, right) or self._descends(row, left, number)):
                return False
            if not _is_turned(row, number) and self._joints.get((left, right), 0.0) < _TELLS * _BADLY:
                return False
        return True

    def _swaps(self, row: tuple[int, ...], number: int, other: tuple[int, ...], figure: int) -> bool:
        """Whether a row and another one would read nearly as well with two of their figures swapped.

        Only pieces that were printed side by side from left to right tell by their places which figure was theirs.
        """
        alike = figure == number or self._shown(figure) == self._shown(number)
        if alike or not self._pieces[number].is_figure or abs(figure - number) > _REACH:
            return False
        swap = {number: figure, figure: number}
        rows = {row, other}
        swapped = {tuple(swap.get(n, n) for n in one) for one in rows}
        told = sum(map(self._worth, rows)) - sum(map(self._worth, swapped))
        if not _is_turned(row, number) and not _is_turned(other, figure):
            fit = sum(map(self._figures_fit, rows)) - sum(map(self._figures_fit, swapped))
            told = fit + _PLACE_TELLS * (told - fit)
        return told < _MARGIN

    def _figures_fit(self, row: tuple[int, ...]) -> float:
        """How well a row's figures fit between their words."""
        around = zip((None, *row), row, (*row[1:], None), strict=False)
        return sum(self._fit(*place) - _OUT_OF_TURN * self._descends(row, *place[:2]) for place in around if self._pieces[place[1]].is_figure)

    def _joined(self, row: tuple[int, ...]) -> Iterator[int]:
        """Places of a row's characters, -1 for a blank that is put between; the pieces' own blanks at torn ends count as one."""
        for k, number in enumerate(row):
            piece = self._pieces[number]
            if k and (self._text[piece.start - 1 : piece.start] == " " or self._text[self._pieces[row[k - 1]].end :][:1] == " "):
                yield BLANK
            yield from range(piece.start, piece.end)

    def _span(self, number: int) -> tuple[int, int]:
        """A line with its outer blanks."""
        piece = self._pieces[number]
        start, end = piece.start, piece.end
        while self._text[start - 1 : start] == " ":
            start -= 1
        while self._text[end : end + 1] == " ":
            end += 1
        return start, end

    def _line(self, number: int) -> tuple[int, int]:
        """A line with its blanks and its line break, and the empty line behind it where one stands before it, too."""
        start, end = self._span(number)
        alone = self._text[:start].endswith("\n\n") and self._text.startswith("\n\n", end)
        return start, end + (2 if alone else self._text.startswith("\n", end))
