"""Figures in private glyphs: what must be decoded, what must be flagged, and that order of evidence plays no part."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexicon.build.figure_weights import hide, random_map
from pipeline.restore.digit_maps import Numeral, Way, as_read, solve
from pipeline.restore.digit_priors import Logs, Maps, candidate_maps
from pipeline.restore.figure_contexts import AFTER, BEFORE, MONTH, Neighbours, back_off, neighbours
from pipeline.restore.figure_model import EVIDENCE, FigureModel, key_of
from pipeline.restore.figure_relations import disorder, ordered_pairs, pages, weekdays
from pipeline.restore.private_digits import informed, private_digits
from pipeline.restore.private_figures import Figure, figures_of
from pipeline.restore.private_fonts import private_glyphs
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Traced

REPORT = (
    "قالت هيئة الإطفاء يوم 27 أغسطس/آب 2019 إن الحريق أتى على 350 هكتارا خلال 48 ساعة، وإن 16 عاملا أصيبوا بحروق، بينما "
    "أخلي 1200 شخص من 7 قرى. وشاركت في العمل طائرتان من طراز سوخوي 24، وبلغت نسبة السيطرة على النار 80% مساء الأحد، "
    "ثم ارتفعت إلى 95% بعد 3 أيام."
)
ONE_GAP = dict(zip("0123456789", [chr(c) for c in (0xE105, *range(0xE108, 0xE111))], strict=True))


def decoded(text: str, profile: Profile | None = None) -> str:
    return private_digits(Traced.of(text), profile).traced.text


def test_a_report_with_many_figures_is_decoded_whole() -> None:
    assert decoded(hide(REPORT, ONE_GAP).text) == REPORT


def test_each_decoded_figure_tells_its_map_posterior_and_evidence() -> None:
    hidden = hide(REPORT, ONE_GAP).text
    change = private_digits(Traced.of(hidden), None).changes[0]
    assert (change.kind, change.after, hidden[change.raw_start : change.raw_end]) == ("private_digit", "27", change.before)
    evidence = json.loads(change.evidence)
    assert evidence["map"]["U+E105"] == "0"
    assert evidence["posterior"] > 0.99
    assert change.confidence > 0.99


def test_arabic_digits_are_written_where_the_text_has_them() -> None:
    text = hide(REPORT, ONE_GAP).text + " وكان ذلك في ١٤ موقعا."
    assert "٣٥٠ هكتارا" in decoded(text)


def test_a_lone_figure_is_flagged_with_its_readings_and_bounds() -> None:
    outcome = private_digits(Traced.of("وصل إلى الميناء \ue108\ue105\ue105 صندوق."), None)
    (doubt,) = outcome.doubts
    assert doubt.kind == "encoded_number"
    assert doubt.low is not None
    assert doubt.high is not None
    assert doubt.low < doubt.high
    assert "100 (" in doubt.explanation
    assert not outcome.changes


def test_a_producers_map_decodes_what_one_document_cannot() -> None:
    profile = Profile("p", {g: d for d, g in ONE_GAP.items()}, confidence=0.999)
    assert decoded("وصل إلى الميناء \ue108\ue105\ue105 صندوق.", profile) == "وصل إلى الميناء 100 صندوق."


def test_a_document_that_speaks_against_its_profile_is_not_forced_into_it() -> None:
    wrong = Profile("p", {g: str((int(d) + 1) % 10) for d, g in ONE_GAP.items()}, confidence=0.999)
    assert decoded(hide(REPORT, ONE_GAP).text, wrong) == REPORT


def test_separators_stay_in_place() -> None:
    text = REPORT.replace("1200", "1,200").replace("95%", "95.5%")
    assert decoded(hide(text, ONE_GAP).text) == text


def test_a_glyph_inside_words_is_no_digit() -> None:
    text = hide(REPORT, ONE_GAP).text.replace("النار", "النا\ue060ر") + " وعاد الهدوء كلي\ue060ا."
    glyphs = private_glyphs(text)
    assert glyphs.others == {"\ue060"}
    assert "كلي\ue060ا" in decoded(text)
    assert "350 هكتارا" in decoded(text)


def test_two_fonts_are_solved_apart() -> None:
    bold = {d: chr(ord(g) - 0x100) for d, g in ONE_GAP.items()}
    text = hide("حريق يلتهم 350 هكتارا", bold).text + "\n\n" + hide(REPORT, ONE_GAP).text
    fonts = private_glyphs(text).fonts
    assert [len(f) for f in fonts] == [3, 10]
    assert REPORT in decoded(text)


def test_a_text_in_private_glyphs_throughout_has_no_figures() -> None:
    cipher = "".join(chr(0xE001 + n) + " " * (n % 4 == 3) for n in range(40))
    assert private_glyphs(cipher).fonts == []


def test_figures_are_told_by_arabic_words_alone() -> None:
    # A reader without a table of characters prints every glyph by its number.
    cipher = " ".join(f"+{a}*{b} '{c}{d}" for a, b, c, d in zip("\x81\x88\x8a", "\x8b\x8c\x8d", "\x8e\x8f\x90", "\x94\x81\x88", strict=True))
    assert private_digits(Traced.of(cipher), None).traced.text == cipher


def test_the_map_ascends_and_neighbouring_numbers_leave_no_room_for_digits() -> None:
    maps, prior = candidate_maps([0xE000, 0xE001, 0xE002])
    best = maps[prior >= prior.max() - 1e-9]
    assert all((np.diff(row) == 1).all() for row in best)
    assert len(maps) > len(best)


def test_eleven_glyphs_are_no_font() -> None:
    with pytest.raises(ValueError, match="11 glyphs"):
        candidate_maps(list(range(0xE000, 0xE00B)))


def test_neighbours_look_through_line_breaks_and_quotation_marks() -> None:
    text = "قتل في «\ue001\ue002»\n\nشخصًا"
    assert neighbours(text, 8, 10) == Neighbours("قتل في", "شخصا")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 7 أكتوبر", Neighbours("في", MONTH)),
        ("بنحو 7%", Neighbours("بنحو", "+%")),
        ("و7 آلاف جندي", Neighbours("و+", "الاف جندي")),
        ("أكثر من 7 ملايين دولار", Neighbours("اكثر من", "ملايين دولار")),
    ],
)
def test_neighbours_of_a_figure(text: str, expected: Neighbours) -> None:
    at = text.index("7")
    assert neighbours(text, at, at + 1) == expected


def test_neighbours_back_off_to_what_they_contain() -> None:
    assert back_off(BEFORE, "اكثر من") == "من"
    assert back_off(AFTER, "الاف جندي") == "الاف"
    assert back_off(BEFORE, "بنحو") == "نحو"
    assert back_off(BEFORE, "نحو") is None


@pytest.mark.parametrize(
    ("context", "likelier", "than"),
    [
        (Neighbours("خلال", "ساعة"), "48", "59"),
        (Neighbours("ان", "شخصا"), "28", "3"),
        (Neighbours("اصيب", "اشخاص"), "7", "70"),
        (Neighbours("ميغ", "في"), "23", "34"),
        (Neighbours("يوم", MONTH), "19", "58"),
        (Neighbours("عام", ","), "2019", "3128"),
        (Neighbours("بالقرار", "الذي"), "2254", "3365"),
        (Neighbours("ان", "مدنيا"), "728", "103"),
    ],
)
def test_what_numbers_stand_between_words(context: Neighbours, likelier: str, than: str) -> None:
    model = FigureModel.load()
    scores = model.evidence([key_of(likelier), key_of(than)], context) @ np.array(model.weights[-EVIDENCE:])
    assert scores[0] > scores[1]


def test_ranges_ascend_and_parts_are_no_larger_than_wholes() -> None:
    text = "من \ue001 إلى \ue002 قرى، وقتل \ue003 بينهم \ue001 أطفال"
    figures = figures_of(text, ["\ue001", "\ue002", "\ue003"])
    assert [(a.glyphs, b.glyphs) for a, b in ordered_pairs(figures)] == [((0,), (1,)), ((0,), (2,))]


def test_a_profile_only_shifts_the_posterior() -> None:
    glyphs = ["\ue108", "\ue109"]
    solution = solve([ord(g) for g in glyphs], figures_of("نحو \ue108\ue109 شخصا", glyphs), FigureModel.load())
    shifted = informed(solution, glyphs, {"\ue108": "1"}, 0.999)
    assert shifted.posterior.sum() == pytest.approx(1)
    one = Numeral(0, 1, ((0,),), ())
    assert shifted.readings(one)[0] == pytest.approx(("1", shifted.readings(one)[0][1]))
    assert shifted.readings(one)[0][1] > solution.readings(one)[0][1]


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_no_figure_is_decoded_wrong_whatever_the_font(seed: int) -> None:
    hidden = hide(REPORT, random_map(random.Random(seed)))
    outcome = private_digits(Traced.of(hidden.text), None)
    for change in outcome.changes:
        true = "".join(hidden.truth.get(c, c) for c in change.before)
        assert change.after == true


@given(st.text(alphabet="قال من \ue000\ue001\ue002\ue003\n.، ا", max_size=80))
def test_only_private_glyphs_change(text: str) -> None:
    outcome = private_digits(Traced.of(text), None)
    assert len(outcome.traced.text) == len(text)
    assert all(a == b or "\ue000" <= a <= "\ue003" for a, b in zip(text, outcome.traced.text, strict=True))
    assert outcome.traced.origin.tolist() == list(range(len(text)))


def test_figures_that_a_pass_turned_with_their_line_are_read_as_printed() -> None:
    hidden = hide(REPORT, ONE_GAP).text
    turned = re.sub("[\ue000-\uf8ff]+", lambda figure: figure.group()[::-1], hidden)
    origin = np.arange(len(hidden), dtype=np.int32)
    for figure in re.finditer("[\ue000-\uf8ff]+", hidden):
        origin[slice(*figure.span())] = origin[slice(*figure.span())][::-1].copy()
    assert private_digits(Traced(turned, origin), None).traced.text == REPORT


def test_a_document_with_all_figures_from_right_to_left_is_read_so() -> None:
    hidden = hide(REPORT.replace("1200", "1,200"), ONE_GAP).text
    turned = re.sub("[\ue000-\uf8ff,]{2,}", lambda figure: figure.group()[::-1], hidden)
    outcome = private_digits(Traced.of(turned), None)
    assert outcome.traced.text == REPORT.replace("1200", "1,200")
    assert json.loads(outcome.changes[0].evidence)["numerals"] == "backward"


def test_round_numbers_alone_prove_no_direction() -> None:
    text = "بلغت المساحة 70,086,000 متر وبلغ عدد السكان 292,131,000 نسمة، وبلغ الإنتاج 10000 طن في 6200 حقل."
    outcome = private_digits(Traced.of(hide(text, ONE_GAP).text), None)
    assert all(len(change.after) == len(change.before) and change.after in text for change in outcome.changes)


REGROUPED = REPORT.replace("1200", "1,200").replace("95%", "95.5%") + " وبلغت الخسائر 292,131,000 ليرة."
MORE = " وغطى الدخان 13,400 دونم، وقدرت الكلفة بنحو 4,500,000 ليرة بين 1994-1998، مقابل 25,000 طن في 23/10/2018 و17,350 طنا قبلها."


def regrouped(text: str) -> str:
    """The groups of numerals as pdfium prints those whose digits are private glyphs."""
    return re.sub("[\ue000-\uf8ff]+(?:[-.,/][\ue000-\uf8ff]+)+", lambda m: "".join(re.split("([-.,/])", m.group())[::-1]), text)


def test_numerals_whose_groups_pdfium_turned_are_put_in_order() -> None:
    hidden = hide(REGROUPED + MORE, ONE_GAP).text
    outcome = private_digits(Traced.of(regrouped(hidden)), None)
    assert outcome.traced.text == REGROUPED + MORE
    assert "".join(regrouped(hidden)[i] for i in outcome.traced.origin) == hidden


def test_numerals_are_flagged_where_few_tell_whether_their_groups_are_turned() -> None:
    outcome = private_digits(Traced.of(regrouped(hide(REGROUPED, ONE_GAP).text)), None)
    assert [doubt.readings[0] for doubt in outcome.doubts] == ["1,200", "95.5", "292,131,000"]


def test_years_from_later_to_earlier_tell_that_groups_are_turned() -> None:
    figures = figures_of("بين \ue001\ue002\ue003\ue003-\ue001\ue002\ue003\ue004 في", ["\ue001", "\ue002", "\ue003", "\ue004"])
    assert [(a.start, b.start) for a, b in ordered_pairs(as_read(figures, Way.REGROUPED))] == [(9, 4)]


def told(relation: Callable[[Maps, Sequence[Figure]], Logs], text: str, maps: list[dict[str, str]]) -> list[float]:
    """What a relation says of each map of the same glyphs."""
    glyphs = sorted(maps[0])
    digits = np.array([[int(m[g]) for g in glyphs] for m in maps])
    return [*map(float, relation(digits, figures_of(text, glyphs)))]


YEARS_APART = [dict(zip("\ue000\ue001\ue002\ue003\ue004", digits, strict=True)) for digits in ("01258", "01269")]


def test_full_dates_fall_on_the_weekday_named_with_them() -> None:
    text = "عُقد الاجتماع يوم الأحد \ue004 تشرين الثاني/نوفمبر \ue002\ue000\ue001\ue003 في المدينة"
    right, wrong = told(weekdays, text, YEARS_APART)  # 8 November 2015 was a Sunday, 9 November 2016 none
    assert right > 0 > wrong
    assert told(weekdays, text.replace("الأحد ", ""), YEARS_APART) == [0, 0]


def test_days_that_no_month_has_agree_with_no_weekday() -> None:
    glyphs = {"\ue000": "0", "\ue001": "1", "\ue002": "2", "\ue003": "3"}
    assert told(weekdays, "الاثنين \ue003\ue001 نيسان \ue002\ue000\ue001\ue003", [glyphs])[0] < 0


ONE_UP = [dict(zip("\ue001\ue002", digits, strict=True)) for digits in ("12", "23", "13")]


def test_figures_with_a_line_for_themselves_number_pages() -> None:
    page = "وقال سكان في الحي إن المياه انقطعت عن منازلهم ثلاثة أيام متتالية، وإن البلدية وعدت بإصلاح الشبكة قبل نهاية الأسبوع."
    first, later, apart = told(pages, f"{page}\n\n\ue001\n\n{page}\n\ue002\n", ONE_UP)
    assert first > later > 0 > apart
    assert told(pages, f"{page}\n\ue001\n\ue002\n", ONE_UP) == [0, 0, 0]  # cells of a table
    assert told(pages, f"{page} \ue001\n\n{page}\n\ue002\n", ONE_UP) == [0, 0, 0]


def test_parts_are_no_larger_than_the_whole_for_each_map() -> None:
    assert told(disorder, "قتل \ue001 بينهم \ue002 أطفال", ONE_UP) == [-1, -1, -1]


@pytest.mark.parametrize(
    ("context", "known", "than"),
    [
        (Neighbours("القرار", ","), "1701", "1601"),
        (Neighbours("هيرمز", "فوق"), "450", "340"),
        (Neighbours("على", "مقعدا"), "329", "327"),
    ],
)
def test_numbers_known_by_heart_weigh_far_more_than_others_like_them(context: Neighbours, known: str, than: str) -> None:
    model = FigureModel.load()
    scores = model.evidence([key_of(known), key_of(than)], context) @ np.array(model.weights[-EVIDENCE:])
    assert scores[0] > scores[1] + 2


def test_a_number_hyphened_to_its_model_stands_behind_it() -> None:
    assert neighbours("مقاتلات إف-16 عراقية", 11, 13) == Neighbours("اف", "عراقية")
    assert neighbours("بين 2014-2016 في", 9, 13).before == "0-"


def test_hours_are_padded_by_writers_who_pad_nothing_else() -> None:
    text = REPORT + " وأُبلغ عن الحريق عند الساعة 02:15 من فجر اليوم نفسه، وبلغت كلفته 1,200 دولار."
    assert decoded(hide(text, ONE_GAP).text) == text
