"""Word precision and recall of a restored text against a text typed from the page, for files whose order may differ."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.evaluation.alignment import without_marks
from pipeline.evaluation.scores import Tally

_WORD = re.compile(r"[^\W_]+")


def score_words(found: str, truth: str) -> Tally:
    """Words (vowel marks, tatweel and punctuation aside) that both texts hold, counted with repetition."""
    left, right = _words(found), _words(truth)
    return Tally(right=sum((left & right).values()), found=sum(left.values()), gold=sum(right.values()))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(without_marks(text)))
