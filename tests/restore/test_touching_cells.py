"""Rows of tables whose cells touch, as pypdf, PDFBox and pdf.js print them: cells stand apart as far as they tell, figures are flagged."""

from __future__ import annotations

import pytest

from pipeline.restore.document import restore

PROSE = "نشر المركز حصيلة الشهر الماضي في جدول مفصل، وقال إن الأرقام جُمعت من مصادر ميدانية.\n"
TURNED = "المصابونالضحاياالمدينة\n2053تدمر\n719السخنة\n1345القريتين\n"
ROWS = "المدينةالضحاياالمصابون\nتدمر5320\nالسخنة719\nالقريتين4513\n"
DATES = "سعاد القاسم334/8/2018مرض\nمروان الخطيب274/8/2011حادث\nهالة الشامي5620/1/2018مرض\n"


@pytest.mark.parametrize(("table", "figures"), [(ROWS, ["5320", "719", "4513"]), (TURNED, ["2053", "719", "1345"])])
def test_figures_of_cells_that_touch_are_flagged(table: str, figures: list[str]) -> None:
    doubts = [doubt.finding for doubt in restore(PROSE + table).doubts if doubt.finding.kind == "impossible_value"]
    assert [(PROSE + table)[doubt.raw_start : doubt.raw_end] for doubt in doubts] == figures


def test_a_day_of_three_digits_shows_that_cells_touch() -> None:
    doubt = restore(PROSE + DATES).doubts[0].finding
    assert (PROSE + DATES)[doubt.raw_start : doubt.raw_end] == "334/8/2018"


@pytest.mark.parametrize(
    "text",
    [
        "المدينة الضحايا المصابون\nتدمر 53 20\nالسخنة 7 19\nالقريتين 45 13\n",
        "وصل إلى المدينة53 نازحا أمس\nوقال المدير إن العدد22 شخصا\nوغادر منهم14 إلى القرية\n",
    ],
)
def test_other_figures_are_not(text: str) -> None:
    assert [doubt for doubt in restore(PROSE + text).doubts if doubt.finding.kind == "impossible_value"] == []


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (ROWS, ["تدمر 5320", "السخنة 719", "القريتين 4513"]),
        (TURNED, ["تدمر 2053", "السخنة 719", "القريتين 1345"]),
        (
            "المصابونالضحاياالمدينة\n1,2143,480تدمر\n8732,105السخنة\n12,64031,500دير الشرقي\n",
            ["تدمر 1,214 3,480", "السخنة 8732,105", "دير الشرقي 12,640 31,500"],
        ),
    ],
)
def test_names_come_first_and_thousands_tell_where_figures_end(table: str, rows: list[str]) -> None:
    restored = restore(PROSE + table)
    assert all(row in restored.text for row in rows)
    assert "impossible_value" in {doubt.finding.kind for doubt in restored.doubts}
