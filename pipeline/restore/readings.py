"""All orders in which a line's runs may once have stood: the cuts that undo its displacement.

A line printed as runs P0 P1 … Pn was written Pn … P1 P0. Each run's last token met the first token of the run printed
before it, inside a word; where P0 ends and where Pn begins, nothing but the context tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.line_layouts import Layout
from pipeline.restore.seams import ARTICLES, NO_WORDS, ONLY_KNOWN, Seam, Token, likely, must_begin_run, seam, spelt_stretched
from pipeline.restore.word_scores import WordScores

# Runs that tokens show by themselves are not counted against what is tried.
MAX_CUTS, MORE_CUTS = 5, 3
MAX_READINGS = 150
# The least gain of a seam at a line's edges and inside it, by where the word was cut.
LEAST_GAIN = {"ra": 0.0, "hamza": 2.0, "stretched": 0.0, "marked": 2.0}
LEAST_INNER_GAIN = {"ra": 0.0, "hamza": 1.0, "stretched": 0.0, "marked": 1.0}
ELSE_GAIN, ELSE_INNER_GAIN = 4.0, 3.0
# Runs may end in a blank, which then stands beside the one between the runs.
AT_A_BLANK = Seam("blank", "", 0.0)
LONE_LETTER_GAIN = -3.0
# Heads of words that only stand alone before a cut.
CUT_OFF = ARTICLES | frozenset("أإآ")
# Marks a seam that is none without the one on the other side of its token.
ONLY_PART = -99.0
Meet = Callable[[int, int], Seam | None]


class Reading(NamedTuple):
    """A layout, token numbers at which its printed runs after the first begin, the seams from the last run inwards."""

    layout: Layout
    cuts: tuple[int, ...]
    seams: tuple[Seam, ...]


def readings(layouts: Sequence[Layout], words: WordScores, known: Mapping[str, float], lone: frozenset[str]) -> list[Reading]:
    """Every plausible displaced reading of a line; empty for a line that shows no seam.

    `known` gives log probabilities of words that the document shows whole, `lone` letters that only a cut leaves alone.
    """
    found: list[Reading] = []
    for layout in layouts:
        if layout.turned and layout.first_cut_by == len(layout.tokens):
            found.append(Reading(layout, (), ()))
        found += _cut_readings(layout, words, known, lone)
    return [one for one in found if not _begins_within_word(one)] or found


def _begins_within_word(reading: Reading) -> bool:
    """Whether the line as written begins with a mark or tatweel or ends in tatweel that ties it to a word's other half.

    That half would stand on another line, and no run crosses lines (measured).
    """
    if not reading.cuts:
        return False
    first, last = reading.layout.tokens[reading.cuts[-1]], reading.layout.tokens[reading.cuts[0] - 1]
    return bool(first.begins) or (last.ends == "stretched" and not spelt_stretched(last.text))


def _cut_readings(layout: Layout, words: WordScores, known: Mapping[str, float], lone: frozenset[str]) -> Iterator[Reading]:
    tokens = layout.tokens
    size = len(tokens)
    seams: dict[int, Seam | None] = {}
    # Most tokens end in a letter at which only known words are cut: told at once.
    heads, tails = [one.last if one.ends in ONLY_KNOWN else "" for one in tokens], [one.first if not one.begins else "" for one in tokens]
    knows = words.knows
    parts = _parts(tokens, knows)

    def meet(left: int, right: int) -> Seam | None:
        if left in layout.gaps:
            return AT_A_BLANK
        head, tail = heads[left], tails[right]
        if head and tail and not knows(word := head + tail) and word not in known:
            return parts.get((left, right))
        place = left * size + right
        if place not in seams:
            one = seam(tokens[left], tokens[right], words, known)
            plausible = one and _plausible(one, left - right == size - 1, stands_alone(tokens[left], lone))
            seams[place] = one if plausible else parts.get((left, right))
        return seams[place]

    if size > 1 and not layout.gaps - {size - 1} and (outer := meet(size - 1, 0)):
        for cut in range(1, min(size - 1, layout.first_cut_by) + 1):
            yield Reading(layout, (cut,), (outer,))
    if size > 2:
        for several in _several_cuts(layout, meet):
            merged = _merged(several, words)
            if merged:
                yield merged


def _parts(tokens: Sequence[Token], knows: Callable[[str], bool]) -> dict[tuple[int, int], Seam]:
    """Seams that make only part of a known word, whose middle is a token that no writer leaves alone: `ال` + `أغذ` + `ية`."""
    found: dict[tuple[int, int], Seam] = {}
    for k, middle in enumerate(tokens[1:-1], 1):
        part = middle.plain
        if part == middle.first == middle.last and not middle.begins and (part in NO_WORDS or not knows(part)):
            heads = [(left, one.last) for left, one in enumerate(tokens[k + 1 :], k + 1) if one.last]
            tails = [(right, part + one.first) for right, one in enumerate(tokens[:k]) if one.first]
            for left, right in [(left, right) for right, rest in tails for left, head in heads if knows(head + rest)]:
                found[k, right] = Seam(middle.ends, part + tokens[right].first, ONLY_PART)
                found[left, k] = Seam(tokens[left].ends, tokens[left].last + part, ONLY_PART)
    return found


def stands_alone(one: Token, lone: frozenset[str]) -> bool:
    """Whether a token is a letter that only a cut leaves alone, but for what opens a quotation before it."""
    return one.last in lone and one.first == one.last


def _plausible(one: Seam, outer: bool, alone: bool) -> bool:
    if one.kind == "mark":
        return True
    least = LEAST_GAIN.get(one.kind, ELSE_GAIN) if outer else LEAST_INNER_GAIN.get(one.kind, ELSE_INNER_GAIN)
    return one.gain > (min(least, LONE_LETTER_GAIN) if alone else least)


def _several_cuts(layout: Layout, meet: Meet) -> list[Reading]:
    size = len(layout.tokens)
    forced = [k for k, (before, one) in enumerate(pairwise(layout.tokens), 1) if k - 1 in layout.gaps or _part(before, one)]
    ends = [k for k in range(1, size - 1) if meet(k, 0)]
    if not ends or not any(meet(size - 1, k) for k in range(1, size - 1)):
        return []
    found: list[Reading] = []
    for end in ends:
        for first in range(1, min(end, layout.first_cut_by) + 1):
            outer = meet(end, 0)
            if outer and first - 1 not in layout.gaps and not _passes_over(forced, 0, first) and not _passes_over(forced, first, end + 1):
                found += _continued(Reading(layout, (first, end + 1), (outer,)), size, meet, forced)
            if len(found) > MAX_READINGS:
                return found
    return found


def _part(before: Token, one: Token) -> bool:
    """Whether a run ends between two tokens, since one of them shows that its neighbour is not its other half."""
    return must_begin_run(before, one) or (before.plain in CUT_OFF and bool(one.first) and not before.begins)


def _continued(begun: Reading, size: int, meet: Meet, forced: Sequence[int]) -> Iterator[Reading]:
    """Complete a reading whose last run is not yet joined: as it stands, or with further cuts in that run."""
    first, second = begun.cuts[-2:]
    if (last := meet(size - 1, first)) and not _passes_over(forced, second, size):
        yield begun._replace(seams=(*begun.seams, last))
    if len(begun.cuts) == max(MAX_CUTS, len(forced) + MORE_CUTS):
        return
    for end in range(second, size - 1):
        if (inner := meet(end, first)) and not _passes_over(forced, second, end + 1):
            longer = begun._replace(cuts=(*begun.cuts, end + 1), seams=(*begun.seams, inner))
            yield from _continued(longer, size, meet, forced)


def _passes_over(forced: Sequence[int], start: int, end: int) -> bool:
    """Whether a token that must begin a run would come inside one."""
    return bool(forced) and any(start < k < end for k in forced)


def _merged(reading: Reading, words: WordScores) -> Reading | None:
    """Weigh a word that was cut twice, its middle being a run of its own, as one word."""
    seams = list(reading.seams)
    for k in range(len(reading.cuts) - 1):
        middle = reading.layout.tokens[reading.cuts[k]]
        if AT_A_BLANK not in seams[k : k + 2] and reading.cuts[k + 1] - reading.cuts[k] == 1 and middle.first and middle.first == middle.plain:
            inner, outer = seams[k], seams[k + 1]
            first, last = outer.word[: -len(middle.plain)], inner.word[len(middle.plain) :]
            whole = first + inner.word
            gain = likely(words, whole) - sum(likely(words, part) for part in (first, middle.plain, last))
            seams[k], seams[k + 1] = inner._replace(gain=gain / 2, word=whole), outer._replace(gain=gain / 2, word=whole)
            if gain < ELSE_GAIN or (middle.plain in NO_WORDS and not words.knows(whole)):
                return None
    return reading._replace(seams=tuple(seams)) if all(one.gain > ONLY_PART for one in seams) else None


def order(reading: Reading) -> list[tuple[int, int]]:
    """Token ranges of the runs in the order in which they were written; the layout's tail comes after them."""
    edges = [0, *reading.cuts, len(reading.layout.tokens)]
    return [(edges[k], edges[k + 1]) for k in range(len(reading.cuts), -1, -1)]


def written_spans(reading: Reading) -> list[tuple[int, int]]:
    """Spans of the printed line in the order in which they were written; blanks between runs are left out, those of a run not."""
    spans, gaps = reading.layout.spans, reading.layout.gaps
    return [(spans[first][0], spans[last - 1][1] + (last - 1 in gaps)) for first, last in order(reading)] + reading.layout.tail_spans
