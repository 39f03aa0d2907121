"""Alefs under a hamza that come as other signs: `إ$لى`, `ألWقمار` and, above a line that `$` ends, `أ` alone, for `إلى`, `لأقمار`, `أ`.

Fonts that set hamza as a glyph of its own (Lateef) have fpdf2 write the alef's without a code, and pdfium prints the number that
it has in the font as a character (measured): behind the hamza, or at the end of the piece whose hamza stands off the line, which
hamza_rows.py puts there. Hamzas that so come as signs are hamza_signs.py's, alefs of bare lam-alefs lam_alef_signs.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.restore.characters import HAMZAS, LETTER, LETTERS_AND_MARKS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

# Any sign: glyphs are numbered as the writer met them.
_SIGN = "[!-~\x01-\x08\x0e-\x1b\x7f-\x9f]"
TRACES: tuple[Trace, ...] = ((f"[{HAMZAS}ل]", _SIGN, f"[{LETTERS_AND_MARKS}]"),)
_BEHIND = re.compile(f"[{HAMZAS}]({_SIGN})(?={LETTER})")
_OF_LAM = re.compile(f"(?P<hamza>[{HAMZAS}])(?P<lam>ل)(?P<sign>{_SIGN})(?={LETTER})")
# Below a line that is but a hamza, or begins with one; letters and figures that end a line come before it.
_LAST, _FIRST = (
    re.compile(f"(?m)^[{HAMZAS}][^\n]*\n[^\n]*?({_SIGN})(?= *$)"),
    re.compile(f"(?m)^[{HAMZAS}]\n([A-Za-z0-9])(?={LETTER})"),
)
_FEWEST, _FEWEST_OTHERS, _MOSTLY = 6, 2, 0.6
_EVIDENCE = "a sign stands for the alef of hamzas all through the text"


def read_alef_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take out such signs, those of lam-alefs with their letters in order, in a text where one sign stands nearly always so."""
    text = traced.text
    behind = list(_BEHIND.finditer(text))
    lams = list(_OF_LAM.finditer(text))
    if len(behind) + len(lams) < _FEWEST:
        return Outcome(traced)
    found = [*behind, *_FIRST.finditer(text), *_lasts(text)]
    signs, of_lam = _usual(text, found, 1), _usual(text, lams, "sign")
    if max(chain(signs.values(), of_lam.values()), default=0) < _FEWEST:
        return Outcome(traced)
    edits = [Edit(*m.span(1), "") for m in found if m[1] in signs]
    edits += [reordered(traced, *m.span(), (m.start("lam"), m.start("hamza"))) for m in lams if m["sign"] in of_lam]
    return rewrite(traced, "lost_letter", sorted(edits), _EVIDENCE, 0.9)


def _lasts(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _LAST.search(text, at):
        yield match
        at = match.start(1)


def _usual(text: str, found: Sequence[re.Match[str]], group: int | str) -> dict[str, int]:
    """The signs that stand nearly always so, and how often."""
    times = Counter(m[group] for m in found)
    return {sign: n for sign, n in times.items() if n >= max(_FEWEST_OTHERS, _MOSTLY * text.count(sign))}
