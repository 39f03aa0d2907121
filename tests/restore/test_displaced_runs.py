"""Displaced runs: a damaged text, its lines as they were written, and what is left alone."""

from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.build.displacement import damage, same_letters
from pipeline.restore.cut_pairs import CutPairs, outer_pair
from pipeline.restore.displaced_runs import DECIDED, DOUBTFUL, Line, _apply, _follow_habit, displaced_runs
from pipeline.restore.habits import Habits
from pipeline.restore.line_layouts import layouts
from pipeline.restore.readings import Shown, readings, written_spans
from pipeline.restore.suspicion import suspects, suspicious, torn_in_place
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.word_scores import WordScores

BEFORE = "أعلنت وزارة الداخلية في بيان نشرته مساء أمس أن قوات الأمن اعتقلت"
AFTER = "وأضاف البيان أن التحقيقات لا تزال جارية لمعرفة ملابسات الحادث."


def restored(line: str, before: str = BEFORE, after: str = AFTER) -> Outcome:
    return displaced_runs(Traced.of(f"{before}\n{line}\n{after}\n"))


def lines_of(outcome: Outcome) -> list[str]:
    return outcome.traced.text.split("\n")


def possible(line: str, text: str = "") -> set[str]:
    """All readings of a line."""
    shown = Habits(text or line)
    shows = Shown({}, shown.lone, CutPairs(text or line, [line]))
    found = readings(layouts(line, shown), WordScores.load(), shows, outer_pair(line))
    return {"".join(line[slice(*span)] for span in written_spans(one)) for one in found}


CUT_AT_WAW_YEH = """يل السياسي متعثرا منذ الصيف. أما التمو
يضة الطاقم فتحدثت عن ليلة طو
وتحدثت مصادر في البلدة عن هدوء حذر
يانا مساء أمس ثم عاد الزائر إلى نو"""


def test_lines_cut_at_the_pair_of_others_are_suspicious_though_nobody_knows_the_word() -> None:
    lines = CUT_AT_WAW_YEH.split("\n")
    numbers, pairs = suspects(CUT_AT_WAW_YEH, lines, Habits(CUT_AT_WAW_YEH))
    assert numbers == [0, 1, 3]
    assert pairs.is_cut("وي", "")
    whole = f"{CUT_AT_WAW_YEH}\nوسار رجل طويل القامة قوي البنية رويدا رويدا حتى وصلا سويا بعد سفر طويل"
    assert not CutPairs(whole, lines).is_cut("وي", "")


def test_pairs_inside_words_are_not_those_cut_at() -> None:
    pairs = CutPairs("دار البيت\nدار الدار والجار", ["ول ما كان من أمر الدار", "مى الباب ور"])
    assert pairs.gain("دا", "") < pairs.gain("دل", "") == 0 < pairs.gain("رو", "")
    assert pairs.gain("رو", "رو") == 0


def test_one_cut() -> None:
    outcome = restored("يطانية في مطار العاصمة. ثلاثة أشخاص يحملون جوازات سفر بر")
    assert lines_of(outcome)[1] == "ثلاثة أشخاص يحملون جوازات سفر بريطانية في مطار العاصمة."
    (change,) = outcome.changes
    assert change.kind == "displaced_run"
    assert change.before == "يطانية في مطار العاصمة. ثلاثة أشخاص يحملون جوازات سفر بر"
    assert change.after == lines_of(outcome)[1]
    assert "بريطانية" in change.evidence
    assert 0.5 < change.confidence <= 1


def test_several_cuts() -> None:
    line = "ير الخارجية. كد المتحدث باسم وز ثلاثة أشخاص على الحدود السورية، كما أ"
    assert lines_of(restored(line))[1] == "ثلاثة أشخاص على الحدود السورية، كما أكد المتحدث باسم وزير الخارجية."


