"""Blanks that split words: `ا لسورية`, `الإ سلامي`, `ع لى`.

Within one physical line; what a line's end or a displaced run splits belongs elsewhere, missing blanks in glued_words.py. A text that shows no such
damage on several words is left alone, since names and rare words look much the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import compress, pairwise
from typing import NamedTuple

from pipeline.restore.characters import ALEFS, IN_WORDS, LETTERS, LETTERS_AND_TATWEEL, MARK
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import PER, Lexicon, plain
from pipeline.restore.proclitics import CLITIC
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.votes import probability
from pipeline.restore.word_frequency import FLOOR, frequency
from pipeline.restore.word_pairs import WordPairs, codes

# MuPDF puts the pieces of a word on lines of their own.
_BLANK = "(?: {1,2}| ?\n ?)"
_SPLIT_AT = re.compile(_BLANK)
_CHAIN = re.compile(f"{TOKEN.pattern}(?:{_BLANK}{TOKEN.pattern})+")
# Words beside marks are left to the passes that read where rows were cut by them.
_BARE = f"(?<![{IN_WORDS}\ufffd])(?<!{MARK} )[{LETTERS}]+(?! ?{MARK}|[{IN_WORDS}\ufffd])"
# A prefix that opens a line may have been cut from the row before.
_CHAIN_IN_LINE = re.compile(f"(?!(?<!.){CLITIC} ){_BARE}(?: {{1,2}}{_BARE})+")
_LAM_ALEF_TURNED = re.compile(f"([{ALEFS}])ل")
_PAIR = re.compile(f"(?=(?<![{LETTERS_AND_TATWEEL}\ufffd])({TOKEN.pattern}{_BLANK}{TOKEN.pattern}))")
# Letters that stand alone only where a word broke; `و` is written apart, `م` and `ه` follow years, `ص` cites a page.
LONE_LETTERS = frozenset("ابتثجحخدذرزسشضطظعغفقكلنيىةءئؤأإآ")
_COMMON = 30
# Writers split a word now and then: it takes several and a fair share of the words; one in a mere line of text.
_FEWEST = ((3, 0.003), (2, 0.015))
_LINE_OF_TEXT = 25
_OFTEN, _MOSTLY, _FEWEST_ALEFS, _ALEFS_A_LINE = 0.03, 0.7, 20, 0.4
_LONE_ALEF = re.compile(f"(?<![{IN_WORDS}])[أإآ](?![{IN_WORDS}])")
_ARTICLE = "ال"
_BEHIND_ARTICLE = re.compile(f"(?<![{IN_WORDS}]){_ARTICLE} ([{LETTERS}]+)")
_LONGEST, _LEAST_ODDS = 4, math.log(3)
_SPLIT = "the pieces are no words, joined they are one"


class _Way(NamedTuple):
    """How often words are split, how common one is, and pieces that no word begins with."""

    rate: float
    known: Callable[[str], float]
    apart: tuple[str, ...]


def join_often_split_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Close blanks inside words, within lines, in a text of whose words many are split: else pieces, `ال` above all, pass for other words."""
    rate = split_rate(traced.text)
    # Alefs that stand alone all through a text end pieces of rows that drawn_rows.py puts in order first.
    if rate <= _OFTEN or len(_LONE_ALEF.findall(traced.text)) >= max(_FEWEST_ALEFS, _ALEFS_A_LINE * traced.text.count("\n")):
        return Outcome(traced)
    return _joined(traced, _CHAIN_IN_LINE, _Way(rate, _either_way, () if _are_articles(traced.text) else (_ARTICLE,)))


