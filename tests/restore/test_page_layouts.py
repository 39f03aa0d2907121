"""The order in which pdfminer prints the pieces of a page, by where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.page_layouts import Place, placed, printed_boxes

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


def test_pdfminer_prints_them_in_the_same_order() -> None:
    layout = pytest.importorskip("pdfminer.layout")
    lines = placed([(0, [WIDE]), (1.3, [12, 2, 9, 2, 15]), (2.6, [30]), (4.4, [WIDE]), (5.7, [20, 3, 8])], WIDE)
    assert printed_boxes(lines) == _by_pdfminer(layout, lines)


def _by_pdfminer(layout, lines: list[Place]) -> list[list[int]]:  # type: ignore[no-untyped-def]
    """What pdfminer's own analysis makes of lines at the same places."""

    class Line(layout.LTTextLineHorizontal):  # type: ignore[misc, name-defined]
        def is_empty(self) -> bool:
            return False

    def line(number: int, place: Place) -> object:
        found = Line(0.1)
        found.set_bbox((place.left, -place.bottom, place.right, -place.top))
        found.number = number
        return found

    page = layout.LTLayoutContainer((-1, -100, WIDE + 1, 100))
    boxes = list(page.group_textlines(layout.LAParams(), [line(k, place) for k, place in enumerate(lines)]))
    order: list[list[int]] = []

    def walk(one: object) -> None:
        if isinstance(one, layout.LTTextBox):
            order.append([line.number for line in sorted(one, key=lambda line: -line.y1)])
            return
        for inner in sorted(one, key=lambda obj: 0.5 * obj.x0 - 1.5 * (obj.y0 + obj.y1)):  # type: ignore[call-overload]
            walk(inner)

    for group in page.group_textboxes(layout.LAParams(), boxes):
        walk(group)
    return order
