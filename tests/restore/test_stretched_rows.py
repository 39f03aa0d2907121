"""Rows parted at their wide blanks, as pdfminer reads TCPDF's: what stands at the left edge in one box, the other pieces widest first."""

from __future__ import annotations

from pipeline.restore.line_widths import word_width
from pipeline.restore.stretched_rows import restore_stretched_rows
from pipeline.restore.traced import Traced

PARAGRAPHS = (
    (
        "أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في محافظات الشرق بعد أسابيع من",
        "الأمطار الغزيرة التي أخرت وصول الآلات إلى الحقول.",
    ),
    (
        "وقال الوزير إن الإنتاج هذا العام سيبلغ ضعف ما كان عليه في العام الماضي إذا لم تهطل",
        "أمطار جديدة قبل نهاية الشهر المقبل.",
    ),
    (
        "وأضاف أن الحكومة ستشتري المحصول كله من الفلاحين بأسعار تشجيعية على الرغم من الأزمة",
        "الاقتصادية التي تمر بها البلاد منذ سنوات.",
    ),
    (
        "ودعت نقابة المزارعين السلطات إلى فتح الطرق أمام الشاحنات التي تنقل القمح من القرى",
        "إلى المطاحن الكبيرة في العاصمة.",
    ),
)


def _printed(first: str, last: str) -> str:
    *words, end = last.split()
    return "\n\n".join([f"{first}\n{end}", *sorted(words, key=word_width, reverse=True)])


def test_words_of_last_rows_are_put_in_order() -> None:
    outcome = restore_stretched_rows(Traced.of("\n\n".join(_printed(*paragraph) for paragraph in PARAGRAPHS)))
    found = outcome.traced.text.split("\n\n")
    assert sum(one == "\n".join(paragraph) for one, paragraph in zip(found, PARAGRAPHS, strict=True)) >= 3
    assert {change.kind for change in outcome.changes} == {"visual_order"}


def test_every_character_keeps_its_origin() -> None:
    text = "\n\n".join(_printed(*paragraph) for paragraph in PARAGRAPHS)
    traced = restore_stretched_rows(Traced.of(text)).traced
    assert all(origin < 0 or text[origin] == char for char, origin in zip(traced.text, traced.origin, strict=True))
    assert {*range(len(text))} - {*traced.origin} <= {k for k, char in enumerate(text) if char.isspace()}


def test_words_that_stand_alone_in_order_stay() -> None:
    text = "\n\n".join("\n\n".join((first, *last.split())) for first, last in PARAGRAPHS)
    assert restore_stretched_rows(Traced.of(text)).changes == []


def test_a_list_of_words_stays() -> None:
    text = "\n\n".join(("المحافظات", "اللاذقية", "السويداء", "القنيطرة", "طرطوس", "دمشق", "حلب", "حمص", "حماة", "درعا", "إدلب", "الرقة"))
    assert restore_stretched_rows(Traced.of(text)).changes == []
