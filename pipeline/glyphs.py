"""Private glyphs as people see them: no font shows them, so their code points stand for them."""

from __future__ import annotations

PRIVATE = range(0xE000, 0xF900)


def named_glyphs(text: str) -> str:
    """`text` with each private glyph written as ‹U+E005›."""
    return text if text.isascii() else "".join(f"‹U+{ord(c):04X}›" if ord(c) in PRIVATE else c for c in text)
