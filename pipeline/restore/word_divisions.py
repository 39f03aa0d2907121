"""Where words end in letters that stand together: the likeliest division, and the blanks that signs and figures call for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from pipeline.restore.characters import BEAR_FATHATAN, LETTERS, LETTERS_AND_MARKS, MARKS
from pipeline.restore.language_model import PER, plain
from pipeline.restore.shaped_words import joint_score
from pipeline.restore.word_frequency import FLOOR, frequency

# Tanwin ends a word, or stands before the alef that does.
_TANWIN_END = f"(?:(?<=[{BEAR_FATHATAN}])\u064b|\u064bا?|[\u064c\u064d])"
RUN = re.compile(f"[{LETTERS_AND_MARKS}]*?{_TANWIN_END}|[{LETTERS_AND_MARKS}]+")
_BEHIND_TANWIN = re.compile(f"{_TANWIN_END}(?=[{LETTERS}])")
_LETTER = re.compile(f"[{LETTERS}]")
_LONGEST, _SHORTEST = 14, 2
_STOP, _OPEN, _CLOSE, _QUOTES = "،؛:.!؟", "([«", ")]»", '"”“'
_EACH, _ONE, _DEAREST = 1.5, -14.0, 7.0


def with_blanks(line: str) -> str:
    """A line without blanks with the blanks set that it lacks."""
    places = set(missing_blanks(line))
    return "".join(c + (" " if i + 1 in places else "") for i, c in enumerate(line))


def missing_blanks(text: str) -> list[int]:
    """The places before which a blank is missing: between words, behind stops, around figures and brackets."""
    found = {at for m in RUN.finditer(text) for at in _ends(m)} | {m.end() for m in _BEHIND_TANWIN.finditer(text)}
    return sorted(found | set(_beside_signs(text)))


@lru_cache(maxsize=5_000)
def divided(run: str) -> tuple[float, tuple[int, ...]]:
    """The likeliest words that a run of plain letters is made of: log probability and lengths."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        options = [
            (best[at][0] + word_score(run[at - best[at][1][-1] : at] if best[at][1] else "", run[at:end]), (*best[at][1], end - at))
            for at in range(max(0, end - _LONGEST), end - _SHORTEST + 1)
            if best[at][0] > float("-inf")
        ]
        best.append(max(options, default=(float("-inf"), ())))
    return best[-1] if best[-1][1] else (word_score("", run), (len(run),))


def divisions(line: str) -> dict[int, float]:
    """The places before which words may end in a line without blanks, and how much less likely its words are for it."""
    found = dict.fromkeys([*_beside_signs(line), *(m.end() for m in _BEHIND_TANWIN.finditer(line))], 0.0)
    for run in RUN.finditer(line):
        letters = [i for i, c in enumerate(run.group()) if _LETTER.match(c)]
        dear = _division_costs(plain(run.group()))
        found |= {run.start() + letters[at]: cost for at, cost in enumerate(dear) if 0 < at < len(letters) and cost < _DEAREST}
    return dict(sorted(found.items()))


def _division_costs(run: str) -> list[float]:
    """How much likelier the likeliest words of a run are than those that part at each of its places."""
    ahead, behind = _ahead(run), _ahead(run, backwards=True)
    return [ahead[-1] - up_to - from_ for up_to, from_ in zip(ahead, reversed(behind), strict=True)]


def _ahead(run: str, *, backwards: bool = False) -> list[float]:
    """The log probability of the likeliest words up to each place, or from each place on, the last one first."""
    size = len(run)
    best = [0.0]
    for end in range(1, size + 1):
        spans = ((at, end) if not backwards else (size - end, size - at) for at in range(max(0, end - _LONGEST), end))
        best.append(max(best[end - (b - a)] + (word_score("", run[a:b]) if b - a >= _SHORTEST else _ONE) for a, b in spans))
    return best


@lru_cache(maxsize=50_000)
def word_score(before: str, word: str) -> float:
    """Log probability of a word behind another one, also of one that was never seen but its stem; less what each word costs."""
    known = frequency(word)
    told = joint_score(before, word)
    return (max(told, math.log(known / PER)) if known > FLOOR else told) - _EACH


def _ends(run: re.Match[str]) -> Iterator[int]:
    """The places inside a run of letters and marks where words end; marks belong to the letter before."""
    letters = [i for i, c in enumerate(run.group()) if _LETTER.match(c)]
    ends = accumulate(divided(plain(run.group()))[1])
    yield from (run.start() + letters[end] for end in ends if end < len(letters))


def _beside_signs(text: str) -> Iterator[int]:
    quoted = False
    for at, (left, right) in enumerate(pairwise(text), 1):
        if left in _QUOTES:
            quoted = not quoted
        elif left == "\n":
            quoted = False
        if " " in (left, right) or "\n" in (left, right):
            continue
        if _parted(left, right, quoted):
            yield at


def _parted(left: str, right: str, quoted: bool) -> bool:
    """Whether a blank belongs between two characters; `quoted` if behind the left one a quotation is open."""
    word, next_word = left.isalpha() or left in MARKS, right.isalpha()
    if right in _QUOTES:
        return not quoted and left not in _OPEN
    if left in _QUOTES:
        return not quoted and (next_word or _is_digit(right) or right in _OPEN)
    if left in _STOP:
        return next_word or right in _OPEN or (_is_digit(right) and left in "،؛؟!")
    if left in _CLOSE:
        return next_word or _is_digit(right) or right in _OPEN or right in "-–"
    if right in _OPEN:
        return word or _is_digit(left)
    if left in "-–" or right in "-–":
        return (word or next_word or left in _CLOSE) and not (_is_digit(left) and _is_digit(right))
    return (word and _is_digit(right)) or (_is_digit(left) and next_word)


def _is_digit(sign: str) -> bool:
    return sign.isdigit() or "\ue000" <= sign <= "\uf8ff"
