"""Rows of letters without their dots, put in reading order: readers turn such rows as they do no others.

A lost glyph has no direction, and dots stand off the line, so a reader turns a whole row or the letters between lost glyphs,
and sees a gap behind a letter with dots. Which way a text came, its words tell; what the letters are, dotless_letters.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from pipeline.restore.dotless_units import STROKE, Signs, folded, likelihood
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.presentation_forms import FORMS
from pipeline.restore.rasm import DOTS, SHAPE
from pipeline.restore.rewriting import read, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced

# Log probability per character of a text whose rows are in order: -1.2 to -1.7, of others -2.5 and less (measured).
_SAMPLE, _READABLE = 12, -1.9
_SURE, _TOLD_BY_WORDS = 0.9, 0.5
_LATIN = re.compile(f"{CODED_NUMERAL}|[A-Za-z][A-Za-z0-9 ]*")
_RUN = re.compile(f"[\u0600-\u06ff{''.join(sorted(FORMS))}]+")
_FIGURE = re.compile(CODED_NUMERAL)
_CODED_WITH_DOTS = "".join(letters for made in DOTS.values() for letters in made.values())
_TOKEN = re.compile("[^ ]+")
_LONGEST_RUN, _LONGEST_CHAIN, _BEAM = 12, 9, 12
Order = list[int]
Way = Callable[[str, Signs], Order]


def order_dotless_rows(traced: Traced, signs: Signs) -> Outcome:
    """Put the rows of a text without dots in reading order, whichever way makes the likeliest words of them."""
    rows = [m.span() for m in re.finditer("[^\n]+", traced.text) if not signs.dots.isdisjoint(m.group()) or STROKE in m.group()]
    longest = sorted(rows, key=lambda row: row[0] - row[1])[:_SAMPLE]
    sample = [traced.text[start:end] for start, end in longest]
    way = max(_WAYS, key=lambda way: _likely(way, sample, signs))
    sure = _SURE
    if _likely(way, sample, signs) < _READABLE * sum(map(len, sample)):
        way = max(way, *_FURTHER_WAYS, *(_WAYS_WITH_SIGNS if signs.kinds else ()), key=lambda way: _likely(way, sample, signs))
        sure = _TOLD_BY_WORDS
    edits = [reordered(traced, start, end, [start + place for place in way(traced.text[start:end], signs)]) for start, end in rows]
    return rewrite(traced, "visual_order", [edit for edit in edits if edit.after != traced.text[edit.start : edit.end]], _EVIDENCE, sure)


_EVIDENCE = "letters without dots, turned around the lost glyphs between them"


def _likely(way: Way, rows: Sequence[str], signs: Signs) -> float:
    """How likely the words of rows are in the order of a way."""
    return sum(likelihood("".join(letter for letter, _ in folded(read(row, way(row, signs)))), signs) for row in rows)


def _as_printed(row: str, _signs: Signs) -> Order:
    return [*range(len(row))]


def _turned(row: str, _signs: Signs) -> Order:
    """The whole row from right to left, but for figures and Latin words."""
    order: Order = []
    end = len(row)
    for match in reversed([*_LATIN.finditer(row)]):
        order += [*range(end - 1, match.end() - 1, -1), *range(*match.span())]
        end = match.start()
    return [*order, *range(end - 1, -1, -1)]


def _turned_and_parted(row: str, signs: Signs) -> Order:
    """Turned, without the blank that a reader set behind each letter with dots (pdfminer); one that was printed makes it two."""
    order = _turned(row, signs)
    return [place for k, place in enumerate(order) if not (row[place] == " " and k and row[order[k - 1]] in signs.dots)]


def _runs_turned(row: str, signs: Signs) -> Order:
    """Each run of letters between lost glyphs from right to left (pypdf)."""
    order = _as_printed(row, signs)
    for match in _RUN.finditer(row):
        start, end = match.span()
        order[start:end] = range(end - 1, start - 1, -1)
    return order


class _Path(NamedTuple):
    """Pieces of a row from the left: how likely it reads as the whole row, its whole words alone, what waits for its beginning, the cuts."""

    closed: float
    score: float
    waiting: str
    pieces: tuple[int, ...]


class _Token(NamedTuple):
    """What stands between blanks of a row: its span, its letters, and the sign before them, which is that of the last letter of its piece."""

    start: int
    end: int
    letters: str
    sign: str


def _gathered(row: str, signs: Signs) -> Order:
    """Pieces from left to right that PDFBox cut behind each letter with dots, put in order: which blanks are cuts, the words tell.

    The end of a piece and the beginning of the one before it are one word. Paths run from the left; what a piece begins with
    waits for the beginning of its word. Where the dots of a piece's last letter reach beyond it, their sign stands before the piece.
    """
    tokens = [_token(row, *m.span(), signs) for m in _TOKEN.finditer(row)]
    paths: list[list[_Path]] = [[_Path(0.0, 0.0, "", (0,))], *([] for _ in tokens)]
    for start in range(len(tokens)):
        for path in sorted(paths[start], reverse=True)[:_BEAM]:
            for end in range(start + 1, min(start + _LONGEST_RUN, len(tokens)) + 1):
                if end - start > 1 and tokens[end - 1].sign:
                    break
                if _may_be_piece(tokens, start, end, signs):
                    paths[end].append(_longer(path, tokens, start, end, signs))
    if not paths[-1]:
        return _as_printed(row, signs)
    order: Order = []
    for start, end in reversed([*pairwise(max(paths[-1]).pieces)]):
        first = tokens[start]
        order += [*range(first.start + len(first.sign), tokens[end - 1].end), *range(first.start, first.start + len(first.sign))]
    return order


def _token(row: str, start: int, end: int, signs: Signs) -> _Token:
    letters = "".join(letter for letter, _ in folded(row[start:end]))
    loose = letters[0] in signs.kinds
    return _Token(start, end, letters[loose:], letters[:loose])


def _may_be_piece(tokens: Sequence[_Token], start: int, end: int, signs: Signs) -> bool:
    """Whether tokens may be a piece. Only the first piece ends where the row does, the others behind a dot."""
    sign, last = tokens[start].sign, tokens[end - 1].letters[-1:]
    return SHAPE.get(last, "") in DOTS[signs.kinds[sign]] if sign else not start or last in signs.dots


def _longer(path: _Path, tokens: Sequence[_Token], start: int, end: int, signs: Signs) -> _Path:
    """A path with one piece more."""
    score, ending = path.score, tokens[end - 1].letters + tokens[start].sign
    waiting = ending + path.waiting
    if end - start > 1:
        score += likelihood(waiting, signs) + sum(likelihood(token.letters, signs) for token in tokens[start + 1 : end - 1])
        waiting = tokens[start].letters
    return _Path(score + likelihood(waiting, signs), score, waiting, (*path.pieces, end))


def _pieces_turned(row: str, signs: Signs) -> Order:
    """Letters coded with dots, also without a sign, and the runs between them in reading order, all from left to right (pypdf).

    A blank before a sign is a gap that the reader saw, or was printed: what the words tell.
    """
    letters: list[Order] = []
    runs: list[Order] = [[]]
    at = 0
    while at < len(row):
        letter = [at] if row[at] == STROKE else _signed_letter(row, at, signs)
        runs[-1] += [] if letter else [at]
        if letter:
            letters.append(letter)
            runs.append([])
        at += len(letter) or 1
    pieces = [*runs[:1], *chain.from_iterable(zip(letters, runs[1:], strict=True))]
    return _without_gaps(row, [place for piece in reversed(pieces) for place in piece if row[place] != STROKE], signs)


def _between_figures(row: str, signs: Signs) -> Order:
    """Pieces from left to right between figures, which pypdf puts where they are read."""
    order: Order = []
    at = 0
    for match in [*_FIGURE.finditer(row), None]:
        end = match.start() if match else len(row)
        order += [at + place for place in _pieces_turned(row[at:end], signs)]
        order += range(*match.span()) if match else ()
        at = match.end() if match else end
    return order


def _signed_letter(row: str, at: int, signs: Signs) -> Order:
    """The places of a letter and its sign, which stand at a place in either order, or of a letter coded with dots; none where there is none."""
    for letter, sign in ((at, at + 1), (at + 1, at)):
        kind = signs.kinds.get(row[sign : sign + 1], "")
        if kind and SHAPE.get(row[letter : letter + 1], "") in DOTS[kind]:
            return [letter, sign]
    return [at] if row[at] in _CODED_WITH_DOTS else []


def _without_gaps(row: str, order: Order, signs: Signs) -> Order:
    """An order without the blanks before signs that no word ends at."""
    text = "".join(letter for letter, _ in folded("".join(row[place] for place in order)))
    if len(text) != len(order):
        return order
    blanks = [k for k, place in enumerate(order) if row[place] == " "]
    tokens = [*pairwise([-1, *blanks, len(order)])]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(tokens) + 1):
        ways = []
        for start in range(end - 1, max(end - _LONGEST_CHAIN, 0) - 1, -1):
            word = "".join(text[a + 1 : b] for a, b in tokens[start:end])
            ways.append((best[start][0] + likelihood(word, signs), start))
            if start and row[order[tokens[start][0]] + 1 : order[tokens[start][0]] + 2] not in signs.dots:
                break
        best.append(max(ways))
    kept, at = set(), len(tokens)
    while at:
        at = best[at][1]
        kept.add(tokens[at][0])
    return [place for k, place in enumerate(order) if row[place] != " " or k in kept]


def _without_strokes(way: Way) -> Way:
    """A way to read rows whose strokes stand in no way."""

    def order(row: str, signs: Signs) -> Order:
        if STROKE not in row:
            return way(row, signs)
        kept = [place for place, char in enumerate(row) if char != STROKE]
        return [kept[place] for place in way("".join(row[place] for place in kept), signs)]

    return order


_WAYS: Sequence[Way] = tuple(map(_without_strokes, (_as_printed, _turned, _turned_and_parted, _runs_turned)))
_FURTHER_WAYS: Sequence[Way] = (_without_strokes(_gathered),)
_WAYS_WITH_SIGNS: Sequence[Way] = (_pieces_turned, _between_figures)
