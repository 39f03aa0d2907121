"""The alef of a lam-alef that comes as another sign: `ل:حقت` and `ال-تفاق` for `لاحقت`, `الاتفاق`; `أ:سبوع` for `أسبوع`.

Fonts that draw a lam-alef as two glyphs (Scheherazade, Harmattan) have LibreOffice write the second one without a code, and PDFBox
prints the number that it has in the font as a character (measured): behind lam it is the alef, behind an alef with hamza, whose
glyph is one more, it is nothing. Strokes, which stand behind all letters that join the next one, are stroke_signs.py's.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.restore.characters import HAMZAS, LETTER, LETTERS_AND_MARKS
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import frequency

_FEWEST, _MOSTLY, _KNOWN = 4, 0.8, 0.6
_SIGN = "[!-/:-@\\[-`{-~\x01-\t\x0e-\x1b\x7f]"
_BEHIND = re.compile(f"({_SIGN})(?<=[ل{HAMZAS}].)(?=[{LETTERS_AND_MARKS}])")
TRACES: tuple[Trace, ...] = ((f"[ل{HAMZAS}]", _SIGN, f"[{LETTERS_AND_MARKS}]"),)


def read_lam_alef_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put alefs for such signs behind lam, and take them out behind alefs with hamza, in a text whose words then are known."""
    for sign, times in Counter(_BEHIND.findall(traced.text)).items():
        if times >= _FEWEST and _stands_behind_lam(traced.text, sign):
            edits = [*_edits(traced.text, sign)]
            return rewrite(traced, "lost_letter", edits, f"`{sign}` stands for the alef of lam-alefs all through the text", 0.9)
    return Outcome(traced)


def _stands_behind_lam(text: str, sign: str) -> bool:
    """Whether a sign stands between letters nearly only behind lam and alefs with hamza, the words being known when it is read so."""
    words = {m.group() for m in re.finditer(f"[{LETTERS_AND_MARKS}]+{re.escape(sign)}[{LETTERS_AND_MARKS}]+", text)}
    behind = [word for word in words if _read(word, sign) != word]
    known = sum(bool(Lexicon.load().plain_count(plain(_read(word, sign)))) for word in behind)
    return len(behind) >= max(_FEWEST, _MOSTLY * len(words)) and known >= _KNOWN * len(behind)


def _read(word: str, sign: str) -> str:
    return re.sub(f"(?<=[{HAMZAS}]){re.escape(sign)}(?={LETTER})", "", word.replace(f"ل{sign}", "لا"))


def _edits(text: str, sign: str) -> list[Edit]:
    found = []
    for match in re.finditer(f"(?P<word>[{LETTERS_AND_MARKS}]*[ل{HAMZAS}]){re.escape(sign)}(?P<inside>{LETTER})?", text):
        at, word = match.end("word"), plain(match["word"])
        if word[-1] == "ل" and (match["inside"] or frequency(f"{word}ا") > frequency(word)):
            found.append(Edit(at, at + 1, "ا"))
        elif word[-1] != "ل" and match["inside"]:
            found.append(Edit(at, at + 1, ""))
    return found
