"""Marks whose code has a letter with them, and letters with a mark: `حلّللت` for `حلّلت`, `كاُنت` for `كانت`, all through a text.

Typst and LibreOffice give the glyph of a mark the code of the first cluster in which they met it (measured in all fonts of
the one and those with many marks of the other; PDFBox prints it, pdfminer in visual order), WeasyPrint the letter's glyph.
Marks that only stand at the wrong place are moved_marks.py's and detached_marks.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.restore.characters import BEAR_FATHATAN, FATHATAN, HAMZAS, LETTER, MARK, MARKS, TANWIN
from pipeline.restore.language_model import plain
from pipeline.restore.moved_marks import is_marked_usually
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.word_frequency import FLOOR, frequency

_PAIR = re.compile(f"({MARK})({LETTER}?)")
_WORD = re.compile(f"(?:{LETTER}|{MARK})+")
# Letter and mark both came as the cluster: `ناٍجٍج` for `ناجٍ`.
_TWICE = re.compile(f"({MARK})({LETTER})\\1\\2(?!{MARK})")
_ALEF = "ا"
# A token that is fathatan and alef alone, and one in alef that may have lost its fathatan.
_ALEF_ALONE, _IN_ALEF = re.compile(f"(?m)(?:(?<=\\s)|^){FATHATAN}ا(?!{LETTER})"), re.compile(f"({LETTER}{{2,}})ا(?=\\s|\\Z)")
# An alef that bears it ends its word; one that opens a piece of line may be the end of the word before the gap.
_TANWIN_INSIDE = re.compile(f"\u064bا(?={LETTER})")
_TANWIN = re.compile(f"\u064bا(?={LETTER})|(?<={LETTER})\u064bا")
_TANWIN_SHARE = 0.1
_BEARS_FATHATAN = frozenset(BEAR_FATHATAN)
# Occurrences of a mark with one and the same letter behind it that prove the habit, and in how many surroundings.
_PROOF, _SURROUNDINGS, _SHARE = 4, 3, 0.9
# Of a mark of a text that has the habit: so many of its occurrences have one of the few letters behind it.
_PER_LETTER = 2
_COMMONER, _CLEARLY = 10, 3
_EVIDENCE = "the mark has this letter behind it all through the text"

_Pairs = frozenset[tuple[str, str]]


def drop_cluster_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take out the letter that a mark drags along and the mark that a letter does; a mark that opens a piece goes behind its letter."""
    if max([times for (_, letter), times in _pairs(traced.text).items() if letter], default=0) < _PROOF:
        return Outcome(traced)
    alefs = _without_tanwin(traced)
    letters = _without_letters(alefs.traced)
    return chain(alefs, letters, _without_marks(letters.traced))


def drop_dragged_marks(traced: Traced) -> Outcome:
    """Take out only marks: those that letters drag along, and fathatan from alefs inside words."""
    alefs = _without_tanwin(traced)
    return chain(alefs, _without_marks(alefs.traced))


def _without_tanwin(traced: Traced) -> Outcome:
    """Take fathatan from alefs, in a text where it stands on alefs inside words; the real one opens a piece of line."""
    inside = len(_TANWIN_INSIDE.findall(near_marks(traced.text)))
    if inside < _PROOF or inside < _TANWIN_SHARE * traced.text.count(_ALEF):
        return Outcome(traced)
    edits = [Edit(m.start(), m.start() + 1, "") for m in _TANWIN.finditer(traced.text)]
    return rewrite(traced, "detached_mark", edits, f"fathatan stands on {inside} alefs inside words", 0.9)


def _without_letters(traced: Traced) -> Outcome:
    text = traced.text
    pairs = _dragged(text)
    if not pairs:
        return Outcome(traced)
    opening = _opens_pieces(text, pairs)
    # Both the letter's glyph and the mark's may have the cluster as their code: then each word tells which of the two it is.
    coded = frozenset(pair for pair in pairs if _comes_with_mark(text, pair))
    # A name that nobody knows keeps it where it nearly always is the letter.
    kept = frozenset(pair for pair in coded if _comes_with_mark(text, pair, clearly=True))
    edits = [edit for word in _WORD.finditer(text) for edit in _edits(traced, word, pairs, (coded, kept), opening)]
    return rewrite(traced, "filler_letter", edits, _EVIDENCE, 0.95)


