"""Names that may stand for each other while the scorer of junctions learns."""

from __future__ import annotations

import numpy as np

from pipeline.lexicon.build.stand_ins import StandIns

NAMES = ["¶", "في", "الأحد", "الاثنين", "الخميس", "بسوريا", "بلبنان", "بالعراق", "مصريين", "أردنيين", "لبنانيين"]
ROW = np.tile(np.arange(len(NAMES)), 3)


def test_names_are_replaced_by_others_of_their_kind_and_form() -> None:
    stand_ins = StandIns(NAMES, ROW, np.random.default_rng(0))
    drawn = {tuple(stand_ins.drawn(np.array([1, 2, 5, 8]), 1.0).tolist()) for _ in range(200)}
    kept, days, places, adjectives = (set(column) for column in zip(*drawn, strict=True))
    assert kept == {1}
    assert days == {2, 3, 4}
    assert places == {5, 6, 7}
    assert adjectives == {8, 9, 10}


def test_nothing_is_replaced_without_a_share() -> None:
    stand_ins = StandIns(NAMES, ROW, np.random.default_rng(0))
    assert stand_ins.drawn(np.arange(len(NAMES) + 1), 0.0).tolist() == list(range(len(NAMES) + 1))
