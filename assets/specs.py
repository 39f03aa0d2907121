"""Tables as asset specs: descriptions, column schema, group, kinds and owner are projections of the contracts."""

from collections.abc import Iterable, Mapping
from itertools import takewhile

import dagster as dg
import pyarrow as pa

from pipeline.glyphs import named_glyphs
from pipeline.schema import TABLES

OWNERS = ["team:tarmim"]
BATCHES = dg.DynamicPartitionsDefinition(name="batch")
PREVIEW_ROWS = 5
_PREVIEW_CHARACTERS = 120
# Columns for machines: they would squeeze the text that a person wants to read.
_NOT_PREVIEWED = frozenset(
    {"segments", "batch", "raw_sha256", "record_no", "paragraph_no", "sentence_no", "start", "end", "raw_start", "raw_end", "size_bytes"}
)


def table_spec(name: str, deps: Iterable[str], *, partitioned: bool = True) -> dg.AssetSpec:
    """The asset of one contract table."""
    table = TABLES[name]
    return dg.AssetSpec(
        name,
        deps=list(deps),
        description=f"{table.description}\n\nOne row: {table.grain.removeprefix('one row per ')}.",
        group_name=table.group,
        kinds={"python", "parquet"},
        owners=OWNERS,
        partitions_def=BATCHES if partitioned else None,
        skippable=True,
        metadata={"dagster/column_schema": column_schema({c.name: (str(c.type), c.description, c.nullable) for c in table.columns})},
    )


def column_schema(columns: Mapping[str, tuple[str, str, bool]]) -> dg.TableSchema:
    """Columns (name to type, description, nullable) as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, type=kind, description=description, constraints=dg.TableColumnConstraints(nullable=nullable))
            for name, (kind, description, nullable) in columns.items()
        ]
    )


def table_metadata(table: pa.Table) -> dict[str, dg.MetadataValue]:
    """Row count and a readable preview of a table just made."""
    return {"dagster/row_count": dg.MetadataValue.int(table.num_rows), "preview": dg.MetadataValue.md(preview(table))}


def preview(table: pa.Table, rows: int = PREVIEW_ROWS) -> str:
    """The first rows as a Markdown table, text first; private glyphs are shown as their code points.

    Of the ids at a row's beginning the last is enough: it holds those of its document and sentence.
    """
    ids = list(takewhile(lambda name: name.endswith("_id"), table.column_names))
    hidden = _NOT_PREVIEWED | ({"doc_id", "sentence_id"} & set(ids[:-1]))
    names = sorted((n for n in table.column_names if n not in hidden), key=lambda name: name != "text")
    lines = ["| " + " | ".join(names) + " |", "| " + " | ".join("---" for _ in names) + " |"]
    lines += ["| " + " | ".join(_cell(row[n]) for n in names) + " |" for row in table.slice(0, rows).to_pylist()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else f"{value:g}" if isinstance(value, float) else str(value)
    text = named_glyphs(text)
    text = text if len(text) <= _PREVIEW_CHARACTERS else text[: _PREVIEW_CHARACTERS - 1] + "…"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ⏎ ")
