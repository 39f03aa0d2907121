"""Pieces of rows that stand turned around vowel marks, as pdfium reads cairo's pages."""

from __future__ import annotations

import pytest

from pipeline.restore.mark_turns import restore_mark_turns
from pipeline.restore.traced import Traced

IN_PLACE = "وقال المهندس إن الشركة وق ّ عت العقد أمس وإن العمال سينج ُ زون الجسر"


def told(*lines: str) -> list[str]:
    return restore_mark_turns(Traced.of("\n".join(lines))).traced.text.split("\n")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (
            "رة في سماء القرية ّ وحلقت طائرة مسي. وقال شهود إنهم سمعوا صوتها",
            "وحلقت طائرة مسيّرة في سماء القرية. وقال شهود إنهم سمعوا صوتها",
        ),
        (
            "وأسقطت الدفاعات 30 رة باتجاه الساحل الغربي ّ صاروخا وطائرة مسي",
            "وأسقطت الدفاعات 30 صاروخا وطائرة مسيّرة باتجاه الساحل الغربي",
        ),
        (
            "ان أمام أعضاء المجلس ّ مها الوزير من عم ّ وفي كلمة مطولة قد",
            "وفي كلمة مطولة قدّمها الوزير من عمّان أمام أعضاء المجلس",
        ),
    ],
)
def test_pieces_around_marks_come_in_reading_order(printed: str, written: str) -> None:
    assert told(IN_PLACE, printed, IN_PLACE)[1] == written


def test_marks_in_their_places_lose_the_blanks() -> None:
    line = "ورأى الناس في ذلك انتصارا ً للمدينة التي انتظرت هذا الجسر ثلاثين عاما"
    assert told(IN_PLACE, line, IN_PLACE)[1] == line.replace(" \u064b", "\u064b")


def test_lines_that_marks_open_are_left() -> None:
    lines = ["ّ كشف تقرير أعد ّ ته نقابة عمال", "ّ وقال الوزير إن الشركة وق ّ عت العقد", "ّ وأضاف أن العم ّ ال باشروا"]
    assert told(*lines) == lines


def test_every_character_keeps_its_origin() -> None:
    text = "\n".join([IN_PLACE, "رة في سماء القرية ّ وحلقت طائرة مسي. وقال شهود إنهم سمعوا صوتها", IN_PLACE])
    traced = restore_mark_turns(Traced.of(text)).traced
    assert all(at < 0 or text[at] == char for char, at in zip(traced.text, traced.origin.tolist(), strict=True))


def test_marks_before_their_words_are_another_readers_way() -> None:
    lines = ["وق ّرر المجلس أمس بناء جسر جديد", "ق ّدم الوزير خطة ً طويلة", "مرتفعا ً أو منخفضا ً عن غيره", "وح ّث الن ّواب على قبولها"]
    assert told(*lines) == lines


def test_stray_marks_behind_whole_words_are_a_writers_own() -> None:
    lines = ["كان شاعرا ً كبيرا ومحبا للناس", "وعاش زمنا ً طويلا في المدينة", "ثم صار قاضيا ً في قريته"]
    assert told(*lines) == lines
