"""The stages between ingestion and publication: which tables each reads, which it makes, and what must hold before they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipeline.blocks import Stage as Compute
from pipeline.blocks import run_in_blocks
from pipeline.extract.stage import OUTPUTS as FACT_TABLES
from pipeline.extract.stage import extract_facts
from pipeline.quality.stage import flag_texts, judge_quality
from pipeline.restore.audit import silent_changes
from pipeline.restore.stage import OUTPUTS as RESTORED_TABLES
from pipeline.restore.stage import restore_documents
from pipeline.schema import TABLES

Tables = Mapping[str, pa.Table]
Audit = Callable[[Tables], list[str]]


@dataclass(frozen=True)
class Stage:
    """A pure step over one batch; `sized_by` is the input whose texts decide the blocks, `audit` what blocks publication."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    compute: Compute
    sized_by: str
    audit: tuple[str, Audit] | None = None

    def run(self, inputs: Tables, processes: int | None = None) -> dict[str, pa.Table]:
        """The stage's outputs for a batch's inputs."""
        return run_in_blocks(self.compute, {name: inputs[name] for name in self.inputs}, self.sized_by, processes)


def contract_faults(tables: Tables) -> dict[str, list[str]]:
    """Where each table breaks its contract; empty lists where it keeps it."""
    return {name: TABLES[name].violations(table) for name, table in tables.items()}


def _offsets(tables: Tables) -> list[str]:
    return silent_changes(tables["documents"], tables["restored_documents"], tables["restorations"])


def _fact_spans(tables: Tables) -> list[str]:
    """Facts whose text is not what stands at their offsets."""
    texts = dict(zip(tables["restored_documents"]["doc_id"].to_pylist(), tables["restored_documents"]["text"].to_pylist(), strict=True))
    return [
        f"{name} {row['doc_id']} [{row['start']}, {row['end']}): {row[shown]!r} does not stand there"
        for name in FACT_TABLES
        if name != "extraction_log"
        for shown in ("trigger" if name == "events" else "text",)
        for row in tables[name].select(["doc_id", "start", "end", shown]).to_pylist()
        if texts[row["doc_id"]][row["start"] : row["end"]] != row[shown]
    ]


RESTORE = Stage("restore", ("documents", "producer_profiles", "corrections"), RESTORED_TABLES, restore_documents, "documents", ("offsets", _offsets))
FLAG = Stage("flag", ("documents", "restored_documents", "sentences"), ("text_flags",), flag_texts, "restored_documents")
EXTRACT = Stage(
    "extract",
    ("documents", "restored_documents", "sentences", "restorations", "text_flags"),
    FACT_TABLES,
    extract_facts,
    "restored_documents",
    ("fact_offsets", _fact_spans),
)
JUDGE = Stage(
    "judge",
    (
        "documents", "restored_documents", "restorations", "sentences", "restoration_doubts", "text_flags",
        "mentions", "quantities", "times", "claims", "events",
    ),
    ("quality_flags", "document_quality"),
    judge_quality,
    "restored_documents",
)  # fmt: skip
STAGES = (RESTORE, FLAG, EXTRACT, JUDGE)
