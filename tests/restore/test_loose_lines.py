"""Justified lines that were cut between words: PDFBox's reading of pages whose words stand wide apart."""

from __future__ import annotations

import pytest

from pipeline.restore.loose_lines import restore_loose_lines
from pipeline.restore.traced import Traced

DAMAGED = "\n".join([
    "أعلنت وزارة الزراعة أن خسائر المزارعين في المحافظات الجنوبية بلغت",
    "تقدير، مشيرة إلى أن أكثر من نصف ثلاثة ملايين دولار على أقل  نحو ",
    "غمرت السيول القرى المحاصيل قد تلف بالكامل بعدما ",
    "والبلدات الواقعة على ضفاف النهر. وقال الوزير إن الحكومة ستصرف تعويضات",
    "المقبل بعد أن تنتهي اللجان من عملها في قبل نهاية الشهر  للفلاحين ",
    "حصر الأضرار، لكن نقابة الفلاحين وصفت المبلغ بأنه غير كاف.",
])  # fmt: skip
CLEAN = """أعلنت وزارة الزراعة أن خسائر المزارعين في المحافظات الجنوبية بلغت
نحو ثلاثة ملايين دولار على أقل تقدير، مشيرة إلى أن أكثر من نصف
المحاصيل قد تلف بالكامل بعدما غمرت السيول القرى
والبلدات الواقعة على ضفاف النهر. وقال الوزير إن الحكومة ستصرف تعويضات
للفلاحين قبل نهاية الشهر المقبل بعد أن تنتهي اللجان من عملها في
حصر الأضرار، لكن نقابة الفلاحين وصفت المبلغ بأنه غير كاف."""


def test_pieces_cut_between_words() -> None:
    restored = restore_loose_lines(Traced.of(DAMAGED)).traced
    assert [" ".join(line.split()) for line in restored.text.split("\n") if line.strip()] == CLEAN.split("\n")
    assert all(DAMAGED[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [CLEAN, CLEAN.replace("\n", " \n"), CLEAN.replace("بلغت\n", "بلغت \n").replace("، ", "،  ")])
def test_lines_in_order_stay(text: str) -> None:
    assert restore_loose_lines(Traced.of(text)).traced.text == text
