"""Rows broken before marked words: the printed lines, the rows."""

from __future__ import annotations

from pipeline.restore.invisible_characters import remove_bidi_controls
from pipeline.restore.marked_rows import restore_marked_rows
from pipeline.restore.traced import Traced

PRINTED = """ّ
شح المياه في مناطق الشمال كلها
ويقول التجار إن ارتفاع أسعار الخضار سببه
ً
سيرا على الأقدام لأن أجرة الحافلة صارت عبئا
ويقول العامل وهو أب لخمسة أطفال إنه يأتي
ويعزو الخبير الاقتصادي ارتفاع الأسعار إلى ّ
شح العملة الصعبة وإلى انتقال المستوردين
ولم ترد الوزارة حتى مساء الأحد على أسئلة الصحفيين المتكررة حول هذا الموضوع وحول غيره من الملفات.
ّ
المفرغة في الميناء بمقدار النصف تقريبا
وأضاف أن الأزمة خفضت كمية البضائع"""


def off_the_page(text: str) -> Traced:
    """As poppler writes lines, each in an embedding, less the embeddings."""
    return remove_bidi_controls(Traced.of("\n".join(f"\u202b{line}\u202c" for line in text.split("\n")))).traced


def test_rows_are_put_together_and_marks_on_their_words() -> None:
    lines = restore_marked_rows(off_the_page(PRINTED)).traced.text.split("\n")
    assert lines[0] == "ويقول التجار إن ارتفاع أسعار الخضار سببه شحّ المياه في مناطق الشمال كلها"
    assert lines[-3] == "ويعزو الخبير الاقتصادي ارتفاع الأسعار إلى شحّ العملة الصعبة وإلى انتقال المستوردين"
    assert lines[-2].startswith("ولم ترد الوزارة")


def test_a_few_stray_marks_prove_nothing() -> None:
    text = "ّ\nقال الوزير إن الأمور تسير\nثم غادر القاعة مع مرافقيه"
    assert restore_marked_rows(off_the_page(text)).traced.text == text


def test_other_readers_rows_stay() -> None:
    assert restore_marked_rows(Traced.of(PRINTED)).traced.text == PRINTED


CLUSTERS = """ًا
واسعًا أمام المارة في السوق القديم
وافتتحت البلدية أمس شارعا
ولم ترد الوزارة حتى مساء الأحد على أسئلة الصحفيين المتكررة حول هذا الموضوع.
نفّذتها الشركة في المحطة الجديدة
وأشاد رئيس المجلس بالأعمال التي ّف"""


def test_marks_that_came_with_their_letter_and_stand_on_the_word_too_are_left_out() -> None:
    lines = restore_marked_rows(off_the_page(CLUSTERS)).traced.text.split("\n")
    assert lines[0] == "وافتتحت البلدية أمس شارعا واسعًا أمام المارة في السوق القديم"
    assert lines[-1] == "وأشاد رئيس المجلس بالأعمال التي نفّذتها الشركة في المحطة الجديدة"


def test_every_sign_stays() -> None:
    traced = restore_marked_rows(off_the_page(PRINTED)).traced
    assert sorted(traced.text.replace(" ", "").replace("\n", "")) == sorted(PRINTED.replace(" ", "").replace("\n", ""))


def test_rows_of_a_list_printed_last_piece_first_behind_their_marks() -> None:
    """The rows are so alike that words hardly tell which pieces belong together."""
    full = "وصلت القوافل إلى المخيمات الأربعة مساء أمس بعد انتظار دام أياما عند المعبر الحدودي الوحيد المفتوح"
    printed = f"{full}\nً\nً\nموقعا، 9 نقاط طبية\nنازحا، 21\nالجورة: 1,140\nً\nً\nموقعا، نقطتان طبيتان\nنازحا، 31\nحربنوش: 655\n{full}"
    lines = restore_marked_rows(off_the_page(printed)).traced.text.split("\n")
    assert lines == [full, "الجورة: 1,140 نازحًا، 21 موقعًا، 9 نقاط طبية", "حربنوش: 655 نازحًا، 31 موقعًا، نقطتان طبيتان", full]
