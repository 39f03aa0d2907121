"""Presentation forms: shaped glyphs (U+FB50–FDFF, U+FE70–FEFF) back to the letters they show.

Only these blocks are folded; digits, ligatures and widths of other scripts stay as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_FORMS = re.compile("[\ufb50-\ufd3d\ufd40-\ufdff\ufe70-\ufefc]+")
_PHRASE = re.compile("[\ufdfa\ufdfb]")
FORMS = frozenset(chr(c) for c in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))


def fold_presentation_forms(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give each presentation form its letters: `ﺣﻘوق` → `حقوق`, `ﷲ` → `الله`, `محمدﷺ` → `محمد صلى الله عليه وسلم`.

    NFKC (UAX #15), except that a vowel mark's form becomes the mark alone, without the blank or tatweel that
    NFKC gives it to stand on.
    """
    text = traced.text
    edits = []
    for match in _FORMS.finditer(text):
        pieces = [letters(c) for c in match.group()]
        start, end = match.span()
        if _PHRASE.search(match.group()):
            pieces = _set_off_phrases(match.group(), pieces, text[start - 1 : start], text[end : end + 1])
        after = "".join(pieces)
        if after != match.group():
            origin = [int(traced.origin[start + i]) for i, piece in enumerate(pieces) for _ in piece]
            edits.append(Edit(start, end, after, origin))
    return rewrite(traced, "presentation_form", edits, "NFKC of the Arabic presentation forms (UAX #15)")


@cache
def letters(form: str) -> str:
    """The letters that one presentation form shows."""
    folded = unicodedata.normalize("NFKC", form)
    if len(folded) > 1 and folded[0] in " \u0640" and all(unicodedata.combining(c) for c in folded[1:]):
        return folded[1:]
    return folded


def _set_off_phrases(forms: str, pieces: list[str], before: str, after: str) -> list[str]:
    """A phrase that one glyph shows (U+FDFA, U+FDFB) is words: no letter may touch it."""
    around = [before, *forms, after]
    return [
        (" " if around[i].isalnum() else "") + piece + (" " if around[i + 2].isalnum() else "") if _PHRASE.match(forms[i]) else piece
        for i, piece in enumerate(pieces)
    ]
