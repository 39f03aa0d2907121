"""Which of a page's figures and signs went missing where: what the words beside a gap count, and where the figure was printed.

The rows of a page tell where each figure stood, hence when pdfminer printed it (page_layouts.py). A figure is told only
where no other one would be nearly as likely in its place; signs are told by what they lean on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.figure_contexts import neighbours
from pipeline.restore.figure_model import EVIDENCE, FigureModel, key_of
from pipeline.restore.page_layouts import Boxes, placed, printed_boxes
from pipeline.restore.torn_pieces import Piece

Row = Sequence[int]
"""The pieces of a row by their numbers, from the first to the last; a gap where a figure or signs went missing is ~ its number."""
# Distance of rows, and of paragraphs beyond that, in letters' heights; a column is some forty of them wide.
_SETTINGS = ((1.1, 0.6), (1.2, 0.6), (1.3, 0.6), (1.45, 0.6), (1.7, 0.6), (2.1, 0.7), (1.15, 1.2), (1.35, 1.3), (1.3, 0.05))
_COLUMNS, _PARTED, _SHORT, _BLANK = (40.0, 34.0, 46.0), 2.0, 0.85, 0.55
_SEEN, _PLAIN, _MOST_FIT = 48, 2, 4.0
_SIGN, _UNSUITED = 0.6, 3.0
# How much the place of a figure tells, in log odds for each text, on a page that disagrees so much for each of its texts.
_TELLS, _EVEN, _MOST_STRAYS = 1.0, 0.3, 4
_LIKELY = 3.0
_DIGITS = re.compile("[0-9]+")
Costs = NDArray[np.float64]


class Gap(NamedTuple):
    """The texts beside a gap, empty at the edge of a page, and whether what stood there leans on them, no blank between; None at a row's edge."""

    before: str
    after: str
    leans_back: bool | None
    leans_on: bool | None

    @property
    def of_sign(self) -> bool:
        """Whether it was a sign rather than a figure, which has blanks on both sides."""
        return bool(self.leans_back or self.leans_on)


class Placed(NamedTuple):
    """The figure or signs of a gap by number, None where none is left, by how much (log odds) no others would do, and all likely ones."""

    figure: int | None
    margin: float
    likely: tuple[int, ...]


def place_figures(pieces: Sequence[Piece], rows: Sequence[Row], column: float) -> list[Placed]:
    """The likeliest figure, or signs, for each gap of a page's rows."""
    figures = _strays(pieces)
    gaps = _gaps(pieces, rows)
    if not gaps:
        return []
    size = max(len(gaps), len(figures))
    costs = np.zeros((size, size))
    if figures:
        costs[: len(gaps), : len(figures)] = _places_cost(pieces, rows, figures, column) - _fits(gaps, [pieces[k] for k in figures])
    chosen = _assigned(costs)
    swaps = _swaps(costs, np.array(chosen))
    told = [pieces[figures[f]].text if f < len(figures) else "" for f in chosen]
    return [_placed(swaps[gap], [figures[f] if f < len(figures) else None for f in chosen], told, gap) for gap in range(len(gaps))]


def _strays(pieces: Sequence[Piece]) -> list[int]:
    """The figures and signs of a page that were printed by themselves."""
    return [k for k, p in enumerate(pieces) if p.is_figure or p.is_sign]


def disagreement(pieces: Sequence[Piece], rows: Sequence[Row], column: float) -> float:
    """How many texts of a page were printed in another order than pdfminer's if these are its rows."""
    figures = _strays(pieces)
    return _likeliest_order(pieces, rows, figures, column)[1] if figures else 0.0


def _placed(swaps: Costs, figures: Sequence[int | None], told: Sequence[str], gap: int) -> Placed:
    """What stands in a gap, given what it costs to swap its figure with each other gap's."""
    margin = min((float(cost) for cost, text in zip(swaps, told, strict=True) if text != told[gap]), default=_MOST_FIT)
    order = [gap, *(int(k) for k in swaps.argsort() if k != gap)]
    likely = {told[k]: figure for k in order if swaps[k] < _LIKELY and (figure := figures[k]) is not None and told[k]}
    return Placed(figures[gap], margin, tuple(likely.values()))


def _gaps(pieces: Sequence[Piece], rows: Sequence[Row]) -> list[Gap]:
    flat = [(item, n, k == 0, k == len(row) - 1) for n, row in enumerate(rows) for k, item in enumerate(row)]
    found = []
    for at, (item, _, first, last) in enumerate(flat):
        if item < 0:
            before = pieces[flat[at - 1][0]] if at and flat[at - 1][0] >= 0 else None
            after = pieces[flat[at + 1][0]] if at + 1 < len(flat) and flat[at + 1][0] >= 0 else None
            leans_back = None if first or not before else not before.blank_behind
            leans_on = None if last or not after else not after.stands_off
            found.append(Gap(before.text if before else "", after.text if after else "", leans_back, leans_on))
    return found


def _fits(gaps: Sequence[Gap], figures: Sequence[Piece]) -> Costs:
    """How much the words beside a gap raise the probability of each figure, and how well signs lean on them, in log odds."""
    return np.array(
        [[_sign_fit(gap, figure) if figure.is_sign else _fit(gap, figure.text) - _UNSUITED * gap.of_sign for figure in figures] for gap in gaps]
    )


