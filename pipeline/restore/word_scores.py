"""How probable a word is in plain prose, be it known or not, and how probable the whole is beside its two halves."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.language_model import Lexicon, unpack

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگ"
PER = 1e7
UNKNOWN_SHARE = 0.015
"""Share of running words that the lexicon does not know, on held-out documents."""
_CODE = {letter: k + 1 for k, letter in enumerate(LETTERS)}
_BASE = len(LETTERS) + 1


class WordScores:
    """Log probabilities of words: by the lexicon where it knows them, else by their letters.

    The letter model is a table of log P(letter | three letters before), trained on the lexicon's words; 0 stands for
    a word's edge.
    """

    def __init__(self, lexicon: Lexicon, letters: NDArray[np.float32]) -> None:
        self._lexicon = lexicon
        self._letters = letters
        self._known: dict[str, float] = {}

    @staticmethod
    @cache
    def load() -> WordScores:
        """The shipped lexicon and letter model."""
        stored = np.frombuffer(unpack("letters.bin"), dtype=np.uint8).reshape((_BASE,) * 4)
        return WordScores(Lexicon.load(), stored.astype(np.float32) / -LETTER_SCALE)

    def log_probability(self, word: str) -> float:
        """Natural log of the probability of a plain word."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._compute(word)
            if len(self._known) > 200_000:
                self._known.clear()
        return found

    def knows(self, word: str) -> bool:
        """Whether the lexicon has the plain word."""
        return self._lexicon.knows(word)

    def _compute(self, word: str) -> float:
        shaped = UNKNOWN_SHARE * math.exp(self.shape(word))
        return math.log(self._lexicon.plain_count(word) / PER + shaped)

    def shape(self, word: str) -> float:
        """Log probability of a word's letters; signs that are no Arabic letters cost as much as a rare letter."""
        codes = [0, 0, 0, *(_CODE.get(letter, _BASE - 1) for letter in word), 0]
        table = self._letters
        return float(sum(table[codes[k - 3], codes[k - 2], codes[k - 1], codes[k]] for k in range(3, len(codes))))


LETTER_SCALE = 12.0
"""A stored byte is minus the log probability times this."""
