"""Rows cut at their vowel marks: damaged lines as pdfium prints them → the rows."""

from __future__ import annotations

import pytest

from pipeline.restore.cut_rows import restore_cut_rows
from pipeline.restore.document import restore
from pipeline.restore.mark_places import bearing_letter, belongs_by, place_scores
from pipeline.restore.traced import Traced

FULL = [
    "أعلنت وزارة الصحة أمس أن المستشفيات استقبلت عددا كبيرا من المرضى خلال الأسبوع الماضي",
    "وطلبت من السكان أن يشربوا الماء المغلي إلى أن تنتهي فرق الصيانة من إصلاح الخزانات القديمة",
    "وقال مدير المستشفى إن الأطباء يعملون ليلا ونهارا وإن الأدوية تصل من العاصمة كل صباح.",
]


def _cut(*pieces: str) -> Traced:
    return Traced.of("\n".join([FULL[0], *pieces, FULL[1], FULL[2]]))


def test_a_row_cut_at_tanwin_is_put_together() -> None:
    """`شرقا` ended in a mark that began a line; the row's end was printed before its beginning."""
    printed = _cut(
        "\u064b إلى الحدود الجنوبية، كما يروي سائق الشاحنة",
        "وأضاف أن القافلة قطعت الطريق شرقا",
        "\u064b من المدينة قبل أن تعود إليها بعد الظهر",
        "ثم خرج ثلاثة رجال من السيارة الأولى وساروا بعيدا",
    )
    lines = restore_cut_rows(printed).traced.text.split("\n")
    assert lines[1] == "وأضاف أن القافلة قطعت الطريق شرقا\u064b إلى الحدود الجنوبية، كما يروي سائق الشاحنة"
    assert lines[2] == "ثم خرج ثلاثة رجال من السيارة الأولى وساروا بعيدا\u064b من المدينة قبل أن تعود إليها بعد الظهر"


def test_a_row_cut_inside_words_and_a_mark_on_a_line_of_its_own() -> None:
    printed = _cut(
        "ت النواب على القانون الجديد يوم الاثنين",
        "\u0651",
        "وبعد نقاش طويل في المجلس صو",
        "\u064fتل ثلاثة جنود أمس",
        "وجاء في البيان أن الانفجار وقع ليلا وأنه ق",
    )
    lines = restore_cut_rows(printed).traced.text.split("\n")
    assert lines[1] == "وبعد نقاش طويل في المجلس صوّت النواب على القانون الجديد يوم الاثنين"
    assert lines[2] == "وجاء في البيان أن الانفجار وقع ليلا وأنه قُتل ثلاثة جنود أمس"


def test_a_stretch_before_a_figure_is_put_together_by_itself() -> None:
    """LibreOffice sets the text before a figure, the figure and the text behind it one after the other."""
    printed = _cut(
        "\u0651ر المنظمة عدد العائدين إلى قراهم بأكثر من ",
        "وتقد 260 ألفا في هذا العام وحده",
        "\u0651ح الخبراء أن ترتفع الأسعار بنحو ",
        "ورج 15 في المئة قبل نهاية الشتاء",
    )
    lines = restore_cut_rows(printed).traced.text.split("\n")
    assert lines[1] == "وتقدّر المنظمة عدد العائدين إلى قراهم بأكثر من 260 ألفا في هذا العام وحده"
    assert lines[2] == "ورجّح الخبراء أن ترتفع الأسعار بنحو 15 في المئة قبل نهاية الشتاء"


def test_lines_in_order_stay() -> None:
    text = "\n".join([*FULL, "وكان الوزير قد زار المدينة قبل أيام ووعد بمساعدات", *FULL])
    assert restore_cut_rows(Traced.of(text)).traced.text == text


def test_cells_that_end_in_a_tanwin_are_no_cut_rows() -> None:
    text = "\n".join(f"{number}. {name}\n{age} عاماً" for number, name, age in ((1, "جميل زغيب", 43), (2, "رهام الدرة", 29), (3, "عاصم برو", 54)))
    assert restore_cut_rows(Traced.of(text)).traced.text == text


