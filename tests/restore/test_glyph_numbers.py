"""Glyphs told by their number: what words tell is put in their place, the rest becomes one flagged character."""

from __future__ import annotations

import pytest

from pipeline.restore.document import restore
from pipeline.restore.glyph_numbers import restore_glyph_numbers
from pipeline.restore.traced import Traced

STROKES = "زارت اللجن(cid:31)(cid:31)ة ثلاث م(cid:31)دارس في المدين(cid:31)ة ووعدت ببن(cid:31)(cid:31)اء مكتب(cid:31)ة جديدة"
LIGATURES = "عقد المجلس خ(cid:448)(cid:1565)ل الشهر اجتماعا لإص(cid:448)(cid:1565)ح الطرق في الب(cid:448)(cid:1565)د وح(cid:448)(cid:1565) للأزمة"
HAMZAS = "(cid:13)أعلن المدير (cid:13)أن الفريق (cid:13)أصلح الجسر وعاد (cid:13)إلى العاصمة قبل (cid:13)أيام مع (cid:13)أسرته"


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        (STROKES, "زارت اللجنة ثلاث مدارس في المدينة ووعدت ببناء مكتبة جديدة"),
        (LIGATURES, "عقد المجلس خلال الشهر اجتماعا لإصلاح الطرق في البلاد وحلا للأزمة"),
        (HAMZAS, "أعلن المدير أن الفريق أصلح الجسر وعاد إلى العاصمة قبل أيام مع أسرته"),
        ("قال المدير إن الفريق عاد إلى المدينة", "قال المدير إن الفريق عاد إلى المدينة"),
    ],
)
def test_numbers_that_words_tell(damaged: str, expected: str) -> None:
    assert restore_glyph_numbers(Traced.of(damaged)).traced.text == expected


def test_numbers_in_visual_order() -> None:
    words = [["زارت"], ["اللجن", "31", "ة"], ["م", "31", "دارس"], ["المدين", "31", "ة"], ["وافتتحت"], ["مكتب", "31", "ة"]]
    line = " ".join("".join(f"(cid:{part})" if part.isdigit() else part[::-1] for part in reversed(word)) for word in reversed(words))
    assert restore(line).text == "زارت اللجنة مدارس المدينة وافتتحت مكتبة"


def test_an_unknown_number_is_flagged_and_becomes_one_character() -> None:
    outcome = restore_glyph_numbers(Traced.of("قال (cid:7)المدير(cid:7) إن الف(cid:9)يق عاد"))
    assert outcome.traced.text == "قال \U000f0007المدير\U000f0007 إن الف\ufffdيق عاد"
    assert [(d.kind, d.raw_start) for d in outcome.doubts] == [("undecodable", 4), ("undecodable", 17), ("undecodable", 31)]


def test_a_page_of_numbers_stays_as_it_is() -> None:
    page = "(cid:12)(cid:51)(cid:7)ا (cid:44)(cid:3)(cid:51)ر (cid:12)(cid:90)"
    outcome = restore_glyph_numbers(Traced.of(page))
    assert outcome.traced.text == page
    assert {d.kind for d in outcome.doubts} == {"undecodable"}
