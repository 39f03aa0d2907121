"""What is typeset: a clean article, and how one page of it is to look."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.pdf_pairs.blocks import Block, marked_blocks, plain_blocks

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


@dataclass(frozen=True, slots=True)
class Article:
    """A title and the blocks below it."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All blocks in lines of plain text, for writers that know no more."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def text(self) -> str:
        """What a reader of the page reads, without running head and page number."""
        return "\n\n".join((self.title, *self.paragraphs)) + "\n"


@dataclass(frozen=True, slots=True)
class Setting:
    """How an article is set: lengths in points, `width` that of the text, all its columns and what parts them."""

    size: float
    width: float
    justified: bool
    head: str
    columns: int = 1
    page_width: float = 595
    page_height: float = 680

    @property
    def side(self) -> float:
        """The margin on either side."""
        return max((self.page_width - self.width) / 2, 20)

    @property
    def height(self) -> float:
        """The height of the text; articles run over two pages or three."""
        return self.page_height - 120


class Layout(NamedTuple):
    """A kind of page: its size, the sizes of letters in points, letters a line, columns, and one in how many is ragged (0 for none)."""

    page: tuple[float, float]
    sizes: tuple[float, ...]
    letters: tuple[int, int]
    columns: int = 1
    ragged: int = 3


GUTTER = 18.0
LAYOUTS = {
    "": Layout((595, 680), (11.0, 12.0, 13.0), (80, 95)),
    "a4": Layout((595, 842), (11.0, 12.0, 14.0), (85, 100)),
    "a5": Layout((420, 595), (10.0, 11.0, 12.0), (62, 72)),
    "large": Layout((595, 842), (16.0, 18.0), (52, 64), ragged=2),
    "small": Layout((595, 842), (8.0, 9.0), (110, 130)),
    "two": Layout((595, 842), (9.5, 10.5, 11.0), (46, 54), columns=2),
    "three": Layout((595, 842), (8.5, 9.0, 9.5), (34, 40), columns=3, ragged=4),
    "narrow": Layout((420, 842), (11.0, 12.0), (30, 40), ragged=2),
}
"""Layouts by name; the one without is a page of an agency's reports."""


def articles(folder: Path) -> Iterator[Article]:
    """The articles of all clean.md (marked blocks) and clean.txt (paragraphs) below `folder`: the first block is the title."""
    for file in sorted(folder.rglob("clean.*")):
        if file.name not in {"clean.md", "clean.txt"} or (file.suffix == ".txt" and file.with_suffix(".md").is_file()):
            continue
        blocks = [*(marked_blocks if file.suffix == ".md" else plain_blocks)(file.read_text(encoding="utf-8"))]
        if len(blocks) > 1:
            yield Article(file.parent.name, " ".join(blocks[0].lines), tuple(blocks[1:]))


def setting(article: Article, salt: str, layout: str = "") -> Setting:
    """How `article` is set this time: the same for the same salt, different from article to article."""
    kind = LAYOUTS[layout]
    draw = hashlib.sha256(f"{article.name} {salt}".encode()).digest()
    size = kind.sizes[draw[0] % len(kind.sizes)]
    width = min(kind.columns * _column(size, draw[1], *kind.letters) + (kind.columns - 1) * GUTTER, kind.page[0] - 40)
    justified = not kind.ragged or draw[2] % kind.ragged > 0
    return Setting(size, width, justified, _head(draw) if draw[3] % 3 == 0 else "", kind.columns, *kind.page)


def _column(size: float, draw: int, least: int, most: int) -> float:
    """A column that holds so many letters: an Arabic letter is about .42 of the size wide."""
    return size * 0.42 * (least + draw % (most - least + 1))


def _head(draw: bytes) -> str:
    return f"نشرة {WEEKDAYS[draw[4] % 7]} – العدد {100 + draw[5]}"


def variants(folder: Path) -> dict[str, dict[str, object]]:
    """The variants.json of a folder of pairs, empty where there is none yet."""
    file = folder / "variants.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
