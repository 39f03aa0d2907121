"""Runs of private glyphs as figures: where they stand, what stands beside them, and what a map of glyphs to digits reads in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.restore.calendar_names import months, weekdays
from pipeline.restore.digit_priors import Maps
from pipeline.restore.figure_contexts import DIGIT, MONTH, Neighbours, neighbours

_REACH = 40
_ALONE_BEFORE, _ALONE_AFTER = re.compile(r"(?:^|\n)[ \t]*$"), re.compile(r"[ \t]*(?:\n|$)")


class Figure(NamedTuple):
    """A run of private glyphs: where it stands, its glyphs as places in the ascending list of glyphs, its neighbours.

    `weekday` (Monday is 0) and `month` are those named beside a day of the month, `الأحد 8 نوفمبر`; a figure that is `alone`
    has a line for itself.
    """

    start: int
    end: int
    glyphs: tuple[int, ...]
    context: Neighbours
    weekday: int | None = None
    month: int | None = None
    alone: bool = False


def figures_of(text: str, glyphs: Sequence[str]) -> list[Figure]:
    """The runs of these glyphs (ascending) in a text."""
    if not glyphs:
        return []
    place = {glyph: i for i, glyph in enumerate(glyphs)}
    return [
        Figure(*m.span(), tuple(place[c] for c in m.group()), context, *_day(text, m, context), _is_alone(text, m))
        for m in re.finditer(f"[{re.escape(''.join(glyphs))}]+", text)
        if (context := neighbours(text, *m.span()))
    ]


def number_keys(maps: Maps, glyphs: Sequence[int], lead: int = 1) -> Maps:
    """The number that each map reads in a run of glyphs, as a key of the figure model."""
    key = maps[:, glyphs[0]] + 10 * lead
    for glyph in glyphs[1:]:
        key *= 10
        key += maps[:, glyph]
    return key


def continues(context: Neighbours) -> bool:
    """Behind a separator that has a digit on its other side."""
    return len(context.before) == 2 and context.before.startswith(DIGIT)


def goes_on(context: Neighbours) -> bool:
    """Before a separator that has a digit on its other side."""
    return len(context.after) == 2 and context.after.endswith(DIGIT)


def _is_alone(text: str, figure: re.Match[str]) -> bool:
    before = _ALONE_BEFORE.search(text, max(0, figure.start() - _REACH), figure.start())
    return bool(before and _ALONE_AFTER.match(text, figure.end()))


def _day(text: str, figure: re.Match[str], context: Neighbours) -> tuple[int | None, int | None]:
    """Weekday and month named beside a day of the month."""
    if not context.after.endswith(MONTH) or figure.end() - figure.start() > 2:
        return None, None
    weekday, month = (pattern() for pattern in (_weekday_before, _month_after))
    named = weekday.search(text, max(0, figure.start() - _REACH), figure.start())
    told = month.match(text, figure.end(), figure.end() + _REACH)
    return (weekdays()[named.group(1)], months()[told.group(1)]) if named and told else (None, None)


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(weekdays())})[\s،,(]+(?:(?:الموافق|يوم|في)\s+)?$")


@cache
def _month_after() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:من\s+)?(?:شهر\s+)?({'|'.join(sorted(months(), key=len, reverse=True))})")
