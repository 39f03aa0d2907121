"""Letters of another script inside Arabic words: a stretching glyph that the font's table calls `ѧ` or the like.

`وقѧѧد` is `وقــد`. Only a letter that a document uses for nothing else is taken for a stroke.
"""

from __future__ import annotations

import re

from pipeline.restore.language_model import Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite, unusual
from pipeline.restore.traced import Edit, Outcome, Traced

# of Greek, Cyrillic and what lies between Latin and Hebrew
FOREIGN_LETTERS = frozenset(filter(str.isalpha, map(chr, range(0x250, 0x590))))
_FEWEST = 2
_JOINED = "[\u0621-\u064a]"
_WORD = "[\u0621-\u064a\u064b-\u0652]"


def remove_foreign_fillers(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Delete the one foreign letter that stands only between Arabic letters, when the words then are known."""
    edits: list[Edit] = []
    for letter in FOREIGN_LETTERS & unusual(traced.text):
        edits += _strokes(traced.text, letter)
    return rewrite(traced, "filler_letter", sorted(edits), "a stroke between Arabic letters, coded as a foreign letter", 0.97)


def _strokes(text: str, letter: str) -> list[Edit]:
    every = text.count(letter)
    # A letter that a foreign word has stands beside another letter of its script.
    if every < _FEWEST or not re.search(f"{_JOINED}{letter}", text):
        return []
    found = list(re.finditer(f"(?<={_JOINED}){letter}+(?={_WORD})", text))
    inside = sum(len(m.group()) for m in found)
    if inside < _FEWEST or inside < 0.8 * every:
        return []
    words = {re.sub(letter, "", w) for w in re.findall(f"{_WORD}+(?:{letter}+{_WORD}+)+", text)}
    unknown = Lexicon.load().unknown(words)
    return [Edit(*m.span(), "") for m in found] if len(unknown) <= len(words) / 2 else []
