"""Rows that MuPDF breaks behind figures: portions in order, but what stands at their ends is printed before them."""

from __future__ import annotations

import pytest

from pipeline.restore.broken_rows import restore_broken_rows
from pipeline.restore.traced import Traced

PRINTED = "\n".join([
    " افتتح المهرجان دورته رقم12",
    "  أمس في المدينة القديمة بمشاركة80 فرقة من",
    " المغرب وتونس، ويستمر حتى30",
    "،",
    " ومن المتوقع أن يزوره أكثر من5000",
    ". شخص كل يوم",
    ".وتُفتح أبوابه في الساعة الخامسة من بعد الظهر",
])  # fmt: skip
WRITTEN = "\n".join([
    "افتتح المهرجان دورته رقم 12 أمس في المدينة القديمة بمشاركة 80 فرقة من",
    "المغرب وتونس، ويستمر حتى 30، ومن المتوقع أن يزوره أكثر من 5000 شخص كل يوم.",
    "وتُفتح أبوابه في الساعة الخامسة من بعد الظهر.",
])  # fmt: skip
# The figures of a page behind the lines whose signs are to be looked at.
_FIGURES = f"\n{PRINTED}"


def _restored(lines: str, rows: int) -> str:
    return "\n".join(restore_broken_rows(Traced.of(lines + _FIGURES)).traced.text.split("\n")[:rows])


def test_rows_broken_behind_figures() -> None:
    restored = restore_broken_rows(Traced.of(PRINTED)).traced
    assert restored.text == WRITTEN
    assert all(i < 0 or PRINTED[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (".\"وقال إن \"الحفل الأول نفدت تذاكره", "وقال إن \"الحفل الأول نفدت تذاكره\"."),
        (" وقالت الإدارة إن الحفل لن يؤجل- )تونس (وات", "تونس (وات) - وقالت الإدارة إن الحفل لن يؤجل"),
        (" شارك في الحفل91\n ، بينهم14\n. عازفا", "شارك في الحفل 91، بينهم 14 عازفا."),
        ("1\n نشرة الخميس من إدارة المهرجان", "1\nنشرة الخميس من إدارة المهرجان"),
    ],
)  # fmt: skip
def test_signs_stand_behind_the_words_they_follow(printed: str, written: str) -> None:
    assert _restored(printed, written.count("\n") + 1) == written


def test_signs_of_another_font_turn_a_portion() -> None:
    printed = [
        "  وأضاف أن سائق.قال المتحدث باسم الشرطة إن الحادث وقع قرب الجسر",
        "  وذكر شهود عيان أن الطريق كان مغلقا أمام.الشاحنة نُقل إلى المستشفى",
        "  وطالب السكان بلدية المدينة بإصلاح الطرق في.حركة السير منذ الصباح",
        "  ولم ترد البلدية على طلبات التعليق حتى مساء أمس.أقرب وقت ممكن",
    ]
    written = [
        "قال المتحدث باسم الشرطة إن الحادث وقع قرب الجسر. وأضاف أن سائق",
        "الشاحنة نُقل إلى المستشفى. وذكر شهود عيان أن الطريق كان مغلقا أمام",
        "حركة السير منذ الصباح. وطالب السكان بلدية المدينة بإصلاح الطرق في",
        "أقرب وقت ممكن. ولم ترد البلدية على طلبات التعليق حتى مساء أمس",
    ]
    assert _restored("\n".join(printed), len(written)) == "\n".join(written)


@pytest.mark.parametrize("text", [WRITTEN, "الغرفة 12\n الغرفة 13\n الغرفة 14\n الغرفة 15", "كوفيد19\n يعود إلى المدارس"])
def test_other_lines_stay(text: str) -> None:
    assert restore_broken_rows(Traced.of(text)).traced.text == text
