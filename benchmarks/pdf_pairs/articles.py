"""What is typeset: a clean article, and how one page of it is to look."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


@dataclass(frozen=True, slots=True)
class Article:
    """A title and its paragraphs, each one line."""

    name: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a reader of the page reads, without running head and page number."""
        return "\n\n".join((self.title, *self.paragraphs)) + "\n"


@dataclass(frozen=True, slots=True)
class Setting:
    """How an article is set: size in points, column width in points, justified or ragged, furniture, columns."""

    size: float
    width: float
    justified: bool
    head: str
    columns: int = 1


def articles(folder: Path) -> Iterator[Article]:
    """The articles of all clean.txt below `folder`: paragraphs parted by blank lines, the first one is the title."""
    for file in sorted(folder.rglob("clean.txt")):
        blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8"))]
        blocks = [block for block in blocks if block]
        if len(blocks) > 1:
            yield Article(file.parent.name, blocks[0], tuple(blocks[1:]))


def setting(article: Article, salt: str, columns: int = 1) -> Setting:
    """How `article` is set this time: the same for the same salt, different from article to article."""
    draw = hashlib.sha256(f"{article.name} {salt}".encode()).digest()
    size = (11.0, 12.0, 13.0)[draw[0] % 3]
    return Setting(size, _column(size, draw[1]), draw[2] % 3 > 0, _head(draw) if draw[3] % 3 == 0 else "", columns)


def _column(size: float, draw: int) -> float:
    """A column that holds 80 to 95 letters: an Arabic letter is about .42 of the size wide."""
    return size * 0.42 * (80 + draw % 16)


def _head(draw: bytes) -> str:
    return f"نشرة {WEEKDAYS[draw[4] % 7]} – العدد {100 + draw[5]}"


def variants(folder: Path) -> dict[str, dict[str, object]]:
    """The variants.json of a folder of pairs, empty where there is none yet."""
    file = folder / "variants.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
