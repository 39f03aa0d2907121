"""Charts as SVG, drawn by Altair and vl-convert at build time, so that the pages need no script to show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

OUTLINES = Path(__file__).parent / "static" / "outlines.json"
_WIDTH = 640
_INK = "#1d5b79"
_ALARM = "#b3541e"


def coverage(rows: pd.DataFrame) -> str:
    """Documents per month and publisher (columns month, publisher, documents)."""
    chart = alt.Chart(rows).mark_bar().encode(
        x=alt.X("month:T", title="published", axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=8)),
        y=alt.Y("documents:Q", title="documents", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color("publisher:N", title="outlet", legend=alt.Legend(orient="bottom", columns=4, symbolLimit=12)),
    )  # fmt: skip
    return _svg(chart.properties(width=_WIDTH, height=180))


def bars(rows: pd.DataFrame, name: str, count: str, *, alarm: bool = False) -> str:
    """Horizontal bars of `count` by `name`, longest first, but what is of no kind last."""
    order = rows.assign(last=rows[name] == "other").sort_values(["last", count, name], ascending=[True, False, True])[name].tolist()
    chart = alt.Chart(rows).mark_bar(color=_ALARM if alarm else _INK).encode(
        y=alt.Y(f"{name}:N", sort=order, title=None), x=alt.X(f"{count}:Q", title=count, axis=alt.Axis(tickMinStep=1, format="d"))
    )  # fmt: skip
    return _svg(chart.properties(width=_WIDTH - 180, height=max(len(rows), 1) * 20))


def event_map(rows: pd.DataFrame) -> str:
    """Events at their places (columns place, latitude, longitude, events) over country outlines, framed to the places."""
    outlines = alt.NamedData(name="outlines", format=alt.TopoDataFormat(type="topojson", feature="countries"))
    land = alt.Chart(outlines).mark_geoshape(fill="#eee8dc", stroke="#b9ae98", strokeWidth=0.6, clip=True)
    points = alt.Chart(rows).mark_circle(color=_ALARM, opacity=0.7, clip=True).encode(
        longitude="longitude:Q", latitude="latitude:Q", size=alt.Size("events:Q", title="events", scale=alt.Scale(range=[30, 600]))
    )  # fmt: skip
    center, scale = _frame(rows)
    layered = alt.layer(land, points).project(type="mercator", center=center, scale=scale, translate=[_WIDTH / 2, 210])
    # Outlines are put in by name after Altair is done: it copies and validates inline data many times over, which takes seconds.
    return _svg(layered.properties(width=_WIDTH, height=420), {"outlines": _outlines()})


def _frame(rows: pd.DataFrame) -> tuple[list[float], float]:
    """The projection's centre and scale that show every place with a margin."""
    if rows.empty:
        return [40.0, 30.0], 400.0
    west, east = float(rows["longitude"].min()), float(rows["longitude"].max())
    south, north = float(rows["latitude"].min()), float(rows["latitude"].max())
    degrees = max(east - west, (north - south) * 2.2, 4.0) * 1.25
    return [(west + east) / 2, (south + north) / 2], _WIDTH / degrees * 57.3


@cache
def _outlines() -> Any:
    return json.loads(OUTLINES.read_text(encoding="utf-8"))


def _svg(chart: Any, named: Mapping[str, Any] | None = None) -> str:
    styled = chart.configure_view(stroke=None).configure_axis(labelFont="sans-serif", titleFont="sans-serif")
    with alt.data_transformers.enable("default", max_rows=None):
        spec = styled.to_dict()
    return str(vl_convert.vegalite_to_svg({**spec, "datasets": {**spec.get("datasets", {}), **(named or {})}}))
