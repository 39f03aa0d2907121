"""Alefs that join the letter before them and came with a hamza all through a text: `المعأرك في مأأرب` for `المعارك في مأرب`.

Typst and WeasyPrint give the joined alef's glyph the code of the first cluster in which they met it; where the font sets hamza as
a mark of its own (Scheherazade) that may be `أ`, and the hamza's glyph says `أ`, `إ` or `آ` behind it (measured; PDFBox, pdfminer and
others print that, pdfium and poppler read Typst's real text). Alefs by themselves that came twice are doubled_alefs.py's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.restore.characters import HAMZAS, JOINING
from pipeline.restore.document_words import document_words
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_OTHERS = JOINING.replace("ل", "")
# Of four alefs of a text three are bare; here half of them, and nearly none that joins its letter.
FEWEST, _MOST_BARE, _SHARE = 8, 0.05, 0.5
_FEWEST_LAMS, _MOST_BARE_LAMS = 3, 0.1


class _Contexts(NamedTuple):
    """Patterns of what stands beside a joined alef, and beside that of a lam-alef that joins nothing, with the alef as `{}`; the hamza behind it."""

    joined: str
    lam: str
    hamza: str


_READING_ORDER = _Contexts(f"(?<=[{_OTHERS}]){{}}", f"(?<=(?<![{JOINING}])ل){{}}", "(?P<alef>{})(?P<hamza>[أإآ])?")
_VISUAL_ORDER = _Contexts(f"{{}}(?=[{_OTHERS}])", f"{{}}(?=ل(?![{JOINING}]))", "(?P<hamza>[أإآ])?(?P<alef>{})")


def restore_joined_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give joined alefs back their own letter: the bare one, or that which the hamza's glyph says."""
    text = traced.text
    sign = max(HAMZAS, key=text.count)
    if text.count(sign) < max(FEWEST, _SHARE * text.count("ا")):
        return Outcome(traced)
    for contexts in (_READING_ORDER, _VISUAL_ORDER):
        if _stands_for(text, contexts.joined, sign, FEWEST, _MOST_BARE) and _spoils_words(text, contexts.joined.format(sign)):
            patterns = [contexts.joined]
            patterns += [contexts.lam] if _stands_for(text, contexts.lam, sign, _FEWEST_LAMS, _MOST_BARE_LAMS) else []
            found = re.compile("|".join(pattern.format(_named(contexts.hamza.format(sign), k)) for k, pattern in enumerate(patterns)))
            edits = [_edit(m) for m in found.finditer(text)]
            return rewrite(traced, "filler_letter", edits, f"joined alef came as {sign} all through the text", 0.95)
    return Outcome(traced)


def _stands_for(text: str, context: str, sign: str, least: int, most: float) -> bool:
    """Whether alefs that stand so nearly all have the sign."""
    signs, bare = (len(re.findall(context.format(alef), text)) for alef in (sign, "ا"))
    return signs >= least and bare <= most * signs


def _spoils_words(text: str, joined: str) -> bool:
    """Whether many words are none with it; a list of words may have nothing but `سأل` and its like."""
    return sum(re.search(joined, word) is not None for word in document_words(text).unknown) >= FEWEST


def _named(pattern: str, number: int) -> str:
    return pattern.replace("<alef>", f"<alef{number}>").replace("<hamza>", f"<hamza{number}>")


def _edit(match: re.Match[str]) -> Edit:
    hamza = match["hamza0"] or match.groupdict().get("hamza1")
    return Edit(*match.span(), hamza or "ا")
