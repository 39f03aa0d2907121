"""Code of web pages and JSON inside text, and the text it stands for."""

from __future__ import annotations

import pytest

from pipeline.restore.markup import read_markup
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("قال &laquo;المرصد&raquo; إن", "قال «المرصد» إن"),
        ("قال &amp;quot;المرصد&amp;quot; إن", 'قال "المرصد" إن'),
        ("&#1602;&#x627;&#1604; الوزير", "قال الوزير"),
        ("شركة جونسون &amp; جونسون", "شركة جونسون & جونسون"),
        (r"\u0642\u0627\u0644 \"\u0646\u0639\u0645\"", 'قال "نعم"'),
        ("<p>أعلن الوزير</p><p>وقال <b>المدير</b>", "\n\nأعلن الوزير\n\n\n\nوقال المدير"),
        ("أعلن الوزير<br />وقال", "أعلن الوزير\nوقال"),
        ('انظر <a href="http://x.y/?a=1">هنا</a>', "انظر هنا"),
    ],
)
def test_code_is_read(raw: str, meant: str) -> None:
    outcome = read_markup(Traced.of(raw))
    assert outcome.traced.text == meant
    assert {c.kind for c in outcome.changes} == {"markup"}


@pytest.mark.parametrize("text", ["أ & ب; ج", "س < ص > ع", "C:\\users\\new", "http://x.y/?a=1&copy=2;", "<الوزير> قال", "&unknown; نص"])
def test_other_signs_stay(text: str) -> None:
    assert read_markup(Traced.of(text)).traced.text == text
