"""Vowel marks one letter early, throughout a text; those of a text that has them in place stay."""

from __future__ import annotations

import pytest

from pipeline.restore.early_marks import move_marks_on
from pipeline.restore.traced import Edit, Traced

CLEAN = "قُتل شخصان وأُصيب ثلاثة، وقال الطبيب إن مريضًا توفي مساءً بعد أن نُقل متأخرًا، مضيفًا أن المستشفى لم يُجهّز بعد"
EARLY = "ُقتل شخصان وُأصيب ثلاثة، وقال الطبيب إن مري\u064bضا توفي مساءً بعد أن ُنقل متأخ\u064bرا، مضي\u064bفا أن المستشفى لم ُيج\u0651هز بعد"


def test_marks_one_letter_early() -> None:
    restored = move_marks_on(Traced.of(EARLY)).traced
    assert restored.text == CLEAN
    assert all(EARLY[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [CLEAN, "كتابٌ في الأدب", "ُقتل شخص أمس", "أولًا، ثانيًا، ُثم ثالثًا"])
def test_marks_in_place_stay(text: str) -> None:
    assert move_marks_on(Traced.of(text)).traced.text == text


def test_tanwin_inside_words() -> None:
    text = "قُتل عشرون شخًصا وجُرح محذًّرا عشرين عًاما ثم أحيًاء وأضراًرا مساءً كليًّا هدىً"
    came_off_a_page = Traced.of("212" + text).edit([Edit(0, 3, "122", [1, 0, 2]), Edit(3, 4, "ق", [9]), Edit(4, 5, "ُ", [4])])
    moved = move_marks_on(came_off_a_page).traced.text
    assert moved == "122" + "قُتل عشرون شخصًا وجُرح محذّرًا عشرين عامًا ثم أحياءً وأضرارًا مساءً كليًّا هدىً"
    assert move_marks_on(Traced.of(text)).traced.text == text


def test_single_marks_of_a_damaged_text() -> None:
    text = "وقُتل شخصان بعد أن ُنقل ثلاثة وقّدرت الهيئة أن تأتي مجددًا، مساءً، وقيل إن الحركة تهاَجم البلدة"
    came_off_a_page = Traced.of("212" + text).edit([Edit(0, 3, "122", [1, 0, 2]), Edit(3, 4, "و", [9]), Edit(4, 5, "ق", [4])])
    moved = move_marks_on(came_off_a_page).traced.text
    assert moved == "122" + "وقُتل شخصان بعد أن نُقل ثلاثة وقدّرت الهيئة أن تأتي مجددًا، مساءً، وقيل إن الحركة تهاجَم البلدة"
    assert move_marks_on(Traced.of(text)).traced.text == text


def test_fathatan_before_an_alef_says_nothing_against_early_marks() -> None:
    # Written `اً`, it came early, too.
    text = "ُنقل شخصًا وُأعيد يومًا وُقتل أحدًا، ثم ُعيّن مديرًا وُأرسل مندوبًا وُأبلغ سرًا"
    assert move_marks_on(Traced.of(text)).traced.text.startswith("نُقل شخصاً وأُعيد يوماً وقُتل أحداً")
