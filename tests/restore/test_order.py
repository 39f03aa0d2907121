"""Order: letters, figures, pieces and words that a reader printed from the wrong side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore.document import restore
from pipeline.restore.embedded_words import restore_embedded_words
from pipeline.restore.traced import Traced
from pipeline.restore.visual_order import restore_embedded_runs, restore_visual_order
from pipeline.restore.visual_runs import restore_visual_runs
from pipeline.restore.word_order import restore_word_order
from pipeline.restore.word_repair import repair_words

LINES = """عقد المجلس البلدي اجتماعا طارئا أمس في مقر المحافظة
وناقش الأعضاء خطة جديدة لتوزيع المياه على الأحياء الشرقية
وقال رئيس المجلس إن العمل سيبدأ خلال الأسبوع المقبل"""


PIECES = ["ةيبرعلا", "في", "المدينة", "نم", "2017", "(نص)", "abc", "،", "لاق", "الوزير", "\n", "\ufffd"]


def visual(line: str) -> str:
    return line[::-1]


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("\u202bخلال عام \u202a ،2017\u202cبحسب التقرير\u202c", "\u202bخلال عام \u202a2017، \u202cبحسب التقرير\u202c"),
        ("\u202bنسبته \u202a %3.9\u202cمقارنة\u202c", "\u202bنسبته \u202a3.9% \u202cمقارنة\u202c"),
        ("\u202bالفترة \u202a2017-2011\u202c\u202c", "\u202bالفترة \u202a2011-2017\u202c\u202c"),
        ("\u202bيوم \u202a12/5/2017\u202c\u202c", "\u202bيوم \u202a12/5/2017\u202c\u202c"),
        (
            "  \u202b\u202a7\u202c\u202c    \u202b\u202a12\u202c\u202c   \u202bحلب\u202c",
            "  \u202bحلب\u202c   \u202b\u202a12\u202c\u202c    \u202b\u202a7\u202c\u202c",
        ),
        ("\u202bموقع \u202awww.example.org\u202c\u202c", "\u202bموقع \u202awww.example.org\u202c\u202c"),
    ],
)
def test_embedded_runs(damaged: str, expected: str) -> None:
    assert restore_embedded_runs(Traced.of(damaged)).traced.text == expected


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("\u202bالمدينة\u202c \u202bوسط\u202c :\u202bجديدة\u202c \u202bحديقة\u202c", "حديقة جديدة: وسط المدينة"),
        (
            "83 \u202bعددهم\u202c \u202bبلغ\u202c \u202bا\u202c\u202bل\u202c\u202bعما\u202c \u202bالبلدية\u202c \u202bوظفت\u202c",
            "وظفت البلدية عمالا بلغ عددهم 83",
        ),
        (".2023/4/12 \u202bفي\u202c )\u202b(النيل\u202c \u202bالوكالة\u202c \u202bقالت\u202c", "قالت الوكالة (النيل) في 2023/4/12."),
        ("\u202bالمدير\u202c \u202bلت\u202c\u202bّل\u202c\u202bوح\u202c \u202bالأرقام\u202c", "الأرقام وحلّلت المدير"),
        ("\u202bبعنوان\u202c Human Rights Watch \u202bمنظمة\u202c \u202bتقرير\u202c", "تقرير منظمة Human Rights Watch بعنوان"),
        ("The word \u202bالسوق الكبير\u202c means the big market", "The word \u202bالسوق الكبير\u202c means the big market"),
        ("\u202bع\u202c\u202bّم\u202c\u202bتجّم\u202c \u202bشهد\u202c", "شهد تجّمّمع"),
        ("\u202bلوا\u202c\u202bُق\u202c\u202bُق\u202c\u202bن\u202c \u202bثم\u202c", "ثم نُقُقلوا"),
    ],
)
def test_embedded_words(damaged: str, expected: str) -> None:
    restored = restore_embedded_words(Traced.of(damaged)).traced.text
    assert restored.translate({0x202B: None, 0x202C: None}) == expected.translate({0x202B: None, 0x202C: None})


def embedded(*pieces: str) -> str:
    """Words as pdftotext -raw gives them, the row's last one first."""
    return " ".join(f"\u202b{piece}\u202c" for piece in pieces)


