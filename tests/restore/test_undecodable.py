"""Text that stays unreadable: what is flagged, and what is not."""

from __future__ import annotations

import re

from pipeline.restore.traced import Traced
from pipeline.restore.undecodable import flag_undecodable

TEXT = """أعلنت وزارة الصحة أن حملة التلقيح ضد الحصبة بدأت في المحافظات الشمالية، وأن الفرق الجوالة ستصل إلى القرى البعيدة.
وقال مدير الحملة إن عدد الأطفال الذين تلقوا الجرعة الأولى تجاوز التوقعات، وطلب من الأهالي مراجعة المراكز القريبة.
وتستمر الحملة حتى نهاية الشهر المقبل بدعم من منظمات دولية تعمل في البلاد منذ سنوات، على ما جاء في البيان."""
PIECES = "\n".join(" ".join(reversed(re.sub("(?<=[مليتبد])", " ", line).split())) for line in TEXT.split("\n"))
"""Each word cut behind some letters, the last piece first."""


def test_pieces_of_words_in_no_order_are_flagged_as_one() -> None:
    doubts = flag_undecodable(Traced.of(PIECES)).doubts
    assert [(one.kind, one.severity) for one in doubts] == [("undecodable", "error")]
    assert (doubts[0].raw_start, doubts[0].raw_end) == (0, len(PIECES))


def test_lines_that_read_well_are_not() -> None:
    text = f"{PIECES}\n\n{TEXT}"
    assert not flag_undecodable(Traced.of(TEXT)).doubts
    assert all(one.raw_end <= len(PIECES) for one in flag_undecodable(Traced.of(text)).doubts)


def test_names_and_short_words_are_not() -> None:
    names = "سامر العبدالله، ليان الخطيب، جود حمادة، نورس قدور، غيث الزعبي، رهف البيطار، أوس الدالي، تيم الحلاق، شام العلي\n" * 4
    verse = "لا هو في ما من هو له، ولا هي من ما لم يكن من قبل، وإن كان في ذا من ذا، ما هو لي ولا لك\n" * 4
    for text in (names, verse):
        assert not flag_undecodable(Traced.of(text)).doubts
