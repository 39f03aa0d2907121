"""Columns of print that a reader laid out side by side, and layouts that only look so."""

from __future__ import annotations

import pytest

from pipeline.restore.print_columns import part_columns
from pipeline.restore.traced import Traced

RIGHT = [
    "أعلنت إدارة الميناء أن حركة السفن",
    "عادت إلى طبيعتها بعد عاصفة أوقفت",
    "العمل ثلاثة أيام متواصلة، وأضافت",
    "أن عشرين سفينة كانت تنتظر خارج",
    "الحوض دخلت تباعا منذ فجر أمس",
    "وأفرغت حمولتها كلها من القمح",
    "والأعلاف والزيوت والأدوية.",
]
LEFT = [
    "وقال عمال المرفأ إنهم يعملون ليلا",
    "ونهارا كي تصل المواد إلى الأسواق",
    "قبل العيد، بينما طالبت نقابتهم",
    "بصرف أجور إضافية عن ساعات الليل",
    "وبتوفير معدات السلامة التي وعدت",
    "بها الشركة المشغلة في بداية العام",
    "ولم تصل إلى الأرصفة حتى الآن.",
]
LONG, SHORT = "سطر طويل من الكلام يملأ عرض الصفحة كلها من أول حرف فيه إلى آخر حرف فيه حقا", "ونهاية فقرة."
WIDTH = 80


def laid_out(right: list[str], left: list[str]) -> str:
    return "\n".join(line for a, b in zip(right, left, strict=True) for line in (b, a.rjust(WIDTH)))


def test_columns_are_read_one_after_the_other() -> None:
    text = laid_out(RIGHT, LEFT)
    restored = part_columns(Traced.of(text)).traced
    assert [line for line in restored.text.split("\n") if line] == RIGHT + LEFT
    assert all(i < 0 or text[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_columns_on_the_same_rows() -> None:
    text = "\n".join(b + a.rjust(WIDTH - len(b)) for a, b in zip(RIGHT, LEFT, strict=True)) + "\n" + laid_out(RIGHT, LEFT)
    assert [line for line in part_columns(Traced.of(text)).traced.text.split("\n") if line] == RIGHT * 2 + LEFT * 2


def test_three_columns_below_a_title() -> None:
    third = [line.replace("السفن", "القطارات").replace("الميناء", "المحطة") for line in RIGHT]
    rows = [line for a, b, c in zip(RIGHT, LEFT, third, strict=True) for line in (c, b.rjust(80), a.rjust(125))]
    title = LONG.rjust(110)
    assert [line for line in part_columns(Traced.of("\n".join([title, *rows]))).traced.text.split("\n") if line] == [LONG, *RIGHT, *LEFT, *third]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(line.rjust(WIDTH) for line in RIGHT + LEFT),
        "\n".join(f"{k}".ljust(50) + "حلب".rjust(30) for k in range(20)),
        "\n".join(f"{LONG.rjust(WIDTH)}\n{SHORT.rjust(WIDTH)}" for _ in range(9)),
    ],
)  # fmt: skip
def test_other_layouts_stay(text: str) -> None:
    assert part_columns(Traced.of(text)).traced.text == text
