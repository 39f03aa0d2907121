"""`python -m pipeline.lexicon.build.confidences PAIRS…`: fits the weights that tell how sure a restoration is.

PAIRS are folders that `python -m benchmarks.pdf_pairs` made of held-out articles of the corpora: clean.txt beside damaged-*.txt.
A logistic regression of verdicts on evidence, with a ridge on what each pass weighs in its own way, so that a pass with few
restorations goes by what all have in common.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import pipeline.lexicon
from pipeline.evaluation.folders import Case, cases
from pipeline.evaluation.verdicts import Verdicts
from pipeline.restore.confidences import ITSELF, LEAST, OWN, SUREST, TABLE, TOGETHER, Claim, Evidence, Maker, evidence
from pipeline.restore.document import restore
from pipeline.restore.traced import LOSSLESS

_SOURCE = "antcorpus.data, comparableWikiCoprus: held-out articles printed and read back"
_LICENCE = "Apache-2.0 AND CC-BY-SA-4.0"
# Passes seen less often keep their claims. No text speaks louder than so many restorations.
_FEWEST, _LOUDEST = 60, 40
_RIDGE_OF_PASSES, _RIDGE, _STEPS = 1.0, 0.1, 30
# Their confidence is a posterior of their own.
_APART = frozenset({"private_digits"})


_Name = tuple[str, str, str]


class _Judged(NamedTuple):
    text: int
    maker: Maker
    evidence: Evidence
    right: bool


def main() -> int:
    """Fit on the folders named and write the table."""
    folders = [Path(name) for name in sys.argv[1:]]
    judged = [one for number, case in enumerate(case for folder in folders for case in cases(folder)) for one in _judge(number, case)]
    counts = Counter(one.maker for one in judged)
    kept = [one for one in judged if counts[one.maker] >= _FEWEST]
    names = sorted({name for one in kept for name in _named(one)})
    table = _table(kept, names)
    weights = _fit(kept, table, [bool(by) for by, _, _ in names])
    clinging = _clinging(kept, 1 / (1 + np.exp(-(table @ weights))))
    with (Path(pipeline.lexicon.__file__).parent / f"{TABLE}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("pass", "kind", "evidence", "weight", "restorations", "source", "licence"))
        for (by, kind, name), weight in zip([*names, ("", "", TOGETHER)], [*weights, clinging], strict=True):
            out.writerow((by, kind, name, round(float(weight), 3), counts[by, kind] or len(kept), _SOURCE, _LICENCE))
    return 0


def _judge(number: int, case: Case) -> Iterator[_Judged]:
    """The doubtful restorations of one text, with the evidence for them and whether they are right."""
    made: list[Claim] = []

    def keep(_text: str, claims: Sequence[Claim]) -> list[float]:
        made.extend(claims)
        return [claim.confidence for claim in claims]

    restored = restore(case.raw, weigh=keep)
    verdicts = Verdicts(restored, case.raw, case.clean, case.head)
    doubtful = (placed for placed in restored.restorations if placed.finding.kind not in LOSSLESS)
    for claim, found, placed in zip(made, evidence(restored.text, made), doubtful, strict=True):
        right = verdicts.right(placed)
        if right is not None and claim.maker[0] not in _APART:
            yield _Judged(number, claim.maker, found, right)


def _named(judged: _Judged) -> dict[_Name, float]:
    """The evidence by pass, kind and name; what all weigh alike has neither pass nor kind."""
    own = {ITSELF: 1.0} | {name: judged.evidence[name] for name in OWN if name in judged.evidence}
    by, kind = judged.maker
    return {("", "", name): value for name, value in judged.evidence.items()} | {(by, kind, name): value for name, value in own.items()}


def _table(judged: Sequence[_Judged], names: Sequence[_Name]) -> NDArray[np.float32]:
    """A row for each restoration, a column for each name."""
    place = {name: k for k, name in enumerate(names)}
    table = np.zeros((len(judged), len(names)), dtype=np.float32)
    for row, one in zip(table, judged, strict=True):
        for name, value in _named(one).items():
            row[place[name]] = value
    return table


def _fit(judged: Sequence[_Judged], table: NDArray[np.float32], own: Sequence[bool]) -> NDArray[np.float64]:
    """Weights of a logistic regression by Newton's method; `own` tells which columns belong to one pass."""
    right = np.array([one.right for one in judged], dtype=np.float64)
    sizes = Counter(one.text for one in judged)
    heed = np.array([min(1.0, _LOUDEST / sizes[one.text]) for one in judged])
    ridge = np.where(own, _RIDGE_OF_PASSES, _RIDGE)
    weights = np.zeros(len(ridge))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (heed * (right - likely)) - ridge * weights
        bend = (table * (heed * likely * (1 - likely))[:, None]).T @ table + np.diag(ridge)
        weights += np.linalg.solve(bend, slope)
    return weights


def _clinging(judged: Sequence[_Judged], likely: NDArray[np.float64]) -> float:
    """The power of their number by which the restorations of a text count less than if each went its own way."""
    logs: defaultdict[int, list[float]] = defaultdict(list)
    wrong = {one.text for one in judged if not one.right}
    for one, p in zip(judged, likely, strict=True):
        logs[one.text].append(float(np.log(min(max(p, LEAST), SUREST))))

    def loss(power: float) -> float:
        sure = ((text, np.exp(sum(parts) * len(parts) ** -power)) for text, parts in logs.items())
        return -sum(float(np.log(max(1 - p if text in wrong else p, 1e-6))) for text, p in sure)

    return min(np.arange(0, 1, 0.01), key=loss)


if __name__ == "__main__":
    sys.exit(main())
