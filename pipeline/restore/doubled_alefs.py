"""Alefs that came twice, as their own glyph and with the hamza's: `اأن` or `أان` for `أن`, all through a text.

Fonts that set hamza as a mark of its own do this: Typst and fpdf print the bare alef first, LibreOffice the other one (measured).
No Arabic word has two alefs in a row. Letters that other marks drag along are cluster_marks.py's.
"""

from __future__ import annotations

import re

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_MARK, _LETTER = "[\u064b-\u0652]", "[\u0621-\u063a\u0641-\u064a]"
# Before lam they may be a lam-alef whose letters came in the wrong order: `األمر`.
_BARE_FIRST, _BARE_LAST = re.compile("ا[أإآ](?!ل)"), re.compile("[أإآ]ا(?!ل)")
_PAIR_FIRST, _PAIR_LAST = re.compile(f"ا({_MARK}*)([أإآ])"), re.compile("([أإآ])ا")
_TURNED_WITHIN = re.compile("ا[أإآ]ل")
# A lam-alef that is a piece by itself, its letters turned.
_TURNED = re.compile(f"(?<!{_LETTER})([أإآ])(ل)(?!{_LETTER})")
_FEWEST, _SHARE = 4, 0.003  # of the words
_EVIDENCE = "alef with hamza came with a bare alef all through the text"


def drop_doubled_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Leave one alef of two, in a text that has many such."""
    text = traced.text
    least = max(_FEWEST, _SHARE * text.count(" "))
    edits: list[Edit] = []
    bare = len(_BARE_FIRST.findall(text))
    if bare >= least and bare > len(_TURNED_WITHIN.findall(text)):
        found = sorted([*_PAIR_FIRST.finditer(text), *_TURNED.finditer(text)], key=re.Match.start)
        edits = [_edit(traced, match, (*range(*match.span(2)), *range(*match.span(1)))) for match in found]
    elif len(_BARE_LAST.findall(text)) >= least:
        edits = [_edit(traced, match, (match.start(),)) for match in _PAIR_LAST.finditer(text)]
    return rewrite(traced, "filler_letter", edits, _EVIDENCE, 0.97)


def _edit(traced: Traced, match: re.Match[str], order: tuple[int, ...]) -> Edit:
    return Edit(*match.span(), "".join(traced.text[i] for i in order), [int(traced.origin[i]) for i in order])
