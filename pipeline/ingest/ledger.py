"""The intake ledger: which inputs were seen, which batch each belongs to, and which batch owns each content.

SQLite in raw/, written only under the intake lock; one transaction a batch, so that a process killed at any moment leaves whole
batches and nothing else. The bytes are in raw/ before the ledger speaks of them, and the JSON manifests of batches are written from it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.storage.files import write_atomic
from pipeline.storage.home import Home

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY, created_at TEXT NOT NULL, manifest TEXT NOT NULL
);
-- The last seen state of each input file, so that an unchanged one costs a stat.
CREATE TABLE IF NOT EXISTS files (
    uri TEXT PRIMARY KEY, sha256 TEXT NOT NULL, described TEXT NOT NULL, settings TEXT NOT NULL,
    stat TEXT NOT NULL, settled INTEGER NOT NULL
) WITHOUT ROWID;
-- Every version of every place a text was seen at (or refused at).
CREATE TABLE IF NOT EXISTS sources (
    uri TEXT NOT NULL, batch INTEGER NOT NULL, version TEXT NOT NULL, PRIMARY KEY (uri, batch)
) WITHOUT ROWID;
-- The batch and place that own a content: the first that took it in.
CREATE TABLE IF NOT EXISTS contents (
    doc_id TEXT PRIMARY KEY, batch INTEGER NOT NULL, uri TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contents_by_place ON contents (uri, batch);
"""


class LedgerError(RuntimeError):
    """The ledger does not hold what was asked for; the message says what to do."""


@dataclass(frozen=True)
class Entry:
    """A stretch of a file in a batch: records from `first_record` on, `inputs` of them (1 for a whole file)."""

    source_uri: str
    sha256: str
    size_bytes: int
    format: str
    first_record: int
    position: int | None
    inputs: int
    unchanged: int
    metadata: Mapping[str, Any]
    metadata_origin: str


@dataclass(frozen=True)
class Fault:
    """A sidecar or manifest that could not be used; the texts it describes were taken in."""

    source_uri: str
    sha256: str
    size_bytes: int
    reason: str
    detail: str


@dataclass(frozen=True)
class BatchManifest:
    """What a batch consists of, frozen when it was taken in."""

    batch: str
    created_at: str
    settings: Mapping[str, Any]
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def number(self) -> int:
        return int(self.batch[1:])

    @property
    def seen_at(self) -> datetime:
        return datetime.fromisoformat(self.created_at)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> BatchManifest:
        values = json.loads(text)
        values["entries"] = [Entry(**entry) for entry in values["entries"]]
        values["faults"] = [Fault(**fault) for fault in values["faults"]]
        return cls(**values)


@dataclass(frozen=True)
class Owner:
    """Where a content lives."""

    batch: int
    uri: str


@dataclass(frozen=True)
class SeenFile:
    """The last seen state of an input file."""

    sha256: str
    described: str
    settings: str
    stat: str
    settled: bool


