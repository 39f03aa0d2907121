"""Lines that a reader turned around figures, read after the figures were deleted."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.deleted_figures import restore_deleted_figures
from pipeline.restore.document import restore
from pipeline.restore.traced import Traced

WRITTEN = [
    "أعلنت وزارة الصحة أمس أن 14 شخصا لقوا حتفهم في انهيار مبنى سكني",
    "وأن 37 آخرين نُقلوا إلى المستشفيات القريبة، بينما تواصل فرق الإنقاذ البحث",
    "عن ناجين تحت الأنقاض منذ ساعات الفجر الأولى.",
    "وقال رئيس البلدية إن المبنى شُيّد عام 1974 وإن لجنة هندسية طلبت إخلاءه",
    "قبل 3 أشهر، لكن سكانه رفضوا المغادرة لأنهم لم يجدوا مسكنا آخر.",
    "وأضاف أن السلطات ستعلن نتائج التحقيق خلال 48 ساعة، وأن أكثر من 120 عائلة",
    "نُقلت إلى مدارس المدينة، حيث وزّعت جمعيات خيرية الطعام والأغطية.",
    "وطالب الأهالي الحكومة بتعويض المتضررين وبناء 600 وحدة سكنية جديدة قبل",
]


def printed(line: str) -> str:
    """A line as MuPDF prints it, without its figures: pieces from left to right, the blank before a figure behind it."""
    pieces = re.split(r" [0-9]+", line)
    return " ".join(reversed(pieces))


TEXT = "\n".join(map(printed, WRITTEN))
CLEAN = re.sub("[0-9]", "", "\n".join(WRITTEN))


def test_what_is_left_of_turned_lines() -> None:
    assert printed("قُتل 3 جنود وأصيب 5 آخرون") == " آخرون  جنود وأصيب قُتل"


def test_lines_are_turned_where_figures_stood() -> None:
    assert restore_deleted_figures(Traced.of(TEXT)).traced.text == CLEAN


def test_each_character_keeps_its_origin_and_each_change_tells_what_was_there() -> None:
    outcome = restore_deleted_figures(Traced.of(TEXT))
    assert all(i < 0 or TEXT[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))
    assert all(change.kind == "visual_order" and change.before == TEXT[change.raw_start : change.raw_end] for change in outcome.changes)


def test_no_figure_is_left_in_the_text() -> None:
    restored = restore(TEXT).text
    assert not re.search("[0-9\ue000-\uf8ff]", restored)
    assert "خلال ساعة، وأن أكثر من عائلة نُقلت إلى مدارس المدينة" in restored


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CLEAN, id="figures deleted from lines in order"),
        pytest.param("\n".join(" " + line for line in CLEAN.split("\n")), id="every line opens with a blank"),
        pytest.param(
            "\n\n".join(f" {line}" if number % 3 == 0 else line for number, line in enumerate(CLEAN.split("\n"))), id="paragraphs are indented"
        ),
        pytest.param("\n".join(WRITTEN), id="figures stand"),
        pytest.param("\n".join(re.sub(" [0-9]+", "\n ", line) for line in WRITTEN), id="rows were broken at figures"),
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert restore_deleted_figures(Traced.of(text)).traced.text == text


def test_words_that_touch_where_a_figure_stood_are_parted() -> None:
    """PDFBox sets no blank between a figure and the piece that was written before it."""
    glued = TEXT.replace("جديدة قبل وطالب", "جديدة قبلوطالب")
    assert glued != TEXT
    assert restore_deleted_figures(Traced.of(glued)).traced.text == CLEAN
