"""Lines of shaped letters from left to right whose bare letters stand in reading order: `ﺔﻨﻴﻔﺴﻟت اﻠﺻو` for `وصلت السفينة`.

pdf.js puts what a page draws in one go in reading order and keeps the pieces from left to right; browsers draw joined
letters one by one, but letters that have no joined form together, with the blanks and signs between them (measured). So a
line is turned but for its bare pieces; where these begin and end is told by the words that come out. Lines turned
as a whole are visual_order.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipeline.restore.characters import LETTERS, VOWEL_MARKS
from pipeline.restore.language_model import plain
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.presentation_forms import FORMS, letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import read, rewrite
from pipeline.restore.shaped_words import runs_from_left
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import MIRROR, unpaired
from pipeline.restore.word_scores import WordScores

_WORD = re.compile(f"[{LETTERS}{VOWEL_MARKS}]+")
_LAST = re.compile(f"[{LETTERS}{VOWEL_MARKS}]*$")
_PAIR = re.compile(f"[{LETTERS}]{{2,}}")
_FIGURE = re.compile(CODED_NUMERAL)
_FEWEST, _CLEARLY = 3, 6.0
# What a seam between two pieces costs, in log probability: many where a sign or blank stands, few between letters.
_SEAM, _SEAM_AT_SIGN, _DROPPED_BLANK = -5.0, -1.0, -4.0
_BEAM, _LONGEST = 6, 48


class _Piece(NamedTuple):
    """One or more characters of a line that keep their order."""

    start: int
    end: int
    bare: bool


class _Path(NamedTuple):
    """A way to read a bare stretch: how well its words read, what its seams cost, what it says and the places of its characters."""

    score: float
    seams: float
    said: str
    order: tuple[int, ...]


def restore_bare_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn the lines of a text whose shaped letters run from left to right and whose bare letters do not."""
    text = traced.text
    if not runs_from_left(text):
        return Outcome(traced)
    lines = [(m.span(), list(_pieces(text, *m.span()))) for m in _line().finditer(text)]
    if not _keeps_order(text, [pieces for _, pieces in lines]):
        return Outcome(traced)
    edits = [_turned(traced, *span, pieces) for span, pieces in lines]
    return rewrite(traced, "visual_order", edits, "shaped letters from left to right, bare ones between them in reading order", 0.9)


@cache
def _line() -> re.Pattern[str]:
    return re.compile(f"[^\n]*{_shaped()}[^\n]*")


@cache
def _shaped() -> str:
    return f"[{''.join(sorted(FORMS))}]"


@cache
def _bare() -> re.Pattern[str]:
    """A stretch without shaped letters and marks, from and to what is no blank."""
    other = f"[^{''.join(sorted(FORMS))}{VOWEL_MARKS}\\s]"
    return re.compile(f"{other}(?:[^{''.join(sorted(FORMS))}{VOWEL_MARKS}\n]*{other})?")


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    """A line's bare stretches, figures by themselves, and its other characters one by one."""
    at = start
    for match in _bare().finditer(text, start, end):
        yield from (_Piece(i, i + 1, bare=False) for i in range(at, match.start()))
        yield _Piece(*match.span(), bare=True)
        at = match.end()
    yield from (_Piece(i, i + 1, bare=False) for i in range(at, end))


def _keeps_order(text: str, lines: list[list[_Piece]]) -> bool:
    """Whether bare letters side by side make known words with the letters around them as they stand, and do not when turned."""
    gains = [gain for pieces in lines for k, piece in enumerate(pieces) if piece.bare and (gain := _gain(text, pieces, k))]
    return len(gains) >= _FEWEST and sum(gains) > _CLEARLY * _FEWEST


def _gain(text: str, pieces: list[_Piece], k: int) -> float:
    stretch = text[pieces[k].start : pieces[k].end]
    if not _PAIR.fullmatch(stretch):
        return 0.0
    before, after = _around(text, pieces, k)
    return _score(before + stretch + after) - _score(before + stretch[::-1] + after)