def test_neighbouring_damaged_lines_are_decided_together() -> None:
    first = "وصل رئيس الوزراء إلى العاصمة البريطانية مساء أمس في زيارة رسمية تستمر ثلاثة أيام، ومن"
    second = "المقرر أن يلتقي نظيره البريطاني لبحث العلاقات الثنائية بين البلدين وسبل تعزيزها."
    printed = (
        "يطانية مساء أمس في زيارة رسمية تستمر ثلاثة أيام، ومن وصل رئيس الوزراء إلى العاصمة البر\n"
        "يطاني لبحث العلاقات الثنائية بين البلدين وسبل تعزيزها. المقرر أن يلتقي نظيره البر\n"
    )
    assert lines_of(displaced_runs(Traced.of(printed + AFTER)))[:2] == [first, second]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        pytest.param("يا إلى لبنان عبر الحدود. آلاف النازحين من سور", "آلاف النازحين من سوريا إلى لبنان عبر الحدود.", id="a half that is a word"),
        pytest.param("ً في الهجوم. ستة عشر مدنيا", "ستة عشر مدنياً في الهجوم.", id="a detached mark"),
        pytest.param("يران الماضي عاد السكان في يونيو/حز", "عاد السكان في يونيو/حزيران الماضي", id="behind a slash"),
        pytest.param("ينا العملية”. قال الطبيب: “أجر", "قال الطبيب: “أجرينا العملية”.", id="behind an opening quote"),
        pytest.param("فرج عنه أمس. قالت الوكالة إنه أ\ufffd", "قالت الوكالة إنه أ\ufffdفرج عنه أمس.", id="at a lost letter"),
        pytest.param("يعيش نصفهم في الخيام. لجأ إليها ألفان و", "لجأ إليها ألفان ويعيش نصفهم في الخيام.", id="a lone letter"),
        pytest.param("\u0640ات الأمن مساء. وصلت إلى المكان سيار", "وصلت إلى المكان سيار\u0640ات الأمن مساء.", id="stretched halves"),
        pytest.param("ية صغيرة. ير الداخلية رسالة عاجلة إلى قر وجه وز", "وجه وزير الداخلية رسالة عاجلة إلى قرية صغيرة.", id="two cuts"),
        pytest.param("أمم تقريرها السنوي. نشرت منظمة تابعة لهيئة ال", "نشرت منظمة تابعة لهيئة الأمم تقريرها السنوي.", id="behind the article"),
        pytest.param("إنهاء الأزمة. طالب النواب ب", "طالب النواب بإنهاء الأزمة.", id="behind a particle"),
        pytest.param("ا في الشارع. لم ير المار أحد", "لم ير المار أحدا في الشارع.", id="before a last alef"),
        pytest.param("ية إلى القرى. أغذ سلم برنامج ال", "سلم برنامج الأغذية إلى القرى.", id="a word cut twice"),
        pytest.param(
            "ــنامج الإيواء ــري ومدير بر ي ــم الحر ي ــيتون زارتها السيدة مر ــية الز قر",
            "قرــية الزــيتون زارتها السيدة مريــم الحريــري ومدير برــنامج الإيواء",
            id="seven cuts, most of which show themselves",
        ),
        pytest.param("غلاق بالقوة. إ هددت الحكومة بفض ال", "هددت الحكومة بفض الإغلاق بالقوة.", id="a letter left over between two cuts"),
    ],
)
def test_the_true_order_is_among_the_readings(printed: str, written: str) -> None:
    assert suspicious(printed, Habits(printed))
    assert written in possible(printed)


def test_no_reading_begins_with_a_half_of_a_word() -> None:
    found = possible("ــاليين، ثم رأيت الدخان ين متت ــا خوري، وهي ممرضة: “سمعت انفجار ين مار")
    assert "مارينــا خوري، وهي ممرضة: “سمعت انفجارين متتــاليين، ثم رأيت الدخان" in found
    assert not [one for one in found if one.startswith("ـ")]


def test_a_run_that_ends_in_a_private_figure_is_turned_back() -> None:
    printed = "%\ue005\ue006 من السكان أي نحو \ue007\ue008 ألف نسمة في حين غادر المدينة"
    assert "ألف نسمة في حين غادر المدينة \ue007\ue008 من السكان أي نحو \ue005\ue006%" in possible(printed)


@pytest.mark.parametrize(
    ("others", "probable"),
    [pytest.param([0.99, 0.98, 0.97], True, id="turned"), pytest.param([0.02, 0.01], False, id="not turned"), pytest.param([], False, id="alone")],
)
def test_figures_are_turned_back_as_in_the_other_lines_of_a_text(others: list[float], probable: bool) -> None:
    printed = "\ue005\ue006 من السكان أي نحو \ue007\ue008 ألف نسمة في حين غادر المدينة"
    lines = [_line_turned_at(printed, probability) for probability in (0.4, *others)]
    _follow_habit(lines)
    assert all(line.scores.sum() == pytest.approx(1.0) for line in lines)
    assert (lines[0].scores[0] < 0.5) == probable


