"""Words whose letters were reversed one by one, in lines whose words stay in order: `تلصو ةنيفسلا ىلإ أفرملا` for `وصلت السفينة إلى المرفأ`.

Cairo shows the letters of a right-to-left word in reading order, which pypdf and pdfium take for the order on the page (measured).
pypdf reverses signs between words likewise, and its parts of a line between figures, and signs of another font, stand from
left to right; pdfium keeps both. Lines that mix reversed words with right ones belong in turned_words.py, lines that are
reversed as a whole in visual_order.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from pipeline.restore.characters import LATIN, LATIN_WORDS, MARK
from pipeline.restore.document_words import document_words
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import WORD, Lexicon, plain
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite, single_blanks
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.turned_words import turned_order
from pipeline.restore.visual_order import may_be_reversed, reversed_count, unpaired
from pipeline.restore.votes import Votes
from pipeline.restore.word_frequency import one_word_odds
from pipeline.restore.word_scores import WordScores

_LETTERS, _STOPS = "\u0621-\u065f\u0670\ufffd", "\u060c\u061b\u061f"
_ARABIC = _LETTERS + _STOPS
_FIGURE = f"{NUMERAL}|{LATIN_WORDS}"
_PIECE = re.compile(f"[{_ARABIC}]+|[«»][^{_ARABIC}«»]*|[^{_ARABIC}«»]+")
_WORD_OR_NOT = re.compile(f"[{_ARABIC}]+|[^{_ARABIC}]+")
_WORD_OR_SIGN = re.compile(f"[{_LETTERS}]+|[^{_LETTERS}]+")
_STOP_BEHIND, _STOP_BEFORE = (re.compile(form, re.M) for form in (f"[{_LETTERS}][{_STOPS}](?= |$)", f"(?:^|(?<= ))[{_STOPS}](?=[{_LETTERS}])"))
_MARK = re.compile(MARK)
_UNIT = re.compile("ل[اأإآ]|.")
_ARTICLE, _LIKELIER = re.compile("لا[وفبك]?"), 1.0
_CUT_LAM_ALEF, _LAST_LETTERS = re.compile("ل[اأإآ]"), re.compile(f"[{_LETTERS}]+$")
_SHORTEST, _LONGEST_CUT = 3, 16
_LAM_ALEF_INSIDE = re.compile(f"(?<![{_LETTERS}])[{_LETTERS}]*ل[اأإآ][{_LETTERS}]+(?![{_LETTERS}])")
_IS_WORD = re.compile(f"[{_ARABIC}]")
_FAMILIES = ("/", "()[]", "-–—", '“”«»"', ".:؟!")
_COMMON, FEWEST, _SHARE = 15, 8, 0.15
_MOSTLY, _SHORT = 12, 3
_LONGEST_ROW, _OF_TWO_ROWS = 1.3, 4.0
_SAMPLE, _CLEARLY, _SURE, _UNPAIRED, _SEVERAL, _FAR = 12, 3.0, 2.0, 4.0, 2, 6.0
_NO_BLANK_BEFORE, _NO_BLANK_BEHIND = frozenset(".،؛:؟!/)]»”%٪"), frozenset("/([«“")

_APART, _TOUCHING = re.compile(f"(?<=[{_ARABIC}]) [.:/]"), re.compile(f"(?<=[{_ARABIC}])[.:/]")
_SAID = re.compile(f"[0-9{LATIN}\u0660-\u0669\ue000-\uf8ff]")
_NO_BLANK_BEFORE_MIRRORED, _NO_BLANK_BEHIND_MIRRORED = frozenset(".،؛:؟!/([«“%٪"), frozenset("/)]»”")


class _Reading(NamedTuple):
    """A line's span, its places in reading order, -1 for a blank set in, and what it then reads."""

    start: int
    end: int
    order: list[int]
    text: str


