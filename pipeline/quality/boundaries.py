"""The places between two words where a figure could have stood, and how each of them is spaced.

A place is known by the index of the word behind it. Marks that a deleted figure left alone (`. مليون`, `/ /`) are no words
here: the place is where they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.model import TextView
from pipeline.quality.spacing import raw_spacing, seams
from pipeline.quality.words import LINE_END, NUMBER, PRIVATE, Pieces
from pipeline.restore.characters import ALPHABET

CLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "بال", "وال", "لل", "وب", "ول", "فال"])
OPENING = frozenset("([{«“/")
CLOSING = frozenset(")]}»”،؛.,:؟!/")
PERCENT = ("%", "٪")

# What a spelling is, as far as missing figures are concerned.
_EDGE, _CLITIC, _OPENING, _CLOSING, _PERCENT, _SLASHES, _COLON, _BRACKET_BEGINS, _BRACKET_ENDS = (1 << i for i in range(9))
_MARK_OF_FIGURES, _BEFORE_FIGURE, _BEHIND_FIGURE, _FIGURE_OR_GLYPH, _DASH, _QUOTE_BEGINS, _LETTER = (1 << i for i in range(9, 16))
_TRAITS: tuple[tuple[int, Collection[str]], ...] = (
    (_EDGE, (LINE_END,)),
    (_CLITIC, CLITICS),
    (_OPENING, OPENING),
    (_CLOSING, CLOSING),
    (_PERCENT, PERCENT),
    (_SLASHES, ("//",)),
    (_COLON, (":",)),
    (_BRACKET_BEGINS, ("(", "[")),
    (_BRACKET_ENDS, (")", "]")),
    (_MARK_OF_FIGURES, frozenset(".,:/-–٫٬")),
    (_DASH, frozenset("-–")),
    (_BEFORE_FIGURE, CLITICS | {LINE_END, "("}),
    (_BEHIND_FIGURE, (LINE_END, ")", "%")),
    (_FIGURE_OR_GLYPH, (NUMBER, PRIVATE)),
    (_QUOTE_BEGINS, frozenset("«“")),
    (_LETTER, frozenset(ALPHABET)),
)

_NO_PAIRS = np.zeros((0, 2), dtype=np.int64)

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


# Told by numbers: members of an enumeration are looked up slowly, and numpy does not know them.
PLAIN, BREAK, WIDE, LOOSE, CLITIC, EMPTY, LEFT_OVER, TORN, EDGE = map(int, Spacing)
_TOLD_BY_RAW = (BREAK, EDGE, TORN, WIDE)
_OVERRULED = np.isin(np.arange(len(Spacing)), (PLAIN, BREAK, LOOSE, TORN, EDGE))
# In the table of pairs, beside the spacing: the word behind may be a mark that was left over, or is a percent sign.
_MAY_BE_LEFT, _MAY_BE_LABEL, _SPACING = 64, 32, 15


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Words with a LINE_END between paragraphs and at both ends of the text; place i lies before word i."""

    pieces: Pieces
    spacing: NDArray[np.int8]
    torn: NDArray[np.int64]
    """Pairs of places: at one of the two stood what left one double blank in the raw text."""
    dashes: Mask
    """Places where a dash stands between two blanks, or a line's bullet: a mark of figures, but rarely one that was left over."""
    present: int
    """The kinds of words (see `Kinds`) that the document has."""

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
    words, places, dashes = _spaced(view.words.framed)
    torn_by_restoration = seams(view, words.starts, words.ends)
    if torn_by_restoration is not None:
        places[torn_by_restoration & (places == PLAIN)] = BREAK
    told = raw_spacing(view)
    for kind, offsets in zip(_TOLD_BY_RAW, told, strict=True):
        if offsets:
            _mark(places, words.starts, offsets, kind)
    if told.edges:
        edge = words.line_ends
        edge[1:] |= edge[:-1]
        places[edge & (places == EDGE)] = BREAK  # lines that were not joined
    torn = _behind_blanks(words.starts, told.torn).reshape(-1, 2) if told.torn else _NO_PAIRS
    same = torn[:, 0] == torn[:, 1]
    _mark_at(places, torn[same, 0], WIDE)  # what stood beside the blanks is no word: the tatweel of `بـ  مليون`
    torn = torn[~same]
    return Boundaries(words, places, torn, dashes, view.words.present)


def closing_marks(places: Boundaries) -> int:
    """How many of a document's words are marks that should stand close to the word before them."""
    traits = _classes()[1]
    classes = places.pieces.ask("trait class", _class_of)
    return int(((traits[classes] & _CLOSING) != 0).sum())


