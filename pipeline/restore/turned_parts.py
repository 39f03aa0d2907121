"""Parts of a line whose words were printed last first: `المساء في ليلا 12 العودة السكانقرر` for `قرر السكان العودة 12 ليلا في المساء`.

Typst draws the words of a justified line one by one, each with the blank before it, and pypdf prints them from left to right,
figures in place (measured). So the word that opens a line touches the one behind it, and a mark that was drawn by itself,
with a letter that it brings along, parts its word; so do quotation marks
of another font, which stand from left to right. Lines whose words all stand reversed, figures too, are word_order.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipeline.restore.characters import HAMZAS, LETTER, MARK
from pipeline.restore.document_words import document_words
from pipeline.restore.drawn_hamzas import WHOLE, drawn_hamzas, letters
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import words_of
from pipeline.restore.lifted_signs import ARABIC, FIGURE, brought_letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import is_visual
from pipeline.restore.votes import Votes, probability
from pipeline.restore.word_order import looks_reversed, order_gain
from pipeline.restore.word_scores import WordScores

_LEAD = re.compile(f"[^{ARABIC}]*")
_LETTERS, _MARKED = re.compile(LETTER), re.compile(MARK)
_LONGEST, _MOST_UNKNOWN = 600, 0.4
_SURE, _FEWEST, _CLEARLY, _HABIT, _MOST_LEAN, _LEAST_WORDS = 2.0, 4, 5, 2.0, 9.0, 2
_TURNED_QUOTE, _RIGHT_QUOTE = re.compile(f"(?<={LETTER})[“«(](?!{LETTER})"), re.compile(f"(?<!{LETTER})[“«(](?={LETTER})")
_MAYBE_ARTICLE = re.compile(f"ل[{HAMZAS}] ا")
_QUOTES = "[.:\u061b\u060c!\u061f\u2026]*[“”«»()][“”«»().:\u061b\u060c!\u061f\u2026]*"
_PATHS, _UNLIKELY, _FEW_QUOTES = 6, 4.0, 1


class _Atom(NamedTuple):
    """A word or a marked letter as printed: its places, whether a blank stands before it, and whether a second one behind it.

    `article` are its places where it may be an alef and a lam-alef; signs open a word or close one.
    """

    places: list[int]
    spaced: bool
    trailing: bool
    marked: bool
    article: tuple[int, ...] = ()
    opens: bool | None = None


class _Path(NamedTuple):
    """A part read so far: the places in order, those of the word that is still open, and how likely the closed words are."""

    order: list[int]
    open: list[int]
    score: float


class _Reading(NamedTuple):
    start: int
    end: int
    order: list[int]
    text: str
    gain: float


def restore_turned_parts(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the words of each part between figures in reading order, in a text where they read far better so."""
    text = traced.text
    words = document_words(text)
    # Reversed letters make no words; their lines are visual_order.py's.
    if not looks_reversed(text) or (len(words.unknown) > _MOST_UNKNOWN * len(words.distinct) and (is_visual(text) or not drawn_hamzas(text))):
        return Outcome(traced)
    readings = _voted(text)
    if not readings:
        return Outcome(traced)
    votes = Votes.of((r.gain for r in readings), _SURE)
    lean = votes.lean(_MOST_LEAN, _HABIT)
    chosen = [r for r in readings if r.gain + lean > 0]
    edits = [Edit(r.start, r.end, r.text, [place if place < 0 else traced.origin.item(place) for place in r.order]) for r in chosen]
    scores = [probability(r.gain + lean, 0.95) for r in chosen]
    outcome = rewrite(traced, "reversed_words", edits, f"words printed from left to right; {votes.better} parts of lines read better so", scores)
    return Outcome(traced) if not _reads_on(text, outcome.traced.text) or _turn_with_figures(text, outcome.traced.text) else outcome


def _voted(text: str) -> list[_Reading]:
    """The readings of all parts; none as soon as too few of them can be better."""
    parts = list(_parts(text))
    if len(parts) < _FEWEST:
        return []
    found: list[_Reading] = []
    marked: list[_Reading] = []
    better = worse = 0
    for done, reading in enumerate(_readings(text, parts), 1):
        if reading and _MARKED.search(text, reading.start, reading.end):
            marked.append(reading)
        elif reading:
            found.append(reading)
            better, worse = better + (reading.gain > _SURE), worse + (reading.gain < -_SURE)
        if better + len(parts) - done < max(_FEWEST, _CLEARLY * worse):
            return []
    # Parts that were cut at their marks and whose words are in order are lifted_glyphs.py's.
    orders = [order_gain(words_of(text[reading.start : reading.end])) for reading in marked]
    least = 0.0 if sum(orders) < 0 else -math.inf
    return sorted([*found, *(reading for reading, order in zip(marked, orders, strict=True) if order >= least)])


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
    clusters = "|".join(f"{letter}{mark}+ ?{LETTER}" for mark, letter in brought_letters(text).items()) or "(?!)"
    hamzas, signs = drawn_hamzas(text) or "(?!)", _QUOTES if _quotes_turned(text) else "(?!)"
    cut = f"(?P<marked>{clusters})|(?P<hamza>{hamzas})|(?P<signs>{signs})"
    atom = re.compile(f"{WHOLE}|{cut}|[^ \\n]+?(?={re.sub('P<[a-z]+>', ':', cut)}|[ \\n]|$)")
    shown = re.sub(f"{WHOLE}|(?P<hamza>{hamzas})", _with_letters, text)
    return (_reading(text, shown, start, end, atom, opens_line=opens_line) for start, end, opens_line in parts)


