"""Generations: what a stage made of a batch, as Parquet files that become current by one atomic write of the batch's manifest.

tables/<batch>/manifest.json names the current generation of each stage and the last set of generations that were complete and derived
from each other. Readers follow manifests, never folders, so a half-written or failed generation is never seen.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import TABLES, ContractError
from pipeline.storage.files import TEMPORARY, sync, sync_folder, temporary, write_atomic
from pipeline.storage.home import Home

# The stages a batch must have been through to be published, in order.
STAGES = ("ingest", "restore", "flag", "extract", "judge")
# What is computed over all batches together (producer profiles) is kept as a batch of this name; it is published as soon as it is there.
CORPUS = "corpus"
_ROWS = 16_384
_GRACE_SECONDS = 3600
Tables = Mapping[str, pa.Table | pa.RecordBatchReader]


class StorageError(RuntimeError):
    """Something asked for is not there, or not what was expected; the message says what to do."""


@dataclass(frozen=True)
class Generation:
    """One stage's tables for one batch. `id` comes from content, code and ancestry, so that a rerun makes the same one."""

    batch: str
    stage: str
    id: str
    tables: tuple[str, ...]
    rows: Mapping[str, int]
    derived_from: Mapping[str, str]
    code_version: str
    written_at: str

    def folder(self, home: Home) -> Path:
        return home.tables / self.batch / self.stage / self.id

    def file(self, home: Home, table: str) -> Path:
        """The Parquet file of one of its tables; raises StorageError for another."""
        if table not in self.tables:
            raise StorageError(f"stage {self.stage} of {self.batch} has no table {table}; it has {', '.join(self.tables)}")
        return self.folder(home) / f"{table}.parquet"

    def read(self, home: Home, table: str, columns: list[str] | None = None) -> pa.Table:
        """One of its tables, whole or these columns of it."""
        return pq.read_table(self.file(home, table), partitioning=None, columns=columns)

    def blocks(self, home: Home, table: str, rows: int = 512) -> Iterator[pa.RecordBatch]:
        """One of its tables in blocks of at most `rows` rows, so that memory stays bounded."""
        with pq.ParquetFile(self.file(home, table)) as file:
            yield from file.iter_batches(rows)


@dataclass(frozen=True)
class Failure:
    """A stage whose audit failed; the batch kept what it had."""

    stage: str
    reason: str
    failed_at: str


@dataclass(frozen=True)
class BatchState:
    """A batch's manifest: current generations, the last complete set, open failures; each by stage."""

    current: Mapping[str, Generation] = field(default_factory=dict)
    complete: Mapping[str, Generation] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """A batch that is not published in its newest state, and why; `kept` when an older complete state is."""

    batch: str
    reason: str
    kept: bool


@dataclass(frozen=True)
class Snapshot:
    """The generations to publish: for each batch a set that is complete and derived from each other."""

    batches: Mapping[str, Mapping[str, Generation]]
    left_out: tuple[LeftOut, ...]

    def files(self, home: Home) -> dict[str, list[Path]]:
        """Table name to its Parquet files, batches in order."""
        found: dict[str, list[Path]] = {}
        for batch in sorted(self.batches):
            for generation in self.batches[batch].values():
                for table in generation.tables:
                    found.setdefault(table, []).append(generation.file(home, table))
        return found

    def known(self) -> list[str]:
        """All batches it speaks of, left out or not."""
        return sorted({*self.batches, *(o.batch for o in self.left_out)})

    def fingerprint(self) -> str:
        """Hash of all that the snapshot holds and leaves out."""
        held = {batch: {stage: g.id for stage, g in sorted(stages.items())} for batch, stages in sorted(self.batches.items())}
        return _hash([held, sorted((o.batch, o.reason, o.kept) for o in self.left_out)])


