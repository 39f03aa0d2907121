"""Truncated phrases, redundant connectives, lone marks, impossible values: what is flagged and what is not."""

from __future__ import annotations

import pytest

from pipeline.quality.impossible import impossible_values
from pipeline.quality.marks import unbalanced_marks
from pipeline.quality.model import TextView
from pipeline.quality.phrases import redundant_connectives, truncated_phrases
from pipeline.quality.text_flags import flag_text


def told(detector, text: str) -> list[str]:
    return [text[f.start : f.end] for f in detector(TextView("d", text, []))]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("ذلك ما أفاد به المرصد السوري لحقوق.", "المرصد السوري لحقوق"),
        ("وصل المبعوث إلى العاصمة قادما من.", "قادما من"),
        ("وقال إن الهدنة لن تصمد لأن.", "تصمد لأن"),
    ],
)
def test_phrases_cut_short(text, cut):
    assert told(truncated_phrases, text) == [cut]


@pytest.mark.parametrize(
    "text",
    [
        "ذلك ما أفاد به المرصد السوري لحقوق الإنسان.",
        "لم يصل بعد.",
        "هذا ما تحدثنا عنه من قبل.",
        "بيان تنظيم الدولة، ثم بيان الأمم المتحدة.",
        "نشرته وكالة أعماق، ذراع التنظيم.",
    ],
)
def test_whole_phrases(text):
    assert told(truncated_phrases, text) == []


def test_a_missing_figure_explains_an_open_end():
    view = TextView("d", "قتل  جنديا في  غارات منذ  ساعة، وأصيب نحو  مدنيا في.", [])
    assert "truncated_phrase" not in {f.kind for f in flag_text(view) if f.end >= len(view.text) - 1 and f.kind == "stripped_number"}


def test_connectives_that_say_one_thing_twice():
    assert told(redundant_connectives, "غادر السكان إثر بعد انهيار السد") == ["إثر بعد"]
    assert told(redundant_connectives, "غادر السكان إثر انهيار السد، بعد ساعات") == []


@pytest.mark.parametrize(
    ("text", "lone"),
    [("قال (وزير الصحة إن الوضع صعب.", ["("]), ("«نحن هنا” قال الرجل", ["«", "”"]), ('قال: "نحن هنا.', ['"'])],
)
def test_marks_without_a_partner(text, lone):
    assert told(unbalanced_marks, text) == lone


@pytest.mark.parametrize(
    "text",
    ["قال (الوزير) إن «الوضع» صعب.", "1) أولا\n\n2) ثانيا\n\nأ) ثالثا", "“قال الرجل كلاما طويلا\n\n“ثم أضاف كلاما آخر”", 'قال: "نعم" ثم "لا"'],
)
def test_marks_in_pairs(text):
    assert told(unbalanced_marks, text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("وقع الحادث في 31 فبراير الماضي", "31 فبراير"),
        ("صدر القرار بتاريخ 45/13/2016 عن المحكمة", "45/13/2016"),
        ("تأسست المدرسة سنة ٥٠٠٢ في الريف", "سنة ٥٠٠٢"),
        ("بدأ الهجوم عند الساعة 25:70", "الساعة 25:70"),
        ("دمر القصف 130% من المنازل", "130% من"),
    ],
)
def test_values_that_cannot_be(text, wrong):
    assert told(impossible_values, text) == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "وقع الحادث في 29 فبراير الماضي", "صدر القرار بتاريخ 13/12/2016", "سنة ٢٠٠٥", "سنة 5002 ق.م", "الساعة 23:59",
        "ارتفعت الأسعار 130% من مستواها", "دمر القصف 70% من المنازل",
    ],
)  # fmt: skip
def test_values_that_can_be(text):
    assert told(impossible_values, text) == []


def test_a_year_read_backwards_is_told():
    (flag,) = impossible_values(TextView("d", "سنة ٥٠٠٢", []))
    assert "2005" in flag.explanation
