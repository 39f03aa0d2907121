"""How many lines of undamaged text restoration changes beyond what is lossless: held-out documents, as they are and set in lines.

Columns of several widths make different lines of the same documents.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.lexicon.build.corpus import documents
from pipeline.restore.document import restore
from pipeline.restore.traced import LOSSLESS, Change

WIDTHS = (None, 80, 85, 90, 95)
PER = 20_000
Rows = list[dict[str, object]]


class Measured(NamedTuple):
    """Lines of the held-out documents of a corpus, how many of them were changed, and the changes."""

    lines: int
    changed: int
    changes: list[Change]


def clean_lines(shared: Path) -> Rows:
    """A row per corpus and layout: lines, lines changed, the same for each PER lines, the kinds of the changes; last all together."""
    rows: Rows = []
    total = Measured(0, 0, [])
    for source in ("ant", "wikipedia"):
        for width in WIDTHS:
            found = measured(shared, source, width)
            rows.append(_row(f"{source}, {'paragraphs' if width is None else f'{width} characters'}", found))
            total = Measured(total.lines + found.lines, total.changed + found.changed, total.changes + found.changes)
    return [*rows, _row("all", total)]


def measured(shared: Path, source: str, width: int | None) -> Measured:
    """What restoration does to the held-out documents of a corpus, set in lines of a width or left in paragraphs."""
    lines = changed = 0
    changes: list[Change] = []
    for document in documents(shared / "corpus"):
        if document.held_out and document.source == source:
            text = "\n\n".join(p if width is None else _set(p, width) for p in document.paragraphs)
            risky = list(_risky(text))
            lines += sum(bool(line.strip()) for line in text.split("\n"))
            changed += len({number for change in risky for number in _line_numbers(text, change)})
            changes += risky
    return Measured(lines, changed, changes)


def _set(paragraph: str, width: int) -> str:
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False)


def _risky(text: str) -> Iterator[Change]:
    for placed in restore(text).restorations:
        if placed.finding.kind not in LOSSLESS:
            assert isinstance(placed.finding, Change)
            yield placed.finding


def _line_numbers(text: str, change: Change) -> range:
    first = text.count("\n", 0, change.raw_start)
    return range(first, first + text.count("\n", change.raw_start, change.raw_end) + 1)


def _row(name: str, found: Measured) -> dict[str, object]:
    kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(c.kind for c in found.changes).most_common())
    share = round(PER * found.changed / max(found.lines, 1), 2)
    return {"text": name, "lines": found.lines, "changed": found.changed, f"in {PER}": share, "kinds": kinds or "–"}
