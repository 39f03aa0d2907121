"""Calendar arithmetic: months and years as ISO text, the latest such day or month, and the Hijri calendar.

Hijri dates follow the tabular (civil) calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of a
cycle of 30 (Reingold and Dershowitz, Calendrical Calculations, ch. 7); observed months may differ by a day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram 1 in the proleptic Gregorian calendar


def iso_month(year: int, month: int) -> str:
    """YYYY-MM."""
    return f"{year:04d}-{month:02d}"


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The month so many months on."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def month_before(month: int, published: date) -> tuple[int, int]:
    """The latest such month that ended before publication's month began."""
    return (published.year, month) if month < published.month else (published.year - 1, month)


def month_after(month: int, published: date) -> tuple[int, int]:
    """The first such month that begins after publication's month."""
    return (published.year, month) if month > published.month else (published.year + 1, month)


def weekday_before(weekday: int, published: date, strictly: bool = False) -> date:
    """The latest such weekday (Monday 0) not after publication, or strictly before it."""
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def weekday_after(weekday: int, published: date) -> date:
    """The first such weekday after publication."""
    return published + timedelta(days=(weekday - published.weekday()) % 7 or 7)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def valid_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def hijri_to_date(year: int, month: int, day: int) -> date | None:
    """The day of a date in the tabular Hijri calendar; None for impossible ones."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year <= 9000):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date.fromordinal(_HIJRI_EPOCH + days)


def hijri_of(day: date) -> tuple[int, int]:
    """Hijri year and month of a day."""
    year = (30 * (day.toordinal() - _HIJRI_EPOCH) + 10646) // 10631
    month = 12
    while month > 1 and (first := hijri_to_date(year, month, 1)) is not None and first > day:
        month -= 1
    return year, month


def hijri_year_in(year: int, month: int) -> int | None:
    """The Hijri year whose month begins in a Gregorian year (`رمضان 2016`): the first, where there are two."""
    guess = (year - 622) * 33 // 32
    for hijri in range(guess - 1, guess + 3):
        first = hijri_to_date(hijri, month, 1)
        if first is not None and first.year == year:
            return hijri
    return None
