"""Trains the weights by which readings of a suspicious line are ranked, on damaged text of held-out documents.

Held-out, because the junction scorer knows its own training text too well. Half of these documents train, the other
half tells how often the ranker is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.corpus import Document
from pipeline.lexicon.build.displacement import DamagedLine, damage, same_letters
from pipeline.restore.cut_pairs import outer_pair
from pipeline.restore.habits import Habits
from pipeline.restore.junctions import Junctions
from pipeline.restore.line_layouts import layouts
from pipeline.restore.line_orders import FEATURES, Matrix, Scenes, openers
from pipeline.restore.line_widths import line_width
from pipeline.restore.neighbours import line_places, paragraph_ends
from pipeline.restore.readings import Shown, readings, written_spans
from pipeline.restore.suspicion import suspects
from pipeline.restore.units import unit_names
from pipeline.restore.word_scores import WordScores

RIDGE = 0.001
STEPS = 30
OPENED_SHARE = 0.08
Weights = NDArray[np.float64]


class Example(NamedTuple):
    """A line's features, the row of the true reading (-1: not among them), whether it is displaced."""

    features: Matrix
    true: int
    displaced: bool


def trains(document: Document) -> bool:
    """Whether a held-out document trains the ranker; the others test it."""
    return bool(hashlib.sha256(f"x{document.doc_id}".encode()).digest()[0] % 2)


def examples(documents: Iterable[Document], seed: int) -> tuple[list[Example], int]:
    """Suspicious lines of damaged documents with their true readings, and the number of displaced lines that none are."""
    rng = Random(seed)
    found: list[Example] = []
    missed = 0
    for document in documents:
        lines = damage([_opened(paragraph, rng) for paragraph in document.paragraphs], rng)
        text = "\n".join(line.printed for line in lines)
        shown = Habits(text)
        numbers, pairs = suspects(text, [line.printed for line in lines], shown)
        shows = Shown({}, shown.lone, pairs)
        scenes, known = Scenes(shown.lone, pairs), []
        written = [unit_names(line.written, shown.stripped) for line in lines]
        printed = [unit_names(line.printed, shown.stripped) for line in lines]
        widths = [line_width(line.printed) for line in lines]
        ends = paragraph_ends(printed, widths)
        places = line_places(printed, written, widths, ends)
        for k, line in enumerate(lines):
            laid = layouts(line.printed, shown) if k in numbers else []
            displaced = readings(laid, WordScores.load(), shows, outer_pair(line.printed))
            if not displaced:
                missed += line.displaced
                continue
            rows = scenes.add(line.printed, laid[0].tokens, displaced, places(k)).rows
            texts = ["".join(line.printed[slice(*span)] for span in written_spans(one)) for one in displaced]
            known.append((rows, (_true_row(line, texts), line.displaced)))
        if known:
            features, _ = scenes.weigh(Junctions.load(), Junctions.load().local_pairs(printed))
            found += [Example(features[rows], *truth) for rows, truth in known]
    return found, missed


def _opened(paragraph: str, rng: Random) -> str:
    """Some paragraphs begin as news from war zones does and the corpora seldom do: `ميدانيا، …`."""
    return f"{rng.choice(sorted(openers()))}\u064b، {paragraph}" if rng.random() < OPENED_SHARE else paragraph


def _true_row(line: DamagedLine, texts: Sequence[str]) -> int:
    if not line.displaced:
        return 0
    return next((k for k, text in enumerate(texts, 1) if same_letters(text, line.written)), -1)


def fit(training: Sequence[Example]) -> dict[str, float]:
    """Weights of a softmax over each line's readings, by Newton's method with a small ridge."""
    usable = [one for one in training if one.true >= 0]
    scale = np.concatenate([one.features for one in usable]).std(axis=0) + 1e-3
    weights = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        gradient, curvature = RIDGE * weights, RIDGE * np.eye(len(weights))
        for one in usable:
            rows = one.features / scale
            share = probabilities(rows, weights)
            mean = share @ rows
            gradient += (mean - rows[one.true]) / len(usable)
            curvature += ((rows.T * share) @ rows - np.outer(mean, mean)) / len(usable)
        weights -= np.linalg.solve(curvature, gradient)
    return dict(zip(FEATURES, np.round(weights / scale, 4).tolist(), strict=True))


def probabilities(rows: NDArray[np.floating], weights: Weights) -> Weights:
    """Probabilities of a line's readings."""
    scores = rows @ weights
    share = np.exp(scores - scores.max())
    found: Weights = share / share.sum()
    return found


def report(testing: Sequence[Example], missed: int, weights: dict[str, float]) -> list[str]:
    """How often the best reading is right, by claimed probability, on lines of documents that did not train."""
    vector = np.array([weights[name] for name in FEATURES])
    outcomes = []
    for one in testing:
        share = probabilities(one.features, vector)
        best = int(share.argmax())
        outcomes.append((float(share[best]), best, best == one.true and best > 0, one.displaced))
    displaced = sum(o[3] for o in outcomes) + missed
    lines = [f"displaced lines {displaced}, best reading right {sum(o[2] for o in outcomes) / displaced:.3f}"]
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        inside = [o for o in outcomes if o[1] and low <= o[0] < high]
        if inside:
            claimed, right = sum(o[0] for o in inside) / len(inside), sum(o[2] for o in inside) / len(inside)
            lines.append(f"claimed {low:.2f} to {min(high, 1):.2f}: {len(inside)} lines, mean {claimed:.3f}, right {right:.3f}")
    for least in (0.5, 0.55, 0.6, 0.65, 0.7):
        changed = [o for o in outcomes if o[1] and o[0] >= least]
        right = sum(o[2] for o in changed)
        lines.append(f"changed from {least}: right {right / displaced:.3f} of displaced lines, wrong {(len(changed) - right) / displaced:.3f}")
    return lines
