"""What marks of a text show: nothing where they stand as writers set them, else what each pass that mends by marks asks for."""

from __future__ import annotations

import pytest

from pipeline.restore.odd_marks import FOLLOWED, LATE, STRAY, UNKNOWN
from pipeline.restore.traces import Question

_EACH = {STRAY: "stray", UNKNOWN: "unknown", LATE: "late", FOLLOWED: "followed"}


@pytest.mark.parametrize(
    "text",
    [
        "عاد الفلاح إلى حقله مساء",
        "زرع الفلاح حقله قمحاً ثم سقاه أيضاً، وانتظر مطراً غزيرًا.",
        "تمّ الحصاد\nوأكّد الفلاح أنّ المحصول جيّد جداً.",
        "سُئل الفلاح: «أيضاً؟» فضحك.",
        "عاد الفلاح أيضًا\nثم نام",
    ],
)
def test_marks_as_writers_set_them_show_nothing(text: str) -> None:
    assert _shown(text) == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("عاد ُ الفلاح", {"stray", "unknown", "late", "followed"}),  # a stray mark leaves nothing sure
        ("زرع قمحا ً كثيرا", {"stray", "unknown", "late", "followed"}),
        ("عاد الفلاح وهو متعبٌ\nثم نام", {"stray", "unknown", "late", "followed"}),  # a row may end at its mark
        ("كان حقًله واسعا", {"stray", "unknown", "late", "followed"}),  # tanwīn ends words
        ("زرع قمحـاً", {"stray", "unknown", "late", "followed"}),  # tatweel
        ("كتب ظغثّك رسالة", {"unknown"}),
        ("قتُل الجندي", {"late"}),
        ("الأيّام والتيّار وأيّام وتيّار", {"followed"}),
    ],
)
def test_other_marks_show_what_is_odd_about_them(text: str, shown: set[str]) -> None:
    assert _shown(text) == shown


def _shown(text: str) -> set[str]:
    questions: dict[Question, str] = _EACH
    return {name for question, name in questions.items() if question.shows(text)}
