"""Clusters that open lines and end the word before, too: pages of Typst as pdfium prints them → the rows."""

from __future__ import annotations

from pipeline.restore.cut_rows import restore_cut_rows
from pipeline.restore.opening_clusters import without_repeated_clusters
from pipeline.restore.traced import Traced

FULL = [
    "أعلنت وزارة الصحة أمس أن المستشفيات استقبلت عددا كبيرا من المرضى خلال الأسبوع الماضي",
    "وطلبت من السكان أن يشربوا الماء المغلي إلى أن تنتهي فرق الصيانة من إصلاح الخزانات القديمة",
    "وقال مدير المستشفى إن الأطباء يعملون ليلا ونهارا وإن الأدوية تصل من العاصمة كل صباح.",
]


def _printed(*pieces: str) -> Traced:
    return Traced.of("\n".join([FULL[0], *pieces, FULL[1], FULL[2]]))


def test_rows_are_put_together_behind_the_word_that_has_the_cluster() -> None:
    """`مسيّرة` was printed as `رة`, `يّ`, `يسمّ`; `رسميًا` as `ًا` and `ايمسرً`."""
    printed = _printed(
        "رة فوق الميناء قبل أن تسقط في البحر",
        "ي\u0651",
        "وقال شهود إنهم رأوا طائرة يسم\u0651",
        "\u064bا إن الشحنة وصلت إلى المخازن سالمة",
        "وأعلن المتحدث باسم الهيئة ايمسر\u064b",
    )
    lines = restore_cut_rows(printed).traced.text.split("\n")
    assert lines[1] == "وقال شهود إنهم رأوا طائرة مسي\u0651رة فوق الميناء قبل أن تسقط في البحر"
    assert lines[2] == "وأعلن المتحدث باسم الهيئة رسمي\u064bا إن الشحنة وصلت إلى المخازن سالمة"


def test_words_in_reading_order_stay_and_tell_of_the_cut() -> None:
    printed = "\u064bا إلى الحدود\nسارت القافلة شرق\u064bا\n\u064bا من المدينة\nوعادت بعيد\u064bا"
    outcome, told = without_repeated_clusters(Traced.of(printed))
    text = outcome.traced.text
    assert text == "إلى الحدود\nسارت القافلة شرق\u064bا\nمن المدينة\nوعادت بعيد\u064bا"
    assert {text[cut:].split("\n")[0]: text[:word].split()[-1] for cut, word in told.items()} == {
        "إلى الحدود": "شرق\u064bا",
        "من المدينة": "بعيد\u064bا",
    }


def test_one_such_line_proves_nothing() -> None:
    text = "\u064bا إلى الحدود\nسارت القافلة شرق\u064bا"
    assert without_repeated_clusters(Traced.of(text)).outcome.traced.text == text
