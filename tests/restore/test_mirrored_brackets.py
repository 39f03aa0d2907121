"""Marks that face the wrong way all through a text: the printed line and the line meant."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.mirrored_brackets import turn_mirrored_brackets
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("قالت وكالة »سانا« إن »الميناء« فتح", "قالت وكالة «سانا» إن «الميناء» فتح"),
        ("اللجنة )الدائمة( ثم لجنة )الصلح(.", "اللجنة (الدائمة) ثم لجنة (الصلح)."),
        ("وقال )مشرف( إن البلدة عادت", "وقال (مشرف) إن البلدة عادت"),
        ("قال: »نعم«، »علب صغيرة )كما رأيناها(« ثم غادر", "قال: «نعم»، «علب صغيرة (كما رأيناها)» ثم غادر"),
        ("قوات ”الحرس الوطني) “حسم( ثم ”الدرع“ و”السور“ هناك", "قوات “الحرس الوطني” (حسم) ثم “الدرع” و“السور” هناك"),
        ("وقال المدير:« نعم» ثم غادر", "وقال المدير: «نعم» ثم غادر"),
        ("التقى و»الشورى« و»الوفاق«، ثم غادر", "التقى و«الشورى» و«الوفاق»، ثم غادر"),
        (
            "قال المدير:» نعم\nالمدرسة مفتوحة غدا«.وأضاف أنها» واسعة«، وأن» الساحة جاهزة«",
            "قال المدير: «نعم\nالمدرسة مفتوحة غدا».وأضاف أنها «واسعة»، وأن «الساحة جاهزة»",
        ),
        ("بورتسودان) السودان) (أ ف ب( - قال شهود) ثلاثة(، أمس", "بورتسودان (السودان) (أ ف ب) - قال شهود (ثلاثة)، أمس"),
    ],
)
def test_marks_are_turned(printed: str, meant: str) -> None:
    outcome = turn_mirrored_brackets(Traced.of(printed), None)
    assert outcome.traced.text == meant
    assert {c.kind for c in outcome.changes} == {"visual_order"}


@pytest.mark.parametrize(
    "text",
    [
        "قالت وكالة «سانا» إن «الميناء» فتح (جزئيا).",
        "أولا: 1) الخيام 2) الأغطية (للأطفال).",
        "هتفوا: « غالب »، و« غلاب » معا.",
        "بورتسودان (السودان) (أ ف ب) - قال شهود (ثلاثة) (أمس)",
        "نص » وحيد",
        "أولا: أ) الخيام ب) الأغطية(للأطفال) وغيرها",
        "قال ”الوطن“ إن ”السوق“ عاد",
    ],
)
def test_marks_that_face_right_stay(text: str) -> None:
    outcome = turn_mirrored_brackets(Traced.of(text), None)
    assert outcome.traced.text == text
    assert not outcome.changes


@given(st.text(alphabet="اب «»() ،.\n", max_size=60))
def test_every_character_keeps_its_place(text: str) -> None:
    traced = turn_mirrored_brackets(Traced.of(text), None).traced
    assert sorted(traced.origin.tolist()) == list(range(len(text)))


def test_curly_marks_turn_where_letters_stood_in_reverse() -> None:
    printed = "قال ”نعم“ ثم قال ”لا“ وكتب ”ربما“ بعد اجتماع طويل في القاعة الكبرى"
    assert turn_mirrored_brackets(Traced.of(printed)).traced.text == printed
    letters = Traced.of(printed)
    turned = Traced(printed, np.concatenate([letters.origin[:-20], letters.origin[:-21:-1]]))
    assert turn_mirrored_brackets(turned).traced.text.startswith("قال “نعم” ثم قال “لا” وكتب “ربما” بعد")
