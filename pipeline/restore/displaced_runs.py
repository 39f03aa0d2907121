"""Displaced runs: lines that a reader cut inside words and printed last part first, put back in order.

Finding the suspicious lines, deciding among their readings together with their neighbours, and saying so belong here;
what readings there are and how they are weighed stands in readings.py and line_orders.py. The damage was measured on
real PDFs (DESIGN, "How runs get displaced"): n cuts give n+1 runs in reversed order, none crosses a physical line.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.cut_pairs import CutPairs, outer_pair
from pipeline.restore.document_words import document_words
from pipeline.restore.habits import Habits
from pipeline.restore.headings import blank_between, headings, title_goes_on
from pipeline.restore.junctions import Junctions
from pipeline.restore.language_model import MODEL, words_of
from pipeline.restore.line_layouts import Layout, layouts
from pipeline.restore.line_orders import FEATURES, Matrix, Place, Scene, Scenes, meetings
from pipeline.restore.line_widths import line_width
from pipeline.restore.neighbours import line_places, paragraph_ends
from pipeline.restore.profile import Profile
from pipeline.restore.readings import Reading, Shown, readings, written_spans
from pipeline.restore.seams import Token, must_begin_run
from pipeline.restore.suspicion import LONGEST, suspects, suspicious, torn_in_place
from pipeline.restore.traced import Change, Doubt, Outcome, Traced
from pipeline.restore.units import unit_names
from pipeline.restore.votes import Votes
from pipeline.restore.word_pairs import LocalPairs
from pipeline.restore.word_scores import WordScores

Scores = NDArray[np.float64]

PRIVATE = re.compile("[\ue000-\uf8ff]")
STOP = re.compile("[.،؛؟!]")
LINE = re.compile(r"[^\n]*[^\s][^\n]*")
NEW_TEXT = 200
# A reading less probable than this, or less than so many times as probable as the next one, is told, not done: of simulated lines that
# only one of the two stops every other one is right.
DECIDED, CLEAR = 0.45, 2.0
# What a text's only displaced line must reach: clean texts have such by chance, a producer that displaces seldom leaves one.
DECIDED_ALONE, DOUBTFUL_ALONE = 0.9, 0.8
SEVERAL, SEVERAL_SHARE = 1.5, 0.02
DOUBTFUL = 0.5
# So probable a reading is taken for granted when the lines beside it are weighed again.
SETTLED = 0.9
# A text with fewer displaced lines than this comes from no producer that displaces: one line in a hundred looks so by chance.
LEAST_SHARE = 0.012
LEAST_KNOWN, ONE_NAME = 0.6, 1
# Readings that are by themselves so much less likely than the line's best (natural log) are not weighed with the neighbours'.
HOPELESS = 14.0
# A text with so many more words torn in place than lines that look displaced has its letters set apart, and its lines only look so.
TORN = 3
SEEN_WHOLE = 0.2
# In log odds: a line whose figures surely are turned or surely are not, and what such lines say of another one.
SURELY_TURNED, MOST_LEAN, NEVER = 2.0, 2.0, 1e-9


@dataclass(slots=True)
class Line:
    """A physical line with its units; a suspicious one has layouts and readings instead, then a scene, then probabilities."""

    number: int
    start: int
    end: int
    units: list[str] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    scene: Scene | None = None
    scores: Scores = field(default_factory=lambda: np.zeros(1))


class Ranker(NamedTuple):
    """Weights of the features; a junction between two undecided lines weighs as any with a neighbouring line."""

    weights: Matrix
    edge: float

    @staticmethod
    @cache
    def load() -> Ranker:
        """The shipped weights."""
        stored = json.loads((MODEL / "line_orders.json").read_text())
        return Ranker(np.array([stored[name] for name in FEATURES], dtype=np.float32), stored["edges"])


def displaced_runs(traced: Traced, profile: Profile | None = None) -> Outcome:
    """Put lines whose runs were printed in reversed order back: `ية … في السور` → `في السورية …`."""
    text = traced.text
    shown = Habits(text)
    if not any(suspicious(line, shown) for line in text.split("\n") if len(line) <= LONGEST):
        return Outcome(traced)
    spans = [m.span() for m in LINE.finditer(text)]
    numbers, pairs = suspects(text, [text[start:end] for start, end in spans], shown)
    if _too_few(len(numbers), spans, profile) or torn_in_place(text, [text[slice(*spans[k])] for k in numbers]) > TORN * len(numbers):
        return Outcome(traced)
    lines = _lines(text, spans, numbers, Shown(_words_seen_whole(text, spans, numbers, profile), shown.lone, pairs), shown)
    undecided = [line for line in lines if line.readings]
    if _too_few(len(undecided), spans, profile):
        return Outcome(traced)
    _weigh_twice(text, spans, lines, pairs, shown)
    _follow_habit(undecided)
    traces = [line for line in undecided if _shows_trace(line)]
    displaced = sum(1 - float(line.scores[0]) for line in traces)
    if _too_few(displaced, spans, profile):
        return Outcome(traced)
    if displaced >= max(SEVERAL, SEVERAL_SHARE * len(spans)) or (profile and profile.cut_letters):
        return _apply(traced, undecided, DECIDED, DOUBTFUL)
    return _apply(traced, traces, DECIDED_ALONE, DOUBTFUL_ALONE)


def _too_few(displaced: float, spans: Sequence[tuple[int, int]], profile: Profile | None) -> bool:
    """Whether a text with no more displaced lines than this comes from no producer that displaces."""
    return not displaced or (displaced < LEAST_SHARE * len(spans) and not (profile and profile.cut_letters))


def _shows_trace(line: Line) -> bool:
    """Whether the line's best displaced reading mends something; that Latin words stand first proves nothing by itself, but behind a stop."""
    best = line.readings[int(line.scores[1:].argmax())]
    tail = best.layout.tail
    return bool(best.seams) or any(PRIVATE.search(one.text) for one in tail) or any(STOP.fullmatch(one.text) for one in tail[-1:])


