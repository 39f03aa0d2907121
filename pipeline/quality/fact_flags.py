"""Every doubt that needs extracted facts: counts that do not match their lists, figures that contradict each other."""

from __future__ import annotations

from pipeline.extract.model import Facts
from pipeline.quality.model import Flag, TextView


def flag_facts(view: TextView, facts: Facts) -> list[Flag]:
    """The fact flags of one document, in text order."""
    return []
