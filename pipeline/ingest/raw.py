"""raw/: every input byte, once, immutable, under its SHA-256. A copy is complete and on disk before its name appears."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.storage.files import sync_folder, temporary
from pipeline.storage.home import Home

_PIECE = 1024 * 1024


class StillWritten(OSError):  # noqa: N818
    """The file changed while it was copied."""


@dataclass(frozen=True)
class Kept:
    """An input in raw/."""

    sha256: str
    size_bytes: int


def keep(home: Home, source: Path) -> Kept:
    """Copy `source` into raw/ unless its bytes are there.

    Raises StillWritten when it changes meanwhile, OSError when it cannot be read.
    """
    draft = temporary(home.raw)
    try:
        with source.open("rb") as file, draft.open("wb") as copy:
            before = os.fstat(file.fileno())
            digest = sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
            size = copy.tell()
            copy.flush()
            after = os.fstat(file.fileno())
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or after.st_size != size:
                raise StillWritten(f"{source} is still being written")
            os.fsync(copy.fileno())
        kept = Kept(digest.hexdigest(), size)
        _settle(draft, home.raw_file(kept.sha256), size)
    finally:
        draft.unlink(missing_ok=True)
    return kept


def quarantine(home: Home, batch: str, name: str, content: bytes | Path) -> str:
    """Put refused bytes (or a link to their file in raw/) where a person finds them; the path relative to the home."""
    folder = home.quarantine / batch
    folder.mkdir(exist_ok=True)
    target = folder / name
    draft = temporary(folder)
    if isinstance(content, bytes):
        draft.write_bytes(content)
    else:
        _link_or_copy(content, draft)
    draft.replace(target)
    draft.unlink(missing_ok=True)  # replacing a link by a link to the same file leaves both names
    return home.relative(target)


def _settle(draft: Path, target: Path, size: int) -> None:
    if target.exists() and target.stat().st_size == size:
        return
    target.parent.mkdir(exist_ok=True)
    draft.chmod(0o444)
    draft.replace(target)
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