def _words_seen_whole(text: str, spans: Sequence[tuple[int, int]], numbers: Sequence[int], profile: Profile | None) -> Mapping[str, float]:
    """Log probabilities of the words that undamaged lines, or the producer's other documents, show whole."""
    seen = Counter(document_words(text).in_order)
    seen.subtract(words_of("\n".join([text[slice(*spans[k])] for k in numbers])))
    if profile:
        seen.update(profile.words)
    total = seen.total() + NEW_TEXT
    likely = {count: math.log(SEEN_WHOLE * count / total) for count in set(seen.values()) if count > 0}
    return {word: likely[count] for word, count in seen.items() if count > 0}


def _lines(text: str, spans: Sequence[tuple[int, int]], numbers: Sequence[int], shows: Shown, habits: Habits) -> list[Line]:
    """All lines: the suspicious ones with their readings, the others with their units."""
    lines = [Line(number, *span) for number, span in enumerate(spans)]
    for number in numbers:
        line = lines[number]
        line.layouts = layouts(text[line.start : line.end], habits)
        if _is_prose(line.layouts[0].tokens):
            line.readings = readings(line.layouts, WordScores.load(), shows, outer_pair(text[line.start : line.end]))
    for line in lines:
        line.units = unit_names(text[line.start : line.end], habits.stripped)
    return lines


def _is_prose(tokens: Sequence[Token]) -> bool:
    """Whether most words of a line, its outer tokens and one more aside, are known; else it has marks only, or something else is wrong with it."""
    words = [right.last for left, right in pairwise(tokens[:-1]) if right.last and not (right.begins and must_begin_run(left, right))]
    return any(one.units for one in tokens) and sum(map(WordScores.load().knows, words)) >= LEAST_KNOWN * len(words) - ONE_NAME


