"""Words reversed one by one in lines whose words are in order, as pypdf and pdfium read cairo's pages."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.document import restore
from pipeline.restore.traced import Traced
from pipeline.restore.turned_pieces import restore_turned_pieces

WRITTEN = (
    "وصلت السفينة إلى المرفأ بعد رحلة طويلة (من الهند)، وبدأ العمال تفريغ الحمولة",
    "وقال المدير إن البضائع تشمل القمح والأرز. وأضاف: الأسعار مستقرة في الأسواق",
    "واستقبل الميناء 12 سفينة خلال الشهر الماضي، وغادرته 9 سفن صغيرة",
    "فيما ينتظر التجار لائحة الرسوم الجديدة قبل نهاية الأسبوع المقبل",
)
_PIECE = re.compile("[\u0621-\u065f\u060c]+|[^\u0621-\u065f\u060c]+")
_FIGURE = re.compile("([0-9]+)")


def _letters_reversed(text: str) -> str:
    return "".join(m.group()[::-1] for m in _PIECE.finditer(text))


def _pypdf(line: str) -> str:
    """Pieces reversed one by one, the parts between figures from left to right."""
    return "".join(part if part.isdigit() else _letters_reversed(part) for part in reversed(_FIGURE.split(line)))


def _pdfium(line: str) -> str:
    return "".join(m.group()[::-1] if m.group()[0].isalpha() else m.group() for m in _PIECE.finditer(line))


def _pdfium_apart(line: str) -> str:
    """Signs drawn by themselves: blanks on both sides, several of them mirrored and last one first."""
    mirrored = {"(": ")", ")": "("}
    parted = re.sub("(?<=[^0-9 ]) ?([.:()])(?=[ \u060c]|$)|([(]) ?", lambda m: f" {m[0].strip()} ", line).replace("  ", " ")
    return "".join(mirrored.get(sign, sign) for sign in _pdfium(parted)).strip()


@pytest.mark.parametrize("reader", [_pypdf, _pdfium])
def test_words_are_reversed_where_they_stand(reader) -> None:  # type: ignore[no-untyped-def]
    damaged = "\n".join(map(reader, WRITTEN))
    outcome = restore_turned_pieces(Traced.of(damaged))
    assert outcome.traced.text == "\n".join(WRITTEN)
    assert {change.kind for change in outcome.changes} == {"visual_order"}


def test_two_rows_that_came_as_one_line_are_read_one_after_the_other() -> None:
    """A mark below the first row hides its end from pypdf."""
    rows = [*WRITTEN[:3], "وبلغت حمولة السفن 300 طن من القمح والأرز والسكر", *WRITTEN[3:]]
    printed = [_pypdf(row) for row in rows]
    damaged = "\n".join([*printed[:2], f"{printed[2]} {printed[3]}", *printed[4:]])
    assert restore_turned_pieces(Traced.of(damaged)).traced.text.split() == " ".join(rows).split()


def test_signs_that_stand_apart_touch_their_words_again() -> None:
    damaged = "\n".join(map(_pdfium_apart, WRITTEN))
    assert " . " in damaged
    restored = restore_turned_pieces(Traced.of(damaged)).traced.text.split("\n")
    assert restored[0].startswith("وصلت السفينة إلى المرفأ بعد رحلة طويلة )من الهند(")
    assert restored[1:] == list(WRITTEN[1:])


def test_a_lam_alef_that_was_one_glyph_keeps_its_order() -> None:
    damaged = "\n".join(map(_pypdf, WRITTEN)).replace("ال", "لا") + "\n" + _letters_reversed("أعلن الاتحاد خلال اللقاء") + "\n"
    restored = restore_turned_pieces(Traced.of(damaged)).traced.text
    assert "لائحة" in restored


def test_words_that_pdfium_left_as_they_are_stay() -> None:
    damaged = "\n".join(map(_pdfium, WRITTEN)).replace("لالخ", "خلال")
    assert "خلال" in damaged
    assert restore_turned_pieces(Traced.of(damaged)).traced.text == "\n".join(WRITTEN)


def test_lines_reversed_as_a_whole_are_left_to_others() -> None:
    damaged = "\n".join(line[::-1] for line in WRITTEN)
    assert restore_turned_pieces(Traced.of(damaged)).changes == []


def test_clean_text_stays() -> None:
    assert restore_turned_pieces(Traced.of("\n".join(WRITTEN))).changes == []


def test_the_whole_restoration_reads_such_a_text() -> None:
    assert restore("\n".join(map(_pypdf, WRITTEN))).text.split() == " ".join(WRITTEN).split()


def test_stops_and_marks_that_stayed_in_their_places_stay_there() -> None:
    """pdfium on Chromium's pages: only letters are turned, on both sides of a mark by themselves."""
    written = [*WRITTEN, "وقدّر الخبراء أن المخزون يكفي ثلاثة أشهر، فيما نُقلت الشحنة إلى الجنوب، بعيدا عن الميناء"]
    damaged = "\n".join(re.sub("[\u0621-\u064a]+", lambda m: m.group()[::-1], line) for line in written)
    assert restore_turned_pieces(Traced.of(damaged)).traced.text.split("\n")[-1] == written[-1]


def test_the_article_of_a_word_cut_at_its_hamza_is_no_negation() -> None:
    cut = [line.replace("الأ", "ال أ ") for line in WRITTEN]
    assert restore_turned_pieces(Traced.of("\n".join(map(_pdfium, cut)))).traced.text == "\n".join(cut)


def test_a_piece_cut_before_its_lam_alef_is_left_as_it_was_drawn() -> None:
    cut = "وأعلنت البلدية إغ لاق الشارع حتى نهاية الأسبوع"
    damaged = "\n".join(map(_pdfium, (*WRITTEN, cut))).replace("غإ قال", "غإ لاق")
    assert restore_turned_pieces(Traced.of(damaged)).traced.text.endswith(cut)
