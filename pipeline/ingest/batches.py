"""Reads a batch from raw/ into the three ingest tables, and proves that every input ended in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from pipeline.ingest.formats import BY_NAME
from pipeline.ingest.found import PARTIAL_REASONS, Found, Metadata, Refusal, Start, Text
from pipeline.ingest.items import combined, is_part, items, metadata_from, source_uri
from pipeline.ingest.ledger import BatchManifest, Entry, Fault, Ledger
from pipeline.ingest.raw import quarantine
from pipeline.ingest.settings import Settings
from pipeline.schema import TABLES
from pipeline.storage.home import Home

INGEST_TABLES = ("documents", "document_sources", "rejected_files")


@dataclass(frozen=True)
class ReadBatch:
    """A batch's tables (documents, document_sources, rejected_files) and the counts that must reconcile with them.

    inputs: files and records the batch was frozen with; unchanged: those of them known before in the same version; found: inputs met when
    the batch was read. described_by: documents whose metadata came with a later batch, and which.
    """

    batch: str
    tables: dict[str, pa.Table]
    inputs: int
    unchanged: int
    found: int
    known_elsewhere: int
    faults: int
    described_by: Mapping[str, str] = field(default_factory=dict)


def list_batches(home: Home) -> list[str]:
    """All batches of the home, oldest first."""
    with Ledger.open(home) as ledger:
        return ledger.batches()


def batch_manifest(home: Home, batch: str) -> BatchManifest:
    """What the batch consists of; raises LedgerError for an unknown one."""
    with Ledger.open(home) as ledger:
        return ledger.manifest(batch)


def described_later(home: Home) -> dict[str, dict[str, str]]:
    """Batch to its documents whose metadata came later (a sidecar written after the text), each with the batch that brought the newest."""
    with Ledger.open(home) as ledger:
        return ledger.described_later()


def read_batch(home: Home, batch: str) -> ReadBatch:
    """The rows of `batch`, the same on every reading but for metadata that came later.

    `documents` has a row for each content that this batch was the first to bring, with the newest metadata of the place that brought it;
    `document_sources` one for each new place or version, with is_current as of this batch (publishing looks at all batches). Refused
    bytes are put into quarantine/.

    Raises LedgerError for an unknown batch, FileNotFoundError when raw/ was tampered with.
    """
    with Ledger.open(home) as ledger:
        manifest = ledger.manifest(batch)
        rows = _Rows(home, ledger, manifest, ledger.described_later().get(batch, {}))
        for entry in manifest.entries:
            rows.read(entry)
        for fault in manifest.faults:
            rows.add_fault(fault)
    return rows.result()


def reconcile(read: ReadBatch) -> list[str]:
    """Where a batch loses or invents an input; empty when all is well.

    The invariant: inputs = document_sources + rejected_files (refusals of metadata or pages aside) + unchanged, and
    documents = distinct doc_ids of document_sources − those that an earlier batch owns.
    """
    sources, rejected = read.tables["document_sources"], read.tables["rejected_files"]
    partial = sum(reason in PARTIAL_REASONS for reason in rejected.column("reason").to_pylist())
    refused = rejected.num_rows - partial
    new = read.inputs - read.unchanged
    faults = []
    if read.found != read.inputs:
        faults.append(f"{read.batch}: {read.inputs} inputs were taken in, {read.found} were found when reading them again")
    if sources.num_rows + refused != new:
        faults.append(f"{read.batch}: {new} new inputs, but {sources.num_rows} sources and {refused} refusals")
    distinct = len(set(sources.column("doc_id").to_pylist()))
    documents = read.tables["documents"].num_rows
    if documents + read.known_elsewhere != distinct:
        faults.append(f"{read.batch}: {distinct} contents, but {documents} documents and {read.known_elsewhere} known from earlier batches")
    return faults


def document_row(batch: str, media_type: str, raw_sha256: str, found: Text, known: Metadata, seen_at: datetime) -> dict[str, Any]:
    """A row of `documents`."""
    return {
        "doc_id": found.doc_id, "batch": batch, "media_type": media_type, "encoding": found.encoding, "size_bytes": found.size_bytes,
        "raw_sha256": raw_sha256, "record_no": found.record_no or 0, "title": known.title, "publisher": known.publisher,
        "language": known.language, "published_at": known.published_at, "ingested_at": seen_at, "text": found.text,
    }  # fmt: skip


def source_row(found: Text, uri: str, known: Metadata, origin: str, seen_at: datetime, supersedes: datetime | None) -> dict[str, Any]:
    """A row of `document_sources`."""
    return {
        "doc_id": found.doc_id, "source_uri": uri, "publisher": known.publisher, "title": known.title, "url": known.url,
        "published_at": known.published_at, "metadata_origin": origin, "first_seen_at": seen_at, "supersedes": supersedes,
        "is_current": True,
    }  # fmt: skip


def rejected_row(batch: str, uri: str, found: Refusal, digest: str | None, kept: str | None, seen_at: datetime) -> dict[str, Any]:
    """A row of `rejected_files`."""
    return {
        "batch": batch, "source_uri": uri, "sha256": digest, "size_bytes": found.size_bytes, "reason": found.reason, "detail": found.detail,
        "quarantine_uri": kept, "rejected_at": seen_at,
    }  # fmt: skip


@dataclass
class _Rows:
    """Gathers the rows of a batch."""

    home: Home
    ledger: Ledger
    manifest: BatchManifest
    described_by: Mapping[str, str]
    documents: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    found: int = 0
    unchanged: int = 0
    elsewhere: set[str] = field(default_factory=set)
    _later: dict[tuple[str, str], dict[tuple[str, int | None], Metadata]] = field(default_factory=dict)

    def read(self, entry: Entry) -> None:
        described = metadata_from(entry.metadata)
        for found in self._items(entry):
            uri = source_uri(entry.source_uri, found)
            if isinstance(found, Refusal):
                self._refuse(entry, found, uri)
            elif self.ledger.is_new_in(uri, self.manifest.number):
                self._accept(entry, found, uri, described)
            else:
                self.unchanged += 1

    def _items(self, entry: Entry) -> Iterator[Found]:
        """The entry's inputs; parts follow their record, also after the last."""
        settings = Settings(**self.manifest.settings)
        start = Start(entry.first_record, entry.position)
        counted = 0
        for found in items(self.home.raw_file(entry.sha256), entry.source_uri, entry.format, settings, start):
            if not is_part(found):
                if counted == entry.inputs:
                    return
                counted += 1
                self.found += 1
            yield found

    def _accept(self, entry: Entry, found: Text, uri: str, described: Metadata) -> None:
        known = combined(found.metadata, described, found.record_no is not None)
        before = self.ledger.superseded(uri, self.manifest.number)
        origin = origin_of(entry.metadata_origin, found, described)
        self.sources.append(source_row(found, uri, known, origin, self.manifest.seen_at, before))
        if self._owns(found.doc_id, uri):
            media_type = BY_NAME[entry.format].media_type
            newest = self._newest(entry, found, known)
            self.documents.append(document_row(self.manifest.batch, media_type, entry.sha256, found, newest, self.manifest.seen_at))

    def _newest(self, entry: Entry, found: Text, known: Metadata) -> Metadata:
        """What the place said of this text last."""
        batch = self.described_by.get(found.doc_id)
        if batch is None:
            return known
        if (batch, entry.source_uri) not in self._later:
            self._later[batch, entry.source_uri] = self._described_in(batch, entry.source_uri)
        return self._later[batch, entry.source_uri].get((found.doc_id, found.record_no), known)

    def _described_in(self, batch: str, source_uri: str) -> dict[tuple[str, int | None], Metadata]:
        """The metadata of a file's texts as a later batch has them."""
        manifest = self.ledger.manifest(batch)
        settings = Settings(**manifest.settings)
        return {
            (found.doc_id, found.record_no): combined(found.metadata, metadata_from(entry.metadata), found.record_no is not None)
            for entry in manifest.entries
            if entry.source_uri == source_uri
            for found in items(self.home.raw_file(entry.sha256), source_uri, entry.format, settings, Start(entry.first_record, entry.position))
            if isinstance(found, Text)
        }

    def _owns(self, doc_id: str, uri: str) -> bool:
        """Whether this place is the first that brought the content.

        A content the ledger has not met (a reader reads more today than when the batch was taken in) is claimed now.
        """
        owner = self.ledger.owner(doc_id)
        if owner is None:
            with self.ledger.transaction():
                self.ledger.claim(doc_id, self.manifest.number, uri)
            owner = self.ledger.owner(doc_id)
        assert owner is not None
        if owner.batch != self.manifest.number:
            self.elsewhere.add(doc_id)
        return (owner.batch, owner.uri) == (self.manifest.number, uri)

    def _refuse(self, entry: Entry, found: Refusal, uri: str) -> None:
        owner = uri.rsplit("/", 1)[0] if found.part else uri
        if not self.ledger.is_new_in(owner, self.manifest.number):
            self.unchanged += found.part is None
            return
        whole = found.record_no is None and found.part is None
        raw_file = self.home.raw_file(entry.sha256)
        if whole and found.reason != "too_large":
            kept = quarantine(self.home, self.manifest.batch, _quarantine_name(entry, uri), raw_file)
        elif found.content:
            kept = quarantine(self.home, self.manifest.batch, _quarantine_name(entry, uri), found.content)
        else:
            kept = self.home.relative(raw_file)
        digest = entry.sha256 if whole else found.sha256
        sized = replace(found, size_bytes=entry.size_bytes) if whole else found
        self.rejected.append(rejected_row(self.manifest.batch, uri, sized, digest, kept, self.manifest.seen_at))

    def add_fault(self, fault: Fault) -> None:
        kept = self.home.relative(self.home.raw_file(fault.sha256))
        refusal = Refusal(fault.reason, fault.detail, size_bytes=fault.size_bytes)
        self.rejected.append(rejected_row(self.manifest.batch, fault.source_uri, refusal, fault.sha256, kept, self.manifest.seen_at))

    def result(self) -> ReadBatch:
        rows = {"documents": self.documents, "document_sources": self.sources, "rejected_files": self.rejected}
        return ReadBatch(
            batch=self.manifest.batch,
            tables={name: TABLES[name].from_rows(rows[name]) for name in INGEST_TABLES},
            inputs=sum(entry.inputs for entry in self.manifest.entries),
            unchanged=sum(entry.unchanged for entry in self.manifest.entries),
            found=self.found,
            known_elsewhere=len(self.elsewhere),
            faults=len(self.manifest.faults),
            described_by=self.described_by,
        )


def origin_of(origin: str, found: Text, described: Metadata) -> str:
    """Whose word counts most: the record's own fields, or sidecar and manifest (`origin`) for a whole file."""
    own = found.metadata != Metadata()
    return "record" if own and (found.record_no is not None or described == Metadata()) else origin


def _quarantine_name(entry: Entry, uri: str) -> str:
    """A name that is safe, tells the file, and is unlike that of another file of the same name."""
    name = PurePosixPath(entry.source_uri).name.encode("utf-8", "replace")[-120:].decode("utf-8", "ignore")
    tail = uri.removeprefix(entry.source_uri).replace("/", "-")
    return f"{sha256(uri.encode()).hexdigest()[:8]}-{name}{tail}"
