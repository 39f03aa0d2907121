"""Pieces of a row that stand turned around a vowel mark: `رة فوق القرية ّ وحلقت مسي` for `وحلقت مسيّرة فوق القرية`.

pdfium does this to pages of cairo (measured): a mark that stands off its letter parts what is drawn in one go, between figures
or stops, into pieces that it takes from left to right; a word or more behind the mark may stay with it. Other marks keep
their places, with blanks on both sides: `مسي ّ رة`. Marks that are printed before the piece which they end are floating_marks.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise, product
from operator import add
from typing import NamedTuple

from pipeline.restore.characters import BEAR_FATHATAN, FATHATAN, LETTER, MARK, TANWIN
from pipeline.restore.floating_marks import FIRST_WORD, LAST_WORD, cuts_word
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.mark_places import place_scores
from pipeline.restore.numerals import DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, near_marks, read, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.votes import probability
from pipeline.restore.word_frequency import FLOOR, frequency

_APART = re.compile(f"(?<={LETTER}) {MARK}{{1,2}} (?={LETTER})")
_OPENS, _TOUCHING = re.compile(f"(?m)^{MARK}{{1,2}} "), re.compile(f"(?<={LETTER}) {MARK}{{1,2}}(?={LETTER})")
_LINE, _TOKEN = re.compile("[^\n\f]+"), re.compile("(?P<word>[^ \n\f]*[^ \n\f.،؛:؟!])(?P<stop>[.،؛:؟!]*)|[^ \n\f]+")
_MARKS, _LETTER = re.compile(f"{MARK}+"), re.compile(LETTER)
_FIGURE = re.compile(f"[{DIGITS}]")
_FEWEST, _MOST_OTHERS, _LONGEST_MIDDLE, _LONGEST_OF_SEVERAL, _MOST_MARKS, _AROUND, _FEWEST_PARTED, _LONGEST = 3, 0.5, 5, 3, 3, 60, 1, 220
_BEARERS, _LIKELY = tuple(BEAR_FATHATAN), 0.3
_JOINED, _SURE, _SURER, _FULL_STOPS = 3.0, 4.0, 6.0, frozenset(".؟!:")


class _Token(NamedTuple):
    """A word, mark or figure: where it starts and ends, and where the stop behind it ends."""

    start: int
    end: int
    stop: int
    is_mark: bool


class _Reading(NamedTuple):
    """Places of a line in an order, BLANK for a blank, and what they read."""

    order: list[int]
    text: str


def restore_mark_turns(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces around marks in reading order and the marks on their letters, in a text with several marks between blanks."""
    text = traced.text
    around = near_marks(text)
    apart = len(_APART.findall(around))
    if apart < _FEWEST or max(len(_OPENS.findall(around)), len(_TOUCHING.findall(around))) > _MOST_OTHERS * apart:
        return Outcome(traced)
    fluency = Fluency()
    lines = [m.span() for m in _LINE.finditer(text) if m.end() - m.start() <= _LONGEST]
    told = {}
    for k, (start, end) in enumerate(lines):
        if _APART.search(text, start, end):
            before, behind = (text[slice(*lines[n])] if 0 <= n < len(lines) else "" for n in (k - 1, k + 1))
            told[start, end] = _best(text, start, end, before[-_AROUND:], behind[:_AROUND], fluency)
    # A writer's own stray marks stand behind whole words.
    if sum(line.parted for line in told.values()) < _FEWEST_PARTED:
        return Outcome(traced)
    edits = [reordered(traced, *line, best.order) for line, best in told.items()]
    scores = [best.confidence for best in told.values()]
    return rewrite(traced, "visual_order", edits, f"{apart} vowel marks stand between blanks, pieces turned around some", scores)


class _Line(NamedTuple):
    """The places of a line as it reads best, how sure that is, and how many marks stand inside words that they part."""

    order: list[int]
    confidence: float
    parted: int


def _best(text: str, start: int, end: int, before: str, behind: str, fluency: Fluency) -> _Line:
    """A line as it reads best, its segments one after the other."""
    tokens = [_token(m) for m in _TOKEN.finditer(text, start, end)]
    gain = 0.0
    for first, last in reversed(_segments(text, tokens)):
        segment = tokens[first:last]
        turns = list(_turns(text, segment))
        readings = [_reading(text, tokens[:first] + turned + tokens[last:]) for turned in [segment, *turns]]
        parted = [_JOINED * _inside_words(text, turned) for turned in [segment, *turns]]
        flow = fluency.framed(before, [reading.text for reading in readings], behind)
        told = list(map(add, flow, parted))
        at = max(range(len(readings)), key=told.__getitem__)
        if at and told[at] > told[0] + (_SURE if parted[at] > parted[0] else _SURER):
            tokens, gain = tokens[:first] + turns[at - 1] + tokens[last:], told[at] - told[0]
    return _Line(_reading(text, tokens).order, probability(gain, 0.9) if gain else 0.95, _inside_words(text, tokens))


