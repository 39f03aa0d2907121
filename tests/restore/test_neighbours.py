"""What stands around a printed line: paragraph edges that show, open quotations, room left in the line before."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.headings import headings
from pipeline.restore.junctions import REACH, UNKNOWN
from pipeline.restore.line_widths import column_width, line_width, short_lines, word_width
from pipeline.restore.neighbours import line_places, paragraph_ends
from pipeline.restore.units import PARAGRAPH, units

TEXT = (
    "افتتاح مدرسة جديدة في الحي القديم\n"
    "\n"
    "افتتحت البلدية أمس مدرسة جديدة تتسع لستة صفوف وتضم مكتبة وملعبا صغيرا للأطفال\n"
    "وقالت المديرة إن «العمل استغرق عامين كاملين بسبب نقص المواد، وإن بعض الأهالي\n"
    "تبرعوا بالكتب».\n"
    "وحضر الافتتاح عدد من سكان الحي القديم مع أبنائهم الذين سيبدؤون الدراسة قريبا.\n"
)
SPANS = [m.span() for m in re.finditer(r"[^\n]+", TEXT)]
LINES = [TEXT[start:end] for start, end in SPANS]
WIDTHS = [line_width(line) for line in LINES]
PRINTED = [units(line).names for line in LINES]
ENDS = paragraph_ends(PRINTED, WIDTHS, headings(TEXT, SPANS, WIDTHS))


def test_short_lines_and_headings_end_paragraphs() -> None:
    assert sorted(ENDS) == [-1, 0, 3, 4]


def test_a_full_stop_before_the_column_ends_closes_a_paragraph() -> None:
    lines = [["كلمة", "."], ["كلمة"], ["كلمة", "."], ["كلمة", ".", "»"], ["كلمة"]]
    assert sorted(paragraph_ends(lines, [88, 88, 98, 88, 100])) == [-1, 0, 3, 4]


def test_wide_letters_make_wide_words() -> None:
    assert word_width("سشص") > word_width("الا")
    assert word_width("كِتَـــاب") == word_width("كتاب")


def test_the_column_is_known_from_the_longest_lines() -> None:
    assert column_width([10, 90, 91, 92, 93, 92, 91, 90, 92, 140]) == pytest.approx(93)
    assert short_lines([90, 91, 20, 92]) == {2}
    assert short_lines([]) == frozenset()


def test_neighbours_show_paragraph_edges_and_stop_at_undecided_lines() -> None:
    decided = [PRINTED[0], None, None, *PRINTED[3:]]
    place = line_places(PRINTED, decided, WIDTHS, ENDS)
    assert place(1).before == [*PRINTED[0], PARAGRAPH]
    assert place(1).after is None
    assert place(2).before is None
    assert place(2).after == [*PRINTED[3], PARAGRAPH, *PRINTED[4]][: len(place(2).after or ())]
    assert place(4).after == [PARAGRAPH]
    decided = [None, PRINTED[1][:2], *PRINTED[2:]]
    assert line_places(PRINTED, decided, WIDTHS, ENDS)(1).before == [*[UNKNOWN] * REACH, PARAGRAPH]


def test_quotations_stay_open_to_the_paragraphs_end() -> None:
    place = line_places(PRINTED, PRINTED, WIDTHS, ENDS)
    assert [place(number).quoted for number in range(5)] == [0, 0, 0, 1, 0]


def test_room_before_a_line_is_none_where_a_paragraph_begins() -> None:
    place = line_places(PRINTED, PRINTED, WIDTHS, ENDS)
    assert place(1).room == place(4).room == 0
    assert place(2).room < 100 * word_width(LINES[2].split()[0]) / place(2).column + 3


def test_a_deleted_figure_counts_as_one() -> None:
    assert units("قتل  رجلا", stripped=True).names == ["قتل", "0", "رجلا"]
    assert units("قتل  رجلا").names == ["قتل", "رجلا"]


def test_blank_lines_tell_the_last_lines_of_paragraphs_that_a_reader_sets_apart() -> None:
    block, apart = [["كلمة"]] * 3, [False, False, True, True]
    lines = [["كلمة"], ["كلمة", "."], ["كلمة"], ["كلمة"], *[*block, ["كلمة"]] * 3]
    widths = [98.0, 90.0, 99.0, 88.0, *[98.0, 99.0, 97.0, 40.0] * 3]
    assert sorted(paragraph_ends(lines, widths)) == [-1, 1, 7, 11, 15]
    # A stop in a block ends no paragraph, a long line by itself does.
    assert sorted(paragraph_ends(lines, widths, frozenset(), [*apart * 4][:-1])) == [-1, 3, 7, 11, 15]
    # Blank lines that short lines lack tell nothing.
    assert sorted(paragraph_ends(lines, widths, frozenset(), [False] * 15)) == [-1, 1, 7, 11, 15]
