"""The places between two words where a figure could have stood, and how each of them is spaced.

A place is known by the index of the word behind it. Marks that a deleted figure left alone (`. مليون`, `/ /`) are no words
here: the place is where they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag, auto

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.model import TextView
from pipeline.quality.spacing import line_breaks, line_edge_blanks, seams, wide_gaps
from pipeline.quality.words import LINE_END, NUMBER, PRIVATE, Pieces, split_words

CLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "بال", "وال", "لل", "وب", "ول", "فال"])
OPENING = frozenset("([{«“/")
CLOSING = frozenset(")]}»”،؛.,:؟!/")


class Trait(IntFlag):
    """What a spelling is, as far as missing figures are concerned."""

    EDGE = auto()
    FIGURE = auto()
    CLITIC = auto()
    OPENING = auto()
    CLOSING = auto()
    PERCENT = auto()
    SLASHES = auto()
    COLON = auto()
    BRACKET_BEGINS = auto()
    BRACKET_ENDS = auto()
    MARK_OF_FIGURES = auto()
    BEFORE_FIGURE = auto()
    BEHIND_FIGURE = auto()
    FIGURE_OR_GLYPH = auto()


_TRAITS: tuple[tuple[Trait, Collection[str]], ...] = (
    (Trait.EDGE, (LINE_END,)),
    (Trait.FIGURE, (NUMBER,)),
    (Trait.CLITIC, CLITICS),
    (Trait.OPENING, OPENING),
    (Trait.CLOSING, CLOSING),
    (Trait.PERCENT, ("%", "٪")),
    (Trait.SLASHES, ("//",)),
    (Trait.COLON, (":",)),
    (Trait.BRACKET_BEGINS, ("(", "[")),
    (Trait.BRACKET_ENDS, (")", "]")),
    (Trait.MARK_OF_FIGURES, frozenset(".,:/-–٫٬")),
    (Trait.BEFORE_FIGURE, CLITICS | {LINE_END, "("}),
    (Trait.BEHIND_FIGURE, (LINE_END, ")", "%")),
    (Trait.FIGURE_OR_GLYPH, (NUMBER, PRIVATE)),
)

Mask = NDArray[np.bool_]


class Spacing(IntEnum):
    """How the place is spaced; all but PLAIN and BREAK hint at something deleted."""

    PLAIN = 0
    BREAK = 1  # a line break or a seam of displaced runs in the raw text, the edge of a paragraph
    WIDE = 2  # two blanks or more in the raw text
    LOOSE = 3  # a blank on the inner side of a mark: `الأول ،`, `( كلم)`
    CLITIC = 4  # behind a proclitic that stands alone: `و مهاجر`, `الـ يوم`
    EMPTY = 5  # between marks that should hold something: `()`, `//`; before a percent sign
    LEFT_OVER = 6  # where a mark of figures stands between two blanks: `. مليون`
    TORN = 7  # one of two places that two blanks of the raw text may have been at
    EDGE = 8  # a blank is left at the edge of the raw line


_OVERRULED = (Spacing.PLAIN, Spacing.BREAK, Spacing.LOOSE, Spacing.TORN, Spacing.EDGE)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Words with a LINE_END between paragraphs and at both ends of the text; place i lies before word i."""

    pieces: Pieces
    traits: NDArray[np.int32]
    spacing: NDArray[np.int8]
    torn: NDArray[np.int64]
    """Pairs of places: at one of the two stood what left one double blank in the raw text."""

    def __len__(self) -> int:
        return len(self.spacing)

    def norm(self, at: int) -> str:
        """Normal spelling of word `at`; a line end outside the text."""
        return self.pieces.table.names[self.pieces.codes[at]] if 0 <= at < len(self) else LINE_END

    def span(self, at: int) -> tuple[int, int]:
        """Half-open offsets from where the figure of a place would begin to the end of the word behind it."""
        if self.norm(at) == LINE_END:
            end = int(self.pieces.ends[at - 1])
            return end, end
        return int(self.pieces.starts[at]), int(self.pieces.ends[at])


