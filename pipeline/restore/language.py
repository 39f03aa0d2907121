"""Which of the languages in Arabic script a word stands in: Arabic, or Persian, Urdu and their like.

Only as much as restoration needs, so that Arabic is repaired and a Persian quotation stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.proclitics import ARTICLE

# Letters that Arabic words do not have and Persian, Urdu, Kurdish, Pashto or Uyghur words do.
FOREIGN_LETTERS = frozenset("پچژگٹڈڑںےۓێۆڕڵټډړښږېۍګڼۇۈۋڭۂ")
_FOREIGN = re.compile(f"[{''.join(sorted(FOREIGN_LETTERS))}]")
_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u200c]+")
# Case endings, the article and tāʾ marbūṭa inside native spelling: Persian and Urdu spell `ت` or `ه` for `ة`.
_ARABIC = re.compile(f"{ARTICLE}[{LETTERS_AND_TATWEEL}کیھہ]{{3}}|[{LETTERS_AND_TATWEEL}کیھہ]{{2}}ة$|^إ")
WINDOW = 60
_QUOTES = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))


def is_persian_at(text: str, at: int) -> bool:
    """Whether the words around an offset read as Persian or Urdu rather than Arabic.

    Within quotation marks or brackets their content decides when it can, else the words up to 60 characters each way
    on the line, the nearer the more. The evidence is letters that Arabic lacks, and function words and spellings of
    either side (lexicon/language_markers.csv).
    """
    start = max(text.rfind("\n", 0, at) + 1, at - WINDOW)
    end = text.find("\n", at)
    end = min(len(text) if end < 0 else end, at + WINDOW)
    inside = _quoted(text, start, at, end)
    if inside is not None and (quoted := _evidence(text, *inside, at)):
        return quoted > 0
    return _evidence(text, start, end, at) > 0


def _quoted(text: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The innermost quotation or bracket around an offset, within bounds."""
    spans = []
    for opening, closing in _QUOTES:
        left, right = text.rfind(opening, start, at), text.find(closing, at, end)
        if left >= 0 and right >= 0 and text.find(closing, left + 1, at) < 0:
            spans.append((left + 1, right))
    return max(spans, default=None)


def _evidence(text: str, start: int, end: int, at: int) -> float:
    """Persian and Urdu signs less Arabic signs in text[start:end], each less the farther it stands from an offset."""
    persian, arabic = _markers()
    score = 0.0
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        near = 1 / (8 + max(match.start() - at, at - match.end(), 0))
        if word in arabic:
            score -= near
        elif word in persian or _FOREIGN.search(word):
            score += near
        elif _ARABIC.search(word):
            score -= near
    return score


@cache
def _markers() -> tuple[frozenset[str], frozenset[str]]:
    persian = frozenset(r["word"] for r in rows("language_markers") if r["language"] != "ar")
    return persian, frozenset(r["word"] for r in rows("language_markers") if r["language"] == "ar") - persian
