"""The published warehouse: one DuckDB file built from a snapshot, audited, and swapped in by a symlink.

Readers open it read-only; nobody ever opens a published file for writing, because DuckDB's writer locks all readers out. One publish runs
at a time, under an OS file lock. What the tables mean is the contracts' affair, what the marts compute is sql/marts'.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.errors import UserError
from pipeline.schema import TABLES
from pipeline.schema.contract import Table
from pipeline.storage import generations, sql
from pipeline.storage.files import TEMPORARY, sync, sync_folder, temporary
from pipeline.storage.generations import Snapshot
from pipeline.storage.home import Home

KEPT = 5
# Tables that stages hand to each other and nobody queries.
INTERNAL = frozenset({"restoration_doubts", "text_flags"})
_SHOWN_ROWS = 5
_DAY_SECONDS = 86_400
# What search looks at, beside the text itself.
_SEARCH_TEXT = "The sentence as search sees it, by fold_arabic: alef, hamza, ya and ta marbuta in one form, no marks, no tatweel, Latin digits."
# Raised when what publishing itself does changes, so that the next publish is no no-op.
_LAYOUT = 3
# Analysts' shells and notebooks are older than our DuckDB: the file is written so that this version and later ones read it.
_READABLE_SINCE = "v1.3.0"
_PUBLISH_COLUMNS = {
    "publish_id": "Id of this publish; the warehouse file is named after it.",
    "run_id": "Dagster run that published.",
    "published_at": "When (UTC).",
    "code_version": "Version of Tarmim's code.",
    "input_fingerprint": "Hash of all that went in: generations, dictionaries, SQL. Equal inputs are not published twice.",
    "row_counts": "Rows of each table.",
    "batches": "Batches that are in, with the generation of each stage.",
    "left_out": "Batches that are not in, or only in an older state, and why.",
    "waiting_sources": "Rows of document_sources whose document belongs to a batch that is left out; they appear with it.",
}


class NoWarehouse(UserError, FileNotFoundError):  # noqa: N818
    """Nothing has been published in this home yet."""


class AuditFailed(RuntimeError):  # noqa: N818
    """A check of sql/checks found rows at fault; the warehouse published before stays. The message names check and rows."""

    def __init__(self, failures: list[CheckFailure]) -> None:
        self.failures = failures
        super().__init__("; ".join(str(failure) for failure in failures))


@dataclass(frozen=True)
class CheckFailure:
    """A check, how many rows are at fault, and the first of them."""

    check: str
    description: str
    rows: int
    sample: list[dict[str, Any]]

    def __str__(self) -> str:
        return f"check {self.check} ({self.description}) found {self.rows} rows, first: {self.sample}"


@dataclass(frozen=True)
class Published:
    """What a publish came to. `changed` is False when the warehouse already held exactly this."""

    publish_id: str
    path: Path
    changed: bool
    rows: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[generations.LeftOut, ...] = ()


def publish(
    home: Home,
    dictionaries: Mapping[str, pa.Table],
    code_version: str,
    run_id: str,
    snapshot: Snapshot | None = None,
    *,
    sql_folder: Path = sql.SQL,
    memory_limit: str = "4GB",
    wait_seconds: float = -1,
) -> Published:
    """Build, audit and publish the warehouse; readers see the old one until the new one is whole.

    `dictionaries` are the tables that belong to no batch (places, actors, media, event_kinds). `snapshot` says which batches there
    are; their state is looked at again when the lock is ours, because others may have published a newer one meanwhile. The same
    inputs as the current warehouse's are a no-op. `wait_seconds` for another publish (-1: for ever), then filelock.Timeout.

    Raises AuditFailed when a check finds rows at fault; the old warehouse stays.
    """
    with home.lock("publish", wait_seconds):
        _sweep(home)
        taken = generations.snapshot(home, None if snapshot is None else snapshot.known())
        job = _Job(home, taken, dictionaries, code_version, run_id, sql_folder, memory_limit)
        existing = _current_publish(home)
        if existing and existing["input_fingerprint"] == job.fingerprint:
            return Published(existing["publish_id"], home.warehouse.resolve(), False, json.loads(existing["row_counts"]), taken.left_out)
        published = job.run()
        _forget_old(home)
        generations.collect_garbage(home)
        return published


def is_current(home: Home, dictionaries: Mapping[str, pa.Table], code_version: str, known_batches: list[str], sql_folder: Path = sql.SQL) -> bool:
    """Whether the warehouse already holds all that `publish` would put in; takes no lock and changes nothing."""
    existing = _current_publish(home)
    taken = generations.snapshot(home, known_batches)
    job = _Job(home, taken, dictionaries, code_version, "", sql_folder, "1GB")
    return existing is not None and existing["input_fingerprint"] == job.fingerprint


@contextmanager
def connect(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the current warehouse; it keeps its version while later ones are published.

    Raises NoWarehouse when there is none.
    """
    connection = open_warehouse(home)
    try:
        yield connection
    finally:
        connection.close()


