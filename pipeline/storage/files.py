"""Writing files so that a reader, or a process killed at any moment, sees the old content or the new, never a part."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

# Readers and intake skip these; a crash leaves them behind and the next holder of the lock sweeps them.
TEMPORARY = ".tmp-"


def temporary(folder: Path, suffix: str = "") -> Path:
    """A fresh temporary path in `folder`."""
    return folder / f"{TEMPORARY}{os.getpid()}-{uuid4().hex[:12]}{suffix}"


def write_atomic(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step that survives a crash."""
    draft = temporary(path.parent)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Force a finished file to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force the names in `folder` to disk, where the system can."""
    if os.name == "posix":
        sync(folder)


def sweep(folder: Path) -> None:
    """Remove temporary files a dead process left in `folder`; call only under the lock that guards its writers."""
    for path in folder.glob(f"{TEMPORARY}*"):
        path.unlink(missing_ok=True)
