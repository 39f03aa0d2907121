"""Every doubt that the text alone gives rise to: the detectors in order."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.quality.duplicates import duplicates
from pipeline.quality.model import Flag, TextView
from pipeline.quality.stripped import stripped_numbers

Detector = Callable[[TextView], list[Flag]]

DETECTORS: tuple[Detector, ...] = (stripped_numbers, duplicates)


def flag_text(view: TextView) -> list[Flag]:
    """The flags of one restored document, in text order.

    Pure: the same view gives the same flags. What restoration itself doubted is not looked for again.
    """
    flags = [flag for detector in DETECTORS for flag in detector(view)]
    return sorted(flags, key=lambda f: (f.start, f.end, f.kind))