def open_warehouse(home: Home) -> duckdb.DuckDBPyConnection:
    """Like `connect`, for callers that close the connection themselves."""
    for _ in range(KEPT):
        target = home.warehouse.resolve()
        if not target.exists():
            break
        try:
            return duckdb.connect(str(target), read_only=True, config=_config(home))
        except duckdb.IOException:
            # Five publishes came between resolving and opening: look again.
            if target.exists():
                raise
    raise NoWarehouse(f"{home.root} has no published warehouse yet; run `tarmim run` first")


def _config(home: Home) -> dict[str, str | bool | int | float | list[str]]:
    """Nothing is fetched from the network, and what does not fit into memory stays inside the home."""
    return {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "temp_directory": str(home.tmp)}


def in_memory(tables: Mapping[str, pa.Table], folder: Path = sql.SQL) -> duckdb.DuckDBPyConnection:
    """Every table, mart and macro of the warehouse over these rows, in memory; tables not given are empty.

    For tests of marts, for the data dictionary, and for trying SQL out. Raises SqlError for a fault in a file of `folder`.
    """
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    for name in (name for name in TABLES if name not in INTERNAL):
        _create(connection, name, tables.get(name), [])
    _create_derived(connection, sql.marts(folder / "marts"), sql.macros(folder / "macros"))
    return connection


