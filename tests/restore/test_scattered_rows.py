"""Rows that fell apart at their figures, each piece on a line of its own, as pdfminer prints LibreOffice's, Typst's and cairo's pages."""

from __future__ import annotations

import re

from pipeline.restore.scattered_rows import restore_scattered_rows
from pipeline.restore.traced import Traced

FULL = "أعلنت بلدية المدينة أمس أن الأشغال في الطريق الساحلي ستنتهي قبل حلول الصيف المقبل"
CLOSING = "وأضافت أن العمال سيعملون ليلا ونهارا حتى افتتاحه أمام السيارات."
ROW = "ويبلغ طول الطريق الجديد 40 كيلومترا من المطار إلى الميناء، وقد شارك في شقه 350 عاملا"
DAY = "وسيفتتحه وزير الأشغال العامة في 12 أيلول المقبل بحضور رؤساء البلديات"


def pieces_of(row: str) -> list[str]:
    """A row as pdfminer takes it apart: figures by themselves, the other pieces with blanks at their torn ends; the last piece first."""
    found: list[str] = []
    text = ""
    for word in row.split(" "):
        if word.isdigit():
            found += [text, word]
            text = " "
        else:
            text += word + " "
    return [*found, text.removesuffix(" ")][::-1]


def printed(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def told(text: str) -> list[str]:
    return [line for line in restore_scattered_rows(Traced.of(text)).traced.text.split("\n") if line]


def test_pieces_printed_from_left_to_right_are_put_together() -> None:
    text = printed(FULL, *pieces_of(ROW), CLOSING, FULL, *pieces_of(DAY), CLOSING)
    assert told(text) == [FULL, ROW, CLOSING, FULL, DAY, CLOSING]


def test_pieces_printed_away_from_their_figures_are_put_together_where_words_tell_the_figures() -> None:
    row = "وبدأ شق الطريق في 12 أيلول الماضي، ويشارك فيه نحو 350 عاملا من القرى المجاورة للمدينة"
    end, second, middle, first, start = pieces_of(row)
    text = printed(FULL, end, start, CLOSING, middle, second, first, FULL, *pieces_of(DAY), CLOSING)
    assert told(text)[:3] == [FULL, row, CLOSING]


def test_a_row_with_one_end_of_a_range_only_is_left() -> None:
    row = "وقدرت البلدية أن عدد العاملين في شق الطريق الساحلي الجديد يبلغ ما بين 40 في المئة منهم"
    text = printed(FULL, *pieces_of(row), CLOSING, FULL, *pieces_of(DAY), CLOSING)
    assert row not in told(text)


def test_rows_that_broke_at_their_figures_only_are_left_in_order() -> None:
    """As MuPDF prints Arabic-Indic figures of office documents: no piece went elsewhere, so figure_rows.py joins them."""
    rows = [
        "ويبلغ طول الطريق الجديد\n40\n كيلومترا من المطار إلى الميناء، وقد شارك في شقه ",
        "عمال كثيرون من القرى المجاورة، وأضافت البلدية أن كلفته بلغت\n12\nمليون دينار، أي أقل من الكلفة",
        "التي قدرتها الوزارة قبل ثلاث سنوات، وأن افتتاحه سيجري في\n15\n أيلول المقبل بحضور رؤساء ",
        "البلديات المجاورة وممثلين عن الشركات، وأن نحو\n350\n عاملا سيواصلون أعمال الحفر والتعبيد والإنارة ",
        "حتى نهاية العام، بعدما توقفت ثلاثة أشهر بسبب الأمطار التي غمرت أجزاء واسعة من الطريق القديم.",
    ]
    text = "\n".join([FULL, *rows, FULL, CLOSING]) + "\n"
    assert restore_scattered_rows(Traced.of(text)).traced.text == text


def test_a_page_number_stays_by_itself() -> None:
    text = printed(FULL, *pieces_of(ROW), FULL, *pieces_of(DAY), CLOSING, "7")
    assert told(text) == [FULL, ROW, FULL, DAY, CLOSING, "7"]


def test_every_character_of_a_joined_row_keeps_its_origin() -> None:
    text = printed(FULL, *pieces_of(ROW), CLOSING, *pieces_of(DAY))
    traced = restore_scattered_rows(Traced.of(text)).traced
    assert all(origin < 0 or text[origin] == char for char, origin in zip(traced.text, traced.origin, strict=True))


def test_rows_whose_figures_could_be_swapped_are_put_together_without_them() -> None:
    one, two = "وزار الموقع 14 مهندسا أمس صباحا", "وزار الموقع 16 مهندسا أمس صباحا"
    text = printed(FULL, *(p for row in (one, two) for p in pieces_of(row) if not p.isdigit()), CLOSING, "14", "16", FULL, CLOSING)
    outcome = restore_scattered_rows(Traced.of(text))
    told = outcome.traced.text.split("\n")
    assert told.count("وزار الموقع مهندسا أمس صباحا") == 2
    assert {"14", "16"} < set(told)
    assert [{*doubt.readings} for doubt in outcome.doubts] == [{"الموقع 14", "الموقع 16"}] * 2


def test_a_short_word_beside_a_figure_is_turned_with_it() -> None:
    row = "ويبلغ عدد العاملين في بناء الميناء ما بين 65 و70 عاملا من المدينة ومن القرى القريبة."
    end, _, start = pieces_of(row.replace("65 و70", "65"))
    text = printed(FULL, end, "70 و65", start, CLOSING, FULL, *pieces_of(ROW), CLOSING)
    assert told(text) == [FULL, row, CLOSING, FULL, ROW, CLOSING]


def test_tabs_are_blanks_as_qt_writes_them() -> None:
    text = printed(FULL, *pieces_of(ROW), CLOSING, FULL, *pieces_of(DAY), CLOSING).replace(" ", "\t")
    assert [line.replace("\t", " ") for line in told(text)] == [FULL, ROW, CLOSING, FULL, DAY, CLOSING]


def test_a_stop_that_was_drawn_with_a_figure_stands_behind_it() -> None:
    row = "وسيفتتحه وزير الأشغال العامة في أيلول المقبل بحضور رؤساء البلديات الساحلية قبل عام 2031."
    text = printed(FULL, ".2031", row.removesuffix("2031."), FULL, *pieces_of(DAY), *pieces_of(ROW), CLOSING)
    assert told(text)[:3] == [FULL, row, FULL]


def test_rows_are_put_in_order_by_how_they_go_on() -> None:
    end, figure, start = pieces_of(DAY)
    text = printed(FULL, end, CLOSING, figure, start, FULL, *pieces_of(ROW), CLOSING)
    assert told(text)[:3] == [FULL, DAY, CLOSING]


def drawn_apart(row: str) -> list[str]:
    """A row as pdfminer takes it apart whose signs come from another font as its figures do; the last piece first."""
    return [piece for piece in re.split(r"([./]|[0-9]+)", row) if piece.strip()][::-1]


DATED = "وسيفتتحه وزير الأشغال العامة في 12 أيلول/سبتمبر المقبل بحضور رؤساء البلديات"
ENDED = "وانتهى شق الطريق أمس. وقال المهندسون إن العمل تأخر شهرين بسبب الأمطار التي هطلت"
SHARED = "وشارك في الافتتاح سكان القرى المجاورة. وعبّروا عن سعادتهم بالطريق الذي طال انتظاره"


def page_of_signs(closing: str) -> str:
    """A page with signs that were drawn by themselves."""
    return printed(FULL, *drawn_apart(ROW), FULL, *drawn_apart(ENDED), closing, FULL, *drawn_apart(DATED), FULL, *drawn_apart(SHARED), closing)


def test_signs_that_were_drawn_apart_stand_where_they_lean_on_words() -> None:
    assert told(page_of_signs(CLOSING)) == [FULL, ROW, FULL, ENDED, CLOSING, FULL, DATED, FULL, SHARED, CLOSING]


def test_signs_of_a_page_that_has_blanks_for_others_are_left() -> None:
    assert {"/", "."} < set(told(page_of_signs(CLOSING.replace(" سيعملون ", "  سيعملون  "))))


def test_indented_paragraphs_and_page_numbers_are_no_pieces() -> None:
    text = f" {FULL}\n{CLOSING}\n\n3\n\n {ROW}\n{CLOSING}\n\n4\n"
    assert restore_scattered_rows(Traced.of(text)).traced.text == text


def test_a_table_is_left_alone() -> None:
    text = "".join(f" بند رقم \n{n}\n{n * 3}\n{n * 7}\n" for n in range(11, 30))
    assert restore_scattered_rows(Traced.of(text)).traced.text == text
