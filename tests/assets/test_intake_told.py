"""What a run says of inputs that wait or cannot be read, and metadata that come after their text."""

import json

import pytest
from typer.testing import CliRunner

from assets.automation import request_pending
from assets.cli import app
from assets.instance import instance_of
from pipeline.ingest.intake import intake
from pipeline.storage.home import Home
from tests.assets.conftest import ask

ARTICLE = "هدوء في المدينة\n\nقالت وزارة الصحة إن سبعة أشخاص قتلوا الثلاثاء في قصف على حي الشعار في مدينة حلب.\n"


@pytest.fixture
def run(home):
    def call(*arguments):
        done = CliRunner().invoke(app, ["run", *map(str, arguments), "--home", str(home), "--json"])
        return done.exit_code, json.loads(done.stdout)

    return call


def test_a_sidecar_that_comes_later_dates_the_events(home, run):
    """The days of a text are told relative to its publication: with the date come the days, without a second document."""
    (home / "landing" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run()[0] == 0
    days = "SELECT DISTINCT date_start::VARCHAR FROM events WHERE killed_low = 7"
    assert ask(home, days) == [(None,)]
    (home / "landing" / "a.txt.meta.json").write_text('{"publisher": "Barada Online", "published_at": "2016-05-05"}', encoding="utf-8")
    intake(Home(home))
    with instance_of(Home(home)) as instance:
        asked = {r.partition_key: r.run_key for r in request_pending(Home(home), instance)}
    assert asked.keys() == {"b000001", "b000002"}
    assert asked["b000001"] != "b000001:new"
    status, told = run()
    assert (status, told["batches"], told["documents"]) == (0, ["b000001", "b000002"], 1)
    assert ask(home, days) == [("2016-05-03",)]
    assert ask(home, "SELECT publisher, published_at::VARCHAR FROM documents") == [("Barada Online", "2016-05-05")]
    assert ask(home, "SELECT publisher, is_current FROM document_sources ORDER BY first_seen_at") == [(None, False), ("Barada Online", True)]
    assert run()[1]["batches"] == []


def test_what_waits_and_what_cannot_be_read_is_told(home, run):
    (home / "landing" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (home / "landing" / "typo.txt.meta.json").write_text("{}", encoding="utf-8")
    (home / "landing" / "gone.txt").symlink_to("nowhere")
    status, told = run()
    assert status == 2
    assert told["waiting"] == ["typo.txt.meta.json"]
    assert told["unreadable"] == [["gone.txt", "cannot be read: No such file or directory"]]
    assert told["documents"] == 1
