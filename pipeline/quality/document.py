"""One row of measures per document: its flags by kind, what restoration touched, the published measures, one score.

score = (1 - share_restored / 10) / (1 + sum over kinds of weight * flags / sentences)

The weights say how much of a sentence's worth one flag of a kind costs (thresholds.yaml, score_weights): a text without
flags has 1; a text with one missing figure in every sentence has 0.5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.quality.model import TextView
from pipeline.quality.published import published_measures
from pipeline.quality.thresholds import load_thresholds
from pipeline.quality.words import is_arabic
from pipeline.restore.traced import LOSSLESS
from pipeline.schema.tables import FLAG_KINDS


def measure_document(
    view: TextView, flags: Sequence[Mapping[str, Any]], restorations: Sequence[Mapping[str, Any]]
) -> dict[str, float | int | str | None]:
    """The columns of document_quality but doc_id.

    `flags` are rows with `kind` (of quality_flags), `restorations` rows with `kind`, `start`, `end` (of restorations).
    """
    kinds = Counter(str(flag["kind"]) for flag in flags)
    sentences = len(view.sentences)
    restored = _share_restored(len(view.text), restorations)
    return {
        "sentences": sentences,
        "words": int(view.words.tokens.ask("arabic", is_arabic).sum()),
        **{f"{kind}_flags": kinds[kind] for kind in FLAG_KINDS},
        "share_restored": restored,
        **published_measures(view.text),
        "score": _score(kinds, sentences, restored),
    }


def _share_restored(length: int, restorations: Sequence[Mapping[str, Any]]) -> float:
    """Share of the restored characters that a restoration with a risk touched."""
    touched = np.zeros(length, dtype=bool)
    for row in restorations:
        if row["kind"] not in LOSSLESS:
            touched[row["start"] : row["end"]] = True
    return float(touched.mean()) if length else 0.0


def _score(kinds: Mapping[str, int], sentences: int, restored: float) -> float:
    weights = load_thresholds().score_weights
    cost = sum(weights[kind] * count for kind, count in kinds.items())
    return (1 - restored / 10) / (1 + cost / max(sentences, 1))
