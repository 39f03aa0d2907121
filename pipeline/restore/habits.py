"""What a text as a whole says about its lines: whether its figures were deleted, which letters it sets apart itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.restore.private_fonts import PRIVATE_SIGNS
from pipeline.restore.rewriting import unusual

# Letters that a cut leaves alone at a run's end; others that stand alone are abbreviations.
CUT_LETTERS = frozenset("رزدذاأإو")
_SIGNS = PRIVATE_SIGNS | frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
_DIGIT = re.compile("[0-9\ue000-\uf8ff]")
_WAW_APART = re.compile(r"(?<=\S )و(?= \S)")


class Habits(NamedTuple):
    """`stripped`: the text has no figure; `lone`: letters whose standing alone is a trace of a cut; `signs`: it has marks or private glyphs."""

    stripped: bool = False
    lone: frozenset[str] = CUT_LETTERS
    signs: bool = True


def habits(text: str) -> Habits:
    """Some writers set the conjunction apart (`ذهب و عاد`): then it is no trace at a line's end either."""
    lone = CUT_LETTERS - {"و"} if " و " in text and _WAW_APART.search(text) else CUT_LETTERS
    return Habits(not _DIGIT.search(text), lone, not _SIGNS.isdisjoint(unusual(text)))
