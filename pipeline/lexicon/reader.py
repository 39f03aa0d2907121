"""Reads the lexicon's CSV files, each once a process.

Every file has the columns `source` and `licence`; what the other columns mean, the file's user says.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of pipeline/lexicon/<name>.csv, column name to cell.

    Raises FileNotFoundError when there is no such file.
    """
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """The cells of one column as a set."""
    return frozenset(row[column] for row in rows(name))
