"""Decoding of private digits: held-out corpus articles with digits hidden behind random maps, and the real pairs."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from pipeline.lexicon.build.corpus import documents
from pipeline.lexicon.build.figure_weights import Hidden, articles, hide, random_map
from pipeline.restore.private_digits import private_digits
from pipeline.restore.tatweel import remove_tatweel
from pipeline.restore.traced import Traced

_ARTICLES = 800
_BINS = (0.99, 0.995, 0.999, 1.0001)
Rows = list[dict[str, object]]


def decoding(shared: Path) -> Rows:
    """A row per number of glyphs seen in an article: figures decoded right, decoded wrong and flagged.

    The articles are pieces of 60 to 500 words; the random maps have gaps, and zero last in one font of fifty.
    """
    counts: dict[str, Counter[str]] = {}
    for hidden in _hidden_articles(shared):
        glyphs = len(set(hidden.text) & set(hidden.truth))
        seen = Counter(verdict for verdict, _ in _verdicts(hidden))
        for name in (f"corpus, {glyphs} glyphs", "corpus, all"):
            counts.setdefault(name, Counter()).update(seen)
    for hidden in _pairs(shared):
        counts.setdefault("pairs", Counter()).update(verdict for verdict, _ in _verdicts(hidden))
    return [_row(name, counts[name]) for name in sorted(counts)]


def reliability(shared: Path) -> Rows:
    """A row per bin of claimed confidence: how many of the decoded figures are right."""
    claimed = [(p, verdict == "right") for hidden in _hidden_articles(shared) for verdict, p in _verdicts(hidden) if verdict != "flagged"]
    rows: Rows = []
    for low, high in pairwise(_BINS):
        held = [right for p, right in claimed if low <= p < high]
        if held:
            rows.append({"confidence": f"{low}–{min(high, 1)}", "figures": len(held), "right": round(sum(held) / len(held), 4)})
    return rows


def _hidden_articles(shared: Path) -> Iterator[Hidden]:
    rng = random.Random(5)
    texts = [t for d in documents(shared / "corpus") if d.held_out for t in articles([d], rng)]
    rng.shuffle(texts)
    for text in texts[:_ARTICLES]:
        yield hide(text, random_map(rng))


def _pairs(shared: Path) -> Iterator[Hidden]:
    for path in sorted(shared.glob("pairs/*/damaged-private.txt")):
        truth = json.loads((path.parent / "variants.json").read_text(encoding="utf-8"))[path.name].get("digit_map")
        if truth:
            yield Hidden(remove_tatweel(Traced.of(path.read_text(encoding="utf-8"))).traced.text, truth)


def _verdicts(hidden: Hidden) -> Iterable[tuple[str, float]]:
    outcome = private_digits(Traced.of(hidden.text), None)
    for change in outcome.changes:
        meant = "".join(hidden.truth.get(c, c) for c in change.before)
        yield ("right" if change.after == meant else "wrong"), change.confidence
    for doubt in outcome.doubts:
        yield "flagged", doubt.confidence


def _row(name: str, counts: Counter[str]) -> dict[str, object]:
    shares = {verdict: round(counts[verdict] / counts.total(), 4) for verdict in ("right", "wrong", "flagged")}
    return {"texts": name, "figures": counts.total(), **shares}
