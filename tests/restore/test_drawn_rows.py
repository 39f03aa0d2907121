"""Rows that PDFBox prints in the order in which their pieces were drawn, cut at gaps and at glyphs that bear marks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.restore.drawn_rows import restore_drawn_rows
from pipeline.restore.traced import Traced

Row = Sequence[str | Sequence[str]]

# A browser's page in a font that sets hamza and shadda as marks of their own: it draws a row from left to right.
MARKED: list[Row] = [
    [["عاد ", "أهالي القرية ", "إلى المدينة ", "أمس بعد غياب طويل"]],
    [["دام ", "أكثر من عام، وقال رئيس البلدية ", "إن المدرسة فتحت"]],
    [["و", "أضاف ", "أن فرقة من ال", "أطباء ستصل خلال ال", "أسبوع المقبل"]],
    [["ولم تتضح بعد ", "أحوال ال", "أمن في المدينة التي تضر", "رت كثيرا"]],
]
# Typst's page: the text before a figure, the figure and the text behind it are drawn one after the other.
DRAWN: list[Row] = [
    [["قالت الشرطة إن "], "12", [" شخصا كانوا في المبنى عند انهياره"]],
    [["وأضافت أن "], "7", [" عائلات متضرّ", "رة من الحادث بقيت بلا مأوى"]],
    [["ثم وثّ", "قت المديرية تضرر "], "30", [" منزلا في الحي القديم من المدينة"]],
    [["وقدّ", "ر الخبراء قيمة الخسائر بنحو "], "9", [" ملايين، فيما لم تقدّ", "م الحكومة أي مساعدة"]],
]
# The page of a program that draws hamza by itself: a piece ends at each alef that bears one.
LIFTED: list[Row] = [
    [["وصل أ", "مس إ", "لى المدينة وفد أ", "ممي رفيع للقاء أ", "هالي الضحايا"]],
    [["وقالت مديرة البعثة إ", "ن أ", "كثر من عشرين أ", "لف طفل عادوا إ", "لى الدراسة هذا العام"]],
    [["وأ", "ضافت في بيان أ", "مس أ", "ن المساعدات لم تصل إ", "لى القرى البعيدة"]],
    [["ولم تعلن الحكومة متى تبدأ إ", "صلاح الطرق التي أ", "غلقت منذ شهر"]],
]
# WeasyPrint's page: words stand wide apart, so that a blank ends each piece but the last one of its row.
LOOSE: list[Row] = [
    [["أعلنت وزارة التربية ", "أمس افتتاح ثلاث ", "مدارس جديدة في الأحياء ", "الشرقية من المدينة،"]],
    [["وقالت إن ", "المدارس تتسع لمئات ", "التلاميذ الذين نزحوا مع ", "عائلاتهم من القرى المجاورة."]],
    [["ورحب الأهالي بالقرار بعدما ", "اضطر أبناؤهم إلى ", "قطع مسافات طويلة ", "كل صباح للوصول إلى"]],
    [["صفوفهم، وطالبوا الوزارة ", "بتأمين الحافلات والكتب ", "قبل بداية العام الدراسي المقبل."]],
]


def _written(row: Row) -> str:
    return " ".join("".join("".join(part) for part in row).split())


def _printed(row: Row) -> str:
    """What PDFBox makes of a row: pieces as drawn, a blank at each gap; a figure and its neighbours count as one piece, right to left."""
    pieces: list[str] = []
    after_figure = False
    for part in row:
        drawn = [part] if isinstance(part, str) else list(reversed(part))
        if after_figure or (isinstance(part, str) and pieces):
            pieces[-1] = drawn.pop(0) + pieces[-1]
        pieces += drawn
        after_figure = isinstance(part, str)
    return " ".join(pieces)


@pytest.mark.parametrize("rows", [MARKED, DRAWN, LIFTED, LOOSE])
def test_pieces_are_put_in_order(rows: list[Row]) -> None:
    text = "\n".join(map(_printed, rows))
    outcome = restore_drawn_rows(Traced.of(text))
    assert outcome.traced.text.split("\n") == list(map(_written, rows))
    assert all(c == " " if i < 0 else text[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))


def test_the_blank_that_ends_a_row_does_not_part_the_word_that_its_last_piece_begins() -> None:
    # LibreOffice's page of a document of Word; the blank before a figure does not either.
    printed = [
        "ية الواقعة شمالي المدينة ي إن الطائرات أغارت على القر  قال المتحدث العسكر",
        " وإن أحدا من السكان لم يصب في القصف الذي استمر حتى ساعة متأخرة",
        "ية الجبل صباح أمس بعد ية توقفت في مدير  وأعلنت الوزارة أن المعارك الضار",
        " وساطة قادها وجهاء المنطقة وشيوخ القبائل في الأيام الماضية",
        "كة من الطرفين ستزور القرى المتضررة في الأيام  وأضافت أن لجنة مشتر",
        " المقبلة لتقدير حجم الخسائر التي لحقت بالمدارس والمستشفيات",
        "كة    عائلة نازحة من القرى المجاورة40وقد وصلت إلى القاعدة المشتر",
        "وتحتاج العائلات إلى الغذاء والدواء.",
    ]
    written = {
        0: "قال المتحدث العسكري إن الطائرات أغارت على القرية الواقعة شمالي المدينة",
        2: "وأعلنت الوزارة أن المعارك الضارية توقفت في مديرية الجبل صباح أمس بعد",
        4: "وأضافت أن لجنة مشتركة من الطرفين ستزور القرى المتضررة في الأيام",
        6: "وقد وصلت إلى القاعدة المشتركة 40 عائلة نازحة من القرى المجاورة",
    }
    rows = restore_drawn_rows(Traced.of("\n".join(printed))).traced.text.split("\n")
    assert rows == [written.get(k, row) for k, row in enumerate(printed)]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(_written, MARKED)),
        "قال الوزير إن العمل انتهى.  وأضاف أن الطريق فُتح.\nوصلت القافلة صباحا.  ثم عادت مساء.\nلم يعلق أحد.  وانتهى الاجتماع.",
        # MuPDF's rows, which turned_lines.py turns.
        " عائلة غادرت القر ّية، ولم تصل  إلى المخيم48  شخصا و15 وقال إن\n من السدّ في ساعة واحدة30  سن ّة و20 وجرف السيل\n ّ بعد يومين12 عاد",
        "الاسم  العدد  المدينة\nمحمد  12  حلب\nأحمد  15  حمص",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert restore_drawn_rows(Traced.of(text)).traced.text == text


def test_rows_cut_only_inside_words_are_left_to_displaced_runs() -> None:
    loose = [_printed(row) for row in LOOSE]
    cut = "ية المجاورة صباح أمس بعد غياب طويل عاد السكان إلى القر"
    outcome = restore_drawn_rows(Traced.of("\n".join([*loose, cut])))
    assert outcome.traced.text.split("\n") == [*map(_written, LOOSE), cut]


def test_gaps_that_deleted_figures_leave_are_none() -> None:
    text = (
        "ية المجاورة مقتل  مدنيا وإصابة آخرين بجروح وأعلن سكان القر\n"
        "يق الدولي بعدما توقف العمل فيه نحو  أشهر كاملة وفتحت البلدية الطر\n"
        "ير النقل إن الوزارة خصصت  حافلة للعائدين من المخيمات وقال وز\n"
        "وعاد أمس  شخصا إلى بيوتهم في المدينة القديمة"
    )
    assert restore_drawn_rows(Traced.of(text)).traced.text == text
