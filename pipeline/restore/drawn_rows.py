"""Rows printed as they were drawn: `الأول في ال  جلسته  مجلس ` for `مجلس جلسته في الأول`, and worse where figures are.

PDFBox parts what is drawn wherever a gap is wide, be it a blank of a justified line, a kern or a glyph that bears a mark, and
prints the pieces from left to right, a blank between them (measured). A blank that ends a piece so becomes two; one alone
says that a word goes on elsewhere. Typst and LibreOffice draw the text before a figure, the figure, and the text behind it
one after the other: the last piece of the one and the first of the other then stand as one piece, turned. Rows without such
gaps are turned_lines.py's, rows cut at kerns alone displaced_runs.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, near_marks, read, reordered, rewrite, unusual
from pipeline.restore.seams import seam, token
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.turned_lines import BREAKS, Fluency, needs_blank, pieces_of
from pipeline.restore.word_scores import WordScores

_A, _M = "\u0621-\u063a\u0641-\u064a", "\u064b-\u0652"
_LINE = re.compile(f"(?m)^[^\n]*[{_A}][^\n]*$")
# What only such rows have: two blanks between words, a word that begins with a mark.
_GAP, _LEADING_MARK = "  (?<=[^ \n]  ) *(?=[^ \n])", f"[{_M}](?<![^ \n].)"
# And where every hamza ends a piece, alefs that stand alone.
_LONE = f"[أإآ](?![{_A}{_M}])(?:(?<![^ \n].)|(?<=[ \n][وفبلك].))"
_TRACE = re.compile(f"{_GAP}|{_LEADING_MARK}|{_LONE}")
# One after the other they are found faster.
_GAPS, _LEADING = re.compile(_GAP), re.compile(_LEADING_MARK)
_LONE_ALEF, _ALEFS_A_LINE = re.compile(_LONE), 0.4
# An alef with hamza that may end a piece, its word going on in another one.
_ENDS_IN_ALEF = re.compile(f"[{_A}]*[أإآ][{_M}]*$")
_ALEF_WORDS = frozenset(letter + alef for letter in ("", *"وفبلك") for alef in "أإآ")
# With one of these behind it, an alef is no word to document_words.
_IN_WORDS = frozenset(map(chr, (0x640, *range(0x653, 0x660), 0x670, 0xFFFD)))
# MuPDF's rows: the figure touches the word before it, and a blank or two stand behind it.
_GLUED = re.compile(f"[{_A}]{{2}}[.،]?[0-9\u0660-\u0669\ue000-\uf8ff]+(?:[.,:/٫٬-][0-9\u0660-\u0669\ue000-\uf8ff]+)*[%٪]? +[{_A}]")
_TOKEN = re.compile("[^ \u00a0\t]+")
_LONGEST, _LONGEST_CUT, _FEWEST, _SHARE = 220, 400, 3, 0.08
_MOST = 300
# Log odds: a cut at a single blank, a double blank or leading mark left as it stands, and what half a word's gain counts.
_CUT, _ODD_BLANK, _ODD_MARK, _GAIN = 4.0, 3.0, 4.0, 0.8
_UNKNOWN_WORD = 4.0  # what it costs that an alef, and the piece behind it, are no known word
_SWEEPS, _FEW_GLUED = 2, 3
_SURE, _CLEAR, _TOTAL, _CLEARLY = 6.0, 3.0, 20.0, 3


class _Piece(NamedTuple):
    """Places of a piece's characters in reading order, its text, and whether a word ends with it (None: it may)."""

    order: list[int]
    text: str
    ends: bool | None


class _Way(NamedTuple):
    """How a text's rows were printed: pieces with figures turned, pieces ending at each hamza on alef."""

    turned: bool
    open_alefs: bool


class _Reading(NamedTuple):
    order: list[int]
    text: str
    prior: float