@pytest.mark.parametrize(
    ("word", "mark", "marked"),
    [("نهب", "\u064f", "نُهب"), ("سيعقد", "\u064f", "سيُعقد"), ("أرجئ", "\u064f", "أُرجئ"), ("مؤخرة", "\u0651", "مؤخّرة"), ("فقبض", "\u064f", "فقُبض")],
)
def test_the_measure_of_a_word_tells_which_letter_bears_a_mark(word: str, mark: str, marked: str) -> None:
    scores = place_scores(word, mark)
    place = scores.index(max(scores))
    assert word[: place + 1] + mark + word[place + 1 :] == marked


@pytest.mark.parametrize(("word", "step"), [("قتُل", -1), ("سيعُقد", -1), ("يحُتجز", -1), ("مسيرّة", -1), ("شُيّع", -1), ("قُتل", 1)])
def test_a_mark_belongs_elsewhere_only_where_no_such_word_has_it(word: str, step: int) -> None:
    assert belongs_by(word, step) == (word not in {"شُيّع", "قُتل"})


def test_a_mark_without_a_word_is_put_on_none() -> None:
    assert bearing_letter("البيت الكبير قرب النهر", "\u0651", surely=True) is None


def test_passives_whose_mark_came_late_in_a_damaged_text() -> None:
    printed = "اردب لصو ةنيدملا ىلإ ريزولا نإ ةلاكولا تلاق\nيدسألا رهاظم يف ريبك عمج قيرطلا ىلإ جرخ\nوأضافت أن الاجتماع سيعُقد غدا"
    assert "سيُعقد" in restore(printed).text


def test_short_lines_that_no_mark_cut_stay_as_they_were_printed() -> None:
    """Titles, cells of tables and verse are short, too."""
    title = ["خفر السواحل: غرق زورق قرب الجزيرة", "ونجاة ركابه"]
    cut = ["\u0651ت النواب على القانون الجديد يوم الاثنين", "وبعد نقاش طويل في المجلس صو"]
    more = ["\u064b إلى الحدود الجنوبية، كما يروي سائق الشاحنة", "وأضاف أن القافلة قطعت الطريق شرقا"]
    lines = restore_cut_rows(Traced.of("\n".join([*title, *FULL, *cut, FULL[0], *more, *FULL]))).traced.text.split("\n")
    assert lines[:2] == title
    assert lines[5] == "وبعد نقاش طويل في المجلس صوّت النواب على القانون الجديد يوم الاثنين"


def test_marks_and_page_numbers_alone_at_a_page_s_end() -> None:
    """As pdfminer prints what Typst drew off its lines."""
    rows = [
        "سوق الخضار: أعلنت بلدية المدينة أن ما يزيد على 100 مزارع سيعرضون محاصيلهم في السوق الذي يُفتتح في ساحة البلدة القديمة في",
        "يونيو/حزيران المقبل. واعتذرت الغرفة عن عدم المشاركة، واقترحت بدلاً منه معرضاً “يجمع المزارعين والتجار معاً”. أما النقابة فكانت",
        "قد عرضت في مارس/آذار الماضي استضافة لقاءات مباشرة، ولم تلقَ  جواباً.",
    ]
    text = "\n".join(["ودعت الغرفة التجارية المزارعين إلى زيارة السوق الجديد.", "75", "19", *rows, "15", "1", *"ّّّّّ", "\f"])
    restored = restore_cut_rows(Traced.of(text)).traced.text
    assert sorted(restored.replace("\n", "").replace(" ", "")) == sorted(text.replace("\n", "").replace(" ", ""))
    assert all(row in restored for row in rows)


def test_lines_that_open_with_their_own_last_word_s_mark_are_no_pieces_of_a_row() -> None:
    printed = _cut("\u064b والجيش يقصف الميناء بثلاثين غارة على البلدة تقتل 12 نازحا", "\u064b صاروخا")
    assert not restore_cut_rows(printed).changes
