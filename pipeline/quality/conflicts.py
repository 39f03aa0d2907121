"""Figures of one document that cannot all be true: of one event, and of one quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.extract.model import Event, Facts, Figure
from pipeline.quality.model import Flag, TextView

_UNDISPUTED = frozenset({"asserted", "claimed"})


def conflicting_figures(view: TextView, facts: Facts) -> list[Flag]:
    """Flags of kind conflicting_figures, on the later telling.

    Two tellings are of one event when extraction linked them, or when kind, place and day agree. One source that contradicts
    itself is a warning; sources that differ are information: each keeps its own row.
    """
    flags: dict[tuple[int, str], Flag] = {}
    for first, second in combinations(sorted(facts.events, key=lambda e: e.start), 2):
        if not _one_event(first, second, facts.events):
            continue
        for name in sorted(first.figures.keys() & second.figures.keys()):
            if not _compatible(first.figures[name], second.figures[name]):
                flags.setdefault((second.start, name), _flag(view, first, second, name))
    return list(flags.values())


def _one_event(first: Event, second: Event, events: Sequence[Event]) -> bool:
    if first.status not in _UNDISPUTED or second.status not in _UNDISPUTED or first.kind != second.kind:
        return False
    if second.same_as is not None and events[second.same_as] is first:
        return True
    days = (first.date_start, first.date_end)
    here = bool(first.places) and first.places[:1] == second.places[:1]
    return here and days[0] is not None and days == (second.date_start, second.date_end)


def _compatible(one: Figure, other: Figure) -> bool:
    """Whether some number fits both."""
    lows = [f.low for f in (one, other) if f.low is not None]
    highs = [f.high for f in (one, other) if f.high is not None]
    if "approximately" in (one.qualifier, other.qualifier) and lows and highs:
        return max(lows) <= 1.2 * min(highs)
    return not lows or not highs or max(lows) <= min(highs)


def _flag(view: TextView, first: Event, second: Event, name: str) -> Flag:
    same = first.source == second.source
    who = f" by {second.source}" if second.source else ""
    before = f"{_told(first.figures[name])} («{view.text[first.start : first.end]}»{f' by {first.source}' if first.source else ''})"
    explanation = f"{name.capitalize()}: {_told(second.figures[name])} here{who}, but {before} elsewhere in this text."
    return Flag("conflicting_figures", "warning" if same else "info", second.start, second.end, 0.7 if same else 0.5, explanation)


def _told(figure: Figure) -> str:
    low, high = (None if v is None else f"{v:g}" for v in (figure.low, figure.high))
    return low if low == high and low else f"{low or 'up'} to {high}" if high else f"{low} or more"


def impossible_quantities(_view: TextView, facts: Facts) -> list[Flag]:
    """Flags of kind impossible_value for ranges that run backwards (`ما بين 50 و30`)."""
    return list(_backward_ranges(facts))


def _backward_ranges(facts: Facts) -> Iterator[Flag]:
    for q in facts.quantities:
        if q.low is not None and q.high is not None and q.low > q.high:
            why = f"the range «{q.text}» runs from {q.low:g} down to {q.high:g}"
            yield Flag("impossible_value", "warning", q.start, q.end, 0.8, f"«{q.text}» cannot be: {why}.")
