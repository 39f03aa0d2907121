"""Hamzas that a font draws apart from their alef, as pypdf prints Typst's pages: `علن لأ ا` for `أعلن`, `لى إا` for `إلى`.

Lateef and Scheherazade set hamza as a mark of its own. Its glyph has the code of the first letters that it was seen with (`أ`, `لأ`),
and so has the alef below it (measured); where every such letter is composed so, one that stands alone is a bare alef.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import HAMZAS, LETTER
from pipeline.restore.proclitics import ARTICLE

_H = f"[{HAMZAS}]"
_COMPOSED = re.compile(f"(ل?)({_H})(?:ا| ا(?!ل))")
_OTHER = f"{_H}(?! ?ا(?!ل))"
# A word that ends in a lam-alef has its hamza already, though it be printed once more.
_WORD = f"{ARTICLE}{_H}(?= |\\n|$)"
WHOLE = f"(?<![^ \\n]){_WORD}"
_BASE = f"(?:ل[ا{HAMZAS}]|{_OTHER}|ا)| (?:ل{_H}|ا(?!ل{LETTER})|{_OTHER})|  ?(?={_WORD})"
_FEWEST, _SHARE, _OWN = 8, 0.15, 0.2


def drawn_hamzas(text: str) -> str:
    """The pattern of all that stands for an alef or a lam-alef in a text whose hamzas are drawn apart; empty in other texts."""
    found = _COMPOSED.findall(text)
    if len(found) < max(_FEWEST, _SHARE * sum(map(text.count, HAMZAS))):
        return ""
    signs = "|".join(_sign(hamza, [lam for lam, of in found if of == hamza]) for hamza in HAMZAS)
    return f"(?:{signs})(?:{_BASE})|ل{_OTHER}|(?<!ل){_H}"


def _sign(hamza: str, lams: list[str]) -> str:
    """The letters that a hamza's glyph has as its code: lam, too, where that nearly always stands before it."""
    return f"ل?{hamza}" if lams.count("") <= _OWN * len(lams) else hamza


def letters(printed: str) -> list[tuple[int, str]]:
    """What a match of the pattern stands for: places in it, and the letters there."""
    at = next(i for i, letter in enumerate(printed) if letter in HAMZAS)
    rest = printed[at + 1 :]
    if not rest:
        return [*((0, "ل") for _ in range(at)), (at, "ا")]
    if not rest.strip():
        return []
    lam = printed.find("ل", at + 1)
    return [*([(lam, "ل")] if lam > 0 else []), (at, printed[at])]
