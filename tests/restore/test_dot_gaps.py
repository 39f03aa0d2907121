"""Blanks that readers saw at the dots of letters, which fonts draw apart."""

from __future__ import annotations

import re

from pipeline.restore.document import restore
from pipeline.restore.dot_gaps import close_dot_gaps
from pipeline.restore.traced import Traced

TEXT = """وصلت قافلة الإغاثة إلى المدينة المحاصرة فجر الجمعة، وقال منظموها إن الشاحنات تحمل طحينا وأدوية للأطفال.
وانتظر السكان ساعات في البرد قبل أن تبدأ فرق الهلال توزيع السلال على الأسر التي فقدت بيوتها في القصف.
وذكر طبيب في المشفى أن عشرين جريحا على الأقل يحتاجون إلى عمليات عاجلة، وأن الوقود يكفي يومين فقط."""
_DOTTED, _LETTER = "بتثجخذزشضظغفقنيةأإؤ", "[\u0621-\u063a\u0641-\u064a]"


def _behind(text: str) -> str:
    """As pdftotext reads a page of Chromium."""
    return re.sub(f"([{_DOTTED}])(?={_LETTER}|[،.])", "\\1 ", text)


def _before(text: str) -> str:
    """As pdftotext reads a page of cairo, MuPDF one of Chromium."""
    return re.sub(f"(?<={_LETTER})(?=[{_DOTTED}])", " ", text)


def test_blanks_behind_letters_with_dots_are_closed_where_the_words_say_so() -> None:
    assert close_dot_gaps(Traced.of(_behind(TEXT))).traced.text == TEXT
    assert restore(_behind(TEXT)).text == restore(TEXT).text


def test_so_are_those_before_them() -> None:
    assert close_dot_gaps(Traced.of(_before(TEXT))).traced.text == TEXT
    assert restore(_before(TEXT)).text == restore(TEXT).text


def test_a_text_that_is_split_elsewhere_is_not_touched() -> None:
    for text in (TEXT, re.sub("(?<=ا)(?=[لدس])", " ", TEXT), "ج خ ش ض ظ غ ف ق\n" * 3, "غرفة: 3، شرفة: 2\n" * 40):
        assert close_dot_gaps(Traced.of(text)).traced.text == text


def test_each_blank_tells_how_sure_it_is() -> None:
    changes = close_dot_gaps(Traced.of(_behind(TEXT))).changes
    assert {change.before for change in changes} == {" "}
    assert all(0.4 < change.confidence < 1 for change in changes)
