"""Text with overlapping annotations as a sequence of pieces, each knowing which annotations cover it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.glyphs import PRIVATE


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something found in text[start:end]; `anchor` is its address in the page, `kind` its colour, `note` what is known of it."""

    anchor: str
    kind: str
    start: int
    end: int
    note: str


@dataclass(slots=True)
class Piece:
    """A stretch of characters under the same annotations; `anchors` are those that begin here."""

    text: str
    kinds: list[str] = field(default_factory=list)
    covering: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)


def pieces(text: str, annotations: Sequence[Annotation], start: int = 0, end: int | None = None) -> list[Piece]:
    """text[start:end] cut wherever an annotation begins or ends.

    An empty annotation (a figure that is gone, a deleted character) covers the piece after it, or stands alone at the end. An annotation that
    began before `start` covers its part here but has its anchor where it begins.
    """
    end = len(text) if end is None else end
    mine = [a for a in annotations if (a.start < end and a.end > start) or start <= a.start == a.end <= end]
    cuts = sorted({start, end, *(min(max(p, start), end) for a in mine for p in (a.start, a.end))})
    found = [_piece(text, left, right, mine) for left, right in pairwise(cuts)]
    last = [a for a in mine if a.start == a.end == end]
    if last:
        found.append(Piece("", _kinds(last), [a.anchor for a in last], [a.anchor for a in last]))
    return found


def visible(text: str) -> Iterable[tuple[str, bool]]:
    """Stretches of text and whether each is a private glyph, which is shown by its code point."""
    plain = ""
    for char in text:
        if ord(char) in PRIVATE:
            if plain:
                yield plain, False
                plain = ""
            yield f"{ord(char):04X}", True
        else:
            plain += char
    if plain:
        yield plain, False


def _piece(text: str, left: int, right: int, annotations: Iterable[Annotation]) -> Piece:
    over = [a for a in annotations if (a.start <= left and right <= a.end) or a.start == a.end == left]
    return Piece(text[left:right], _kinds(over), [a.anchor for a in over], [a.anchor for a in over if a.start == left])


def _kinds(annotations: Iterable[Annotation]) -> list[str]:
    return list(dict.fromkeys(a.kind for a in annotations))
