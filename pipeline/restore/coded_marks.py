"""Marks and hamzas without a code that come as letters of other scripts: `تبйنى`, `дقتل`, `متحدثЮا`, `пاهالي` for `تبنّى`, `قُتل`, `متحدثًا`, `أهالي`.

WeasyPrint leaves such glyphs of fonts that build hamza from two (Scheherazade, Harmattan) without a code, and pdfium prints the
number that they have in the font as a character (measured): before the letter that bears the mark, a blank before it now and
then. What each sign stands for, the words tell that it makes. Rows that pdfium cuts at such marks are cut_rows.py's.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.restore.characters import ALEFS, FATHATAN, HAMZAS, LETTERS, LETTERS_AND_MARKS, MARK, SHADDA
from pipeline.restore.cluster_marks import drop_dragged_marks
from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import PER, plain
from pipeline.restore.mark_places import place_scores
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency

_SIGN = "[\u00c0-\u024f\u0370-\u058f\u0700-\u1fff]"
TRACES: tuple[Trace, ...] = ((_SIGN, f"[{LETTERS_AND_MARKS}]"),)
_FOUND = re.compile(f"(?<![^\\W\\u0600-\\u06ff])({_SIGN}){MARK}*([{LETTERS}])")
_SIGNS, _BEFORE, _BEHIND = re.compile(_SIGN), re.compile(f"(?:[{LETTERS_AND_MARKS}]|{_SIGN})*\\Z"), re.compile(f"(?:[{LETTERS_AND_MARKS}]|{_SIGN})*")
_LIGATURE = re.compile(f"ل[{HAMZAS}]")
_DAMMA, _LONGEST_WORD = "\u064f", 24
_FEWEST, _MOSTLY, _KNOWN, _LEAST_FIT, _RARER, _MOST_UNKNOWN = 8, 0.7, 0.5, 0.1, 20, 0.15


class _Place(NamedTuple):
    """Where a sign stands and the letter behind it; the plain letters of its word before it and from that letter on, and of the word before."""

    sign: int
    letter: int
    left: str
    right: str
    apart: str


def restore_coded_marks(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the marks and hamzas that such signs stand for, in a text that has many."""
    told = document_words(traced.text)
    # Whose other words are none has letters, too, that come as others.
    if len(_FOUND.findall(traced.text)) < _FEWEST or len(told.unknown) > _MOST_UNKNOWN * len(told.distinct):
        return Outcome(traced)
    # Letters that drag marks along are put right first, so that the marks of the signs are not taken for theirs.
    clusters = drop_dragged_marks(traced)
    text = clusters.traced.text
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for match in _FOUND.finditer(text):
        places[match[1]].append(_place(text, match))
    edits = []
    hamzas = 0
    for sign, found in places.items():
        meant = _meaning(found)
        if meant:
            hamzas += len(found) * (meant in HAMZAS)
            edits += [edit for place in found for edit in _edits(clusters.traced, place, meant)]
            edits += [Edit(m.start(), m.end(), meant) for m in re.finditer(f"(?m){sign}(?= *$)", text) if meant not in HAMZAS]
    if 2 * hamzas >= _FEWEST:
        edits += _bare_ligatures(text)
    marked = rewrite(clusters.traced, "lost_letter", sorted(edits), "a mark or hamza without a code, printed as a letter of another script", 0.85)
    return chain(clusters, marked) if edits else Outcome(traced)


def _bare_ligatures(text: str) -> Iterator[Edit]:
    """Where hamzas come as signs, a lam-alef without one is bare, whatever its code says, unless its word is far rarer so."""
    for match in _LIGATURE.finditer(text):
        before, behind = _BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start()), _BEHIND.match(text, match.end())
        left, right = (_letters(side.group()) if side else "" for side in (before, behind))
        if _RARER * frequency(f"{left}لا{right}") > frequency(f"{left}{match.group()}{right}"):
            yield Edit(match.end() - 1, match.end(), "ا")


def _place(text: str, match: re.Match[str]) -> _Place:
    before, behind = _BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start()), _BEHIND.match(text, match.start(2))
    left, right = (_letters(side.group()) if side else "" for side in (before, behind))
    apart = _BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start() - 1) if text[match.start() - 1 : match.start()] == " " else None
    return _Place(match.start(), match.start(2), left, right, _letters(apart.group()) if apart else "")


def _letters(word: str) -> str:
    return _SIGNS.sub("", plain(word))


def _meaning(places: Sequence[_Place]) -> str | None:
    """The hamza (as the alef that bears it) or mark that a sign stands for, if the words tell."""
    before_alef = [place for place in places if place.right[0] in ALEFS]
    if sum(place.right == "ا" for place in places) > _MOSTLY * len(places):
        return FATHATAN
    if len(before_alef) > _MOSTLY * len(places):
        tried = {alef: [frequency(place.left + alef + place.right[1:]) for place in before_alef] for alef in HAMZAS}
        best = max(HAMZAS, key=lambda alef: sum(map(math.log, tried[alef])))
        return best if sum(likely > FLOOR for likely in tried[best]) >= _KNOWN * len(before_alef) else None
    words = [(joined, len(joined) - len(place.right)) for place in places if (joined := _joined(place) or place.left + place.right)]
    if sum(frequency(word) > FLOOR for word, _ in words) < _KNOWN * len(words):
        return None
    fits = {mark: sum(math.log(max(place_scores(word, mark)[at], _LEAST_FIT)) for word, at in words) for mark in (_DAMMA, SHADDA)}
    return max(fits, key=fits.__getitem__)


def _joined(place: _Place) -> str | None:
    """The word that a sign stands in, if a blank before it parts that in two."""
    whole = place.apart + place.right
    return whole if place.apart and frequency(whole) > FLOOR and frequency(whole) > frequency(place.apart) * frequency(place.right) / PER else None


def _edits(traced: Traced, place: _Place, meant: str) -> Iterator[Edit]:
    """The sign put for its mark, behind the letter that bears it, or its alef; the blank before it closed."""
    start, end = place.sign, place.letter + 1
    sign, letter = traced.origin.item(start), traced.origin.item(place.letter)
    if place.apart and not place.left and ((meant == SHADDA and _joined(place)) or (meant in HAMZAS and place.apart == "ال")):
        start -= 1
    if meant in HAMZAS:
        yield Edit(start, end, meant, [letter])
    elif meant == FATHATAN or traced.text[place.sign - 1 : place.sign] in ("", "\n"):
        # A mark that opens a line tells that the row was cut there.
        yield Edit(start, end, meant + traced.text[place.letter], [sign, letter])
    elif traced.text[end : end + 1] == meant:
        yield Edit(start, end, traced.text[place.letter], [letter])
    else:
        yield Edit(start, end, traced.text[place.letter] + meant, [letter, sign])
