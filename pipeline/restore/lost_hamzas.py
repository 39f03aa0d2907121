"""Hamzas that a font's table of characters lost: `ولإ` for `ولا` all through a text, `امس` for `أمس`.

WeasyPrint and Typst give the glyph of a lam-alef that joins nothing one code for all four ligatures, WeasyPrint also alef, whose
hamza is a glyph of its own in such fonts (Scheherazade, Harmattan), that of the bare letter (measured); every reader prints
that. No text is without `لا`, so one that has another lam-alef in its place tells. Writers who leave hamzas out, as many do,
write `لا`, and their texts stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from pipeline.restore.characters import ALEFS, HAMZAS, JOINING, LETTERS
from pipeline.restore.language_model import Lexicon
from pipeline.restore.proclitics import ARTICLE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

# An article and an alef are a piece of a word.
_WORD = re.compile(f"(?<![{LETTERS}])(?!{ARTICLE}[{ALEFS}](?![{LETTERS}]))[{LETTERS}]+")
_LIGATURE = re.compile(f"(?<![{JOINING}])ل([{ALEFS}])")
# What a text with any bare ligature that joins nothing has.
_BARE = (" لا", "ولا", "الا")
_FEWEST, _MOST_OTHERS = 5, 0.1
_CLEARLY, _COMMON = 5.0, 30
_MOST_LIGATURES, _MOST_BARE, _MOST_KEPT = 3, 1, 0.5


def restore_lost_hamzas(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set the alef that the words tell in each lam-alef of a text that has only one kind, not the bare one, and lost hamzas on alefs."""
    text = traced.text
    # The last is by far the commonest.
    if text.count(_BARE[-1]) > _MOST_BARE or sum(map(text.count, _BARE)) > _MOST_BARE:
        return Outcome(traced)
    if max(text.count(f"ل{alef}") for alef in HAMZAS) < _FEWEST:
        return Outcome(traced)
    counts = Counter(_LIGATURE.findall(text))
    only = max(counts, key=lambda alef: counts[alef], default="ا")
    if only == "ا" or counts[only] < _FEWEST or counts.total() > (1 + _MOST_OTHERS) * counts[only]:
        return Outcome(traced)
    pattern = re.compile(f"(?<![{JOINING}])ل{only}")
    told = [_edit(m, best) for m in _WORD.finditer(text) if pattern.search(m.group()) and (best := _best(m.group(), _ligatures(m.group(), pattern)))]
    first = _rewritten(traced, told, "lam-alef came with one and the same alef all through the text")
    # A lam-alef that its row was cut at leaves its alef at the start of a piece.
    kept = sum(map(text.replace(f"ل{only}", "").count, HAMZAS))
    return chain(first, _with_hamzas(first.traced, kept))


def _with_hamzas(traced: Traced, kept: int) -> Outcome:
    """The alefs whose hamza the words miss, in a text that keeps hardly any."""
    told = [_edit(m, scored) for m in _WORD.finditer(traced.text) if "ا" in m.group() and (scored := _best(m.group(), _hamzas(m.group())))]
    if kept > _MOST_KEPT * len(told):
        return Outcome(traced)
    return _rewritten(traced, told, "alefs of the text have no hamza")


def _rewritten(traced: Traced, told: list[tuple[Edit, float]], evidence: str) -> Outcome:
    return rewrite(traced, "lost_letter", [edit for edit, _ in told], evidence, [round(min(0.95, share), 3) for _, share in told])


def _edit(match: re.Match[str], scored: tuple[str, float]) -> tuple[Edit, float]:
    return Edit(*match.span(), scored[0]), scored[1]


def _ligatures(word: str, ligature: re.Pattern[str]) -> Iterator[str]:
    parts = ligature.split(word)
    if len(parts) - 1 <= _MOST_LIGATURES:
        for alefs in product(ALEFS, repeat=len(parts) - 1):
            yield parts[0] + "".join(f"ل{alef}{part}" for alef, part in zip(alefs, parts[1:], strict=True))


def _hamzas(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        if letter == "ا":
            yield from (f"{word[:at]}{alef}{word[at + 1 :]}" for alef in HAMZAS)


def _best(word: str, readings: Iterator[str]) -> tuple[str, float] | None:
    """The reading that is common and clearly commoner than the word as it stands, and its share of all; None where none is."""
    count = Lexicon.load().plain_count
    counts = {reading: count(reading) for reading in readings}
    best = max(counts, key=lambda reading: counts[reading], default=word)
    if best == word or counts[best] < _COMMON or counts[best] < _CLEARLY * count(word):
        return None
    return best, counts[best] / (sum(counts.values()) + count(word) * (word not in counts))
