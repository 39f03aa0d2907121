"""Marks and hamzas that pdfium prints as letters of other scripts on WeasyPrint's pages."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.coded_marks import restore_coded_marks
from pipeline.restore.document import restore
from pipeline.restore.traced import Traced

PRINTED = """пاعلن رئيس البلدية пامس пان المدرسة الجديدة سйلمت рالى الوزارة بعد مرور عامين
وдقتل في الحادث سائق كان يقود شاحنة، وдجرح مديرЮا سابقЮا ونائبЮا رйحب بالقرار
ولإ تزال الطريق مغلقة пاما الлآخرون فعادوا рالى منازلهم بعدما حйذروا"""
MEANT = """أعلن رئيس البلدية أمس أن المدرسة الجديدة سلّمت إلى الوزارة بعد مرور عامين
وقُتل في الحادث سائق"""


def test_the_words_tell_what_each_sign_stands_for() -> None:
    restored = restore_coded_marks(Traced.of(PRINTED)).traced
    assert restored.text.startswith(MEANT)
    for word in ("وجُرح مديرًا سابقًا ونائبًا رحّب", "ولا تزال الطريق مغلقة أما", "إلى منازلهم"):
        assert word in restored.text
    assert all(i < 0 or PRINTED[i] == c or c in "أإآّلًُا" for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_a_blank_before_a_sign_inside_a_word_is_closed() -> None:
    printed = PRINTED + "\nوقال пان ال пأول تج йمع مع الناس ور йحب بهم"
    assert restore_coded_marks(Traced.of(printed)).traced.text.endswith("\nوقال أن الأول تجمّع مع الناس ورحّب بهم")


@pytest.mark.parametrize("text", ["قرأ كتاب Война и мир في موسكو и عاد، ثم قرأ «известия» أيضا", "زار café الفنون وмосква الجديدة", PRINTED[:40]])
def test_other_texts_stay(text: str) -> None:
    assert restore_coded_marks(Traced.of(text)).traced.text == text


def test_alefs_that_all_came_with_a_hamza_are_mended_first() -> None:
    """Until then most words are unknown, and no sign tells what it stands for."""
    meant = """أعلن رئيس البلدية أمس أن المدرسة الجديدة سلمت إلى الوزارة بعد مرور عامين
وأكد وزير الداخلية أن رجال الأمن أوقفوا أربعة من أفراد العصابة في الأحياء القديمة
وقال سكان الحي إن الأهالي أخبروا الشرطة بما رأوا أمام الدار أول أيام العيد"""
    # A bare alef behind a letter that does not join comes with a hamza, each real hamza before it as a sign.
    printed = re.sub("(?<![بتثجحخسشصضطظعغفقكلمنهيئ])ا", "أ", meant.replace("إ", "рا").replace("أ", "пا"))
    assert restore(printed).text.split() == meant.split()
