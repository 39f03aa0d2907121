"""Reversed word order: lines whose words are right and stand in the opposite order, `عربي نص هذا` for `هذا نص عربي`.

Judged by which words stand side by side in prose. Letters in visual order belong in visual_order.py, lines of which
only the pieces changed places in displaced_runs.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.restore.document_words import document_words
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import words_of
from pipeline.restore.physical_lines import is_in_rows
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Doubt, Edit, Outcome, Traced
from pipeline.restore.votes import probability
from pipeline.restore.word_pairs import WordPairs, codes

_LINE = re.compile("[^\n]*[^\\s][^\n]*")
_TOKEN = re.compile("\\S+")
# So many words at the start and in the middle of a text tell whether it is worth reading every line.
_SAMPLE = 100
# So many pairs in their usual order among so many words at its start, and none against it, tell at a glance.
_GLANCE, _TELLING = 30, 3
# So many words are looked at for pairs against their order, of which a text with some reversed lines has so many, and this share.
_LOOKED_AT, _FEW, _SHARE = 1_000, 2, 0.1
# Log odds of a line that shows the damage, and of one to turn in a text that has such lines.
_SURE, _LIKELY = 6.0, 3.0
Pair = tuple[str, str]
_EVIDENCE = "the words are neighbours in prose the other way round"


class _Line(NamedTuple):
    """A line, how much better it reads against its order than as it stands, in log odds, and what its word pairs alone say."""

    start: int
    end: int
    gain: float
    pairs: float


def restore_word_order(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn lines whose words stand in reverse; a line that only may be such is doubted in a text that has sure ones."""
    if not (looks_reversed(traced.text) or _some_look_reversed(traced.text)):
        return Outcome(traced)
    lines = _lines(traced.text)
    sure = [line for line in lines if line.gain >= _SURE and line.pairs >= _SURE]
    opposed = sum(line.gain <= -_SURE for line in lines)
    if not sure:
        return Outcome(traced)
    lean = math.log((len(sure) + 0.5) / (opposed + 0.5))
    turned = [line for line in lines if line.gain + lean >= _LIKELY]
    doubted = [line for line in lines if line not in turned and line.gain > 0]
    turned = [line for line in turned if _is_altered(traced.text[line.start : line.end].split())]
    edits = [_turned(traced, line) for line in turned]
    scores = [probability(line.gain + lean, 0.99) for line in turned]
    outcome = rewrite(traced, "reversed_words", edits, _EVIDENCE, scores)
    return Outcome(outcome.traced, outcome.changes, [_doubt(traced, line) for line in doubted])


@lru_cache(maxsize=2)
def looks_reversed(text: str) -> bool:
    """Whether some words at the start or in the middle of a text stand in the opposite order; remembered, since passes ask in turn."""
    words = document_words(text).in_order
    if _are_reversed(words[:_SAMPLE]):
        return True
    return len(words) > 2 * _SAMPLE and _are_reversed(words[len(words) // 2 :][:_SAMPLE])


def _are_reversed(words: Sequence[str]) -> bool:
    """Whether as many pairs of neighbours in a sample stand against their usual order as in it."""
    usual = _usual_order()
    glance = _known_pairs(words[:_GLANCE])
    if len(glance) >= _TELLING and all(map(usual.__getitem__, glance)):
        return False
    pairs = _known_pairs(words)
    return 2 * sum(map(usual.__getitem__, pairs)) <= len(pairs)


def _some_look_reversed(text: str) -> bool:
    """Whether some pairs of neighbours stand against their usual order: pdf.js turns only the last rows of TCPDF's paragraphs (measured)."""
    if not is_in_rows(text):
        return False
    words = document_words(text).in_order[:_LOOKED_AT]
    usual = _usual_order()
    reverse = sum([not usual[pair] for pair in _known_pairs(words)])
    return reverse >= _FEW and reverse >= _SHARE * sum(map(usual.__contains__, pairwise(words)))


def _known_pairs(words: Sequence[str]) -> frozenset[Pair]:
    """The pairs of neighbours that tell their order."""
    return _pairs_that_tell().intersection(pairwise(words))


@cache
def _usual_order() -> dict[Pair, bool]:
    """Pairs of words, and whether they usually stand so or the other way round."""
    pairs = [(r["first"], r["second"]) for r in rows("ordered_pairs")]
    return {(second, first): False for first, second in pairs} | dict.fromkeys(pairs, True)


@cache
def _pairs_that_tell() -> frozenset[Pair]:
    return frozenset(_usual_order())


def order_gain(names: list[str]) -> float:
    """How much likelier, in log counts of neighbours, words are in the opposite order."""
    if len(names) < 2:
        return 0.0
    numbers = codes(names)
    pairs = WordPairs.load()
    return float(pairs.log_counts(numbers[1:], numbers[:-1]).sum() - pairs.log_counts(numbers[:-1], numbers[1:]).sum())


def _lines(text: str) -> list[_Line]:
    """The lines of a text; none where the pairs alone, which are looked up much faster, are sure of none."""
    found = list(_LINE.finditer(text))
    pairs = [order_gain(words_of(m.group())) for m in found]
    if max(pairs, default=0.0) < _SURE:
        return []
    tokens = [m.group().split() for m in found]
    fluency = Fluency()
    ways = zip(fluency.alone(" ".join(reversed(line)) for line in tokens), fluency.alone(map(" ".join, tokens)), strict=True)
    return [_Line(*m.span(), turned - printed, told) for m, (turned, printed), told in zip(found, ways, pairs, strict=True)]


def _is_altered(tokens: list[str]) -> bool:
    return tokens != tokens[::-1]


def _turned(traced: Traced, line: _Line) -> Edit:
    tokens = [m.span() for m in _TOKEN.finditer(traced.text, line.start, line.end)]
    places: list[int] = []
    for start, end in reversed(tokens):
        # The blank that stood behind a token stands before it now.
        places += [*([end] if places else []), *range(start, end)]
    first, last = tokens[0][0], tokens[-1][1]
    after = "".join(traced.text[p] if traced.text[p] != "\t" else " " for p in places)
    return Edit(first, last, after, [int(traced.origin[p]) for p in places])


def _doubt(traced: Traced, line: _Line) -> Doubt:
    text = traced.text[line.start : line.end].strip()
    reading = " ".join(reversed(text.split()))
    span = traced.raw_span(line.start, line.end)
    return Doubt("displaced_run_unresolved", *span, f"“{text}” may have its words in reverse: “{reading}”.", 0.5)
