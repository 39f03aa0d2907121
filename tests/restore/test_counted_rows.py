"""Numbered rows of tables whose cells touch: printed rows → cells in reading order."""

from __future__ import annotations

import pytest

from pipeline.restore.counted_rows import restore_counted_rows
from pipeline.restore.document import restore
from pipeline.restore.traced import Traced

PROSE = "نشر المركز أسماء الضحايا في جدول مفصل، وقال إن الأسماء جُمعت من مصادر ميدانية.\n"
ROWS = ["1 رامي سليم الحسن 34 حي الورود 12/3/2014", "2 هالة فؤاد درويش 7 سوق الحدادين 14/3/2014", "3 نضال عارف الشيخ 61 طريق المطار 15/3/2014"]
IN_TURN = "1رامي سليم الحسن34حي الورود12/3/2014\n2هالة فؤاد درويش7سوق الحدادين14/3/2014\n3نضال عارف الشيخ61طريق المطار15/3/2014\n"
LAST_FIRST = "12/3/2014حي الورود34رامي سليم الحسن1\n14/3/2014سوق الحدادين7هالة فؤاد درويش2\n\n15/3/2014طريق المطار61نضال عارف الشيخ3\n"


@pytest.mark.parametrize("printed", [IN_TURN, LAST_FIRST])
def test_cells_stand_apart_the_first_ones_first(printed: str) -> None:
    restored = restore(PROSE + printed + PROSE)
    assert all(row in restored.text for row in ROWS)
    assert [doubt for doubt in restored.doubts if doubt.finding.kind == "impossible_value"] == []


def test_a_figure_of_three_digits_may_be_several_cells() -> None:
    printed = PROSE + LAST_FIRST.replace("34", "342")
    (doubt,) = restore_counted_rows(Traced.of(printed)).doubts
    assert printed[doubt.raw_start : doubt.raw_end] == "342"


@pytest.mark.parametrize(
    "text",
    [
        LAST_FIRST.replace("درويش2", "درويش5"),
        "وصل إلى المدينة53 نازحا أمس1\nوقال المدير إن العدد22 شخصا2\nوغادر منهم14 إلى القرية7\n",
        ". عاماً، بناء34 ،. رامي الحسن1\n. أعوام7 ،. هالة درويش2\n. عاماً، سائق61 ،. نضال الشيخ3\n",
        "طلاء الصفوف1\nإصلاح السقوف2\nحصر الأضرار3\n",
        "\n".join(ROWS) + "\n",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert restore_counted_rows(Traced.of(PROSE + text)).changes == []