def restore_turned_pieces(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Reverse the pieces of lines one by one, in a text where that makes words and reads better than whole lines reversed."""
    text = traced.text
    words = document_words(text)
    struck = sum(map(may_be_reversed, words.unknown))
    if struck < max(FEWEST, _SHARE * len(words.distinct)) or struck < _MOSTLY * _right(words.distinct - words.rare):
        return Outcome(traced)
    lines = [m.span() for m in ARABIC_LINE.finditer(text)]
    fluency = Fluency()
    if not _are_in_order(text, lines, fluency):
        return Outcome(traced)
    readings = [r for r in _best_readings(text, lines, fluency) if r.text != text[r.start : r.end]]
    edits = [reordered(traced, r.start, r.end, r.order) for r in readings]
    return rewrite(traced, "visual_order", edits, "the letters of each word in reverse are words, and so they read best", 0.97)


def _right(usual: Iterable[str]) -> int:
    """How many usual words stand as they are written."""
    count = Lexicon.load().plain_count
    return sum(len(word) > _SHORT and count(word) > reversed_count(word) for word in usual)


def _are_in_order(text: str, lines: Sequence[tuple[int, int]], fluency: Fluency) -> bool:
    """Whether the longest lines read better with their words turned in place than turned as a whole or left alone."""
    longest = sorted(lines, key=lambda line: line[0] - line[1])[:_SAMPLE]
    in_place = max(_total(_readings(text, longest, signs), fluency) for signs in ("", None))
    others = ([text[slice(*line)][::-1] for line in longest], [text[slice(*line)] for line in longest])
    return in_place > max(sum(fluency.alone(other)) for other in others) + _CLEARLY * len(longest)


def _total(readings: Sequence[_Reading], fluency: Fluency) -> float:
    return sum(fluency.alone(r.text for r in readings)) - _UNPAIRED * sum(unpaired(r.text) for r in readings)


def _best_readings(text: str, lines: Sequence[tuple[int, int]], fluency: Fluency) -> list[_Reading]:
    """All lines turned; signs of a family part a line from left to right where that makes the whole text read better."""
    signs, best = "", _readings(text, lines, "")
    if _total(kept := _readings(text, lines, None), fluency) > _total(best, fluency):
        return kept
    families = [family for family in _FAMILIES if any(sign in text for sign in family)]
    # First each family by itself, then all: signs side by side must be told apart together.
    for family in (*families, "".join(families)):
        tried = _readings(text, lines, signs + family)
        if _are_better(tried, best, fluency):
            signs, best = signs + family, tried
    return _with_rows_parted(text, best, signs, fluency)


def _with_rows_parted(text: str, readings: Sequence[_Reading], signs: str, fluency: Fluency) -> list[_Reading]:
    """The readings, lines too long to be a row as two that a blank parts, where that reads far better: a mark hid the first one's end from pypdf."""
    longest = _LONGEST_ROW * median(r.end - r.start for r in readings)
    return [_as_two_rows(text, r, signs, longest, fluency) if r.end - r.start > longest else r for r in readings]


def _as_two_rows(text: str, line: _Reading, signs: str, longest: float, fluency: Fluency) -> _Reading:
    blanks = (m.start() for m in re.finditer(" ", text[line.start : line.end]))
    parted = [(line.start + at, line.start + at + 1) for at in blanks if max(at, line.end - line.start - at) <= longest]
    rows = [_readings(text, [(line.start, end), (start, line.end)], signs) for end, start in parted]
    read_on = [_Reading(line.start, line.end, [*first.order, BLANK, *second.order], f"{first.text} {second.text}") for first, second in rows]
    scores = fluency.alone(" ".join(reading.text.split()) for reading in (line, *read_on))
    best = max(range(len(scores)), key=scores.__getitem__)
    return read_on[best - 1] if best and scores[best] > scores[0] + _OF_TWO_ROWS else line


def _are_better(tried: Sequence[_Reading], best: Sequence[_Reading], fluency: Fluency) -> bool:
    """Whether several of the lines that differ read better and hardly any worse, or few far better."""
    laid = [fluency.settings(r.text for r in readings) for readings in (tried, best)]
    changed = [k for k, (new, old) in enumerate(zip(tried, best, strict=True)) if new.text != old.text]
    gains = fluency.gains([(laid[0][k], laid[1][k]) for k in changed])
    gains = [gain + _UNPAIRED * (unpaired(best[k].text) - unpaired(tried[k].text)) for gain, k in zip(gains, changed, strict=True)]
    better, worse, total = Votes.of(gains, _SURE)
    return total > (_SURE if better >= _SEVERAL and better > _SEVERAL * worse else _FAR)


def _readings(text: str, lines: Sequence[tuple[int, int]], signs: str | None) -> list[_Reading]:
    """Lines turned, parted at figures and signs; None for lines in which only words are turned."""
    if signs is None:
        apart = len(_APART.findall(text)) > len(_TOUCHING.findall(text))
        return [_with_words_turned(text, *line, apart) for line in lines]
    breaks = re.compile(_FIGURE + (f"|[{re.escape(signs)}](?:[ {re.escape(signs)}]*[{re.escape(signs)}])?" if signs else ""))
    return [_reading(text, *line, breaks) for line in lines]


def _with_words_turned(text: str, start: int, end: int, apart: bool) -> _Reading:
    """A line in which only words are turned, and signs between them where pdfium sets these apart, mirrored and last one first."""
    order: list[int] = []
    keeps = _keeps_stops(text)
    for piece in (_WORD_OR_SIGN if keeps else _WORD_OR_NOT).finditer(text, start, end):
        places = range(*piece.span())
        if keeps and _MARK.search(piece.group()):
            # Such a reader leaves marks in their places, too.
            order += [piece.start() + i for i in turned_order(piece.group())]
        elif _IS_WORD.match(piece.group()) and not (keeps and piece.group()[0] in _STOPS):
            order += places if _ends_word(text, order, piece) else _turned_word(piece, cut=True)
        else:
            order += places[::-1] if apart and not _SAID.search(piece.group()) else places
    if apart:
        order = single_blanks(text, order, _NO_BLANK_BEFORE_MIRRORED, _NO_BLANK_BEHIND_MIRRORED)
    return _Reading(start, end, order, read(text, order))


@lru_cache(maxsize=2)
def _keeps_stops(text: str) -> bool:
    """Whether Arabic stops stand behind words already, as on Chromium's pages; on cairo's they are turned with the word."""
    return len(_STOP_BEHIND.findall(text)) > len(_STOP_BEFORE.findall(text))


def _reading(text: str, start: int, end: int, breaks: re.Pattern[str]) -> _Reading:
    segments = list(_segments(text, start, end, breaks))
    order: list[int] = []
    for places in reversed(segments):
        order += [*([BLANK] if order else []), *places]
    order = single_blanks(text, order, _NO_BLANK_BEFORE, _NO_BLANK_BEHIND)
    return _Reading(start, end, order, read(text, order))


def _segments(text: str, start: int, end: int, breaks: re.Pattern[str]) -> Iterator[list[int]]:
    """The places of each part of a line from left to right, those of a part in reading order."""
    at = start
    behind_figure = False
    for match in (*breaks.finditer(text, start, end), None):
        yield [i for piece in _pieces(text, at, match.start() if match else end, behind_figure) for i in piece]
        if match:
            behind_figure = match.group()[0].isalnum()
            yield [*range(*match.span())] if behind_figure else [*reversed(range(*match.span()))]
            at = match.end()


def _pieces(text: str, start: int, end: int, behind_figure: bool) -> Iterator[Sequence[int]]:
    """Words and signs reversed one by one; signs right behind a figure or a guillemet keep its direction."""
    for piece in _PIECE.finditer(text, start, end):
        places = range(*piece.span())
        if _IS_WORD.match(piece.group()):
            yield _turned_word(piece)
        else:
            keeps = piece.group()[0] in "«»" or (behind_figure and piece.start() == start)
            yield places if keeps else places[::-1]


def _turned_word(piece: re.Match[str], *, cut: bool = False) -> list[int]:
    """The places of a word from the last to the first; a lam-alef that was one glyph keeps its order where that makes the word.

    It may be `cut` at a lam-alef or hamza, so that `لا` is the article.
    """
    turned = [*reversed(range(*piece.span()))]
    kept = [i for unit in reversed(list(_UNIT.finditer(piece.string, *piece.span()))) for i in range(*unit.span())]
    if kept == turned:
        return turned
    likely, printed = WordScores.load().log_probability, [*range(*piece.span())]
    keeps = not cut or _keeps_lam_alef(piece.string)
    needed = 0.0 if keeps else math.inf if _ARTICLE.fullmatch(piece.group()) else _LIKELIER
    best = kept if likely(_plain(piece.string, kept)) > likely(_plain(piece.string, turned)) + needed else turned
    as_printed = _plain(piece.string, printed)
    # pdfium leaves some words as they are whose lam-alef is one glyph.
    stays = len(as_printed) > _SHORT and likely(as_printed) > likely(_plain(piece.string, best)) + _CLEARLY
    return printed if stays else best


def _ends_word(text: str, order: Sequence[int], piece: re.Match[str]) -> bool:
    """Whether a piece that lam-alef begins, which pdfium then leaves as it is, is the end of the word that was cut before it."""
    if not _CUT_LAM_ALEF.match(piece.group()) or len(order) < _SHORTEST or text[order[-1]] != " ":
        return False
    before = _LAST_LETTERS.search(read(text, order[-_LONGEST_CUT:-1]))
    start, end = plain(before.group() if before else ""), plain(piece.group())
    return len(end) >= _SHORTEST and Lexicon.load().plain_count(start + end) >= _COMMON and one_word_odds(start, end) > 1


@lru_cache(maxsize=2)
def _keeps_lam_alef(text: str) -> bool:
    """Whether lam-alef came as one glyph, its letters in order, in some long word: else `لا` by itself is the article of a cut word."""
    likely = WordScores.load().log_probability
    words = {m.group() for m in _LAM_ALEF_INSIDE.finditer(text)}
    kept = (likely("".join(reversed(_UNIT.findall(word)))) - likely(word[::-1]) for word in words)
    return sum(gain > _CLEARLY for gain in kept) >= _SEVERAL


def _plain(text: str, order: Sequence[int]) -> str:
    return "".join(WORD.findall(plain("".join(text[i] for i in order))))
