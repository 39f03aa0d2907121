"""Rows broken at their figures, the pieces in reading order, as pdftotext -raw prints LibreOffice's and Typst's pages."""

from __future__ import annotations

import re

from pipeline.restore.figure_rows import restore_figure_rows
from pipeline.restore.traced import Traced

ROWS = [
    "أعلنت بلدية المدينة أمس أن الأشغال في الطريق الساحلي ستنتهي قبل حلول الصيف المقبل",
    "ويبلغ طول الطريق الجديد 40 كيلومترا من المطار إلى الميناء، وقد شارك في شقه 350 عاملا",
    "كانوا يعملون ليلا ونهارا، وأضافت البلدية أن كلفته بلغت 12 مليون دينار، أي أقل من الكلفة",
    "التي قدرتها الوزارة قبل ثلاث سنوات، وأن افتتاحه سيجري في 15 أيلول المقبل بحضور رؤساء",
    "البلديات المجاورة وممثلين عن الشركات التي شاركت في أعمال الحفر والتعبيد والإنارة كلها.",
    "ويقول سكان المدينة إن الطريق القديم كان ضيقا تكثر فيه حوادث السير، ولا سيما في الشتاء",
    "حين تهطل الأمطار وتغمر المياه أجزاء واسعة منه فيضطر السائقون إلى سلوك طرق فرعية طويلة.",
]


def broken(row: str) -> str:
    return re.sub(r" (\d+) ", r"\n\1\n", row)


def told(text: str) -> str:
    return restore_figure_rows(Traced.of(text)).traced.text


def test_rows_are_joined_around_their_figures() -> None:
    assert told("\n".join(map(broken, ROWS))) == "\n".join(ROWS)


def test_a_clitic_is_written_together_with_its_figure_and_a_stop_with_what_stands_before_it() -> None:
    row = "كانوا يعملون في ما بين\n10\nو\n12\nموقعا، وانتهى العمل في الجزء الأول عام\n2019\n، كما قالت"
    assert "10 و12 موقعا، وانتهى العمل في الجزء الأول عام 2019، كما" in told("\n".join([*map(broken, ROWS[:4]), row, *ROWS[4:]]))


def test_a_page_number_stays_by_itself() -> None:
    text = "\n".join(map(broken, ROWS))
    assert told(f"{text[:-1]}\n7\n\f{text}\n8\n\f") == "\n".join(ROWS)[:-1] + "\n7\n\f" + "\n".join(ROWS) + "\n8\n\f"


def test_a_numbered_list_is_left_alone() -> None:
    text = "\n".join(f"{number}\n{item}" for number, item in enumerate(["خبز وحليب", "زيت الزيتون", "طحين", "سكر وشاي", "تمر"], 1))
    assert told(text) == text


def test_rows_printed_last_piece_first_are_joined() -> None:
    """As pypdf reads Qt's pages."""
    text = "\n".join("\n".join(reversed(broken(row).split("\n"))) for row in ROWS)
    assert told(text) == "\n".join(ROWS)
