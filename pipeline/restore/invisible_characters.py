"""Characters that show nothing and break words for every program: bidi controls, zero-width characters, soft hyphens.

Zero-width joiners that carry meaning stay: in Persian words (`می‌شود`) and in emoji sequences.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LOST
from pipeline.restore.language import is_persian_at
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, delete, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NUL = "\0"
INVISIBLES = frozenset("\u00ad\u200b\u2060\ufeff\u180e\u034f\ufff9\ufffa\ufffb\u200c\u200d")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_EMPTY = re.compile("[\u00ad\u200b\u2060\ufeff\u180e\u034f\ufff9-\ufffb]+")
_JOINER = re.compile("[\u200c\u200d]+")
_SYMBOL = re.compile("[^\\w\\s\u0000-\u2010]")


def show_lost_glyphs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Make NUL, which PDFBox writes for a glyph without a code, the U+FFFD that Tika makes of it (measured)."""
    edits = [Edit(at, at + 1, LOST) for at, char in enumerate(traced.text) if char == NUL]
    return rewrite(traced, "invisible", edits, "a glyph without a code")


def remove_bidi_controls(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove the directional marks, embeddings, overrides and isolates of UAX #9."""
    return delete(traced, "bidi_control", [m.span() for m in _BIDI.finditer(traced.text)], "directional control (UAX #9), no text")


def remove_invisibles(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Remove byte order marks, soft hyphens, zero-width spaces, and joiners outside Persian words and emoji."""
    first = delete(traced, "invisible", [m.span() for m in _EMPTY.finditer(traced.text)], "zero-width character, no text")
    text = first.traced.text
    edits = [Edit(*m.span(), "") for m in _JOINER.finditer(text) if not _joiner_means_something(text, m)]
    return chain(first, rewrite(first.traced, "invisible", edits, "joiner that changes no word"))


def _joiner_means_something(text: str, joiner: re.Match[str]) -> bool:
    start, end = joiner.span()
    if start and end < len(text) and _SYMBOL.match(text, start - 1) and _SYMBOL.match(text, end):
        return True
    return is_persian_at(text, start)
