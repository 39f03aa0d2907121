"""The letters and vowel marks of Arabic as patterns and as sets, and the characters that damage leaves: named once for all passes.

Ranges without brackets are what a set of characters has between them. Digits and signs of figures are numerals.py's.
"""

from __future__ import annotations

LETTERS = "\u0621-\u063a\u0641-\u064a"
VOWEL_MARKS = "\u064b-\u0652"
LETTERS_AND_MARKS = "\u0621-\u063a\u0641-\u0652"
WITH_HAMZA_MARKS = "\u0621-\u063a\u0641-\u065f"
"""Letters, vowel marks, and hamza and madda as marks of their own (U+0653 to U+0655, and what follows)."""
LETTERS_AND_TATWEEL, IN_WORDS = "\u0621-\u064a", "\u0621-\u0652"
"""Letters and tatweel, without and with vowel marks: one range each, which is found faster."""
WIDE_LETTERS = f"{LETTERS}\u067e\u0686\u0698\u06a4\u06af"
"""With the letters for foreign sounds: pe, che, zhe, ve, gaf."""
LETTER, MARK = f"[{LETTERS}]", f"[{VOWEL_MARKS}]"
LATIN = "A-Za-z\u00c0-\u024f"
"""What a set of characters has between its brackets: Latin letters, those with marks, too."""
LATIN_WORDS = f"[{LATIN}](?:[^\u0600-\u060b\u060d-\u061a\u061c-\u06ff\n]*[{LATIN}0-9])?"
"""Latin words on end, with the signs, Arabic commas among them, and figures between them (UAX #9, N1)."""

FATHATAN, SHADDA = "\u064b", "\u0651"
TANWIN = frozenset("\u064b\u064c\u064d")
INNER_MARKS = frozenset("\u064e\u064f\u0650\u0651\u0652")
"""Marks that stand inside words, too: vowels, shadda and sukun."""
MARKS = TANWIN | INNER_MARKS

HAMZAS, ALEFS = "أإآ", "اأإآ"
"""Alefs that bear hamza or madda; all of them with the bare one."""
BEAR_FATHATAN = "اةءى"
"""Letters that a word with fathatan at its end ends in (Wright, Grammar I, § 8)."""
NO_ACCUSATIVE_ALEF = ("ة", "ى", "اء", "ا")
"""How nouns end whose indefinite accusative is written without an alef (ibid.)."""
JOINING = "بتثجحخسشصضطظعغفقكلمنهيئ"
"""Letters that join the one behind them."""
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"

TATWEEL = "\u0640"
LOST = "\ufffd"
"""Stands where a reader found no character for a glyph."""
_WITHOUT_HAMZA = str.maketrans(HAMZAS, "ااا")


def fold_alef(word: str) -> str:
    """The word with bare alefs: hamza on alef is often left out."""
    return word.translate(_WITHOUT_HAMZA)
