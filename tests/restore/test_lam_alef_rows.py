"""Rows that poppler prints in parts, broken at lam-alef."""

from __future__ import annotations

import pytest

from pipeline.restore.lam_alef_rows import restore_lam_alef_rows
from pipeline.restore.traced import Traced

LINE = "وأعلنت البلدية مواعيد الافتتاح"


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        (
            f"{LINE}\nلل الصيف\nلد خ ا\nزار الوزير شمال الب ا\n{LINE}\nلت جديدة\nوفتحت لهم مجا ا\nلمس\nوصل ا أ\n{LINE}",
            f"{LINE}\nزار الوزير شمال البلاد خلال الصيف\n{LINE}\nوفتحت لهم مجالات جديدة\nوصل الأمس\n{LINE}",
        ),
        (
            f"لن الجسر مغلق\nعادت السيارات أ\n{LINE}\nلسلام في المدينة\nوعن دين ا إ",
            f"عادت السيارات لأن الجسر مغلق\n{LINE}\nوعن دين الإسلام في المدينة",
        ),
        (f"{LINE}\nلكن الطريق مفتوح\nقال إنه ا", f"{LINE}\nلكن الطريق مفتوح\nقال إنه ا"),
    ],
)
def test_rows_broken_at_lam_alef(damaged: str, expected: str) -> None:
    assert restore_lam_alef_rows(Traced.of(damaged)).traced.text == expected


def test_parts_printed_in_order_are_joined_where_a_word_proves_it() -> None:
    damaged = f"    وفتحت لهم ثلاث مجا ا\nلت جديدة\n{LINE}\n  لد أمس\n     زار الوزير شمال الب ا\n{LINE}\nلن الجسر مغلق\n   وعادت السيارات أ"
    told = restore_lam_alef_rows(Traced.of(damaged)).traced.text
    assert told.split("\n")[0].strip() == "وفتحت لهم ثلاث مجالات جديدة"


SPLIT = [
    ("أولى من العام\nإن الوزارة تنتظر الأرقام في الأشهر ال", "إن الوزارة تنتظر الأرقام في الأشهر الأولى من العام"),
    ("ات مصورة\nوعرضت القناة تسجيل", "وعرضت القناة تسجيلات مصورة"),
    ("اح المدارس\nشركات المدينة تشارك في إصل", "شركات المدينة تشارك في إصلاح المدارس"),
]


def test_rows_broken_inside_the_ligature() -> None:
    whole = f"\n{LINE} في بيان نشرته مساء الخميس\n"
    assert restore_lam_alef_rows(Traced.of(whole.join(damaged for damaged, _ in SPLIT))).traced.text == whole.join(row for _, row in SPLIT)


def test_whole_rows_that_another_reader_broke_are_not_joined() -> None:
    rows = "\n".join(f"أخرى وقد {LINE} في ال" for _ in range(4))
    assert restore_lam_alef_rows(Traced.of(rows)).traced.text == rows


def test_lines_that_end_in_lam_stay_where_words_are_whole() -> None:
    text = f"أعضاء الحزب\nهذا ما لم يقبل\n{LINE}\nأسعار الخبز\nولن تبقى طويل\n{LINE}\nإلى المدينة\nوكان أول\n"
    assert restore_lam_alef_rows(Traced.of(text)).traced.text == text
