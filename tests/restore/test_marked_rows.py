"""Rows broken before marked words: the printed lines, the rows."""

from __future__ import annotations

from pipeline.restore.marked_rows import restore_marked_rows
from pipeline.restore.traced import Traced

PRINTED = """ّ
يتعدى ألف ليرة في الشهر، أي ما يعادل عشرة دولارات
وجاء في التقرير الجديد أن متوسط الأجر لا
ً
سيرا على الأقدام لأن أجرة الحافلة صارت عبئا
ويقول العامل وهو أب لخمسة أطفال إنه يأتي
ويعزو الخبير الاقتصادي ارتفاع الأسعار إلى ّ
شح العملة الصعبة وإلى انتقال المستوردين
ولم ترد الوزارة حتى مساء الأحد على أسئلة الصحفيين المتكررة حول هذا الموضوع وحول غيره من الملفات.
ّ
المفرغة في الميناء بمقدار النصف تقريبا
وأضاف أن الأزمة خفضت كمية البضائع"""


def test_rows_are_put_together_and_marks_on_their_words() -> None:
    traced = restore_marked_rows(Traced.of(PRINTED)).traced
    lines = traced.text.split("\n")
    assert lines[0] == "وجاء في التقرير الجديد أن متوسط الأجر لا يتعدّى ألف ليرة في الشهر، أي ما يعادل عشرة دولارات"
    assert lines[1].startswith("ويقول العامل وهو أب لخمسة أطفال إنه يأتي سيرًا على الأقدام")
    assert lines[3].startswith("ولم ترد الوزارة")
    assert all(i < 0 or PRINTED[i] == c for c, i in zip(traced.text, traced.origin.tolist(), strict=True))


def test_a_few_stray_marks_prove_nothing() -> None:
    text = "ّ\nقال الوزير إن الأمور تسير\nثم غادر القاعة مع مرافقيه"
    assert restore_marked_rows(Traced.of(text)).traced.text == text
