"""The articles that come with the benchmarks: complete gold, and extraction that stays where it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluation.run import evaluate

ARTICLES = Path(__file__).parents[2] / "benchmarks" / "articles"
# Floors, well below what was measured: a fall below them is a mistake, not a matter of taste.
FLOORS = {"quantities": 0.95, "quantity_kinds": 0.85, "times": 0.93, "mention_types": 0.85, "links": 0.8, "claims": 0.7, "events": 0.7}


@pytest.mark.parametrize("folder", sorted(p for p in ARTICLES.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_gold_stands_in_the_text(folder: Path) -> None:
    text = (folder / "clean.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for table in ("quantities", "times", "mentions", "claims", "events"):
        assert gold[table], table
        for row in gold[table]:
            told = row.get("trigger", row.get("text"))
            assert 0 <= row["start"] < row["end"] <= len(text)
            assert told is None or text[row["start"] : row["end"]] == told


def test_extraction_stays_above_its_floors() -> None:
    scores = evaluate([ARTICLES], ["extraction"]).extraction["clean"]
    found = {name: scores.tallies[name].f1 or 0.0 for name in FLOORS}
    assert {name: f1 for name, f1 in found.items() if f1 < FLOORS[name]} == {}
    assert scores.status.precision is not None
    assert scores.status.precision > 0.85
