"""The data home: which folder holds what. Only paths belong here; what is in them belongs to the ledger,
the generations and the warehouse.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock


@dataclass(frozen=True)
class Home:
    """The layout under `root`; `Home.at` creates it."""

    root: Path

    @classmethod
    def at(cls, root: Path | str) -> Home:
        """The home at `root`, its folders created where they are missing.

        Raises NotADirectoryError when `root` or one of its folders is a file.
        """
        home = cls(Path(root).expanduser().resolve())
        for folder in (home.landing, home.raw, home.batches, home.tables, home.quarantine, home.dagster, home.locks, home.tmp):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except FileExistsError as error:
                raise NotADirectoryError(f"{folder} is a file; choose another home or move it away") from error
        return home

    @property
    def landing(self) -> Path:
        """Where people put new files."""
        return self.root / "landing"

    @property
    def raw(self) -> Path:
        """Every input byte, immutable, by SHA-256."""
        return self.root / "raw"

    @property
    def batches(self) -> Path:
        """Frozen batch manifests, one JSON file each."""
        return self.raw / "batches"

    @property
    def ledger(self) -> Path:
        """The intake ledger (SQLite)."""
        return self.raw / "ledger.sqlite"

    @property
    def tables(self) -> Path:
        """Parquet generations: tables/<batch>/<stage>/<generation>/<table>.parquet, and tables/marts."""
        return self.root / "tables"

    @property
    def quarantine(self) -> Path:
        """Copies of what was refused."""
        return self.root / "quarantine"

    @property
    def dagster(self) -> Path:
        """The DAGSTER_HOME."""
        return self.root / "dagster"

    @property
    def locks(self) -> Path:
        """Lock files; the locks themselves die with their process."""
        return self.root / "locks"

    @property
    def tmp(self) -> Path:
        """Scratch space, inside the home so that no text leaves it."""
        return self.root / "tmp"

    @property
    def warehouse(self) -> Path:
        """Symlink to the published warehouse file."""
        return self.root / "warehouse.duckdb"

    def raw_file(self, sha256: str) -> Path:
        """Where the input with this hash is kept."""
        return self.raw / sha256[:2] / sha256

    def lock(self, name: str, timeout: float = -1) -> FileLock:
        """An OS file lock on `name`; the kernel frees it when its process dies. `timeout` in seconds, -1 waits for ever."""
        return FileLock(self.locks / f"{name}.lock", timeout=timeout)

    def relative(self, path: Path) -> str:
        """`path` relative to the home, with forward slashes."""
        return path.relative_to(self.root).as_posix()
