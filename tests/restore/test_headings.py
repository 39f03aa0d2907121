"""Headings among physical lines."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.headings import headings, title_goes_on
from pipeline.restore.line_widths import line_width


def found(text: str) -> list[str]:
    spans = [m.span() for m in re.finditer(r"[^\n]+", text)]
    return [text[slice(*spans[k])] for k in sorted(headings(text, spans, [line_width(text[slice(*span)]) for span in spans]))]


def test_lines_between_blank_ones_without_a_stop() -> None:
    text = "اتفاق على وقف القتال\n\nقال الناطق إن الاتفاق دخل\nحيز التنفيذ.\n\nردود الفعل\n\nرحبت الدول المجاورة بالاتفاق\nودعت إلى احترامه.\n"
    assert found(text) == ["اتفاق على وقف القتال", "ردود الفعل"]


def test_a_last_line_of_a_paragraph_is_none() -> None:
    assert found("قال الناطق إن الاتفاق دخل\nحيز التنفيذ.\n\nوأضاف أنه راض.\n\nثم غادر القاعة\nمسرعا.\n") == []


def test_a_last_line_that_the_reader_set_apart_is_none() -> None:
    full = "دخل وقف إطلاق النار في المدينة الساحلية حيز التنفيذ فجر اليوم برعاية الأمم"
    text = f"{full}\nالمتحدة. وقال رئيس البلدية وهو يتفقد السوق القديم إن الناس يزيلون بقايا\n\nكام بالماء والر\n\nوانصرف بعد ذلك.\n"
    assert found(text) == []


def test_where_every_line_is_followed_by_a_blank_only_the_first_can_be_told() -> None:
    assert found("عنوان الخبر\n\nقال الناطق إن الاتفاق دخل\n\nحيز التنفيذ وإن الجميع\n\nملتزم به.\n") == ["عنوان الخبر"]


def test_a_line_as_wide_as_the_column_is_none() -> None:
    first = "دخل وقف إطلاق النار في المدينة الساحلية حيز التنفيذ فجر اليوم برعاية الأمم"
    rest = "المتحدة بعد أيام من توقيع الاتفاق بين الحكومة والجماعة في عاصمة\nمجاورة قبلت أن ترعى ما يتفق عليه الطرفان من خطوات حتى آخر\nالعام."
    text = f"هدنة في الميناء\n\n{first}\n\n{rest}\n\nردود الفعل\n\nرحبت الدول المجاورة بالاتفاق ودعت إلى احترامه وإلى فتح الطرق في أقرب\nوقت.\n"
    assert found(text) == ["هدنة في الميناء", "ردود الفعل"]


@pytest.mark.parametrize(
    ("second", "goes_on"), [("الساحلي\n\n", True), ("الساحلي\n", False), ("\nالساحلي\n\n", False), ("قال الناطق.\n\n", False), ("\n", False)]
)
def test_a_title_goes_on_in_a_shorter_line_that_stands_with_it(second: str, goes_on: bool) -> None:
    body = "دخل وقف إطلاق النار في المدينة الساحلية حيز التنفيذ فجر اليوم\nبعد أيام من توقيع الاتفاق في عاصمة مجاورة\nقبلت أن ترعاه.\n"
    text = f"هدنة بعد أسابيع من القتال في الميناء\n{second}{body}"
    spans = [m.span() for m in re.finditer(r"[^\n]+", text)]
    assert title_goes_on(text, spans, [line_width(text[slice(*span)]) for span in spans]) is goes_on