def write_generation(home: Home, batch: str, stage: str, tables: Tables, derived_from: Mapping[str, str], code_version: str) -> str:
    """Write a stage's tables and make them current for the batch; the generation's id.

    `derived_from` maps each stage that was read to the id of the generation that was read. Audit before calling: from here on
    the tables count. The files are complete and on disk before the one atomic write that makes them current.

    Raises ContractError when a table breaks its contract; then nothing has changed.
    """
    draft = _draft(home, batch, stage, tables)
    try:
        rows = {name: pq.read_metadata(draft / f"{name}.parquet").num_rows for name in tables}
        content = {name: _file_hash(draft / f"{name}.parquet") for name in sorted(tables)}
        generation = Generation(
            batch, stage, _hash([batch, stage, code_version, dict(derived_from), content])[:16], tuple(sorted(tables)), rows,
            dict(derived_from), code_version, _now(),
        )  # fmt: skip
        with _changing(home, batch) as state:
            _put(draft, generation.folder(home))
            current = {**state.current, stage: generation}
            complete = current if _is_consistent(current) else state.complete
            failures = {name: failure for name, failure in state.failures.items() if name != stage}
            _write_state(home, batch, BatchState(current, complete, failures))
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return generation.id


def current(home: Home, batch: str, stage: str) -> Generation | None:
    """The stage's current generation for the batch."""
    return batch_state(home, batch).current.get(stage)


def need(home: Home, batch: str, stage: str) -> Generation:
    """The stage's current generation for the batch; raises StorageError when the stage has not run."""
    generation = current(home, batch, stage)
    if generation is None:
        raise StorageError(f"stage {stage} has made nothing of {batch} yet; run it first")
    return generation


def read_table(home: Home, batch: str, table: str) -> pa.Table:
    """A table of the batch from the current generation(s) that hold it; raises StorageError when none does."""
    found = [g for g in batch_state(home, batch).current.values() if table in g.tables]
    if not found:
        raise StorageError(f"no stage has made {table} of {batch} yet; run the stage that does")
    return pa.concat_tables([g.read(home, table) for g in found], promote_options="default")


def read_blocks(home: Home, batch: str, table: str, rows: int = 512) -> Iterator[pa.RecordBatch]:
    """Like `read_table`, in blocks of at most `rows` rows."""
    found = [g for g in batch_state(home, batch).current.values() if table in g.tables]
    if not found:
        raise StorageError(f"no stage has made {table} of {batch} yet; run the stage that does")
    for generation in found:
        yield from generation.blocks(home, table, rows)


def record_failure(home: Home, batch: str, stage: str, reason: str) -> None:
    """Note that the stage's audit failed for the batch. What is current stays; the next good generation of the stage clears it."""
    with _changing(home, batch) as state:
        failure = Failure(stage, reason, _now())
        _write_state(home, batch, replace(state, failures={**state.failures, stage: failure}))


def batch_state(home: Home, batch: str) -> BatchState:
    """The batch's manifest; an empty one when nothing was written."""
    try:
        values = json.loads((home.tables / batch / "manifest.json").read_bytes())
    except FileNotFoundError:
        return BatchState()
    return BatchState(
        current={stage: _generation(g) for stage, g in values["current"].items()},
        complete={stage: _generation(g) for stage, g in values["complete"].items()},
        failures={stage: Failure(**f) for stage, f in values["failures"].items()},
    )


def snapshot(home: Home, known_batches: list[str] | None = None) -> Snapshot:
    """What can be published now: each batch's newest complete set.

    A batch whose stages no longer derive from each other keeps its last complete set, or is left out, with the reason. Batches
    of `known_batches` (those of the ledger) that have no tables yet are listed as left out too.
    """
    batches: dict[str, Mapping[str, Generation]] = {}
    left_out: list[LeftOut] = []
    for batch in sorted({*_batches(home), *(known_batches or ())}):
        state = batch_state(home, batch)
        if batch == CORPUS:
            batches[batch] = state.current
            continue
        whole = _is_consistent(state.current)
        chosen = _published(state.current if whole else state.complete)
        if chosen:
            batches[batch] = chosen
        if not whole or state.failures:
            left_out.append(LeftOut(batch, _reason(state), kept=bool(chosen)))
    return Snapshot(batches, tuple(left_out))


def is_complete(home: Home, batch: str) -> bool:
    """Whether all stages of the batch are done and derive from each other."""
    return _is_consistent(batch_state(home, batch).current)


