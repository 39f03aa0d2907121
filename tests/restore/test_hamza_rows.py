"""Rows that pdfium cuts at hamzas off their line."""

from __future__ import annotations

import pytest

from pipeline.restore.hamza_rows import restore_hamza_rows
from pipeline.restore.traced import Traced

# Each row is printed last piece first, a hamza's glyph before the piece that it begins, alone, or before the piece it stands in.
ROWS = [
    ["وصل مساء الخميس وفد من ا", "طباء المدينة والتقى في مكتبه ا", "هالي الضحايا"],
    ["وقالت مديرة المدرسة إن ا", "كثر من عشرين تلميذا عادوا في ا", "ول يوم من العام"],
    ["ولم تعلن الحكومة بعد متى تبدا ا", "عمال البناء التي توقفت منذ ا", "شهر بسبب الحرب"],
    ["وقال الوزير في بيان نشره ا", "مس إن المساعدات ستصل خلال ا", "يام قليلة"],
    ["وطالب السكان بفتح الطريق ا", "مام القوافل وعودة ا", "بنائهم من المخيمات"],
]
WRITTEN = [
    "وصل مساء الخميس وفد من أطباء المدينة والتقى في مكتبه أهالي الضحايا",
    "وقالت مديرة المدرسة إن أكثر من عشرين تلميذا عادوا في أول يوم من العام",
    "ولم تعلن الحكومة بعد متى تبدأ أعمال البناء التي توقفت منذ أشهر بسبب الحرب",
    "وقال الوزير في بيان نشره أمس إن المساعدات ستصل خلال أيام قليلة",
    "وطالب السكان بفتح الطريق أمام القوافل وعودة أبنائهم من المخيمات",
]


def _printed(row: list[str], number: int) -> list[str]:
    """The lines of a row: hamzas open their piece, glued or not, or stand alone below it."""
    lines: list[str] = []
    for k, piece in enumerate(reversed(row)):
        if k == len(row) - 1:
            lines.append(piece)
        elif (k + number) % 3:
            lines.append(f"أ {piece}")
        else:
            lines += [piece, "أ"]
    return lines


def test_pieces_are_joined_and_hamzas_set() -> None:
    text = "\n".join(line for number, row in enumerate(ROWS) for line in _printed(row, number)).replace("تبدا", "تبدأ")
    outcome = restore_hamza_rows(Traced.of(text))
    assert outcome.traced.text.split("\n") == WRITTEN


@pytest.mark.parametrize("text", ["\n".join(WRITTEN), "\n".join(f"أ بند {n} من جدول الأعمال" for n in range(3))])
def test_other_texts_stay(text: str) -> None:
    assert restore_hamza_rows(Traced.of(text)).traced.text == text


@pytest.mark.parametrize("alone", [1, 2, 3])
def test_whole_rows_with_hamzas_between_stay(alone: int) -> None:
    """As poppler prints the hamzas of Lateef, a second time, above or below their rows."""
    rows = [
        "أعلنت بلدية المدينة أمس أن الأشغال في الطريق الساحلي ستنتهي قبل حلول الصيف",
        "ويبلغ طول الطريق الجديد نحو عشرين كيلومترا من المطار إلى الميناء وقد شارك فيه",
        "عمال من القرى المجاورة كانوا يعملون ليلا ونهارا، وأضافت البلدية أن كلفته بلغت",
        "مليوني دينار، أي أقل من الكلفة التي قدرتها الوزارة قبل ثلاث سنوات، وأن افتتاحه",
        "سيجري بحضور رؤساء البلديات المجاورة وممثلين عن الشركات التي شاركت في الحفر",
        "والتعبيد والإنارة كلها بعدما توقفت أشهرا بسبب أمطار غمرت أجزاء من الطريق القديم",
    ]
    text = "\n".join(line for number, row in enumerate(rows) for line in (row, *(["أ"] * alone if number % 2 == 0 else [])))
    assert restore_hamza_rows(Traced.of(text)).traced.text == text
