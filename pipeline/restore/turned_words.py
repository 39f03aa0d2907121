"""Words whose letters stand in visual order one by one, in lines whose words are in order: `ديعصت ديدج في السوق`.

pdfium does this to Chromium's pages in some fonts (measured): a word comes out reversed when its last letter is joined
to the one before, and as written when it stands alone; a lam-alef keeps its order. Lines turned as a whole belong in
visual_order.py, which asks this module first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import FATHATAN, IN_WORDS, JOINING, LETTER, LETTERS_AND_TATWEEL, MARK, TANWIN
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import plain
from pipeline.restore.mark_places import place_scores
from pipeline.restore.moved_marks import words_by_mark
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.votes import probability
from pipeline.restore.word_scores import WordScores

_CLEAR = 3.0  # log odds of a word that tells which way it stands
_LEAST_LINES, _SHARE_OF_LINES = 3, 0.4
_SAME = 1e-3
_CAREFUL = 0.5  # words are turned at more than even odds
_LAM_ALEF, _TURNED_LAM_ALEF = re.compile("ل[اأإآ]"), "ال"
_LEAST_MARKED = 3
_MOST_SURE = 0.98
_MOSTLY, _MOST_LEAN, _TELLING = 4, 3.0, 3
_UNSUITED, _MANY_MARKED, _HABIT, _TANWIN_ON_ALEF = 0.02, 5, 1.2, 0.9
_STOP_BEHIND, _STOP_BEFORE = (
    re.compile(f"[{LETTERS_AND_TATWEEL}][،.؛:](?= |$)", re.M),
    re.compile(f"(?:^|(?<= ))[،.؛:](?=[{LETTERS_AND_TATWEEL}])", re.M),
)
_MARKED = re.compile(f"(?<![{IN_WORDS}])[{LETTERS_AND_TATWEEL}]{{2,}}{MARK}+[{IN_WORDS}]*")
# Where the mark's glyph has a letter in its code: the alef of a tanwin, or the letter that bears the mark, with it.
_DRAGGED = re.compile(
    f"(?P<alef>ا)(?P<rest>{LETTER}+)(?P<mark>\u064b)ا?|(?P<bearer>{LETTER})(?P<left>{LETTER}+)(?P<marks>{MARK}+)(?P=bearer)(?P=marks)(?P<right>{LETTER}*)"
)
# Indefinite accusatives end in these; any other letter has an alef behind it.
_BEFORE_FATHATAN = "اىةء"
_MARK, _MARKS = re.compile(MARK), re.compile(f"{MARK}+")


class _Way(NamedTuple):
    """A reading of a printed token: its places in reading order, and the plain word."""

    order: tuple[int, ...]
    word: str


def turned_words(traced: Traced) -> list[tuple[Edit, float]] | None:
    """Edits, with confidences, that turn the reversed words of a text; None for a text whose lines do not mix them with right ones."""
    tokens = [m for m in TOKEN.finditer(traced.text) if len(m.group()) > 1]
    odds = [_odds(m.group()) for m in tokens]
    if not (_is_mixed(traced.text, tokens, odds) or _keeps_stops(traced.text, odds)):
        return None
    habit, lean = _habit(tokens, odds), _lean(odds)
    scored = [(m, own + habit * _consistency(m.group()) + lean * (abs(own) < _CLEAR)) for m, own in zip(tokens, odds, strict=True)]
    edits = [(_edit(traced, m), probability(score, _MOST_SURE)) for m, score in scored if score > _CAREFUL]
    return [(edit, score) for edit, score in edits if edit.after != traced.text[edit.start : edit.end]]


def restore_marked_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn the letters before a vowel mark, `يندمًا` → `مدنيًا`, in a text whose unknown marked words become known so."""
    unknown = document_words(traced.text).unknown
    if not unknown or len(_MARK.findall(near_marks(traced.text))) < _LEAST_MARKED:
        return Outcome(traced)
    tokens = [(m, _odds(m.group())) for m in words_by_mark(traced.text, _MARK, _MARKED)]
    told = [(m, score) for m, score in tokens if plain(m.group()) in unknown]
    struck = [(m, score) for m, score in told if score > _CLEAR and _is_word_with_its_mark(m.group())]
    # One word that a text repeats may be a name, or one that the word list lacks.
    if len({plain(m.group()) for m, _ in struck}) < _LEAST_MARKED:
        return Outcome(traced)
    # Of words that are known both ways the mark tells.
    known = [(m, score + _mark_odds(m.group())) for m, score in tokens if plain(m.group()) not in unknown]
    struck = sorted(
        [*struck, *((m, score) for m, score in known if score > _CLEAR - _HABIT * (len(struck) >= _MANY_MARKED))], key=lambda found: found[0].start()
    )
    edits = [_edit(traced, m) for m, _ in struck]
    return rewrite(
        traced,
        "visual_order",
        edits,
        f"letters before the mark stand reversed in {len(struck)} words",
        [probability(s, _MOST_SURE) for _, s in struck],
    )


