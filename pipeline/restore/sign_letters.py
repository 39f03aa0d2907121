"""A letter whose glyph came as a letter of another script or a control character: `يğرون`, `انزΣقية` for `يارون`, `انزلاقية`.

WeasyPrint leaves glyphs of some fonts (Lateef) without a code, and pdfium prints the number that they have in the font as a
character (measured): one or two signs, for an alef or a lam-alef mostly; PDFBox does so with LibreOffice's pages.
Marks and hamzas among them are coded_marks.py's, texts most of whose letters are signs coded_letters.py's.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from pipeline.restore.characters import ALPHABET, HAMZAS, LETTERS_AND_MARKS
from pipeline.restore.language_model import plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency

_SIGN = "[\x01-\x08\x0b\x0c\x0e-\x1f\u00c0-\u024f\u0370-\u058f\u0700-\u1fff]"
TRACES: tuple[Trace, ...] = ((_SIGN, f"[{LETTERS_AND_MARKS}]"), (f"[{LETTERS_AND_MARKS}]", _SIGN))
_TOKEN = re.compile(f"(?:[{LETTERS_AND_MARKS}]|{_SIGN})+")
_SIGNS = re.compile(_SIGN)
_LIGATURE = "لا"
_FEWEST, _FEWEST_WORDS, _MOST_SIGNS, _KNOWN, _CLEARLY = 6, 4, 4, 0.6, 1.0


def read_sign_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the letter, or lam-alef, with which the words of a sign are known and far commoner than with any other."""
    tokens = [m.group() for m in _TOKEN.finditer(traced.text) if _SIGNS.search(m.group()) and len(m.group()) > 1]
    times = Counter(sign for token in tokens for sign in set(_SIGNS.findall(token)))
    if not tokens or len(times) > _MOST_SIGNS:
        return Outcome(traced)
    meant: dict[str, str] = {}
    for sign, count in times.most_common():
        if count >= _FEWEST and (letter := _letter(sign, tokens, meant)):
            meant[sign] = letter
    edits = [Edit(m.start(), m.end(), meant[m.group()]) for m in _SIGNS.finditer(traced.text) if m.group() in meant]
    return rewrite(traced, "lost_letter", edits, "a letter without a code, printed as one of another script", 0.9)


def _letter(sign: str, tokens: list[str], meant: dict[str, str]) -> str | None:
    """What a sign stands for, by the words that have no other unread sign; None for a mark, or where nothing stands out."""
    read = str.maketrans(meant)
    words = {word for token in tokens if sign in token and len(set(_SIGNS.findall(word := plain(token.translate(read))))) == 1}
    # Behind a hamza that brought its alef along, an alef's sign would be one too many.
    words = {word for word in words if not re.search(f"[{HAMZAS}]{re.escape(sign)}", word)} or words
    if len(words) < _FEWEST_WORDS:
        return None
    likely = {letter: [frequency(word.replace(sign, letter)) for word in words] for letter in ("", _LIGATURE, *ALPHABET)}
    ranked = sorted(likely, key=lambda letter: -sum(map(math.log, likely[letter])))
    gain = sum(map(math.log, likely[ranked[0]])) - sum(map(math.log, likely[ranked[1]]))
    known = sum(one > FLOOR for one in likely[ranked[0]])
    return ranked[0] if ranked[0] and known >= _KNOWN * len(words) and gain > _CLEARLY * len(words) else None