def _spaced(words: Pieces) -> tuple[Pieces, NDArray[np.int8], Mask]:
    """What the restored text itself shows of the spacing, and where a dash stood; without the marks that were left over."""
    classes = words.ask("trait class", _class_of)
    pair = (classes[:-1] * len(_classes()[1]) + classes[1:]) * 2 + words.spaced[1:]
    told = np.ones(len(classes), dtype=np.int8)  # BREAK at the text's beginning
    told[1:] = _pairs()[pair]
    places = told & _SPACING
    _join_abbreviations(places, _classes()[1][classes])
    if told.max() > _SPACING:
        traits = _classes()[1][classes]
        _lift_percents(places, told, traits)
        left_over = _left_over(words.spaced, told, traits)
        if left_over.any():
            places[1:][left_over[:-1]] = LEFT_OVER
            dashes = np.zeros(len(classes), dtype=bool)
            dashes[1:] = (left_over & ((traits & _DASH) != 0))[:-1]
            return words[~left_over], places[~left_over], dashes[~left_over]
    return words, places, np.zeros(len(places), dtype=bool)


def _join_abbreviations(places: NDArray[np.int8], traits: NDArray[np.int32]) -> None:
    """Letters that stand alone beside each other are an abbreviation, `(أ ف ب)`, and no proclitics."""
    letters = (traits & _LETTER) != 0
    beside = np.zeros(len(letters), dtype=bool)
    beside[1:-1] = letters[1:-1] & (letters[:-2] | letters[2:])
    places[1:][beside[:-1] & (places[1:] == CLITIC)] = PLAIN


def _lift_percents(places: NDArray[np.int8], told: NDArray[np.int8], traits: NDArray[np.int32]) -> None:
    """Nothing is missing before a percent sign behind a figure, nor in the label `(%)`."""
    for at in ((told & _MAY_BE_LABEL) != 0).nonzero()[0].tolist():
        label = traits[at - 1] & _BRACKET_BEGINS and traits[at + 1] & _BRACKET_ENDS
        if label or (traits[at - 2 : at] & _FIGURE_OR_GLYPH).any():
            places[at] = PLAIN


def _left_over(spaced: Mask, told: NDArray[np.int8], traits: NDArray[np.int32]) -> Mask:
    """Marks of figures that have no word on either side to belong to."""
    found = (told & _MAY_BE_LEFT) != 0
    found[:-1] &= spaced[1:] | ((traits[1:] & _BEHIND_FIGURE) != 0)
    return np.asarray(found)


@cache
def _classes() -> tuple[dict[str, int], NDArray[np.int32]]:
    """Spellings that have traits by class, and the traits of each class; class 0 has none."""
    traits = {s: sum(trait for trait, spellings in _TRAITS if s in spellings) for _, group in _TRAITS for s in group}
    kinds = [0, *sorted(set(traits.values()))]
    return {s: kinds.index(t) for s, t in traits.items()}, np.array(kinds, dtype=np.int32)


def _class_of(norm: str) -> int:
    return _classes()[0].get(norm, 0)


@cache
def _pairs() -> NDArray[np.int8]:
    """The spacing of a place by the classes of the words before and behind it and whether a blank stands there."""
    kinds = _classes()[1].tolist()
    table = [_spacing(before, behind, spaced) for before in kinds for behind in kinds for spaced in (False, True)]
    return np.array(table, dtype=np.int8)


def _spacing(before: int, behind: int, spaced: bool) -> int:
    """How a place between words of these traits is spaced; see _MAY_BE_LEFT and _MAY_BE_LABEL for what else is told."""
    left_over = _MAY_BE_LEFT if behind & _MARK_OF_FIGURES and (spaced or before & _BEFORE_FIGURE) else 0
    if (before | behind) & _EDGE:
        return BREAK | left_over
    if behind & _PERCENT:
        return EMPTY | _MAY_BE_LABEL
    if (behind & _BRACKET_ENDS and before & _BRACKET_BEGINS) or (behind & _SLASHES and not before & _COLON):
        return EMPTY | left_over
    if before & _CLITIC and (spaced or not behind & _QUOTE_BEGINS):  # `و«الجزيرة»` is whole
        return CLITIC | left_over
    loose = spaced and (behind & _CLOSING or before & _OPENING)
    return (LOOSE if loose else PLAIN) | left_over


def _mark(places: NDArray[np.int8], starts: NDArray[np.int64], offsets: Sequence[int], kind: int) -> None:
    """Blanks of the raw text tell more than no hint or a loose mark, but not more than the other kinds."""
    _mark_at(places, _behind_blanks(starts, offsets), kind)


def _mark_at(places: NDArray[np.int8], at: NDArray[np.int64], kind: int) -> None:
    places[at[_OVERRULED[places[at]]]] = kind


def _behind_blanks(starts: NDArray[np.int64], offsets: Sequence[int]) -> NDArray[np.int64]:
    """The words that the blanks at `offsets` stand before."""
    return np.minimum(np.searchsorted(starts, np.array(offsets, dtype=np.int64) + 1), len(starts) - 1)
