"""Doubts that need facts: counts against lists, figures against figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.extract.model import Event, Facts, Figure, Quantity, Sentence
from pipeline.quality.fact_flags import flag_facts
from pipeline.quality.model import TextView


def view(text: str) -> TextView:
    return TextView("d", text, [Sentence(0, 0, "body", "ar", 0, len(text), text)])


def quantity(text: str, told: str, value: float, unit: str) -> Quantity:
    at = text.index(told)
    return Quantity(0, at, at + len(told), told, "spelled", value, value, "exactly", unit, "states")


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("شاركت أربع دول في اللقاء، وهي مصر والأردن وقطر.", True),
        ("شاركت أربع دول في اللقاء، وهي مصر والأردن وقطر والكويت.", False),
        ("شاركت أربع دول: مصر، الأردن، قطر، إضافة إلى الاتحاد الأوروبي.", True),
        ("شاركت أربع دول في اللقاء الذي عقد أمس.", False),
    ],
)
def test_a_stated_count_against_its_list(text, flagged):
    flags = flag_facts(view(text), Facts(quantities=[quantity(text, "أربع", 4, "دول")]))
    assert [f.kind for f in flags] == (["count_mismatch"] if flagged else [])
    if flagged:
        assert "4 are announced" in flags[0].explanation
        assert "3 are listed" in flags[0].explanation


def killing(start: int, low: float, source: str | None, **more: object) -> Event:
    event = Event(
        0, start, start + 3, "قتل", "killing", places=["Aleppo"], date_start=date(2017, 5, 1), date_end=date(2017, 5, 1), source=source,
        figures={"killed": Figure(low, low, "exactly")},
    )  # fmt: skip
    return replace(event, **more)


def test_figures_of_one_event_that_differ():
    text = "قتل عشرون في المدينة، ثم قتل ثلاثون فيها، بحسب الشرطة."
    same = flag_facts(view(text), Facts(events=[killing(0, 20, None), killing(25, 30, None)]))
    assert [(f.kind, f.severity, f.start) for f in same] == [("conflicting_figures", "warning", 25)]
    others = flag_facts(view(text), Facts(events=[killing(0, 20, "Police"), killing(25, 30, "Army")]))
    assert [f.severity for f in others] == ["info"]
    assert "Army" in others[0].explanation


def test_figures_that_can_both_be_true_are_no_conflict():
    text = "قتل عشرون في المدينة، ثم قتل ثلاثون فيها، بحسب الشرطة."
    at_least = {"killed": Figure(15, None, "at_least")}
    assert flag_facts(view(text), Facts(events=[killing(0, 20, None), killing(25, 30, None, figures=at_least)])) == []
    assert flag_facts(view(text), Facts(events=[killing(0, 20, None), killing(25, 30, None, places=["Homs"])])) == []


def test_a_range_that_runs_backwards():
    text = "بين 50 و30 شخصا"
    flags = flag_facts(view(text), Facts(quantities=[Quantity(0, 4, 10, "50 و30", "stated", 50, 30, "exactly", "شخص", "other")]))
    assert [f.kind for f in flags] == ["impossible_value"]
