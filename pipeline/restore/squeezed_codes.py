"""Ligatures of two letters whose codes were squeezed into one: `الب䐧لد` for `البلاد`, `ع㐱شات` for `عشرات`.

Ghostscript, when it rewrites a PDF of which a glyph stands for two letters, keeps the first letter's code and makes another
of the low bytes of both (U+0644 U+0627 become U+0644 and U+4427; measured). Readers that turn right-to-left text print the
second before the first.
"""

from __future__ import annotations

import re
from itertools import product

from pipeline.restore.characters import ALPHABET, LETTERS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import one_of

_PAIRS = {chr((ord(a) & 0xFF) << 8 | ord(b) & 0xFF): a + b for a, b in product(ALPHABET, repeat=2)}
CODES = "".join(_PAIRS)
# Chinese characters are looked for as their first one.
TRACES = one_of(CODES + "\u3400")
# Poppler embeds such a code from left to right, with the signs before it, or stands it behind the embedding of its word.
_CODE = f"[{CODES}]"
_LTR, _RTL, _POP = "\u202a", "\u202b", "\u202c"
_EMBEDDED = re.compile(f"{_LTR}(?P<code>{_CODE})(?P<signs>[^{_LTR}{_RTL}{_POP}\n{LETTERS}]*){_POP}(?P<letter>[{LETTERS}])")
_BEHIND = re.compile(f"{_RTL}(?P<letter>[{LETTERS}])(?P<rest>[^{_LTR}{_RTL}{_POP}\n]*){_POP} ?(?P<code>{_CODE})")
_ARTICLE, _TURNED_ARTICLE = re.compile(f"(?<![{LETTERS}])ال[{LETTERS}]"), re.compile(f"[{LETTERS}]لا(?![{LETTERS}])")
_FEWEST = 2
_EVIDENCE = "two letters' codes squeezed into one beside the first of them"


def restore_squeezed_codes(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give the two letters of each squeezed code back; one such code alone may be a character that was meant."""
    if len(re.findall(_CODE, traced.text)) < _FEWEST:
        return Outcome(traced)
    edits = sorted([*_embedded(traced.text), *_behind(traced.text)])
    taken = [(e.start, e.end) for e in edits]
    rest = (e for e in _plain(traced.text) if not any(a < e.end and e.start < b for a, b in taken))
    edits = sorted([*edits, *rest])
    return rewrite(traced, "ligature", edits, _EVIDENCE, 0.99) if len(edits) >= _FEWEST else Outcome(traced)


def _embedded(text: str) -> list[Edit]:
    """`\\u202a䐧 .\\u202cل` → `\\u202a .\\u202cلا`."""
    found = (m for m in _EMBEDDED.finditer(text) if _PAIRS[m["code"]][0] == m["letter"])
    return [Edit(*m.span(), (f"{_LTR}{m['signs']}{_POP}" if m["signs"] else "") + _PAIRS[m["code"]]) for m in found]


def _behind(text: str) -> list[Edit]:
    """`\\u202bلد\\u202c䐧` → `\\u202bلاد\\u202c`."""
    found = (m for m in _BEHIND.finditer(text) if _PAIRS[m["code"]][0] == m["letter"])
    return [Edit(*m.span(), f"{_RTL}{_PAIRS[m['code']]}{m['rest']}{_POP}") for m in found]


def _plain(text: str) -> list[Edit]:
    """`䐧ل` and `ل䐧` → `لا`, in a text in visual order `ال`; one text has the code on one side of the letter."""
    codes = [m.start() for m in re.finditer(_CODE, text)]
    before = [at for at in codes if text[at + 1 : at + 2] == _PAIRS[text[at]][0]]
    behind = [at for at in codes if at and text[at - 1] == _PAIRS[text[at]][0]]
    way = -1 if len(_TURNED_ARTICLE.findall(text)) > len(_ARTICLE.findall(text)) else 1
    places = before if len(before) >= len(behind) else [at - 1 for at in behind]
    return [Edit(at, at + 2, _PAIRS[max(text[at : at + 2])][::way]) for at in places]
