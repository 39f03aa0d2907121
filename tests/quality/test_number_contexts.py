"""The model of places where figures stand: what it is trained on, what it says."""

from __future__ import annotations

import pytest

from pipeline.lexicon.build.number_contexts import places_of, strip_numerals
from pipeline.quality.boundaries import find_boundaries
from pipeline.quality.model import TextView
from pipeline.quality.number_contexts import ContextModel, word_class


def evidence(text: str, behind: str) -> float:
    places = find_boundaries(TextView("d", text, []))
    return float(ContextModel.load().evidence(places)[places.pieces.norms.index(behind)])


@pytest.mark.parametrize(
    ("text", "stripped", "before"),
    [
        ("قتل 12 جنديا", "قتل  جنديا", ["جنديا"]),
        ("نزحت 3,200 أسرة في 2017.", "نزحت , أسرة في .", ["اسرة", "¶"]),
        ("بين ٣٠ و٤٠٪", "بين  و٪", ["و", "٪"]),
    ],
)
def test_training_text_loses_its_figures_and_knows_where_they_stood(text, stripped, before):
    told, sites = strip_numerals(text)
    assert told == stripped
    places = places_of(told, sites)
    norms = places.found.pieces.norms
    assert [norms[i] for i in places.missing.nonzero()[0]] == before


@pytest.mark.parametrize(
    ("line", "behind", "elsewhere"),
    [
        ("قتل ما لا يقل عن جنديا في الهجوم على القاعدة", "جنديا", "الهجوم"),
        ("قدرت الكلفة بأكثر من دولار للطن الواحد", "دولار", "الواحد"),
        ("تبعد القرية عن المدينة نحو كيلومترا إلى الشرق", "كيلومترا", "الشرق"),
    ],
)
def test_a_counted_noun_behind_a_qualifier_asks_for_a_figure(line, behind, elsewhere):
    assert evidence(line, behind) > 3
    assert evidence(line, elsewhere) < 0


def test_a_figure_that_is_there_is_not_missed():
    assert evidence("قتل ما لا يقل عن 12 جنديا في الهجوم", "جنديا") < 0


@pytest.mark.parametrize(
    ("norm", "kind"),
    [
        ("جنديا", "accusative fighters"),
        ("قتلى", "plural killed"),
        ("بنحو", "qualifier"),
        ("وبنحو", "و+qualifier"),
        ("مارس", "month"),
        ("الف", "number scale"),
        ("0", "figure"),
    ],
)
def test_words_weigh_as_their_kind(norm, kind):
    assert word_class(norm) == kind
