"""Line breaks before every hamza on alef: `وصل \\nأمس و\\nأعلن` for `وصل أمس وأعلن`, and signs inside the lam-alefs, `ا>لأول`.

fpdf2 sets the hamza of such fonts (Lateef) as a glyph whose code is its number in the subset; where that is 13, pypdf and MuPDF
print a carriage return (measured). Rows cut at each hamza by the reader belong in drawn_rows.py and cut_rows.py.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LETTERS_AND_MARKS, LETTERS_AND_TATWEEL
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, delete
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency, one_word_odds

_BREAK = re.compile(f"(?P<before>[{LETTERS_AND_MARKS}]*)\n(?=(?P<behind>[أإآ][{LETTERS_AND_MARKS}]+))")
# Of a lam-alef neither letter is broken; some readers print its lām last.
_HAMZA = re.compile(f"[أإآ](?<!ل.)(?!ل)(?=[{LETTERS_AND_MARKS}])")
_BREAK_BEHIND = re.compile(f"(?<=[{LETTERS_AND_MARKS} ])(?P<alef>[أإآ])(?P<break>\n)(?P<behind>[{LETTERS_AND_TATWEEL}]+)")
_ALONE = re.compile("(?m)^[أإآ]$")
# Counted first, which is much faster.
_BROKEN_OFF, _ENDING = ("\nأ", "\nإ", "\nآ"), ("أ\n", "إ\n", "آ\n")
_SIGN = "([^\\w\\s\u060c\u061b\u061f.:)»”])"
_INSIDE = re.compile(f"(?<=[ابكوفل]){_SIGN}(?=ل[أإآ]|[أإآ]ل)|(?<=[أإآ]ل|ل[أإآ]){_SIGN}(?=[{LETTERS_AND_MARKS}])")
_FEWEST, _MOSTLY, _MOSTLY_BEHIND, _COMMON = 6, 0.75, 0.6, 50
TRACES: tuple[Trace, ...] = (("\n", "[أإآ]"), ("[أإآ]", "\n"))


def join_at_hamza(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take out breaks beside hamzas, in a text that has one before nearly all of them or, within words, behind many."""
    breaks = _before(traced.text) or _behind(traced.text)
    if not breaks:
        return Outcome(traced)
    joined = delete(traced, "filler_letter", breaks, "the hamza's glyph came as a line break all through the text")
    inside = [m.span(m.lastindex or 0) for m in _INSIDE.finditer(joined.traced.text)]
    return chain(joined, delete(joined.traced, "filler_letter", inside, "the hamza's glyph came as a sign inside lam-alef"))


def _before(text: str) -> list[tuple[int, int]]:
    """Breaks before hamzas; none where many hamzas have none."""
    broken_off = sum(map(text.count, _BROKEN_OFF))
    if broken_off < _FEWEST or broken_off < (least := _MOSTLY * len(_HAMZA.findall(text))):
        return []
    breaks = [(m.start("behind") - 1, m.start("behind")) for m in _BREAK.finditer(text) if _is_within(m)]
    within_rows = any(text[start - 1 : start] != "\n" for start, _ in breaks)
    return breaks if within_rows and len(breaks) >= max(_FEWEST, least) else []


def _behind(text: str) -> list[tuple[int, int]]:
    """Breaks behind the hamza that begins a word, as pdfium prints them, beside hamzas alone; none where most lines that end in one are no such."""
    if sum(map(text.count, _ENDING)) < _FEWEST - 1 or len(_ALONE.findall(text)) < _FEWEST:
        return []
    found = list(_BREAK_BEHIND.finditer(text))
    count = Lexicon.load().plain_count
    breaks = [m.span("break") for m in found if count(m["alef"] + m["behind"]) > _COMMON]
    return breaks if len(breaks) >= max(_FEWEST, _MOSTLY_BEHIND * len(found)) else []


def _is_within(found: re.Match[str]) -> bool:
    """Whether a break does not end a row: a blank stands before it, or letters that make one word with those behind it."""
    before, behind = (plain(found[side]) for side in ("before", "behind"))
    # Two rare words, the rows of a list, are no less likely one that was never seen.
    return not before or (frequency(before + behind) > FLOOR and one_word_odds(before, behind) > 1)
