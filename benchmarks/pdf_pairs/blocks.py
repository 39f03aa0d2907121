"""What an article is made of beside its paragraphs, and the light markup that tells it; how a block is drawn is for the writers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of blocks, by what they are on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    STRONG = "strong"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    TABLE = "table"
    VERSE = "verse"
    QUOTE = "quote"
    CAPTION = "caption"
    NOTE = "note"
    FOREIGN = "foreign"


class Block(NamedTuple):
    """A block's rows, each of its cells: one for a paragraph or item, several in tables, two in a line of verse."""

    kind: Kind
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows as a reader reads them aloud."""
        signs = {Kind.BULLETS: "• ", Kind.NUMBERS: "{}. "}
        return tuple(signs.get(self.kind, "").format(i) + " ".join(row) for i, row in enumerate(self.rows, 1))


_SIGNS = (
    (Kind.HEADING, re.compile(r"## +")),
    (Kind.STRONG, re.compile(r"!! +")),
    (Kind.BULLETS, re.compile(r"[-•] +")),
    (Kind.NUMBERS, re.compile(r"[0-9]+\. +")),
    (Kind.TABLE, re.compile(r"\| *")),
    (Kind.VERSE, re.compile(r"// *")),
    (Kind.QUOTE, re.compile(r"> +")),
    (Kind.CAPTION, re.compile(r"\^\^ +")),
    (Kind.NOTE, re.compile(r"(?=\[[0-9]+\])")),
    (Kind.FOREIGN, re.compile(r"<> +")),
)
_MANY = {Kind.BULLETS, Kind.NUMBERS, Kind.TABLE, Kind.VERSE}


def marked_blocks(text: str) -> Iterator[Block]:
    """The blocks of marked text.

    Blank lines part them. A line begins with `##` for a heading, `!!` for a strong paragraph, `-` or `1.` for items, `|` for a row with a
    `|` between its cells, `//` for verse with `//` between its halves, `>` for a pull quote, `^^` for a caption, `[1]` for a note and `<>`
    for a paragraph from left to right; else it belongs to a paragraph.
    """
    for part in re.split(r"\n\s*\n", text):
        told = [_told(" ".join(line.split())) for line in part.split("\n") if line.strip()]
        for kind, lines in groupby(told, key=lambda line: line[0]):
            rows = tuple(row for _, row in lines)
            if kind is Kind.PARAGRAPH:
                yield Block(kind, ((" ".join(cell for row in rows for cell in row),),))
            elif kind in _MANY:
                yield Block(kind, rows)
            else:
                yield from (Block(kind, (row,)) for row in rows)


def _told(line: str) -> tuple[Kind, tuple[str, ...]]:
    for kind, sign in _SIGNS:
        found = sign.match(line)
        if found:
            rest = line[found.end() :]
            between = {Kind.TABLE: "|", Kind.VERSE: "//"}.get(kind)
            return kind, tuple(cell.strip() for cell in rest.rstrip("| ").split(between)) if between else (rest,)
    return Kind.PARAGRAPH, (line,)


def plain_blocks(text: str) -> Iterator[Block]:
    """The paragraphs of plain text, parted by blank lines."""
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield Block(Kind.PARAGRAPH, ((" ".join(part.split()),),))
