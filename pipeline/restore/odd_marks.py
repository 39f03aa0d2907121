"""What the vowel marks of a text show that those of clean text hardly do: each pass that mends by marks asks for what it needs.

In clean text they stand within known words or at their end, tanwīn only there. Words are looked at once, however many texts
have them, and the marks of a text once for all passes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.restore.characters import FATHATAN, IN_WORDS, LETTER, LETTERS_AND_MARKS, LOST, MARK, MARKS, TANWIN
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.moved_marks import looks_moved
from pipeline.restore.traces import Question

_MARK = re.compile(MARK)
_RUN = re.compile(f"[{IN_WORDS}\u0653-\u065f\u066e-\u06d3{LOST}\u0670]+")
_WORD = re.compile(f"{LETTER}[{LETTERS_AND_MARKS}]*")
_PAIR = re.compile(f"{MARK}{LETTER}")
_CLUSTER = re.compile(f"{MARK}{LETTER}?{MARK}|^{LETTER}{MARK}")
_TANWIN_INSIDE = re.compile(f"[{''.join(sorted(TANWIN))}](?!ا?\\Z)")
_LONGEST_WORD, _MANY_WORDS = 20, 50
# From so many on a letter behind a mark may be one that the mark drags along; an alef behind tanwīn is spelling.
_PROOF, _SPELLING = 4, FATHATAN + "ا"
_LINE_ENDS = frozenset({"", " ", "  ", " \n"})


# Plain numbers, which are put together much faster than flags of the standard library.
_STRAY, _UNKNOWN, _LATE, _FOLLOWED, _CLUSTERED = 1, 2, 4, 8, 16
_ALL = _STRAY | _UNKNOWN | _LATE | _FOLLOWED | _CLUSTERED


@lru_cache(maxsize=2)
def odd_marks(text: str) -> int:
    """What marks of a text show; all of it where one is stray, since words are then none."""
    found, at = 0, 0
    pairs: list[str] = []
    words: set[str] = set()
    while mark := _MARK.search(text, at):
        start = text.rfind(" ", at, mark.start()) + 1 or at
        at = text.find(" ", mark.end())
        at = len(text) if at < 0 else at
        token = text[start:at]
        shown, behind = _of_token(token)
        found |= shown
        pairs += behind
        words.add(token)
        if found & _STRAY or (token[-1] in MARKS and text[at : at + 2] in _LINE_ENDS):
            return _ALL
    often = len(pairs) >= _PROOF and max(map(pairs.count, pairs)) >= _PROOF
    return found | _FOLLOWED * often | _LATE * (len(words) > _MANY_WORDS)


STRAY, UNKNOWN, LATE, FOLLOWED, CLUSTERED = (Question(MARKS, odd_marks, odd) for odd in (_STRAY, _UNKNOWN, _LATE, _FOLLOWED, _CLUSTERED))
"""The traces of a mark that no letter bears, inside words only, or at a line's end; of one of a word that nobody knows; of one
that may have come late; of a letter that often stands behind a mark; of a letter and its mark before or behind others, or first."""


@lru_cache(maxsize=20_000)
def _of_token(token: str) -> tuple[int, tuple[str, ...]]:
    """What the marks of what stands between two blanks show, and each mark with the letter behind it."""
    found = 0
    pairs: list[str] = []
    for run in _RUN.findall(token):
        if not MARKS.isdisjoint(run):
            found |= _of_word(run)
            pairs += _PAIR.findall(run)
    ends_line = any(line[-1:] in MARKS for line in token.split("\n")[:-1] if line)
    return found | _STRAY * ends_line, tuple(pair for pair in pairs if pair != _SPELLING)


def _of_word(run: str) -> int:
    if not _WORD.fullmatch(run) or len(run) > _LONGEST_WORD or _TANWIN_INSIDE.search(run):
        return _ALL
    return _UNKNOWN * (not Lexicon.load().knows(plain(run))) | _LATE * looks_moved(run) | _CLUSTERED * bool(_CLUSTER.search(run))