def _line_turned_at(printed: str, probability: float) -> Line:
    """A line whose readings turn figures back, with that probability together."""
    shown = Habits(printed)
    found = [
        one
        for one in readings(layouts(printed, shown), WordScores.load(), Shown({}, shown.lone, CutPairs(printed, [printed])), "")
        if one.layout.turned
    ]
    scores = np.array([1 - probability, *[probability / len(found)] * len(found)])
    return Line(0, 0, len(printed), readings=found, scores=scores)


def test_runs_cut_at_blanks_leave_double_ones() -> None:
    """Some writers cut between words: a run ends in its blank, which then stands beside the one between the runs."""
    printed = "ويستمر أسبوعين. أمس في المدينة  معرض الكتاب الذي افتتح "
    text = f"وقع ذلك في 12 مايو\n{printed}\n"
    assert Habits(text).gapped
    assert suspicious(printed, Habits(text))
    assert "معرض الكتاب الذي افتتح أمس في المدينة ويستمر أسبوعين." in possible(printed, text)
    assert not possible(printed, "وقع ذلك في 12 مايو")


def test_a_cut_before_lam_and_alef_needs_a_known_word() -> None:
    assert "شارك اللاعب في الألعاب الأولمبية" in possible("أولمبية شارك اللاعب في الألعاب ال")


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        pytest.param("ذهب و عاد ثم خرج و جلس", True, id="a habit"),
        pytest.param("ذهب وعاد وخرج و جلس ووقف ونام وقال وكتب وقرأ", False, id="once, as a cut leaves it"),
        pytest.param("ذهب و عاد ثم و\nخرج و جلس ثم و\n", False, id="often, but also at the ends of lines"),
    ],
)
def test_a_conjunction_set_apart_is_no_trace_where_it_is_a_habit(text: str, apart: bool) -> None:
    assert ("و" not in Habits(text).lone) == apart


def test_a_run_that_ends_in_latin_is_turned_back() -> None:
    printed = "Mark Twain يليام زار المدينة كثيرون منهم الكاتب الذي كان صديقا لو"
    assert any(same_letters(one, "زار المدينة كثيرون منهم الكاتب الذي كان صديقا لويليام Mark Twain") for one in possible(printed))


def test_latin_words_at_the_left_prove_nothing_by_themselves() -> None:
    line = "Facebook هي شركة تدير موقعا يستخدمه كثيرون في المدينة"
    assert lines_of(displaced_runs(Traced.of(f"{CLEAN}{line}\n")))[5] == line


def test_deleted_figures_leave_blanks_that_tell_of_a_turn() -> None:
    printed = " شخصا بينهم  طفلا في حين أصيب"
    assert any(same_letters(one, "طفلا في حين أصيب شخصا بينهم") for one in possible(printed))
    assert not possible(printed, text="وقع ذلك في 12 مايو\n" + printed)


def test_close_readings_leave_the_line_and_are_flagged_with_both() -> None:
    line = "ير كريم ونبيل وفارس وسعيد ومراد وحسن ووليد ورامي جر"
    outcome = restored(line, before="وصل إلى المدرسة", after="ومنير وبسام")
    assert lines_of(outcome)[1] == line
    (doubt,) = outcome.doubts
    assert doubt.kind == "displaced_run_unresolved"
    assert doubt.explanation.count("“") == 2
    assert len(doubt.readings) == 2


def test_a_change_maps_back_to_the_raw_text() -> None:
    line = "يطانية في مطار العاصمة. ثلاثة أشخاص يحملون جوازات سفر بر"
    outcome = restored(line)
    raw = f"{BEFORE}\n{line}\n{AFTER}\n"
    (change,) = outcome.changes
    assert raw[change.raw_start : change.raw_end] == line
    assert all(raw[origin] == letter for letter, origin in zip(outcome.traced.text, outcome.traced.origin, strict=True))


CLEAN = (
    "اجتمع المجلس البلدي صباح اليوم لبحث أزمة المياه في الأحياء الجنوبية من المدينة، وقرر\n"
    "تشكيل لجنة تضم خبراء من الجامعة وممثلين عن السكان. وقال رئيس المجلس إن الأعمال ستبدأ\n"
    "خلال أسبوعين وتستمر حتى نهاية الشتاء، داعيا المواطنين إلى ترشيد الاستهلاك وعدم هدر\n"
    "المياه في ري الحدائق وغسل السيارات. ويعاني السكان منذ سنوات من انقطاع متكرر في آخر\n"
    "كل شهر، وهو ما دفع كثيرين منهم إلى حفر آبار خاصة دون ترخيص من السلطات المحلية.\n"
)