class Ledger:
    """An open ledger. Changes happen inside `transaction`, under the intake lock."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._db = sqlite3.connect(home.ledger, timeout=120, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    @classmethod
    @contextmanager
    def open(cls, home: Home) -> Iterator[Ledger]:
        """The ledger of `home`, created where there is none."""
        ledger = cls(home)
        try:
            yield ledger
        finally:
            ledger._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when it ends."""
        self.begin()
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self.commit()

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def batches(self) -> list[str]:
        """Ids of all batches, oldest first."""
        return [batch_id(number) for (number,) in self._db.execute("SELECT number FROM batches ORDER BY number")]

    def manifest(self, batch: str) -> BatchManifest:
        """The frozen manifest of a batch; raises LedgerError for an unknown one."""
        row = self._db.execute("SELECT manifest FROM batches WHERE number = ?", (_number(batch),)).fetchone()
        if row is None:
            raise LedgerError(f"the ledger knows no batch {batch!r}; it has {len(self.batches())} batches")
        return BatchManifest.from_json(row[0])

    def next_batch(self) -> tuple[str, datetime]:
        """The id the next batch will have and its time, later than that of every batch before even if the clock was set back."""
        number, last = self._db.execute("SELECT coalesce(max(number), 0), max(created_at) FROM batches").fetchone()
        now = datetime.now(UTC)
        if last is not None:
            now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
        return batch_id(number + 1), now

    def add_batch(self, manifest: BatchManifest) -> None:
        self._db.execute("INSERT INTO batches VALUES (?, ?, ?)", (manifest.number, manifest.created_at, manifest.to_json()))

    def write_manifests(self) -> None:
        """Write the JSON manifests that a crash between commit and writing left out."""
        there = {path.name for path in self._home.batches.iterdir()}
        for batch in self.batches():
            if f"{batch}.json" not in there:
                self.write_manifest(self.manifest(batch))

    def write_manifest(self, manifest: BatchManifest) -> None:
        """Freeze a batch as JSON beside the ledger."""
        write_atomic(self._home.batches / f"{manifest.batch}.json", manifest.to_json().encode("utf-8"))

    def file(self, uri: str) -> SeenFile | None:
        row = self._db.execute("SELECT sha256, described, settings, stat, settled FROM files WHERE uri = ?", (uri,)).fetchone()
        return None if row is None else SeenFile(row[0], row[1], row[2], row[3], bool(row[4]))

    def put_file(self, uri: str, seen: SeenFile) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (uri, seen.sha256, seen.described, seen.settings, seen.stat, seen.settled),
        )

    def version(self, uri: str) -> str | None:
        """The newest version of a source."""
        row = self._db.execute("SELECT version FROM sources WHERE uri = ? ORDER BY batch DESC LIMIT 1", (uri,)).fetchone()
        return None if row is None else str(row[0])

    def put_source(self, uri: str, batch: int, version: str) -> None:
        self._db.execute("INSERT INTO sources VALUES (?, ?, ?)", (uri, batch, version))

    def is_new_in(self, uri: str, batch: int) -> bool:
        """Whether the batch brought a version of this source."""
        return self._db.execute("SELECT 1 FROM sources WHERE uri = ? AND batch = ?", (uri, batch)).fetchone() is not None

    def superseded(self, uri: str, batch: int) -> datetime | None:
        """When the version before the batch's was first seen."""
        row = self._db.execute(
            "SELECT b.created_at FROM sources s JOIN batches b ON b.number = s.batch WHERE s.uri = ? AND s.batch < ? ORDER BY s.batch DESC LIMIT 1",
            (uri, batch),
        ).fetchone()
        return None if row is None else datetime.fromisoformat(row[0])

    def described_later(self) -> dict[str, dict[str, str]]:
        """Batch to those of its contents whose place came again with other metadata and no new text, each with the newest batch that brought some."""
        found: dict[str, dict[str, str]] = {}
        for batch, doc_id, newest in self._db.execute(
            "SELECT c.batch, c.doc_id, max(s.batch) FROM contents c JOIN sources s ON s.uri = c.uri AND s.batch > c.batch "
            "WHERE NOT EXISTS (SELECT 1 FROM contents n WHERE n.uri = s.uri AND n.batch = s.batch) GROUP BY c.batch, c.doc_id"
        ):
            found.setdefault(batch_id(batch), {})[doc_id] = batch_id(newest)
        return found

    def owner(self, doc_id: str) -> Owner | None:
        row = self._db.execute("SELECT batch, uri FROM contents WHERE doc_id = ?", (doc_id,)).fetchone()
        return None if row is None else Owner(*row)

    def claim(self, doc_id: str, batch: int, uri: str) -> None:
        """Make the place the owner of a content that has none yet."""
        self._db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", (doc_id, batch, uri))


def batch_id(number: int) -> str:
    """b000001, b000002, …: the order of intake."""
    return f"b{number:06d}"


def _number(batch: str) -> int:
    if not (batch.startswith("b") and batch[1:].isascii() and batch[1:].isdigit()):
        raise LedgerError(f"{batch!r} is no batch id; they look like b000001")
    return int(batch[1:])
