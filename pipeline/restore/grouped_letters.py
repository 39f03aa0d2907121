"""Titles in visual order whose groups of letters stand in writing order: `؟كانه متدجو ذاامو` for `وماذا وجدتم هناك؟`.

A browser draws letters of a bold face that it made itself one by one or a few at once, from left to right; pypdf prints each group as
it is read, and the groups as they are drawn (measured). Lines all of whose letters are turned are visual_order.py's.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LATIN, LETTER, MARK
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.doubled_alefs import mostly_doubled
from pipeline.restore.language_model import plain
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.presentation_forms import FORMS, letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite, unusual
from pipeline.restore.stroke_signs import signs_inside
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.visual_order import may_be_reversed
from pipeline.restore.votes import probability
from pipeline.restore.word_frequency import frequency
from pipeline.restore.word_scores import WordScores

_LONGEST_LINE, _UNKNOWN_SHARE, _KNOWN_SHARE = 140, 0.4, 0.6
_LETTERS = re.compile(f"(?:{LETTER}{MARK}*)+")
_SPAN = re.compile(f"{_LETTERS.pattern}|[0-9\u0660-\u0669]+(?:[.,:/][0-9\u0660-\u0669]+)*|[{LATIN}]+(?:[ .'-]?[{LATIN}]+)*|.")
_LONGEST_WORD, _LONGEST_GROUP, _JOINED = 12, 6, 3
# Log odds of a group of several letters, of a blank inside a word and of one in a group, and of two letters whose forms do not fit together.
_GROUP, _BLANK, _SWAPPED, _UNFIT = -1.0, -10.0, -6.0, -8.0
_FEWEST_STROKES = 5
_MOST_LINES, _LINES_SHARE = 40, 0.22  # of all lines; pages wholly in visual order are visual_order.py's
# By how much a word must be likelier for its line to tell, and a line for itself; so much is enough for a text.
_BY_WORD, _LIKELIER, _SURE, _COMMON, _MOST_SURE = 2.0, 8.0, 25.0, 2.0, 0.9
_JOINS = {"<initial>": (False, True), "<medial>": (True, True), "<final>": (True, False), "<isolated>": (False, False)}
_EVIDENCE = "letters drawn in groups from left to right: read so, the words are known"


class _Reading(NamedTuple):
    """A line's span, its places in reading order, its words, by how much these are likelier than those printed, and than all letters turned."""

    start: int
    end: int
    order: list[int]
    words: list[str]
    gain: float
    over_turned: float


