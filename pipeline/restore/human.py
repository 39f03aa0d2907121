"""The analyst's word: decisions about raw spans, applied before every other pass, or dropped with a doubt when the raw text differs.

What was decided stays decided: what a later pass changes or doubts inside such a span is undone again, tatweel and blanks aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.restore.characters import TATWEEL
from pipeline.restore.traced import LOSSLESS, Change, Doubt, Edit, Outcome, RawIndex, Traced

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """raw[raw_start:raw_end], which must be `before`, is to read `after`."""

    raw_start: int
    raw_end: int
    before: str
    after: str
    who: str
    why: str | None = None


def apply_corrections(traced: Traced, corrections: Sequence[Correction]) -> Outcome:
    """Apply decisions to raw text (each character its own origin); of two about the same characters the later one counts."""
    outcome = Outcome(traced)
    if not corrections:
        return outcome
    edits: list[Edit] = []
    for correction in _latest(corrections):
        start, end = correction.raw_start, correction.raw_end
        if traced.text[start:end] != correction.before:
            explanation = f"a correction by {correction.who} was dropped: the raw text no longer reads «{correction.before}» there"
            at = min(start, len(traced))
            outcome.doubts.append(Doubt("correction_dropped", at, min(end, len(traced)), explanation, 1.0))
            continue
        edits.append(Edit(start, end, correction.after, _origins(correction.before, correction.after, start)))
        evidence = f"decided by {correction.who}" + (f": {correction.why}" if correction.why else "")
        outcome.changes.append(Change("human", start, end, correction.before, correction.after, 1.0, evidence))
    outcome.traced = traced.edit(edits)
    return outcome


def stand_by(decided: Sequence[Span], before: Traced, outcome: Outcome) -> Outcome:
    """A pass's outcome without what it changed or doubted inside the decided raw spans; `before` is the text it was given.

    A span that the pass moved as part of something larger, such as a figure in a turned line, moves with it.
    """
    found: list[Change | Doubt] = [*outcome.changes, *outcome.doubts]
    touched = [span for span in decided if any(_inside(one, span) for one in found)]
    traced = outcome.traced
    for span in touched:
        start, end = RawIndex(traced).span(*span)
        kept = before[slice(*RawIndex(before).span(*span))]
        own = traced.origin[start:end]
        if ((own < 0) | ((own >= span[0]) & (own < span[1]))).all():
            traced = Traced.concat([traced[:start], kept, traced[end:]])
    changes = [c for c in outcome.changes if not any(_inside(c, span) for span in touched)]
    return Outcome(traced, changes, [d for d in outcome.doubts if not any(_inside(d, span) for span in touched)])


def _inside(found: Change | Doubt, span: Span) -> bool:
    return span[0] <= found.raw_start and found.raw_end <= span[1] and found.kind not in LOSSLESS


def _latest(corrections: Sequence[Correction]) -> list[Correction]:
    """Later decisions first claim their span; what overlaps an already claimed span is superseded."""
    kept: list[Correction] = []
    for correction in reversed(corrections):
        if all(correction.raw_end <= k.raw_start or k.raw_end <= correction.raw_start for k in kept):
            kept.append(correction)
    return sorted(kept, key=lambda c: c.raw_start)


def _origins(before: str, after: str, offset: int) -> Sequence[int]:
    """Where the characters of `after` stood in `before`: longest runs come first served.

    Runs may come in any order, since a displaced line is corrected by putting its runs in another order. Tatweel in `before`
    is passed over. What was typed anew stands for the characters that nothing else came from, in order, and shares its
    neighbour's place where there are too few: no character is left without a place in the raw text.
    """
    kept = [i for i, c in enumerate(before) if c != TATWEEL]
    plain = "".join(before[i] for i in kept)
    free = [True] * len(plain)
    origin = [-1] * len(after)
    at = 0
    while at < len(after):
        place, size = _longest(plain, free, after, at)
        for step in range(size):
            origin[at + step] = offset + kept[place + step]
            free[place + step] = False
        at += max(size, 1)
    unused = (offset + place for place, is_free in zip(kept, free, strict=True) if is_free)
    nearest = next((o for o in origin if o >= 0), offset)
    for i, known in enumerate(origin):
        nearest = origin[i] = known if known >= 0 else next(unused, nearest)
    return origin


def _longest(plain: str, free: list[bool], after: str, at: int) -> tuple[int, int]:
    best, place = 0, -1
    for start in range(len(plain)):
        size = 0
        while at + size < len(after) and start + size < len(plain) and free[start + size] and plain[start + size] == after[at + size]:
            size += 1
        if size > best:
            best, place = size, start
    return place, best
