"""Pieces that touch and stand last first between figures, as pdf.js reads LibreOffice's justified lines."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline.restore.document import restore
from pipeline.restore.glued_pieces import restore_glued_pieces
from pipeline.restore.traced import Traced

WRITTEN = (
    "وافتتح وزير النقل خط السكة الجديد بين المدينتين بحضور 40 مسؤولا من بلديات الساحل",
    "وقال الوزير إن القطار سيقطع المسافة في 25 دقيقة بعد أن كانت الحافلات تقطعها في ساعتين",
    "وأوضح مدير المشروع أن العمال أنجزوا 12 محطة قبل موعدها رغم ارتفاع أسعار الحديد",
    "وتستقبل المحطات ابتداء من الخميس 300 راكب يوميا في المرحلة الأولى من التشغيل",
)
# Where the pieces begin that are printed last first, each inside a word.
CUTS = (("ير النقل", "دينتين"), ("طار", "افلات"), ("شروع", "مال أن", "ديد"), ("طات ابت", "ميس", "رحلة"))


def _printed(line: str, cuts: tuple[str, ...], stroke: str = "") -> str:
    """Figures without blanks, the pieces between two of them last first; a stroke at both ends of a cut."""
    places = sorted(line.index(cut) for cut in cuts)
    stretches: list[str] = []
    at = 0
    for figure in ("40", "25", "12", "300"):
        if f" {figure} " in line:
            middle = line.index(f" {figure} ")
            for a, b in ((0, middle), (middle + len(figure) + 2, len(line))):
                edges = [a, *(p for p in places if a < p < b), b]
                pieces = [line[x:y] for x, y in pairwise(edges)]
                ends = [(stroke if k else "") + piece + (stroke if k < len(pieces) - 1 else "") for k, piece in enumerate(pieces)]
                stretches.append("".join(reversed(ends)))
            return figure.join(stretches)
    return line[at:]


UNDAMAGED = "وحضر الافتتاح 50 صحفيا من بلدان مجاورة\nوسجلته 17 محطة إذاعية منذ 8 أعوام"


def _without_blanks(text: str) -> str:
    return re.sub(" ?([0-9]+) ?", r"\1", text)


@pytest.mark.parametrize("stroke", ["", "$"])
def test_pieces_stand_in_reading_order_again(stroke: str) -> None:
    text = "\n".join([*(_printed(line, cuts, stroke) for line, cuts in zip(WRITTEN, CUTS, strict=True)), _without_blanks(UNDAMAGED)])
    outcome = restore_glued_pieces(Traced.of(text))
    assert outcome.traced.text == _without_blanks("\n".join([*WRITTEN, UNDAMAGED]))
    assert {change.kind for change in outcome.changes} == {"visual_order"}


def test_figures_are_parted_from_the_words_on_both_sides() -> None:
    text = "وصل 40 مسؤولا في 25 سيارة إلى 12 محطة منذ 8 أيام من 300 مدينة في 17 دولة"
    assert restore(_without_blanks(text)).text.strip() == text


def test_texts_whose_figures_stand_apart_are_left_alone() -> None:
    text = "\n".join(WRITTEN)
    assert restore_glued_pieces(Traced.of(text)).traced.text == text
    assert restore(text).text.split() == text.split()
