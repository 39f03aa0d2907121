"""Words that lost or swapped letters: the damaged text, the expected text; clean text and genuine words stay."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore.damage_rates import Rule
from pipeline.restore.divine_name import restore_divine_name
from pipeline.restore.filler_letters import remove_filler_letters
from pipeline.restore.lost_at_tatweel import restore_lost_at_tatweel
from pipeline.restore.overprint import remove_overprint
from pipeline.restore.spacing import join_split_words
from pipeline.restore.stroke_signs import remove_stroke_signs
from pipeline.restore.traced import Traced
from pipeline.restore.word_readings import MOST_READINGS, readings
from pipeline.restore.word_repair import repair_mended_words, repair_words

CLEAN = """أعلنت السلطات المحلية أمس عودة مئات العائلات إلى قراها في ريف المدينة الشمالي.
وقال مدير المركز الصحي إن الأدوية تصل على دفعات، وإن العمل لا يزال جاريا في المبنى الجديد.
وأضاف أن المساعدات تكفي نحو ثلاثة أسابيع، وأن المانحين وعدوا بإرسال المزيد قبل حلول الشتاء.
كما أمل السكان في إصلاح شبكة المياه، وأمر المحافظ بتشكيل لجنة للإشراف على الأعمال."""


PIECES = ["البالد", "يف", "املدينة", "\ufffdسنة", "قال", "الوزير", "ال\ufffdش", "ـ", "ً", "ه", "اال", "،", "12\n", "x"]


def mend(text: str) -> str:
    return repair_words(Traced.of(text)).traced.text


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("عاد إلى البالد بعد اإلعالن عن االتفاق", "عاد إلى البلاد بعد الإعلان عن الاتفاق"),
        ("من خالل المشكالت ال يالحظ أحد", "من خلال المشكلات لا يلاحظ أحد"),
        ("اجلارية املتحقق يف القطاع حوايل املعارضة", "الجارية المتحقق في القطاع حوالي المعارضة"),
        ("اإنتاج واأن والتاأمين", "إنتاج وأن والتأمين"),
        ("ال\ufffdسورية و\ufffdسحيفة م\ufffdساهمة", "السورية وصحيفة مساهمة"),
        ("دمر الحريق المصنع كلي\ufffd\u0651ا", "دمر الحريق المصنع كلي\u064b\u0651ا"),
        ("قتلوا جند\ufffdاً في ال\ufffdمدينة", "قتلوا جندياً في المدينة"),
    ],
)
def test_words_come_back(damaged: str, expected: str) -> None:
    assert mend(damaged) == expected


def test_genuine_words_stay_among_damaged_ones() -> None:
    damaged = "قال املدير إن املبنى اجلديد يف املدينة، وإن املرأة تعمل مثل الرجل هناك"
    assert mend(damaged) == "قال المدير إن المبنى الجديد في المدينة، وإن المرأة تعمل مثل الرجل هناك"


def test_a_change_names_the_whole_word_and_its_place() -> None:
    (change,) = repair_words(Traced.of("في البالد اليوم")).changes
    assert (change.kind, change.before, change.after) == ("lam_alef", "البالد", "البلاد")
    assert (change.raw_start, change.raw_end) == (3, 9)
    assert change.confidence > 0.9


def test_swapped_letters_keep_their_origins() -> None:
    assert repair_words(Traced.of("البالد")).traced.origin.tolist() == [0, 1, 2, 4, 3, 5]


def test_a_letter_that_no_word_explains_is_doubted_and_kept() -> None:
    outcome = repair_mended_words(Traced.of("قرية \ufffdخظ\ufffd البعيدة"))
    assert "\ufffd" in outcome.traced.text
    assert [d.kind for d in outcome.doubts] == ["lost_letter"]


@pytest.mark.parametrize("passed", [repair_words, remove_overprint, join_split_words, remove_filler_letters, remove_stroke_signs])
def test_clean_text_stays(passed) -> None:  # type: ignore[no-untyped-def]
    outcome = passed(Traced.of(CLEAN))
    assert outcome.traced.text == CLEAN
    assert not outcome.changes
    assert not outcome.doubts


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("وزارة الخارجية السوريةالسورية", "وزارة الخارجية السورية"),
        ("جائزة الكهرومغناطيسيةالكهرومغناطيسية", "جائزة الكهرومغناطيسية"),
        ("خبر ععااججلل اليوم", "خبر عاجل اليوم"),
        ("قال الوزيرقال الوزير\nعاد الجيشعاد الجيش", "قال الوزير\nعاد الجيش"),
        ("زلزل سمسم في في", "زلزل سمسم في في"),
    ],
)
def test_overprint(damaged: str, expected: str) -> None:
    assert remove_overprint(Traced.of(damaged)).traced.text == expected


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("الحكومة ا لسورية تقول", "الحكومة السورية تقول"),
        ("الاقتصاد الإ سلامي في التن\nمية الحقوق ية", "الاقتصاد الإسلامي في التنمية الحقوقية"),
        ("ولد سنة 1950 م كان طبيبا", "ولد سنة 1950 م كان طبيبا"),
    ],
)
def test_split_words(damaged: str, expected: str) -> None:
    assert join_split_words(Traced.of(damaged)).traced.text == expected


def test_letters_lost_at_a_tatweel() -> None:
    damaged = "وقف عــى الباب وعاد إــى البيت بالســامة"
    assert restore_lost_at_tatweel(Traced.of(damaged)).traced.text.startswith("وقف على الباب وعاد إلى البيت")
    stretched = "وقــف علــى البــاب وعــاد إلــى البيــت"
    assert not restore_lost_at_tatweel(Traced.of(stretched)).changes


def test_filler_letters() -> None:
    damaged = "الحكووومة تعمووول على تحقيووق الأموون والسووولام في المدينووة وتطوووير الصحووة والتعليوووم"
    restored = remove_filler_letters(Traced.of(damaged)).traced.text
    assert restored == "الحكومة تعمل على تحقيق الأمن والسلام في المدينة وتطوير الصحة والتعليم"
    emphasis = "شكراااا جدااا يا سلااام"
    assert remove_filler_letters(Traced.of(emphasis)).traced.text == emphasis


def test_stroke_signs() -> None:
    damaged = "وقѧѧد جاء الѧوزراء"
    assert remove_stroke_signs(Traced.of(damaged)).traced.text == "وقد جاء الوزراء"
    russian = "صحيفة «известия» الروسية"
    assert remove_stroke_signs(Traced.of(russian)).traced.text == russian
    justified = "أعلنت وزارة الص,حة أن المس,تشفى الم,ركزي استق,بل 12 مصابا من المدين,ة، وق,,ال م,ديره إن الوضع مس,تقر"
    calm = "أعلنت وزارة الصحة أن المستشفى المركزي استقبل 12 مصابا من المدينة، وقال مديره إن الوضع مستقر"
    assert remove_stroke_signs(Traced.of(justified)).traced.text == calm
    stretched = "أعلنت وزارة الصEحة أن المسEEتشفى المEركزي استقEبل 12 مصابا من المدينEة، وقEEال مEديره إن الوضع مسEتقر"
    assert remove_stroke_signs(Traced.of(stretched)).traced.text == calm
    careless = "وصل الوفد,وقال إنه جاء,ثم عاد,لكن لم يلتق,بل كتب,من بعد,أنه نجح,في كل,ما طلب"
    assert remove_stroke_signs(Traced.of(careless)).traced.text == careless
    quoting = 'في كتاب و"الأفلام" وب"القصص" ول"الشباب" و"البلاد" وال"سياسة"'
    assert remove_stroke_signs(Traced.of(quoting)).traced.text == quoting
    proven = "ص*باح الي*وم بع*د المدين*ة وق*ال م*دير المكت*ب في ال*وزارة إن الع*دد بل*غ نص*ف م*ا ك*ان قب*ل س*بع من ال*دورات في ش*هر مس* وقته*"
    assert remove_stroke_signs(Traced.of(proven)).traced.text == proven.replace("*", "")
    drawn_one_by_one = proven.replace("بع*د", "بع - --د").replace("قب*ل", "قب --ل").replace("*", "-")
    assert remove_stroke_signs(Traced.of(drawn_one_by_one)).traced.text == proven.replace("*", "")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_repair_is_traced(raw: str) -> None:
    for step in (repair_words, join_split_words, remove_overprint):
        traced = Traced.of(raw)
        outcome = step(traced)
        assert len(outcome.traced.text) == len(outcome.traced.origin)
        assert (outcome.traced.text == raw) == (not outcome.changes)
        for change in outcome.changes:
            assert raw[change.raw_start : change.raw_end] == change.before
            assert 0 < change.confidence <= 1


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("قال حزب االله إن", "قال حزب الله إن"),
        ("في رام اهللا.", "في رام الله."),
        ("أنصار اهلل وواالله", "أنصار الله ووالله"),
        ("االلهم وعبداالله", "اللهم وعبدالله"),
        ("اللهب والهلال وهلل الناس", "اللهب والهلال وهلل الناس"),
    ],
)
def test_the_divine_name(damaged: str, expected: str) -> None:
    outcome = restore_divine_name(Traced.of(damaged))
    assert outcome.traced.text == expected
    assert all(damaged[i] == c for c, i in zip(expected, outcome.traced.origin.tolist(), strict=True))


def test_the_letters_of_an_agency_stay_apart() -> None:
    damaged = "القاهرة (أ ش أ) - أعلنت ا لحكومة أن ا لبرلمان سيجتمع في ا لقاهرة غدا وأن ا لوزراء وصلوا"
    assert join_split_words(Traced.of(damaged)).traced.text == "القاهرة (أ ش أ) - أعلنت الحكومة أن البرلمان سيجتمع في القاهرة غدا وأن الوزراء وصلوا"


def test_a_word_of_many_lost_letters_is_searched_no_longer_than_readings_are_wanted() -> None:
    """Choices that cannot be completed, of which such a word has very many, are not looked at."""
    rules = [Rule("lost_letter", "\ufffd", letter) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"]
    matches = [(at, at + 1, rule) for at in (1, 2, 4, 5) for rule in rules]
    assert list(islice(readings("ا\ufffd\ufffdس\ufffd\ufffdم", matches, 7), 5)) == []
    assert len(list(readings("ا\ufffd\ufffdس\ufffd\ufffdم", matches, 4))) == MOST_READINGS


def test_a_letter_lost_at_a_lines_edge_waits_for_the_words_other_half() -> None:
    printed = Traced.of("ال\ufffdأمين والمدرسة وأ\ufffd\nعاد السكان إلى ال\ufffdدينة")
    assert repair_words(printed).traced.text.split("\n")[0].endswith(" وأ\ufffd")
