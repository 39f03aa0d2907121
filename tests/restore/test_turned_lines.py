"""Lines whose pieces a reader printed from left to right, letters in order: MuPDF's, pypdf's and some of PDFBox's."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.document import restore
from pipeline.restore.traced import Traced
from pipeline.restore.turned_lines import restore_turned_lines

# How MuPDF prints the lines, and as they were written.
LINES = {
    " شخصا في انهيار مبنى سكني بعد منتصف الليل، وأصيب14 قُتل": "قُتل 14 شخصا في انهيار مبنى سكني بعد منتصف الليل، وأصيب",
    " أسر ما زالت تحت الأنقاض9  آخرون بجروح، بينما لا تزال37": "37 آخرون بجروح، بينما لا تزال 9 أسر ما زالت تحت الأنقاض",
    ".وقال رئيس البلدية إن فرق الإنقاذ تعمل منذ الفجر": "وقال رئيس البلدية إن فرق الإنقاذ تعمل منذ الفجر.",
    " ساعة، وإن48 وأضاف أن السلطات ستعلن نتائج التحقيق خلال": "وأضاف أن السلطات ستعلن نتائج التحقيق خلال 48 ساعة، وإن",
    " عائلة نُقلت إلى مدارس المدينة القريبة120 أكثر من": "أكثر من 120 عائلة نُقلت إلى مدارس المدينة القريبة",
    " من سكان الحي يطالبون بتعويضات عاجلة%65 ،وبحسب الأهالي": "وبحسب الأهالي، 65% من سكان الحي يطالبون بتعويضات عاجلة",
}
TEXT = "\n".join(LINES)
CLEAN = "\n".join(LINES.values())


def test_pieces_printed_from_left_to_right() -> None:
    assert restore_turned_lines(Traced.of(TEXT)).traced.text == CLEAN


def test_each_character_keeps_its_origin() -> None:
    outcome = restore_turned_lines(Traced.of(TEXT))
    assert all(i < 0 or TEXT[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))
    assert all(change.kind == "visual_order" for change in outcome.changes)


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        "1. الماء\n2. الخبز\n3. الدواء\n",
        "طراز15 وطراز16 وطراز17 من الشاحنات\nوصلت إلى المرفأ صباح أمس",
        "عام 2017م عاد السكان إلى قراهم\nوفي 1438هـ رُممت المدرسة\nوفي 1440هـ افتُتح السوق",
    ],
)
def test_lines_in_order_stay(text: str) -> None:
    assert restore_turned_lines(Traced.of(text)).traced.text == text


def test_paragraphs_come_out_whole() -> None:
    assert restore(TEXT).text.startswith("قُتل 14 شخصا في انهيار مبنى سكني بعد منتصف الليل، وأصيب")


def test_a_latin_letter_inside_words_is_no_piece() -> None:
    """A font's table may call an Arabic letter so; the line is turned at figures all the same."""
    assert restore_turned_lines(Traced.of(TEXT.replace("ا", "ğ"))).traced.text == CLEAN.replace("ا", "ğ")


def test_a_stop_behind_a_figure_opens_the_piece_that_goes_on() -> None:
    """In print it looks like the stop that closes a line and that these readers print first."""
    printed = ". وعاد السكان إلى المدينة بعد توقيع2019 انتهت المعارك في مطلع عام\nاتفاق رعته دول الجوار، لكن البيوت كانت مهدمة"
    written = "انتهت المعارك في مطلع عام 2019. وعاد السكان إلى المدينة بعد توقيع\nاتفاق رعته دول الجوار، لكن البيوت كانت مهدمة"
    assert restore_turned_lines(Traced.of(f"{TEXT}\n{printed}")).traced.text == f"{CLEAN}\n{written}"