def restore_drawn_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of rows in reading order, in a text of whose rows with gaps most read far better so."""
    text = traced.text
    height = text.count("\n") - text.count("\n\n") + 1
    gaps, marks = len(_GAPS.findall(text)), len(_LEADING.findall(near_marks(text)))
    shown = gaps + marks >= max(_FEWEST, _SHARE * height) or _has_lone_alefs(text, _ALEFS_A_LINE * height)
    # PDFBox prints no form feed; poppler, whose rows are cut otherwise, ends pages with it.
    if not shown or "\f" in text or _are_turned(text, gaps):
        return Outcome(traced)
    lines = [m.span() for m in _LINE.finditer(text)]
    fluency = Fluency()
    open_alefs = _has_lone_alefs(text, _ALEFS_A_LINE * height)
    ways = [_chosen(text, lines, _Way(turned, open_alefs), fluency) for turned in (False, True)]
    best = max(ways, key=lambda way: sum(gain for *_, gain in way))
    told = [gain for span, _, gain in best if _TRACE.search(text, *span)]
    if sum(told) < _TOTAL or sum(gain > _SURE for gain in told) < max(_FEWEST, _CLEARLY * sum(gain <= 0 for gain in told)):
        return Outcome(traced)
    changed = [(span, reading, gain) for span, reading, gain in best if gain > _CLEAR and reading.text.split() != text[slice(*span)].split()]
    edits = [reordered(traced, *span, r.order) for span, r, _ in changed]
    scores = [round(min(0.97, 1 / (1 + math.exp(-gain / 2))), 3) for *_, gain in changed]
    return rewrite(traced, "displaced_run", edits, f"pieces printed as they were drawn; {len(told)} rows show the gaps", scores)


def _has_lone_alefs(text: str, least: float) -> bool:
    """Whether so many alefs stand alone; that none does, the words of the text tell."""
    if _ALEF_WORDS.isdisjoint(document_words(text).distinct) and _IN_WORDS.isdisjoint(unusual(text)):
        return least <= 0
    return len(_LONE_ALEF.findall(text)) >= least


def _are_turned(text: str, gaps: int) -> bool:
    """Whether figures touch words as in MuPDF's rows (turned_lines.py) at least half as often as blanks are doubled."""
    glued = len(_GLUED.findall(text))
    return glued >= _FEW_GLUED and 2 * glued >= gaps


def _chosen(text: str, lines: Sequence[tuple[int, int]], way: _Way, fluency: Fluency) -> list[tuple[tuple[int, int], _Reading, float]]:
    """Each line's best reading and how much better it is than the line as printed; each is weighed between its neighbours' best ones."""
    options = [_options(text, start, end, way) for start, end in lines]
    best = [0] * len(lines)
    gains = [0.0] * len(lines)
    for _ in range(_SWEEPS):
        for k, readings in enumerate(options):
            if len(readings) > 1:
                before = options[k - 1][best[k - 1]].text if k else ""
                after = options[k + 1][best[k + 1]].text if k + 1 < len(lines) else ""
                scores = [r.prior + f for r, f in zip(readings, fluency.framed(before, [r.text for r in readings], after), strict=True)]
                best[k] = max(range(len(readings)), key=scores.__getitem__)
                gains[k] = scores[best[k]] - scores[0]
    return [(span, readings[k], gain) for span, readings, k, gain in zip(lines, options, best, gains, strict=True)]


def _options(text: str, start: int, end: int, way: _Way) -> list[_Reading]:
    """A line as printed, and its readings."""
    line = text[start:end]
    printed = _Reading([*range(start, end)], line, -_oddities(line))
    longest = _LONGEST_CUT if way.open_alefs else _LONGEST
    return [printed] if len(line) > longest or "://" in line else [printed, *_readings(text, start, end, way)]


def _oddities(line: str) -> float:
    return sum(_ODD_BLANK if match.group()[0] == " " else _ODD_MARK for match in _TRACE.finditer(line))


def _readings(text: str, start: int, end: int, way: _Way) -> Iterator[_Reading]:
    """The readings of a line by where it was cut."""
    tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
    for cuts in islice(_cuts(text, tokens, way), _MOST):
        yield from _arranged(text, tokens, cuts, end, way)


def _cuts(text: str, tokens: Sequence[tuple[int, int]], way: _Way) -> Iterator[tuple[int, ...]]:
    """Token numbers at which pieces begin: at each double blank, behind alefs that end pieces, and where the token before may be half a word."""
    size = len(tokens)
    forced = {k for k in range(1, size) if tokens[k][0] - tokens[k - 1][1] > 1 or (way.open_alefs and _is_open(text[slice(*tokens[k - 1])]))}

    def later(begun: tuple[int, ...], at: int) -> Iterator[tuple[int, ...]]:
        first = begun[-1] if begun else 0
        earlier = (0, *begun)
        for k in range(at, size):
            if k in forced:
                yield from later((*begun, k), k + 1)
                return
            if k > first and (not begun or any(_joined(text, tokens[k - 1], tokens[s]) is not None for s in earlier[-2:])):
                yield from later((*begun, k), k + 1)
        if begun or way.turned:
            yield begun

    return later((), 1)


@lru_cache(maxsize=50_000)
def _is_open(token: str) -> bool:
    """Whether a token ends in an alef whose word goes on elsewhere: it is none that writers use."""
    found = _ENDS_IN_ALEF.search(token)
    word = MARKS_AND_TATWEEL.sub("", found.group()) if found else ""
    return len(word) == 1 or (bool(word) and word not in Lexicon.load().usual)


