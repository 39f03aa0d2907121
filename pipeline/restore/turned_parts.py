"""Parts of a line whose words were printed last first: `المساء في ليلا 12 العودة السكانقرر` for `قرر السكان العودة 12 ليلا في المساء`.

Typst draws the words of a justified line one by one, each with the blank before it, and pypdf prints them from left to right,
figures in place (measured). So the word that opens a line touches the one behind it, and a mark that was drawn by itself,
with a letter that it brings along, parts its word. Lines whose words all stand reversed, figures too, are word_order.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.restore.characters import LETTER
from pipeline.restore.document_words import document_words
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import words_of
from pipeline.restore.lifted_signs import ARABIC, FIGURE, brought_letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.votes import Votes, probability
from pipeline.restore.word_order import looks_reversed, order_gain
from pipeline.restore.word_scores import WordScores

_LEAD = re.compile(f"[^{ARABIC}]*")
_LETTERS = re.compile(LETTER)
_LONGEST, _MOST_UNKNOWN = 600, 0.4
_SURE, _FEWEST, _CLEARLY, _HABIT, _MOST_LEAN, _LEAST_WORDS = 2.0, 4, 5, 2.0, 9.0, 2


class _Atom(NamedTuple):
    """A word or a marked letter as printed: its places, whether a blank stands before it, and whether a second one behind it."""

    places: list[int]
    spaced: bool
    trailing: bool
    marked: bool


class _Reading(NamedTuple):
    start: int
    end: int
    order: list[int]
    gain: float


def restore_turned_parts(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the words of each part between figures in reading order, in a text where they read far better so."""
    text = traced.text
    words = document_words(text)
    # Reversed letters make no words; their lines are visual_order.py's.
    if len(words.unknown) > _MOST_UNKNOWN * len(words.distinct) or not looks_reversed(text):
        return Outcome(traced)
    readings = _voted(text)
    if not readings:
        return Outcome(traced)
    votes = Votes.of((r.gain for r in readings), _SURE)
    lean = votes.lean(_MOST_LEAN, _HABIT)
    chosen = [r for r in readings if r.gain + lean > 0]
    edits = [reordered(traced, r.start, r.end, r.order) for r in chosen]
    scores = [probability(r.gain + lean, 0.95) for r in chosen]
    outcome = rewrite(traced, "reversed_words", edits, f"words printed from left to right; {votes.better} parts of lines read better so", scores)
    return Outcome(traced) if not _reads_on(text, outcome.traced.text) or _turn_with_figures(text, outcome.traced.text) else outcome


def _voted(text: str) -> list[_Reading]:
    """The readings of all parts; none as soon as too few of them can be better."""
    parts = list(_parts(text))
    if len(parts) < _FEWEST:
        return []
    found: list[_Reading] = []
    better = worse = 0
    for done, reading in enumerate(_readings(text, parts), 1):
        if reading:
            found.append(reading)
            better, worse = better + (reading.gain > _SURE), worse + (reading.gain < -_SURE)
        if better + len(parts) - done < max(_FEWEST, _CLEARLY * worse):
            return []
    return found


def _reads_on(text: str, by_parts: str) -> bool:
    """Whether the lines that changed read better, not only their pairs of words, of which many lines may have the same."""
    changed = [pair for pair in zip(text.split("\n"), by_parts.split("\n"), strict=True) if pair[0] != pair[1]]
    fluency = Fluency()
    return sum(fluency.alone(turned for _, turned in changed)) > sum(fluency.alone(line for line, _ in changed))


def _turn_with_figures(text: str, by_parts: str) -> bool:
    """Whether lines with figures read better when all their words, figures too, are turned than when each part is."""
    figure = re.compile(FIGURE)
    lines = [(line, turned) for line, turned in zip(text.split("\n"), by_parts.split("\n"), strict=True) if figure.search(line)]
    whole = [" ".join(reversed(figure.sub(r" \g<0> ", line).split())) for line, _ in lines]
    fluency = Fluency()
    return sum(fluency.alone(whole)) > sum(fluency.alone(turned for _, turned in lines))


