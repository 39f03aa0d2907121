"""Arabic-Indic figures that MuPDF and pypdf turn with the words around them."""

from __future__ import annotations

import pytest

from pipeline.restore.digit_order import digit_order
from pipeline.restore.traced import Traced
from pipeline.restore.turned_lines import restore_turned_lines

WRITTEN = """جهاد عيروط، مواليد ١٩٨٤، أوقف في ٧/٣/٢٠١٢ قرب المخفر، الدعوى ٤١٨
لينا شحرور، مواليد ١٩٩٥، أوقفت في ١٢/١٠/٢٠١٤ قرب الجامعة، الدعوى ٦٠٢
سعد البني، مواليد ١٩٧٦، أوقف في ٢١/٦/٢٠١٣ قرب السوق، الدعوى ٤٣٧"""
MUPDF = """جهاد عيروط، مواليد ٤٨٩١، أوقف في ٢١٠٢/٣/٧ قرب المخفر، الدعوى ٨١٤
لينا شحرور، مواليد ٥٩٩١، أوقفت في ٤١٠٢/٠١/٢١ قرب الجامعة، الدعوى ٢٠٦
سعد البني، مواليد ٦٧٩١، أوقف في ٣١٠٢/٦/١٢ قرب السوق، الدعوى ٧٣٤"""
BY_PART = """جهاد عيروط، مواليد ٤٨٩١، أوقف في ٧/ ٣/ ٢١٠٢ قرب المخفر، الدعوى ٨١٤
لينا شحرور، مواليد ٥٩٩١، أوقفت في ٢١/ ٠١/ ٤١٠٢ قرب الجامعة، الدعوى ٢٠٦
سعد البني، مواليد ٦٧٩١، أوقف في ١٢/ ٦/ ٣١٠٢ قرب السوق، الدعوى ٧٣٤"""
PIECES = """٨١٤ قرب المخفر، الدعوى ٧/ ٣/ ٢١٠٢، أوقف في ٤٨٩١ جهاد عيروط، مواليد
٢٠٦ قرب الجامعة، الدعوى ٢١/ ٠١/ ٤١٠٢، أوقفت في ٥٩٩١ لينا شحرور، مواليد
٧٣٤ قرب السوق، الدعوى ١٢/ ٦/ ٣١٠٢، أوقف في ٦٧٩١ سعد البني، مواليد
 في حضور المحامي، وقال إنه تعرض للضرب٣١٠٢ ووقع المتهم على أقواله عام
 ونقلت إلى سجن النساء في المدينة٤١٠٢ وصدر القرار بحق المتهمة في نهاية عام
 من العمر في ذلك الوقت٦٣ وكان المتهم الثالث في السنة"""


@pytest.mark.parametrize("printed", [MUPDF, BY_PART])
def test_years_and_dates_tell_that_figures_stand_backward(printed: str) -> None:
    outcome = digit_order(Traced.of(printed), None)
    assert outcome.traced.text == WRITTEN
    assert all(printed[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [WRITTEN, MUPDF + "\nوصدر الحكم سنة ٢٠١٧", "الأرقام ٧٣٠٢ و٨٤٩١ و٥٥١٢ مسجلة"])
def test_a_year_that_stands_right_or_figures_that_are_none_say_nothing(text: str) -> None:
    assert digit_order(Traced.of(text), None).traced.text == text


def test_pieces_with_such_figures_are_turned_before() -> None:
    turned = restore_turned_lines(Traced.of(PIECES)).traced
    lines = digit_order(turned, None).traced.text.split("\n")
    assert lines[:3] == WRITTEN.split("\n")
    assert lines[3] == "ووقع المتهم على أقواله عام ٢٠١٣ في حضور المحامي، وقال إنه تعرض للضرب"
