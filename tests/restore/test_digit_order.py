"""Digits and signs in the wrong order: the damaged line and the line meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.digit_order import digit_order
from pipeline.restore.traced import Traced


def restored(text: str) -> str:
    return digit_order(Traced.of(text), None).traced.text


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("بدأ المشروع في آذار\n\n.2015\n\nوانتهى", "بدأ المشروع في آذار\n\n2015.\n\nوانتهى"),
        ("صدر في بيروت، .1995\nوأعيد في دمشق، .2001\n", "صدر في بيروت، 1995.\nوأعيد في دمشق، 2001.\n"),
        ("العدد ()١٣٣٣ من الجريدة", "العدد (١٣٣٣) من الجريدة"),
        ("ارتفع 12% ثم انخفض، %70\nمن السكان", "ارتفع 12% ثم انخفض، 70%\nمن السكان"),
        ("نما بنسبة %3.9 ثم %4.2 هذا العام", "نما بنسبة 3.9% ثم 4.2% هذا العام"),
        ("دار النشر، الجزائر، .199\n0\nص", "دار النشر، الجزائر، 1990.\nص"),
        ("أغلق المصنع منذ ،2007 ثم عاد", "أغلق المصنع منذ 2007، ثم عاد"),
        ("كان عددهم بين 12 و،15 كما قيل", "كان عددهم بين 12 و15، كما قيل"),
        ("زرع الأهالي 15 300, شجرة\nو2 000\n, غرسة", "زرع الأهالي 15,300 شجرة\nو2,000 غرسة"),
        ("زرع الأهالي , 300 15 شجرة", "زرع الأهالي 15,300 شجرة"),
        ("صدر القانون سنة ٥٠٠٢ وعدل", "صدر القانون سنة ٢٠٠٥ وعدل"),
    ],
)
def test_order_is_put_right(damaged: str, meant: str) -> None:
    outcome = digit_order(Traced.of(damaged), None)
    assert outcome.traced.text == meant
    assert {c.kind for c in outcome.changes} == {"digit_order"}


def test_two_backward_years_turn_the_other_numbers_of_the_script() -> None:
    assert restored("لعام ٥٠٠٢ المادة ٤١ وسنة ٦٠٠٢ المادة ١٢") == "لعام ٢٠٠٥ المادة ١٤ وسنة ٢٠٠٦ المادة ٢١"


def test_one_backward_year_turns_only_itself() -> None:
    assert restored("لعام ٥٠٠٢ المادة ٤١") == "لعام ٢٠٠٥ المادة ٤١"


def test_a_backward_year_among_forward_ones_is_doubted() -> None:
    outcome = digit_order(Traced.of("في عام ٢٠١٧ ثم عام ٥٠٠٢ انتهى"), None)
    assert not outcome.changes
    assert [d.kind for d in outcome.doubts] == ["impossible_value"]


@pytest.mark.parametrize(
    "text",
    [
        "في عام 2015، بلغ العدد 30.",
        "لعب في مواسم 2010 ،2011 ،2012 مع النادي",
        "بنسبة %70 فقط",
        "وصل ،ثم غاب منذ ،2007 وعاد",
        "كما قال, وصل 15 300, ثم زاد",
        "عام 4242 قبل الميلاد",
        "بلغت الكلفة 5002 دينار",
        "عيار .22 ملم، ونتيجة 3-1.",
        "()",
    ],
)
def test_habits_of_writers_stay(text: str) -> None:
    assert restored(text) == text


@given(st.text(alphabet="عام سنة 0123٤٥٢٠.,،%()\n", max_size=60))
def test_characters_only_change_places(text: str) -> None:
    outcome = digit_order(Traced.of(text), None)
    kept = "".join(c for c in text if not c.isspace())
    assert sorted(c for c in outcome.traced.text if not c.isspace()) == sorted(kept)
    for char, origin in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True):
        assert text[origin] == char
