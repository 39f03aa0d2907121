"""One event record as a row of `events`: codes from the dictionary of kinds, coordinates from the gazetteer."""

from __future__ import annotations

from functools import cache
from typing import Any

from pipeline.extract.model import Event
from pipeline.lexicon.gazetteer import gazetteer
from pipeline.lexicon.reader import rows

_PRECISION = {0: "country", 1: "governorate", 2: "district", 3: "town", 4: "town"}


def event_row(doc_id: str, event: Event) -> dict[str, Any]:
    """The columns of `events` besides ids and span."""
    codes = _codes().get(event.kind, {})
    place_id = event.place_ids[0] if event.place_ids else None
    place = gazetteer().entities.get(place_id) if place_id else None
    columns: dict[str, Any] = {
        "trigger": event.trigger,
        "kind": event.kind,
        **{name: codes.get(name) or None for name in ("plover_type", "plover_mode", "acled_event_type", "acled_sub_event_type")},
        "agents": event.agents,
        "agent_ids": [i for i in event.agent_ids if i],
        "patients": event.patients,
        "patient_ids": [i for i in event.patient_ids if i],
        "places": event.places,
        "place": event.places[0] if event.places else None,
        "place_id": place_id,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "status": event.status,
        "source": event.source,
        "confidence": event.confidence,
        "same_as": None if event.same_as is None else f"{doc_id}-e{event.same_as}",
    }
    if place is not None and place.latitude is not None:
        columns |= {"latitude": place.latitude, "longitude": place.longitude, "geo_precision": geo_precision(place.kind, place.admin_level)}
    for name, figure in event.figures.items():
        columns |= {f"{name}_low": _whole(figure.low), f"{name}_high": _whole(figure.high), f"{name}_qualifier": figure.qualifier}
    return columns


def geo_precision(kind: str | None, admin_level: int | None) -> str:
    """How exact a gazetteer point is: a facility or neighbourhood is exact, areas are named by their level."""
    if kind in ("airport", "base", "crossing", "camp", "neighbourhood", "facility"):
        return "exact"
    if kind in ("country", "governorate", "region", "district"):
        return kind
    return _PRECISION.get(admin_level if admin_level is not None else 4, "town")


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


@cache
def _codes() -> dict[str, dict[str, str]]:
    return {row["kind"]: row for row in rows("event_kinds")}
