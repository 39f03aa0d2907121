"""Pieces that touch, cut inside words and printed last first: `يد الساحلتتح الوزير خط حداف` for `افتتح الوزير خط حديد الساحل`.

LibreOffice stretches the words of justified lines with a glyph that often has no code, or one of a sign, and pdf.js begins a
piece at each (measured). What it draws by itself, figures above all, ends the stretch that is turned, and no blank
stands beside them, which tells such texts. Pieces parted by blanks are displaced_runs.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import ALEFS, IN_WORDS, LETTER, LETTERS
from pipeline.restore.language_model import plain
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.stroke_signs import signs_inside
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_scores import WordScores

_GLUED = re.compile(f"[0-9](?:(?<=[{LETTERS}]{{2}}[0-9])|(?=[{LETTERS}]{{2}}))")
TRACES: tuple[Trace, ...] = ((LETTER, LETTER, "[0-9]"),)
_BETWEEN = re.compile(f"[0-9](?<=[{LETTERS}]{{2}}[0-9])[0-9.,]*[{LETTERS}]{{2}}")
_APART = re.compile(f"[0-9](?:(?<=[{LETTERS}] [0-9])|(?= [{LETTERS}]))")
_FIGURE = re.compile(CODED_NUMERAL)
_TOKEN = re.compile("[^ ]+")
_NO_LETTER = re.compile(f"[^{IN_WORDS}]")
_FEWEST_GLUED, _FEWEST_BETWEEN, _MOST_APART, _LONGEST_WORDS, _FEWEST_STRETCHES = 4, 2, 0.1, 12, 2
_TRANSPOSED = re.compile(f"([{ALEFS}])ل")
# A seam in log probability; how much better a stretch must read, by itself and with others in the text.
_SEAM, _SEAM_AT_STROKE, _SEAM_BESIDE_STROKES = -5.0, -1.0, -7.0
_GAIN, _GAIN_WITH_OTHERS, _TOTAL, _FEWEST_STROKES, _FIRST = 6.0, 3.0, 30.0, 5, 40
# Between words, too, and no strokes; where a digit is the stroke, figures cannot be told from it.
_JOINERS = frozenset("/-")
_BEAM, _MOST_CUTS, _UNKNOWN, _IMPOSSIBLE = 8, 140, -17.0, -1e9


class _Path(NamedTuple):
    """Pieces from a stretch's end backwards: how well they read with the open word and without, that word, the places of the cuts."""

    score: float
    whole: float
    open: str
    cuts: tuple[int, ...]


