"""Marks that drag along the letter on which the writer first met them, and letters that drag along a mark."""

from __future__ import annotations

import pytest

from pipeline.restore.cluster_marks import drop_cluster_letters
from pipeline.restore.traced import Traced

# Typst's pages: the letter comes behind its mark wherever the mark stands.
WITHIN = {
    "حلّللت اللجنة النتائج ثم قدّلمت تقريرها": "حلّلت اللجنة النتائج ثم قدّمت تقريرها",
    "وعبّلر السكان عن ارتياحهم، ووضّلح المدير": "وعبّر السكان عن ارتياحهم، ووضّح المدير",
    "أن القاضٍيٍي شدّلد على الحياد": "أن القاضيٍ شدّد على الحياد",
}
# LibreOffice's pages: each mark opens a piece of line, then its letter and the one that bears it.
OPENING = {
    "ّنلر المجلس أن ُعيسمح بالدخول قر": "لّر المجلس أن يُسمح بالدخول قر",
    "ّنمت الحكومة المساعدات قد": "مّت الحكومة المساعدات قد",
    "ّنرت الأمطار الطريق ودم": "رّت الأمطار الطريق ودم",
    "ّنحت الوزارة وض": "حّت الوزارة وض",
}


# WeasyPrint's pages: the letter brings its mark wherever it stands, the mark's own glyph brings nothing.
LETTERS = {
    "وكاُنت السفيُنة ُنحو الميناء حين اُنقطع الاتصال": "وكانت السفينة نحو الميناء حين انقطع الاتصال",
    "ُنقل اثُنان إلى بُنغازي": "نُقل اثنان إلى بنغازي",
}
TANWIN = {
    "أعلًان الوزًارة عن مشًاريع في المدًارس": "أعلان الوزارة عن مشاريع في المدارس",
    "ًا بعد غيًاب طويل": "ًا بعد غياب طويل",
}
# Typst's pages: fathatan that opens a piece of line brings the alef along, which stands already.
ALEFS = {
    "ًا من أبناء الحي كما قال المدير  عاملا استقبل المصنع أمس عشرين": "ً من أبناء الحي كما قال المدير  عاملا استقبل المصنع أمس عشرين",
    "ًا في وسط المدينة القديمة  جديدا افتتح الطباخ مطعما": "ً في وسط المدينة القديمة  جديدا افتتح الطباخ مطعما",
    "ًا عن رصيف الميناء  بعيدا رست السفينة البيضاء": "ً عن رصيف الميناء  بعيدا رست السفينة البيضاء",
    "ًا ثم عادت إلى البيت  صباحا خرجت المعلمة": "ً ثم عادت إلى البيت  صباحا خرجت المعلمة",
}
# Typst's pages: the letter brings its mark and the mark its letter.
BOTH = {
    "سُنمع دوي في المديُنة القديمة": "سُمع دوي في المدينة القديمة",
    "وقُنتل ثلاثة مدُنيين وجُنرح اثُنان": "وقُتل ثلاثة مدنيين وجُرح اثنان",
    "وقال الوزير الفرُنسي إن الهدُنة باقية": "وقال الوزير الفرنسي إن الهدنة باقية",
}


@pytest.mark.parametrize("lines", [WITHIN, OPENING, LETTERS, TANWIN, ALEFS, BOTH])
def test_dragged_letters_go(lines: dict[str, str]) -> None:
    text = "\n".join(lines)
    outcome = drop_cluster_letters(Traced.of(text))
    assert outcome.traced.text.split("\n") == list(lines.values())
    assert all(text[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "سوريّة والأمميّة والعسكريّة والمدنيّة والرسميّة",
        "قدّم أحمد شكرًا وقرّر أن يعود محمّد وأن يكرّم سعدًا",
        "المقرّر والمحرّر والمكرّر والمبرّر",
        # The other spelling of tanwin, cut before the mark: the alef stands nowhere else.
        "ًا من أهل الحي  عشرين عامل\nًا في الوسط  افتتح مطعم\nًا عن الرصيف  رست بعيد\nًا ثم عادت  خرجت صباح",
    ],
)
def test_marked_words_stay(text: str) -> None:
    assert drop_cluster_letters(Traced.of(text)).traced.text == text
