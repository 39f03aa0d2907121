"""A batch that fails a blocking check publishes nothing new, is listed with the reason, holds nobody up, and heals by a rerun."""

import json

import pytest
from typer.testing import CliRunner

from assets.cli import app
from assets.running import run_line
from pipeline import stages
from tests.assets.conftest import ask, materialize

FAULT = "a character changed without a restoration"


@pytest.fixture
def broken(monkeypatch):
    """Restoration of the batch as if it had changed something silently."""

    def break_batch(batch):
        real = stages.silent_changes

        def audit(documents, *others):
            return [FAULT] if batch in documents["batch"].to_pylist() else real(documents, *others)

        monkeypatch.setattr(stages, "silent_changes", audit)
        return lambda: monkeypatch.setattr(stages, "silent_changes", real)

    return break_batch


def left_out(home):
    return {row["batch"]: row for row in json.loads(ask(home, "SELECT left_out::VARCHAR FROM _publish")[0][0])}


def batches_in(home):
    return {b for (b,) in ask(home, "SELECT DISTINCT batch FROM documents UNION SELECT DISTINCT batch FROM restored_documents")}


def test_a_failed_batch_stays_out_and_a_rerun_heals_it(home, examples, broken):
    mend = broken("b000001")
    first = CliRunner().invoke(app, ["run", str(examples / "gao-attack.txt"), "--home", str(home)])
    assert first.exit_code == 1
    assert FAULT in " ".join(first.stdout.split())
    assert batches_in(home) == set()

    second = run_line(home, [examples / "geneva-talks.txt"], quiet=True)
    assert second.batches == ["b000001", "b000002"]
    assert second.failed_checks == ["restored_documents: offsets (batch b000001)"]
    assert second.published
    assert batches_in(home) == {"b000002"}
    for table in ("document_sources", "restorations", "sentences", "mentions", "events", "quality_flags", "document_quality"):
        assert ask(home, f"SELECT count(*) FROM {table} WHERE doc_id NOT IN (SELECT doc_id FROM documents)") == [(0,)]
    assert FAULT in left_out(home)["b000001"]["reason"]
    assert left_out(home)["b000001"]["older_state_kept"] is False

    mend()
    healed = run_line(home, None, quiet=True)
    assert (healed.failed, healed.failed_checks) == ([], [])
    assert batches_in(home) == {"b000001", "b000002"}
    assert left_out(home) == {}


def test_a_batch_that_was_good_keeps_its_last_good_generation(home, examples, broken):
    run_line(home, [examples / "gao-attack.txt"], quiet=True)
    before = ask(home, "SELECT * FROM restored_documents"), ask(home, "SELECT * FROM events ORDER BY event_id")
    broken("b000001")
    failed = materialize(home, "process_batch", "b000001")
    assert not failed.success
    assert not any(e.asset_key.to_user_string() == "events" for e in failed.get_asset_materialization_events())

    assert materialize(home, "publish").success
    assert before == (ask(home, "SELECT * FROM restored_documents"), ask(home, "SELECT * FROM events ORDER BY event_id"))
    assert FAULT in left_out(home)["b000001"]["reason"]
    assert left_out(home)["b000001"]["older_state_kept"] is True


def test_what_a_killed_run_left_unpublished_is_published_by_the_next(home, examples):
    run_line(home, [examples / "gao-attack.txt"], quiet=True)
    (home / "landing" / "geneva-talks.txt").write_bytes((examples / "geneva-talks.txt").read_bytes())
    from pipeline.ingest.intake import intake
    from pipeline.storage.home import Home

    intake(Home(home))
    assert materialize(home, "whole_batch", "b000002").success
    assert batches_in(home) == {"b000001"}
    after = run_line(home, None, quiet=True)
    assert (after.batches, after.published) == ([], True)
    assert batches_in(home) == {"b000001", "b000002"}
    assert not run_line(home, None, quiet=True).published
