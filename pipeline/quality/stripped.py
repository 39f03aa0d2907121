"""Places where a figure stood and is gone."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.quality.model import Flag, TextView
from pipeline.quality.nouns import noun_forms
from pipeline.quality.spacing import wide_gaps

_BEFORE = frozenset(
    [
        "نحو",
        "حوالي",
        "حوالى",
        "قرابة",
        "زهاء",
        "عن",
        "من",
        "بنحو",
        "خلال",
        "منذ",
        "بعد",
        "قبل",
        "على",
        "الى",
        "بنسبة",
        "عام",
        "سنة",
        "يوم",
        "ميغ",
        "اصل",
        "وفاة",
        "مقتل",
    ]
)
_MULTIPLES = {"الف": (11, 999), "الاف": (3, 10), "الفا": (11, 99), "مليون": (None, None), "ملايين": (3, 10), "مليار": (None, None)}


def stripped_numbers(view: TextView) -> list[Flag]:
    """Flags of kind stripped_number with the bounds that grammar allows for the missing numeral."""
    found = view.words
    flags = []
    for gap in wide_gaps(view):
        at = bisect_left(found.starts, gap)
        if not 0 < at < len(found):
            continue
        word, before = found.norms[at], found.norms[at - 1]
        noun = noun_forms().get(word)
        low, high = _MULTIPLES.get(word, (None, None))
        if noun and noun.role != "measure":
            low = {"plural": 3, "accusative": 11, "singular": 11}[noun.form]
        if noun or word in _MULTIPLES or before in _BEFORE:
            told = view.text[found.starts[at - 1] : found.ends[at]]
            flags.append(Flag("stripped_number", "error", gap + 1, found.ends[at], 0.8, f"A figure is missing in «{told}».", low, high))
    return flags
