"""Alefs that join nothing and came with a hamza all through a text."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.characters import JOINING
from pipeline.restore.document import restore
from pipeline.restore.traced import Traced
from pipeline.restore.unjoined_alefs import bare_cut_alefs, restore_unjoined_alefs

CLEAN = """وصل المزارعون صباح أمس إلى سوق المدينة بعد أن فتحت البلدية أبواب الساحة
وذكر رئيس الغرفة أن التجار عرضوا محاصيل الموسم على السكان وباعوا أكثرها قبل الظهر
وأضاف أن الأسعار انخفضت في الأسبوع الأول من الشهر وأن الإقبال زاد في آخر النهار
كما طالب الأهالي بإصلاح الطريق التي تربط القرية بالسوق قبل أن تبدأ الأمطار"""


def _printed(alef: str) -> str:
    """Every alef that joins nothing behind one code; those of lam-alef have another glyph."""
    return re.sub(f"(?<![{JOINING}])[اأإآ]", alef, CLEAN)


def test_each_word_tells_its_alefs() -> None:
    outcome = restore_unjoined_alefs(Traced.of(_printed("أ")))
    assert outcome.traced.text == CLEAN
    assert {change.kind for change in outcome.changes} == {"filler_letter"}


def test_lines_in_visual_order_are_read_once_they_are_turned() -> None:
    """As pdfminer prints WeasyPrint's pages."""
    printed = "\n".join(line[::-1] for line in _printed("آ").split("\n"))
    assert restore(printed).text.split() == CLEAN.split()


def test_names_have_no_hamza_inside() -> None:
    damaged = f"{_printed('أ')}\nوزأر وأغادوغو"
    assert restore_unjoined_alefs(Traced.of(damaged)).traced.text.endswith("\nوزار واغادوغو")


def test_hamzas_that_came_too_tell_their_alefs() -> None:
    damaged = re.sub(f"(?<![{JOINING}])([اأإآ])", lambda m: "أ" if m[1] == "ا" else f"أ{m[1]}", CLEAN)
    expected = re.sub(f"(?<![{JOINING}])([أإآ])", r"ا\1", CLEAN)
    assert restore_unjoined_alefs(Traced.of(damaged)).traced.text == expected


@pytest.mark.parametrize("text", [CLEAN, "ألف ألمانيا ألقى ألا ألم ألوان ألعاب ألغام ألبوم ألسنة ألحان ألماس " * 3])
def test_articles_without_a_hamza_tell_that_nothing_was_lost(text: str) -> None:
    assert not restore_unjoined_alefs(Traced.of(text)).changes


def test_alefs_alone_are_pieces_of_words_and_stay() -> None:
    """LibreOffice's hamzas came as blanks and cut their words; `أأل` has a lam-alef with its own."""
    damaged = f"{_printed('أ')}\nسبوع من العمل في أأل  كتوبر من ا  ول أ "
    assert restore_unjoined_alefs(Traced.of(damaged)).traced.text.endswith(" أ ")


def test_alefs_of_rows_that_were_cut_at_them_are_bare() -> None:
    """LibreOffice draws the hamza by itself, and PDFBox ends a piece there, its alef coded as all others."""
    rows = ["{0}ن {0}لسكان عادوا مس و{0} كد ر{0}ئد {0}", "لى {0}لقرية {0} علن {0}لمجلس {0}", "سبوع و{0}حد {0} عضاء {0}لوفد {0} ن {0}"] * 3
    printed, bare = ("\n".join(rows).format(alef) for alef in "إا")
    assert bare_cut_alefs(Traced.of(printed)).traced.text == bare
    assert not bare_cut_alefs(Traced.of(bare)).changes


def test_a_hamza_that_came_by_itself_stays_before_its_alef() -> None:
    printed = "\n".join(["أأعلن ألمجلس إ أ أ ألوزرأء أ", "وأكد ألوفد أ أنصرف إأ ألزور أ"] * 5)
    restored = bare_cut_alefs(Traced.of(printed)).traced.text
    assert restored == "\n".join(["أاعلن المجلس إا ا الوزراء ا", "واكد الوفد أانصرف إا الزور ا"] * 5)
