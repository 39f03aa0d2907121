"""The dictionaries that the warehouse carries: places, actors, media and kinds of event, each to its contract."""

from __future__ import annotations

import pyarrow as pa

from pipeline.lexicon.gazetteer import actors, media, places
from pipeline.lexicon.reader import rows
from pipeline.schema import TABLES

DICTIONARIES = ("places", "actors", "media", "event_kinds")


def dictionaries() -> dict[str, pa.Table]:
    """All dictionaries by table name."""
    return {"places": places(), "actors": actors(), "media": media(), "event_kinds": _event_kinds()}


def _event_kinds() -> pa.Table:
    told = [{**row, "data_source": row["source"]} for row in rows("event_kinds")]
    names = [c.name for c in TABLES["event_kinds"].columns]
    return TABLES["event_kinds"].from_rows([{name: row[name] or None for name in names} for row in told])
