"""What grammar and calendar still say of a figure that is gone: bounds that hold, and the reason in plain English.

The counted noun decides by the last two digits (3–10 plural, 11–99 accusative singular, 100 and up genitive singular), so
an upper bound holds only where the thing counted never runs to hundreds. Measures and money take decimals: no bounds.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.quality.boundaries import Spacing
from pipeline.quality.nouns import NounForm, noun_forms
from pipeline.quality.number_contexts import word_class

_SHORT_SPANS = frozenset(["ساعة", "يوم", "أسبوع", "شهر", "دقيقة", "مرة"])
_NO_BOUNDS = frozenset(["measure", "money"])
_LARGEST_PLURAL = 910  # below a thousand; millions take decimals, too: `2.5 ملايين`
_MULTIPLES: dict[str, tuple[float | None, float | None]] = {
    "الف": (11, 999),
    "الفا": (11, 999),
    "الاف": (3, _LARGEST_PLURAL),
    "مليونا": (11, 999),
    "ملايين": (2, _LARGEST_PLURAL),
    "مليارات": (2, _LARGEST_PLURAL),
    "مليارا": (11, 999),
}
_YEAR_WORDS = frozenset(["عام", "العام", "سنة", "لسنة", "لعام", "عامي", "وعام", "بعام"])
_HINTS = {
    Spacing.WIDE: "the raw text has two blanks there",
    Spacing.TORN: "the raw text has two blanks beside one of these words",
    Spacing.EDGE: "a blank is left at the edge of the raw line",
    Spacing.EMPTY: "the marks around it hold nothing",
    Spacing.CLITIC: "the word before it stands alone",
    Spacing.LEFT_OVER: "a mark of the figure is left alone",
    Spacing.LOOSE: "a blank is left before the mark",
}


class Missing(NamedTuple):
    """Bounds of the numeral as it would be written (None: open), why a figure is missed, and whether the word behind is what it counts."""

    low: float | None
    high: float | None
    reason: str
    counted: bool = False


def describe(before: str, behind: str, spacing: Spacing) -> Missing:
    """What is known of the figure that stood between two words (normal spellings)."""
    known = _grammar(before, behind)
    reason = "; ".join(r for r in (known.reason, _HINTS.get(spacing)) if r)
    return known._replace(reason=reason or "the words around it ask for one")


def _grammar(before: str, behind: str) -> Missing:
    noun = noun_forms().get(behind)
    if behind in _MULTIPLES:
        low, high = _MULTIPLES[behind]
        many = "3–10 of them, or a larger figure that ends so" if high == _LARGEST_PLURAL else f"{_range(low, high)} of them"
        return Missing(low, high, f"«{behind}» counts units of its own, {many}", counted=True)
    if word_class(behind) == "month" and before not in ("/", "-"):
        return Missing(1, 31, f"the day before the month «{behind}» is not told")
    if noun:
        return _counted(behind, noun)
    if before in _YEAR_WORDS:
        return Missing(None, None, f"«{before}» has no year behind it")
    if behind in ("%", "٪") or behind in ("بالمئة", "بالمائة", "المئة", "المائة"):
        return Missing(None, None, f"«{behind}» has no figure before it")
    if word_class(before) == "qualifier":
        return Missing(None, None, f"«{before}» has no figure behind it")
    if word_class(before) == "model":
        return Missing(None, None, f"the model number behind «{before}» is gone")
    return Missing(None, None, "")


def _counted(behind: str, noun: NounForm) -> Missing:
    if noun.form == "plural":
        return _plural(behind, noun)
    if noun.role in _NO_BOUNDS:
        return Missing(None, None, f"the unit «{behind}» has no figure before it", counted=True)
    if noun.form == "accusative":
        return Missing(11, None, f"the accusative singular «{behind}» asks for a figure whose last two digits are 11–99", counted=True)
    return Missing(11, None, f"the singular «{behind}» asks for 11 or more, in careful grammar for 100 and up", counted=True)


def _plural(behind: str, noun: NounForm) -> Missing:
    if noun.singular in _SHORT_SPANS:
        return Missing(3, 10, f"the plural «{behind}» asks for 3–10", counted=True)
    low = 2 if noun.role in _NO_BOUNDS else 3
    return Missing(low, None, f"the plural «{behind}» asks for 3–10, or for a larger figure that ends so", counted=True)


def _range(low: float | None, high: float | None) -> str:
    return f"{low:g}–{high:g}" if low is not None and high is not None else "any number"
