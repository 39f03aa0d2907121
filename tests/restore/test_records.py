"""Lists of names, logs, statements, reports, judgments and posts come through unchanged, however they are laid out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.restore.document import restore
from pipeline.restore.traced import LOSSLESS

RECORDS = Path(__file__).parents[2] / "benchmarks" / "records"
LAYOUTS: dict[str, Callable[[str], str]] = {
    "paragraphs": lambda text: text,
    "lines": lambda text: text.replace("\n\n", "\n"),
    "narrow": lambda text: "\n\n".join(textwrap.fill(p, 45, break_long_words=False, break_on_hyphens=False) for p in text.split("\n\n")),
    "wide": lambda text: "\n".join(textwrap.fill(p, 85, break_long_words=False, break_on_hyphens=False) for p in text.split("\n\n")),
    "a cell a line": lambda text: re.sub("[،:] ", "\n", text),
    "columns": lambda text: re.sub("[،:] ", "   ", text),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("record", sorted(folder.name for folder in RECORDS.iterdir() if folder.is_dir()))
def test_a_record_stays(record: str, layout: str) -> None:
    text = LAYOUTS[layout]((RECORDS / record / "clean.txt").read_text(encoding="utf-8"))
    restored = restore(text)
    assert [p.finding for p in restored.restorations if p.finding.kind not in LOSSLESS] == []
    assert words(restored.text) == words(text)


def words(text: str) -> list[str]:
    """The words of a text without marks of direction and tatweel, which are no words' loss."""
    return text.translate(dict.fromkeys((0x200F, 0x0640))).split()