def test_figures_that_are_set_off_and_lines_that_end_in_a_blank() -> None:
    """As pypdf reads TCPDF's justified lines."""
    written = [
        "أعلن رئيس البلدية مقتل 14 شخصا في انهيار مبنى سكني بعد منتصف الليل",
        "وقال إن 37 آخرين أصيبوا بجروح، بينما لا تزال 9 أسر تحت الأنقاض منذ",
        "مساء السبت، وإن السلطات ستعلن نتائج التحقيق خلال 48 ساعة في بيان",
        "يصدر عن وزارة الداخلية في العاصمة.",
    ]
    printed = "".join(" ".join(reversed([part.strip() for part in re.split("([0-9]+)", line)])) + " \n" for line in written)
    assert restore(printed).text.split() == " ".join(written).split()


def test_figures_that_are_set_off_in_lines_that_open_with_a_blank() -> None:
    """As pypdf reads WeasyPrint's justified lines: nothing but that blank shows that they were turned."""
    written = [
        "قُتل أمس 14 شخصا في انهيار مبنى سكني",
        "وأصيب في الحي نفسه 37 آخرون بجروح، بينما",
        "ما زالت تحت الأنقاض منذ الليل 9 أسر كاملة",
        "وقالت البلدية إن فرق الإنقاذ تعمل منذ الفجر",
        "وإن مدارس المدينة استقبلت 120 عائلة من سكان",
        "المباني القريبة التي أُخليت مساء السبت.",
    ]
    printed = [re.sub("(.*) ([0-9]+) (.*)", r" \3 \2 \1", line) for line in written]
    assert restore_turned_lines(Traced.of("\n".join(printed))).traced.text.split() == " ".join(written).split()
    # A first line that is set in is none of these.
    assert not restore_turned_lines(Traced.of("\n".join([f" {written[0]}", *written[1:]]))).changes


# How MuPDF prints a list of names; nobody knows them, so that the lines hardly tell which way they read better.
NAMES = {
    ". عاماً، من قرية كفر حلب35 ،. شاهر زغلول برغوث1": "1. شاهر زغلول برغوث، 35 عاماً، من قرية كفر حلب.",
    ". عاماً، سائق أجرة61 ،). نوفة الكدرو (أم وضاح2": "2. نوفة الكدرو (أم وضاح)، 61 عاماً، سائق أجرة.",
    ". أعوام8 ،. هزار شاهر برغوث3": "3. هزار شاهر برغوث، 8 أعوام.",
    ". عاماً، طالب27 ،». قصي عنجريني المعروف بـ«أبو ريشة4": "4. قصي عنجريني المعروف بـ«أبو ريشة»، 27 عاماً، طالب.",
    ". عاماً، نازح من حزانو44 ،. تيسير طباع دلول5": "5. تيسير طباع دلول، 44 عاماً، نازح من حزانو.",
    " كانون الثاني متأثراً بجراحه.11 عاماً، توفي في19 ،. راكان عكل6": "6. راكان عكل، 19 عاماً، توفي في 11 كانون الثاني متأثراً بجراحه.",
}


def test_signs_of_list_numbers_and_of_the_words_behind_them() -> None:
    assert restore_turned_lines(Traced.of("\n".join(NAMES))).traced.text == "\n".join(NAMES.values())


def test_symbols_on_end_keep_the_comma_between_them() -> None:
    printed = " بتاريخ لاحقRU-04، RU-117 وردت الشهادة من المصدرين"
    assert restore_turned_lines(Traced.of(f"{TEXT}\n{printed}")).traced.text == f"{CLEAN}\nوردت الشهادة من المصدرين RU-04، RU-117 بتاريخ لاحق"


def test_a_quotation_that_ends_behind_a_figure_is_closed_there() -> None:
    printed = "» قرب المدرسة4000 انفجرت سيارة من طراز «كيا"
    assert restore_turned_lines(Traced.of(f"{TEXT}\n{printed}")).traced.text == f"{CLEAN}\nانفجرت سيارة من طراز «كيا 4000» قرب المدرسة"