def _weigh_twice(text: str, spans: Sequence[tuple[int, int]], lines: Sequence[Line], pairs: CutPairs, shown: Habits) -> None:
    """Weigh the readings of all undecided lines; then again of those beside which others turned out to be as good as decided."""
    undecided = [line for line in lines if line.readings]
    widths = [line_width(text[start:end]) for start, end in spans]
    titles = headings(text, spans, widths)
    printed = [line.units for line in lines]
    ends = paragraph_ends(printed, widths, titles, blank_between(text, spans)) - ({0} if title_goes_on(text, spans, widths) else set())
    decided = [None if line.readings else line.units for line in lines]
    local = Junctions.load().local_pairs(printed)
    places = line_places(printed, decided, widths, ends, titles)
    _weigh(text, undecided, Scenes(shown.lone, pairs), local, places, ends)
    settled = {line.number: _read(text, line, shown) for line in undecided if line.scores.max() >= SETTLED}
    if settled and len(settled) < len(undecided):
        decided = [settled.get(number, units) for number, units in enumerate(decided)]
        again = line_places(printed, decided, widths, ends, titles)
        groups = _groups([line for line in undecided if line.number not in settled], ends)
        others = [line for group in groups if any(places(one.number) != again(one.number) for one in group) for line in group]
        if others:
            _weigh(text, others, Scenes(shown.lone, pairs), local, again, ends)


def _read(text: str, line: Line, shown: Habits) -> list[str]:
    """The units of a line's best reading."""
    return unit_names(_text_of(text, line, int(line.scores.argmax())), shown.stripped)


def _weigh(text: str, undecided: Sequence[Line], scenes: Scenes, local: LocalPairs, places: Callable[[int], Place], ends: frozenset[int]) -> None:
    """Give undecided lines their scenes and their readings' probabilities, neighbours decided jointly; `local` are the text's pairs of units."""
    ranker = Ranker.load()
    for line in undecided:
        line.scene = scenes.add(text[line.start : line.end], line.layouts[0].tokens, line.readings, places(line.number))
    features, sheet = scenes.weigh(Junctions.load(), local)
    # Not as a product of matrices: for so small ones OpenBLAS starts threads that cost tenfold.
    scores = (features * ranker.weights).sum(axis=1, dtype=np.float64)
    for line in undecided:
        line.scores = scores[line.scene.rows] if line.scene else line.scores
    groups = _groups(undecided, ends)
    likely = {line.number: np.flatnonzero(line.scores > line.scores.max() - HOPELESS) for line in undecided}
    touching = [
        (np.array(a.scene.ends)[likely[a.number]], np.array(b.scene.starts)[likely[b.number]])
        for group in groups
        for a, b in pairwise(group)
        if a.scene and b.scene
    ]
    edges = iter(meetings(sheet, touching))
    for group in groups:
        beside = [ranker.edge * edge.astype(float) for edge in islice(edges, len(group) - 1)]
        for line, scores in zip(group, _marginals([line.scores[likely[line.number]] for line in group], beside), strict=True):
            line.scores = np.exp(line.scores - line.scores.max() - HOPELESS)
            line.scores[likely[line.number]] = scores


def _follow_habit(undecided: Sequence[Line]) -> None:
    """Weigh anew the readings that turn figures back from a line's left end: a reader turns nearly all such figures or none (measured)."""
    turned = [np.array([False, *(one.layout.turned > 0 for one in line.readings)]) for line in undecided]
    told = [(line, rows) for line, rows in zip(undecided, turned, strict=True) if rows.any()]
    odds = [_log_odds(float(line.scores[rows].sum())) for line, rows in told]
    for k, (line, rows) in enumerate(told):
        lean = Votes.of(odds[:k] + odds[k + 1 :], SURELY_TURNED).lean(MOST_LEAN)
        scores = line.scores * np.where(rows, math.exp(lean), 1.0)
        line.scores = scores / scores.sum()


