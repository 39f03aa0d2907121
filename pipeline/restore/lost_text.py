"""Texts whose letters are lost throughout: `ا ا و ر ة` for `البحر جزيرة`, from fonts that code only the letters that join nothing.

Such a text is flagged once, and no pass that reads words runs on it: there are none. Single lost letters belong in
word_repair.py, words of coded letters in coded_letters.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.restore.profile import Profile
from pipeline.restore.traced import Doubt, Outcome, Traced

# Where a font codes its letters by their isolated form alone, those that never join on stay, and the others lose most of
# theirs. The share of the former is 0.38 to 0.50 of the letters in corpus articles and 0.78 or more in such texts (measured).
_APART = re.compile("[اأإآدذرزوؤةىء]")
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_WORD = re.compile("[\u0620-\u0652\u066e-\u06d3]+")
_LAM, _USUAL_LAM = "ل", 0.025  # its share of the characters; a quick look spares other texts the count
_FEWEST_LETTERS, _MOST_APART, _MOST_SHORT, _SHORT = 100, 0.65, 0.6, 2


def flag_lost_text(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """One doubt `undecodable` over a text most of whose letters are lost; later passes leave its words alone."""
    text = traced.text
    if not has_lost_letters(text):
        return Outcome(traced)
    reason = f"{_apart(text):.0%} of the letters are of those that never join the next one: the font gives the others no character."
    return Outcome(traced, doubts=[Doubt("undecodable", *traced.raw_span(0, len(text)), reason, 0.99, "error")], unread=True)


@lru_cache(maxsize=2)
def has_lost_letters(text: str) -> bool:
    """Whether a text has hardly any letters but those that join nothing, in words of a letter or two; remembered, since passes ask in turn."""
    if text.count(_LAM) >= _USUAL_LAM * len(text) or len(_LETTER.findall(text)) < _FEWEST_LETTERS or _apart(text) < _MOST_APART:
        return False
    words = _WORD.findall(text)
    return sum(len(word) <= _SHORT for word in words) >= _MOST_SHORT * len(words)


def _apart(text: str) -> float:
    return len(_APART.findall(text)) / len(_LETTER.findall(text))