def _joined(text: str, left: tuple[int, int], right: tuple[int, int]) -> float | None:
    return _gain(text[slice(*left)], text[slice(*right)])


@lru_cache(maxsize=50_000)
def _gain(left: str, right: str) -> float | None:
    """How much likelier two tokens are as one word; None where they are none."""
    one = seam(token(left), token(right), WordScores.load(), {})
    if one is None or (one.kind != "mark" and one.gain <= 0):
        return None
    return min(one.gain, 16.0)


def _arranged(text: str, tokens: Sequence[tuple[int, int]], cuts: Sequence[int], end: int, way: _Way) -> Iterator[_Reading]:
    """The reading of a line that was cut so, if each word that must go on does."""
    edges = [0, *cuts, len(tokens)]
    done: list[_Piece] = []
    open_: list[_Piece] = []
    prior = 0.0
    for first, last in pairwise(edges):
        start, stop = tokens[first][0], tokens[last - 1][1]
        gap = (tokens[last][0] if last < len(tokens) else end + 1) - stop
        wide: bool | None = gap > 1
        prior -= _CUT * (gap == 1 and last < len(tokens) and not (way.open_alefs and _is_open(text[slice(*tokens[last - 1])])))
        if way.turned and gap == 2 and last == edges[-2] and BREAKS.search(text, tokens[0][0], stop):
            # The blank behind a figure opens the piece that was written first behind it.
            wide = None
        parts = _parts(text, start, stop, wide) if way.turned else None
        if parts is None:
            open_.append(_Piece([*range(start, stop)], text[start:stop], wide))
        else:
            opening, middle, closing = parts
            done += [opening, *reversed(open_), middle]
            open_ = [closing]
    joined = _together(text, [piece for piece in (*done, *reversed(open_)) if piece.text])
    if joined:
        yield joined._replace(prior=joined.prior + prior)


def _parts(text: str, start: int, stop: int, wide: bool | None) -> tuple[_Piece, _Piece, _Piece] | None:
    """A piece with figures in it: what was written before the first one, from there to the last one, and behind it."""
    if not BREAKS.search(text, start, stop):
        return None
    order: list[int] = []
    for first, last in reversed(pieces_of(text, start, stop, BREAKS)):
        if order and needs_blank(text, order, first):
            order.append(BLANK)
        order += range(first, last)
    laid = read(text, order)
    figures = [m.span() for m in BREAKS.finditer(laid)]
    if not figures:
        return None
    first, last = figures[0][0], figures[-1][1]
    # A blank set in behind the last figure is none of the piece's own: another piece may come between.
    own = last + (order[last : last + 1] == [BLANK])
    before = _Piece(order[:first], laid[:first], True if laid[:first].endswith(" ") else wide)
    return before, _Piece(order[first:last], laid[first:last], True), _Piece(order[own:], laid[own:], True)


def _together(text: str, written: Sequence[_Piece]) -> _Reading | None:
    """Pieces put together: a blank where a word ends, a word where it goes on; None where it is none."""
    order: list[int] = []
    prior = 0.0
    for k, piece in enumerate(written):
        if k:
            before = written[k - 1]
            if _is_figure(before.text[-1:]):
                apart = needs_blank(text, order, piece.order[0])
            elif _is_figure(piece.text[:1]):
                apart = bool(before.ends) or needs_blank(text, order, piece.order[0])
            elif before.ends:
                apart = True
            else:
                gain = _gain(before.text.split()[-1], piece.text.split()[0]) if before.text.split() and piece.text.split() else None
                if gain is None and before.ends is False:
                    if not _is_open(before.text.split()[-1]):
                        return None
                    gain = -_UNKNOWN_WORD
                prior += _GAIN * (gain or 0.0)
                apart = gain is None
            if apart:
                order.append(BLANK)
        order += piece.order
    order = _single_blanks(text, order)
    return _Reading(order, read(text, order), prior)


def _is_figure(sign: str) -> bool:
    return sign.isdigit() or "\ue000" <= sign <= "\uf8ff" or (sign.isascii() and sign.isalpha()) or sign in "%٪"


def _single_blanks(text: str, order: Sequence[int]) -> list[int]:
    kept: list[int] = []
    for place in order:
        blank = place < 0 or text[place] == " "
        if not (blank and (not kept or kept[-1] < 0 or text[kept[-1]] == " ")):
            kept.append(place)
    while kept and (kept[-1] < 0 or text[kept[-1]] == " "):
        kept.pop()
    return kept