class _Job:
    """One publish: builds the file under a temporary name and swaps it in."""

    def __init__(
        self, home: Home, taken: Snapshot, dictionaries: Mapping[str, pa.Table], code_version: str, run_id: str, folder: Path, memory: str
    ) -> None:
        self._home, self._snapshot, self._dictionaries = home, taken, dictionaries
        self._code_version, self._run_id, self._memory = code_version, run_id, memory
        self._marts, self._checks, self._macros = sql.marts(folder / "marts"), sql.checks(folder / "checks"), sql.macros(folder / "macros")
        self.fingerprint = self._fingerprint()
        self._published_at = datetime.now(UTC)
        self._id = f"{self._published_at:%Y%m%dT%H%M%S%f}-{self.fingerprint[:8]}"

    def _fingerprint(self) -> str:
        parts = [
            str(_LAYOUT), self._code_version, self._snapshot.fingerprint(), sql.fingerprint(self._marts), sql.fingerprint(self._checks),
            sql.fingerprint(self._macros),
            *(f"{name} {_content_hash(table)}" for name, table in sorted(self._dictionaries.items())),
            *(repr(table) for table in TABLES.values()),
        ]  # fmt: skip
        return sha256("\0".join(parts).encode()).hexdigest()

    def run(self) -> Published:
        draft = temporary(self._home.root, ".duckdb")
        try:
            with duckdb.connect(
                str(draft), config={**_config(self._home), "memory_limit": self._memory, "storage_compatibility_version": _READABLE_SINCE}
            ) as connection:
                connection.execute("BEGIN")  # one write to disk instead of one for each comment
                rows = self._build(connection)
                self._export(connection)
                connection.execute("COMMIT")
                connection.execute("CHECKPOINT")
            path = self._swap_in(draft)
        finally:
            draft.unlink(missing_ok=True)
            draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
        return Published(self._id, path, True, rows, self._snapshot.left_out)

    def _build(self, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
        files = self._snapshot.files(self._home)
        names = [name for name in TABLES if name not in INTERNAL]
        for name in names:
            _create(connection, name, self._dictionaries.get(name), files.get(name, []))
        waiting = _settle_sources(connection)
        _create_derived(connection, self._marts, self._macros)
        rows = {name: _count(connection, name) for name in [*names, *(m.name for m in self._marts)]}
        self._write_publish(connection, rows, waiting)
        self._audit(connection)
        return rows

    def _write_publish(self, connection: duckdb.DuckDBPyConnection, rows: dict[str, int], waiting: int) -> None:
        batches = {batch: {stage: g.id for stage, g in stages.items()} for batch, stages in sorted(self._snapshot.batches.items())}
        left_out = [{"batch": o.batch, "reason": o.reason, "older_state_kept": o.kept} for o in self._snapshot.left_out]
        connection.execute(
            "CREATE TABLE _publish (publish_id VARCHAR, run_id VARCHAR, published_at TIMESTAMPTZ, code_version VARCHAR, "
            "input_fingerprint VARCHAR, row_counts JSON, batches JSON, left_out JSON, waiting_sources BIGINT)"
        )
        connection.execute(
            "INSERT INTO _publish VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                self._id, self._run_id, self._published_at, self._code_version, self.fingerprint, json.dumps(rows), json.dumps(batches),
                json.dumps(left_out, ensure_ascii=False), waiting,
            ],
        )  # fmt: skip
        _comment(connection, "_publish", "One row: what this warehouse was made of.", _PUBLISH_COLUMNS)

    def _audit(self, connection: duckdb.DuckDBPyConnection) -> None:
        failures = [failure for check in self._checks if (failure := _failure(connection, check))]
        if failures:
            raise AuditFailed(failures)

    def _export(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The marts as Parquet, in a folder of this publish."""
        folder = self._home.tables / "marts" / self._id
        folder.mkdir(parents=True)
        for mart in self._marts:
            target = str(folder / f"{mart.name}.parquet").replace("'", "''")
            connection.execute(f"COPY {_quoted(mart.name)} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

    def _swap_in(self, draft: Path) -> Path:
        """Readers find the new file from the moment the symlink is replaced."""
        target = self._home.root / f"warehouse-{self._id}.duckdb"
        draft.chmod(0o444)
        sync(draft)
        draft.rename(target)
        link = temporary(self._home.root)
        link.symlink_to(target.name)
        link.replace(self._home.warehouse)
        sync_folder(self._home.root)
        return target


def _create(connection: duckdb.DuckDBPyConnection, name: str, dictionary: pa.Table | None, files: list[Path]) -> None:
    """A contract's table: its columns first and in order, columns beyond it behind them."""
    contract = TABLES[name]
    connection.register("_contract", contract.empty())
    parts = ["SELECT * FROM _contract"]
    if dictionary is not None:
        connection.register("_dictionary", dictionary)
        parts.append("SELECT * FROM _dictionary")
    if files:
        listed = ", ".join(_literal(path) for path in files)
        parts.append(f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)")
    connection.execute(f"CREATE TABLE {_quoted(name)} AS {' UNION ALL BY NAME '.join(parts)}")
    connection.unregister("_contract")
    connection.unregister("_dictionary")
    _comment(connection, name, _table_description(contract), {column.name: column.description for column in contract.columns})


def _table_description(contract: Table) -> str:
    return f"{contract.grain[:1].upper()}{contract.grain[1:]}. {contract.description}{_relations(contract)}"


def _relations(table: Table | sql.Query) -> str:
    key = f" Key: {', '.join(table.key)}." if table.key else ""
    joins = "; ".join(f"{column} = {target}" for column, target in table.references.items())
    return f"{key} Joins: {joins}." if joins else key


def _create_derived(connection: duckdb.DuckDBPyConnection, marts: list[sql.Query], macros: list[sql.Query]) -> None:
    """Marts use the macros that give values; macros that give tables read the marts."""
    _create_macros(connection, [m for m in macros if not m.returns_table])
    _add_search_text(connection)
    for mart in marts:
        _create_mart(connection, mart)
    _create_macros(connection, [m for m in macros if m.returns_table])


def _create_macros(connection: duckdb.DuckDBPyConnection, macros: Iterable[sql.Query]) -> None:
    for macro in macros:
        try:
            connection.execute(macro.text)
        except duckdb.Error as error:
            raise sql.SqlError(f"sql/macros/{macro.path.name}: {error}") from error
        kind = "MACRO TABLE" if macro.returns_table else "MACRO"
        parameters = " ".join(f"{name}: {told}" for name, told in macro.columns.items())
        connection.execute(f"COMMENT ON {kind} {_quoted(macro.name)} IS {_literal(f'{macro.description} {parameters}'.strip())}")


def _add_search_text(connection: duckdb.DuckDBPyConnection) -> None:
    """A column of the published sentences only: stages neither make it nor read it."""
    if not connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = 'fold_arabic'").fetchall():
        return
    connection.execute("ALTER TABLE sentences ADD COLUMN search_text VARCHAR")
    connection.execute("UPDATE sentences SET search_text = fold_arabic(text)")
    _comment(connection, "sentences", _table_description(TABLES["sentences"]), {"search_text": _SEARCH_TEXT})


def _settle_sources(connection: duckdb.DuckDBPyConnection) -> int:
    """What one batch cannot know: which version of a source is the newest of all. The number of rows that wait for their document.

    A source row can stand in a later batch than its document; while the document's batch is left out, the row waits too. A refusal that
    was repeated under other settings counts once.
    """
    connection.execute(
        "UPDATE document_sources SET is_current = false "
        "FROM (SELECT source_uri, max(first_seen_at) AS newest FROM document_sources GROUP BY 1) AS l "
        "WHERE l.source_uri = document_sources.source_uri AND document_sources.first_seen_at < l.newest"
    )
    connection.execute(
        "DELETE FROM rejected_files USING (SELECT source_uri, sha256, max(rejected_at) AS newest FROM rejected_files GROUP BY 1, 2) AS l "
        "WHERE l.source_uri = rejected_files.source_uri AND l.sha256 IS NOT DISTINCT FROM rejected_files.sha256 "
        "AND rejected_files.rejected_at < l.newest"
    )
    orphans = "doc_id NOT IN (SELECT doc_id FROM documents)"
    row = connection.execute(f"SELECT count(*) FROM document_sources WHERE {orphans}").fetchone()
    connection.execute(f"DELETE FROM document_sources WHERE {orphans}")
    return int(row[0]) if row else 0


def _create_mart(connection: duckdb.DuckDBPyConnection, mart: sql.Query) -> None:
    try:
        connection.execute(f"CREATE TABLE {_quoted(mart.name)} AS {mart.text}")
    except duckdb.Error as error:
        raise sql.SqlError(f"sql/marts/{mart.path.name}: {error}") from error
    columns = connection.execute(f"DESCRIBE {_quoted(mart.name)}").fetchall()
    huge = [name for name, kind, *_ in columns if "HUGEINT" in kind]
    if huge:
        raise sql.SqlError(f"sql/marts/{mart.path.name}: {', '.join(huge)} are HUGEINT, which Parquet stores as double; cast to BIGINT")
    silent = [name for name, *_ in columns if name not in mart.columns]
    unknown = mart.columns.keys() - {name for name, *_ in columns}
    if silent or unknown:
        raise sql.SqlError(f"sql/marts/{mart.path.name}: columns without `-- @column:` {silent}, described but absent {sorted(unknown)}")
    _comment(connection, mart.name, f"{mart.description}{_relations(mart)}", mart.columns)


def _failure(connection: duckdb.DuckDBPyConnection, check: sql.Query) -> CheckFailure | None:
    try:
        found = connection.execute(f"SELECT *, count(*) OVER () AS _rows FROM ({check.text}) LIMIT {_SHOWN_ROWS}")
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        raise sql.SqlError(f"sql/checks/{check.path.name}: {error}") from error
    if not rows:
        return None
    count = int(rows[0]["_rows"])
    return CheckFailure(check.name, check.description, count, [{k: v for k, v in row.items() if k != "_rows"} for row in rows])


def _comment(connection: duckdb.DuckDBPyConnection, table: str, description: str, columns: Mapping[str, str]) -> None:
    connection.execute(f"COMMENT ON TABLE {_quoted(table)} IS {_literal(description)}")
    present = {row[0] for row in connection.execute(f"DESCRIBE {_quoted(table)}").fetchall()}
    for name, text in columns.items():
        if name in present:
            connection.execute(f"COMMENT ON COLUMN {_quoted(table)}.{_quoted(name)} IS {_literal(text)}")


def _current_publish(home: Home) -> dict[str, Any] | None:
    """The row of `_publish`, if a warehouse is there and whole."""
    try:
        with connect(home) as connection:
            found = connection.execute("SELECT publish_id, input_fingerprint, row_counts::VARCHAR AS row_counts FROM _publish")
            row = found.fetchone()
    except (NoWarehouse, duckdb.Error):
        return None
    return None if row is None else dict(zip(("publish_id", "input_fingerprint", "row_counts"), row, strict=True))


def _sweep(home: Home) -> None:
    """Remove what a killed publish left (only under the publish lock), and scratch files that nobody can still be writing.

    A log beside a published file comes from somebody who opened it for writing and was killed: replayed, it would spoil the next one.
    """
    for path in (*home.root.glob(f"{TEMPORARY}*"), *home.root.glob("warehouse*.wal")):
        if path.is_file() or path.is_symlink():
            path.unlink(missing_ok=True)
    for path in home.tmp.glob(f"{TEMPORARY}*"):
        if time.time() - path.stat().st_mtime > _DAY_SECONDS:
            path.unlink(missing_ok=True)


def _forget_old(home: Home) -> None:
    """Keep the newest files and their marts; a reader that has an older one open keeps it until it closes."""
    current = home.warehouse.resolve()
    for path in sorted(home.root.glob("warehouse-*.duckdb"))[:-KEPT]:
        if path != current:
            path.unlink(missing_ok=True)
    alive = {path.stem.removeprefix("warehouse-") for path in home.root.glob("warehouse-*.duckdb")}
    for folder in (home.tables / "marts").glob("*"):
        if folder.name not in alive:
            shutil.rmtree(folder, ignore_errors=True)


def _content_hash(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        for block in table.combine_chunks().to_batches():
            writer.write_batch(block)
    return sha256(sink.getvalue()).hexdigest()


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    return int(row[0]) if row else 0


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str | Path) -> str:
    return "'" + str(value).replace("'", "''") + "'"
