"""Alefs that came as their own glyph and with the hamza's."""

from __future__ import annotations

import pytest

from pipeline.restore.doubled_alefs import drop_doubled_alefs, mostly_doubled
from pipeline.restore.traced import Traced

WRITTEN = "أكد الطبيب أن المريض بدأ يتعافى وإن كان أهله قلقين إلى أن يعود"
TURNED = "وتفقد لأ عمال"


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("اأكد الطبيب اأن المريض بداأ يتعافى واإن كان اأهله قلقين اإلى اأن يعود", WRITTEN),
        ("أاكد الطبيب أان المريض بدأا يتعافى وإان كان أاهله قلقين إالى أان يعود", WRITTEN),
        ("اأكد اأمس الطبيب االأول اأن عدد االأطفال اأقل، وبقي االأمر واالأهل", "أكد أمس الطبيب الأول أن عدد الأطفال أقل، وبقي الأمر والأهل"),
        ("واأل كد الطبيب األأل ول قرب األ رض األ ن األ هل", "وأ كد الطبيب الأ ول قرب أ رض أ ن أ هل"),
        ("وتفقد أل عمال اأكد الطبيب اأن المريض بداأ يتعافى واإن كان", f"{TURNED} أكد الطبيب أن المريض بدأ يتعافى وإن كان"),
    ],
)
def test_one_alef_is_left(printed: str, written: str) -> None:
    outcome = drop_doubled_alefs(Traced.of(printed))
    assert outcome.traced.text == written
    assert all(printed[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [WRITTEN, "األمر واألهل واألرض واألب واألم", "طلب أال يعود وأال ينام وأال يأكل وأال يشرب"])
def test_other_alefs_stay(text: str) -> None:
    assert drop_doubled_alefs(Traced.of(text)).traced.text == text


def test_hamzas_behind_alefs_of_their_own_are_mostly_so() -> None:
    assert mostly_doubled("اأعلن اأهالي القرية اإن أحدا لم يعد")
    assert not mostly_doubled("أعلن أهالي القرية اأن أحدا لم يعد")
