"""What a careless read-write connect by somebody else does to the published warehouse."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect, publish

CARELESS = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('DROP TABLE documents')"
NOBODY = 65534


@pytest.fixture
def shared_home() -> Iterator[Home]:
    """A home that other users can reach, unlike pytest's own folders."""
    folder = Path(tempfile.mkdtemp(prefix="tarmim-careless-"))
    folder.chmod(0o755)
    yield Home.at(folder / "home")
    shutil.rmtree(folder)


def as_nobody(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `code` as a user without rights, who takes over once duckdb is imported (Python itself may lie where only root can read)."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become another user")
    become = f"import duckdb, os, sys; os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
    return subprocess.run([sys.executable, "-c", become + code, *arguments], check=False, cwd="/", capture_output=True, text=True)


def tables(home: Home) -> int:
    with connect(home) as connection:
        return len(connection.execute("SELECT table_name FROM duckdb_tables()").fetchall())


def test_another_user_is_refused_clearly_and_harms_nobody(shared_home: Home) -> None:
    publish(shared_home, {}, "1", "run")
    before = tables(shared_home)
    with connect(shared_home) as reader:
        done = as_nobody(CARELESS, str(shared_home.warehouse))
        assert done.returncode != 0
        assert "Permission denied" in done.stderr or "read-only" in done.stderr.lower()
        assert reader.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
    assert tables(shared_home) == before
    assert not list(shared_home.root.glob("*.wal"))


def test_another_user_reads_read_only(shared_home: Home) -> None:
    publish(shared_home, {}, "1", "run")
    code = "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute('SELECT count(*) FROM documents').fetchall())"
    done = as_nobody(code, str(shared_home.warehouse))
    assert done.stdout.strip() == "[(0,)]", done.stderr


def test_the_owner_is_refused_too_unless_it_is_root(shared_home: Home) -> None:
    path = publish(shared_home, {}, "1", "run").path
    if os.geteuid() == 0:
        shutil.chown(path, NOBODY, NOBODY)
        assert as_nobody(CARELESS, str(shared_home.warehouse)).returncode != 0
    else:
        with pytest.raises(duckdb.IOException):
            duckdb.connect(str(shared_home.warehouse))
    assert tables(shared_home)


def test_what_root_spoilt_the_next_publish_replaces(shared_home: Home) -> None:
    """Root passes by file modes: it can spoil a published file, but not the next one, and its log is not replayed."""
    first = publish(shared_home, {}, "1", "run").path
    first.chmod(0o644)
    code = f"import os\n{CARELESS}\nos._exit(0)"  # as if killed: nothing is written back
    subprocess.run([sys.executable, "-c", code, str(shared_home.warehouse)], check=True)
    second = publish(shared_home, {}, "2", "run").path
    assert second != first
    assert not list(shared_home.root.glob("*.wal"))
    with connect(shared_home) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
