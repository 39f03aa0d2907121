"""Quotation marks and brackets that face the wrong way all through a text: `»سانا«` for «سانا», `)٢٠٠٥(` for (٢٠٠٥).

A reader that keeps the glyph and not the character turns them; which way they face is judged per document and pair.
"""

from __future__ import annotations

import re

from pipeline.restore.profile import Profile
from pipeline.restore.traced import Change, Edit, Outcome, Traced

_PAIRS = (("«", "»"), ("(", ")"), ("[", "]"))
_CURLY = ("“", "”")  # `”وطن“` is a habit of writers too: turned only where another pair shows a reader that turns marks
# The mark first and what stands before it afterwards: much faster than the other way round.
_OPENING = r"{0}(?:(?<=\s{0})|(?<=^{0})|(?<=\s[وبلكف]{0}))(?=\w)"
_CLOSING = r"{0}(?<=[\w.!؟?%]{0})(?<!\s[وبلكف]{0})(?=[\s.,،؛:!؟?]|$)"
_AT_LEAST = 4  # two pairs
_AGAINST = 8  # times as many marks must face the wrong way as the right one: runs cut within brackets leave odd ones


def turn_mirrored_brackets(traced: Traced, _profile: Profile | None) -> Outcome:
    """Turn the marks of each pair whose opening ones close and whose closing ones open, by a clear majority."""
    outcome = Outcome(traced)
    edits: list[Edit] = []
    for opening, closing in (*_PAIRS, _CURLY):
        if (opening, closing) == _CURLY and not edits:
            break
        if closing in traced.text and opening in traced.text and _mirrored(traced.text, opening, closing):
            turned = {opening: closing, closing: opening}
            places = re.finditer(f"[{re.escape(opening + closing)}]", traced.text)
            edits += [Edit(m.start(), m.end(), turned[m.group()]) for m in places]
    for start, end, after, _ in edits:
        before = traced.text[start:end]
        outcome.changes.append(Change("visual_order", *traced.raw_span(start, end), before, after, 0.97, "mirrored all through the text"))
    outcome.traced = traced.edit(sorted(edits)) if edits else traced
    return outcome


def _mirrored(text: str, opening: str, closing: str) -> bool:
    if text.count(opening) + text.count(closing) < _AT_LEAST:
        return False
    wrong = _facing(text, closing, opening)
    return wrong >= _AT_LEAST and wrong >= _AGAINST * _facing(text, opening, closing)


def _facing(text: str, opening: str, closing: str) -> int:
    """Marks that stand like opening and closing ones, if these are the two."""
    opens = re.findall(_OPENING.format(re.escape(opening)), text)
    return len(opens) + len(re.findall(_CLOSING.format(re.escape(closing)), text))
