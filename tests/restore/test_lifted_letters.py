"""Lines that pypdf cuts at letters which a font stacks on the one behind them."""

from __future__ import annotations

import pytest

from pipeline.restore.lifted_glyphs import restore_lifted_glyphs
from pipeline.restore.traced import Traced

LINES = [
    ("عاد عشرات السكان إلى بيوتهم بعد أن فتحت السلطات ", "م", "خزن القمح القديم في وسط المدينة"),
    ("وقال رئيس البلدية إن الطريق سيبقى مغلقا أمام ال", "م", "حلات حتى نهاية الأسبوع المقبل"),
    ("وأضاف في مقابلة قصيرة مع الصحيفة أن العدد كان ", "م", "جهولا قبل وصول اللجنة إلى القرية"),
    ("ثم زار الوزير المستشفى الجديد وسأل عن حال كل ", "ش", "خص أصيب في الحادث صباح السبت"),
]
CLEAN = "\n".join("".join(parts) for parts in LINES)
PRINTED = "\n".join("".join(reversed(parts)) for parts in LINES)


def test_parts_come_in_reading_order() -> None:
    restored = restore_lifted_glyphs(Traced.of(PRINTED)).traced
    assert restored.text == CLEAN
    assert all(PRINTED[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_a_figure_ends_what_is_turned() -> None:
    printed = PRINTED + "\nوعاد بعد أيام قليلة 13خص إلى القرية من المدينة،ش ألف "
    assert restore_lifted_glyphs(Traced.of(printed)).traced.text.endswith("\nوعاد بعد أيام قليلة 13 ألف شخص إلى القرية من المدينة،")


def test_lines_are_cut_at_several_letters_one_or_two_side_by_side() -> None:
    line = ("وبلغت ال", "خ", "سائر في موسم الزيتون نصف ال", "م", "حصول، كما ذكرت لجنة المزارعين في ا", "لج", "نوب")
    printed = PRINTED + "\n" + "".join(reversed(line))
    assert restore_lifted_glyphs(Traced.of(printed)).traced.text == CLEAN + "\n" + "".join(line)


def test_guillemets_and_stops_of_such_lines_are_turned_too() -> None:
    printed = PRINTED + "\n.»لن نغادر قبل الفجر« :وقال أحد الحراس\nوجمع الأهالي 20. صندوقا من الفاكهة والخبز\nفي عام 2014. وأضاف أن البلدية لم تفتح"
    expected = CLEAN + "\nوقال أحد الحراس: «لن نغادر قبل الفجر».\nوجمع الأهالي 20 صندوقا من الفاكهة والخبز.\nفي عام 2014. وأضاف أن البلدية لم تفتح"
    assert restore_lifted_glyphs(Traced.of(printed)).traced.text == expected


@pytest.mark.parametrize("text", [CLEAN, "جاء الرجل\nخرج الولد\nحضر الوزير\nجلس الطفل هناكم مع زابوريجيا وشيبيكينو وتشاسيف", PRINTED.split("\n")[0]])
def test_other_lines_stay(text: str) -> None:
    assert restore_lifted_glyphs(Traced.of(text)).traced.text == text