def _is_word_with_its_mark(token: str) -> bool:
    """Whether a token turned is a known word that can bear the token's mark where it then stands: `احزانً` cannot."""
    way = _turned(token)
    return WordScores.load().knows(way.word) and not (FATHATAN in token and way.word[-1] not in _BEFORE_FATHATAN)


def _edit(traced: Traced, match: re.Match[str]) -> Edit:
    return turned_word(traced, *match.span())


def turned_word(traced: Traced, start: int, end: int) -> Edit:
    """The edit that gives a word whose letters stand reversed its likeliest reading; a mark inside may have stayed in its place."""
    return reordered(traced, start, end, [start + i for i in turned_order(traced.text[start:end])])


def turned_order(word: str) -> tuple[int, ...]:
    """The places of the letters and marks of a word whose letters stand reversed, in its likeliest reading."""
    return _turned(word).order


def _is_mixed(text: str, tokens: list[re.Match[str]], odds: list[float]) -> bool:
    """Whether lines commonly have both words that surely stand reversed and words that surely do not."""
    lines: dict[int, list[int]] = {}
    number = at = 0
    for match, own in zip(tokens, odds, strict=True):
        number += text.count("\n", at, match.start())
        at = match.start()
        told = lines.setdefault(number, [0, 0, 0])
        told[0 if own > _CLEAR else 1 if own < -_CLEAR else 2] += 1
    mixed = sum(min(turned, right) >= 2 for turned, right, _ in lines.values())
    long = sum(sum(told) >= 5 for told in lines.values())
    return mixed >= _LEAST_LINES and mixed >= _SHARE_OF_LINES * long


def _keeps_stops(text: str, odds: list[float]) -> bool:
    """Whether most words stand reversed but have their stops behind them: a reversed line has them before its words."""
    turned, right = _told(odds)
    return turned > _MOSTLY * right and len(_STOP_BEHIND.findall(text)) > _MOSTLY * len(_STOP_BEFORE.findall(text)) + _LEAST_LINES


def _lean(odds: list[float]) -> float:
    """What the text's clear words say of those that are not: log odds, none where they say that words stand right."""
    turned, right = _told(odds)
    return min(_MOST_LEAN, max(0.0, math.log((turned + 0.5) / (_MOSTLY * right + 0.5))))


def _told(odds: list[float]) -> tuple[int, int]:
    return sum(own > _CLEAR for own in odds), sum(own < -_CLEAR for own in odds)


def _habit(tokens: list[re.Match[str]], odds: list[float]) -> float:
    """What it tells that a word ends in a joined letter when read one way only: log odds, by the text's clear words.

    Names that nobody knows are not clear, and marks turn the letters on either side of them for themselves.
    """
    right = wrong = 0.5
    for match, own in zip(tokens, odds, strict=True):
        consistent = _consistency(match.group()) if abs(own) > _CLEAR and _is_known(match.group()) else 0
        if consistent:
            if (own > 0) == (consistent > 0):
                right += 1
            else:
                wrong += 1
    return max(0.0, math.log(right / wrong))


def _is_known(token: str) -> bool:
    """Whether a token without marks is a known word, of three letters at least, one way or the other."""
    scores = WordScores.load()
    return len(token) >= _TELLING and not _MARK.search(token) and (scores.knows(token) or scores.knows(_turned(token).word))


