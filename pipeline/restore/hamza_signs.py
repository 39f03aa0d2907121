"""Hamzas without a code that come as other signs: `وصل ا#` for `وصل أ`, `Vمنعوا ا ` for `منعوا إ`, all through a text.

LibreOffice draws the hamza of such fonts (Lateef) as a glyph of its own, and PDFBox prints the number that it has in the font as a
character: a sign behind its alef, or a Latin letter, which it takes for text from left to right, before the piece (measured).
The rows, whose pieces end at these alefs, drawn_rows.py puts in order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.restore.characters import HAMZAS, LETTERS_AND_MARKS
from pipeline.restore.proclitics import CLITIC, CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import frequency

# Any sign but a figure: glyphs are numbered as the writer met them.
_SIGN = "[!-/:-~\x01-\x08\x0e-\x1b\x7f]"
# A lam-alef before it has the code of the first one met, its letters turned.
_BEHIND = re.compile(f"(?:ا|[ا{HAMZAS}](?P<lam>ل))(?P<sign>{_SIGN})(?![{LETTERS_AND_MARKS}])")
_ALONE = re.compile(f"(?<![{LETTERS_AND_MARKS}]){CLITIC}?ا({_SIGN})(?![{LETTERS_AND_MARKS}])")
# What each has; the rare sign comes first, which is much faster.
_TOUCHING = re.compile(f"{_SIGN}(?<=[ال].)")
_BEFORE = re.compile(f"(?<![^ \n])([A-Za-z])(?=[{LETTERS_AND_MARKS}])")
_BARE = re.compile(f"(?<![^ \n]){CLITIC}?(ا)(?![^ \n])")
_ENDS_PIECE = re.compile(f"(?m)(?<![^ \n]){CLITIC}?(ا)(?=  | ?$)")
_FIRST, _LINE = re.compile(f"[{LETTERS_AND_MARKS}]+"), re.compile("[^\n]+")
# Some of such alefs stand alone.
TRACES: tuple[Trace, ...] = ((f"(?:[{CLITICS}]|[^{LETTERS_AND_MARKS}])", "ا", _SIGN),)
_FEWEST, _MOSTLY, _MOST_OPENING, _ABOVE, _BELOW = 6, 0.8, 0.01, "أ", "إ"


def read_hamza_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put alefs with hamza for alefs and their signs, and for the bare alef that ends a piece with a letter before it."""
    text = traced.text
    # Hardly a word of such a text begins with the letter; of others many do, which is counted fast.
    if text.count(" أ") > _MOST_OPENING * text.count(" ") or len(_TOUCHING.findall(text)) < _FEWEST:
        return Outcome(traced)
    found = Counter(m["sign"] for m in _BEHIND.finditer(text))
    alone = Counter(_ALONE.findall(text))
    signs = [sign for sign, times in found.items() if 2 * alone[sign] >= times >= max(_FEWEST, _MOSTLY * text.count(sign))]
    if not signs:
        return Outcome(traced)
    # Above the line is by far the commoner; its code may be a blank.
    blanks = list(_ENDS_PIECE.finditer(text))
    alef = _BELOW if len(blanks) > sum(found[sign] for sign in signs) else _ABOVE
    edits = [Edit(*m.span(), (m["lam"] or "") + alef) for m in _BEHIND.finditer(text) if m["sign"] in signs]
    edits += [Edit(*m.span(1), _ABOVE) for m in blanks if alef == _BELOW]
    signed = rewrite(traced, "lost_letter", sorted(edits), f"the sign {signs[0]} stands behind alefs all through the text", 0.9)
    return chain(signed, _of_letters(signed.traced))


def _of_letters(traced: Traced) -> Outcome:
    """Read the letters before pieces, each as the alef that makes the likeliest words of all pieces with it."""
    pairs: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for line in _LINE.finditer(traced.text):
        for letter, sign, bare, word in _pairs(traced.text, *line.span()):
            pairs[letter].append((sign, bare, word))
    edits = []
    for told in pairs.values():
        alef = max(HAMZAS, key=lambda one: sum(math.log(frequency(one + word)) for *_, word in told))
        for sign, bare, _ in told:
            edits += [Edit(sign, sign + 1, ""), Edit(bare, bare + 1, alef)]
    return rewrite(traced, "lost_letter", sorted(edits), "a letter that stands for the hamza of the alef that ends its piece", 0.8)


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """Each letter before a piece of a row, its place, that of the bare alef that ends the piece, and the word that goes on with it."""
    later = start
    for letter in _BEFORE.finditer(text, start, end):
        bare = _BARE.search(text, letter.end(), end)
        if not bare:
            continue
        ended = [m.end() for m in re.finditer(f"[{HAMZAS}] ", text[start : letter.start()])]
        later = max([later, *(start + at for at in ended)])
        word = _FIRST.search(text, later, end)
        yield letter[1], letter.start(), bare.start(1), word.group() if word else ""
        later = bare.end()