FULL_ROW = ("سلمية", "مسيرة", "في", "المحافظة", "مبنى", "إلى", "ساروا", "ثم")


def rows_in_order(*rows: tuple[str, ...]) -> list[str]:
    found = restore_embedded_words(Traced.of("".join(f"{embedded(*row)}\n" for row in rows))).traced.text
    return found.translate({0x202B: None, 0x202C: None}).splitlines()


def test_rows_that_broke_between_kerned_letters_are_joined() -> None:
    """`حر` + `كة`: poppler begins a line where a glyph was drawn back over the one before."""
    rows = rows_in_order(("المدينة", "وسط", "الشباب", "كة"), ("حر", "من", "شبان", "أمس", "تجمع"), FULL_ROW)
    assert rows == ["تجمع أمس شبان من حركة الشباب وسط المدينة", "ثم ساروا إلى مبنى المحافظة في مسيرة سلمية"]


def test_full_rows_whose_outer_words_happen_to_make_one_are_left() -> None:
    ends_so, begins_so = (*FULL_ROW[:-1], "كة"), ("حر", *FULL_ROW[1:])
    assert len(rows_in_order(FULL_ROW, FULL_ROW, FULL_ROW, ends_so, begins_so)) == 5


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("ةديدجلا ةموكحلا نم", "من الحكومة الجديدة"),
        ("2017 ماع يف ةموكحلا تنلعأ", "أعلنت الحكومة في عام 2017"),
        (")ةيبرعلا ةغللاب( باتك", "كتاب (باللغة العربية)"),
        ("عاد الرئيس إلى ةيبرعلا أمس بعد الظهر", "عاد الرئيس إلى العربية أمس بعد الظهر"),
        (LINES, LINES),
    ],
)
def test_visual_order(damaged: str, expected: str) -> None:
    assert restore_visual_order(Traced.of(damaged)).traced.text == expected


def test_brackets_that_a_line_leaves_open_face_as_those_of_the_text() -> None:
    text = "قال المهندس إن الجسر «آمن تماما» وإن أعمال الصيانة انتهت أمس\nوأضاف أن سكان القرية «سيعبرونه مطمئنين قبل نهاية الشهر"
    assert restore_visual_order(Traced.of("\n".join(map(visual, text.split("\n"))))).traced.text == text


def test_lam_alef_that_was_one_glyph_comes_right_in_the_next_pass() -> None:
    damaged = "\n".join(map(visual, ("تحسين اإلنتاجية وحل المشكالت", "من خالل البرامج الجديدة")))
    turned = restore_visual_order(Traced.of(damaged)).traced
    assert repair_words(turned).traced.text == "تحسين الإنتاجية وحل المشكلات\nمن خلال البرامج الجديدة"


def test_transposed_lam_alef_is_no_reversed_word() -> None:
    text = "أفادت هيئة األركان بأن العامل عاد\nوقال األطباء إن اضيرم بقي في األردن\nوزار الوفد األممي ثم ةسردم في ةنيدملا\nوعاد ىفشتسملا إلى العمل"
    right = "أفادت هيئة األركان بأن العامل عاد\nوقال األطباء إن مريضا بقي في األردن\nوزار الوفد األممي ثم مدرسة في المدينة\nوعاد المستشفى إلى العمل"
    assert restore_visual_order(Traced.of(text)).traced.text == right


def test_reversed_words_below_a_title_that_stands_right() -> None:
    """TCPDF draws the words of justified lines one by one, not those of a title; figures turn with the words around them."""
    title = "حصاد القمح يبدأ في الشرق: مخازن ممتلئة وأسعار تنخفض"
    lines = [
        "أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في 12 محافظة",
        "وقال الوزير إن الإنتاج سيبلغ 300 ألف طن على الرغم من الجفاف، وإن نحو 40",
        "مخزنا جديدا افتتحت في المناطق الشرقية قبل نهاية الشهر الماضي.",
        "وأضاف أن الحكومة ستشتري المحصول من الفلاحين بأسعار تشجيعية هذا العام،",
        "فيما طالب اتحاد الفلاحين بتوفير الوقود والبذور في الوقت المناسب.",
    ]
    damaged = "\n".join([title, *(" ".join(reversed(line.split())) for line in lines)])
    assert restore(damaged).text.split() == [*title.split(), *" ".join(lines).split()]


