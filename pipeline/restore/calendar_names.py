"""Names of weekdays and months, with their places in the week and the year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.lexicon.reader import rows


@cache
def weekdays() -> Mapping[str, int]:
    """Names of days with their place in the week, Monday being 0."""
    return {row["word"]: int(row["value"]) for row in rows("calendar_words") if row["class"] == "weekday"}


@cache
def months() -> Mapping[str, int]:
    """Months of the Gregorian calendar by name; `تشرين` alone may be either of two."""
    named = {row["word"]: int(row["month"]) for row in rows("months") if row["month"]}
    return named | {row["word"]: int(row["month"]) for row in rows("twofold_months")}
