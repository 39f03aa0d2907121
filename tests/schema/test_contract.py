"""A contract turns rows into Arrow and names whatever breaks it."""

import pyarrow as pa
import pytest

from pipeline.schema import TABLES, Column, ContractError, Table

PEOPLE = Table(
    "people",
    "one row per person",
    "Persons.",
    "ingest",
    (Column("id", pa.string(), "Id.", nullable=False), Column("age", pa.int32(), "Years.")),
    ("id",),
)


def test_missing_columns_become_null():
    assert PEOPLE.from_rows([{"id": "a"}]).to_pylist() == [{"id": "a", "age": None}]


def test_an_unknown_column_is_an_error_that_names_it():
    with pytest.raises(ContractError, match=r"people: unknown columns \['name'\]"):
        PEOPLE.from_rows([{"id": "a", "name": "x"}])


def test_a_table_that_keeps_its_contract_has_no_violations():
    assert PEOPLE.violations(PEOPLE.from_rows([{"id": "a", "age": 3}])) == []


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (pa.table({"id": ["a"]}), "people.age is missing"),
        (pa.table({"id": ["a"], "age": ["3"]}), "people.age is string, not int32"),
        (pa.table({"id": pa.array([None], pa.string()), "age": pa.array([3], pa.int32())}), "people.id has 1 NULLs"),
        (pa.table({"id": ["a", "a"], "age": pa.array([3, 4], pa.int32())}), "people has 1 repeated keys ('id',)"),
    ],
)
def test_violations_name_table_column_and_fault(table, fault):
    assert PEOPLE.violations(table) == [fault]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_and_column_is_described_and_every_key_exists(table):
    names = {c.name for c in table.columns}
    assert table.description
    assert table.grain.startswith("one row per")
    assert all(c.description for c in table.columns)
    assert set(table.key) <= names
    assert len(names) == len(table.columns)
    assert all(ref.split(".")[0] in TABLES for ref in table.references.values())
