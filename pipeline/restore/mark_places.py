"""Which letter bears a vowel mark: learned from the words that writers mark (lexicon/marked_words.csv, from the corpora).

A word's measure tells: the letters that inflection and derivation use stand for themselves, any other letter for a letter of
the root, so that `قُتل` tells of `نُهب`, `سيُعقد` of `سيُنقل`, `مسيّرة` of `مؤخّرة`. What a text's marks suffered is other modules'.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import FATHATAN, LETTER, MARK, SHADDA, TANWIN
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon
from pipeline.restore.proclitics import ARTICLE, CLITICS

_CLUSTER = re.compile(f"({LETTER})({MARK}*)")
_WORD = re.compile(f"(?:{LETTER}{MARK}*)+")
_ROOT = re.compile("[^اأإآىويتمنسئؤةءه^$]")
_NO_ACCUSATIVE = re.compile("(?:ها|هما|كما|نا|وا|اا|ما)$")
_COMMON, _SMOOTH = 15, 3.0
# How much likelier another letter must be to bear damma or shadda, and how likely at least.
_LIKELIER, _LIKELY = {"\u064f": 20.0, "\u0651": 8.0}, 0.3
# Odds at which a word takes a mark, among others and alone (measured: eight of ten such are right, of others three).
_LEAST, _LEAST_ALONE, _ALONE = 0.05, 0.015, 0.8
# Words that one letter sets apart from a commoner one: `ف` + `قُتل`, `و` + `عُثر`.
_CLITICS, _CLEARLY = frozenset(CLITICS + "س"), 3
_FUTURE = re.compile("س[يتن]..")
# Behind the article writers leave the assimilated letter's shadda out.
_ARTICLE = re.compile(ARTICLE)
# A word never seen marked may yet be so, the rarer the likelier.
_UNSEEN, _UNSEEN_AMONG, _LEAST_SHARE = 1.0, 60.0, 0.004


def place_scores(letters: str, mark: str) -> list[float]:
    """For each letter of a plain word, the probability that it bears a mark (one sign) that the word has."""
    return list(_place_scores(letters, mark))


@lru_cache(maxsize=20_000)
def belongs_by(word: str, step: int) -> bool:
    """Whether the one mark of a word stands where no word of its measure has it, and belongs so many letters further."""
    clusters = _CLUSTER.findall(word)
    places = [(at, sign) for at, (_, signs) in enumerate(clusters) for sign in signs]
    if len(places) != 1 or places[0][1] not in _LIKELIER or not 0 <= places[0][0] + step < len(clusters):
        return False
    at, sign = places[0]
    letters = "".join(letter for letter, _ in clusters)
    article = _ARTICLE.match(letters)
    if article and sign == SHADDA and at == article.end():
        return False
    scores = _place_scores(letters, sign)
    own = scores[at + step]
    return own >= _LIKELY and own == max(scores) and own > _LIKELIER[sign] * scores[at] and not _seen_marked()[letters, sign, at]


@lru_cache(maxsize=20_000)
def _place_scores(letters: str, mark: str) -> tuple[float, ...]:
    skip = _clitics(letters)
    stem = letters[skip:]
    model = _model()
    found = [0.0] * skip
    for at in range(len(stem)):
        share = 0.1
        for feature in _features(stem, at):
            seen = model.get((mark, feature))
            if seen:
                share = (seen[1] + _SMOOTH * share) / (sum(seen) + _SMOOTH)
        found.append(share)
    if stem[:1] == "ا":
        found[skip] = 0.0
    return tuple(found)


def _clitics(letters: str) -> int:
    """1 where the first letter is a particle: the future's, or the rest is a word, and the commoner one."""
    count = Lexicon.load().plain_count
    if len(letters) < 4 or letters[0] not in _CLITICS:
        return 0
    return int(_FUTURE.match(letters) is not None or count(letters[1:]) > _CLEARLY * count(letters))


