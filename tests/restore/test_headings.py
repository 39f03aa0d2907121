"""Headings among physical lines."""

from __future__ import annotations

import re

from pipeline.restore.headings import headings
from pipeline.restore.line_widths import line_width


def found(text: str) -> list[str]:
    spans = [m.span() for m in re.finditer(r"[^\n]+", text)]
    return [text[slice(*spans[k])] for k in sorted(headings(text, spans, [line_width(text[slice(*span)]) for span in spans]))]


def test_lines_between_blank_ones_without_a_stop() -> None:
    text = "اتفاق على وقف القتال\n\nقال الناطق إن الاتفاق دخل\nحيز التنفيذ.\n\nردود الفعل\n\nرحبت الدول المجاورة بالاتفاق\nودعت إلى احترامه.\n"
    assert found(text) == ["اتفاق على وقف القتال", "ردود الفعل"]


def test_a_last_line_of_a_paragraph_is_none() -> None:
    assert found("قال الناطق إن الاتفاق دخل\nحيز التنفيذ.\n\nوأضاف أنه راض.\n\nثم غادر القاعة\nمسرعا.\n") == []


def test_where_every_line_is_followed_by_a_blank_only_the_first_can_be_told() -> None:
    assert found("عنوان الخبر\n\nقال الناطق إن الاتفاق دخل\n\nحيز التنفيذ وإن الجميع\n\nملتزم به.\n") == ["عنوان الخبر"]


def test_a_line_as_wide_as_the_column_is_none() -> None:
    first = "دخل وقف إطلاق النار في المدينة الساحلية حيز التنفيذ فجر اليوم برعاية الأمم"
    rest = "المتحدة بعد أيام من توقيع الاتفاق بين الحكومة والجماعة في عاصمة\nمجاورة قبلت أن ترعى ما يتفق عليه الطرفان من خطوات حتى آخر\nالعام."
    text = f"هدنة في الميناء\n\n{first}\n\n{rest}\n\nردود الفعل\n\nرحبت الدول المجاورة بالاتفاق ودعت إلى احترامه وإلى فتح الطرق في أقرب\nوقت.\n"
    assert found(text) == ["هدنة في الميناء", "ردود الفعل"]
