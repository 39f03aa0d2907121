"""Lines cut at letters that a font lifts: `خزن للذرة في القريةمأضرم السكان النار في ` for `أضرم السكان النار في مخزن للذرة في القرية`.

Amiri sets a letter before حـ, خـ, مـ … higher than its neighbours; LibreOffice draws it by itself, and pypdf prints what stands
left of it first (measured). No sign shows the place: the words left and right of the letter touch it. Cuts at marks and
strokes are lifted_glyphs.py's, which puts the pieces in order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import Lexicon
from pipeline.restore.lifted_glyphs import Part, Reading, best_reading, parts
from pipeline.restore.lifted_signs import LETTER, MARK, Cut, Finder, Signs
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_TOKEN = re.compile(f"[{LETTER}{MARK}]+")
_FIRST, _LAST = re.compile(f"[^{LETTER}]*([{LETTER}{MARK}]+)"), re.compile(f"([{LETTER}{MARK}]*)([^{LETTER}]*)$")
_FEWEST, _SHARE, _SURE, _CONFIDENCE = 3, 0.04, 7.0, 0.95
_MOST_CUTS, _LEAST_UNKNOWN, _MOST_UNKNOWN = 6, 0.06, 0.2
_GAPS_A_LINE = 0.3


def restore_lifted_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of lines in order where words glued at one letter, and the words so broken, become known."""
    text = traced.text
    # Doubled blanks are PDFBox's: drawn_rows.py.
    if text.count("  ") > _GAPS_A_LINE * text.count("\n"):
        return Outcome(traced)
    words = document_words(text)
    unknown = words.unknown
    # Broken words make a text look odd, but most of its words are whole.
    if not _LEAST_UNKNOWN < len(unknown) / max(len(words.distinct), 1) < _MOST_UNKNOWN or sum(any(_splits(word)) for word in unknown) < _FEWEST:
        return Outcome(traced)
    laid = list(parts(text, Finder(text, Signs(quotes=False))))
    clear = [r for part in laid if (r := _reading(text, part, unknown, sure=True)) and r.gain > _SURE]
    if len(clear) < max(_FEWEST, _SHARE * len(laid)):
        return Outcome(traced)
    chosen = [r for part in laid if (r := _reading(text, part, unknown, sure=False)) and r.gain >= 0]
    edits = [Edit(r.part.start, r.part.end, r.text, [int(traced.origin[i]) for i in r.order]) for r in chosen]
    scores = [round(min(_CONFIDENCE, 1 / (1 + math.exp(-r.gain / 2))), 3) for r in chosen]
    return rewrite(traced, "displaced_run", edits, f"pieces cut at lifted letters, last one first; {len(clear)} parts of lines show it", scores)


def _reading(text: str, part: Part, unknown: frozenset[str], *, sure: bool) -> Reading | None:
    """The likeliest reading of a part, cut at some of the letters that glue words; None where there is no such letter."""
    places = [i for i in _glue(text, part, unknown) if not sure or _mends(text, part, i)]
    if not places and (sure or part.lead == part.start):
        return None
    marks = [cut for cut in part.cuts if not sure]
    cuts = sorted([*marks, *(Cut(i, i + 1, (i,), sure=False) for i in places[:_MOST_CUTS])])
    reading = best_reading(text, text, part._replace(cuts=cuts))
    return reading if reading.text != text[part.start : part.end] else None


def _glue(text: str, part: Part, unknown: frozenset[str]) -> Iterator[int]:
    """Letters of unknown words without which both sides are usual words, or nothing."""
    for token in _TOKEN.finditer(text, part.start, part.end):
        word = token.group()
        if word in unknown or len(word) == 1:
            yield from (token.start() + k for k, splits in enumerate(_splits(word)) if splits)


def _splits(word: str) -> Iterator[bool]:
    """Whether usual words, or nothing, are left on both sides of each letter of a word."""
    usual = Lexicon.load().usual
    return (all(not side or (len(side) > 1 and side in usual) for side in (word[:k], word[k + 1 :])) for k in range(len(word)))


def _mends(text: str, part: Part, place: int) -> bool:
    """Whether the letter makes a known word of the last and the first word of the part, or of one of them."""
    first, last = _FIRST.match(text, part.lead, part.end), _LAST.search(text, part.start, part.end)
    if not first or not last:
        return False
    knows = Lexicon.load().knows
    ends = " " in last.group(2)
    head, tail = first.group(1), "" if ends else last.group(1)
    starts = text[part.lead : first.start(1)].endswith(" ")
    return knows(tail + text[place] + ("" if starts else head)) and bool(tail or not starts)
