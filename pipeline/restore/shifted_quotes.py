"""Quotation marks of another font that stand behind the pieces they part: `. سنبقى هنا ”قال المزارع:  “` for `قال المزارع: “سنبقى هنا”.`

A font without “ and ” takes them from another one. LibreOffice draws these by themselves, and PDFBox prints the pieces of the row
from left to right, each mark behind the piece that it should open (measured). What follows the closing mark in the sentence
then stands before what was quoted, if a sign parts them. Quotation marks that face the wrong way are mirrored_brackets.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from pipeline.restore.characters import LETTER
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite
from pipeline.restore.seams import seam, token
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.turned_lines import BREAKS
from pipeline.restore.votes import probability
from pipeline.restore.word_frequency import frequency
from pipeline.restore.word_scores import WordScores

_OPENING, _CLOSING = "“", "”"
# Two marks, with a sign before the line or without; the closing one alone behind a sign; the opening one alone, with who speaks behind it.
_ROW = re.compile(
    f"(?m)^ ?(?:(?P<left>[^“”\n]*[^“”\n ]) *(?P<close>{_CLOSING})(?P<right>{LETTER}[^“”\n]*[^“”\n ]) +(?P<open>{_OPENING})"
    f"|(?P<ended>[.،؛؟!][^“”\n]*?) *(?P<closed>{_CLOSING})(?P<last>{LETTER}[^“”\n]*[^“”\n ])"
    f"|(?P<begun>[^“”\n]*[^“”\n ]) +(?P<opened>{_OPENING})(?P<first>{LETTER}[^“”\n]*:)) *$"
)
_SIGN = re.compile("[.،؛؟!]")
_TOKEN = re.compile("[^ \n]+")
_NO_LETTERS = re.compile("[^\u0621-\u064a]+")
# Log odds: of a row over what was printed, of a word over its pieces, of what follows what was quoted,
# of a sign before the line or a colon behind it.
_CLEAR, _SURE, _BEHIND, _CERTAIN = 3.0, 6.0, 6.0, 10.0
_LEAST = 10
TRACES: tuple[Trace, ...] = ((_CLOSING, LETTER),)
# How sure a row can be, and one whose closing mark came without a sign, so that it may belong to any of its words.
_LIMIT, _UNPLACED = 0.9, 0.6

_Span = tuple[int, int]


class _Reading(NamedTuple):
    """The places of a row's characters in reading order, what speaks for it (log odds) and how sure it can be."""

    order: list[int]
    prior: float = 0.0
    limit: float = _LIMIT


def restore_shifted_quotes(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces and quotation marks of such rows in reading order, where that reads far better, in a text with rows that open with a sign."""
    text = traced.text
    fluency = Fluency()
    edits, scores = [], []
    rows = list(_ROW.finditer(text))
    # A sign never opens a line so; the marks of other rows may just face the wrong way.
    proven = any(_opens_with_sign(row) for row in rows)
    for match in rows if proven else ():
        # Figures are drawn by themselves, too: such rows are drawn_rows.py's.
        readings = [] if BREAKS.search(match.group()) else list(_readings(match))
        if not readings:
            continue
        lines = [_unquoted(line) for line in (match.group(), *(read(text, reading.order) for reading in readings))]
        printed, *found = fluency.framed(_line_before(text, match.start()), lines, text[match.end() :].lstrip("\n").partition("\n")[0])
        gain, best = max((score + reading.prior - printed, reading) for score, reading in zip(found, readings, strict=True))
        if gain > _CLEAR:
            edits.append(reordered(traced, *match.span(), best.order))
            scores.append(probability(gain / 2, best.limit))
    return rewrite(traced, "displaced_run", edits, "quotation marks stand behind the pieces that they part", scores)


def _readings(match: re.Match[str]) -> Iterator[_Reading]:
    """The row ends with the quoted piece, or goes on behind it."""
    text = match.string
    if match["opened"]:
        left, right = _words(match, "begun"), _words(match, "first")
        if _are_whole(text, left[0], left[-1], right[-1]):
            yield _Reading(_order(text, [*right, match.span("opened"), *left]), _CERTAIN)
        return
    opening = [match.span("open")] if match["close"] else []
    closing = match.span("close") if match["close"] else match.span("closed")
    left, right = (_words(match, name) for name in (("left", "right") if match["close"] else ("ended", "last")))
    sign = [(left[0][0], left[0][0] + 1)] if _opens_with_sign(match) else []
    if sign:
        left = [span for span in ((left[0][0] + 1, left[0][1]), *left[1:]) if span[0] < span[1]]
    joined = bool(left) and not opening and _is_one_word(text, right[-1], left[0])
    gaps = [k for k in range(1, len(left)) if left[k][0] - left[k - 1][1] > 1]
    if (gaps and not sign) or not _are_whole(text, *(left[-1:] if joined else [*left[:1], *left[-1:], right[-1]])):
        return
    if not sign:
        yield _Reading(_order(text, [*right, *opening, *left, closing]), 0.0, _UNPLACED)
        return
    # A gap says where that ends which follows what was quoted; else any blank may.
    for count in gaps or range(len(left) + (not opening)):
        behind, quoted = left[:count], left[count:]
        order = _order(text, [*right, *opening, *quoted, closing, *sign, *behind], quoted[0] if joined and not count else None)
        yield _Reading(order, _CERTAIN - _BEHIND * bool(count and quoted))


def _opens_with_sign(match: re.Match[str]) -> bool:
    return _SIGN.match(match["left"] or match["ended"] or "") is not None


def _words(match: re.Match[str], name: str) -> list[_Span]:
    return [m.span() for m in _TOKEN.finditer(match.string, *match.span(name))]


def _are_whole(text: str, *spans: _Span) -> bool:
    """Whether writers use these words and no two are one: a row that was cut inside a word has more pieces than its marks show."""
    words = [_NO_LETTERS.sub("", plain(text[slice(*span)])) for span in spans]
    used = all(frequency(word) >= _LEAST for word in words if word)
    return used and not any(_is_one_word(text, *pair) for pair in permutations(spans, 2))


def _is_one_word(text: str, left: _Span, right: _Span) -> bool:
    one = seam(token(text[slice(*left)]), token(text[slice(*right)]), WordScores.load(), {})
    return one is not None and one.kind != "mark" and one.gain > _SURE


def _order(text: str, spans: Sequence[_Span], going_on: _Span | None = None) -> list[int]:
    """Places in reading order: a blank before each word, but behind what opens and before what closes, and before what is `going_on` with a word."""
    order: list[int] = []
    before = ""
    for span in spans:
        word = text[slice(*span)]
        touches = before == _OPENING or word == _CLOSING or (before == _CLOSING and _SIGN.match(word)) or span == going_on
        if order and not touches:
            order.append(BLANK)
        order += range(*span)
        before = word
    return order


def _line_before(text: str, at: int) -> str:
    return text[:at].rstrip("\n").rpartition("\n")[2]


def _unquoted(line: str) -> str:
    return " ".join(line.replace(_OPENING, " ").replace(_CLOSING, " ").split())
