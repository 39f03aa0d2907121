"""Words that stand reversed one by one, among words that are right: pdfium's reading of some browser pages."""

from __future__ import annotations

import pytest

from pipeline.restore.traced import Traced
from pipeline.restore.turned_words import restore_marked_words
from pipeline.restore.visual_order import restore_visual_order

CLEAN = """أعلنت وزارة الداخلية مساء السبت توقيف ثلاثة أشخاص بتهمة تهريب الآثار
وقال المتحدث باسم الوزارة إن التحقيق مستمر مع الموقوفين منذ أسبوعين
وأضاف أن القطع التي عثر عليها في المخزن ستنقل إلى متحف العاصمة قريبا
كما طالبت نقابة المحامين بمحاكمة عادلة وعلنية لجميع المتهمين في القضية
ومن المقرر أن تعقد المحكمة أولى جلساتها في السابع من الشهر المقبل
ويرى خبراء أن تجارة الآثار ازدهرت خلال سنوات الحرب بسبب غياب الرقابة"""
JOINING = "بتثجحخسشصضطظعغفقكلمنهيئ"


def as_pdfium_prints(line: str) -> str:
    """Words that end in a joined letter, reversed; lam-alef keeps its order."""
    return " ".join(turned(word) if len(word) > 1 and word[-2] in JOINING else word for word in line.split(" "))


def turned(word: str) -> str:
    return word[::-1].replace("ال", "لا") if "لا" in word else word[::-1]


def test_words_reversed_one_by_one() -> None:
    damaged = "\n".join(map(as_pdfium_prints, CLEAN.split("\n")))
    restored = restore_visual_order(Traced.of(damaged)).traced
    wrong = [(a, b) for a, b in zip(restored.text.split(), CLEAN.split(), strict=True) if a != b]
    assert len(wrong) <= 1, wrong
    assert all(damaged[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_names_that_nobody_knows_follow_the_habit_of_the_text() -> None:
    names = "زار ودنيبرو وفد من شركة كبيرة مساء أمس"
    # Marks cut words, whose pieces are turned for themselves.
    damaged = "\n".join([*map(as_pdfium_prints, [*CLEAN.split("\n"), names]), "يسمّرة رقملاّب يسملاّرات يسمّرات"])
    assert restore_visual_order(Traced.of(damaged)).traced.text.split("\n")[-2] == names


@pytest.mark.parametrize("text", [CLEAN, "\n".join(line[::-1] for line in CLEAN.split("\n"))])
def test_lines_of_one_kind_come_out_clean(text: str) -> None:
    assert restore_visual_order(Traced.of(text)).traced.text == CLEAN


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("كان يندمًا ثم ريدمًا وعاد ابئانً عن المدينة", "كان مدنيًا ثم مديرًا وعاد نائبًا عن المدينة"),
        ("ذحوّرت الوزارة من قشّين مجتّع، وكان المدير في رقمّها أمس", "وحذّرت الوزارة من شقّين تجمّع، وكان المدير في مقرّها أمس"),
        ("اشترى امنودًا وكان ايندمًا وزار ابئانًا", "اشترى دونمًا وكان مدنيًا وزار نائبًا"),
        ("نبتّنّى القرار مدّمّرت البيت مهيّمّني الأمر", "تبنّى القرار دمّرت البيت يهمّني الأمر"),
    ],
)
def test_letters_before_a_mark_reversed(damaged: str, expected: str) -> None:
    """pdfium on Chromium's and Typst's pages; Typst's marks have the letter that bears them in their code, or a tanwin's alef."""
    assert restore_marked_words(Traced.of(damaged)).traced.text == expected


REPEATED = "\n".join(["سجلت القرية 13 نازحاً"] * 4)


@pytest.mark.parametrize("text", ["كان مدنيًا ثم مديرًا وعاد نائبًا عن المدينة ومقرّها", "كان يندمًا ثم عاد إلى رقمّها", REPEATED])
def test_marked_words_that_stand_right_stay(text: str) -> None:
    assert restore_marked_words(Traced.of(text)).traced.text == text
