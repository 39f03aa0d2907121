"""Dates, clock times and shares that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon.reader import rows
from pipeline.quality.model import Flag, TextView

LAST_YEAR = 2100
_DIGIT = r"[\d٠-٩۰-۹]"
_LEAP_YEAR = 2024
_NUMERIC_DATE = re.compile(rf"(?<![{{0-9٠-٩/-])({_DIGIT}{{1,2}})([/-])({_DIGIT}{{1,2}})\2({_DIGIT}{{4}})(?![0-9٠-٩/-])")
_YEAR = re.compile(rf"(?:عام|العام|سنة|لعام|لسنة)\s({_DIGIT}{{4}})(?![\d٠-٩,.٬٫]|\s?(?:ق|هـ|قبل|للهجرة))")
_CLOCK = re.compile(rf"الساعة\s({_DIGIT}{{1,2}}):({_DIGIT}{{2}})")
_SHARE = re.compile(rf"({_DIGIT}+)\s?(?:%|٪|في المئة|في المائة|بالمئة|بالمائة)\s(?:من|منهم|منها)\b")
_GROWTH = re.compile(r"زيا|زاد|رتف|نمو|نما|نمت|ضخم|تضاعف|أكثر|أضعاف|فاق|تجاوز|مقارن|قياس|طاق|هدف|مستهدف|نسبة تغطية")


def impossible_values(view: TextView) -> list[Flag]:
    """Flags of kind impossible_value."""
    text = view.text
    return [*_days(text), *_numeric_dates(text), *_years(text), *_clocks(text), *_shares(text)]


def _days(text: str) -> Iterator[Flag]:
    """`31 فبراير`: a day that its month has not."""
    for match in _day_and_month().finditer(text):
        day, month = int(match[1]), match[2]
        longest = monthrange(_LEAP_YEAR, _months()[month])[1]
        if not 1 <= day <= longest:
            yield _flag(match, f"«{month}» has {longest} days")


@cache
def _months() -> dict[str, int]:
    return {row["word"]: int(row["month"]) for row in rows("months") if row["calendar"] == "gregorian"}


@cache
def _day_and_month() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(rf"(?<![\d٠-٩.,:٫٬/])({_DIGIT}{{1,2}})\s({names})(?![\w/-])")


def _numeric_dates(text: str) -> Iterator[Flag]:
    for match in _NUMERIC_DATE.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if not (_is_date(first, second, year) or _is_date(second, first, year)):
            yield _flag(match, "no calendar has such a date")


def _is_date(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(min(max(year, 1), 9999), month)[1]


def _years(text: str) -> Iterator[Flag]:
    for match in _YEAR.finditer(text):
        year = int(match[1])
        if year > LAST_YEAR:
            backwards = int(str(year)[::-1])
            hint = f"; read backwards it is {backwards}" if 1800 <= backwards <= LAST_YEAR else ""
            yield _flag(match, f"the year {year} lies far ahead{hint}")


def _clocks(text: str) -> Iterator[Flag]:
    for match in _CLOCK.finditer(text):
        if int(match[1]) > 24 or int(match[2]) > 59:
            yield _flag(match, "no clock shows this time")


def _shares(text: str) -> Iterator[Flag]:
    """More than all of something, where nothing grew."""
    for match in _SHARE.finditer(text):
        if int(match[1]) > 100 and not _GROWTH.search(text, max(match.start() - 80, 0), match.end() + 30):
            yield _flag(match, "a part cannot be more than the whole")


def _flag(match: re.Match[str], why: str) -> Flag:
    return Flag("impossible_value", "warning", match.start(), match.end(), 0.85, f"«{match[0]}» cannot be: {why}.")
