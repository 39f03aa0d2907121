"""The ligature of the divine name, whose letters many fonts' tables give twice or in another order: `االله`, `اهلل`, `اهللا`.

No Arabic word is spelt so (measured in Word's, LibreOffice's and browsers' PDFs through every reader), so that one
occurrence is proof; other ligatures need the evidence that word_repair.py gathers.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import IN_WORDS, LETTERS_AND_TATWEEL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_NAME = "الله"
_SIGNS = ("االل", "اهلل")
_DAMAGED = re.compile(f"(?<![{IN_WORDS}])([وفبتأ]{{0,2}}(?:عبد)?)(االله|اهللا|اهلل)(?=م?(?![{LETTERS_AND_TATWEEL}]))")
TRACES: tuple[Trace, ...] = (("ا", "ا", "ل"), ("ه", "ل", "ل"))


def restore_divine_name(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """`حزب االله` → `حزب الله`, `رام اهلل` → `رام الله`, `وباهلل` → `وبالله`."""
    if not any(sign in traced.text for sign in _SIGNS):
        return Outcome(traced)
    edits = [Edit(*m.span(2), _NAME, _origins(traced, *m.span(2))) for m in _DAMAGED.finditer(traced.text)]
    return rewrite(traced, "ligature", edits, "no word is spelt so; the name's ligature comes out this way", 0.98)


def _origins(traced: Traced, start: int, end: int) -> list[int]:
    """Each letter of the name comes from its own occurrence."""
    places = list(range(start, end))
    found = []
    for letter in _NAME:
        place = next(p for p in places if traced.text[p] == letter)
        places.remove(place)
        found.append(int(traced.origin[place]))
    return found
