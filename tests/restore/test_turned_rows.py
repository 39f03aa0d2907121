"""Rows of cairo's pages as MuPDF prints them: run by run from left to right, on a new line where a blank follows a figure."""

from __future__ import annotations

import pytest

from pipeline.restore.traced import Traced
from pipeline.restore.turned_rows import restore_turned_rows

PRINTED = "\n".join([
    "قالت إدارة السد إن منسوب المياه ارتفع بعد أمطار غزيرة هطلت على الجبال",
    " في المئة من سعته80\n ساعة، وإن الخزان امتلأ حتى 48خلال ",
    " عائلة غادرت بيوتها75وأضافت أن نحو ",
    "القريبة من مجرى النهر ونُقلت إلى ثلاث مدارس في المدينة.",
    "أيار من العام\n/\n مايو12ووقعت آخر كارثة من هذا النوع في ",
    "الماضي حين غمرت المياه قرى السهل كلها وقطعت الطريق الساحلي عنها",
    " السدّ آمن\n”. \n“لا داعي إلى القلق\n: \nوقال مهندس في الوزارة",
])  # fmt: skip
WRITTEN = "\n".join([
    "قالت إدارة السد إن منسوب المياه ارتفع بعد أمطار غزيرة هطلت على الجبال",
    "خلال 48 ساعة، وإن الخزان امتلأ حتى 80 في المئة من سعته",
    "وأضافت أن نحو 75 عائلة غادرت بيوتها",
    "القريبة من مجرى النهر ونُقلت إلى ثلاث مدارس في المدينة.",
    "ووقعت آخر كارثة من هذا النوع في 12 مايو/أيار من العام",
    "الماضي حين غمرت المياه قرى السهل كلها وقطعت الطريق الساحلي عنها",
    "وقال مهندس في الوزارة: “لا داعي إلى القلق”. السدّ آمن",
])  # fmt: skip


def test_runs_come_in_reading_order() -> None:
    restored = restore_turned_rows(Traced.of(PRINTED)).traced
    assert restored.text == WRITTEN
    assert all(i < 0 or PRINTED[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


def test_a_run_that_its_own_letters_broke_goes_on() -> None:
    """Some fonts' final ى ends a line; the run goes on in the next one, which opens with a blank."""
    text = PRINTED.replace("المياه ارتفع بعد أمطار", "المياه ارتفع إلى\n أعلى\n مستوى\n عرفه السد بعد أمطار")
    restored = restore_turned_rows(Traced.of(text)).traced.text
    assert restored == WRITTEN.replace("المياه ارتفع بعد أمطار", "المياه ارتفع إلى أعلى مستوى عرفه السد بعد أمطار")


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN,
        "في 2017م عاد السكان\nوفي 1438هـ رُممت المدرسة\nوفي 1440هـ افتُتح السوق",
        " شخصا14 قُتل\n أسر ما زالت تحت الأنقاض9 وكانت\n ساعة48 خلال",
        # Figures touch words on both sides, yet no row takes several lines: PDFBox's rows, which other passes turn.
        "عائلة إلى ثلاث مدارس75نقل الدفاع المدني أمس نحو\nشخصا في مستشفى المدينة48وقال الأطباء إنهم عالجوا\nكيلومترا من الساحل30وقعت البلدة على بعد",
        "الفصل الأول\n-\nفي أصل الحكاية\n-\nوما رواه الجد\n-\nلأحفاده",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert restore_turned_rows(Traced.of(text)).traced.text == text


def test_last_blanks_of_lines_that_open_them_join_no_lines() -> None:
    """PDFBox prints the blank that ends a line of LibreOffice's before its first word: lines of one run are no pieces of a row."""
    printed = "\n".join([
        " قالت إدارة السد إن منسوب المياه ارتفع بعد أمطار غزيرة هطلت على الجبال",
        "  ساعة، وإن الخزان امتلأ حتى آخره.48وأضافت أن الأمطار دامت ",
        " وإن فرق الدفاع المدني نقلت سكان القرى القريبة من مجرى النهر إلى المدينة",
        " حيث فُتحت لهم المدارس والمساجد ووزعت عليهم البلدية الطعام والأغطية كلها",
        "  عائلة أن بيوتها لم تعد تصلح للسكن.75وذكرت نحو ",
        " وأن المياه غمرت قرى السهل كلها وقطعت الطريق الساحلي عنها منذ صباح أمس",
        "وقتلت الماشية.",
    ])  # fmt: skip
    assert restore_turned_rows(Traced.of(printed)).traced.text.count("\n") == printed.count("\n")


def test_signs_that_a_row_was_printed_with_first_stand_where_they_were_written() -> None:
    printed = "\n".join([
        "أعلن المجلس البلدي في المدينة أن لجنة المياه أنهت عملها في أحياء الضفة الشرقية كلها",
        ".وأعلنت2019حزيران14وبدأت اللجنة عملها في الحي القديم يوم",
        "البلدية أمس أن أعمال الصيانة مستمرة في الأحياء الباقية حتى مطلع الشهر المقبل على الأقل",
        ".«عاملا لا يكفون120وقال رئيس البلدية لسكان الحي القديم إن »عدد عمال الصيانة اليوم",
    ])  # fmt: skip
    restored = restore_turned_rows(Traced.of(printed)).traced.text.split("\n")
    assert restored[1] == "وبدأت اللجنة عملها في الحي القديم يوم 14 حزيران 2019. وأعلنت"
    assert restored[3] == "وقال رئيس البلدية لسكان الحي القديم إن »عدد عمال الصيانة اليوم 120 عاملا لا يكفون«."
