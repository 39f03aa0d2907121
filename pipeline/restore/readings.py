"""All orders in which a line's runs may once have stood: the cuts that undo its displacement.

A line printed as runs P0 P1 … Pn was written Pn … P1 P0. Each run's last token met the first token of the run printed
before it, inside a word; where P0 ends and where Pn begins, nothing but the context tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.restore.seams import Seam, Token, seam
from pipeline.restore.word_scores import WordScores

MAX_CUTS = 5
MAX_READINGS = 150
LEAST_GAIN = 4.0
LEAST_INNER_GAIN = 7.0


class Reading(NamedTuple):
    """Token numbers at which the printed runs after the first begin, and the seams from the last run inwards."""

    cuts: tuple[int, ...]
    seams: tuple[Seam, ...]


def readings(tokens: Sequence[Token], words: WordScores, known: Mapping[str, float]) -> list[Reading]:
    """Every plausible displaced reading of a line, by cuts; empty for a line that shows no seam."""
    found = [Reading((cut,), (outer,)) for outer in _outer(tokens, words, known) for cut in range(1, len(tokens))]
    if len(tokens) > 2:
        several = (_merged(one, tokens, words) for one in _several_cuts(tokens, words, known))
        found += [one for one in several if one]
    return found


def _merged(reading: Reading, tokens: Sequence[Token], words: WordScores) -> Reading | None:
    """Weigh a word that was cut twice, its middle being a run of its own, as one word."""
    seams = list(reading.seams)
    for k in range(len(reading.cuts) - 1):
        middle = tokens[reading.cuts[k]]
        if reading.cuts[k + 1] - reading.cuts[k] == 1 and middle.first and middle.first == middle.plain:
            inner, outer = seams[k], seams[k + 1]
            whole = outer.word + inner.word[len(middle.plain) :]
            both = words.log_probability(outer.word) + words.log_probability(inner.word)
            gain = words.log_probability(whole) + words.log_probability(middle.plain) - both + inner.gain + outer.gain
            seams[k], seams[k + 1] = inner._replace(gain=gain / 2, word=whole), outer._replace(gain=gain / 2, word=whole)
            if gain < LEAST_GAIN:
                return None
    return reading._replace(seams=tuple(seams))


def _outer(tokens: Sequence[Token], words: WordScores, known: Mapping[str, float]) -> list[Seam]:
    found = seam(tokens[-1], tokens[0], words, known)
    return [found] if found and (found.kind in ("mark", "sign") or found.gain > LEAST_GAIN) else []


def _several_cuts(tokens: Sequence[Token], words: WordScores, known: Mapping[str, float]) -> list[Reading]:
    size = len(tokens)
    seams: dict[tuple[int, int], Seam | None] = {}

    def meet(left: int, right: int) -> Seam | None:
        if (left, right) not in seams:
            one = seam(tokens[left], tokens[right], words, known)
            good = one and (one.kind in ("mark", "sign") or one.gain > LEAST_INNER_GAIN)
            seams[left, right] = one if good else None
        return seams[left, right]

    ends = [k for k in range(1, size - 1) if meet(k, 0)]
    begins = [k for k in range(1, size - 1) if meet(size - 1, k)] if ends else []
    if not begins:
        return []
    found: list[Reading] = []
    for end in ends:
        for first in range(1, end + 1):
            found += _continued(first, end + 1, (first, end + 1), (meet(end, 0),), size, meet)
            if len(found) > MAX_READINGS:
                return found
    return found


def _continued(first, second, cuts, seams, size, meet) -> Iterator[Reading]:  # type: ignore[no-untyped-def]
    last = meet(size - 1, first)
    if last:
        yield Reading(cuts, (*seams, last))
    if len(cuts) == MAX_CUTS:
        return
    for end in range(second, size - 1):
        inner = meet(end, first)
        if inner:
            yield from _continued(second, end + 1, (*cuts, end + 1), (*seams, inner), size, meet)


def order(cuts: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Token ranges of the runs in the order in which they were written."""
    edges = [0, *cuts, size]
    return [(edges[k], edges[k + 1]) for k in range(len(cuts), -1, -1)]
