"""Dates, clock times and shares that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache

from pipeline.lexicon.reader import rows
from pipeline.quality.model import Flag, TextView
from pipeline.quality.words import FIGURE

LAST_YEAR = 2100
_JOINTS = frozenset(".,:/-٫٬")  # behind these a figure is part of another one
_BEFORE = frozenset(["عام", "العام", "سنة", "لعام", "لسنة", "الساعة"])
_DIGIT = r"[\d٠-٩۰-۹]"
_LEAP_YEAR = 2024
_NUMERIC_DATE = re.compile(rf"({_DIGIT}{{1,2}})([/-])({_DIGIT}{{1,2}})\2({_DIGIT}{{4}})(?![0-9٠-٩/-])")
_YEAR = re.compile(rf"(?:عام|العام|سنة|لعام|لسنة)\s({_DIGIT}{{4}})(?![\d٠-٩,.٬٫]|\s?(?:ق|هـ|قبل|للهجرة))")
_CLOCK = re.compile(rf"الساعة\s({_DIGIT}{{1,2}}):({_DIGIT}{{2}})")
_SHARE = re.compile(rf"({_DIGIT}+)\s?(?:%|٪|في المئة|في المائة|بالمئة|بالمائة)\s(?:من|منهم|منها)\b")
_GROWTH = re.compile(r"زيا|زاد|رتف|نمو|نما|نمت|ضخم|تضاعف|أكثر|أضعاف|فاق|تجاوز|مقارن|قياس|طاق|هدف|مستهدف|نسبة تغطية")


def impossible_values(view: TextView) -> list[Flag]:
    """Flags of kind impossible_value."""
    text, found = view.text, view.words
    flags: list[Flag | None] = []
    for at in found.places(FIGURE):
        start = found.starts[at]
        flags += [_day(text, start), _numeric_date(text, start), _share(text, start)]
        if at and found.norms[at - 1] in _BEFORE:
            flags += [_year(text, found.starts[at - 1]), _clock(text, found.starts[at - 1])]
    return [flag for flag in flags if flag]


def _day(text: str, start: int) -> Flag | None:
    """`31 فبراير`: a day that its month has not."""
    match = _day_and_month().match(text, start)
    if not match or text[start - 1 : start] in _JOINTS:
        return None
    longest = monthrange(_LEAP_YEAR, _months()[match[2]])[1]
    return None if 1 <= int(match[1]) <= longest else _flag(match, f"«{match[2]}» has {longest} days")


@cache
def _months() -> dict[str, int]:
    return {row["word"]: int(row["month"]) for row in rows("months") if row["calendar"] == "gregorian"}


@cache
def _day_and_month() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(rf"({_DIGIT}{{1,2}})\s({names})(?![\w/-])")


def _numeric_date(text: str, start: int) -> Flag | None:
    match = _NUMERIC_DATE.match(text, start)
    if not match or text[start - 1 : start] in _JOINTS:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    possible = _is_date(first, second, year) or _is_date(second, first, year)
    return None if possible else _flag(match, "no calendar has such a date")


def _is_date(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(min(max(year, 1), 9999), month)[1]


def _year(text: str, start: int) -> Flag | None:
    match = _YEAR.match(text, start)
    if not match or int(match[1]) <= LAST_YEAR:
        return None
    backwards = int(str(int(match[1]))[::-1])
    hint = f"; read backwards it is {backwards}" if 1800 <= backwards <= LAST_YEAR else ""
    return _flag(match, f"the year {int(match[1])} lies far ahead{hint}")


def _clock(text: str, start: int) -> Flag | None:
    match = _CLOCK.match(text, start)
    wrong = match and (int(match[1]) > 24 or int(match[2]) > 59)
    return _flag(match, "no clock shows this time") if match and wrong else None


def _share(text: str, start: int) -> Flag | None:
    """More than all of something, where nothing grew."""
    match = _SHARE.match(text, start)
    if not match or text[start - 1 : start] in _JOINTS or int(match[1]) <= 100:
        return None
    grew = _GROWTH.search(text, max(match.start() - 80, 0), match.end() + 30)
    return None if grew else _flag(match, "a part cannot be more than the whole")


def _flag(match: re.Match[str], why: str) -> Flag:
    return Flag("impossible_value", "warning", match.start(), match.end(), 0.85, f"«{match[0]}» cannot be: {why}.")
