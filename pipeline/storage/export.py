"""Tables of the published warehouse as files for other tools: CSV for spreadsheets, Parquet with a Frictionless data package, GeoJSON for maps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import UserError
from pipeline.schema import TABLES
from pipeline.storage import sql
from pipeline.storage.files import sync, sync_folder, temporary, write_atomic
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

FORMATS = ("csv", "parquet", "geojson")
_PACKAGE = "datapackage.json"
# Frictionless field types (https://datapackage.org/standard/table-schema/) of DuckDB's; what is missing is written as text.
_FIELD_TYPES = {
    "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime", "VARCHAR": "string", "JSON": "object",
}  # fmt: skip
_BLOCK = 10_000


def export(home: Home, table: str, kind: str, out: Path) -> int:
    """Write `table` of the current warehouse to `out`; the number of rows.

    csv is UTF-8 with a byte order mark, lists and structs as JSON; text that a spreadsheet would take for a formula stands behind an
    apostrophe. parquet is zstd-compressed, with `datapackage.json` beside it. geojson
    has a point for each row with latitude and longitude; rows without have a null geometry. The file appears whole or not at all.
    Raises UserError for an unknown table or format, a folder that is not there, or a table without coordinates.
    """
    if kind not in FORMATS:
        raise UserError(f"--format {kind}: choose one of {', '.join(FORMATS)}")
    if not out.parent.is_dir():
        raise UserError(f"{out.parent} is no folder; make it first or choose another --out")
    with connect(home) as connection:
        columns = _columns(connection, table)
        draft = temporary(out.parent, f".{kind}")
        try:
            {"csv": _write_csv, "parquet": _write_parquet, "geojson": _write_geojson}[kind](connection, table, columns, draft)
            sync(draft)
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(out.parent)
        if kind == "parquet":
            _describe(connection, table, out)
        return _count(connection, table)


def _write_csv(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], path: Path) -> None:
    cells = ", ".join(f"{_csv_cell(_quoted(name), kind)} AS {_quoted(name)}" for name, kind in columns.items())
    connection.execute(f"COPY (SELECT {cells} FROM {_quoted(table)}) TO {_literal(path)} (FORMAT csv, HEADER)")
    # Without the mark, spreadsheets read UTF-8 as the machine's old code page and Arabic becomes mojibake.
    body = temporary(path.parent, ".body")
    path.rename(body)
    try:
        with body.open("rb") as source, path.open("wb") as target:
            target.write(b"\xef\xbb\xbf")
            while block := source.read(1 << 20):
                target.write(block)
    finally:
        body.unlink(missing_ok=True)


def _csv_cell(column: str, kind: str) -> str:
    """The column as a spreadsheet may open it: texts are strangers' words, and one that begins like a formula would be run (CWE-1236)."""
    if kind.endswith("]") or kind.startswith("STRUCT"):
        return f"CAST(to_json({column}) AS VARCHAR)"
    if kind == "VARCHAR":
        return f"CASE WHEN left({column}, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN chr(39) || {column} ELSE {column} END"
    return column


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], path: Path) -> None:
    del columns
    connection.execute(f"COPY {_quoted(table)} TO {_literal(path)} (FORMAT parquet, COMPRESSION zstd)")


def _write_geojson(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], path: Path) -> None:
    if not {"latitude", "longitude"} <= columns.keys():
        raise UserError(f"{table} has no latitude and longitude; tables that do: {', '.join(_located(connection))}")
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, row in enumerate(_rows(connection, table)):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(_feature(row), ensure_ascii=False, default=str))
        file.write("\n]}\n")


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = row.pop("latitude"), row.pop("longitude")
    located = latitude is not None and longitude is not None
    point = {"type": "Point", "coordinates": [longitude, latitude]} if located else None
    return {"type": "Feature", "geometry": point, "properties": row}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[dict[str, Any]]:
    found = connection.execute(f"SELECT * FROM {_quoted(table)}")
    names = [column[0] for column in found.description or ()]
    while block := found.fetchmany(_BLOCK):
        for row in block:
            yield dict(zip(names, row, strict=True))


def _describe(connection: duckdb.DuckDBPyConnection, table: str, out: Path) -> None:
    """Put the table into the folder's data package, beside the tables exported there before."""
    path = out.parent / _PACKAGE
    package = _existing(path)
    others = [resource for resource in package.get("resources", []) if resource.get("name") != table.lower()]
    resources = sorted([*others, _resource(connection, table, out)], key=lambda resource: resource["name"])
    package |= {"profile": "data-package", "name": "tarmim", "title": "Tarmim evidence tables", "resources": resources}
    write_atomic(path, (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode())


def _existing(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UserError(f"{path} is no JSON ({error}); move it away, it is not overwritten") from error
    if not isinstance(found, dict) or found.get("name") != "tarmim":
        raise UserError(f"{path} belongs to another data package; export into a folder of its own")
    return found


def _resource(connection: duckdb.DuckDBPyConnection, table: str, out: Path) -> dict[str, Any]:
    described = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? AND NOT internal ORDER BY column_index", [table]
    ).fetchall()
    told = connection.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall()
    fields = [{"name": name, "type": _field_type(kind), "description": comment or ""} for name, kind, comment in described]
    schema: dict[str, Any] = {"fields": fields}
    if key := _key(table):
        schema["primaryKey"] = list(key)
    return {
        "name": table.lower(), "path": out.name, "format": "parquet", "mediatype": "application/vnd.apache.parquet",
        "profile": "tabular-data-resource", "description": told[0][0] or "", "schema": schema,
    }  # fmt: skip


def _field_type(kind: str) -> str:
    return "array" if kind.endswith("]") else "object" if kind.startswith("STRUCT") else _FIELD_TYPES.get(kind, "string")


def _key(table: str) -> tuple[str, ...]:
    if table in TABLES:
        return TABLES[table].key
    return next((mart.key for mart in sql.marts() if mart.name == table), ())


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    known = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    if table not in known:
        raise UserError(f"no table {table}; there are {', '.join(known)}")
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {_quoted(table)}").fetchall()}


def _located(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE column_name IN ('latitude', 'longitude') AND NOT internal "
        "GROUP BY 1 HAVING count(*) = 2 ORDER BY 1"
    ).fetchall()
    return [name for (name,) in rows]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    return int(row[0]) if row else 0


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Path) -> str:
    return "'" + str(value).replace("'", "''") + "'"
