"""A reader that queries in a loop while runs publish sees no error and no mixed state."""

import subprocess
import sys
import textwrap

import pytest

from tests.assets.conftest import ROOT, environment, tarmim

READER = textwrap.dedent(
    """
    import duckdb, sys, time
    path, until = sys.argv[1], time.monotonic() + float(sys.argv[2])
    seen = set()
    while time.monotonic() < until:
        with duckdb.connect(path, read_only=True) as c:
            documents, restored, sources = c.execute(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM restored_documents), (SELECT count(*) FROM document_sources)"
            ).fetchone()
            promised = c.execute("SELECT (row_counts->>'documents')::INT FROM _publish").fetchone()[0]
            assert documents == restored == promised, (documents, restored, promised)
            seen.add(documents)
    print(sorted(seen))
    """
)


@pytest.mark.slow
def test_readers_see_whole_publications_only(tmp_path, examples):
    home = tmp_path / "home"
    tarmim("run", examples / "gao-attack.txt", "--home", home)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(home / "warehouse.duckdb"), "15"],
        env=environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    tarmim("run", examples / "geneva-talks.txt", "--home", home)
    tarmim("run", examples / "maarat-strike.txt", "--home", home)
    out, err = reader.communicate()
    assert reader.returncode == 0, err
    assert out.strip().startswith("[1")