@lru_cache(maxsize=20_000)
def _consistency(token: str) -> int:
    """1 for a token that the habit says is reversed, -1 for one that it says is right, 0 where both readings fit or none; `لا` is one glyph."""
    if token == _TURNED_LAM_ALEF:
        return 0
    return int(_ends_joined(_turned(token).word)) - int(not _ends_joined(plain(token)))


def _ends_joined(word: str) -> bool:
    return len(word) > 1 and word[-2] in JOINING and not _LAM_ALEF.match(word, len(word) - 2)


@lru_cache(maxsize=20_000)
def _odds(token: str) -> float:
    """Log odds that a token's letters stand reversed, by the words that it makes both ways."""
    word = plain(token)
    if len(word) < 2:
        return 0.0
    scores = WordScores.load()
    return scores.log_probability(_turned(token).word) - scores.log_probability(word)


@lru_cache(maxsize=20_000)
def _turned(token: str) -> _Way:
    """The likeliest reading of a token whose letters stand reversed."""
    ways = list(_ways(token))
    odds = [WordScores.load().log_probability(way.word) for way in ways]
    best = max(odds)
    # Ways that make the same word may leave its mark on different letters.
    return max((way for way, own in zip(ways, odds, strict=True) if own > best - _SAME), key=lambda way: _mark_score(token, way))


def _mark_odds(token: str) -> float:
    """Log odds that a token's letters stand reversed, by how well its first mark suits the letters that it stands on both ways."""
    scores = [_mark_score(token, way) for way in (_turned(token), _Way(tuple(range(len(token))), plain(token)))]
    turned, printed = (max(score, _UNSUITED) for score in scores)
    return math.log(turned / printed)


def _mark_score(token: str, way: _Way) -> float:
    """How well a token's first mark suits the letter that it stands on in a reading."""
    mark = _MARK.search(token)
    if not mark:
        return 0.0
    at = len(plain("".join(token[i] for i in way.order[: way.order.index(mark.start())]))) - 1
    if mark.group() in TANWIN:
        ends = len(way.word) - 1
        return 1.0 if at == ends - way.word.endswith("ا") else _TANWIN_ON_ALEF if at == ends else 0.0
    return place_scores(way.word, mark.group())[at] if at >= 0 else -1.0


def _ways(token: str) -> Iterator[_Way]:
    """The letters in reverse, lam-alef in order or not; letters on both sides of the first mark may be turned by themselves, or one side."""
    size = len(token)
    marks = _MARKS.search(token)
    for keeps in (True, False):
        orders = [_reversed(token, 0, size, keeps)]
        if marks:
            low, high = marks.span()
            sides = [([*range(a, b)], _reversed(token, a, b, keeps)) for a, b in ((0, low), (high, size))]
            orders += [[*left, *range(low, high), *right] for left in sides[0] for right in sides[1] if (left, right) != (sides[0][0], sides[1][0])]
        if dragged := _DRAGGED.fullmatch(token):
            orders.append(_without_dragged(dragged, keeps))
        for order in orders:
            yield _Way(tuple(order), plain("".join(token[i] for i in order)))


def _without_dragged(match: re.Match[str], keeps_lam_alef: bool) -> list[int]:
    """The order of a token whose letters before the mark stand reversed and whose mark has a letter of theirs with it."""
    if match["alef"]:
        return [*_reversed(match.string, *match.span("rest"), keeps_lam_alef), match.start("mark"), 0]
    left = _reversed(match.string, 0, match.end("left"), keeps_lam_alef)
    return [*left, *range(*match.span("marks")), *range(*match.span("right"))]


def _reversed(token: str, at: int, end: int, keeps_lam_alef: bool) -> list[int]:
    units: list[list[int]] = []
    while at < end:
        size = 2 if keeps_lam_alef and at + 1 < end and _LAM_ALEF.match(token, at) else 1
        while at + size < end and _MARK.match(token, at + size):
            size += 1
        units.append([*range(at, at + size)])
        at += size
    return [i for unit in reversed(units) for i in unit]
