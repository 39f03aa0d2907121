"""Where sentences end and what sort of text they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.sentences import language_of, split_sentences


def pieces(text: str) -> list[str]:
    return [s.text for s in split_sentences(text)]


def kinds(text: str) -> list[str]:
    return [s.kind for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد صباحا. ثم غادر مساء.", ["وصل الوفد صباحا.", "ثم غادر مساء."]),
        ("هل وصل الوفد؟ لا أحد يعلم.", ["هل وصل الوفد؟", "لا أحد يعلم."]),
        ("بلغ الطول 2.5 كيلومتر. انتهى.", ["بلغ الطول 2.5 كيلومتر.", "انتهى."]),
        ("قال د. سامر إن أ. ف. ب. نشرت الخبر. انتهى.", ["قال د. سامر إن أ. ف. ب. نشرت الخبر.", "انتهى."]),
        ("وقع ذلك عام 1435 هـ. ثم ساد الهدوء.", ["وقع ذلك عام 1435 هـ.", "ثم ساد الهدوء."]),
        ("طال الانتظار.. ثم جاء الرد... بعد شهر.", ["طال الانتظار.. ثم جاء الرد... بعد شهر."]),
        ("قال “لن نرحل”. وأضاف آخرون كثيرا.", ["قال “لن نرحل”.", "وأضاف آخرون كثيرا."]),
        ("قال “لن نرحل.” وأضاف آخرون كثيرا.", ["قال “لن نرحل.”", "وأضاف آخرون كثيرا."]),
        ("سأل: “من يحمينا؟” ولم يجبه أحد.", ["سأل: “من يحمينا؟” ولم يجبه أحد."]),
        ("1. فتح المعابر كلها.", ["1. فتح المعابر كلها."]),
        ("غادر الوفد.وأضاف المصدر كثيرا.", ["غادر الوفد.", "وأضاف المصدر كثيرا."]),
        ("في 17.10.2017 وصل الوفد.", ["في 17.10.2017 وصل الوفد."]),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_headings_stand_before_text_and_have_no_stop() -> None:
    text = "هدوء حذر في المدينة.. وعودة الأهالي\n\nعاد الأهالي إلى بيوتهم.\n\nمواقف دولية\n\nرحبت دول عدة بالهدنة."
    assert kinds(text) == ["heading", "body", "heading", "body"]


def test_a_lone_line_is_no_heading() -> None:
    assert kinds("قتل ثلاثة أشخاص في الغارة") == ["body"]


def test_what_lies_within_quotation_marks_is_a_quote() -> None:
    text = "وقال الوزير: “لن نرحل من هنا. سنبقى ما بقي الناس. هذا قرارنا”. ثم غادر القاعة."
    assert kinds(text) == ["body", "quote", "quote", "body"]


def test_a_quoted_word_makes_no_quote() -> None:
    assert kinds("انسحب “داعش” من القرية. وتبعه الأهالي.") == ["body", "body"]


def test_a_quotation_that_never_closes_is_none() -> None:
    assert kinds('وصف القرار بأنه "خطوة. ثم غادر القاعة. وعاد مساء.') == ["body", "body", "body"]


def test_straight_marks_open_and_close_by_what_stands_beside_them() -> None:
    assert kinds('وقال: "لن نرحل. سنبقى هنا". وزار "السوق" القديم. ثم عاد.') == ["body", "quote", "body", "body"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This is how the map looks today, green for the rebels.", "foreign"),
        ("pic.twitter.com/abcdef", "link"),
        ("تابع: https://example.org/a", "link"),
        ("اقرأ أيضا: ما وراء الخبر", "boilerplate"),
        ("جميع الحقوق محفوظة لدى الناشر", "boilerplate"),
        ("- 3 -", "boilerplate"),
    ],
)
def test_kinds_of_paragraphs(text: str, kind: str) -> None:
    assert kinds(f"وصل الوفد.\n\n{text}\n\nثم غادر.")[1] == kind


def test_marked_spans_are_boilerplate() -> None:
    text = "صحيفة المدى\n\nوصل الوفد صباحا."
    assert [s.kind for s in split_sentences(text, [(0, 11)])] == ["boilerplate", "body"]


def test_language() -> None:
    assert language_of("وصل الوفد إلى Paris") == "ar"
    assert language_of("the delegation of حلب arrived") == "en"
    assert language_of("Делегация") == "ru"
    assert language_of("2017 – 3") is None


@settings(max_examples=200)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('ابجد .؟!“”«»\n"…')), max_size=120))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    at = 0
    for number, sentence in enumerate(split_sentences(text)):
        assert sentence.sentence_no == number
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert not text[at : sentence.start].strip()
        at = sentence.end
    assert not text[at:].strip()
