"""Tatweel (U+0640): the stroke that stretches a word to fill a line, and is no letter.

A tatweel run inside a word goes before runs are put in order. One at the *edge* of a word, `ــى الوصول إل`, shows that
the word's other half stands elsewhere on the line; it stays until `remove_edge_tatweel`, so that the pass that puts
displaced runs in order can use it.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import TATWEEL
from pipeline.restore.proclitics import CONJUNCTIONS, PREPOSITIONS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import delete
from pipeline.restore.traced import Outcome, Traced

_RUN = re.compile(f"{TATWEEL}+")
_LETTERS = "[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc\ufffd\ue000-\uf8ff]"
_LETTER = re.compile(_LETTERS)
# The stroke first and what stands before it afterwards: much faster than the other way round.
_BETWEEN_LETTERS = re.compile(f"{TATWEEL}(?<={_LETTERS}{TATWEEL}){TATWEEL}*(?={_LETTERS})")
# `لـ“النهار”`, `بـ 30`: writers set it behind a preposition of one letter that no letter can follow.
_PREPOSITION = re.compile(f"(?<![\u0620-\u065f\u066e-\u06d3])[{CONJUNCTIONS}]?[{PREPOSITIONS}]$")
_EVIDENCE = "tatweel stretches a word and is no letter"


def remove_tatweel(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove tatweel between two letters: `القصــف` → `القصف`."""
    return delete(traced, "tatweel", [m.span() for m in _BETWEEN_LETTERS.finditer(traced.text)], _EVIDENCE)


def remove_edge_tatweel(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove tatweel at a word's edge, but not a dash of its own nor that of `1438 هـ`."""
    spans = [m.span() for m in _RUN.finditer(traced.text) if _stretches(traced.text, *m.span())]
    return delete(traced, "tatweel", spans, _EVIDENCE)


def _stretches(text: str, start: int, end: int) -> bool:
    """Whether a run of tatweel touches a word; not alone as a dash, nor in `1438 هـ`, the abbreviation of Hijri, nor behind a preposition."""
    if _LETTER.match(text, end):
        return True
    if not start or not _LETTER.match(text, start - 1):
        return False
    if end - start == 1 and _PREPOSITION.search(text, max(0, start - 3), start):
        return False
    return not (text[start - 1] == "ه" and (start == 1 or not _LETTER.match(text, start - 2)))
