"""raw/: every input byte, once, immutable, under its SHA-256. A copy is complete before its name appears, and on disk before the
ledger speaks of it.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.storage.files import sync, sync_folder, temporary
from pipeline.storage.home import Home

_PIECE = 1024 * 1024
# From here on one sync of the whole system is quicker than a file at a time.
_MANY = 8


class StillWritten(OSError):  # noqa: N818
    """The file changed while it was copied."""


@dataclass(frozen=True)
class Kept:
    """An input in raw/."""

    sha256: str
    size_bytes: int


def keep(home: Home, source: Path) -> Kept:
    """Copy `source` into raw/ unless its bytes are there. `make_durable` must follow before anything relies on it.

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
        kept = Kept(digest.hexdigest(), size)
        _settle(draft, home.raw_file(kept.sha256))
    finally:
        draft.unlink(missing_ok=True)
    return kept


def make_durable(home: Home, kept: Iterable[Kept]) -> None:
    """Force copies to disk, contents and names."""
    files = {home.raw_file(k.sha256) for k in kept}
    if len(files) > _MANY and sys.platform == "linux":  # elsewhere sync() may return before it is done
        os.sync()
        return
    for file in files:
        sync(file)
    for folder in {file.parent for file in files} | ({home.raw} if files else set()):
        sync_folder(folder)


def quarantine(home: Home, batch: str, name: str, content: bytes | Path) -> str:
    """Put refused bytes (or a copy of their file in raw/) where a person finds them; the path relative to the home."""
    target = home.quarantine / batch / name
    target.parent.mkdir(exist_ok=True)
    draft = temporary(home.tmp)
    if isinstance(content, bytes):
        draft.write_bytes(content)
    else:
        shutil.copyfile(content, draft)
    draft.replace(target)
    return home.relative(target)


def _settle(draft: Path, target: Path) -> None:
    """Name the copy by its hash; a file of that name is compared, because a power cut may have left it without its bytes."""
    if target.exists() and filecmp.cmp(draft, target, shallow=False):
        return
    target.parent.mkdir(exist_ok=True)
    draft.chmod(0o444)
    draft.replace(target)