def _without_marks(traced: Traced) -> Outcome:
    """The other way round, WeasyPrint's: a letter drags a mark along, before it, which then stands nowhere else."""
    text = traced.text
    edits: list[Edit] = []
    for (mark, letter), times in _pairs(text).items():
        if not letter or mark in TANWIN or times < _PROOF or times < _SHARE * text.count(mark):
            continue
        words = [m for m in _WORD.finditer(text) if mark + letter in m.group()]
        # No word begins with a mark.
        if sum(m.group()[0] == mark for m in words) > 1 and sum(_mended(m.group(), (mark, letter)) < 0 for m in words) > len(words) // 2:
            edits += [edit for word in words for edit in _unmarked(traced, word, mark + letter)]
    return rewrite(traced, "detached_mark", sorted(edits), "the letter has this mark before it all through the text", 0.9)


def _unmarked(traced: Traced, word: re.Match[str], pair: str) -> Iterator[Edit]:
    """Take the mark out, but for a word that writers mark so: there it goes behind the letter."""
    for match in re.finditer(pair, word.group()):
        start, end = word.start() + match.start(), word.start() + match.end()
        if is_marked_usually(word.group().replace(pair, pair[::-1])):
            yield reordered(traced, start, end, (start + 1, start))
        else:
            yield Edit(start, start + 1, "")


@lru_cache(maxsize=2)
def _pairs(text: str) -> Counter[tuple[str, str]]:
    """How often each mark stands before each letter, or before none."""
    return Counter(_PAIR.findall(near_marks(text)))