def restore_grouped_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the groups of letters of such lines in reading order, in a text with several whose words then are known."""
    if mostly_doubled(traced.text):
        return Outcome(traced)
    lines = _candidates(traced.text)
    readings = [reading for line in lines if (reading := _best_read(traced.text, *line))]
    sure = [r for r in readings if r.gain > _LIKELIER + _BY_WORD * len(r.words) and len(r.words) > 1]
    if not any(r.gain > _SURE and r.over_turned > _LIKELIER for r in sure):
        return Outcome(traced)
    chosen = sorted(sure + [r for r in readings if r not in sure and r.gain > _LIKELIER and min(map(frequency, r.words)) > _COMMON])
    edits = [reordered(traced, r.start, r.end, r.order) for r in chosen]
    return rewrite(traced, "visual_order", edits, _EVIDENCE, [probability(r.gain / 4, _MOST_SURE) for r in chosen])


def _candidates(text: str) -> list[tuple[int, int]]:
    """Short lines, a good part of whose words nobody knows, in a text that else has known words."""
    if not FORMS.isdisjoint(unusual(text)):
        # A letter for each sign, so that places stay.
        shown = "".join(_letters(c)[:1] or c for c in text)
    elif _shows_habit(text):
        shown = text
    else:
        return []
    lines = [m.span() for m in ARABIC_LINE.finditer(shown)]
    found = [line for line in lines if _may_be_drawn(text, shown, *line)]
    return found if len(found) <= min(_MOST_LINES, _LINES_SHARE * len(lines)) else []


def _shows_habit(text: str) -> bool:
    """Whether a word of single letters stands among other unknown ones: the forms of letters not showing it, it must."""
    for word in filter(may_be_reversed, document_words(text).unknown):
        at = text.find(word)
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        if at >= 0 and _may_be_drawn(text, text, start, end if end >= 0 else len(text)):
            return True
    return False


def _may_be_drawn(text: str, shown: str, start: int, end: int) -> bool:
    """Whether a line is short and nobody knows a good part of its words, strokes inside them aside (stroke_signs.py)."""
    if end - start > _LONGEST_LINE:
        return False
    strokes = {sign for sign, times in signs_inside(text).items() if times >= _FEWEST_STROKES}
    places = [place for place in range(start, end) if text[place] not in strokes]
    line = "".join([text[place] for place in places])
    words = [word for m in TOKEN.finditer("".join([shown[place] for place in places])) if len(word := _read(line[slice(*m.span())])) > 1]
    return sum(not WordScores.load().knows(word) for word in words) >= max(1, _UNKNOWN_SHARE * len(words))


def _letters(sign: str) -> str:
    return letters(sign) if sign in FORMS else sign


def _read(signs: str) -> str:
    """The plain letters that signs show."""
    return plain("".join(map(_letters, signs)))


def _best_read(text: str, start: int, end: int) -> _Reading | None:
    """The likeliest reading of a line; none where its words are no likelier, or few are known."""
    places = [*range(start, end)]
    score, order, words = _from_the_end(text, places)
    # A blank can be in a group, too: it then stands on the other side of a letter.
    for at in [k for k in range(1, len(places) - 2) if text[places[k]] == " " and text[places[k + 2]] != " "]:
        swapped = [*places[:at], places[at + 1], places[at], *places[at + 2 :]]
        found = _from_the_end(text, swapped)
        if found[0] + _SWAPPED > score:
            (score, order, words), places = (found[0] + _SWAPPED, *found[1:]), swapped
    known = sum(map(WordScores.load().knows, words))
    shown = _shown(text, range(start, end))
    printed = [_read(text[start + m.start() : start + m.end()]) for m in _LETTERS.finditer(shown)]
    gain, over_turned = (score - sum(map(WordScores.load().log_probability, told)) for told in (printed, [word[::-1] for word in printed]))
    return _Reading(start, end, order, words, gain, over_turned) if gain > 0 and known > _KNOWN_SHARE * len(words) else None


def _shown(text: str, places: Sequence[int]) -> str:
    """A letter for each sign."""
    return "".join([_letters(text[place])[:1] or " " for place in places])


def _from_the_end(text: str, places: Sequence[int]) -> tuple[float, list[int], list[str]]:
    """What signs say, read from the last to the first: the score of the words, the places in reading order, the words."""
    shown = _shown(text, places)
    spans = [([*places[m.start() : m.end()]], bool(_LETTERS.fullmatch(m.group()))) for m in _SPAN.finditer(shown)]
    # The best readings of what stands right of each span, from the line's end on.
    best: list[tuple[float, list[int], list[str]]] = [*((-math.inf, [], []) for _ in spans), (0.0, [], [])]
    for first in range(len(spans) - 1, -1, -1):
        for last, score, order, word in _read_from(text, spans, first):
            rest, before, words = best[last + 1]
            if rest + score > best[first][0]:
                best[first] = (rest + score, before + order, words + ([word] if word else []))
    return best[0]


def _read_from(text: str, spans: Sequence[tuple[list[int], bool]], first: int) -> Iterator[tuple[int, float, list[int], str]]:
    """What begins at a span may be: it alone, or up to three words that blanks parted; the last span of each, its score, places and word."""
    if not spans[first][1]:
        yield first, 0.0, spans[first][0], ""
        return
    for last in range(first, min(first + 2 * _JOINED, len(spans)), 2):
        between = [text[places[0]] for places, _ in spans[first + 1 : last : 2]]
        letters_of = [place for places, _ in spans[first : last + 1 : 2] for place in places]
        if not spans[last][1] or any(sign != " " for sign in between) or (between and len(letters_of) > _LONGEST_WORD):
            return
        score, order = _word(text, letters_of)
        yield last, score + _BLANK * len(between), order, _read("".join(text[i] for i in order))


def _word(text: str, places: list[int]) -> tuple[float, list[int]]:
    """The likeliest word that letters in visual order make, some of them in groups: its score and places."""
    units: list[list[int]] = []
    for place in places:
        if units and re.match(MARK, text[place]):
            units[-1].append(place)
        else:
            units.append([place])
    signs = tuple("".join(text[i] for i in unit) for unit in units)
    score, cuts = _grouped(signs) if len(units) <= _LONGEST_WORD else _turned(signs)
    return score, [place for low, high in reversed([*pairwise(cuts)]) for unit in units[low:high] for place in unit]


def _turned(signs: tuple[str, ...]) -> tuple[float, tuple[int, ...]]:
    """The same for letters all by themselves, of words too long to be tried in groups."""
    return WordScores.load().log_probability(_read("".join(signs[::-1]))), tuple(range(len(signs) + 1))


@lru_cache(maxsize=5_000)
def _grouped(signs: tuple[str, ...]) -> tuple[float, tuple[int, ...]]:
    """The division of letters into groups whose word, the groups last first, is likeliest: its score, and where groups begin and end."""
    log_probability = WordScores.load().log_probability
    read, size = [_read(sign) for sign in signs], len(signs)
    best: tuple[float, tuple[int, ...]] = (-math.inf, ())
    for cuts in _divisions(size):
        order = [k for low, high in reversed([*pairwise(cuts)]) for k in range(low, high)]
        unfit = sum(_unfit(signs[one], signs[other]) for one, other in pairwise(order)) + _unfit("", signs[order[0]]) + _unfit(signs[order[-1]], "")
        groups = sum(high - low > 1 for low, high in pairwise(cuts))
        best = max(best, (log_probability("".join(read[k] for k in order)) + _GROUP * groups + _UNFIT * unfit, cuts))
    return best


@cache
def _divisions(size: int) -> tuple[tuple[int, ...], ...]:
    """All divisions of so many letters into groups of a few."""
    if size == 0:
        return ((0,),)
    return tuple((*cuts, size) for last in range(1, min(size, _LONGEST_GROUP) + 1) for cuts in _divisions(size - last))


@lru_cache(maxsize=20_000)
def _unfit(before: str, behind: str) -> bool:
    """Whether of two letters, or a word's edge ("") and one, one joins the other and is not joined."""
    one, other = (_JOINS.get(unicodedata.decomposition(sign[0]).split(" ")[0]) if sign else (False, False) for sign in (before, behind))
    return one is not None and other is not None and one[1] != other[0]
