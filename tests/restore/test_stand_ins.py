"""Rare names, the common ones that stand in for them, and how a text's junctions are scored with both."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.restore import junctions
from pipeline.restore.junctions import PAD, REACH, UNKNOWN, Junctions
from pipeline.restore.stand_ins import stand_ins


@pytest.mark.parametrize(
    ("rare", "common"),
    [("بأوزبكستان", "بسوريا"), ("الشدادي", "دمشق"), ("ورؤى", "ومحمد")],
)
def test_a_rare_name_has_a_common_one_of_its_kind_with_its_clitics(rare: str, common: str) -> None:
    assert stand_ins()[rare] == common


@pytest.mark.parametrize("form", ["{}", "{}ة", "ال{}", "وال{}ة", "لل{}ين"])
def test_a_rare_nationality_has_a_common_one_of_its_form(form: str) -> None:
    assert stand_ins()[form.format("أوكراني")] == form.format("مصري")


@pytest.mark.parametrize("word", ["في", "قال", "دمشق", "محمد", "المدينة"])
def test_common_words_stand_for_themselves(word: str) -> None:
    assert word not in stand_ins()


def _score(text: str, cut: int) -> float:
    """How well the words before the cut go on with those behind it."""
    words = text.split()
    names = [PAD, *words]
    row = [0] * REACH + list(range(1, len(names))) + [0] * REACH
    place = np.array([REACH + cut])
    return float(Junctions.load().sheet(names, row, doubtful=True).scores(place, place)[0])


def test_a_junction_near_a_rare_name_is_scored_as_it_is_and_with_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "وقال إن مقتل جندي {} في معارك الأمس مؤكد"
    other = stand_ins()["أوكراني"]
    both, common = _score(text.format("أوكراني"), 4), _score(text.format(other), 4)
    monkeypatch.setattr(junctions, "stand_ins", dict)
    alone = _score(text.format("أوكراني"), 4)
    assert both == pytest.approx((alone + common) / 2, abs=1e-4)
    assert both > alone


def test_what_lies_beyond_a_context_may_be_no_edge_of_a_text() -> None:
    names = [PAD, UNKNOWN, "عاد", "السكان"]
    edges, unknown = ([around] * REACH + [2, 3] + [around] * REACH for around in (0, 1))
    place = np.array([REACH + 1])
    scores = [float(Junctions.load().sheet(names, row, doubtful=True).scores(place, place)[0]) for row in (edges, unknown)]
    assert scores[0] != pytest.approx(scores[1])
