"""What stands before and after a printed line: the units of its neighbours, and the paragraph's edges where they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.restore.headings import stand_everywhere
from pipeline.restore.junctions import REACH, UNKNOWN
from pipeline.restore.line_orders import Place
from pipeline.restore.line_widths import BLANK, column_width, short_lines
from pipeline.restore.units import CLOSING, OPENING, PARAGRAPH, STOP

# A line that ends with a full stop and leaves so much of the column ends its paragraph all the same.
NEARLY_FULL = 0.93
# So many short lines, and most of them, have a blank line behind them where these tell.
FEWEST_TOLD, TOLD = 2, 0.75
_STOPS = frozenset({STOP, "؟"})


def paragraph_ends(
    printed: Sequence[Sequence[str]], widths: Sequence[float], titles: frozenset[int] = frozenset(), apart: Sequence[bool] = ()
) -> frozenset[int]:
    """Numbers of the lines (given by units and widths) after which a paragraph visibly ends; -1 is before the text's first.

    Short lines end one, others with a full stop that leave room; a heading is one by itself. `apart` says whether a blank line
    stands between each line and the next.
    """
    nearly, short = NEARLY_FULL * column_width(widths), short_lines(widths)
    stopped = {number for number, (units, width) in enumerate(zip(printed, widths, strict=True)) if width < nearly and _is_stopped(units)}
    ends = short | _set_apart(stopped, short, apart)
    return ends | titles | {number - 1 for number in titles} | {-1, len(printed) - 1}


def _set_apart(stopped: set[int], short: frozenset[int], apart: Sequence[bool]) -> set[int]:
    """The long lines that end a paragraph: those with a full stop, but where blank lines tell the ones that stand by themselves.

    Tika sets a paragraph's last line apart from those before it, as it does paragraphs (measured): behind several lines
    that stand together, one by itself is their last.
    """
    told = [apart[number] for number in short if number < len(apart)]
    if sum(told) < max(FEWEST_TOLD, TOLD * len(told)):
        return stopped
    stopped = {number for number in stopped if apart[number : number + 1] != [False]}
    if stand_everywhere(apart):
        return stopped
    alone = {number for number in range(1, len(apart)) if apart[number - 1] and apart[number]}
    return {number for number in stopped if number + 1 not in alone} | {number for number in alone if number - 1 not in alone}


def _is_stopped(units: Sequence[str]) -> bool:
    """Whether a line ends with a full stop or its like, a quotation mark behind it aside."""
    return not _STOPS.isdisjoint(units[-2:] if units[-1:] == [CLOSING] else units[-1:])


def line_places(
    printed: Sequence[Sequence[str]],
    decided: Sequence[Sequence[str] | None],
    widths: Sequence[float],
    ends: frozenset[int],
    titles: frozenset[int] = frozenset(),
) -> Callable[[int], Place]:
    """A function that tells where a line stands, given all lines' units as printed, and as written where that is known.

    `ends` are the numbers of the lines that end a paragraph, `titles` of those that are headings.
    """
    quoted, rooms, column = _open_quotes(printed, ends), _room(printed, widths, ends), column_width(widths) or 1.0
    short = short_lines(widths)
    prose = next((number for number in range(len(printed)) if number not in titles and number not in short), len(printed))

    def place(number: int) -> Place:
        before, after = (_beside(number, step, decided, ends) for step in (-1, 1))
        return Place(
            before, after, quoted[number], rooms[number], column, number in titles, number in titles and number < prose, number - 1 in titles
        )

    return place


def _beside(number: int, step: int, decided: Sequence[Sequence[str] | None], ends: frozenset[int]) -> list[str] | None:
    """Units of the lines before (step -1) or after (step 1) one, unknown ones from a line on whose order is not known.

    None where such a line touches it.
    """
    found: list[str] = []
    while len(found) < REACH:
        edge = number if step > 0 else number - 1
        if edge in ends:
            found = [*found, PARAGRAPH] if step > 0 else [PARAGRAPH, *found]
        number += step
        if not 0 <= number < len(decided):
            break
        if (units := decided[number]) is None:
            if not found:
                return None
            units = [UNKNOWN] * REACH
        found = [*found, *units] if step > 0 else [*units, *found]
    return found


def _open_quotes(lines: Sequence[Sequence[str]], ends: frozenset[int]) -> list[int]:
    """How many quotations or brackets of its paragraph are open where each line begins; a line's order does not matter."""
    found: list[int] = []
    depth = 0
    for number, units in enumerate(lines):
        depth = 0 if number - 1 in ends else depth
        found.append(depth)
        depth = max(depth + units.count(OPENING) - units.count(CLOSING), 0)
    return found


def _room(printed: Sequence[Sequence[str]], widths: Sequence[float], ends: frozenset[int]) -> list[float]:
    """How wide a word would have fitted into the line before each one, in hundredths of the column.

    0 after a paragraph's end, and after a full stop, where one may end.
    """
    column = column_width(widths) or 1.0
    left = [0.0, *(100 * (column - width - BLANK) / column for width in widths[:-1])]
    return [0.0 if k - 1 in ends or _is_stopped(printed[k - 1]) else space for k, space in enumerate(left)]
