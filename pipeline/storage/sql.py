"""The SQL files of sql/: their headers, and the order in which marts build on each other.

A file is one SELECT under a header of comment lines. The header's first lines say what a row is; `-- @column: …` describes a column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path

import sql as _sql

SQL = Path(_sql.__file__).parent
_COLUMN = re.compile(r"@(\w+):\s*(.*)")
_DEPENDS = re.compile(r"depends:\s*(.*)")


class SqlError(ValueError):
    """A file of sql/ cannot be used; the message names it and the fault."""


@dataclass(frozen=True)
class Query:
    """A SELECT with its name, description and column descriptions; `depends` names the tables it reads."""

    name: str
    path: Path
    description: str
    columns: Mapping[str, str]
    text: str
    depends: frozenset[str]


def marts(folder: Path = SQL / "marts") -> list[Query]:
    """The marts, each after those it reads; raises SqlError for a cycle."""
    found = {query.name: query for query in queries(folder)}
    graph = {name: query.depends & found.keys() - {name} for name, query in sorted(found.items())}
    try:
        return [found[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise SqlError(f"marts read each other in a circle: {' -> '.join(error.args[1])}") from error


def checks(folder: Path = SQL / "checks") -> list[Query]:
    """The checks; each returns the rows at fault."""
    return queries(folder)


def queries(folder: Path) -> list[Query]:
    """Every .sql file of the folder, by name."""
    return [read_query(path) for path in sorted(folder.glob("*.sql"))]


def read_query(path: Path) -> Query:
    """One SQL file; raises SqlError when it has no header or is not one statement."""
    source = path.read_text("utf-8")
    header, columns, depends = _header(source)
    if not header:
        raise SqlError(f"{path.name} has no header; begin with `-- One row per …`")
    return Query(path.stem, path, header, columns, source.rstrip().rstrip(";"), depends | _tables(path, source))


def fingerprint(queries: list[Query]) -> str:
    """Hash of the texts."""
    return sha256("\0".join(f"{q.name}\0{q.text}" for q in queries).encode()).hexdigest()


def _header(source: str) -> tuple[str, dict[str, str], frozenset[str]]:
    description: list[str] = []
    columns: dict[str, str] = {}
    depends: set[str] = set()
    last = ""
    for line in source.splitlines():
        if not line.startswith("--"):
            break
        comment = line[2:].strip()
        if match := _COLUMN.fullmatch(comment):
            last, columns[match[1]] = match[1], match[2]
        elif match := _DEPENDS.fullmatch(comment):
            depends |= {name.strip() for name in match[1].split(",")}
        elif last:
            columns[last] = f"{columns[last]} {comment}".strip()
        elif comment:
            description.append(comment)
    return " ".join(description), columns, frozenset(depends)


def _tables(path: Path, source: str) -> frozenset[str]:
    """The tables a SELECT reads, common table expressions aside; what sqlglot cannot parse declares `-- depends:`."""
    import sqlglot  # takes half a second, and only publishing needs it
    from sqlglot import exp

    try:
        statements = [s for s in sqlglot.parse(source, dialect="duckdb") if s is not None]
    except sqlglot.errors.SqlglotError:
        return frozenset()
    if len(statements) != 1:
        raise SqlError(f"{path.name} must be exactly one SELECT")
    tree = statements[0]
    named = {cte.alias for cte in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - named
