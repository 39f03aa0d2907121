"""Symbols of documents printed from their last part to the first: `/46/54HRC/A` for `A/HRC/46/54`, `/2139RES/S` for `S/RES/2139`.

pdfium does this to pages of browsers and office programs (measured): the figures with their strokes come first, the letters behind them.
"""

from __future__ import annotations

import re

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_TURNED = re.compile("(?<![^\\s(])(?P<figures>(?:/[0-9]{1,4})+)(?P<letters>[A-Z]{1,5}(?:/[A-Z]{1,5})*)(?![\\w/])")
_PART = re.compile("[A-Z]+")
TRACES: tuple[Trace, ...] = (("/", "[0-9]"),)


def restore_document_symbols(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the parts of each such symbol in order."""
    edits = [_edit(traced, match) for match in _TURNED.finditer(traced.text)]
    return rewrite(traced, "visual_order", edits, "a document's symbol printed from its last part to the first", 0.95)


def _edit(traced: Traced, match: re.Match[str]) -> Edit:
    parts = [m.span() for m in _PART.finditer(traced.text, *match.span("letters"))]
    strokes = [i for i in range(*match.span("letters")) if traced.text[i] == "/"]
    letters: list[int] = []
    for k, (first, last) in enumerate(reversed(parts)):
        letters += [*range(first, last), *strokes[k : k + 1]]
    return reordered(traced, *match.span(), [*letters, *range(*match.span("figures"))])
