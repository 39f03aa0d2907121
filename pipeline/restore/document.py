"""Raw text in, restored text with provenance out: runs the passes and puts their findings in final offsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from pipeline.restore.confidences import Claim, together, weighed
from pipeline.restore.human import Correction, apply_corrections, stand_by
from pipeline.restore.passes import due
from pipeline.restore.profile import Profile
from pipeline.restore.traced import LOSSLESS, Change, Doubt, Origins, Outcome, RawIndex, Traced


class Placed(NamedTuple):
    """A change or doubt with its half-open span in the restored text."""

    finding: Change | Doubt
    start: int
    end: int


class Segment(NamedTuple):
    """`length` restored characters from `start` that stand in one piece in the raw text from `raw_start`."""

    start: int
    raw_start: int
    length: int


@dataclass(slots=True)
class Restored:
    """A restored text; `traced` maps each character to the raw text, restorations and doubts are in raw order."""

    traced: Traced
    restorations: list[Placed]
    doubts: list[Placed]
    damage: list[str]
    confidence: float
    profile_id: str | None

    @property
    def text(self) -> str:
        return self.traced.text

    @property
    def boilerplate(self) -> list[tuple[int, int]]:
        """Where running heads, footers and page numbers stand."""
        return [(placed.start, placed.end) for placed in self.doubts if placed.finding.kind == "boilerplate"]

    @property
    def segments(self) -> list[Segment]:
        return segments(self.traced.origin)


Weigh = Callable[[str, Sequence[Claim]], Sequence[float]]


def restore(raw: str, profile: Profile | None = None, corrections: Sequence[Correction] = (), weigh: Weigh = weighed) -> Restored:
    """Restore one document; an analyst's `corrections` come before everything else, `weigh` tells from claims how sure each restoration is.

    Pure: the same text, profile and corrections give the same result. Confidence is the probability that all restorations
    are right that are not lossless.
    """
    decided = apply_corrections(Traced.of(raw), corrections)
    traced, changes, doubts, makers = _passed(decided, profile)
    index = RawIndex(traced) if changes or doubts else None
    ordered = sorted(changes, key=_raw_order)
    claimed = _placed([_as_it_stood(c, raw) for c in ordered], index)
    restorations, sure = _weighed(traced.text, claimed, [makers.get(id(c), "") for c in ordered], weigh)
    placed = _placed(sorted(doubts, key=_raw_order), index)
    damage = list(dict.fromkeys(c.kind for c in changes)) + list(dict.fromkeys(d.kind for d in doubts))
    return Restored(
        traced=traced,
        restorations=restorations,
        doubts=placed,
        damage=list(dict.fromkeys(damage)),
        confidence=together(sure),
        profile_id=profile.profile_id if profile else None,
    )


def _passed(decided: Outcome, profile: Profile | None) -> tuple[Traced, list[Change], list[Doubt], dict[int, str]]:
    """What all passes make of a text, and which pass made each change; what was `decided` stays."""
    traced, changes, doubts = decided.traced, decided.changes, decided.doubts
    kept = [(c.raw_start, c.raw_end) for c in changes]
    makers: dict[int, str] = {}
    unread = False
    steps = due(traced.text, mended=bool(changes))
    while (step := next(steps, None)) is not None:
        place, (run, _, _, reads, _, _) = step
        if unread and reads:
            continue
        outcome = run(traced, profile)
        unread |= outcome.unread
        if kept:
            outcome = stand_by(kept, traced, outcome)
        if outcome.changes:
            changes += outcome.changes
            makers.update(dict.fromkeys(map(id, outcome.changes), run.__name__))
        doubts += outcome.doubts
        if outcome.traced is not traced:
            traced = outcome.traced
            steps = due(traced.text, place + 1, mended=True)
    return traced, changes, doubts, makers


def _weighed(text: str, claimed: list[Placed], makers: Sequence[str], weigh: Weigh) -> tuple[list[Placed], Sequence[float]]:
    """The restorations, each as sure as it is once the text stands, and the confidences of those that are not lossless."""
    doubtful = [k for k, placed in enumerate(claimed) if placed.finding.kind not in LOSSLESS]
    if not doubtful:
        return claimed, ()
    claims = [Claim((makers[k], finding.kind), finding.confidence, start, end) for k in doubtful for finding, start, end in (claimed[k],)]
    sure = weigh(text, claims)
    for k, confidence in zip(doubtful, sure, strict=True):
        finding, start, end = claimed[k]
        claimed[k] = Placed(finding._replace(confidence=confidence), start, end)
    return claimed, sure


def segments(origin: Origins) -> list[Segment]:
    """Maximal runs of consecutive raw offsets."""
    if not origin.size:
        return []
    breaks = np.flatnonzero((np.diff(origin) != 1) | (origin[1:] < 0) | (origin[:-1] < 0)) + 1
    starts = np.concatenate([[0], breaks])
    ends = np.concatenate([breaks, [origin.size]])
    return [Segment(int(s), int(origin[s]), int(e - s)) for s, e in zip(starts, ends, strict=True) if origin[s] >= 0]


def _placed(findings: Sequence[Change | Doubt], index: RawIndex | None) -> list[Placed]:
    """Findings with their spans in the restored text."""
    if index is None or not findings:
        return []
    spans = index.spans([(f.raw_start, f.raw_end) for f in findings])
    return [Placed(finding, start, end) for finding, (start, end) in zip(findings, spans, strict=True)]


def _as_it_stood(change: Change, raw: str) -> Change:
    """The change, telling what it replaced as it stood in the raw text, not as earlier passes left it."""
    kind, start, end, before, after, confidence, evidence = change
    stood = raw[start:end]
    return change if stood == before else Change(kind, start, end, stood, after, confidence, evidence)


_raw_order = attrgetter("raw_start", "raw_end")
