"""The main job on the examples: everything is accounted for, a second run changes nothing, nothing leaves the machine."""

import json

import pytest

from tests.assets.conftest import ROOT, ask, contents, tarmim


def test_every_input_is_a_document_source_or_a_rejection(ran):
    assert ask(ran, "SELECT count(*) FROM documents") == [(13,)]
    assert ask(ran, "SELECT count(*) FROM document_sources") == [(14,)]
    assert ask(ran, "SELECT source_uri LIKE '%scan.txt', reason FROM rejected_files") == [(True, "binary")]


def test_one_text_from_two_outlets_is_one_document_with_two_sources(ran):
    rows = ask(ran, "SELECT list(publisher ORDER BY publisher) FROM document_sources GROUP BY doc_id HAVING count(*) > 1")
    assert rows == [(["Delta Press", "Sinai Times"],)]


def test_the_windows_1256_file_is_read_as_what_it_is(ran):
    assert ask(ran, "SELECT encoding FROM documents WHERE publisher = 'Cedar Economy'") == [("windows-1256",)]


def test_restored_characters_lead_back_to_the_raw_text(ran):
    rows = ask(
        ran,
        "SELECT count(*) FROM restored_documents r JOIN documents d USING (doc_id), unnest(r.segments) AS t(s) "
        "WHERE s.raw_start + s.length > length(d.text) OR s.start + s.length > length(r.text)",
    )
    assert rows == [(0,)]


def test_displaced_runs_and_private_digits_are_restored(ran):
    text = ask(ran, "SELECT r.text FROM restored_documents r JOIN documents USING (doc_id) WHERE publisher = 'Marib Dispatch'")[0][0]
    assert "توقيع الاتفاق بين الحكومة وجماعة الحوثي في السويد. وقال سكان" in text
    figures = ask(ran, "SELECT low FROM quantities JOIN documents USING (doc_id) WHERE publisher = 'Tigris Monitor' AND status = 'decoded'")
    assert {46.0, 120000.0, 48.0} <= {low for (low,) in figures}


def test_stripped_figures_are_flagged_and_never_filled_in(ran):
    rows = ask(
        ran,
        "SELECT count(*), count(*) FILTER (low = high) FROM quantities JOIN documents USING (doc_id) "
        "WHERE publisher IN ('Nile Ledger', 'Qasioun Post') AND status = 'stripped'",
    )
    assert rows[0][0] >= 6
    assert rows[0][1] == 0


def test_doubled_words_are_flagged(ran):
    rows = ask(ran, "SELECT count(*) FROM quality_flags JOIN documents USING (doc_id) WHERE publisher = 'Gharyan News' AND kind LIKE 'duplicated%'")
    assert rows[0][0] >= 3


def test_a_second_run_adds_nothing_and_says_so(ran, examples):
    before, file = contents(ran), (ran / "warehouse.duckdb").resolve()
    said = tarmim("run", examples, "--home", ran).stdout
    assert "Nothing new" in said
    assert (ran / "warehouse.duckdb").resolve() == file
    assert contents(ran) == before


NO_NETWORK = """
import os, sys
def hook(event, args):
    if event == "socket.getaddrinfo" or event in ("socket.connect", "socket.sendto") and not isinstance(args[-1], (str, bytes)):
        os.write(2, f"NETWORK {event} {args!r}".encode())
        os._exit(77)
sys.addaudithook(hook)
"""


def test_the_main_job_needs_no_network_and_prints_json_alone(tmp_path, examples):
    """Every attempt to connect anywhere but to a Unix socket ends the process."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    file, home = examples / "gao-attack.txt", tmp_path / "بيت النصوص"
    done = tarmim("run", file, "--home", home, "--json", check=False, PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0
    assert json.loads(done.stdout)["documents"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "no-such-folder"], "no-such-folder"),
        (["restore", "no-such-file.txt"], "no-such-file.txt"),
        (["query", "SELECT 1"], "no published warehouse"),
        (["query"], "either a statement or --file"),
        (["tables", "no_such_table"], "no table no_such_table"),
        (["evaluate", "no-such-gold"], "no-such-gold"),
        (["inspect", "pyproject.toml", "--published-at", "yesterday"], "YYYY-MM-DD"),
    ],
)
def test_wrong_use_is_told_in_one_line_with_status_2(tmp_path, arguments, says):
    done = tarmim(*arguments, check=False, TARMIM_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
