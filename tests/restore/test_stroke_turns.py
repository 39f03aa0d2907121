"""Lines that MuPDF turns at the strokes of justified text, where the font's table calls them Latin letters or hyphens."""

from __future__ import annotations

import pytest

from pipeline.restore.stroke_turns import restore_stroke_turns
from pipeline.restore.traced import Traced

LINES = [
    "بدأت فرق الإنقEاذ صباح اليEوم البحEث عن المفقEودين",
    "تحت أنقEاض المبنى الEذي انهEار ليلة أمس في",
    "وسط المدينEة، وقالت السEلطات إن عددهEم لم يُعرف",
    "حتى الآن، وطلبEت من السكEان الابتعEاد عن المكEان",
]


def _printed(line: str) -> str:
    return "E".join(reversed(line.split("E")))


TEXT = "\n".join(map(_printed, LINES))


def test_pieces_between_strokes_come_in_reading_order() -> None:
    restored = restore_stroke_turns(Traced.of(TEXT)).traced
    assert restored.text == "\n".join(LINES)
    assert all(TEXT[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_a_figure_ends_what_is_turned_and_signs_before_the_line_stay() -> None:
    text = TEXT + "\n.رEر القطEأخ35 ودEة المفقEقيب"
    assert restore_stroke_turns(Traced.of(text)).traced.text.endswith("\n.أخEر القطEر35 قيبEة المفقEود")


def test_a_blank_at_a_lines_printed_end_stays_there() -> None:
    text = "\n".join(_printed(line) + " " for line in LINES)
    assert restore_stroke_turns(Traced.of(text)).traced.text == "\n".join(f"{line} " for line in LINES)


@pytest.mark.parametrize("text", ["\n".join(LINES), TEXT.replace("E", "ـ"), "شركة X-مصر وشركة Y-مصر\n" * 6])
def test_other_lines_stay(text: str) -> None:
    assert restore_stroke_turns(Traced.of(text)).traced.text == text


def test_a_digit_may_be_a_stroke() -> None:
    """The font's table may call the stroke `4`; a 4 behind a word and before a blank is a figure where that reads better."""
    figure = "وقال شهود إن الإنقاذ استغرق أكثر من4 ساعات كاملة"
    printed = TEXT.replace("E", "4") + f"\n{figure}"
    assert restore_stroke_turns(Traced.of(printed)).traced.text == "\n".join(LINES).replace("E", "4") + f"\n{figure}"


def test_a_text_in_visual_order_is_left_to_visual_order() -> None:
    text = "\n".join(
        line[::-1]
        for line in (
            "وصلEت فرق الإنقاذ إلى المديEنة بعد ساعات",
            "وقال سكEان إن المياه غمEرت بيوتا كثيرة في الوادي",
            "وأعلEنت الوزارة إغEلاق المداEرس",
        )
    )
    assert restore_stroke_turns(Traced.of(text)).traced.text == text
