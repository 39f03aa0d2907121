"""Which lines may have displaced runs: a cheap look at each line's first and last token, made for clean text.

A displaced line begins with the second half of a word and ends with the first half of one. The halves that are words
themselves (`يا`, `آخر`) are listed by the builder with the words that they could be halves of.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.restore.language_model import Lexicon, unpack
from pipeline.restore.readings import ELSE_GAIN, LEAST_GAIN
from pipeline.restore.seams import LOST, seam, token
from pipeline.restore.word_scores import WordScores

_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگ\u0640" + LOST)
_MARKS = frozenset("ًٌٍَُِّْٰ")
_NON_JOINING = frozenset("رزودذاأإآىةءؤ" + LOST)
_TURNED = re.compile("[%٪.،:؛؟!»”)\\]]*[\ue000-\uf8ff]| .*  |[%٪.،:؛؟!»”)\\]]+ .*  |.* [\u064b-\u0652]")
_SIGNS_FIRST = frozenset("،.:؛؟!%٪/…")


def suspicious(line: str) -> bool:
    """Whether the line is worth the work of enumerating its readings."""
    tokens = line.split()
    if len(tokens) < 2:
        return False
    first, last = tokens[0], tokens[-1]
    if first[0] in _MARKS or _TURNED.match(line):
        return True
    if last[-1] not in _LETTERS or first[0] not in _LETTERS:
        return first[0] in _SIGNS_FIRST
    return len(last) == 1 or "\u0640" in (first[0], last[-1]) or _could_meet(last, first) or (_is_tail(first) and _is_head(last))


def _could_meet(last: str, first: str) -> bool:
    one = seam(token(last), token(first), WordScores.load(), {})
    return one is not None and one.gain > LEAST_GAIN.get(one.kind, ELSE_GAIN)


@cache
def _halves() -> tuple[frozenset[str], frozenset[str]]:
    heads, tails = unpack("halves.bin").decode().split("\n\n")
    return frozenset(heads.split("\n")), frozenset(tails.split("\n"))


def _is_tail(text: str) -> bool:
    word = token(text).first
    return word in _halves()[1] or word not in Lexicon.load()


def _is_head(text: str) -> bool:
    word = token(text).last
    return word[-1:] in _NON_JOINING and (word in _halves()[0] or word not in Lexicon.load())
