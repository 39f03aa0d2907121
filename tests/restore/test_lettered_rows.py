"""Pages printed one letter a line, as pdftotext -raw prints what cairo draws letter by letter."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.document import restore
from pipeline.restore.lettered_rows import is_lettered, join_letters
from pipeline.restore.traced import Traced

ROWS = (
    "افتتاح مكتبة الحي الجديدة",
    "افتتحت البلدية صباح السبت مكتبة عامة في وسط الحي القديم، تضم 4500 كتاب",
    "وقاعة للقراءة تتسع لنحو 120 زائرا. وقال مدير المكتبة إن العمل فيها استغرق",
    "عامين كاملين، وإن السكان تبرعوا بنصف الكتب التي وضعت على رفوفها.",
    "وأضاف أن المكتبة ستفتح أبوابها كل يوم من الساعة 8 حتى الساعة 20 مساء، وأن",
    "الاشتراك فيها مجاني للطلاب. وحضر الافتتاح 36 معلما من مدارس المدينة مع",
    "تلاميذهم الذين قرأوا قصائد قصيرة أمام الحاضرين.",
)


def _printed(row: str, apart: str = "") -> str:
    """A row as it is drawn: its runs from left to right, each letter on a line of its own, what stands right of the last glyph behind it.

    The signs `apart` are from another font.
    """
    runs = [run.replace(" ", "") for run in re.findall(f"[0-9]+|[{apart}]|[^0-9{apart}]+" if apart else "[0-9]+|[^0-9]+", row)][::-1]
    lines: list[str] = []
    for number, run in enumerate(runs):
        glyphs = [run] if run.isdigit() else [g[::-1] if g == "لا" else g for g in re.findall("لا|.", run)]
        if number:
            lines[-1] += " " + glyphs.pop(0)
        lines += glyphs
    return "\n".join(lines)


def _page(apart: str = "") -> str:
    return "\n".join(_printed(row, apart) for row in ROWS) + "\n\f"


@pytest.mark.parametrize("apart", ["", ".", ".،"])
def test_rows_with_figures_are_put_in_reading_order(apart: str) -> None:
    outcome = join_letters(Traced.of(_page(apart)))
    assert outcome.traced.text.replace(" ", "").rstrip() == "".join(ROWS).replace(" ", "")
    assert {change.kind for change in outcome.changes} == {"line_join", "visual_order"}


def test_the_text_reads_as_it_was_written() -> None:
    assert restore(_page()).text.split() == " ".join(ROWS).split()


def test_embedded_letters_are_no_embedded_words() -> None:
    embedded = re.sub("[ء-ي]+", lambda m: f"\u202b{m.group()}\u202c", _page())
    assert is_lettered(embedded)
    assert restore(embedded).text == restore(_page()).text


def test_a_glyph_of_two_letters_comes_turned() -> None:
    page = _page().replace("\nأ\n", "\nأل\n", 1)
    assert "لأ" in join_letters(Traced.of(page)).traced.text


@pytest.mark.parametrize(("glyph", "read"), [("ُن", "نُ"), ("ًا", "ًا"), ("قّ", "قّ"), ("هلل", "لله")])
def test_marks_stand_behind_the_letters_of_their_glyph(glyph: str, read: str) -> None:
    page = _page().replace("\nز\n", f"\n{glyph}\n", 1)
    assert read in join_letters(Traced.of(page)).traced.text


def test_other_texts_stay() -> None:
    text = "\n".join(" ".join(ROWS).split())
    assert join_letters(Traced.of(text)).traced.text == text