def test_clean_text_stays_as_it_is() -> None:
    outcome = displaced_runs(Traced.of(CLEAN))
    assert outcome.traced.text == CLEAN
    assert not outcome.changes
    assert not outcome.doubts


def test_restored_text_is_left_alone() -> None:
    once = restored("يطانية في مطار العاصمة. ثلاثة أشخاص يحملون جوازات سفر بر").traced
    assert displaced_runs(once).traced.text == once.text


@pytest.mark.parametrize(
    "line",
    [
        "تأسس نادي الشباب الرياضي عام 1438 هـ",
        "ذهب الأولاد إلى السوق و عادوا منه و هم سعداء و",
        "طائرات سوخوي وصواريخ أرض أرض",
        "سرطان الثدي الذي تكشف عنه أجهزة الـ",
        "قناة المدينة المفتوحة صورت فيلما قصيرا لـ",
        "This line is English and stays",
    ],
)
def test_what_only_looks_displaced(line: str) -> None:
    assert lines_of(displaced_runs(Traced.of(f"{CLEAN}{line}\n{CLEAN}")))[5] == line


@given(st.integers(0, 10_000))
def test_damage_keeps_every_letter(seed: int) -> None:
    for line in damage([CLEAN.replace("\n", " ")], Random(seed)):
        assert sorted("".join(line.printed.split())) == sorted("".join(line.written.split()))


@given(st.integers(0, 10_000))
def test_restoring_keeps_every_letter(seed: int) -> None:
    text = "\n".join(line.printed for line in damage([CLEAN.replace("\n", " ")], Random(seed)))
    outcome = displaced_runs(Traced.of(text))
    assert sorted("".join(outcome.traced.text.split())) == sorted("".join(text.split()))
    assert outcome.traced.text.count("\n") == text.count("\n")


def test_most_damage_of_plain_prose_is_undone() -> None:
    exact = wrong = displaced = 0
    for seed in range(40):
        lines = damage([CLEAN.replace("\n", " ")], Random(seed))
        found = displaced_runs(Traced.of("\n".join(line.printed for line in lines))).traced.text.split("\n")
        for line, text in zip(lines, found, strict=True):
            displaced += line.displaced
            exact += line.displaced and same_letters(text, line.written)
            wrong += not same_letters(text, line.written) and not same_letters(text, line.printed)
    assert displaced > 30
    assert exact >= 0.65 * displaced
    assert wrong <= 0.12 * displaced


def test_adverbs_open_sentences_and_days_follow_each_other() -> None:
    before = "انتهى الاجتماع من دون نتائج تذكر."
    after = "رسمية خلال زيارته المقبلة إلى المنطقة."
    opened = displaced_runs(Traced.of(f"{before}\nير الدفاع أن يعقد محادثات دبلوماسيا، ينتظر وز\n{after}\n"))
    assert lines_of(opened)[1] == "دبلوماسيا، ينتظر وزير الدفاع أن يعقد محادثات"
    nights = restored("يا مساء الأحد السبت الأحد عدة انفجارات هزت شمال سور", before="وشهدت المدينة ليل")
    assert "الأحد السبت" not in lines_of(nights)[1]


def test_a_heading_ends_in_no_colon() -> None:
    heading = "ية واشتباكات في محيط عدن جنوب اليمن: انسحاب كتيبة بر"
    printed = f"{heading}\n\n{BEFORE}\nيطانية. ووصل وفد من النقابات إلى مقر السفارة البر\n{AFTER}\n"
    outcome = displaced_runs(Traced.of(printed))
    assert lines_of(outcome)[0] == "جنوب اليمن: انسحاب كتيبة برية واشتباكات في محيط عدن"
    # Without knowing so the model gives every third chance to `انسحاب كتيبة … جنوب اليمن:`.
    assert outcome.changes[0].confidence > 0.9


def test_a_dateline_opens_the_line_behind_a_heading() -> None:
    heading = "وصول قافلة مساعدات إلى البلدات المحاصرة"
    line = "ية شمال المدينة صنعاء (أ ف ب) - قصفت طائرات حربية صباح الثلاثاء مواقع عسكر"
    outcome = displaced_runs(Traced.of(f"{heading}\n\n{line}\n{BEFORE}\nيطانية. ووصل وفد من النقابات إلى مقر السفارة البر\n{AFTER}\n"))
    assert lines_of(outcome)[2] == "صنعاء (أ ف ب) - قصفت طائرات حربية صباح الثلاثاء مواقع عسكرية شمال المدينة"


