"""Takes files in: their bytes into raw/, their records into batches, each exactly once, whoever else does the same at the same time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from filelock import Timeout

from pipeline.errors import UserError
from pipeline.ingest.formats import format_of, is_orphan, is_unfinished
from pipeline.ingest.found import Found, Refusal, Start
from pipeline.ingest.items import fingerprint, is_part, items, metadata_values, source_uri, version
from pipeline.ingest.ledger import BatchManifest, Entry, Fault, Ledger, SeenFile
from pipeline.ingest.metadata import Described, FolderMetadata, is_metadata_file
from pipeline.ingest.raw import Kept, StillWritten, keep, make_durable
from pipeline.ingest.settings import Settings
from pipeline.storage.files import sweep
from pipeline.storage.home import Home

# A file's stat is trusted in place of its bytes once it is older than the clock's and file systems' grain.
_GRAIN_NS = 2_000_000_000
Progress = Callable[[str, int, int], None]


class IntakeBusy(UserError, RuntimeError):  # noqa: N818
    """Another process is taking files in and did not finish within the time given."""


class SourceMissing(UserError, FileNotFoundError):  # noqa: N818
    """A source given by name is not there."""


@dataclass
class Intake:
    """What an intake did: batches made, files that brought something new, files known before, files not taken and why.

    `waiting` are files still being written and sidecars whose document is not there; the next intake looks at them again.
    """

    new_batches: list[str] = field(default_factory=list)
    new_files: int = 0
    known_files: int = 0
    new_inputs: int = 0
    unchanged_inputs: int = 0
    waiting: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def intake(
    home: Home,
    sources: Iterable[Path] | None = None,
    settings: Settings | None = None,
    *,
    settle_seconds: float = 0.0,
    wait_seconds: float = -1,
    progress: Progress | None = None,
) -> Intake:
    """Take in files and folders (default: the landing folder) and deal what is new into batches.

    A file whose bytes and metadata are known from the same place is a no-op. Files changed less than `settle_seconds` ago wait for
    the next intake; `progress` is told each file's name, its number and how many there are. Safe beside other intakes: one at a
    time, under an OS file lock, for which this waits `wait_seconds` (-1: for ever). Killed at any moment it leaves whole batches.

    Raises SourceMissing before anything is done, IntakeBusy when the lock is not free in time.
    """
    given = [_absolute(home, source) for source in ([home.landing] if sources is None else sources)]
    files = list(_files(home, given))
    lock = home.lock("intake", wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise IntakeBusy(f"another process is taking files in (lock {lock.lock_file}); try again when it is done") from error
    try:
        with Ledger.open(home) as ledger:
            sweep(home.raw)
            sweep(home.batches)
            ledger.write_manifests()
            run = _Run(home, ledger, settings or Settings.of(home), settle_seconds, given)
            for number, path in enumerate(files):
                if progress:
                    progress(_uri(home, path), number, len(files))
                run.take(path)
            return run.finish()
    finally:
        lock.release()


def _files(home: Home, sources: list[Path]) -> Iterator[Path]:
    """The files of the sources in the order of their names, each once; the home itself is no source but for its landing folder."""
    seen: set[Path] = set()
    for source in sources:
        if not source.exists():
            raise SourceMissing(f"{source} does not exist; give a file or a folder")
        found = [source] if not source.is_dir() else sorted(_walk(home, source))
        for path in found:
            if path not in seen:
                seen.add(path)
                yield path


def _absolute(home: Home, path: Path) -> Path:
    """The path as given, made absolute; one that leads into the landing folder, through links too, is named as lying there."""
    given = Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - resolve() would follow a linked file and lose its name
    real = given.resolve() if given.is_dir() else given.parent.resolve() / given.name
    return real if real.is_relative_to(home.landing) else given


def _walk(home: Home, folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        if here.resolve() == home.root:
            folders[:] = [name for name in folders if here / name == here / home.landing.name]
            names = []
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (here / name for name in names if not is_unfinished(here / name))


class _Run:
    """One intake under the lock: looks at files one by one and deals their inputs into batches."""

    def __init__(self, home: Home, ledger: Ledger, settings: Settings, settle_seconds: float, roots: list[Path]) -> None:
        self.result = Intake()
        self._roots = {home.landing, *roots}
        self._home, self._ledger, self._settings = home, ledger, settings
        self._settle_seconds = settle_seconds
        self._folders: dict[Path, FolderMetadata] = {}
        self._unsaved: list[Kept] = []
        self._batch = _OpenBatch(ledger, settings, self.result, self._commit)
        ledger.begin()

    def take(self, path: Path) -> None:
        """Take in one file, or say why not."""
        uri = _uri(self._home, path)
        if is_metadata_file(path):
            if is_orphan(path):
                self.result.waiting.append(uri)
            return
        try:
            stat = path.stat()
            if not path.is_file():
                self.result.unreadable.append((uri, "not a regular file"))
                return
            if 0 <= time.time() - stat.st_mtime < self._settle_seconds:
                self.result.waiting.append(uri)
                return
            self._take(path, uri, stat)
        except StillWritten:
            self.result.waiting.append(uri)
        except OSError as error:
            self.result.unreadable.append((uri, f"cannot be read: {error.strerror or error}"))

    def _take(self, path: Path, uri: str, stat: os.stat_result) -> None:
        described = self._describe(path)
        said, shape = fingerprint(described.metadata, described.origin), _shape(stat)
        seen = self._ledger.file(uri)
        same_words = seen is not None and (seen.described, seen.settings) == (said, self._settings.fingerprint())
        if seen and same_words and seen.settled and seen.stat == shape:
            self.result.known_files += 1
            return
        kept = self._keep(path)
        settled = time.time_ns() - stat.st_mtime_ns > _GRAIN_NS
        if seen and same_words and seen.sha256 == kept.sha256:
            self.result.known_files += 1
        else:
            self._deal(path, uri, kept, described)
        self._ledger.put_file(uri, SeenFile(kept.sha256, said, self._settings.fingerprint(), shape, settled))

    def _deal(self, path: Path, uri: str, kept: Kept, described: Described) -> None:
        kind = format_of(path.name)
        stretch = _Stretch(uri, kept, kind.name, described)
        before = self.result.new_inputs
        for found in items(self._home.raw_file(kept.sha256), path.name, kind.name, self._settings, Start()):
            if not is_part(found):
                self._batch.add(stretch, found)
        self._batch.end(stretch)
        if self.result.new_inputs > before:
            self.result.new_files += 1
        else:
            self.result.known_files += 1

    def _describe(self, path: Path) -> Described:
        """What the sidecar and the manifest beside the file say, or a manifest further up that names it by its path."""
        beside = self._metadata_of(path.parent)
        described = beside.describe(path)
        self._report(beside)
        if described.origin == "none":
            above = [folder for folder in path.parent.parents if any(folder.is_relative_to(root) for root in self._roots)]
            listed = (self._metadata_of(folder).manifest.get(path.relative_to(folder).as_posix()) for folder in above)
            described = next((Described(metadata, "manifest") for metadata in listed if metadata), described)
        return described

    def _metadata_of(self, folder: Path) -> FolderMetadata:
        if folder not in self._folders:
            self._folders[folder] = FolderMetadata.of(folder)
            self._report(self._folders[folder])
        return self._folders[folder]

    def _report(self, folder: FolderMetadata) -> None:
        while folder.faults:
            self._fault(*folder.faults.pop())

    def _fault(self, path: Path, refusal: Refusal) -> None:
        try:
            kept = self._keep(path)
        except OSError as error:
            self.result.unreadable.append((_uri(self._home, path), f"cannot be read: {error.strerror or error}"))
            return
        self._batch.add_fault(Fault(_uri(self._home, path), kept.sha256, kept.size_bytes, refusal.reason, refusal.detail))

    def _keep(self, path: Path) -> Kept:
        kept = keep(self._home, path)
        self._unsaved.append(kept)
        return kept

    def finish(self) -> Intake:
        """Close the last batch."""
        if not self._batch.close():
            self._commit(None)
        self._ledger.rollback()
        return self.result

    def _commit(self, manifest: BatchManifest | None) -> None:
        """The moment from which a batch exists: its bytes are on disk before, its JSON manifest follows."""
        make_durable(self._home, self._unsaved)
        self._unsaved.clear()
        self._ledger.commit()
        if manifest:
            self._ledger.write_manifest(manifest)
        self._ledger.begin()


@dataclass
class _Stretch:
    """A file while it is dealt out, and the stretch of it that goes to the open batch."""

    uri: str
    kept: Kept
    format: str
    described: Described
    first_record: int = 0
    position: int | None = None
    inputs: int = 0
    unchanged: int = 0

    def restart(self, found: Found) -> None:
        """Begin a new stretch at `found`."""
        self.first_record, self.position, self.inputs, self.unchanged = found.record_no or 0, found.position, 0, 0

    def entry(self) -> Entry:
        return Entry(
            self.uri, self.kept.sha256, self.kept.size_bytes, self.format, self.first_record, self.position, self.inputs, self.unchanged,
            metadata_values(self.described.metadata), self.described.origin,
        )  # fmt: skip


class _OpenBatch:
    """The batch that is being filled; closing it commits it."""

    def __init__(self, ledger: Ledger, settings: Settings, result: Intake, commit: Callable[[BatchManifest | None], None]) -> None:
        self._ledger, self._settings, self._result, self._commit = ledger, settings, result, commit
        self._new_manifest()

    def add(self, stretch: _Stretch, found: Found) -> None:
        """Count an input; if it is new, make room for it and enter it in the ledger."""
        uri = source_uri(stretch.uri, found)
        current = version(found, stretch.described.metadata, self._settings)
        if self._ledger.version(uri) == current:
            stretch.inputs += 1
            stretch.unchanged += 1
            self._result.unchanged_inputs += 1
            return
        if self._is_full(found.size_bytes):
            self._put(stretch)
            self.close()
            stretch.restart(found)
        stretch.inputs += 1
        self.documents += 1
        self.bytes += found.size_bytes
        self._result.new_inputs += 1
        number = self.manifest.number
        self._ledger.put_source(uri, number, current)
        if not isinstance(found, Refusal):
            self._ledger.claim(found.doc_id, number, uri)

    def end(self, stretch: _Stretch) -> None:
        """The file is through."""
        self._put(stretch)

    def add_fault(self, fault: Fault) -> None:
        """Enter a sidecar's fault unless it is known."""
        current = sha256(f"{fault.sha256} {fault.detail}".encode()).hexdigest()[:16]
        if self._ledger.version(fault.source_uri) != current:
            self._ledger.put_source(fault.source_uri, self.manifest.number, current)
            self.manifest.faults.append(fault)

    def close(self) -> bool:
        """Enter the batch in the ledger and commit, if anything is in it."""
        if not (self.manifest.entries or self.manifest.faults):
            return False
        self._ledger.add_batch(self.manifest)
        self._commit(self.manifest)
        self._result.new_batches.append(self.manifest.batch)
        self._new_manifest()
        return True

    def _put(self, stretch: _Stretch) -> None:
        if stretch.inputs > stretch.unchanged:
            self.manifest.entries.append(stretch.entry())

    def _is_full(self, size: int) -> bool:
        limits = self._settings
        return self.documents > 0 and (self.documents >= limits.max_batch_documents or self.bytes + size > limits.max_batch_bytes)

    def _new_manifest(self) -> None:
        batch, now = self._ledger.next_batch()
        self.manifest = BatchManifest(batch, now.isoformat(timespec="microseconds"), self._settings.as_dict())
        self.documents, self.bytes = 0, 0


def _uri(home: Home, path: Path) -> str:
    """The path relative to the landing folder, else absolute; bytes that are no UTF-8 are escaped."""
    shown = path.relative_to(home.landing) if path.is_relative_to(home.landing) else path
    return os.fsencode(shown.as_posix()).decode("utf-8", "backslashreplace")


def _shape(stat: os.stat_result) -> str:
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
