"""Which private glyphs of a text are digits, and which of them belong to one font.

A font's digits stand in runs with one another, are never glued to a following letter for long, and have numbers close together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.proclitics import CLITICS
from pipeline.restore.rewriting import unusual

# private use planes, and control codes, which readers print for glyphs that they cannot name
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
HAS_PRIVATE = re.compile(f"[{PRIVATE}]")
_RUN = re.compile(f"[{PRIVATE}]+")
# the same as `unusual` tells them; the planes 15 and 16 begin with these high surrogates
PRIVATE_SIGNS = frozenset(
    chr(c) for c in (*range(0x1, 0x9), *range(0xE, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xDB80, 0xDC00), *range(0xE000, 0xF900))
)
_ARABIC_LETTER = re.compile(f"[{LETTERS_AND_TATWEEL}]")
_OPENS_LINE = re.compile(r"(?:^|\n)[^\S\n]*$")
_NEIGHBOURHOOD = 20
_DIGITS = 10
_CIPHER_SHARE = 0.2
_CIPHER_GLYPHS = 30  # more than the digits of three fonts


class PrivateGlyphs(NamedTuple):
    """The digits of each font, ascending, and the other private glyphs."""

    fonts: list[list[str]]
    others: frozenset[str]


def has_private(text: str) -> bool:
    """Whether a text has private glyphs at all."""
    return not PRIVATE_SIGNS.isdisjoint(unusual(text))


def private_glyphs(text: str) -> PrivateGlyphs:
    """Sort the private glyphs of a text into the digits of fonts and the rest.

    A text that is largely private glyphs of many kinds is a cipher, not text with hidden figures: nothing in it counts as a digit.
    """
    runs = [m.span() for m in _RUN.finditer(text)] if has_private(text) else []
    everything = {c for start, end in runs for c in text[start:end]}
    if len(everything) > _CIPHER_GLYPHS and sum(end - start for start, end in runs) > _CIPHER_SHARE * len(text):
        return PrivateGlyphs([], frozenset(everything))
    others = _glued(text, runs) | _bullets(text, runs)
    digits = [{c for c in text[start:end] if c not in others} for start, end in runs]
    fonts = _merge(_components(d for d in digits if d))
    fonts, crowded = [f for f in fonts if len(f) <= _DIGITS], [f for f in fonts if len(f) > _DIGITS]
    return PrivateGlyphs(fonts, frozenset(others.union(*crowded)))


def _glued(text: str, runs: Iterable[tuple[int, int]]) -> set[str]:
    """Glyphs that mostly stand alone inside or at the end of a word, as no digit does."""
    seen: dict[str, int] = {}
    glued: dict[str, int] = {}
    for start, end in runs:
        alone = end - start == 1 and _in_word(text, start, end)
        for glyph in text[start:end]:
            seen[glyph] = seen.get(glyph, 0) + 1
            glued[glyph] = glued.get(glyph, 0) + alone
    return {glyph for glyph, n in seen.items() if glued[glyph] * 2 > n}


def _bullets(text: str, runs: Iterable[tuple[int, int]]) -> set[str]:
    """Glyphs that only ever open a line: all of Symbol's and Wingdings' bullets, others from the third line on."""
    opening: dict[str, int] = {}
    elsewhere: set[str] = set()
    for start, end in runs:
        if end - start == 1 and _OPENS_LINE.search(text, max(0, start - 20), start) and text[end : end + 1].isspace():
            opening[text[start]] = opening.get(text[start], 0) + 1
        else:
            elsewhere.update(text[start:end])
    return {glyph for glyph, n in opening.items() if glyph not in elsewhere and (n > 2 or glyph in symbols())}


@cache
def symbols() -> dict[str, str]:
    """Private glyphs of the symbol fonts of office programs, and the characters they stand for."""
    return {chr(int(row["glyph"][2:], 16)): row["meaning"] for row in rows("symbol_glyphs")}


def _in_word(text: str, start: int, end: int) -> bool:
    if end < len(text) and _ARABIC_LETTER.match(text[end]):
        return True
    if not start or not _ARABIC_LETTER.match(text[start - 1]):
        return False
    clitic = text[start - 1] in CLITICS and (start < 2 or not _ARABIC_LETTER.match(text[start - 2]))
    return not clitic


def _components(runs: Iterable[set[str]]) -> list[set[str]]:
    """Glyphs that stand together in runs, directly or by way of others."""
    found: list[set[str]] = []
    for run in runs:
        joined = set(run)
        apart = []
        for component in found:
            if component & joined:
                joined |= component
            else:
                apart.append(component)
        found = [*apart, joined]
    return found


def _merge(components: Sequence[set[str]]) -> list[list[str]]:
    """Neighbouring components are one font's digits as long as they are ten at most."""
    fonts: list[list[str]] = []
    for component in sorted((sorted(c) for c in components), key=lambda c: c[0]):
        last = fonts[-1] if fonts else []
        near = bool(last) and ord(component[0]) - ord(last[-1]) <= _NEIGHBOURHOOD
        if near and len(last) + len(component) <= _DIGITS:
            fonts[-1] = sorted({*last, *component})
        else:
            fonts.append(component)
    return fonts
