"""Lines cut at letters that a font lifts, as pypdf reads LibreOffice's pages in Amiri."""

from __future__ import annotations

from pipeline.restore.lifted_letters import restore_lifted_letters
from pipeline.restore.traced import Traced

# `|` on both sides of a lifted letter.
WRITTEN = (
    "أعلنت الشرطة أن حريقا اندلع في |م|خزن للأخشاب قرب السوق القديم",
    "وحاول السكان إخماد النيران قبل وصول سيارات الإطفاء إلى |م|حيط السوق",
    "وقال قائد الفرقة إن الحادث لم يسفر عن ضحايا وإن العمال غادروا ال|م|خازن قبل ساعة",
    "وأضاف أن الأضرار اقتصرت على البضائع وأن |خ|سائر التجار كبيرة",
    "وفتحت النيابة العامة تحقيقا في أسباب الحريق الذي استمر ثلاث ساعات",
)


def _printed(line: str) -> str:
    return "".join(reversed(line.split("|")))


def test_pieces_are_put_in_order_where_glued_and_broken_words_become_known() -> None:
    outcome = restore_lifted_letters(Traced.of("\n".join(map(_printed, WRITTEN))))
    assert outcome.traced.text == "\n".join(WRITTEN).replace("|", "")
    assert {change.kind for change in outcome.changes} == {"displaced_run"}


def test_clean_text_stays() -> None:
    assert restore_lifted_letters(Traced.of("\n".join(WRITTEN).replace("|", ""))).changes == []
