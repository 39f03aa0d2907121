"""The SQL files of sql/: their headers, and the order in which marts build on each other.

A file is one SELECT (one CREATE MACRO in sql/macros) under a header of comment lines. The header's first lines say what a row is; `-- @column: …`
describes a column or a macro's parameter, `-- key: …` names the columns that identify a row, `-- joins: column = table.column, …` where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path

import sql as _sql

SQL = Path(_sql.__file__).parent
_COLUMN = re.compile(r"@(\w+):\s*(.*)")
_NOTE = re.compile(r"(depends|key|joins):\s*(.*)")


class SqlError(ValueError):
    """A file of sql/ cannot be used; the message names it and the fault."""


@dataclass(frozen=True)
class Query:
    """A SELECT with its name, description and column descriptions; `depends` names the tables it reads.

    Of a macro, `columns` are the parameters and `depends` the macros it calls.
    """

    name: str
    path: Path
    description: str
    columns: Mapping[str, str]
    text: str
    depends: frozenset[str]
    key: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)

    @property
    def returns_table(self) -> bool:
        """Whether a macro is called in FROM."""
        return " AS TABLE" in self.text


def marts(folder: Path = SQL / "marts") -> list[Query]:
    """The marts, each after those it reads; raises SqlError for a cycle."""
    return _ordered(queries(folder))


def macros(folder: Path = SQL / "macros") -> list[Query]:
    """The macros, each after those it calls; raises SqlError for a cycle or a file that is not the macro it is named after."""
    found = [_read_macro(path) for path in sorted(folder.glob("*.sql"))]
    names = {macro.name for macro in found}
    calls = {macro.name: frozenset(n for n in names if re.search(rf"\b{n}\(", macro.text)) - {macro.name} for macro in found}
    return _ordered([replace(macro, depends=calls[macro.name]) for macro in found])


def checks(folder: Path = SQL / "checks") -> list[Query]:
    """The checks; each returns the rows at fault."""
    return queries(folder)


def queries(folder: Path) -> list[Query]:
    """Every .sql file of the folder, by name."""
    return [read_query(path) for path in sorted(folder.glob("*.sql"))]


def read_query(path: Path) -> Query:
    """One SQL file; raises SqlError when it has no header or is not one statement."""
    query = _read(path)
    return replace(query, depends=query.depends | _tables(path, query.text))


def fingerprint(queries: list[Query]) -> str:
    """Hash of the texts."""
    return sha256("\0".join(f"{q.name}\0{q.text}" for q in queries).encode()).hexdigest()


def _ordered(found: list[Query]) -> list[Query]:
    by_name = {query.name: query for query in found}
    graph = {name: query.depends & by_name.keys() - {name} for name, query in sorted(by_name.items())}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise SqlError(f"files read each other in a circle: {' -> '.join(error.args[1])}") from error


def _read(path: Path) -> Query:
    source = path.read_text("utf-8")
    header, columns, notes = _header(source)
    if not header:
        raise SqlError(f"{path.name} has no header; begin with `-- One row per …`")
    joins = dict(part.split(" = ", 1) for part in _listed(notes.get("joins", "")))
    depends = frozenset(_listed(notes.get("depends", "")))
    return Query(path.stem, path, header, columns, source.rstrip().rstrip(";"), depends, tuple(_listed(notes.get("key", ""))), joins)


def _read_macro(path: Path) -> Query:
    macro = _read(path)
    if f"CREATE MACRO {macro.name}(" not in macro.text:
        raise SqlError(f"{path.name} must hold CREATE MACRO {macro.name}(…)")
    return macro


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _header(source: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Description, columns, and the notes by their name."""
    description: list[str] = []
    columns: dict[str, str] = {}
    notes: dict[str, str] = {}
    last = ""
    for line in source.splitlines():
        if not line.startswith("--"):
            break
        comment = line[2:].strip()
        if match := _COLUMN.fullmatch(comment):
            last, columns[match[1]] = match[1], match[2]
        elif match := _NOTE.fullmatch(comment):
            notes[match[1]] = f"{notes.get(match[1], '')}, {match[2]}"
        elif last:
            columns[last] = f"{columns[last]} {comment}".strip()
        elif comment:
            description.append(comment)
    return " ".join(description), columns, notes


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
