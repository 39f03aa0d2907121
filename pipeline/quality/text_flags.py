"""Every doubt that the text alone gives rise to: the detectors in order."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.quality.duplicates import duplicates
from pipeline.quality.impossible import impossible_values
from pipeline.quality.marks import unbalanced_marks
from pipeline.quality.model import Flag, TextView
from pipeline.quality.phrases import redundant_connectives, truncated_phrases
from pipeline.quality.stripped import stripped_numbers

Detector = Callable[[TextView], list[Flag]]

DETECTORS: tuple[Detector, ...] = (
    stripped_numbers, duplicates, truncated_phrases, redundant_connectives, unbalanced_marks, impossible_values,
)  # fmt: skip


def flag_text(view: TextView) -> list[Flag]:
    """The flags of one restored document, in text order.

    Pure: the same view gives the same flags. What restoration itself doubted is not looked for again.
    """
    flags = [flag for detector in DETECTORS for flag in detector(view)]
    return sorted(_one_doubt_each(flags), key=lambda f: (f.start, f.end, f.kind))


def _one_doubt_each(flags: list[Flag]) -> list[Flag]:
    """Without the truncated phrases that a missing figure explains (`منذ عام .`)."""
    gaps = [f for f in flags if f.kind == "stripped_number"]
    return [f for f in flags if f.kind != "truncated_phrase" or all(abs(f.end - gap.start) > 2 for gap in gaps)]
