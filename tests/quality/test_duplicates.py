"""Doubled words, phrases and lines; and all the repetition that is lawful."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.quality.duplicates import duplicates
from pipeline.quality.model import TextView


def told(text: str) -> list[tuple[str, str]]:
    return [(f.kind, text[f.start : f.end]) for f in duplicates(TextView("d", text, []))]


@pytest.mark.parametrize(
    ("text", "kind", "again"),
    [
        ("وصل الوفد إلى إلى العاصمة مساء أمس", "duplicated_word", "إلى"),
        ("عقد المجلس جلسة في فِي مقره الجديد", "duplicated_word", "فِي"),
        ("حيث كان المؤتمر كان فرصة للحوار", "duplicated_word", "كان"),
        ("وكانت اللجنة الفنية كانت قد أنهت عملها", "duplicated_word", "كانت"),
        ("وقال إنه يمكن أن يمكن تأجيل الموعد", "duplicated_word", "يمكن"),
        ("قال إن المؤتمر سيناقش المؤتمر ثلاثة ملفات", "duplicated_word", "المؤتمر"),
        ("وقال من جهته من جهته إن الطريق مقطوع", "duplicated_phrase", "من جهته"),
        ("أغلقت السلطات المعبر الحدودي أغلقت السلطات المعبر الحدودي فجرا", "duplicated_phrase", "أغلقت السلطات المعبر الحدودي"),
        ("أعلنت الحكومة السوريةالسورية موقفها", "duplicated_word", "السورية"),
        ("استقبل المركز 24 طفلا طفلا من المصابين", "duplicated_word", "طفلا"),
    ],
)
def test_wrong_repetition_is_flagged_at_the_second_telling(text, kind, again):
    assert told(text) == [(kind, again)]
    flag = duplicates(TextView("d", text, []))[0]
    assert flag.start >= text.index(again)
    assert again in flag.explanation


@pytest.mark.parametrize(
    "text",
    [
        "تقدم الجنود رويداً رويداً نحو القرية",
        "تحسنت حاله شيئاً فشيئاً يوماً بعد يوم",
        "خرجوا واحداً واحداً من الباب",
        "فتشوا الحي شارعا شارعا وبيتا بيتا",
        "يريدون إما الحرب وإما السلم، سواء اليوم سواء غدا",
        "كلما ارتفعت الأسعار ارتفعت الشكاوى",
        "انتهى الاجتماع. الاجتماع المقبل غدا",
        "التقى أحمد أحمد محمد محمد علي",
        "يجمع بين العمل في البيت والعمل في الحقل",
        "أسر مقاتلين كانا يرتديان حزامين ناسفين كانا معدين للتفجير",
        "هذا ما قاله الرجل قال إنه كتبه",
        "المخدرات التي تم ضبطها تم إتلافها",
        'ردد المحتجون: "سلام سلام" طوال الليل',
        "قد يكون الرجل قد غادر",
        "لم نعد نعدّ الأيام",
        "ركض سريعاً سريعاً نحو الباب",
        "قناة سي إن إن وهيئة بي بي سي",
        "فاز 2 2 في مباراتين",
    ],
)
def test_lawful_repetition_is_left_alone(text):
    assert told(text) == []


def test_a_word_doubled_over_a_line_break(look):
    view = look(
        "قالت وزارة الصحة في بيان نشرته على موقعها إن المستشفيات استقبلت عددا كبيرا من الجرحى\n"
        "الجرحى الذين أصيبوا في القصف الذي طال السوق المركزية صباح اليوم، وإن معظمهم من النساء\n"
        "والأطفال، وإن سيارات الإسعاف نقلت بعضهم إلى العاصمة."
    )
    assert [view.text[f.start : f.end] for f in duplicates(view)] == ["الجرحى"]


def test_repeated_lines():
    line = "قال مدير المركز إن الدواء لم يصل بعد إلى القرى البعيدة."
    text = f"عنوان الخبر من المدينة\n\n{line}\n\nوأكد أن الطريق مفتوح أمام القوافل.\n\n{line}"
    assert told(text) == [("duplicated_line", line)]


def test_a_title_may_be_told_again_in_the_text():
    title = "قوافل الدواء تصل إلى القرى البعيدة بعد شهر من الانتظار"
    assert told(f"{title}\n\n{title}\n\nوأكد المدير أن الطريق مفتوح.") == []


def test_list_items_are_no_repeated_lines():
    item = "- الدخول من الباب الرئيسي للمركز التجاري"
    assert told(f"مواعيد الزيارة\n\n{item}\n\nيوم السبت\n\n{item}") == []


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["في", "كان", "البيت", "و", "،", ".", "قال", "بيتا", "12", "\n"]), max_size=25))
def test_flags_do_not_overlap_and_lie_in_the_text(pieces):
    text = " ".join(pieces)
    last = 0
    for flag in duplicates(TextView("d", text, [])):
        assert last <= flag.start < flag.end <= len(text)
        last = flag.end
