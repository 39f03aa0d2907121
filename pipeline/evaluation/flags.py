"""How well stripped-number flags meet the places where a figure really stood, and whether it lies in their bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.alignment import Alignment
from pipeline.evaluation.scores import Tally, match

# One missing numeral: a date, a decimal, a thousands-separated or hyphenated figure is one.
NUMERAL = re.compile(r"[0-9]+(?:[.,:/\-\u2013\u066b\u066c][0-9]+)*")
_REACH = 20


@dataclass(slots=True)
class FlagScore:
    """Sites found, and bounds that hold."""

    sites: Tally = field(default_factory=Tally)
    bounded: Tally = field(default_factory=Tally)
    misses: list[str] = field(default_factory=list)

    def merge(self, other: FlagScore) -> None:
        self.sites.add(other.sites.right, other.sites.found, other.sites.gold)
        self.bounded.add(other.bounded.right, other.bounded.found, other.bounded.gold)
        self.misses += other.misses

    def as_dict(self) -> dict[str, object]:
        held, total = self.bounded.right, self.bounded.found
        return {
            "stripped_sites": self.sites.as_dict(),
            "flags_with_bounds": total,
            "inside_bounds": round(held / total, 4) if total else None,
        }


def score_stripped(flags: Sequence[Mapping[str, Any]], restored: str, clean: str) -> FlagScore:
    """Score the stripped_number flags of one text whose ASCII digits were deleted from `clean`."""
    sites, stripped = stripped_sites(clean)
    alignment = Alignment(restored, stripped)
    found = [{**f, "start": alignment.to_truth(f["start"]), "end": alignment.to_truth(f["end"])} for f in flags if f["kind"] == "stripped_number"]
    pairs = match(found, sites, lambda f, site: _closeness(f, site[0]))
    score = FlagScore()
    score.sites.add(len(pairs), len(found), len(sites))
    for flag, (_, value) in pairs:
        if flag["low"] is None and flag["high"] is None:
            continue
        number = _value(value)
        if number is None:
            continue
        inside = (flag["low"] is None or flag["low"] <= number) and (flag["high"] is None or number <= flag["high"])
        score.bounded.add(int(inside), 1, 1)
        if not inside:
            score.misses.append(f"outside bounds: {value} not in {flag['low']}–{flag['high']}: {flag['explanation']}")
    hit = {id(f) for f, _ in pairs}
    score.misses += [f"false flag: {_context(stripped, f['start'])}: {f['explanation']}" for f in found if id(f) not in hit]
    got = {s for _, s in pairs}
    score.misses += [f"missed site: {value} in {_context(stripped, at)}" for at, value in sites if (at, value) not in got]
    return score


def stripped_sites(clean: str) -> tuple[list[tuple[int, str]], str]:
    """Offsets (in the text without ASCII digits) and values of its missing numerals, and that text."""
    digits = [i for i, c in enumerate(clean) if c in "0123456789"]
    before = 0
    sites = []
    for m in NUMERAL.finditer(clean):
        while before < len(digits) and digits[before] < m.start():
            before += 1
        sites.append((m.start() - before, m.group()))
    return sites, re.sub(r"[0-9]", "", clean)


def _closeness(flag: Mapping[str, Any], site: int) -> float:
    gap = max(flag["start"] - site, site - flag["end"], 0)
    return 1 / (1 + abs(flag["start"] - site)) if gap < _REACH else 0.0


def _value(text: str) -> float | None:
    text = text.replace(",", "").replace("\u066c", "").replace("\u066b", ".")
    try:
        return float(text)
    except ValueError:
        return None


def _context(text: str, at: int) -> str:
    return "…" + text[max(at - 30, 0) : at] + "¦" + text[at : at + 30] + "…"