def _token(match: re.Match[str]) -> _Token:
    end = match.end("word") if match["word"] else match.end()
    return _Token(match.start(), end, match.end(), _MARKS.fullmatch(match.string, match.start(), end) is not None)


def _segments(text: str, tokens: Sequence[_Token]) -> list[tuple[int, int]]:
    """Runs of tokens between figures with a mark inside."""
    figures = [k for k, token in enumerate(tokens) if _FIGURE.search(text, token.start, token.end)]
    edges = pairwise([-1, *figures, len(tokens)])
    return [(a + 1, b) for a, b in edges if any(token.is_mark for token in tokens[a + 2 : b - 1])]


def _turns(text: str, tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """The ways in which tokens may read that were turned around some of their marks: all of them, or those between two full stops."""
    marks = [k for k, token in enumerate(tokens) if token.is_mark and k]
    stops = [k + 1 for k, token in enumerate(tokens) if _FULL_STOPS.intersection(text[token.end : token.stop])]
    for turning in chain.from_iterable(combinations(marks, size) for size in range(1, min(len(marks), _MOST_MARKS) + 1)):
        firsts = {0, *(k for k in stops if k < turning[0])}
        lasts = {len(tokens), *(k for k in stops if k > turning[-1] + 1)}
        for first, last in product(firsts, lasts):
            for turned in _turned(tokens[first:last], [k - first for k in turning]):
                if all(turned.index(tokens[k]) and _bears(text, turned, turned.index(tokens[k])) for k in turning):
                    yield [*tokens[:first], *turned, *tokens[last:]]


def _turned(tokens: Sequence[_Token], marks: Sequence[int]) -> Iterator[list[_Token]]:
    """The pieces between marks from the last to the first, with none, one or some words of each kept behind the mark before it."""
    ending = _Token(tokens[-1].end, tokens[-1].end, tokens[-1].stop, is_mark=False)
    bare = [*tokens[:-1], tokens[-1]._replace(stop=tokens[-1].end)]
    pieces = [bare[a + 1 : b] for a, b in pairwise([-1, *marks, len(bare)])]
    kept = range(_LONGEST_MIDDLE if len(marks) == 1 else _LONGEST_OF_SEVERAL)
    for counts in product(*([k for k in kept if k < len(piece)] for piece in pieces[1:])):
        order: list[_Token] = []
        for piece, mark, count in zip(reversed(pieces[1:]), reversed(marks), reversed(counts), strict=True):
            order += [*piece[count:], bare[mark], *piece[:count]]
        yield [*order, *pieces[0], ending]


def _bears(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether the mark at a place of some tokens stands inside a word that it parts, or on a last letter that bears it."""
    before, mark = _told(text, tokens[at - 1]), _told(text, tokens[at])
    if _parts_word(text, tokens, at):
        return True
    letters = plain(before)
    if TANWIN.intersection(mark):
        return letters.endswith(_BEARERS) if FATHATAN in mark else bool(letters)
    return bool(letters) and place_scores(letters, mark[0])[-1] >= _LIKELY


def _inside_words(text: str, tokens: Sequence[_Token]) -> int:
    """How many marks stand inside words that they part."""
    return sum(token.is_mark and _parts_word(text, tokens, k) for k, token in enumerate(tokens))


def _parts_word(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether the letters on both sides of a mark are one word, by how common it is or since its letter bears such marks."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, mark, behind = (_told(text, token) for token in tokens[at - 1 : at + 2])
    if cuts_word(before, behind):
        return True
    last, first = LAST_WORD.search(before), FIRST_WORD.match(behind)
    if not last or not first or len(mark) > 1:
        return False
    left, whole = plain(last.group()), plain(last.group() + first.group())
    return frequency(whole) > FLOOR and place_scores(whole, mark)[len(left) - 1] >= _LIKELY > place_scores(left, mark)[-1]


def _reading(text: str, tokens: Sequence[_Token]) -> _Reading:
    """The places of tokens one after the other: marks right behind words, joined with the next piece where that makes one word."""
    order: list[int] = []
    glued = False
    for k, token in enumerate(tokens):
        stays = token.is_mark and not _is_letter(text, tokens, k + 1)
        if order and not glued and (stays or not token.is_mark) and token.start < token.stop and token.end > token.start:
            order.append(BLANK)
        order += range(token.start, token.stop)
        glued = token.is_mark and _parts_word(text, tokens, k)
    return _Reading(order, read(text, order))


def _is_letter(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether a letter begins the token at a place, if there is one."""
    return at < len(tokens) and _LETTER.match(text, tokens[at].start) is not None


def _told(text: str, token: _Token) -> str:
    return text[token.start : token.stop]
