"""Tatweel (U+0640): the stroke that stretches a word to fill a line, and is no letter.

A tatweel run inside a word goes before runs are put in order. One at the *edge* of a word, `ــى الوصول إل`, shows that
the word's other half stands elsewhere on the line; it stays until `remove_edge_tatweel`, so that the pass that puts
displaced runs in order can use it.
"""

from __future__ import annotations

import re

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import alphabet, delete
from pipeline.restore.traced import Outcome, Traced

_LETTER = "\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc\ufffd\ue000-\uf8ff"
_INNER = re.compile(f"(?<=[{_LETTER}])\u0640+(?=[{_LETTER}])")
# `1438 هـ`, `(هـ)`: the abbreviation of Hijri is written with a tatweel. Alone between blanks it is a dash.
_EDGE = re.compile(f"(?<![{_LETTER}\u0640])\u0640+(?=[{_LETTER}])|(?<=[{_LETTER}])(?<!(?<![{_LETTER}])ه)\u0640+")
_EVIDENCE = "tatweel stretches a word and is no letter"


def remove_tatweel(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove tatweel between two letters: `القصــف` → `القصف`."""
    if "\u0640" not in alphabet(traced.text):
        return Outcome(traced)
    return delete(traced, "tatweel", _INNER, _EVIDENCE)


def remove_edge_tatweel(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove tatweel at a word's edge, but not a dash of its own nor that of `1438 هـ`."""
    if "\u0640" not in alphabet(traced.text):
        return Outcome(traced)
    return delete(traced, "tatweel", _EDGE, _EVIDENCE)
