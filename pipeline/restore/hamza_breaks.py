"""Line breaks before every hamza on alef: `وصل \\nأمس و\\nأعلن` for `وصل أمس وأعلن`, and signs inside the lam-alefs, `ا>لأول`.

fpdf2 sets the hamza of such fonts (Lateef) as a glyph whose code is its number in the subset; where that is 13, pypdf and MuPDF
print a carriage return (measured). Rows cut at each hamza by the reader belong in drawn_rows.py and cut_rows.py.
"""

from __future__ import annotations

import re

from pipeline.restore.language_model import MARKS_AND_TATWEEL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, delete
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.word_frequency import frequency

_LETTERS = "\u0621-\u063a\u0641-\u0652"
_BREAK = re.compile(f"(?P<before>[{_LETTERS}]*)\n(?P<behind>[أإآ][{_LETTERS}]+)")
# Of a lam-alef neither letter is broken; some readers print its lām last.
_HAMZA = re.compile(f"(?<!ل)[أإآ](?!ل)(?=[{_LETTERS}])")
_INSIDE = re.compile("(?<=[ابكوفل])([^\\w\\s\u060c\u061b\u061f])(?=ل[أإآ]|[أإآ]ل)")
_FEWEST, _MOSTLY = 6, 0.75
_PER = 1e7


def join_at_hamza(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take out breaks before hamzas, in a text that has one before nearly all of them."""
    text = traced.text
    breaks = [(m.start("behind") - 1, m.start("behind")) for m in _BREAK.finditer(text) if _is_within(m)]
    if len(breaks) < _FEWEST or len(breaks) < _MOSTLY * len(_HAMZA.findall(text)):
        return Outcome(traced)
    joined = delete(traced, "filler_letter", breaks, "the hamza's glyph came as a line break all through the text")
    inside = [m.span(1) for m in _INSIDE.finditer(joined.traced.text)]
    return chain(joined, delete(joined.traced, "filler_letter", inside, "the hamza's glyph came as a sign inside lam-alef"))


def _is_within(found: re.Match[str]) -> bool:
    """Whether a break does not end a row: a blank stands before it, or letters that make one word with those behind it."""
    before, behind = (MARKS_AND_TATWEEL.sub("", found[side]) for side in ("before", "behind"))
    return not before or frequency(before + behind) * _PER > frequency(before) * frequency(behind)