def test_brackets_that_pair_tell_whether_they_are_pieces() -> None:
    """Here they belong to the words that they stand at; as pieces of their own they would part from them."""
    printed = " مدنيين قُتلوا في قصف على السوق صباح أمس السبت، وفق مصدر طبي9 )بصرى (درعا"
    written = "بصرى (درعا) 9 مدنيين قُتلوا في قصف على السوق صباح أمس السبت، وفق مصدر طبي"
    assert restore_turned_lines(Traced.of(f"{TEXT}\n{printed}")).traced.text == f"{CLEAN}\n{written}"


def test_numbers_of_paragraphs_keep_the_blanks_of_their_dashes() -> None:
    printed = "مقابلة مع ناجين وأقارب ضحايا 184وأجرى الفريق العامل - 2"
    written = "2 - وأجرى الفريق العامل 184 مقابلة مع ناجين وأقارب ضحايا"
    assert restore_turned_lines(Traced.of(f"{TEXT}\n{printed}")).traced.text == f"{CLEAN}\n{written}"


def test_handles_and_hashtags_with_their_signs_behind_them() -> None:
    """As MuPDF prints posts, whose dialect the scorer of lines does not know."""
    printed = [": شو صار هلق؟ حدا يطمّناnour_83@", "درعا_البلد# تصوير شباب الحي", ": مافي كهربا ولا مي من امبارحSamerHB@", "SaveDaraa# رح نضل"]
    written = ["@nour_83: شو صار هلق؟ حدا يطمّنا", "تصوير شباب الحي #درعا_البلد", "@SamerHB: مافي كهربا ولا مي من امبارح", "رح نضل #SaveDaraa"]
    assert restore_turned_lines(Traced.of("\n".join(printed))).traced.text == "\n".join(written)
    assert restore_turned_lines(Traced.of("\n".join(written))).traced.text == "\n".join(written)


def test_marks_of_one_kind_break_lines_where_those_of_the_other_stand_in_order() -> None:
    # pypdf's page: its font has “ and ”, and mirrors « and ».
    lines = {
        "، في بيان نشرته أمس، مقتل عشرين»أطباء بلا حدود« وأكدت منظمة": "وأكدت منظمة «أطباء بلا حدود»، في بيان نشرته أمس، مقتل عشرين",
        "في القصف الذي استهدف السوق. وقال مدير المستشفى: “لم تصل الأدوية منذ": "",
        "أسبوع كامل”. ووصف المحافظ ما حدث بأنه “جريمة كبرى” لا يمكن السكوت عنها.": "",
        " السكان على البقاء في منازلهم حتى إشعار آخر»الهلال الأحمر« وحث": "وحث «الهلال الأحمر» السكان على البقاء في منازلهم حتى إشعار آخر",
        "وتحدث سائق عن “دخان كثيف” غطى المدينة كلها، وعن “سيارات كثيرة” احترقت.": "",
        " الحكومة إلى فتح الطرق أمام قوافل المساعدات»لجنة الإغاثة« ودعت": "ودعت «لجنة الإغاثة» الحكومة إلى فتح الطرق أمام قوافل المساعدات",
        "ولم تعلق الحكومة على هذه الدعوة حتى مساء أمس.": "",
    }
    assert restore_turned_lines(Traced.of("\n".join(lines))).traced.text.split("\n") == [written or line for line, written in lines.items()]


def test_lines_that_open_with_figures_are_displaced_where_figures_within_lines_stand_right() -> None:
    # Private glyphs run from left to right, so that a reader turns the lines that end in one, and no other.
    text = (
        "\ue011\ue012 شخصا في انهيار مبنى سكني، ونقل الأهالي قتل أمس\n"
        "وقال رئيس البلدية إن \ue013 فرق تعمل منذ الفجر في المكان\n"
        "وأضاف أن \ue014\ue011 عائلة نقلت إلى مدارس المدينة القريبة\n"
        "وأكد الطبيب أن \ue012 من الجرحى غادروا المستشفى مساء أمس\n"
        "وبقي \ue015 من سكان الحي في الساحة بانتظار المساعدات\n"
        "\ue016\ue011منزلا و \ue013 سيارة، وتوقف العمل في المرفأ وأحرقوا\n"
    )
    assert restore_turned_lines(Traced.of(text)).traced.text == text
