"""The checks of a batch: is so much of it doubtful that somebody should look? Pure functions of the batch's tables.

A heavily damaged batch still publishes, flagged; these checks only warn. Their limits stand in thresholds.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.glyphs import named_glyphs
from pipeline.quality.thresholds import DEFAULT, ShareLimit, load_thresholds

SAMPLE_ROWS = 10
WORST = 5
_WIDTH = 60
_EXPLAINED = 200

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found.

    `severity` is WARN or ERROR (WARN where it passed), `share` the share of `total` units (sentences or documents) that are
    affected, `worst` the documents with the most findings, `sample` a Markdown table of findings, `summary` one sentence.
    """

    name: str
    passed: bool
    severity: str
    affected: int
    total: int
    summary: str
    counts: Mapping[str, int] = field(default_factory=dict)
    worst: tuple[tuple[str, int], ...] = ()
    sample: str = ""

    @property
    def share(self) -> float:
        return self.affected / self.total if self.total else 0.0


Check = Callable[[Tables], CheckResult]


def batch_checks(path: Path = DEFAULT) -> dict[str, Check]:
    """All checks by name, with the limits of a thresholds file.

    Each takes the tables `quality_flags`, `sentences` and `restored_documents` of a batch by name.
    """
    limits = load_thresholds(path)
    checks: dict[str, Check] = {name: partial(_flagged_share, name, limit) for name, limit in limits.checks.items()}
    return checks | {"restoration_confidence": partial(restoration_confidence, path=path)}


def describe(name: str, path: Path = DEFAULT) -> str:
    """What a check looks at and where it warns, in one sentence."""
    limits = load_thresholds(path)
    if name == "restoration_confidence":
        limit = limits.restoration_confidence
        told = f"documents whose restoration is less sure than {limit.below:g}"
        return f"Share of {told}: warns above {limit.warn:.0%}, is an error above {limit.error:.0%}."
    share = limits.checks[name]
    kinds = ", ".join(kind.replace("_", " ") for kind in share.kinds)
    return f"Share of sentences with a flag of kind {kinds}: warns above {share.warn:.0%}, is an error above {share.error:.0%}."


def restoration_confidence(tables: Tables, path: Path = DEFAULT) -> CheckResult:
    """Is the restoration of too many documents unsure?"""
    limit = load_thresholds(path).restoration_confidence
    documents = tables["restored_documents"].select(["doc_id", "confidence", "damage"])
    unsure = documents.filter(pc.less(documents["confidence"], pa.scalar(limit.below))).sort_by(
        [("confidence", "ascending"), ("doc_id", "ascending")]
    )
    affected, total = unsure.num_rows, documents.num_rows
    passed, severity = _verdict(affected, total, limit.min_documents, limit.warn, limit.error)
    rows = unsure.slice(0, SAMPLE_ROWS).to_pylist()
    sample = _markdown(["document", "confidence", "damage"], [[r["doc_id"], f"{r['confidence']:.3f}", ", ".join(r["damage"])] for r in rows])
    return CheckResult(
        "restoration_confidence", passed, severity, affected, total,
        f"{affected} of {total} documents have a restoration less sure than {limit.below:g}.",
        {"documents": affected}, tuple((r["doc_id"], 1) for r in rows[:WORST]), sample if rows else "",
    )  # fmt: skip


def _flagged_share(name: str, limit: ShareLimit, tables: Tables) -> CheckResult:
    """Do too many sentences carry a flag of the check's kinds?"""
    flags, total = tables["quality_flags"], tables["sentences"].num_rows
    found = flags.filter(pc.is_in(flags["kind"], pa.array(limit.kinds)))
    affected = pc.count_distinct(found["sentence_id"]).as_py()
    passed, severity = _verdict(affected, total, limit.min_sentences, limit.warn, limit.error)
    counts = {r["kind"]: r["kind_count"] for r in found.group_by("kind").aggregate([("kind", "count")]).to_pylist()}
    told = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in sorted(counts.items())) or "none"
    summary = f"{affected} of {total} sentences are affected ({told})."
    return CheckResult(name, passed, severity, affected, total, summary, counts, _worst(found), _sample(found))


def _verdict(affected: int, total: int, least: int, warn: float, error: float) -> tuple[bool, str]:
    """Passed or not, and how grave; too small a batch is not judged."""
    share = affected / total if total else 0.0
    if total < least or share <= warn:
        return True, "WARN"
    return False, "ERROR" if share > error else "WARN"


def _worst(found: pa.Table) -> tuple[tuple[str, int], ...]:
    """The documents with the most findings."""
    counted = found.group_by("doc_id").aggregate([("kind", "count")]).sort_by([("kind_count", "descending"), ("doc_id", "ascending")])
    return tuple((r["doc_id"], r["kind_count"]) for r in counted.slice(0, WORST).to_pylist())


def _sample(found: pa.Table) -> str:
    """The surest findings as Markdown."""
    rows = (
        found.select(["doc_id", "kind", "text", "explanation", "confidence", "start"])
        .sort_by([("confidence", "descending"), ("doc_id", "ascending"), ("start", "ascending")])
        .slice(0, SAMPLE_ROWS)
        .to_pylist()
    )
    cells = [[r["doc_id"], r["kind"], _cut(r["text"], _WIDTH), _cut(r["explanation"], _EXPLAINED)] for r in rows]
    return _markdown(["document", "kind", "text", "why"], cells) if cells else ""


def _markdown(head: list[str], cells: list[list[str]]) -> str:
    """A table; marks that would break it and private glyphs are written out."""
    lines = [head, ["---"] * len(head), *[[_plain(cell) for cell in row] for row in cells]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plain(cell: str) -> str:
    shown = named_glyphs(cell)
    return " ".join(shown.replace("|", "¦").split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