def join_split_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Close blanks inside words: `ا لسورية` → `السورية`, `الحقوق ية` → `الحقوقية`."""
    rate = split_rate(traced.text)
    return _joined(traced, _CHAIN, _Way(rate, frequency, ())) if rate > 0 else Outcome(traced)


def _are_articles(text: str) -> bool:
    """Whether most `ال` that stand alone are the articles of the words behind them, rather than `لا` turned."""
    words = _BEHIND_ARTICLE.findall(text)
    return sum(frequency(_ARTICLE + word) > max(FLOOR, _side_by_side("لا", word)) for word in words) > _MOSTLY * len(words)


def _joined(traced: Traced, chains: re.Pattern[str], way: _Way) -> Outcome:
    edits: list[Edit] = []
    scores: list[float] = []
    for match in chains.finditer(traced.text):
        for start, end, confidence in _joins(match.group(), way):
            edits.append(Edit(match.start() + start, match.start() + end, ""))
            scores.append(confidence)
    return rewrite(traced, "detached_letter", edits, _SPLIT, scores)


@lru_cache(maxsize=50_000)
def _either_way(word: str) -> float:
    """How common a word is, also with a lam-alef that a reader turned put right: `االسم` for `الاسم`."""
    return max(map(frequency, (word, *(word[: m.start()] + "ل" + m.group(1) + word[m.end() :] for m in _LAM_ALEF_TURNED.finditer(word)))))


@lru_cache(maxsize=2)
def split_rate(text: str) -> float:
    """Share of a text's words that a blank splits; 0 where writers' slips explain what there is. Remembered, since passes ask in turn."""
    words = document_words(text).in_order
    odd = document_words(text).rare | LONE_LETTERS
    row = ["\n", *words, "\n"]
    places = [*compress(range(1, len(words) + 1), map(odd.__contains__, words))]
    whole = Lexicon.load().usual.intersection([row[k - 1] + row[k] for k in places] + [row[k] + row[k + 1] for k in places])
    beside = [(row[k - 1], row[k], row[k + 1]) for k in places] if whole else []
    pairs = {pair for three in beside for pair in pairwise(three) if pair[0] + pair[1] in whole and _is_split(*pair)}
    if len(pairs) < (1 if len(words) <= _LINE_OF_TEXT else _FEWEST[-1][0]):
        return 0.0
    found = {tuple(_SPLIT_AT.split(m)) for m in _PAIR.findall(plain(text))} & pairs
    share = len(found) / len(words)
    enough = any(len(found) >= number and share >= least for number, least in _FEWEST)
    return share if enough or (found and len(words) <= _LINE_OF_TEXT) else 0.0


def _is_split(left: str, right: str) -> bool:
    whole = left + right
    return len(whole) > 3 and Lexicon.load().plain_count(whole) >= _COMMON and _split_odds(whole, (left, right)) > 1e3


def _split_odds(whole: str, pieces: tuple[str, ...]) -> float:
    """How much likelier one word is than its pieces as words, before any damage is assumed."""
    return frequency(whole) / PER / math.prod(_alone(p) / PER for p in pieces)


@lru_cache(maxsize=50_000)
def _alone(piece: str, known: Callable[[str], float] = frequency) -> float:
    """How common a piece is as a word; most single letters are hardly ever words."""
    return min(known(piece), 1.0) if piece in LONE_LETTERS else known(piece)


def _joins(chain_: str, way: _Way) -> Iterator[tuple[int, int, float]]:
    """Spans of the blanks to close in words that stand one blank apart, with confidences: the likeliest segmentation."""
    blanks = [m.span() for m in _SPLIT_AT.finditer(chain_)]
    pieces = [plain(p) for p in _SPLIT_AT.split(chain_)]
    if max(map(len, pieces)) == 1:
        return  # (أ ف ب), (د ب أ): an agency
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        starts = range(max(0, end - _LONGEST), end)
        best.append(max((best[s][0] + _log_word(pieces, s, end, way), s) for s in starts))
    end = len(pieces)
    found: list[tuple[int, int, float]] = []
    while end:
        start = best[end][1]
        if end - start > 1:
            apart = sum(_log_word(pieces, i, i + 1, way) for i in range(start, end))
            odds = _log_word(pieces, start, end, way) - apart
            if odds > _LEAST_ODDS and not (end - start == 2 and _usually_two(pieces[start], pieces[start + 1])):
                found += [(*blanks[i], probability(odds, 0.995)) for i in range(start, end - 1)]
        end = start
    yield from sorted(found)


@lru_cache(maxsize=20_000)
def _usually_two(left: str, right: str) -> bool:
    """Whether two words stand side by side in prose (`دير الزور`) more often than they are written as one."""
    return _side_by_side(left, right) > frequency(left + right)


def _side_by_side(left: str, right: str) -> float:
    """How often two words stand side by side in prose."""
    seen = float(WordPairs.load().log_counts(codes([left]), codes([right]))[0])
    return math.exp(seen) if seen > 0 else 0.0


def _log_word(pieces: list[str], start: int, end: int, way: _Way) -> float:
    if end - start == 1:
        return math.log(_alone(pieces[start], way.known) / PER) + math.log1p(-min(way.rate, 0.5)) if pieces[start] else 0.0
    whole = "".join(pieces[start:end])
    if not all(pieces[start:end]) or pieces[start] in way.apart:
        return -math.inf
    count = way.known(whole)
    if count <= FLOOR:
        return -math.inf
    return math.log(count / PER) + (end - start - 1) * math.log(way.rate / 3)
