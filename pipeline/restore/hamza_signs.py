"""Hamzas without a code that come as other signs: `وصل ا#` for `وصل أ`, `Vمنعوا ا ` for `منعوا إ`, all through a text.

LibreOffice draws the hamza of such fonts (Lateef) as a glyph of its own, and PDFBox prints the number that it has in the font as a
character: a sign behind its alef, or a Latin letter, which it takes for text from left to right, before the piece (measured).
The rows, whose pieces end at these alefs, drawn_rows.py puts in order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from pipeline.restore.characters import HAMZAS, LETTERS_AND_MARKS
from pipeline.restore.proclitics import CLITIC, CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import frequency

# Any sign but a figure: glyphs are numbered as the writer met them, the ninth one is a tab.
_SIGN = "[!-/:-~\x01-\t\x0e-\x1b\x7f]"
# A lam-alef before it has the code of the first one met, its letters turned.
_BEHIND = re.compile(f"(?:ا|[ا{HAMZAS}](?P<lam>ل))(?P<sign>{_SIGN})(?![{LETTERS_AND_MARKS}])")
_ALONE = re.compile(f"(?<![{LETTERS_AND_MARKS}]){CLITIC}?ا({_SIGN})(?![{LETTERS_AND_MARKS}])")
# What each has; the rare sign comes first, which is much faster.
_TOUCHING = re.compile(f"{_SIGN}(?<=[ال].)")
_BEFORE = re.compile(f"(?<![^ \n])([A-Za-z])(?=[{LETTERS_AND_MARKS}])")
_BARE = re.compile(f"(?<![^ \\n])(?:(?!ل){CLITIC})?(ا)(?![^ \\n])")  # `لا` is a word
_ENDS_PIECE = re.compile(f"(?m)(?<![^ \n]){CLITIC}?(ا)(?=  | ?$)")
_FIRST, _LINE = re.compile(f"[{LETTERS_AND_MARKS}]+"), re.compile("[^\n]+")
# Some of such alefs stand alone.
TRACES: tuple[Trace, ...] = ((f"(?:[{CLITICS}]|[^{LETTERS_AND_MARKS}])", "ا", _SIGN), ("[ \n]", "ا", "[ \n]"))
_BARE_A_LINE, _FEWEST_BESIDE = 0.9, 3  # pypdf, whose pieces begin with such alefs, prints half as many alone
_FEWEST, _MOSTLY, _MOST_OPENING, _ABOVE, _BELOW = 6, 0.8, 0.01, "أ", "إ"


def read_hamza_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put alefs with hamza for alefs and their signs, for those that end pieces with a letter before them, and for those beside blanks."""
    text = traced.text
    # Hardly a word of such a text begins with the letter; of others many do, which is counted fast.
    if text.count(" أ") > _MOST_OPENING * text.count(" "):
        return Outcome(traced)
    by_blanks = _may_be_blanks(text)
    fewest = _FEWEST_BESIDE if by_blanks else _FEWEST
    signs, beside = _signs(text, fewest) if len(_TOUCHING.findall(text)) >= fewest else ([], 0)
    if not signs and not by_blanks:
        return Outcome(traced)
    # Above the line is by far the commoner; its code may be a blank.
    by_blanks = by_blanks or len(_ENDS_PIECE.findall(text)) > beside
    alefs = _told_apart(text, signs) if len(signs) > 1 else dict.fromkeys(signs, _BELOW if by_blanks else _ABOVE)
    edits = [Edit(*m.span(), (m["lam"] or "") + alefs[m["sign"]]) for m in _BEHIND.finditer(text) if m["sign"] in alefs]
    signed = rewrite(traced, "lost_letter", edits, f"the sign {''.join(signs)} stands behind alefs all through the text", 0.9)
    lettered = chain(signed, _of_letters(signed.traced))
    return chain(lettered, _of_blanks(lettered.traced)) if by_blanks else lettered


def _may_be_blanks(text: str) -> bool:
    """Whether bare alefs stand alone as no words do, those of pieces with a letter before them aside, and others' words begin with them."""
    alone = len(_BARE.findall(text)) - len(_BEFORE.findall(text))
    if alone < max(_FEWEST, _BARE_A_LINE * (text.count("\n") - text.count("\n\n"))):
        return False
    words = [word for _, word in _continued(text, _BARE)]
    return _fit(_ABOVE, words) > _fit("", words)


def _continued(text: str, alef: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The alefs that end pieces, each with the word that goes on with it: what the piece printed before begins with.

    A line's first piece ends in no alef, so where the second one begins only a double blank may tell.
    """
    for line in _LINE.finditer(text):
        found = list(alef.finditer(text, *line.span()))
        second = text.find("  ", line.start(), found[0].start()) if found else -1
        begins = [line.start(), second, *(ended.end() for ended in found)]
        for ended, start in zip(found, begins, strict=False):
            word = _FIRST.search(text, start, ended.start()) if start >= 0 else None
            if word:
                yield ended, word.group()


def _signs(text: str, fewest: int) -> tuple[list[str], int]:
    """The signs that stand nearly always behind an alef and at the end of its piece, and how often they do."""
    found = Counter(m["sign"] for m in _BEHIND.finditer(text))
    alone = Counter(_ALONE.findall(text))
    signs = [sign for sign, times in found.items() if 2 * alone[sign] >= times >= max(fewest, _MOSTLY * text.count(sign))]
    return signs, sum(found[sign] for sign in signs)


def _told_apart(text: str, signs: Sequence[str]) -> dict[str, str]:
    """The alefs of the signs, one each, that make the likeliest words with what the pieces printed before begin with."""
    words: dict[str, list[str]] = {sign: [] for sign in signs[: len(HAMZAS)]}
    for ended, word in _continued(text, _BEHIND):
        if ended["sign"] in words:
            words[ended["sign"]].append(word)
    fits = {(sign, alef): _fit(alef, found) for sign, found in words.items() for alef in HAMZAS}
    alefs = max(permutations(HAMZAS, len(words)), key=lambda some: sum(fits[pair] for pair in zip(words, some, strict=True)))
    return dict(zip(words, alefs, strict=True))


def _fit(alef: str, words: Iterable[str]) -> float:
    """How likely the words are that an alef, or none, makes with what follows it."""
    return sum(math.log(frequency(alef + word)) for word in words)


def _of_blanks(traced: Traced) -> Outcome:
    """Read the bare alefs that still end pieces, whose hamza has the blank's code."""
    edits = [Edit(*m.span(1), _ABOVE) for m in _BARE.finditer(traced.text)]
    return rewrite(traced, "lost_letter", edits, "alefs end pieces all through the text, their hamza a blank", 0.9)


def _of_letters(traced: Traced) -> Outcome:
    """Read the letters before pieces, each as the alef that makes the likeliest words of all pieces with it."""
    pairs: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for line in _LINE.finditer(traced.text):
        for letter, sign, bare, word in _pairs(traced.text, *line.span()):
            pairs[letter].append((sign, bare, word))
    edits = []
    for told in pairs.values():
        alef = max(HAMZAS, key=lambda one: _fit(one, (word for *_, word in told)))
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