def restore_glued_pieces(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces between figures in reading order where a text's figures touch the words on both sides."""
    text = traced.text
    if not _has_glued_figures(text):
        return Outcome(traced)
    strokes = frozenset(sign for sign, times in signs_inside(text).items() if times >= _FEWEST_STROKES and sign not in _JOINERS)
    if any(map(str.isdigit, strokes)):
        return Outcome(traced)
    found: list[tuple[_Path, float]] = []
    for line in ARABIC_LINE.finditer(text):
        found += [_best(text, *span, strokes) for span in _stretches(text, *line.span())]
        # Where none of the first is better, no more are tried: each takes long.
        if len(found) >= _FIRST and all(gain <= _GAIN_WITH_OTHERS for _, gain in found):
            return Outcome(traced)
    sure = [gain for _, gain in found if gain > _GAIN]
    if len(sure) < _FEWEST_STRETCHES or sum(sure) < _TOTAL:
        return Outcome(traced)
    better = [path for path, gain in found if gain > _GAIN_WITH_OTHERS]
    edits = [_edit(traced, path.cuts, strokes) for path in better]
    return rewrite(traced, "visual_order", edits, "pieces cut inside words stand last first; their words are known when turned", 0.9)


def _has_glued_figures(text: str) -> bool:
    """Whether figures touch the words beside them, on both sides where words stand there, though words do not touch each other."""
    glued = len(_GLUED.findall(text))
    if glued < _FEWEST_GLUED or len(_BETWEEN.findall(text)) < _FEWEST_BETWEEN:
        return False
    return len(_APART.findall(text)) <= _MOST_APART * glued and len(text) < _LONGEST_WORDS * text.count(" ")


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the figures of a line."""
    at = start
    for match in (*_FIGURE.finditer(text, start, end), None):
        stop = match.start() if match else end
        while at < stop and text[at] == " ":
            at += 1
        if " " in text[at:stop]:
            yield at, stop
        at = match.end() if match else end


def _edit(traced: Traced, cuts: Sequence[int], strokes: frozenset[str]) -> Edit:
    """`cuts` from the stretch's end to its start; the strokes at which it was cut are left out."""
    left_out = set(_strokes_at(traced.text, cuts[::-1], strokes)) if strokes else set()
    order = [place for end, start in pairwise(cuts) for place in range(start, end) if place not in left_out]
    return reordered(traced, cuts[-1], cuts[0], order)


def _strokes_at(text: str, cuts: Sequence[int], strokes: frozenset[str]) -> Iterator[int]:
    """The strokes at the cuts: each piece has one at either end but where the words begin and end, so its neighbours' touch."""
    start, *inner, end = cuts
    if inner:
        yield from (place for place in (start, end - 1) if text[place] in strokes)
    for k, cut in enumerate(inner):
        beside = [place for place in (cut - 1, cut, cut - 2, cut + 1) if start < place < end - 1 and text[place] in strokes]
        yield from beside[: (k > 0) + (k < len(inner) - 1)]


def _best(text: str, start: int, end: int, strokes: frozenset[str]) -> tuple[_Path, float]:
    """The likeliest pieces of a stretch, and by how much they read better in reverse order than the stretch as printed."""
    words = [m.span() for m in _TOKEN.finditer(text, start, end)]
    told = [_score(text[a:b]) for a, b in words]
    # Words that only touch, in reading order, are no pieces.
    printed = sum(_parted(text[a:b]) if score < _UNKNOWN else score for (a, b), score in zip(words, told, strict=True))
    inside = {i for (a, b), score in zip(words, told, strict=True) if score < _UNKNOWN or b - a == 1 for i in range(a - 1, b + 2)}
    inside |= {i for i in range(start + 1, end) if not strokes.isdisjoint(text[i - 1 : i + 1])}
    cuts = [start, *sorted(i for i in inside if start < i < end), end]
    if not 2 < len(cuts) <= _MOST_CUTS:
        return _Path(printed, printed, "", (start, end)), 0.0
    paths: dict[int, list[_Path]] = {end: [_Path(0.0, 0.0, "", (end,))]}
    for k in range(len(cuts) - 1, 0, -1):
        seam = _seam(text, start, cuts[k], end, strokes)
        for path in sorted(paths.get(cuts[k], ()), reverse=True)[:_BEAM]:
            for at in cuts[:k]:
                paths.setdefault(at, []).append(_longer(path, text[at : cuts[k]], at, seam))
    best = max(paths[start])
    return best, best.score - printed


def _seam(text: str, start: int, at: int, end: int, strokes: frozenset[str]) -> float:
    """What a cut costs: little at a stroke, where a text shows these, much at a letter; the stretch's end is none."""
    if at == end:
        return 0.0
    if not strokes:
        return _SEAM
    return _SEAM_AT_STROKE if not strokes.isdisjoint(text[max(start, at - 1) : at + 1]) else _SEAM_BESIDE_STROKES


def _longer(path: _Path, piece: str, at: int, seam: float) -> _Path:
    """A path that goes on with the piece printed before its own ones."""
    first, *others = piece.split(" ")
    whole, word = path.whole + seam, path.open + first
    if others:
        whole += sum(map(_score, (word, *others[:-1])))
        word = others[-1]
    return _Path(whole + _score(word), whole, word, (*path.cuts, at))


@lru_cache(maxsize=50_000)
def _score(token: str) -> float:
    """Log probability of a token's letters, 0 where it has none; signs do not count, and lam-alef may be transposed."""
    word = plain(_NO_LETTER.sub("", token))
    spellings = {word, *(word[: m.start()] + "ل" + m.group(1) + word[m.end() :] for m in _TRANSPOSED.finditer(word))}
    return max(map(WordScores.load().log_probability, spellings)) if word else 0.0


@lru_cache(maxsize=20_000)
def _parted(token: str) -> float:
    """The score of a token, as it stands or parted into two."""
    return max(_score(token), *(_score(token[:at]) + _score(token[at:]) for at in range(2, len(token) - 1)), _IMPOSSIBLE)
