"""The data dictionary: every table, mart and macro of the warehouse with columns, types, keys, joins and origins, as Markdown and HTML.

It is read off the contracts and the SQL files; nothing is described twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import duckdb

from pipeline.schema import TABLES
from pipeline.storage import sql
from pipeline.storage.files import write_atomic
from pipeline.storage.lineage import column_lineage
from pipeline.storage.warehouse import INTERNAL, in_memory

_TITLE = "Data dictionary"
_INTRODUCTION = (
    "Every table of the published warehouse. Offsets count Unicode code points and are half-open. Unknown is NULL, never 0. "
    "Start from the marts; each of their columns names the columns its value comes from. `tarmim tables NAME` shows a table with its rows counted."
)
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:start;vertical-align:top}code{font-size:.9em}h2{margin-top:2.5rem}"
)


@dataclass(frozen=True)
class ColumnEntry:
    """A column (of a macro: a parameter) with its DuckDB type, and for marts the columns its value comes from."""

    name: str
    type: str
    description: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A table, mart or macro."""

    name: str
    sort: str
    description: str
    columns: tuple[ColumnEntry, ...]
    key: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)


def entries(folder: Path = sql.SQL) -> list[Entry]:
    """Marts first, where analysts start, then the tables in the order in which the line makes them, then the macros."""
    with in_memory({}, folder) as connection:
        types = _types(connection)
    marts = sorted(sql.marts(folder / "marts"), key=lambda mart: mart.name)
    return [
        *(_mart_entry(mart, types) for mart in marts),
        *(_table_entry(name, types[name]) for name in TABLES if name not in INTERNAL),
        *(_macro_entry(macro) for macro in sorted(sql.macros(folder / "macros"), key=lambda macro: macro.name)),
    ]


def write_dictionary(folder: Path) -> list[Path]:
    """Write dictionary.md and dictionary.html into `folder`, which is made when missing; the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    found = entries()
    written = []
    for name, text in (("dictionary.md", markdown(found)), ("dictionary.html", html(found))):
        write_atomic(folder / name, text.encode())
        written.append(folder / name)
    return written


def markdown(found: list[Entry]) -> str:
    """The dictionary as one Markdown page."""
    lines = [f"# {_TITLE}", "", _INTRODUCTION, ""]
    for sort in ("mart", "table", "macro"):
        names = [entry.name for entry in found if entry.sort == sort]
        lines += [f"{sort.capitalize()}s: " + ", ".join(f"[{name}](#{name})" for name in names), ""]
    for entry in found:
        lines += [f"## {entry.name}", "", f"*{entry.sort.capitalize()}.* {_cell(entry.description)}", "", *_relations(entry)]
        head = _heads(entry)
        if entry.columns:
            lines += [_row(head), _row(["---"] * len(head)), *(_row(_cells(entry, column)) for column in entry.columns), ""]
    return "\n".join(lines)


def html(found: list[Entry]) -> str:
    """The dictionary as one HTML page that needs nothing else."""
    contents = "".join(f'<li><a href="#{escape(e.name)}">{escape(e.name)}</a> ({e.sort})</li>' for e in found)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{_STYLE}</style></head>\n"
        f"<body><h1>{_TITLE}</h1><p>{escape(_INTRODUCTION)}</p><ul>{contents}</ul>\n{''.join(map(_section, found))}</body></html>\n"
    )


def _section(entry: Entry) -> str:
    relations = "".join(f"<p>{escape(line)}</p>" for line in _relations(entry) if line)
    head = "".join(f"<th>{title}</th>" for title in _heads(entry))
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(entry, column))}</tr>\n" for column in entry.columns)
    table = f"<table><tr>{head}</tr>\n{rows}</table>" if entry.columns else ""
    title = f'<h2 id="{escape(entry.name)}">{escape(entry.name)}</h2>'
    return f"{title}<p><em>{entry.sort.capitalize()}.</em> {escape(entry.description)}</p>{relations}{table}\n"


def _relations(entry: Entry) -> list[str]:
    lines = [f"Key: {', '.join(entry.key)}.", ""] if entry.key else []
    if entry.references:
        lines += ["Joins: " + "; ".join(f"{column} = {target}" for column, target in entry.references.items()) + ".", ""]
    return lines


def _heads(entry: Entry) -> list[str]:
    return {"mart": ["column", "type", "meaning", "comes from"], "table": ["column", "type", "meaning"], "macro": ["parameter", "meaning"]}[
        entry.sort
    ]


def _cells(entry: Entry, column: ColumnEntry) -> list[str]:
    if entry.sort == "macro":
        return [column.name, column.description]
    plain = [column.name, column.type, column.description]
    return [*plain, ", ".join(column.origins)] if entry.sort == "mart" else plain


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("<", "&lt;")


def _types(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _mart_entry(mart: sql.Query, types: Mapping[str, Mapping[str, str]]) -> Entry:
    origins = column_lineage(mart, types)
    columns = tuple(ColumnEntry(name, kind, mart.columns[name], tuple(origins[name])) for name, kind in types[mart.name].items())
    return Entry(mart.name, "mart", mart.description, columns, mart.key, mart.references)


def _table_entry(name: str, types: Mapping[str, str]) -> Entry:
    contract = TABLES[name]
    told = {column.name: column.description for column in contract.columns}
    columns = tuple(ColumnEntry(column, kind, told.get(column, "The text as search sees it, by fold_arabic.")) for column, kind in types.items())
    description = f"{contract.grain[:1].upper()}{contract.grain[1:]}. {contract.description}"
    return Entry(name, "table", description, columns, contract.key, contract.references)


def _macro_entry(macro: sql.Query) -> Entry:
    columns = tuple(ColumnEntry(name, "", told) for name, told in macro.columns.items())
    return Entry(macro.name, "macro", macro.description, columns)
