"""Values as a person reads them in a table of the terminal."""

from __future__ import annotations

from typing import Any

from rich.markup import escape

from pipeline.glyphs import named_glyphs


def cell(value: Any) -> str:
    """Unknown as a dash, private glyphs by their code points, lists with commas; markup of the terminal is escaped."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        value = ", ".join("–" if v is None else str(v) for v in value)
    return escape(named_glyphs(str(value)))
