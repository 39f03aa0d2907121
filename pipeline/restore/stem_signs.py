"""Alefs' stems that come as signs before their hamzas: `$أن`, `تOأكيد`, `ا:ألمم` and `ا:لأمم` for `أن`, `تأكيد`, `الأمم`.

Fonts that set hamza as a glyph of its own (Lateef, Scheherazade) have fpdf2 write the alef's without a code: pypdf and MuPDF print the
number that it has in the font as a character, and the hamza as the whole letter (measured). Stems have several shapes, each with a
number of its own: alone, joined to the letter before, behind lam. Rows that pypdf breaks at such signs stem_rows.py puts in
order. Signs behind their hamzas are alef_signs.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np

from pipeline.restore.characters import HAMZAS, LETTER
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.stem_rows import order_stem_rows, stems_of_rows, times_alone
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

# Any sign: glyphs are numbered as the writer met them.
_SIGN = "[!-~\x01-\x08\x0e-\x1f\x7f-\xaa\xac-\xba\xbc-\xff\ue000-\uf8ff]"
TRACES: tuple[Trace, ...] = ((_SIGN, f"[{HAMZAS}]"),)
_HAMZA = re.compile(f"[{HAMZAS}]")
# A group that is found where the hamza just follows a letter, as words behind others do.
_FOLLOWS_LETTER, _LOOKED_AT = re.compile(f"[{HAMZAS}](?:(?:(?<={LETTER} .)|(?<={LETTER}.)(?<!ل.)|(?<=ال.))()|)"), 40
_ALONE = f"(?!(?<=[0-9A-Za-z])[0-9A-Za-z]){_SIGN}"
_BEFORE = re.compile(f"(?P<sign>{_ALONE})(?:(?=[{HAMZAS}])|(?=ل[{HAMZAS}])(?<=ا.))")
# Behind a clitic or inside a word; what opens a word in writing, too, hardly ever stands there.
_WITHIN = re.compile(f"(?<={LETTER})(?P<sign>{_ALONE})(?=[{HAMZAS}])")
_FEWEST, _MOSTLY, _COVERED, _FEWEST_OTHERS, _LEAST_WITHIN = 8, 0.6, 0.5, 2, 0.05
# Behind lam a stem follows the article's alef.
_LAM_ALEF = re.compile(f"(?P<alef>ا?)(?P<sign>{_ALONE})(?P<hamza>[{HAMZAS}])(?P<lam>ل)(?P<gap> ?(?={LETTER}))")
_OPENING = frozenset("([{<\"'#@*-")
_EVIDENCE = "a sign stands for the alef of hamzas all through the text"


def read_stem_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take out such signs in a text where most hamzas have one before them, those of lam-alefs and broken rows in order."""
    text = traced.text
    if _is_usual(text):
        return Outcome(traced)
    hamzas = len(_HAMZA.findall(text))
    before = Counter(m["sign"] for m in _BEFORE.finditer(text))
    if not before:
        return Outcome(traced)
    within = Counter(m["sign"] for m in _WITHIN.finditer(text))
    usual = {sign for sign, times in before.items() if times >= _MOSTLY * times_alone(text, sign)}
    signs = {s for s in usual if before[s] >= _FEWEST and (s not in _OPENING or within[s] >= _LEAST_WITHIN * before[s])}
    stems = stems_of_rows(text, signs)
    if sum(before[sign] for sign in signs) + len(stems) < max(_FEWEST, _COVERED * hamzas):
        return Outcome(traced)
    broken = Counter(text[place] for place in stems)
    signs |= {sign for sign in usual if before[sign] >= max(broken[sign], _FEWEST_OTHERS if sign.isdigit() else 1)}
    taken = _take_out(traced, signs)
    left = np.flatnonzero(np.isin(taken.traced.origin, traced.origin[stems])).tolist()
    return chain(taken, order_stem_rows(taken.traced, frozenset(left))) if left else taken


def _is_usual(text: str) -> bool:
    """Whether most of the first hamzas just follow a letter, as words behind others do; a look at a few costs nothing."""
    first = [m.lastindex for m in islice(_FOLLOWS_LETTER.finditer(text), _LOOKED_AT)]
    return first.count(1) > (1 - _COVERED) * len(first)


def _take_out(traced: Traced, signs: set[str]) -> Outcome:
    """Delete the signs before hamzas; a lam that MuPDF prints behind its alef goes before it."""
    text = traced.text
    edits = {edit.start: edit for edit in _lams(traced, signs)}
    taken = {place for edit in edits.values() for place in range(edit.start, edit.end)}
    for match in _BEFORE.finditer(text):
        if match["sign"] in signs and match.start() not in taken:
            edits[match.start()] = Edit(*match.span("sign"), "")
    return rewrite(traced, "lost_letter", [edits[start] for start in sorted(edits)], _EVIDENCE, 0.9)


def _lams(traced: Traced, signs: set[str]) -> Iterator[Edit]:
    """Lam-alefs as MuPDF prints them, of those signs that mostly follow the article's alef there."""
    found = [m for m in _LAM_ALEF.finditer(traced.text) if m["sign"] in signs]
    behind = Counter(m["sign"] for m in found if m["alef"])
    for match in found:
        if 2 * behind[match["sign"]] >= sum(m["sign"] == match["sign"] for m in found):
            yield reordered(traced, *match.span(), [*range(*match.span("alef")), match.start("lam"), match.start("hamza")])
