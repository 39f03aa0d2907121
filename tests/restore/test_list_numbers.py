"""Numbers of list items come before the items again, wherever a reader printed them."""

from __future__ import annotations

import pytest

from pipeline.restore.document import restore
from pipeline.restore.list_numbers import restore_list_numbers
from pipeline.restore.traced import Traced

WRITTEN = "1. فتح المعابر أمام القوافل\n2. ترميم 230 مدرسة\n3. توثيق ما جرى في مارس 2021\n4. صرف الرواتب"


@pytest.mark.parametrize(
    "printed",
    [
        "فتح المعابر أمام القوافل1.\nترميم 230 مدرسة2.\nتوثيق ما جرى في مارس 32021.\nصرف الرواتب4.",
        "فتح المعابر أمام القوافل 1.\nترميم 230 مدرسة 2.\n.3\nتوثيق ما جرى في مارس 2021\nصرف الرواتب 4.",
        ".1 فتح المعابر أمام القوافل\n.2 ترميم 230 مدرسة\n.3 توثيق ما جرى في مارس 2021\n.4 صرف الرواتب",
        "1 فتح المعابر أمام القوافل.\n2 ترميم .230 مدرسة\n3 توثيق ما جرى في مارس .2021\n4 صرف الرواتب.",
        "1. فتح المعابر أمام القوافل\n2.ترميم 230 مدرسة\n.3 توثيق ما جرى في مارس 2021\n4. صرف الرواتب",
    ],
)
def test_numbers_come_first(printed: str) -> None:
    outcome = restore_list_numbers(Traced.of(f"التوصيات\n{printed}\nوقال المركز إن التقرير نُشر أمس"))
    assert outcome.traced.text == f"التوصيات\n{WRITTEN}\nوقال المركز إن التقرير نُشر أمس"


def test_numbers_behind_dashes() -> None:
    printed = "شكري الطباع، من حي الميدان-١\nعائشة الزيبق، من حي القدم-٢\nومعها ابنها الأصغر\nماهر خولاني، من برزة-٣\nنور الدروبي، من كفرسوسة-٤"
    written = "١- شكري الطباع، من حي الميدان\n٢- عائشة الزيبق، من حي القدم\nومعها ابنها الأصغر\n٣- ماهر خولاني، من برزة\n٤- نور الدروبي، من كفرسوسة"
    assert restore_list_numbers(Traced.of(printed)).traced.text.split() == written.split()


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN,
        "(1) فتح المعابر\n(2) ترميم المدارس\n(3) صرف الرواتب",
        "1) فتح المعابر\n2) ترميم المدارس\n3) صرف الرواتب",
        "الفقرة الأولى من المادة 1.\nالفقرة الثانية من المادة 2.\nالفقرة الثالثة من المادة 3.",
        "بدأ العمل1.\nانتهى العمل عام 2021.\nوصل المدير3.",
        "1 وصل المدير.\n2 عاد الوزير.\n3 غادر السفير.",
        "بلغ عدد المدارس 1.\nوقال المدير\nوفي عام 2019.\nعادت 3.",
        "وقالت المنظمة إن المعبر فُتح1.\nوأضافت أن القوافل وصلت إلى المدينة بعد يومين من الانتظار\nعند الحاجز\nوعادت2.",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert restore_list_numbers(Traced.of(text)).changes == []


def test_a_figure_glued_to_the_number_is_whole_again() -> None:
    text = "التوصيات\nفتح المعابر1.\nترميم المدارس2.\nتوثيق ما جرى في مارس 32021.\nصرف الرواتب4."
    assert "3. توثيق ما جرى في مارس 2021" in restore(text).text