def collect_garbage(home: Home, grace_seconds: float = _GRACE_SECONDS) -> int:
    """Remove generations that no manifest names, once they are older than `grace_seconds` (someone may still read them); their number."""
    removed = 0
    for batch in _batches(home):
        with _changing(home, batch) as state:
            named = {g.folder(home) for g in (*state.current.values(), *state.complete.values())}
            for folder in (home.tables / batch).glob("*/*"):
                stale = folder.name.startswith(TEMPORARY) or folder not in named
                if folder.is_dir() and stale and time.time() - folder.stat().st_mtime > grace_seconds:
                    _discard(folder)
                    removed += 1
    return removed


def _published(generations: Mapping[str, Generation]) -> dict[str, Generation]:
    """Those of the stages that exist today; a home may hold generations of stages that a former version had."""
    return {stage: generations[stage] for stage in STAGES if stage in generations}


def _discard(folder: Path) -> None:
    """Under another name first: killed half way, a folder must not look like a generation that a rerun may adopt."""
    doomed = temporary(folder.parent)
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _is_consistent(generations: Mapping[str, Generation]) -> bool:
    """All stages are there and each was made from the others as they are."""
    return all(stage in generations for stage in STAGES) and not _broken_links(_published(generations))


def _broken_links(generations: Mapping[str, Generation]) -> list[str]:
    return [
        f"{stage} was made from an older {parent}"
        for stage, generation in generations.items()
        for parent, wanted in generation.derived_from.items()
        if parent in generations and generations[parent].id != wanted
    ]


def _reason(state: BatchState) -> str:
    if state.failures:
        return "; ".join(f"{f.stage} failed: {f.reason}" for f in state.failures.values())
    missing = [stage for stage in STAGES if stage not in state.current]
    if missing:
        return f"not run yet: {', '.join(missing)}"
    return "; ".join(_broken_links(state.current))


def _draft(home: Home, batch: str, stage: str, tables: Tables) -> Path:
    """The tables as Parquet files in a temporary folder, each on disk."""
    parent = home.tables / batch / stage
    parent.mkdir(parents=True, exist_ok=True)
    draft = temporary(parent)
    draft.mkdir()
    try:
        for name, table in tables.items():
            _write_table(draft / f"{name}.parquet", name, table)
        sync_folder(draft)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return draft


def _write_table(path: Path, name: str, table: pa.Table | pa.RecordBatchReader) -> None:
    _audit(name, table)
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        if isinstance(table, pa.Table):
            writer.write_table(table, row_group_size=_ROWS)
        else:
            for block in table:
                writer.write_batch(block)
    sync(path)


def _audit(name: str, table: pa.Table | pa.RecordBatchReader) -> None:
    """Raise ContractError when the table is not what its contract says; of a stream only the columns can be known."""
    contract = TABLES.get(name)
    if contract is None:
        raise ContractError(f"{name} is in no contract; add it to pipeline/schema/tables.py")
    known = table if isinstance(table, pa.Table) else table.schema.empty_table()
    faults = contract.violations(known)
    if faults:
        raise ContractError("; ".join(faults))


def _put(draft: Path, target: Path) -> None:
    """Move the draft to its place; a folder of this id already holds the same content."""
    if target.exists():
        return
    draft.rename(target)
    sync_folder(target.parent)


@contextmanager
def _changing(home: Home, batch: str) -> Iterator[BatchState]:
    """The batch's manifest, nobody else changing it."""
    (home.tables / batch).mkdir(parents=True, exist_ok=True)
    with home.lock(f"tables-{batch}"):
        yield batch_state(home, batch)


def _write_state(home: Home, batch: str, state: BatchState) -> None:
    values = {
        "current": {stage: asdict(g) for stage, g in state.current.items()},
        "complete": {stage: asdict(g) for stage, g in state.complete.items()},
        "failures": {stage: asdict(f) for stage, f in state.failures.items()},
    }
    write_atomic(home.tables / batch / "manifest.json", json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8"))


def _generation(values: dict[str, Any]) -> Generation:
    return Generation(**{**values, "tables": tuple(values["tables"])})


def _batches(home: Home) -> list[str]:
    return sorted(path.parent.name for path in home.tables.glob("*/manifest.json"))


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def _hash(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
