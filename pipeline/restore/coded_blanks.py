"""Texts whose blanks are the number of the blank's glyph: `وصل(cid:6)الوفد(cid:6)أمس`, or U+0006 for each, for `وصل الوفد أمس`.

Qt writes no character for the blank, so pdfminer prints its number, MuPDF and pypdf the character with that number (measured).
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.restore.characters import LETTERS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace, one_of

_CONTROLS = "".join(map(chr, (*range(1, 9), 0x0B, *range(0x0E, 0x20), 0x7F)))
TRACES: tuple[Trace, ...] = (*one_of(_CONTROLS), ("[(]", "c", "i"))
_CODE = re.compile(rf"[{_CONTROLS}]|\(cid:\d+\)")
_LETTER = re.compile(f"[{LETTERS}\ufb50-\ufdff\ufe70-\ufefc]")
_FEWEST, _MORE_THAN_BLANKS = 8, 3
# Letters from blank to blank; a sign that stretches words, or a letter without a code, has fewer or many more.
_SHORTEST, _LONGEST = 3.0, 8.0


def restore_coded_blanks(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set a blank for each sign of a kind that stands between the words of a text that has hardly any blank."""
    text = traced.text
    codes = Counter(_CODE.findall(text)).most_common(1)
    if not codes:
        return Outcome(traced)
    code, times = codes[0]
    if times < _FEWEST or times < _MORE_THAN_BLANKS * (text.count(" ") + text.count("\t")):
        return Outcome(traced)
    if not _SHORTEST <= len(_LETTER.findall(text)) / (times + text.count("\n")) <= _LONGEST:
        return Outcome(traced)
    edits = [Edit(*m.span(), " ") for m in re.finditer(re.escape(code), text)]
    return rewrite(traced, "whitespace", edits, "a text without blanks has this sign between its words", 0.97)
