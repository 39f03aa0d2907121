"""What a table is: its columns, types, keys and descriptions, and how rows become Arrow.

The tables themselves stand in `tables`; Arrow schemas, DuckDB comments, Dagster column schemas and the
data dictionary are all projections of these objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa


class ContractError(ValueError):
    """A table does not keep its contract; the message names table, column and fault."""


@dataclass(frozen=True)
class Column:
    """One column: Arrow type, meaning, and whether unknown (NULL) is allowed."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table: what a row is, which group makes it, its columns and its primary key."""

    name: str
    grain: str
    description: str
    group: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, descriptions kept as field metadata."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable, metadata={"description": c.description}) for c in self.columns])

    def empty(self) -> pa.Table:
        """A table of no rows."""
        return self.schema.empty_table()

    def from_rows(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """Rows (one mapping each, missing columns are NULL) as Arrow.

        Raises ContractError for a column that the contract does not know.
        """
        rows = list(rows)
        names = [c.name for c in self.columns]
        unknown = {k for row in rows for k in row} - set(names)
        if unknown:
            raise ContractError(f"{self.name}: unknown columns {sorted(unknown)}")
        arrays = [pa.array([row.get(c.name) for row in rows], type=c.type) for c in self.columns]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def violations(self, table: pa.Table) -> list[str]:
        """Where `table` breaks this contract: columns, types, NULLs in required columns, duplicate keys."""
        faults = []
        for column in self.columns:
            if column.name not in table.column_names:
                faults.append(f"{self.name}.{column.name} is missing")
                continue
            found = table.schema.field(column.name).type
            if found != column.type:
                faults.append(f"{self.name}.{column.name} is {found}, not {column.type}")
            nulls = table.column(column.name).null_count
            if nulls and not column.nullable:
                faults.append(f"{self.name}.{column.name} has {nulls} NULLs")
        if self.key and set(self.key) <= set(table.column_names):
            distinct = table.select(list(self.key)).group_by(list(self.key)).aggregate([]).num_rows
            if distinct != table.num_rows:
                faults.append(f"{self.name} has {table.num_rows - distinct} repeated keys {self.key}")
        return faults