def _log_odds(probability: float) -> float:
    return math.log(max(probability, NEVER) / max(1 - probability, NEVER))


def _groups(undecided: Sequence[Line], ends: frozenset[int]) -> list[list[Line]]:
    """Runs of consecutive lines that go on with each other."""
    groups: list[list[Line]] = []
    for line in undecided:
        if groups and groups[-1][-1].number == line.number - 1 and line.number - 1 not in ends:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _marginals(own: list[Scores], edges: list[Scores]) -> list[Scores]:
    """Probabilities of each line's readings, given scores of readings and of pairs of neighbouring readings."""
    forward = [own[0]]
    for edge, scores in zip(edges, own[1:], strict=True):
        forward.append(scores + np.logaddexp.reduce(forward[-1][:, None] + edge, axis=0))
    backward = [np.zeros(len(own[-1]))]
    for edge, scores in zip(reversed(edges), reversed(own[1:]), strict=True):
        backward.insert(0, np.logaddexp.reduce(edge + (scores + backward[0])[None], axis=1))
    totals = [f + b for f, b in zip(forward, backward, strict=True)]
    return [np.exp(t - np.logaddexp.reduce(t)) for t in totals]


def _apply(traced: Traced, lines: Sequence[Line], decided: float, doubtful: float) -> Outcome:
    """Reorder the lines whose best reading is as probable as asked for; doubt those that are surely damaged but have two close readings."""
    parts: list[Traced] = []
    outcome = Outcome(traced)
    at = 0
    for line in lines:
        best = int(line.scores.argmax())
        order_of_readings = np.argsort(-line.scores, kind="stable")
        if best and line.scores[best] >= max(decided, CLEAR * line.scores[order_of_readings[1]]):
            parts += [traced[at : line.start], *_reordered(traced, line, line.readings[best - 1])]
            at = line.end
            outcome.changes.append(_change(traced, line, order_of_readings))
        elif 1 - line.scores[0] >= doubtful:
            outcome.doubts.append(_doubt(traced, line, order_of_readings))
    if at:
        outcome.traced = Traced.concat([*parts, traced[at:]])
    return outcome


def _reordered(traced: Traced, line: Line, reading: Reading) -> list[Traced]:
    """The line's runs in the order in which they were written; blanks at the seams go."""
    return [traced[line.start + start : line.start + end] for start, end in written_spans(reading)]


def _text_of(text: str, line: Line, place: int) -> str:
    printed = text[line.start : line.end]
    return "".join(printed[slice(*span)] for span in written_spans(line.readings[place - 1])) if place else printed


def _change(traced: Traced, line: Line, ranked: NDArray[np.int64]) -> Change:
    best, second = int(ranked[0]), int(ranked[1])
    reading = line.readings[best - 1]
    words = "، ".join(s.word for s in reversed(reading.seams) if s.word)
    other = _text_of(traced.text, line, second)
    evidence = (
        f"{len(reading.cuts)} cut(s) undone, mended: {words}; margin {line.scores[best] - line.scores[second]:.3f} over "
        f"“{other}” ({line.scores[second]:.3f})"
    )
    before = traced.text[line.start : line.end]
    raw = traced.raw_span(line.start, line.end)
    return Change("displaced_run", *raw, before, _text_of(traced.text, line, best), round(float(line.scores[best]), 4), evidence)


def _doubt(traced: Traced, line: Line, ranked: NDArray[np.int64]) -> Doubt:
    shown = [k for k in ranked[:3].tolist() if k][:2]
    readings = tuple(_text_of(traced.text, line, k) for k in shown)
    texts = " or ".join(f"“{reading}” ({line.scores[k]:.2f})" for reading, k in zip(readings, shown, strict=True))
    raw = traced.raw_span(line.start, line.end)
    explanation = f"The line's runs stand in reversed order; it may have read {texts}"
    return Doubt("displaced_run_unresolved", *raw, explanation, round(float(1 - line.scores[0]), 4), readings=readings)
