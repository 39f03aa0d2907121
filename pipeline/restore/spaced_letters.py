"""Words set with blanks between their letters: `ا ل م ر ص د` for `المرصد`, as typists stress titles and some readers print lines.

Blanks inside words that stand among whole letters are spacing.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.restore.characters import LETTER, MARK, VOWEL_MARKS
from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import PER, Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_LETTER = f"{LETTER}{MARK}*"
_ONE = f"(?:{_LETTER}|[0-9\u0660-\u0669])"
_RUN = re.compile(f"(?<![^ \n]){_LETTER}(?: +{_ONE}){{4,}}(?![^ \n])")
# Three of its letters stand between blanks: found much faster.
_INSIDE_RUN = re.compile(f" {_ONE} +{_ONE} +{_ONE} ")
_LONE_LETTERS = frozenset(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x64B))))
_STOP = re.compile(" +(?=[.،؛:؟!](?:[ \n]|$))")
_BLANKS = re.compile(" +")
_KNOWN, _LONGEST, _LEAST_LENGTH = 5, 14, 3.0
_FEWEST_KINDS = 3  # `أفلام و و و و و` counts up
_ALPHABETS = ("أبج", "ابج", "أبت", "ابت")
_WHY = "single letters with a blank behind each, which together are words"
TRACES: tuple[Trace, ...] = (("[ \n]", LETTER, f"[ {VOWEL_MARKS}]"),)


def join_spaced_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Close the blanks between the letters of words: a wider gap parts two words, or else the lexicon does."""
    if _LONE_LETTERS.isdisjoint(document_words(traced.text).distinct) or not _INSIDE_RUN.search(traced.text):
        return Outcome(traced)
    edits = [edit for match in _RUN.finditer(traced.text) for edit in _closed(traced.text, match)]
    return rewrite(traced, "detached_letter", edits, _WHY, 0.95)


def _closed(text: str, run: re.Match[str]) -> Iterator[Edit]:
    blanks = [(run.start() + m.start(), run.start() + m.end()) for m in _BLANKS.finditer(run.group())]
    letters = [plain(one) for one in run.group().split()]
    if "".join(letters).startswith(_ALPHABETS) or len(set(letters)) < _FEWEST_KINDS:
        return
    narrow = min(end - start for start, end in blanks)
    wide = {i + 1 for i, (start, end) in enumerate(blanks) if end - start > narrow}
    bounds = wide if wide or narrow > 1 else _bounds("".join(letters))
    if not _are_words(letters, bounds):
        return
    for i, (start, end) in enumerate(blanks, 1):
        if i not in bounds:
            yield Edit(start, end, "")
    # A stop behind the run was set apart like a letter.
    stop = _STOP.match(text, run.end())
    if stop:
        yield Edit(*stop.span(), "")


def _are_words(letters: list[str], bounds: set[int]) -> bool:
    """Whether the pieces are known words or figures, and most of them longer than words that are chance."""
    edges = [0, *sorted(bounds), len(letters)]
    pieces = ["".join(letters[a:b]) for a, b in pairwise(edges)]
    words = [p for p in pieces if not p.isdigit()]
    known = sum(Lexicon.load().plain_count(word) >= _KNOWN for word in words)
    return bool(words) and known >= 0.8 * len(words) and sum(map(len, words)) >= _LEAST_LENGTH * len(words)


def _bounds(letters: str) -> set[int]:
    """Where the likeliest words that the letters make up begin; empty where they make up none."""
    count = Lexicon.load().plain_count
    best: list[tuple[float, frozenset[int]]] = [(0.0, frozenset())]
    for end in range(1, len(letters) + 1):
        options = [
            (best[start][0] + math.log(n / PER), best[start][1] | {start})
            for start in range(max(0, end - _LONGEST), end)
            if best[start][0] > -math.inf and (n := count(letters[start:end])) >= _KNOWN
        ]
        best.append(max(options, default=(-math.inf, frozenset()), key=lambda option: option[0]))
    return set(best[-1][1] - {0})