def _quotes_turned(text: str) -> bool:
    """Whether quotation marks and brackets stand left to right, as those of another font do."""
    return len(_TURNED_QUOTE.findall(text)) > max(_FEW_QUOTES, 2 * len(_RIGHT_QUOTE.findall(text)))


def _with_letters(match: re.Match[str]) -> str:
    """What stands for alefs, every letter in its place as it is meant."""
    if not match["hamza"]:
        return match.group()
    signs = list(match.group())
    for place, letter in letters(match.group()):
        signs[place] = letter
    return "".join(signs)


def _reading(text: str, shown: str, start: int, end: int, atom: re.Pattern[str], *, opens_line: bool) -> _Reading | None:
    """A part with its words turned; signs that stand before them behind a figure end the part."""
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    signs = [i for i in range(start, first) if text[i] != " "]
    atoms = list(_atoms(text, first, end, atom))
    if len(atoms) < _LEAST_WORDS:
        return None
    order = _joined(shown, atoms, opens_line=opens_line)
    gain = order_gain(words_of(text[start:end])) + _likelihood(read(shown, order)) - _likelihood(text[start:end])
    blank_before = [] if opens_line else [BLANK]
    order = [*blank_before, *order, *reversed(signs), *([BLANK] if text[end : end + 1] not in {"", "\n"} else [])]
    return _Reading(start, end, order, read(shown, order), gain)


def _atoms(text: str, start: int, end: int, atom: re.Pattern[str]) -> Iterator[_Atom]:
    matches = list(atom.finditer(text, start, end))
    for match, behind in zip_longest(matches, matches[1:]):
        a, b = match.span()
        # The part begins with a word, whose blank was taken for the figure's.
        spaced = a == start or text[a - 1] == " "
        # What is drawn apart has no blank of its own.
        blanks = " " if behind and behind.lastgroup and behind.start() == b + 1 else "  "
        as_printed = _Atom([*range(a, b)], spaced, b < end and text.startswith(blanks, b), bool(match.lastgroup))
        match match.lastgroup:
            case "hamza":
                article = (b - 1, a, a + 1) if _MAYBE_ARTICLE.fullmatch(text, a, b) else ()
                yield as_printed._replace(places=[a + place for place, _ in letters(match.group())], article=article)
            case "signs":
                yield as_printed._replace(places=as_printed.places[::-1], opens=text[b - 1] in "“«(")
            case "marked":
                yield as_printed._replace(places=[b - 1, *(i for i in range(a + 1, b - 1) if text[i] != " ")])
            case _:
                yield as_printed


def _joined(text: str, atoms: Sequence[_Atom], *, opens_line: bool) -> list[int]:
    """The places of atoms from the last to the first, each piece of a word joined to it, each glued word parted, as is likeliest."""
    paths = [_Path([], [], 0.0)]
    for k in range(len(atoms) - 1, -1, -1):
        atom, right = atoms[k], atoms[k + 1] if k + 1 < len(atoms) else None
        if atom.marked:
            longer = [new for path in paths for new in _with_mark(text, path, atom, right)]
        elif (right and right.marked) or (opens_line and not right):
            longer = [new for path in paths for new in _with_pieces(text, path, atom)]
        else:
            longer = [_with_word(text, path, atom.places, spaced=atom.spaced) for path in paths]
        paths = sorted(longer, key=lambda path: -path.score - _word(text, path.open))[:_PATHS]
    return [*paths[0].order, *paths[0].open]


def _with_mark(text: str, path: _Path, atom: _Atom, right: _Atom | None) -> Iterator[_Path]:
    """A mark or a drawn letter goes on with the word before it, or begins one, behind a second blank."""
    apart, joined = (0.0, _UNLIKELY) if right and right.trailing else (_UNLIKELY, 0.0) if right and not right.marked else (0.0, 0.0)
    if not (atom.opens and path.open):
        yield path._replace(open=[*path.open, *atom.places], score=path.score - joined)
    if path.open and atom.opens is not False:
        closed = _closed(text, path)
        yield closed._replace(open=[*atom.places], score=closed.score - apart)
        if atom.article:
            yield closed._replace(open=[*atom.article])


def _with_pieces(text: str, path: _Path, atom: _Atom) -> Iterator[_Path]:
    """The end of a printed word that comes first in writing goes on with the open word; the rest is a word of its own."""
    places = atom.places
    for cut in range(len(places), -1, -1):
        if cut in {0, len(places)} or _LETTERS.match(text[places[cut]]) or not path.open:
            longer = path._replace(open=[*path.open, *places[cut:]])
            yield _with_word(text, longer, places[:cut], spaced=atom.spaced or cut < len(places)) if cut else longer


def _with_word(text: str, path: _Path, places: list[int], *, spaced: bool) -> _Path:
    closed = _closed(text, path)
    return closed._replace(order=closed.order if spaced or not closed.order else closed.order[:-1], open=places)


def _closed(text: str, path: _Path) -> _Path:
    """The path with its open word closed, a blank behind it."""
    return _Path([*path.order, *path.open, BLANK], [], path.score + _word(text, path.open)) if path.open else path


def _word(text: str, places: Sequence[int]) -> float:
    return WordScores.load().log_probability("".join(words_of("".join([text[i] for i in places]))))
