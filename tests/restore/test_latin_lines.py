"""Lines of Latin text that stand in right-to-left paragraphs: stops and numbers of notes go where they were written."""

from __future__ import annotations

import pytest

from pipeline.restore.document import restore
from pipeline.restore.latin_lines import restore_latin_lines
from pipeline.restore.traced import Traced

ARABIC = "نشر المركز تقريره السنوي أمس.\n"


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (".World Health Report, “Water in the North”, May 2020, p. 34 .2", "2. World Health Report, “Water in the North”, May 2020, p. 34."),
        ("World Health Report, May 2020, p. 34 .2.", "2. World Health Report, May 2020, p. 34."),
        (".The Centre for Water Studies (CWS) published the report", "The Centre for Water Studies (CWS) published the report."),
    ],
)
def test_signs_stand_where_they_were_written(printed: str, written: str) -> None:
    assert restore_latin_lines(Traced.of(ARABIC + printed)).traced.text == ARABIC + written


@pytest.mark.parametrize(
    "line", ["The report was published in 2020.", "See Annex B, p. 34 .2", ".gitignore", "...and then it was over", "قال .Then he left"]
)
def test_other_lines_stay(line: str) -> None:
    assert restore_latin_lines(Traced.of(ARABIC + line)).changes == []


def test_brackets_about_latin_words_do_not_turn_with_the_others() -> None:
    text = "قال المدير »إن الماء شح« في المدينة، وأضاف »إن السد جف« أمس )الأحد( وغدا )الاثنين( في بيان\nThe Centre (CWS) said so"
    assert "The Centre (CWS) said so" in restore(text).text


def test_symbols_of_documents_stay_whole() -> None:
    lines = ("قال المدير إن القرار34 صدر", "نص القرارA/RES/77 على وقف العمل20 يوما", "وبلغ العدد40 شخصا")
    assert "A/RES/77" in restore("\n".join(lines)).text
