"""From which columns each column of a mart is computed, read from its SQL. Names only: what a column means stands in the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.storage.sql import Query


def column_lineage(mart: Query, columns: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """Each column of `mart` with the columns (`table.column`) its value comes from; an empty list for constants and counts of rows.

    `columns` gives column names and DuckDB types of every table the mart may read. Columns that only filter or join are not listed.
    Method: sqlglot's scopes of the qualified SELECT, followed down to physical tables.
    """
    from sqlglot.lineage import lineage  # takes half a second, and few need it

    # Nested types only stand in the way: names are all that is needed.
    schema = {table: dict.fromkeys(found, "VARCHAR") for table, found in columns.items()}
    nodes = lineage(None, mart.text, schema, dialect="duckdb")
    return {column: sorted(set(_origins(nodes[column], set()))) for column in mart.columns}


def _origins(node: Any, seen: set[int]) -> Iterator[str]:
    from sqlglot import exp

    if id(node) in seen:
        return
    seen.add(id(node))
    if not node.downstream and isinstance(node.source, exp.Table):
        yield f"{node.source.name}.{node.name.split('.')[-1].strip(chr(34))}"
    for below in node.downstream:
        yield from _origins(below, seen)