def test_an_agency_tells_a_dateline_wherever_its_line_stands() -> None:
    line = "ية شمال المدينة صنعاء (رويترز) - قصفت طائرات حربية صباح الثلاثاء مواقع عسكر"
    assert lines_of(restored(line, before="نشرة الأخبار"))[1] == "صنعاء (رويترز) - قصفت طائرات حربية صباح الثلاثاء مواقع عسكرية شمال المدينة"


def test_victims_in_the_accusative_open_no_paragraph() -> None:
    line = "ً وتدمر حيا كاملا غارات على بلدة النجاة تقتل 23 مدنيا بينهم أطفال وتخلف 40 جريحا"
    text = f"{line}\n\n{BEFORE}\nيطانية. ووصل وفد من النقابات إلى مقر السفارة البر\n{AFTER}\n"
    assert not lines_of(displaced_runs(Traced.of(text)))[0].startswith("جريحا")


def test_what_figures_turned_back_touch_is_weighed() -> None:
    """`ثلاثة … وجرح 53 آخرون`: as printed, too, the line goes on with the one before, but a figure stands before `ثلاثة` there."""
    line = "\ue007 آخرون، ولم تعرف دوافع الهجوم. وكانت الشرطة قد أوقفت ليل الأحد \ue003\ue005 ثلاثة أشخاص وجرح"
    text = f"وانفجرت سيارة مفخخة قرب السوق عند الساعة الثامنة صباحا، فقتل\n{line}\nمشتبها بهم في المدينة ثم أفرجت عنهم.\n"
    printed = "ير الداخلية إن التحقيق بدأ، وأكد أن الجاني معروف لدى الأجهزة منذ أعوام. وقال وز"
    outcome = displaced_runs(Traced.of(f"{text}{printed}\n{AFTER}\n"))
    expected = "ثلاثة أشخاص وجرح \ue003\ue005 آخرون، ولم تعرف دوافع الهجوم. وكانت الشرطة قد أوقفت ليل الأحد \ue007"
    assert lines_of(outcome)[1].split() == expected.split()


def test_a_short_word_may_be_the_middle_of_another() -> None:
    assert "وقال الرياحي إن الجلسة تأجلت" in possible("حي إن الجلسة تأجلت يا وقال الر")


CUT_AT_ARTICLES = """أعلن الاتحاد العام للعمال مساء أمس تعليق إضرابه بعد لقاء
وفد من النقابات مع وزير العمل الذي وعد بدراسة مطالبهم قبل
نهاية الشهر الجاري. وقالت مصادر في الاتحاد إن المفاوضات
ستستمر حتى يتم صرف الأجور المتأخرة لجميع المعلمين في
مدارس القرى البعيدة. وكان الإضراب قد بدأ مطلع الأسبوع
"""


def test_a_lone_alef_is_half_a_word_wherever_it_stands() -> None:
    """Cut at each `ال`, a line's neighbours look like words torn in place: `ا لقرى ا`."""
    runs = [re.split("(?<=ا)(?=ل)", line) for line in CUT_AT_ARTICLES.split("\n")]
    printed = "\n".join(" ".join(run.strip() for run in reversed(line)) for line in runs)
    assert "لبعيدة. وكان ا لقرى ا مدارس ا" in printed
    assert displaced_runs(Traced.of(printed)).traced.text == CUT_AT_ARTICLES


def test_the_article_may_be_a_last_half_too() -> None:
    assert "وقتل ثلاثة جنود خلال معارك عنيفة قرب القلعة القديمة" in possible("ال معارك عنيفة قرب القلعة القديمة وقتل ثلاثة جنود خل")
    line = "يمة ال معارك عنيفة قرب القلعة القد وقتل ثلاثة جنود خل"
    assert "وقتل ثلاثة جنود خلال معارك عنيفة قرب القلعة القديمة" in possible(line)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (
            ".)\ue006\ue00e\ue005\ue005( وكان من بين الأسرى ضباط من الحامية وقادة الكتيبة الثانية",
            "وكان من بين الأسرى ضباط من الحامية وقادة الكتيبة الثانية (\ue006\ue00e\ue005\ue005).",
        ),
        ("،)UNHCR( وأعلنت ذلك المفوضية السامية لشؤون اللاجئين", "وأعلنت ذلك المفوضية السامية لشؤون اللاجئين (UNHCR)،"),
        (".\ue007\ue005\ue005\ue00a العام", "العام \ue007\ue005\ue005\ue00a."),
    ],
)
def test_signs_on_both_sides_of_what_was_turned_change_sides(printed: str, written: str) -> None:
    other = "يطانية. ووصل وفد من النقابات إلى مقر السفارة البر"
    outcome = displaced_runs(Traced.of(f"ونقلت الصحيفة عن مصادر طبية أن الجرحى نقلوا إلى مستشفى المدينة\n{printed}\n{AFTER}\n{other}\n"))
    assert lines_of(outcome)[1] == written


