"""Which of the languages in Arabic script a word stands in: Arabic, or Persian, Urdu and their like.

Only as much as restoration needs, so that Arabic is repaired and a Persian quotation stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.reader import rows

# Letters that Arabic words do not have and Persian, Urdu, Kurdish, Pashto or Uyghur words do.
FOREIGN_LETTERS = frozenset("پچژگٹڈڑںےۓێۆڕڵټډړښږېۍګڼۇۈۋڭۂ")
_FOREIGN = re.compile(f"[{''.join(sorted(FOREIGN_LETTERS))}]")
_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u200c]+")
# Case endings, the article and tāʾ marbūṭa inside native spelling: Persian and Urdu spell `ت` or `ه` for `ة`.
_ARABIC = re.compile("(?:[وفبك]{0,2}ال|لل)[\u0621-\u064aکیھہ]{3}|[\u0621-\u064aکیھہ]{2}ة$|^إ")
WINDOW = 60


def is_persian_at(text: str, at: int) -> bool:
    """Whether the words around an offset read as Persian or Urdu rather than Arabic.

    Looks at up to 60 characters each way on the same line; the evidence is letters that Arabic lacks, and function
    words and spellings of either side (lexicon/language_markers.csv).
    """
    start = max(text.rfind("\n", 0, at) + 1, at - WINDOW)
    end = text.find("\n", at)
    end = min(len(text) if end < 0 else end, at + WINDOW)
    return persian_evidence(text[start:end]) > 0


def persian_evidence(line: str) -> int:
    """Persian and Urdu signs less Arabic signs in a piece of text."""
    persian, arabic = _markers()
    score = 0
    for word in _WORD.findall(line):
        if word in arabic:
            score -= 1
        elif word in persian or _FOREIGN.search(word):
            score += 1
        elif _ARABIC.search(word):
            score -= 1
    return score


@cache
def _markers() -> tuple[frozenset[str], frozenset[str]]:
    persian = frozenset(r["word"] for r in rows("language_markers") if r["language"] != "ar")
    return persian, frozenset(r["word"] for r in rows("language_markers") if r["language"] == "ar") - persian
