"""Which two tokens of a line may be the halves of one word, and how much likelier the whole is than the halves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import ALEFS, BEAR_FATHATAN, FATHATAN, HAMZAS, LOST, TANWIN, TATWEEL, WIDE_LETTERS
from pipeline.restore.language_model import plain
from pipeline.restore.proclitics import ARTICLE, PREPOSITIONS
from pipeline.restore.units import token_units
from pipeline.restore.word_scores import LETTERS, WordScores

# Tatweel at the end of these is no trace of a cut: `1438 هـ`, `الـ GPS`, `بـ 5 ملايين`.
_SPELT_STRETCHED = re.compile(f"(?:[ه{PREPOSITIONS}]|{ARTICLE}){TATWEEL}\\Z")
_LETTERS = WIDE_LETTERS + LOST
_LAST_WORD = re.compile(f"[{_LETTERS}]+\\Z")
_FIRST_WORD = re.compile(f"[{_LETTERS}]+")
# A vowel mark cannot begin a word; a lone private glyph before letters is a mark without a code.
_MARK = re.compile(f"[\u064b-\u065f\u0670]|[\ue000-\uf8ff](?=[{_LETTERS}])")
# A definite noun takes no tanwin (Wright, Grammar I, § 308); `التزاما` is indefinite.
_DEFINITE = re.compile(f"{ARTICLE}.+[^ا]\\Z")
# Letters that do not join to the next one, in the classes by which kerning treats them.
CUT_CLASSES: Mapping[str, str] = {
    **dict.fromkeys("رز", "ra"),
    **dict.fromkeys(HAMZAS, "hamza"),
    **dict.fromkeys("ودذاؤ", "other"),
    **dict.fromkeys("ىةء", "final"),
    LOST: "lost",
}


# What no writer leaves alone: one letter but و, which some set apart, and the article with its particles.
ARTICLES = frozenset({"ال", "وال", "بال", "كال", "فال", "لل", "ولل"})
NO_WORDS = frozenset(LETTERS) - {"و"} | ARTICLES
NO_WORD = -13.0
# Cuts there are so rare that two unknown words side by side must not be taken for one.
ONLY_KNOWN = frozenset({"joining", "final"})


class Token(NamedTuple):
    """A token: as it stands, without marks, its units, its outer words, whether it begins with a mark.

    `begins` and `ends` say how it may meet another token: the kind of seam that its first sign makes, if any, and its last one.
    """

    text: str
    plain: str
    units: tuple[str, ...]
    first: str
    last: str
    marked: bool
    begins: str
    ends: str


class Seam(NamedTuple):
    """Two tokens put together: how they meet, the word they make, the log gain over two words."""

    kind: str
    word: str
    gain: float


# Runs may end in a blank, which then stands beside the one between the runs.
AT_A_BLANK = Seam("blank", "", 0.0)


@lru_cache(maxsize=100_000)
def token(text: str) -> Token:
    """Analyse what stands between two blanks."""
    mark = _MARK.match(text)
    bare = plain(text[mark.end() :] if mark else text)
    first, last = _FIRST_WORD.match(bare), _LAST_WORD.search(bare)
    begins = "marked" if mark else "stretched" if text[0] == TATWEEL else ""
    ends = "stretched" if text[-1] == TATWEEL else CUT_CLASSES.get(last.group()[-1], "joining") if last else ""
    return Token(text, bare, token_units(bare), first.group() if first else "", last.group() if last else "", bool(mark), begins, ends)


def seam(left: Token, right: Token, words: WordScores, known: Mapping[str, float]) -> Seam | None:
    """The seam between a run's last token and the next run's first one; None where they cannot meet.

    `known` gives log probabilities of words that the document itself shows whole.
    """
    head, tail = left.last, right.first
    if not tail:
        return Seam("mark", head, 0.0) if right.marked and bears(left, right) else None
    if not head:
        return None
    word = head + tail
    kind = right.begins or left.ends
    if kind in ONLY_KNOWN:
        if not words.knows(word) and word not in known:
            return None
        if kind == "joining" and head[-1] == "ل" and tail[0] in ALEFS:
            kind = "lam_alef"
    if spelt_stretched(left.text):
        return None
    whole = max(likely(words, word), known.get(word, -99.0))
    return Seam(kind, word, whole - (likely(words, head) + likely(words, tail)))


def spelt_stretched(text: str) -> bool:
    """Whether a token is written with tatweel at its end by custom."""
    return text[-1] == TATWEEL and _SPELT_STRETCHED.match(text) is not None


@lru_cache(maxsize=100_000)
def likely(words: WordScores, word: str) -> float:
    """Log probability of a word; little for what no writer leaves alone. Remembered, since a line's words are tried with each other."""
    if word in NO_WORDS:
        return NO_WORD
    return words.log_probability(word if LOST not in word else word.replace(LOST, ""))


def bears(left: Token, right: Token) -> bool:
    """Whether the left token can bear the mark that opens the right one; tanwin needs an indefinite noun."""
    if right.text[0] not in TANWIN or right.first:
        return bool(left.last)
    if len(left.last) < 2 or _DEFINITE.match(left.last):
        return False
    return right.text[0] != FATHATAN or left.last[-1] in BEAR_FATHATAN


def must_begin_run(before: Token, one: Token) -> bool:
    """Whether a token's edge shows that the token printed before it is not its other half."""
    return bool(one.begins) and (one.text[0] == TATWEEL or (one.marked and not bears(before, one)))