def _features(letters: str, at: int) -> Iterator[tuple[object, ...]]:
    """What a letter's place looks like, from the vaguest to the most telling."""
    marked = f"^{letters}$"
    measure = _ROOT.sub("C", marked)
    here = at + 1
    yield "edges", min(at, 4), min(len(letters) - at, 4)
    yield "around", measure[here - 1 : here + 2], min(at, 2)
    yield "wider", measure[max(0, here - 2) : here + 3], min(at, 3)
    yield "letters", marked[here - 1 : here + 2], min(at, 2)
    yield "measure", measure, at


@cache
def _model() -> dict[tuple[str, tuple[object, ...]], list[float]]:
    """How often letters in such places were seen without each mark and with it, in words that have the mark."""
    found: defaultdict[tuple[str, tuple[object, ...]], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows("marked_words"):
        clusters = _CLUSTER.findall(row["word"])
        letters, weight = "".join(letter for letter, _ in clusters), math.log1p(int(row["count"]))
        if len(letters) < 2:
            continue
        marks = {mark for _, some in clusters for mark in some}
        for at, (_, own) in enumerate(clusters):
            for feature in _features(letters, at):
                for mark in marks:
                    found[mark, feature][mark in own] += weight
    return dict(found)


class Bearer(NamedTuple):
    """The place of a letter in a text, and the odds that its word has the mark there rather than none."""

    place: int
    odds: float


def bearing_letter(text: str, mark: str, *, surely: bool = False) -> int | None:
    """The place of the letter in a text that most likely bears a mark; None where no word is known with it, or none stands out."""
    found = bearers(text, mark)
    if not found:
        return None
    alone = found[0].odds > _ALONE * sum(bearer.odds for bearer in found)
    return found[0].place if not surely or found[0].odds > (_LEAST_ALONE if alone else _LEAST) else None


def bearers(text: str, mark: str) -> list[Bearer]:
    """The letters of a text that may bear a mark (one or two signs), likeliest first."""
    found = _accusatives(text) if FATHATAN in mark else _marked(text, mark)
    return sorted(found, key=lambda bearer: -bearer.odds)


def _accusatives(text: str) -> Iterator[Bearer]:
    """Letters before the final alef of words that are known with and without it."""
    count = Lexicon.load().plain_count
    for word in _WORD.finditer(text):
        letters = word.group()
        if len(letters) > 3 and letters.endswith("ا") and not MARKS_AND_TATWEEL.search(letters) and not _NO_ACCUSATIVE.search(letters):
            stem = letters[:-1]
            if count(letters) >= _COMMON and count(stem) >= _COMMON:
                yield Bearer(word.end() - 2, 1.0)


def _marked(text: str, mark: str) -> Iterator[Bearer]:
    sign = SHADDA if SHADDA in mark else mark[0]
    if sign in TANWIN:
        return
    for word in _WORD.finditer(text):
        letters = word.group()
        if len(letters) > 1 and not MARKS_AND_TATWEEL.search(letters):
            place, share = _share_marked(letters, sign)
            if share > _LEAST_SHARE:
                yield Bearer(word.start() + place, share)


@lru_cache(maxsize=20_000)
def _share_marked(letters: str, sign: str) -> tuple[int, float]:
    """The letter of a word that would bear a mark, and the share of its occurrences in which it does."""
    article = _ARTICLE.match(letters)
    first = article.end() if article else 0
    scores = _place_scores(letters, sign)
    allowed = range(min(first + (sign == SHADDA), len(letters) - 1), len(letters))
    place = max(allowed, key=scores.__getitem__)
    best = 0.0
    for stem in {letters, letters[_clitics(letters) :], letters[first:]}:
        times = Lexicon.load().plain_count(stem)
        seen = _seen_marked().get((stem, sign, place - len(letters) + len(stem)), 0)
        best = max(best, (seen + _UNSEEN * scores[place]) / (max(times, seen) + _UNSEEN_AMONG))
    return place, best


@cache
def _seen_marked() -> Counter[tuple[str, str, int]]:
    """How often words were seen with a mark on a letter, per ten million words like the lexicon's counts."""
    found: Counter[tuple[str, str, int]] = Counter()
    for row in rows("marked_words"):
        clusters = _CLUSTER.findall(row["word"])
        letters = "".join(letter for letter, _ in clusters)
        for at, (_, own) in enumerate(clusters):
            for mark in own:
                found[letters, mark, at] += int(row["count"])
    return found
