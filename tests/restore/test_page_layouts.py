"""The order in which pdfminer prints the pieces of a page, by where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.page_layouts import placed, printed_boxes

WIDE = 40.0


def test_pieces_of_a_row_by_themselves_are_printed_from_left_to_right() -> None:
    lines = placed([(0, [WIDE]), (3, [20, 2, 18]), (6, [WIDE])], WIDE)
    assert printed_boxes(lines) == [[0], [3], [2], [1], [4]]


def test_rows_that_stand_close_and_are_flush_make_a_box() -> None:
    lines = placed([(0, [WIDE]), (1.3, [WIDE]), (2.6, [25])], WIDE)
    assert printed_boxes(lines) == [[0, 1, 2]]


def test_pieces_at_both_margins_stay_in_the_box_of_the_rows_and_figures_between_them_leave_it() -> None:
    lines = placed([(0, [WIDE]), (1.3, [20, 2, 18]), (2.6, [WIDE])], WIDE)
    assert sorted(map(sorted, printed_boxes(lines))) == [[0, 1, 3, 4], [2]]


@given(st.lists(st.lists(st.floats(1, 12), min_size=1, max_size=3), min_size=1, max_size=6), st.sampled_from([1.2, 1.45, 1.9]))
def test_every_piece_is_printed_once(rows: list[list[float]], pitch: float) -> None:
    lines = placed([(pitch * k, row) for k, row in enumerate(rows)], WIDE)
    assert sorted(n for box in printed_boxes(lines) for n in box) == list(range(len(lines)))


def test_a_page_is_printed_as_pdfminer_prints_it() -> None:
    """The order is what pdfminer.six 20260107 makes of text lines at these places (LTLayoutContainer.group_textlines and group_textboxes)."""
    lines = placed([(0, [WIDE]), (1.3, [12, 2, 9, 2, 15]), (2.6, [30]), (4.4, [WIDE]), (5.7, [20, 3, 8])], WIDE)
    assert printed_boxes(lines) == [[0, 1, 5, 6], [3], [2], [4], [7, 8], [10], [9]]