def find_boundaries(view: TextView) -> Boundaries:
    """The places of one document."""
    words = _framed(view.words.pieces, len(view.text))
    traits = words.ask("traits", _traits)
    left_over = _left_over(words.spaced, traits)
    spacing = _spacing(words.spaced, traits, left_over)
    if left_over.any():
        spacing[_before(left_over)] = Spacing.LEFT_OVER
        words, spacing, traits = words[~left_over], spacing[~left_over], traits[~left_over]
    places = spacing
    places[seams(view, words.starts, words.ends) & (places == Spacing.PLAIN)] = Spacing.BREAK
    gaps = wide_gaps(view)
    hints = (
        (Spacing.BREAK, line_breaks(view)),
        (Spacing.EDGE, line_edge_blanks(view)),
        (Spacing.TORN, gaps.torn),
        (Spacing.WIDE, gaps.whole),
    )
    for kind, offsets in hints:
        _mark(places, words.starts, offsets, kind)
    edge = has(traits, Trait.EDGE)
    places[(edge | _before(edge)) & (places == Spacing.EDGE)] = Spacing.BREAK  # lines that were not joined
    return Boundaries(words, traits, places, _behind_blanks(words.starts, gaps.torn).reshape(-1, 2))


def _framed(pieces: Pieces, length: int) -> Pieces:
    """The pieces between two line ends."""
    edge = split_words("\n").pieces if not len(pieces.codes) else None
    table = pieces.table if edge is None else edge.table
    end = np.array([table.known[LINE_END]], dtype=np.int32)
    no = np.zeros(1, dtype=bool)
    return Pieces(
        table,
        np.concatenate([end, pieces.codes, end]),
        np.concatenate([[0], pieces.starts, [length]]),
        np.concatenate([[0], pieces.ends, [length]]),
        np.concatenate([no, pieces.spaced, no]),
    )


def _traits(norm: str) -> int:
    return sum(trait for trait, spellings in _TRAITS if norm in spellings)


def has(traits: NDArray[np.int32], trait: Trait) -> Mask:
    """Which words have a trait."""
    return np.asarray((traits & int(trait)) != 0)


def _left_over(spaced: Mask, traits: NDArray[np.int32]) -> Mask:
    """Marks of figures that have no word on either side to belong to."""
    mark = has(traits, Trait.MARK_OF_FIGURES)
    left = spaced | _before(has(traits, Trait.BEFORE_FIGURE))
    right = _behind(spaced | has(traits, Trait.BEHIND_FIGURE))
    return np.asarray(mark & left & right)


def _spacing(spaced: Mask, traits: NDArray[np.int32], left_over: Mask) -> NDArray[np.int8]:
    """What the restored text itself shows; later kinds overrule earlier ones."""
    edge, figure, percent = has(traits, Trait.EDGE), has(traits, Trait.FIGURE_OR_GLYPH), has(traits, Trait.PERCENT)
    places = np.zeros(len(traits), dtype=np.int8)
    places[spaced & (has(traits, Trait.CLOSING) | _before(has(traits, Trait.OPENING)))] = Spacing.LOOSE
    places[_before(has(traits, Trait.CLITIC) & ~left_over)] = Spacing.CLITIC
    places[has(traits, Trait.SLASHES) & ~_before(has(traits, Trait.COLON))] = Spacing.EMPTY
    places[has(traits, Trait.BRACKET_ENDS) & _before(has(traits, Trait.BRACKET_BEGINS))] = Spacing.EMPTY
    if percent.any():
        label = _before(has(traits, Trait.BRACKET_BEGINS)) & _behind(has(traits, Trait.BRACKET_ENDS))  # `(%)`
        places[percent] = Spacing.EMPTY
        places[percent & (_before(figure) | _before(_before(figure)) | label)] = Spacing.PLAIN
    places[edge | _before(edge)] = Spacing.BREAK
    return places


def _before(mask: Mask) -> Mask:
    """At each place: does it hold for the word before?"""
    return np.concatenate([[False], mask[:-1]])


def _behind(mask: Mask) -> Mask:
    return np.concatenate([mask[1:], [True]])


def _mark(places: NDArray[np.int8], starts: NDArray[np.int64], offsets: Sequence[int], kind: Spacing) -> None:
    """Blanks of the raw text tell more than no hint or a loose mark, but not more than the other kinds."""
    if not offsets:
        return
    at = _behind_blanks(starts, offsets)
    at = at[np.isin(places[at], _OVERRULED)]
    places[at] = kind


def _behind_blanks(starts: NDArray[np.int64], offsets: Sequence[int]) -> NDArray[np.int64]:
    """The words that the blanks at `offsets` stand before."""
    return np.minimum(np.searchsorted(starts, np.array(offsets, dtype=np.int64) + 1), len(starts) - 1)