def _around(text: str, pieces: list[_Piece], k: int) -> tuple[str, str]:
    """The letters that stand before and behind a stretch in reading order, up to a blank."""
    before = "".join(reversed([*takewhile(_WORD.fullmatch, (_shown(text, one) for one in pieces[k + 1 :]))]))
    return before, "".join(takewhile(_WORD.fullmatch, (_shown(text, one) for one in reversed(pieces[:k]))))


def _shown(text: str, piece: _Piece) -> str:
    return "".join(map(letters, text[piece.start : piece.end]))


@lru_cache(maxsize=50_000)
def _score(text: str) -> float:
    """Log probability of the words of a text."""
    return sum(WordScores.load().log_probability(plain(word)) for word in _WORD.findall(text))


def _turned(traced: Traced, start: int, end: int, pieces: list[_Piece]) -> Edit:
    """The edit that puts a line in reading order: its pieces from the last to the first, bare stretches as they read best."""
    text = traced.text
    order: list[int] = []
    said = ""
    for k in range(len(pieces) - 1, -1, -1):
        piece = pieces[k]
        if piece.bare and piece.end - piece.start > 1:
            path = _best(text, piece, _LAST.findall(said)[0], _around(text, pieces, k)[1])
            order += path.order
            said += path.said
        else:
            order += range(piece.start, piece.end)
            said += _shown(text, piece)
    after = read(text, order)
    # A bracket drawn by itself comes as it looks, one drawn with letters as it means; the reading in which they pair is right.
    alone = "".join(c.translate(MIRROR) if _is_alone(order, k) else c for k, c in enumerate(after))
    after = min((alone, after, after.translate(MIRROR)), key=unpaired)
    return Edit(start, end, after, [traced.origin.item(place) for place in order])


def _is_alone(order: list[int], k: int) -> bool:
    """Whether a character was printed neither before nor behind the one that it now stands before or behind."""
    return order[k - 1 : k] != [order[k] - 1] and order[k + 1 : k + 2] != [order[k] + 1]


def _best(text: str, piece: _Piece, before: str, after: str) -> _Path:
    """The likeliest way to read a bare stretch, cut into pieces that stand from left to right, each in reading order."""
    cuts = _cuts(text, piece)
    if len(cuts) > _LONGEST:
        return _Path(0.0, 0.0, text[piece.start : piece.end], (*range(piece.start, piece.end),))
    paths: dict[int, list[_Path]] = {cuts[-1]: [_Path(0.0, 0.0, "", ())]}
    for k in range(len(cuts) - 1, 0, -1):
        for path in sorted(paths.get(cuts[k], ()), reverse=True)[:_BEAM]:
            for at in cuts[:k]:
                if not _may_be_drawn(text[at : cuts[k]]):
                    continue
                longer = _with(path, text, at, cuts[k])
                score = longer.seams + _score(before + longer.said + (after if at == piece.start else ""))
                paths.setdefault(at, []).append(longer._replace(score=score))
            if text[cuts[k] - 1] == " " and path.order:
                paths.setdefault(cuts[k - 1], []).append(path._replace(score=path.score + _DROPPED_BLANK, seams=path.seams + _DROPPED_BLANK))
    return max(paths[piece.start])


def _may_be_drawn(piece: str) -> bool:
    """Whether a piece may be in reading order by itself: one sign, a figure, or letters and what stands between them."""
    return len(piece) == 1 or _FIGURE.fullmatch(piece) is not None or (piece[0] != " " != piece[-1] and _WORD.search(piece) is not None)


def _with(path: _Path, text: str, start: int, end: int) -> _Path:
    """A path that goes on with the piece [start, end)."""
    seam = 0.0
    if path.order:
        seam = _SEAM if _WORD.fullmatch(text[end - 1] + path.said[-1]) else _SEAM_AT_SIGN
    return _Path(0.0, path.seams + seam, path.said + text[start:end], (*path.order, *range(start, end)))


def _cuts(text: str, piece: _Piece) -> list[int]:
    """Where a stretch may be cut: anywhere but inside a figure."""
    inside = {i for m in _FIGURE.finditer(text, piece.start, piece.end) for i in range(m.start() + 1, m.end())}
    return [i for i in range(piece.start, piece.end + 1) if i not in inside]