def _sign_fit(gap: Gap, sign: Piece) -> float:
    """How well signs lean on the texts beside a gap, in log odds."""
    back, on = sign.leans_back, sign.leans_on
    off = (back if gap.leans_back is None else gap.leans_back != back) + (on if gap.leans_on is None else gap.leans_on != on)
    return -_UNSUITED * off


def _fit(gap: Gap, figure: str) -> float:
    before = gap.before[-_SEEN:]
    text = f"{before} {figure} {gap.after[:_SEEN]}"
    digits = _DIGITS.search(text, len(before))
    if not digits:
        return 0.0
    model = FigureModel.load()
    gains = model.evidence([key_of(digits.group())], neighbours(text, *digits.span()))[0] * model.weights[-EVIDENCE:]
    return max(-_MOST_FIT, min(_MOST_FIT, float(gains[_PLAIN:].sum())))


def _places_cost(pieces: Sequence[Piece], rows: Sequence[Row], figures: Sequence[int], column: float) -> Costs:
    """What it costs that a figure was not printed where its gap's would have been: for each text that it stands on the wrong side of.

    The better the page agrees with how its texts were printed, the more the place of a figure tells.
    """
    items = [item for row in rows for item in row]
    texts = [item for item in items if item >= 0]
    order, disagreement = _likeliest_order(pieces, rows, figures, column)
    due, came = _texts_before(order, texts), _texts_before(range(len(pieces)), texts)
    strays = np.array([[len(due[gap] ^ came[figure]) for figure in figures] for gap in items if gap < 0])
    costs: Costs = _TELLS / (_EVEN + disagreement / len(texts)) * np.minimum(strays, _MOST_STRAYS)
    return costs


def _texts_before(order: Sequence[int], texts: Sequence[int]) -> dict[int, frozenset[int]]:
    """For each gap or figure of an order the texts before it."""
    before = list(accumulate(order, lambda seen, item: seen | {item}, initial=frozenset[int]()))
    told = frozenset(texts)
    return {item: seen & told for item, seen in zip(order, before, strict=False) if item not in told}


def _likeliest_order(pieces: Sequence[Piece], rows: Sequence[Row], figures: Sequence[int], column: float) -> tuple[list[int], float]:
    """The items of rows as pdfminer would print them, set so that the texts agree best with how they were printed; and how much they do not."""
    real = [pieces[k].width for k in figures if pieces[k].is_figure]
    gap_width = _BLANK + (sum(real) / len(real) if real else _SIGN)
    gaps = [_SIGN if gap.of_sign else gap_width for gap in _gaps(pieces, rows)]
    widths = [[pieces[k].width + _BLANK * (pieces[k].opens + pieces[k].closes) if k >= 0 else gaps[~k] for k in row] for row in rows]
    items = [item for row in rows for item in row]

    def laid_out(heights: float, setting: tuple[float, float]) -> tuple[float, Boxes, tuple[float, float]]:
        boxes = [[items[k] for k in box] for box in _laid_out(widths, column, heights, setting)]
        return _disagreement(boxes, pieces), boxes, setting

    best = min(laid_out(_COLUMNS[0], setting) for setting in _SETTINGS)
    disagreement, boxes, _ = min(best, *(laid_out(heights, best[2]) for heights in _COLUMNS[1:]))
    return [item for box in boxes for item in box], disagreement


def _laid_out(widths: Sequence[Sequence[float]], column: float, heights: float, setting: tuple[float, float]) -> Boxes:
    """The boxes of rows that are set in a column so many letters' heights wide."""
    (pitch, extra), top, rows = setting, 0.0, []
    for row in widths:
        width = sum(row)
        short = width < _SHORT * column
        # A full row is as wide as the column, whatever its letters come to.
        rows.append((top, [heights / (column if short else width) * piece for piece in row]))
        top += pitch + extra * short
    return printed_boxes(placed(rows, heights))


def _disagreement(boxes: Boxes, pieces: Sequence[Piece]) -> float:
    """How many pairs of texts were printed in another order, and how many neighbours in one box rather than in two or in two rather than one."""
    box_of = {item: k for k, box in enumerate(boxes) for item in box if item >= 0}
    parted = sum((pieces[a].box == pieces[b].box) != (box_of[a] == box_of[b]) for a, b in pairwise(sorted(box_of)))
    return parted * _PARTED + sum(a > b for a, b in combinations(box_of, 2))


def _assigned(costs: Costs) -> list[int]:
    """For each gap the figure: pairs are swapped as long as that lowers the cost."""
    chosen = np.arange(len(costs))
    while True:
        swaps = _swaps(costs, chosen)
        best = int(swaps.argmin()) if swaps.size else 0
        if not swaps.size or swaps.flat[best] > -1e-6:
            return [int(k) for k in chosen]
        a, b = divmod(best, len(costs))
        chosen[[a, b]] = chosen[[b, a]]


def _swaps(costs: Costs, chosen: NDArray[np.int64]) -> Costs:
    """What it would cost to swap the figures of each two gaps."""
    crossed = costs[:, chosen]
    own = crossed.diagonal()
    found: Costs = crossed + crossed.T - own[:, None] - own[None, :]
    return found
