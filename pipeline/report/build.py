"""Builds the pages from a published warehouse into a folder that is swapped in whole."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report import charts
from pipeline.report.annotated import visible
from pipeline.report.reader import LEGEND, anchor, annotate, line_pairs, span
from pipeline.storage.files import temporary
from pipeline.storage.home import Home

_HERE = Path(__file__).parent
_FACTS = ("quantities", "times", "mentions", "claims", "events")
_BLOCK = 100
_ALARMING = ("stripped_number", "duplicated_word")
# A telling without a place has no claims beside it to show; its document's page has it.
_CLUSTERS = "(SELECT * FROM event_clusters WHERE place IS NOT NULL)"
_AGREEMENT = {
    "none told": "Nobody gives a number of killed.", "single": "One voice gives the number killed.",
    "agree": "All who give a number of killed agree.", "differ": "The numbers of killed differ.",
}  # fmt: skip
# Columns that hold words of the text, and what an empty cell of the others means.
_ARABIC = frozenset({"text", "trigger", "unit"})
_EMPTY = {"agents": "not told", "patients": "not told", "relay": "–", "unit": "–", "source": "the text itself"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """Where the report is and how many pages it has."""

    path: Path
    pages: int


def build_report(home: Home, connection: duckdb.DuckDBPyConnection) -> Report:
    """Build all pages from the warehouse behind `connection` and swap them in as <home>/report; the last one before stays.

    Readers see the old report until the new one is whole.
    """
    pages = _Pages(connection)
    draft = temporary(home.root)
    draft.mkdir()
    try:
        shutil.copytree(_HERE / "static", draft / "static", ignore=shutil.ignore_patterns("*.json"))
        count = sum(1 for _ in pages.write(draft))
        target = home.root / f"report-{pages.publish_id}"
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    link = temporary(home.root)
    link.symlink_to(target.name)
    link.replace(home.root / "report")
    for old in sorted(home.root.glob("report-*"))[:-2]:
        shutil.rmtree(old, ignore_errors=True)
    return Report(home.root / "report" / "index.html", count)


class _Pages:
    """The pages of one warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        told = self._rows("SELECT publish_id, strftime(published_at, '%Y-%m-%d %H:%M UTC') AS published_at FROM _publish")[0]
        self.publish_id = told["publish_id"]
        self._environment = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        # A page opened from disk has no host; `file:` is its own origin.
        self._environment.globals.update(
            origin="'self' file:",
            published_at=told["published_at"],
            documents_total=self._rows("SELECT count(*) AS n FROM documents")[0]["n"],
            visible=visible,
        )

    def write(self, folder: Path) -> Iterator[Path]:
        """Write every page below `folder`, telling each."""
        for name in ("charts", "documents", "events"):
            (folder / name).mkdir()
        self._draw(folder / "charts")
        yield self._page(folder / "index.html", "overview.html", "", **self._overview())
        yield self._page(folder / "documents.html", "list.html", "", **self._contents())
        yield self._page(folder / "events.html", "list.html", "", **self._clusters())
        for row in self._documents():
            yield self._page(folder / "documents" / f"{row['document']['doc_id']}.html", "document.html", "../", **row)
        for row in self._events():
            yield self._page(folder / "events" / f"{row.pop('cluster_id')}.html", "event.html", "../", **row)

    def _page(self, path: Path, template: str, root: str, **values: Any) -> Path:
        path.write_text(self._environment.get_template(template).render(root=root, **values), encoding="utf-8")
        return path

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        found = self._connection.sql(sql, params=list(parameters))
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def _draw(self, folder: Path) -> None:
        flags = self._connection.sql("SELECT kind, count(*) AS doubts FROM quality_flags GROUP BY kind").df()
        kinds = self._connection.sql("SELECT kind, count(*) AS events FROM events GROUP BY kind").df()
        places = self._connection.sql(
            "SELECT place, any_value(latitude) AS latitude, any_value(longitude) AS longitude, count(*) AS events "
            "FROM events WHERE latitude IS NOT NULL GROUP BY place"
        ).df()
        months = self._connection.sql(
            "SELECT strftime(date_trunc('month', published_at), '%Y-%m-%d') AS month, coalesce(publisher, 'unknown') AS publisher, "
            "count(*) AS documents FROM documents WHERE published_at IS NOT NULL GROUP BY ALL"
        ).df()
        for name, svg in (
            ("flags", charts.bars(flags, "kind", "doubts", alarm=True)),
            ("kinds", charts.bars(kinds, "kind", "events")),
            ("map", charts.event_map(places)),
            ("coverage", charts.coverage(months)),
        ):
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")

    def _overview(self) -> Row:
        flags = {r["kind"]: r["n"] for r in self._rows("SELECT kind, count(*) AS n FROM quality_flags GROUP BY kind")}
        kinds = [*_ALARMING, *(k for k in sorted(flags) if k not in _ALARMING)]
        return {
            "tiles": [{"name": k.replace("_", " "), "count": flags.get(k, 0), "alarm": k in _ALARMING} for k in kinds],
            "worst": self._rows(
                "SELECT doc_id, title, stripped_number_flags AS stripped, duplicated_word_flags AS doubled, score "
                "FROM document_quality JOIN documents USING (doc_id) WHERE score < 0.995 ORDER BY score, doc_id LIMIT 10"
            ),
            "places": self._rows("SELECT place, count(*) AS events FROM events WHERE place IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12"),
            "sources": self._rows(
                "SELECT source, count(*) AS claims, count(*) FILTER (stance = 'denies') AS denials FROM claims "
                "WHERE source IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12"
            ),
        }

    def _contents(self) -> Row:
        rows = self._rows(
            "SELECT doc_id, coalesce(title, doc_id) AS title, publisher, published_at, score, stripped_number_flags AS stripped, "
            "(SELECT count(*) FROM events e WHERE e.doc_id = d.doc_id) AS events, len(damage) AS damaged "
            "FROM documents d JOIN document_quality USING (doc_id) JOIN restored_documents USING (doc_id) ORDER BY published_at, title"
        )
        return {
            "heading": "Documents",
            "remark": "",
            "columns": ["document", "outlet", "published", "events", "figures missing", "score"],
            "filters": [{"label": "Outlet", "name": "publisher", "choices": _distinct(rows, "publisher")}],
            "rows": [
                {
                    "href": f"documents/{r['doc_id']}.html", "name": r["title"], "data": {"publisher": r["publisher"]},
                    "cells": [r["publisher"], r["published_at"], r["events"], r["stripped"], f"{r['score']:.2f}"],
                }
                for r in rows
            ],
        }  # fmt: skip

    def _clusters(self) -> Row:
        rows = self._rows(f"SELECT * FROM {_CLUSTERS} ORDER BY date_start NULLS LAST, place, kind")
        return {
            "heading": "Events",
            "remark": "Happenings across documents. Those told without a place stand on their documents’ pages.",
            "columns": ["event", "place", "day", "tellings", "killed", "agreement"],
            "filters": [
                {"label": "Kind", "name": "kind", "choices": _distinct(rows, "kind")},
                {"label": "Place", "name": "place", "choices": _distinct(rows, "place")},
            ],
            "rows": [
                {
                    "href": f"events/{r['cluster_id']}.html", "name": _told(r["kind"]), "data": {"kind": r["kind"], "place": r["place"]},
                    "cells": [r["place"], r["date_start"], r["events"], _killed(r), r["killed_agreement"]],
                }
                for r in rows
            ],
        }  # fmt: skip

    def _documents(self) -> Iterator[Row]:
        ids = [r["doc_id"] for r in self._rows("SELECT doc_id FROM documents ORDER BY doc_id")]
        for start in range(0, len(ids), _BLOCK):
            block = ids[start : start + _BLOCK]
            tables = {name: self._of(name, block) for name in ("restored_documents", "restorations", "quality_flags", "document_quality", *_FACTS)}
            for document in self._rows(
                "SELECT doc_id, title, publisher, published_at, text FROM documents WHERE doc_id IN (SELECT unnest(?)) ORDER BY 1", [block]
            ):
                yield _document(document, {name: rows[document["doc_id"]] for name, rows in tables.items()})

    def _of(self, table: str, ids: list[str]) -> Mapping[str, list[Row]]:
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._rows(f'SELECT * FROM "{table}" WHERE doc_id IN (SELECT unnest(?))', [ids]):
            groups[row["doc_id"]].append(row)
        return groups

    def _events(self) -> Iterator[Row]:
        members = defaultdict(list)
        figures = self._figures()
        for row in self._rows(
            "SELECT c.cluster_id, e.*, d.publisher, d.published_at, s.text AS sentence FROM "
            f"(SELECT cluster_id, unnest(event_ids) AS event_id FROM {_CLUSTERS}) c JOIN events e USING (event_id) "
            "JOIN documents d ON d.doc_id = e.doc_id LEFT JOIN sentences s ON s.sentence_id = e.sentence_id ORDER BY d.published_at, e.event_id"
        ):
            members[row["cluster_id"]].append({**row, "anchor": anchor(row["event_id"]), "figures": figures[row["event_id"]]})
        for cluster in self._rows(f"SELECT cluster_id, kind, place, date_start, documents, killed_agreement AS agreement FROM {_CLUSTERS}"):
            day = f", {cluster['date_start']}" if cluster["date_start"] else ""
            yield {
                "cluster_id": cluster["cluster_id"], "heading": f"{_told(cluster['kind'])}: {cluster['place']}{day}",
                "documents": cluster["documents"], "agreement": _AGREEMENT[cluster["agreement"]], "members": members[cluster["cluster_id"]],
            }  # fmt: skip

    def _figures(self) -> Mapping[str, list[str]]:
        """What each event is told with; a number that was lost from the text has no bounds, whatever grammar allows."""
        figures: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows("SELECT first_event_id, figure, low, high, told FROM casualty_claims ORDER BY figure <> 'killed', figure, event_id"):
            amount = span(row["low"], row["high"]) if row["told"] else "(the number is missing from the text)"
            figures[row["first_event_id"]].append(f"{row['figure']} {amount}")
        return figures