def test_reversed_words() -> None:
    damaged = "\n".join(" ".join(reversed(line.split(" "))) for line in LINES.split("\n"))
    outcome = restore_word_order(Traced.of(damaged))
    assert outcome.traced.text == LINES
    assert {c.kind for c in outcome.changes} == {"reversed_words"}
    assert restore_word_order(Traced.of(LINES)).traced.text == LINES


def test_only_the_last_lines_of_paragraphs_are_reversed() -> None:
    """As pdf.js reads TCPDF's pages."""
    paragraphs = [
        ("أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في جميع محافظات البلاد", "على الرغم من نقص الوقود في المناطق الشرقية من البلاد."),
        ("وقال الوزير إن الإنتاج سيبلغ ضعف ما كان عليه في العام الماضي رغم الجفاف", "وإن الحكومة ستشتري المحصول من الفلاحين قبل نهاية الشهر المقبل."),
        ("فيما طالب اتحاد الفلاحين بتوفير الوقود والبذور في الوقت المناسب للمزارعين", "وقال إن الأسعار ارتفعت منذ بداية العام في جميع الأسواق."),
    ]
    printed = [line for first, last in paragraphs for line in (first, " ".join(reversed(last.split())))]
    assert restore("\n".join(printed)).text.split() == " ".join(" ".join(pair) for pair in paragraphs).split()


def test_pieces_between_figures_and_lost_glyphs() -> None:
    line = "نا\ufffdطون و\ufffdيا\ufffdيون و\ufffdحفيون 12 عاما"
    damaged = "عاما12 حفيون\ufffdيون و\ufffdيا\ufffdطون و\ufffdنا"
    lines = "\n".join([damaged] * 3)
    assert restore_visual_runs(Traced.of(lines)).traced.text == "\n".join([line] * 3)
    assert restore_visual_runs(Traced.of(line)).traced.text == line


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_order_is_traced(raw: str) -> None:
    for step in (restore_embedded_runs, restore_visual_order, restore_visual_runs, restore_word_order):
        outcome = step(Traced.of(raw))
        origin = outcome.traced.origin.tolist()
        assert len(outcome.traced.text) == len(origin)
        kept = [i for i in origin if i >= 0]
        assert len(kept) == len(set(kept))
        mirror = str.maketrans("()", ")(")
        for char, i in zip(outcome.traced.text, origin, strict=True):
            assert i < 0 or raw[i] in (char, char.translate(mirror))
        assert (outcome.traced.text == raw) == (not outcome.changes)


def test_signs_lost_between_words_do_not_turn_lines_with_figures() -> None:
    lines = [
        "قتل 14 مدنيا وأصيب 30 آخرون في أبريل\ufffdنيسان 2023 قرب السوق.",
        "وعاد 12 منهم إلى القرية في مايو\ufffdأيار 2023 بعد الهدنة.",
        "وقالت المنظمة إن 40 شخصا غادروا في يونيو\ufffdحزيران 2022 مع أسرهم.",
        "وأحرق الجنود 200 بيت في أكتوبر\ufffdتشرين 2021 شمالي البلاد.",
    ]
    assert restore_visual_runs(Traced.of("\n".join(lines))).changes == []


def test_words_each_in_an_embedding_are_turned_once() -> None:
    line = " ".join(f"\u202b{word}\u202c" for word in ["ساعة", "بعد", "الوفد", "وغادر"])
    once = restore_embedded_words(Traced.of(line)).traced
    assert restore_embedded_runs(once).traced.text == once.text


def test_pieces_of_split_words_are_no_reversed_words() -> None:
    """`موق` is `قوم` in reverse, but with the letter behind it `موقع`."""
    text = "وصل الوفد إلى موق ع الحفل أمس ووجد لجن ة من المدينة\nوقال إن اجت ماع الصباح بدأ في وقته وإن برن امج اليوم طويل"
    assert restore_visual_order(Traced.of(text)).traced.text == text
