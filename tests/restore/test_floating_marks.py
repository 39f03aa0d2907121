"""Marks printed before the piece of line that they end: the printed lines, the lines meant."""

from __future__ import annotations

from pipeline.restore.floating_marks import restore_floating_marks
from pipeline.restore.traced import Traced

PRINTED = """ّ نشر تقرير أعد ّ ته نقابة عم ً ال المناجم أن 90 عاملا لم يتقاضوا أجورهم
ً دولار ّ ا واحدا كان ثمن الخبز كما أك د سكان المدينة
ثم عاد الهدوء إلى الأحياء
ّ وتدرس الوزارة خيارات أو ضم ّ ه إلى هيئة قدمت طلبها"""


def test_marks_find_their_letters() -> None:
    traced = restore_floating_marks(Traced.of(PRINTED)).traced
    lines = traced.text.split("\n")
    assert lines[0] == "نشر تقرير أعدّته نقابة عمّال المناجم أن 90 عاملًا لم يتقاضوا أجورهم"
    assert lines[1].startswith("دولارًا واحدا كان")
    assert lines[2] == "ثم عاد الهدوء إلى الأحياء"
    assert lines[3] == "وتدرس الوزارة خيارات أو ضمّه إلى هيئة قدّمت طلبها"
    assert all(PRINTED[i] == c for c, i in zip(traced.text, traced.origin.tolist(), strict=True))


def test_displaced_runs_that_begin_with_tanwin_stay() -> None:
    text = "ً وفق الهلال الأحمر قتل في الغارة ستة عشر شخصا\nً بحسب السكان نزح أمس ألفا شخص تقريبا\nثم عاد الهدوء"
    assert restore_floating_marks(Traced.of(text)).traced.text == text


def test_lines_that_open_with_the_tanwin_of_their_last_alef_stay() -> None:
    text = (
        "ً وأن ثلاثة ُنقلوا أمس. ولا ً واحدا صحيفة المدينة كتبت أن عاملا\n"
        "ً وثلاث نساء، بحسب الطبيب، وصل إلى المستشفى عشرون رجلا\n"
        "ً عادوا إلى القرية منذ الصباح، وبقي خارجها ألفا\n"
    )
    assert restore_floating_marks(Traced.of(text)).traced.text == text