def test_a_line_whose_outer_words_are_of_different_cuts_is_suspicious_where_others_are_cut_so() -> None:
    line = "يقين على ملعب المدينة ية في المساء مباراة الفر وسبح اثنان في نهر"
    assert not suspicious(line, Habits(line))
    text = "\n".join(["يطانية في مطار العاصمة. ثلاثة أشخاص يحملون جوازات سفر بر", line, "ير الخارجية. ووصل إلى المدينة صباح اليوم وز"])
    assert 1 in suspects(text, text.split("\n"), Habits(text))[0]


def test_words_torn_in_place_are_no_displaced_lines() -> None:
    torn = (
        "ا علن مجل س ا لبل دية ا مس عن خط ة جدي دة لتر ميم ا لمد ارس\n"
        "ا لقد يمة في ا لاحي اء ا لشر قية، وقا ل رئي سه ا ن ا لعم ل سيبد ا\n"
        "في ا لصي ف ا لمقب ل ويست مر عا مين كا ملين على ا لاق ل\n"
    )
    assert displaced_runs(Traced.of(torn)).traced.text == torn
    assert torn_in_place(torn, torn.split("\n")) > 9
    assert not torn_in_place(f"{BEFORE}\n{AFTER}", [])


def test_a_line_of_marks_alone_has_no_order() -> None:
    text = f"{BEFORE}\n\u0654                    \u0654\n{AFTER}\n{BEFORE}\n\u064f            \u0651\n{AFTER}\n"
    assert displaced_runs(Traced.of(text)).traced.text == text


def test_a_lost_ligature_of_marks_is_no_letter_of_its_word() -> None:
    """`كليًّا`, whose two marks were one glyph: a run by itself that the reader gave one of them."""
    assert "ودمر الحريق المصنع كلي\ufffd\u0651ا." in possible("ا. \ufffd\u0651 ودمر الحريق المصنع كلي")


@pytest.mark.parametrize(("scores", "is_turned"), [((0.1, 0.5, 0.2), True), ((0.1, 0.5, 0.3), False), ((0.3, 0.4, 0.1), False)])
def test_a_reading_must_be_likely_and_clearly_more_so_than_the_next(scores: tuple[float, ...], is_turned: bool) -> None:
    text = "ير الخارجية إلى المطار وصل وز"
    shown = Habits(text)
    found = readings(layouts(text, shown), WordScores.load(), Shown({}, shown.lone, CutPairs(text, [text])), outer_pair(text))
    rest = [0.0] * (len(found) + 1 - len(scores))
    line = Line(0, 0, len(text), readings=found, scores=np.array([*scores, *rest]))
    outcome = _apply(Traced.of(text), [line], DECIDED, DOUBTFUL)
    assert (bool(outcome.changes), bool(outcome.doubts)) == (is_turned, not is_turned)


def test_a_stop_and_a_blank_at_a_lines_end_may_be_a_cut_where_figures_were_deleted() -> None:
    lines = [
        "ية الواقعة شرقي النهر حتى ساعة متأخرة من الليل وسمع سكان القر",
        "لكن أحدا لم يصب في القصف الذي طال أطراف البلدة مساء أمس وفق رئيس البلدية، ",
        "ير الداخلية الذي زار المكان صباح اليوم مع وفد كبير وقال وز",
        *["وعاد التلاميذ إلى مدارسهم بعد غياب طويل وفتحت المتاجر أبوابها في السوق القديم"] * 4,
    ]
    text = "\n".join(lines)
    assert 1 in suspects(text, lines, Habits(text))[0]
    assert 1 not in suspects(text, [line.rstrip() for line in lines], Habits("\n".join(map(str.rstrip, lines))))[0]