def _dragged(text: str) -> _Pairs:
    """Marks with the letters that they drag along; empty for a text in which no mark proves the habit."""
    tally = _pairs(text)
    if max(tally.values(), default=0) < _PROOF:
        return frozenset()
    times = Counter(mark for mark, _ in tally.elements())
    proven = {pair for pair, count in tally.items() if pair[1] and count >= max(_PROOF, _SHARE * times[pair[0]]) and _is_proof(text, pair)}
    if not proven:
        return frozenset()
    few = {m for m in times if len({x for mark, x in tally if mark == m}) <= max(1, times[m] // _PER_LETTER)}
    known = dict(proven)
    also = {pair for pair in tally if pair[1] and pair[1] not in HAMZAS and pair[0] in few and pair[0] not in known and _is_likely(text, pair)}
    return frozenset(proven | also)


def _is_proof(text: str, pair: tuple[str, str]) -> bool:
    """Whether the letter spoils words, in several surroundings; fathatan before alef is a spelling but where both came twice."""
    if pair == (FATHATAN, _ALEF):
        return _alefs_stand_elsewhere(text)
    found = {m.group() for m in _WORD.finditer(text) if "".join(pair) in m.group()}
    sides = [word.partition("".join(pair)) for word in found]
    if len({(before[-1:], behind[:1]) for before, _, behind in sides}) < _SURROUNDINGS:
        return False
    odds = [_mended(word, pair) for word in found]
    odd, usual = sum(o > 0 for o in odds), sum(o < 0 for o in odds)
    return odd > 0 and odd + text.count("".join(pair)) - _PROOF >= usual


def _alefs_stand_elsewhere(text: str) -> bool:
    """Whether fathatan and alef always open a piece of line, each line having as many accusatives whose alef stands already."""
    lines = [line for line in text.split("\n") if _ALEF_ALONE.search(line)]
    if len(lines) < _PROOF or len(_ALEF_ALONE.findall(text)) < _SHARE * text.count(FATHATAN + _ALEF):
        return False
    waiting = sum(sum(frequency(m.group(1)) > FLOOR for m in _IN_ALEF.finditer(line)) >= len(_ALEF_ALONE.findall(line)) for line in lines)
    return waiting >= _SHARE * len(lines)


def _mended(word: str, pair: tuple[str, str]) -> int:
    """1 for a word that is far commoner without the letter, -1 for one with it; of other words the mark cannot come first."""
    with_it, without = (plain(form) for form in (word, word.replace("".join(pair), pair[0])))
    more, less = frequency(without) / frequency(with_it), frequency(with_it) / frequency(without)
    return (more > _COMMONER) - (less > _COMMONER) or int(word[0] in MARKS)


def _is_likely(text: str, pair: tuple[str, str]) -> bool:
    """Whether the letter does not make most of its words; of fathatan, alef must come too often: behind a letter that bears it, or twice."""
    if pair != (FATHATAN, _ALEF):
        words = [m.group() for m in _WORD.finditer(text) if "".join(pair) in m.group()]
        return 2 * sum(_mended(word, pair) < 0 and not _TWICE.search(word) for word in words) <= len(words)
    places = [m.start() for m in re.finditer(f"(?<={LETTER}){pair[0]}{pair[1]}|{pair[0]}{pair[1]}(?=[{BEAR_FATHATAN}])", text)]
    odd = sum(text[max(at - 1, 0)] in _BEARS_FATHATAN or text[at + 2 : at + 3] in _BEARS_FATHATAN for at in places)
    return bool(odd) and odd * _PER_LETTER >= len(places)


def _opens_pieces(text: str, pairs: _Pairs) -> bool:
    """Whether each such mark opens a piece of line, before the letter that bears it."""
    found = [m for m in _PAIR.finditer(text) if m.groups() in pairs]
    opening = sum(not text[max(m.start() - 1, 0)].isalpha() and text[m.end() : m.end() + 1].isalpha() for m in found)
    return opening >= _SHARE * len(found)


def _comes_with_mark(text: str, pair: tuple[str, str], *, clearly: bool = False) -> bool:
    """Whether more words have the letter than have it too much (`clearly`: far more)."""
    odds = [_mended(m.group(), pair) for m in _WORD.finditer(text) if "".join(pair) in m.group()[1:]]
    return sum(o < 0 for o in odds) > (_CLEARLY if clearly else 1) * sum(o > 0 for o in odds)


def _edits(traced: Traced, word: re.Match[str], pairs: _Pairs, coded: tuple[_Pairs, _Pairs], opening: bool) -> Iterator[Edit]:
    text = traced.text
    at = word.start()
    while pair := _PAIR.search(text, at, word.end()):
        start, end = pair.span()
        at = end
        if pair.groups() not in pairs:
            continue
        twice = _TWICE.match(text, start)
        if twice:
            at = twice.end()
            yield reordered(traced, start, at, (end - 1, start))
        elif opening and start == word.start() and end < word.end():
            at = end + 1
            yield reordered(traced, start, at, (end, start))
        elif _brings_mark(word, start, *(pair.groups() in some for some in coded)):
            yield Edit(start, start + 1, "")
        else:
            yield Edit(end - 1, end, "")


def _brings_mark(word: re.Match[str], mark: int, coded: bool, kept: bool) -> bool:
    """Whether it is the letter that brought the mark along, which the word wants; in the middle of one only where letters are so `coded`.

    Words that tell neither keep the letter where it is `kept`.
    """
    if mark == word.start():
        return _bears_itself(word.group()[1:])
    at = mark - word.start()
    return coded and _mended(word.group(), (word.group()[at], word.group()[at + 1])) < kept


def _bears_itself(word: str) -> bool:
    """Whether a piece is a word with the letter and none without: then the letter's own glyph came as the cluster."""
    with_it, without = (plain(form) for form in (word, word[1:]))
    return len(without) > 1 and frequency(with_it) > FLOOR and frequency(with_it) > _COMMONER * frequency(without)
