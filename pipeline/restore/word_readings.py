"""What a damaged word may have been: the words that undoing rules in it makes, weighed by how common they are and how often each rule strikes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from pipeline.restore.characters import LOST
from pipeline.restore.damage_rates import COMMON, Rates, Rule, Table
from pipeline.restore.language_model import Lexicon
from pipeline.restore.word_frequency import FLOOR, frequency, unseen_frequency

TOLD = 0.2
MOST_STEPS, MOST_READINGS = 4, 3000
Step = tuple[int, int, Rule]


class Reading(NamedTuple):
    """A word that may have been written, and the steps (start, end in the damaged word, rule) that lead to it."""

    word: str
    steps: tuple[Step, ...]


# Words that may have been written, likeliest first, with their weights; a reading without steps is the word as it stands.
Options = list[tuple[Reading, float]]


def options(word: str, rates: Rates, table: Table) -> Options:
    """What a word may have been where rules strike at these rates; `table` holds the same rules by their damaged letters."""
    lost = word.count(LOST)
    scores = _scores(word, rates, table, lost) if len(word) > lost else {}
    if lost and len(word) == 1 + lost:
        # It may be half of a displaced word (`أ�` … `فرج`), unless longer words tell what the lost letter is.
        scores = {w: (r, n) for w, (r, n) in scores.items() if all(rates[rule] >= TOLD for _, _, rule in r.steps)}
    stands = FLOOR * 1e-9 if lost else frequency(word)
    return sorted([(Reading(word, ()), stands), *scores.values()], key=itemgetter(1), reverse=True)


def readings(word: str, matches: list[Step], steps: int) -> Iterator[Reading]:
    """All words that exactly `steps` of the matches that do not overlap make of a word (MOST_READINGS at most)."""
    for chosen in islice(_disjoint(matches, 0, 0, steps, _room(matches, len(word))), MOST_READINGS):
        at = 0
        parts: list[str] = []
        for start, end, rule in chosen:
            parts += (word[at:start], rule.original)
            at = end
        yield Reading("".join((*parts, word[at:])), chosen)


def _matches(word: str, table: Table) -> list[Step]:
    """Where rules may have struck a word, from left to right."""
    last = len(word) + 1
    return [
        (at, end, rule)
        for at in range(len(word))
        for end in range(at + 1, min(at + 4, last))
        if (struck := word[at:end]) in table
        for rule in table[struck]
    ]


def _room(matches: list[Step], size: int) -> list[int]:
    """How many matches that do not overlap there are from each place of a word on."""
    found = [0] * (size + 1)
    for start, group in groupby(reversed(matches), key=itemgetter(0)):
        most = max(1 + found[end] for _, end, _ in group)
        for at in range(start, -1, -1):
            found[at] = max(found[at], most)
    return found


def _disjoint(matches: list[Step], first: int, at: int, steps: int, room: list[int]) -> Iterator[tuple[Step, ...]]:
    """Choices of `steps` matches from matches[first:] that begin at `at` or later and do not overlap.

    `room` keeps the search off where no choice can be completed: a word of several lost letters has very many of these.
    """
    for i in range(first, len(matches)):
        match = matches[i]
        if match[0] >= at and room[match[1]] >= steps - 1:
            if steps == 1:
                yield (match,)
            else:
                for rest in _disjoint(matches, i + 1, match[1], steps - 1, room):
                    yield (match, *rest)


def _scores(word: str, rates: Rates, table: Table, lost: int) -> dict[str, tuple[Reading, float]]:
    """Readings that are words, with frequency times rates; no more steps than a common word takes."""
    count = Lexicon.load().plain_count
    least = max(lost, 1)
    scores = _scored(word, rates, table, range(least, lost + MOST_STEPS), count)
    # A word that is known needs no guess at words that are not.
    return scores if scores or count(word) else _scored(word, rates, table, range(least, lost + 3), _estimate)


def _scored(word: str, rates: Rates, table: Table, depths: range, count: Callable[[str], float]) -> dict[str, tuple[Reading, float]]:
    scores: dict[str, tuple[Reading, float]] = {}
    matches = _matches(word, table)
    for steps in depths if len(matches) >= depths.start else ():
        for reading in readings(word, matches, steps):
            occurrences = count(reading.word) if LOST not in reading.word else 0
            if occurrences:
                score = occurrences * math.prod(rates[s[2]] for s in reading.steps)
                if reading.word not in scores or scores[reading.word][1] < score:
                    scores[reading.word] = (reading, score)
        if any(score > COMMON / 10 for _, score in scores.values()):
            break
    return scores


def _estimate(word: str) -> float:
    estimate = unseen_frequency(word)
    return estimate if estimate >= FLOOR else 0.0
