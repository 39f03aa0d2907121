"""Rows split at a vowel mark, the part behind it printed first: `ت النواب`, `ّ`, `صو` on three lines for `صوّت النواب`.

PDFBox does this to rows in which a mark's glyph stands off the line (Kacst fonts on pages of browsers, measured). Marks that
stand apart within a line are detached_marks.py's, rows that poppler broke marked_rows.py's.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LETTER, MARK
from pipeline.restore.language_model import plain
from pipeline.restore.marked_rows import are_embedded
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.word_frequency import FLOOR, frequency

_ROW = re.compile(f"(?m)^(?P<rest>[^\n]+?)(?P<gap>\n| )(?P<marks>{MARK}+)(?P<lines>\n+)(?P<start>[^\n]*{LETTER})$")
_LONGEST, _SHORT = 200, 2
_HEAD, _TAIL = re.compile(f"(?:{LETTER}{MARK}*)+"), re.compile(f"(?:{LETTER}{MARK}*)+$")
_LINE = re.compile("(?m)^[^\n]+$")
_LINE_OF_MARK = re.compile(f"[ \n]{MARK}+\n")


def restore_split_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the start of a row, its mark and the rest together, where that makes a word."""
    if not _LINE_OF_MARK.search(near_marks(traced.text)) or are_embedded(traced, [m.span() for m in _LINE.finditer(traced.text)]):
        return Outcome(traced)
    edits = [_joined(traced, m) for m in _ROW.finditer(traced.text) if len(m.group()) <= 2 * _LONGEST and _is_word(m["start"], m["rest"])]
    return rewrite(traced, "detached_mark", edits, "a row split at a vowel mark, its parts printed from left to right", 0.93)


def _is_word(start: str, rest: str) -> bool:
    """Whether the last letters of the start and the first ones of the rest are one word, or the start ends in one."""
    last, first = _TAIL.search(start), _HEAD.match(rest)
    if not last or not (first or rest.startswith(" ")):
        return False
    left, right = (plain(side.group()) if side else "" for side in (last, first))
    whole = frequency(left + right)
    return whole > FLOOR and (len(right) < _SHORT or whole > frequency(right) / 1000)


def _joined(traced: Traced, match: re.Match[str]) -> Edit:
    order = [i for name in ("start", "marks", "rest") for i in range(*match.span(name))]
    return reordered(traced, *match.span(), order)
