"""Blanks that pdftotext -raw drops between embedded words: `<جديدة><فاجعة>` for `فاجعة جديدة`, beside `<ربعين><أ>` for `أربعين`.

`<` and `>` stand for U+202B and U+202C. A word falls into several embeddings at a lifted glyph, so what touches may be one word or
several (measured: fonts with wide kerns or hamzas of their own, justified LibreOffice text). Which reads likelier tells; neither a
single letter nor an article is a word, and a letter that comes twice is one (Typst, WeasyPrint: `<مع><تجم>` for `تجمع`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pipeline.restore.characters import ALEFS, LETTERS_AND_MARKS
from pipeline.restore.language_model import plain
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.word_scores import WordScores

_RTL, _POP = "\u202b", "\u202c"
_EMBEDDED = f"{_RTL}[{LETTERS_AND_MARKS}]+{_POP}"
# Signs between embeddings that are no punctuation stretch a word.
_STROKES = "[^\\s\\w\u0600-\u06ff.,:;!?()\\[\\]{}«»“”\"'/%\u202a-\u202e]*"
_TOUCHING = re.compile(f"{_EMBEDDED}(?:{_STROKES}{_EMBEDDED})+")
_PART = re.compile(f"{_RTL}([{LETTERS_AND_MARKS}]+){_POP}")
# A stop that the next word touches, or an opening sign that touches the word before it.
_AT_SIGN = re.compile(f"(?<={_POP}[،؛.:؟!])(?=[«“(]?{_RTL})|(?<={_POP}[»”)][،.])(?={_RTL})|(?<={_POP})(?=[«“(]{_RTL})|(?<={_POP}[»”)])(?={_RTL})")
_TRANSPOSED = re.compile(f"([{ALEFS}])ل")
_ARTICLES = frozenset(f"{alef}{kind}ل" for alef in ("", "ا") for kind in ALEFS)
_FEWEST, _MOSTLY, _MOST, _SHORTEST, _LETTER = 5, 0.75, 24, 2, -30.0
_CLEARLY = 2.0  # log odds of two words that touch rather than one that fell apart
_EVIDENCE = "embedded words touch, and read so rather than as one word"


def part_touching_words(traced: Traced) -> Outcome:
    """Set blanks between touching embeddings that are words of their own, in a text with several such."""
    parted = [words for token in _TOUCHING.finditer(traced.text) if len(words := _parted(token)) > 1]
    # Of what other pieces than words make words would be parted too.
    seams = [_is_known(before) and _is_known(behind) for words in parted for (before, _), (behind, _) in pairwise(words)]
    if sum(seams) < max(_FEWEST, _MOSTLY * len(seams)):
        return Outcome(traced)
    places = sorted({*(end for words in parted for _, end in words[:-1]), *(m.start() for m in _AT_SIGN.finditer(traced.text))})
    edits = [reordered(traced, at - 1, at, (at - 1, BLANK)) for at in places]
    return rewrite(traced, "glued_word", edits, _EVIDENCE, 0.93)


def _parted(token: re.Match[str]) -> list[tuple[str, int]]:
    """The likeliest words of a run of embeddings, with their ends; strokes join what they touch."""
    parts = list(_PART.finditer(token.string, *token.span()))
    if len(parts) > _MOST:
        return []
    words = [plain(part[1]) for part in parts]
    inner = [one.end() < other.start() or _is_repeated(*sides) for (one, other), sides in zip(pairwise(parts), pairwise(words), strict=True)]
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(parts) + 1):
        options = [
            (best[start][0] + _score("".join(words[start:end])) - _CLEARLY * (start > 0), [*best[start][1], end])
            for start in range(end)
            if not start or not inner[start - 1]
        ]
        best.append(max(options))
    return [("".join(words[start:end]), parts[end - 1].end()) for start, end in pairwise([0, *best[-1][1]])]


@lru_cache(maxsize=20_000)
def _score(word: str) -> float:
    """Log probability of a word, whose lam-alefs may have come turned; next to none of a single letter or an article."""
    if len(word) < _SHORTEST or word in _ARTICLES:
        return _LETTER
    return max(map(WordScores.load().log_probability, _ways(word)))


def _is_repeated(before: str, behind: str) -> bool:
    """Whether a part begins with the letter, or another alef, that the part before ends in: what a cluster's glyphs both brought."""
    last, first = before[-1:], behind[:1]
    return last == first or (last in ALEFS and first in ALEFS)


def _is_known(word: str) -> bool:
    return any(map(WordScores.load().knows, _ways(word)))


def _ways(word: str) -> tuple[str, ...]:
    return word, *(f"{word[: m.start()]}ل{m[1]}{word[m.end() :]}" for m in _TRANSPOSED.finditer(word))
