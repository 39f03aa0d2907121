"""Glyphs that pdfminer tells only by their number in the font: `ش(cid:31)(cid:31)جرة` for `شجرة`, `خ(cid:448)(cid:1565)ل` for `خلال`.

What a number stands for is solved for the text as a whole: nothing (a stretching glyph, a part of the letter beside it), a
letter or a lam-alef, whichever makes known words everywhere. A number that stays unknown becomes one character, U+FFFD
between letters and else a private glyph, that later passes can weigh; pages of numbers alone stay as they are.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.restore.characters import ALPHABET, LETTER, LOST
from pipeline.restore.language_model import plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.visual_order import is_visual, reversed_count
from pipeline.restore.word_frequency import FLOOR, frequency

_NUMBER = re.compile(r"\(cid:(\d+)\)")
# One unit for the solver: a glyph however often repeated, with the other glyphs beside it.
_UNIT = re.compile(r"(?:\(cid:\d+\))+")
_REPEATED = re.compile(r"(\(cid:\d+\))\1+")
_LETTER = re.compile(LETTER)
_TOKEN = re.compile(r"(?:[\u0621-\u063a\u0640-\u0652]|\(cid:\d+\))+")
_PLAIN = re.compile(f"{LETTER}{{3,}}")
_LAM_ALEFS = ("لا", "لأ", "لإ", "لآ")
_MOST_WORDS, _FEWEST_WORDS, _KNOWN, _CLEARLY = 40, 2, 0.7, 4.0
_FEWEST_FILLED = 3
_MOST_NUMBERS = 0.3  # numbers, a stretching one once however often repeated, for each letter
_UNNAMED = "(cid:0)"  # stands for any missing glyph
_PRIVATE_PLANE, _LARGEST = 0xF0000, 0xFFFD
TRACES: tuple[Trace, ...] = (("[(]", "c", "i"),)


def restore_glyph_numbers(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put letters for glyph numbers, or nothing, where a text's words tell which; flag the others."""
    text = traced.text
    if "(cid:" not in text:
        return Outcome(traced)
    numbers = len(_NUMBER.findall(_REPEATED.sub(r"\1", text)))
    if numbers > _MOST_NUMBERS * sum(map(len, _PLAIN.findall(text))):
        return Outcome(traced, doubts=list(_doubts(traced, _UNIT.finditer(text))))
    solved = _solve(text)
    units = list(_UNIT.finditer(text))
    doubts = list(_doubts(traced, (m for m in units if _key(m.group()) not in solved)))
    fillers = [Edit(*m.span(), "") for m in units if solved.get(_key(m.group())) == ""]
    first = rewrite(traced, "filler_letter", fillers, "a glyph without a character that only stretches words", 0.95)
    text = first.traced.text
    letters = [Edit(*m.span(), after) for m in _UNIT.finditer(text) if (after := solved.get(_key(m.group())))]
    second = rewrite(first.traced, "lost_letter", letters, "the letters that make words of all words with this glyph number", 0.9)
    third = _shown(second.traced)
    return Outcome(third.traced, chain(first, second, third).changes, doubts)


def _key(unit: str) -> str:
    return _REPEATED.sub(r"\1", unit)


def _doubts(traced: Traced, units: Iterable[re.Match[str]]) -> Iterator[Doubt]:
    for unit in units:
        reason = f"{unit.group().count('(')} glyph(s) without a character, told only by their number in the font: {unit.group()[:40]}"
        yield Doubt("undecodable", *traced.raw_span(*unit.span()), reason, 0.99, "error")


def _shown(traced: Traced) -> Outcome:
    """Each unknown number as one character: a lost letter between letters, a private glyph elsewhere."""
    edits = []
    for unit in _UNIT.finditer(traced.text):
        inside = _LETTER.match(traced.text, unit.start() - 1) and _LETTER.match(traced.text, unit.end())
        shown = [LOST if inside else chr(_PRIVATE_PLANE + min(int(n), _LARGEST)) for n in _NUMBER.findall(unit.group())]
        edits.append(Edit(*unit.span(), "".join(shown)))
    return rewrite(traced, "invisible", edits, "a glyph without a character")


def _solve(text: str) -> dict[str, str]:
    """What units stand for, the commonest first; those that words do not tell are missing."""
    visual = is_visual(text)
    words = {m.group() for m in _TOKEN.finditer(text) if "(" in m.group()}
    units = Counter(_key(m.group()) for word in words for m in _UNIT.finditer(word))
    solved: dict[str, str] = {}
    for unit, _ in units.most_common():
        if unit == _UNNAMED:
            continue
        told = [one for word in sorted(words) if (one := _around(word, unit, solved, visual=visual))][:_MOST_WORDS]
        best = _best(told) if len(told) >= _FEWEST_WORDS else None
        if best is not None:
            solved[unit] = best
    return solved


def _around(word: str, unit: str, solved: dict[str, str], *, visual: bool) -> tuple[str, ...] | None:
    """The letters before, between and behind a word's units of this kind, in reading order; None with other unknown units."""
    parts = [""]
    for piece in re.split(f"({_UNIT.pattern})", word):
        key = _key(piece)
        if key == unit:
            parts.append("")
        elif "(" in piece:
            if key not in solved:
                return None
            parts[-1] += solved[key][::-1] if visual else solved[key]
        else:
            parts[-1] += plain(piece)
    if visual:
        parts = [part[::-1] for part in reversed(parts)]
    return tuple(parts) if len(parts) > 1 and any(parts) else None


def _best(words: Sequence[tuple[str, ...]]) -> str | None:
    """What makes the likeliest words of all; None where another reading is close, or too few become known."""
    scores: dict[str, float] = {after: sum(_likelihood(after.join(word)) for word in words) for after in ["", *_LAM_ALEFS, *ALPHABET]}
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if scores[best] - scores[second] < _CLEARLY:
        return None
    known = sum(_likelihood(best.join(word)) > math.log(FLOOR) for word in words)
    if known < _KNOWN * len(words) or (not best and not _fills(words)):
        return None
    return best


def _likelihood(word: str) -> float:
    return math.log(max(frequency(word), reversed_count(word[::-1])))


def _fills(words: Sequence[tuple[str, ...]]) -> bool:
    """Whether a unit without meaning stands between letters, or always beside the same few letters, whose part it then is."""
    if len(words) < _FEWEST_FILLED:
        return False
    beside: dict[str, set[str]] = defaultdict(set)
    for word in words:
        beside["before"] |= {part[-1:] for part in word[:-1]}
        beside["behind"] |= {part[:1] for part in word[1:]}
    inside = sum(bool(left and right) for word in words for left, right in pairwise(word))
    if inside > 0.5 * sum(len(word) - 1 for word in words):
        return True
    return any("" not in letters and len(letters) * _FEWEST_FILLED <= len(words) for letters in beside.values())
