"""The Dagster UI in a real browser: six groups, everything materialised by clicks, a new batch included, checks in all three colours."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import dagster as dg
import pytest

from assets.definitions import defs
from assets.instance import instance_of
from pipeline.schema.tables import GROUPS
from pipeline.storage.home import Home
from tests.assets.conftest import ROOT, ask, environment
from tests.assets.test_checks import stripped_corpus
from tests.report.conftest import browser  # noqa: F401 - a fixture

pytestmark = [pytest.mark.system, pytest.mark.slow]
# The daemon looks at a backfill every 30 seconds, and one of all assets takes five looks.
WAIT = 420.0
DOUBLED = "وقال شهود إن الباعة غادروا السوق السوق قبل الغروب."


def eventually(condition, seconds=WAIT):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(1.0)


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def ui(browser, home):  # noqa: ARG001, F811 - without a browser nothing need start
    """`tarmim ui` over a fresh home; its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "assets.cli", "ui", "--home", str(home), "--port", str(port)],
        env=environment(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"

    def up():
        assert process.poll() is None
        try:
            return urllib.request.urlopen(f"{address}/server_info", timeout=5).status == 200
        except OSError:
            return False

    try:
        eventually(up)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def batches(home):
    with instance_of(Home(home)) as instance:
        return instance.get_dynamic_partitions("batch")


def backfill(home):
    """How the backfill that was clicked stands."""
    with instance_of(Home(home)) as instance:
        return [b.status.value for b in instance.get_backfills()]


def materialised(home):
    with instance_of(Home(home)) as instance:
        return {k for k in defs.resolve_asset_graph().get_all_asset_keys() if instance.get_latest_materialization_event(k)}


def test_everything_is_materialised_by_clicks_and_checks_show(ui, browser, home, examples, tmp_path):  # noqa: F811
    page = browser.new_page(viewport={"width": 2000, "height": 1300})
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.goto(f"{ui}/asset-groups", timeout=WAIT * 1000)
    for group in GROUPS:
        page.get_by_text(group, exact=True).first.wait_for(timeout=WAIT * 1000)

    (home / "landing" / "gao-attack.txt").write_bytes((examples / "gao-attack.txt").read_bytes())
    (home / "landing" / "tripoli-doubled.txt").write_bytes((examples / "tripoli-doubled.txt").read_bytes())
    eventually(lambda: batches(home) == ["b000001"])
    (home / "landing" / "stripped.txt").write_text(f"{stripped_corpus(examples)}\n\n{DOUBLED}", encoding="utf-8")
    eventually(lambda: len(batches(home)) == 2)

    page.reload(timeout=WAIT * 1000)
    page.get_by_text("Materialize all").click(timeout=WAIT * 1000)
    page.get_by_role("button", name="All", exact=True).click(timeout=WAIT * 1000)
    page.get_by_text("2 partitions").wait_for()
    page.get_by_role("button", name="Launch backfill").click()
    eventually(lambda: backfill(home) not in ([], ["REQUESTED"]))
    assert backfill(home) == ["COMPLETED_SUCCESS"]
    assert materialised(home) == set(defs.resolve_asset_graph().get_all_asset_keys())
    eventually(lambda: ask(home, "SELECT count(*) FROM documents") == [(3,)])

    page.goto(f"{ui}/asset-groups", timeout=WAIT * 1000)
    page.get_by_text("Materialize all").wait_for(timeout=WAIT * 1000)
    page.screenshot(path=tmp_path / "graph.png")
    for check, result in (("stripped_numbers", "Failed"), ("duplicated_words", "Failed"), ("encoded_numbers", "Passed")):
        page.goto(f"{ui}/assets/quality_flags?view=checks&checkDetail={check}", timeout=WAIT * 1000)
        page.get_by_text("Evaluation result").wait_for(timeout=WAIT * 1000)
        page.screenshot(path=tmp_path / f"{check}.png")
        assert f"Evaluation result\n{result}" in page.inner_text("body")
    with instance_of(Home(home)) as instance:
        records = instance.event_log_storage.get_latest_asset_check_execution_by_key(list(defs.resolve_asset_graph().asset_check_keys))
    found = {k.name: r.event.dagster_event.event_specific_data for k, r in records.items()}
    assert found["offsets"].passed
    assert not found["stripped_numbers"].passed
    assert found["stripped_numbers"].severity == dg.AssetCheckSeverity.ERROR
    assert not found["duplicated_words"].passed
    assert found["duplicated_words"].severity == dg.AssetCheckSeverity.WARN

    page.goto(f"{ui}/assets/sentences?view=overview", timeout=WAIT * 1000)
    page.get_by_text("أفاد ناشطون", exact=False).first.wait_for(timeout=WAIT * 1000)
    page.screenshot(path=tmp_path / "preview.png")
    assert faults == []
