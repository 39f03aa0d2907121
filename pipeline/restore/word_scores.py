"""How probable a word is in plain prose, be it known or not, and how probable the whole is beside its two halves."""

from __future__ import annotations

import math
from functools import cache

from pipeline.restore.document_words import TOKEN
from pipeline.restore.language_model import PER, Lexicon, plain, unpack

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگ"
UNKNOWN_SHARE = 0.015
"""Share of running words that the lexicon does not know, on held-out documents."""
_CODE = {letter: k + 1 for k, letter in enumerate(LETTERS)}
_BASE = len(LETTERS) + 1
_PLACES = _BASE**4


class WordScores:
    """Log probabilities of words: by the lexicon where it knows them, else by their letters.

    The letter model is a table of log P(letter | three letters before), four letters' codes making a place in it; it was
    trained on the lexicon's words, and 0 stands for a word's edge.
    """

    def __init__(self, lexicon: Lexicon, letters: bytes) -> None:
        self._lexicon = lexicon
        self.knows = lexicon.knows
        """Whether the lexicon has the plain word."""
        self._letters = letters
        self._known: dict[str, float] = {}

    @staticmethod
    @cache
    def load() -> WordScores:
        """The shipped lexicon and letter model."""
        return WordScores(Lexicon.load(), unpack("letters.bin"))

    def log_probability(self, word: str) -> float:
        """Natural log of the probability of a plain word."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._compute(word)
            if len(self._known) > 200_000:
                self._known.clear()
        return found

    def likelihood(self, text: str) -> float:
        """Natural log of the probability of all words of a text."""
        return sum(map(self.log_probability, TOKEN.findall(plain(text))))

    def _compute(self, word: str) -> float:
        shape = self.shape(word)
        likely = self._lexicon.plain_count(word) / PER + UNKNOWN_SHARE * math.exp(shape)
        return math.log(likely) if likely else math.log(UNKNOWN_SHARE) + shape  # of a run of letters too long for a float

    def shape(self, word: str) -> float:
        """Log probability of a word's letters; signs that are no Arabic letters cost as much as a rare letter."""
        table = self._letters
        place = stored = 0
        for code in (*(_CODE.get(letter, _BASE - 1) for letter in word), 0):
            place = (place * _BASE + code) % _PLACES
            stored += table[place]
        return stored / -LETTER_SCALE


LETTER_SCALE = 12.0
"""A stored byte is minus the log probability times this."""
