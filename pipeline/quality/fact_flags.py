"""Every doubt that needs extracted facts: counts that do not match their lists, figures that contradict each other."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.model import Facts
from pipeline.quality.conflicts import conflicting_figures, impossible_quantities
from pipeline.quality.counted_lists import count_mismatches
from pipeline.quality.model import Flag, TextView

Detector = Callable[[TextView, Facts], list[Flag]]

DETECTORS: tuple[Detector, ...] = (count_mismatches, conflicting_figures, impossible_quantities)


def flag_facts(view: TextView, facts: Facts) -> list[Flag]:
    """The fact flags of one document, in text order. Pure."""
    flags = [flag for detector in DETECTORS for flag in detector(view, facts)]
    return sorted(flags, key=lambda f: (f.start, f.end, f.kind))
