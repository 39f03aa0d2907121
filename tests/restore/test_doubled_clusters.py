"""Letters printed twice with their mark or hamza, as poppler prints Typst's and WeasyPrint's pages."""

from __future__ import annotations

import pytest

from pipeline.restore.doubled_clusters import drop_doubled_clusters
from pipeline.restore.traced import Traced


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("المقّرّرب سّلّلم الكتاب وقّدّد م كتابًا ًا", "المقرّب سلّم الكتاب وقدّ م كتابًا"),
        ("حُحُددت المواعيد وكُكُتب العقد ونُنُشر", "حُددت المواعيد وكُتب العقد ونُشر"),
        ("أأعلن إإلى أأن إإدلب أأهالي إإقليم", "أعلن إلى أن إدلب أهالي إقليم"),
        ("أاعلن المدير أامس أان العمل في إاقليم الساحل", "أعلن المدير أمس أن العمل في إقليم الساحل"),
        ("أاعلن المدير أامس أان ا أالربعاء أواوقفت أابناء", "أعلن المدير أمس أن الأربعاء وأوقفت أبناء"),
        ("أُأعلن أن القانون يُأنشر ولم يهُأجّر أحد", "أُعلن أن القانون يُنشر ولم يهُجّر أحد"),
        ("أُأعلن القرار وُأوقف السائق فُأصيب", "أُعلن القرار وُأوقف السائق فُأصيب"),
        ("أأنتم من كتب هذا أم أحمد", "أأنتم من كتب هذا أم أحمد"),
        ("هوّ كتابًا قديمًا وأمّا الإعلام فأسماؤه", "هوّ كتابًا قديمًا وأمّا الإعلام فأسماؤه"),
    ],
)
def test_one_of_two_letters_stays(damaged: str, expected: str) -> None:
    assert drop_doubled_clusters(Traced.of(damaged)).traced.text == expected


def test_lines_in_visual_order_are_not_touched() -> None:
    turned = "\n".join(line[::-1] for line in ("في السوق األول والميناء األكبر", "من اإلقليم األبعد واألقدم"))
    assert drop_doubled_clusters(Traced.of(turned)).traced.text == turned


def test_marks_and_hamzas_printed_twice_by_themselves() -> None:
    """MuPDF on LibreOffice's and Typst's pages: the glyph of a mark comes twice, that of hamza with its alef, too."""
    damaged = "سمّّى الوزير نائبًًا جديدًًا من أأعضاء الأأمم، وتأأكد أأن الإإفراج عنه قُُرّّر"
    assert drop_doubled_clusters(Traced.of(damaged)).traced.text == "سمّى الوزير نائبًا جديدًا من أعضاء الأمم، وتأكد أن الإفراج عنه قُرّر"
    for written in ("أأنتم معنا؟ أأخبركم أحد؟ وأأنت تعلم؟ فأأين نذهب؟", "سمّّى نائبا واحدا في الأأمم"):
        assert not drop_doubled_clusters(Traced.of(written)).changes
