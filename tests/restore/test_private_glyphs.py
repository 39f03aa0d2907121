"""Private glyphs inside words: the marks that are sure, and the doubt about the rest."""

from __future__ import annotations

from pipeline.restore.private_glyphs import restore_private_glyphs
from pipeline.restore.traced import Traced


def test_a_glyph_before_a_final_alef_is_shadda_with_tanwin() -> None:
    outcome = restore_private_glyphs(Traced.of("توقف العمل كلي\ue060ا."), None)
    assert outcome.traced.text == "توقف العمل كليًّا."
    assert [(c.kind, c.before, c.after) for c in outcome.changes] == [("private_glyph", "\ue060", "ًّ")]


def test_a_glyph_that_may_be_a_letter_stays_and_is_doubted() -> None:
    outcome = restore_private_glyphs(Traced.of("كان عرضا جدي\ue060ا وخط\ue063ة."), None)
    assert outcome.traced.text == "كان عرضا جدي\ue060ا وخط\ue063ة."
    assert [d.kind for d in outcome.doubts] == ["undecodable", "undecodable"]


def test_figures_are_left_to_the_digits() -> None:
    outcome = restore_private_glyphs(Traced.of("أصيب \ue005\ue006 شخصا و\ue007 آخرون"), None)
    assert not outcome.changes
    assert not outcome.doubts


def test_a_cipher_is_doubted_line_by_line() -> None:
    line = "".join(chr(0xE001 + n) + " " * (n % 4 == 3) for n in range(40))
    outcome = restore_private_glyphs(Traced.of(f"{line}\n{line}\nعنوان"), None)
    assert [d.kind for d in outcome.doubts] == ["undecodable", "undecodable"]


def test_bullets_of_symbol_fonts_are_no_figures() -> None:
    outcome = restore_private_glyphs(Traced.of("المطلوب:\n\uf0b7 خيام\n\uf0b7 أغطية لعدد \uf0b1\uf0b4 أسرة"), None)
    assert outcome.traced.text == "المطلوب:\n• خيام\n• أغطية لعدد \uf0b1\uf0b4 أسرة"
    assert not outcome.doubts


def test_a_digit_that_once_opens_a_line_stays_a_digit() -> None:
    text = "وصل إلى المخيم\n\uf0b7 شاحنات و\uf0b1\uf0b7 حافلة"
    assert restore_private_glyphs(Traced.of(text), None).traced.text == text


def test_a_pair_of_marks_before_its_word_goes_back_to_its_place() -> None:
    outcome = restore_private_glyphs(Traced.of("انهار الاتفاق \ue01dكليا."), None)
    assert outcome.traced.text == "انهار الاتفاق كليًّا."
    assert [c.kind for c in outcome.changes] == ["private_glyph"]