def _likelihood(text: str) -> float:
    return sum(map(WordScores.load().log_probability, words_of(text)))


def _parts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of the parts of lines between figures, and whether each opens its line."""
    figure = re.compile(FIGURE)
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if len(line) > _LONGEST:
            continue
        for match in (*figure.finditer(text, start, end), None):
            yield start, match.start() if match else end, start == end - len(line)
            start = match.end() if match else end


def _readings(text: str, parts: Sequence[tuple[int, int, bool]]) -> Iterator[_Reading | None]:
    clusters = "|".join(f"{letter}{mark}+ ?{LETTER}" for mark, letter in brought_letters(text).items())
    atom = re.compile(f"(?P<marked>{clusters})|[^ ]+?(?={clusters}|[ \\n]|$)" if clusters else "(?P<marked>(?!))|[^ \\n]+")
    return (_reading(text, start, end, atom, opens_line=opens_line) for start, end, opens_line in parts)


def _reading(text: str, start: int, end: int, atom: re.Pattern[str], *, opens_line: bool) -> _Reading | None:
    """A part with its words turned; signs that stand before them behind a figure end the part."""
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    signs = [i for i in range(start, first) if text[i] != " "]
    atoms = list(_atoms(text, first, end, atom))
    if len(atoms) < _LEAST_WORDS:
        return None
    order = _joined(text, atoms, opens_line=opens_line)
    gain = order_gain(words_of(text[start:end])) + _likelihood(read(text, order)) - _likelihood(text[start:end])
    blank_before = [] if opens_line else [BLANK]
    return _Reading(start, end, [*blank_before, *order, *reversed(signs), *([BLANK] if text[end : end + 1].isalnum() else [])], gain)


def _atoms(text: str, start: int, end: int, atom: re.Pattern[str]) -> Iterator[_Atom]:
    for match in atom.finditer(text, start, end):
        a, b = match.span()
        places = [b - 1, *(i for i in range(a + 1, b - 1) if text[i] != " ")] if match["marked"] else [*range(a, b)]
        # The part begins with a word, whose blank was taken for the figure's.
        yield _Atom(places, a == start or text[a - 1] == " ", text.startswith("  ", b) and b < end, bool(match["marked"]))


def _joined(text: str, atoms: Sequence[_Atom], *, opens_line: bool) -> list[int]:
    """The places of atoms from the last to the first; a word that was glued to the one behind it is parted from it."""
    order: list[int] = []
    open_word: list[int] = []
    for k in range(len(atoms) - 1, -1, -1):
        atom = atoms[k]
        behind_mark = k + 1 < len(atoms) and atoms[k + 1].marked
        if atom.marked:
            if open_word and atoms[k + 1].trailing and _is_likelier_apart(text, open_word):
                order.append(BLANK)
                open_word = []
            order += atom.places
            open_word = [*open_word, *atom.places]
            continue
        head, rest = _parted(text, atom.places, open_word if behind_mark else [], must=opens_line and k == len(atoms) - 1)
        if head:
            order += head
        if rest:
            order += [*([BLANK] if order and (atom.spaced or head) else []), *rest]
        open_word = rest or head
    return order


def _is_likelier_apart(text: str, places: Sequence[int]) -> bool:
    return WordScores.load().knows(_plain(text, places))


def _parted(text: str, places: list[int], before: Sequence[int], *, must: bool) -> tuple[list[int], list[int]]:
    """The end of a printed word that comes first in writing, and the rest, which is a word of its own."""
    if not (must or before):
        return [], places
    scores = WordScores.load()
    options = [(scores.log_probability(_plain(text, before)) * bool(before) + scores.log_probability(_plain(text, places)), len(places))]
    for cut in range(1, len(places)):
        if _LETTERS.match(text[places[cut]]) or not before:
            whole = scores.log_probability(_plain(text, [*before, *places[cut:]]))
            options.append((whole + scores.log_probability(_plain(text, places[:cut])), cut))
    _, cut = max(options)
    return places[cut:], places[:cut]


def _plain(text: str, places: Sequence[int]) -> str:
    return "".join(words_of("".join(text[i] for i in places)))
