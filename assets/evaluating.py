"""`tarmim evaluate` for a person: the scores as tables."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.evaluation.run import Report


def show_report(report: Report, *, examples: bool) -> None:
    """Print the scores by variant, and with `examples` each miss."""
    console = Console(width=160)
    for part, scores in report.as_dict().items():
        if scores and part != "reliability":
            console.print(_table(part, {k: _flat(v) for k, v in scores.items()}))
    pooled = {"all variants": report.pooled()} if len(report.restoration) > 1 else {}
    for variant, score in (report.restoration | pooled).items():
        rows = {f"{r['kind']} {r['from']:.2f}–{r['to']:.2f}": {k: r[k] for k in ("count", "claimed", "right")} for r in score.reliability()}
        if rows:
            console.print(_table(f"confidence, {variant}: claimed against right", rows))
    if examples:
        for group in (report.restoration, report.flags, report.extraction):
            for variant, missed in group.items():
                for line in getattr(missed, "examples", None) or getattr(missed, "misses", []):
                    console.print(escape(f"{variant}: {line}"))


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            short = {"precision": "P", "recall": "R", "f1": "F1"}
            flat |= {f"{name} {short[k]}": v for k, v in value.items() if k in short}
        elif not isinstance(value, list):
            flat[name] = value
    return flat


def _table(title: str, rows: dict[str, dict[str, Any]]) -> Table:
    """Measures down, variants across when the measures are many; else a row a name."""
    columns = list(dict.fromkeys(c for row in rows.values() for c in row))
    shown = Table(title=title, title_justify="left")
    if len(columns) > 6:
        shown.add_column("measure")
        for name in rows:
            shown.add_column(name, justify="right")
        for column in columns:
            shown.add_row(column, *(_number(row.get(column)) for row in rows.values()))
    else:
        shown.add_column("")
        for column in columns:
            shown.add_column(column, justify="right")
        for name, row in rows.items():
            shown.add_row(name, *(_number(row.get(c)) for c in columns))
    return shown


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
