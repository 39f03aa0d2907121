"""Alefs that came twice, as their own glyph and with the hamza's: `اأن` or `أان` for `أن`, all through a text.

Fonts that set hamza as a mark of its own do this: Typst and fpdf print the bare alef first, LibreOffice the other one (measured).
In a lam-alef the hamza follows both letters (`االأمس`, WeasyPrint), and where it was first met with one, it brings both along to
the ends of pieces (`األ`, Typst). No Arabic word has two alefs in a row. Letters that other marks drag along are cluster_marks.py's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.restore.characters import HAMZAS, LETTER, MARK
from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

# Two alefs, or two lam-alefs, side by side.
_MEETING = re.compile("[أإآ](?:[اأإآ]|ل[أإآ])|ا[أإآ]")
# Before lam they may be a lam-alef whose letters came in the wrong order: `األمر`.
_BARE_FIRST, _BARE_LAST = re.compile("ا[أإآ](?!ل)"), re.compile("[أإآ]ا(?!ل)")
_PAIR_FIRST, _PAIR_LAST = re.compile(f"ا({MARK}*)([أإآ])"), re.compile("([أإآ])ا")
_TURNED_WITHIN = re.compile("ا[أإآ]ل")
# A lam-alef that is a piece by itself, its letters turned.
_TURNED = re.compile(f"(?<!{LETTER})([أإآ])(ل)(?!{LETTER})")
# The hamza of a lam-alef behind both its letters; one that brings both along, behind a lam-alef and an alef.
_IN_LIGATURE = re.compile(f"ا(ا)ل([أإآ])|ا([أإآ])ل\\3ل|ا([أإآ])ل(?!{LETTER})")
_BARE_BEFORE = tuple(f"ا{hamza}" for hamza in HAMZAS)
_FEWEST, _SHARE = 4, 0.003  # of the words
_EVIDENCE = "alef with hamza came with a bare alef all through the text"
# The words are read without marks and tatweel.
_BETWEEN = MARKS_AND_TATWEEL.pattern.removesuffix("+")
TRACES: tuple[Trace, ...] = (
    ("[أإآ]", "[اأإآ]"), ("ا", "[أإآ]"), ("[أإآ]", "ل", "[أإآ]"),
    ("[اأإآ]", _BETWEEN, f"[اأإآل{_BETWEEN[1:]}"), ("ل", _BETWEEN, f"[أإآ{_BETWEEN[1:]}"),
)  # fmt: skip


def drop_doubled_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Leave one alef of two, in a text that has many such."""
    text = traced.text
    least = max(_FEWEST, _SHARE * text.count(" "))
    if not alefs_meet(text):
        return Outcome(traced)
    ligatures = _without_ligatures(traced, least)
    return chain(ligatures, _without_doubles(ligatures.traced, least))


def _without_ligatures(traced: Traced, least: float) -> Outcome:
    """Leave the letters that the hamza glyph stands for: a lam-alef's or, behind an alef, that alef's hamza."""
    found = list(_IN_LIGATURE.finditer(traced.text))
    if len(found) < least:
        return Outcome(traced)
    return rewrite(traced, "filler_letter", [reordered(traced, *m.span(), _kept(m)) for m in found], _EVIDENCE, 0.97)


def _kept(match: re.Match[str]) -> tuple[int, ...]:
    start, end = match.span()
    if match[2]:
        return start, end - 2, end - 1
    return (start, end - 1, end - 2) if match[3] else (start + 1,)


def _without_doubles(traced: Traced, least: float) -> Outcome:
    text = traced.text
    edits: list[Edit] = []
    bare = len(_BARE_FIRST.findall(text))
    if bare >= least and bare > len(_TURNED_WITHIN.findall(text)):
        found = sorted([*_PAIR_FIRST.finditer(text), *_TURNED.finditer(text)], key=re.Match.start)
        edits = [reordered(traced, *match.span(), (*range(*match.span(2)), *range(*match.span(1)))) for match in found]
    elif len(_BARE_LAST.findall(text)) >= least:
        edits = [reordered(traced, *match.span(), (match.start(),)) for match in _PAIR_LAST.finditer(text)]
    return rewrite(traced, "filler_letter", edits, _EVIDENCE, 0.97)


@lru_cache(maxsize=2)
def mostly_doubled(text: str) -> bool:
    """Whether most hamzas stand behind a bare alef of their own: what else is odd in such a text comes from where it was cut at them."""
    return 2 * sum(map(text.count, _BARE_BEFORE)) > sum(map(text.count, HAMZAS))


@lru_cache(maxsize=2)
def alefs_meet(text: str) -> bool:
    """Whether a word has two alefs or lam-alefs side by side of which one bears hamza or madda: hardly any has, so most texts need no more."""
    words = document_words(text)
    return bool(_MEETING.search(" ".join((*words.rare, *words.too_long)))) or not _usual_meetings().isdisjoint(words.distinct)


@cache
def _usual_meetings() -> frozenset[str]:
    return frozenset(filter(_MEETING.search, Lexicon.load().usual))