def _document(document: Row, rows: Mapping[str, list[Row]]) -> Row:
    restored = rows["restored_documents"][0]
    changes, flags = rows["restorations"], rows["quality_flags"]
    facts = {name: rows[name] for name in _FACTS}
    found = annotate(changes, flags, facts)
    notes = json.dumps({a.anchor: a.note for a in found}, ensure_ascii=False)
    return {
        "document": document,
        "damage": restored["damage"],
        "score": rows["document_quality"][0]["score"],
        "legend": LEGEND,
        "pairs": line_pairs(document["text"], restored, found, changes, flags),
        "tables": _tables(flags, facts),
        # Inside a script element only `</` and `<!--` could end the data; as escapes they are the same JSON.
        "notes": Markup(notes.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")),
    }


def _tables(flags: Iterable[Row], facts: Mapping[str, Sequence[Row]]) -> list[Row]:
    def table(name: str, key: str, rows: Iterable[Row], columns: Sequence[str]) -> Row:
        return {
            "name": name,
            "columns": columns,
            "arabic": _ARABIC,
            "rows": [{"anchor": anchor(r[key]), "cells": [_cell(r[c], c) for c in columns]} for r in sorted(rows, key=lambda r: r["start"])],
        }

    return [
        table("Doubts", "flag_id", flags, ["kind", "text", "explanation"]),
        table("Events", "event_id", facts["events"], ["kind", "trigger", "agents", "patients", "place", "date_start", "status", "source"]),
        table("Claims", "claim_id", facts["claims"], ["source", "relay", "stance", "text"]),
        table("Figures", "quantity_id", facts["quantities"], ["text", "status", "low", "high", "qualifier", "unit", "kind"]),
        table("Names", "mention_id", facts["mentions"], ["text", "type", "canonical_name", "canonical_id"]),
    ]


def _cell(value: Any, column: str) -> str:
    if value is None or value == []:
        return _EMPTY.get(column, "unknown")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _killed(cluster: Row) -> str:
    """Least to greatest number that anyone gives, and whether the greatest is given as open."""
    given = [c for c in cluster["claims"] if c["figure"] == "killed" and c["told"] and c["low"] == cluster["killed_high"]]
    return span(cluster["killed_low"], cluster["killed_high"]) + (" or more" if any(c["high"] is None for c in given) else "")


def _told(kind: str) -> str:
    """A kind of event in words."""
    return "other event" if kind == "other" else kind.replace("_", " ")


def _distinct(rows: Iterable[Row], column: str) -> list[str]:
    return sorted({r[column] for r in rows if r[column] is not None})
