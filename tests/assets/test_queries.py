"""The worked questions of sql/queries answer what the examples tell; they run as analysts run them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.storage import sql
from tests.assets.conftest import ROOT, tarmim

QUERIES = {query.name: query for query in sql.queries(sql.SQL / "queries")}
MAARAT = {"place": "Maarat al-Numan"}
# Rows that the answer must hold: these columns with these values (dates and lists as text).
EXPECTED: dict[str, list[dict[str, Any]]] = {
    "casualties_by_claimant": [
        {
            **MAARAT,
            "day": "2019-12-21",
            "killed_low": 11,
            "killed_high": 11,
            "according_to": "Syrian Observatory for Human Rights",
            "status": "claimed",
        },
        {"killed_low": 220, "killed_high": 220, "according_to": "World Health Organization"},
        {"killed_low": None, "killed_high": None, "according_to": "Activists", "number_stands_in_text": False},
    ],
    "contested_places": [],
    "holders_of_places": [{**MAARAT, "holder": "Syrian Army", "claimant": "SANA", "since_is_told": False, "taken_from": "['Hayat Tahrir al-Sham']"}],
    "denied_by_ministries": [{"ministry": "Russian Ministry of Defence", "denied": "استهداف السوق"}],
    "missing_figures": [{"counted": "مدني", "grammar_low": 11, "grammar_high": None}, {"counted": "متجر", "others_say": "[]"}],
    "events_per_week": [{"week": "2019-12-16", "area": "Idleb", "kind": "airstrike", "events": 3, "tellings_by_document": 3}],
    "copied_texts": [{"outlets": "['Delta Press', 'Sinai Times']"}],
    "sentences_about_a_town": [{"found": "الموصل", "publisher": "Tigris Monitor", "published_at": "2017-03-21"}],
    "displaced_by_claimant": [
        {"low": 25000, "high": 25000, "qualifier": "approximately", "claimant": "United Nations"},
        {"low": 180000, "high": None, "qualifier": "more_than", "claimant": "Iraqi Ministry of Migration"},
    ],
    "timeline_of_an_actor": [{"kind": "territory_captured", "role": "acts", "claimant": "SANA", **MAARAT}],
    "claims_by_stance": [{"source": "Russian Ministry of Defence", "denies": 1, "documents": 1}],
    "sources_contradicted": [{"source": "Syrian Observatory for Human Rights", "figures_told": 1, "figures_contradicted": 1}],
    "announced_and_happened": [{"status": "expected", "kind": "airstrike", "agents": "['Israeli Army']"}],
    "documents_to_distrust": [{"publisher": "Nile Ledger", "figures_missing": 8}, {"publisher": "Qasioun Post", "figures_missing": 5}],
    "airstrikes_without_agent": [
        {**MAARAT, "day": "2019-12-21", "outlets": "['Barada Online', 'Levant Wire', 'Qasioun Post']", "killed_agreement": "differ"}
    ],
    "first_reports": [{**MAARAT, "kind": "airstrike", "first_reported": "2019-12-22", "first_outlets": "['Barada Online', 'Levant Wire']"}],
    "where_claims_differ": [{**MAARAT, "figure": "killed", "low": 11, "high": 11, "claimant": "Syrian Observatory for Human Rights"}],
}


def answer(home: Path, name: str) -> list[dict[str, Any]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(QUERIES[name].text)
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, map(plain, row), strict=True)) for row in found.fetchall()]


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def test_every_question_has_an_expected_answer():
    assert QUERIES.keys() == EXPECTED.keys()
    assert len(QUERIES) >= 15
    assert all("?" in query.description for query in QUERIES.values())


def test_the_page_of_answers_has_every_question():
    """`make answers` writes it anew."""
    page = (ROOT / "docs" / "answers.md").read_text("utf-8")
    assert all(f"## {query.name}\n\n{query.description}\n" in page for query in QUERIES.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_the_answer_holds_what_the_examples_tell(ran: Path, name: str):
    rows = answer(ran, name)
    for expected in EXPECTED[name]:
        assert any(all(row[column] == value for column, value in expected.items()) for row in rows), (expected, rows)


def test_the_same_question_has_the_same_answer_in_the_same_order(ran: Path):
    for name in QUERIES:
        assert answer(ran, name) == answer(ran, name), name


def test_no_grammar_bound_stands_where_a_number_was_lost(ran: Path):
    lost = [row for row in answer(ran, "casualties_by_claimant") if not row["number_stands_in_text"]]
    assert lost
    assert all(row["killed_low"] is None and row["killed_high"] is None for row in lost)


def test_others_say_how_many_the_damaged_text_lost(ran: Path):
    (row,) = [row for row in answer(ran, "missing_figures") if row["counted"] == "مدني" and "معرة النعمان" in row["title"]]
    assert "11 مدني by Syrian Observatory for Human Rights in Barada Online" in row["others_say"]


def test_questions_run_from_the_command_line(ran: Path):
    done = tarmim("query", "--file", "sql/queries/copied_texts.sql", "--format", "json", "--home", ran)
    assert json.loads(done.stdout)[0]["outlets"] == ["Delta Press", "Sinai Times"]


def test_find_text_gives_the_raw_characters(ran: Path):
    with duckdb.connect(str(ran / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT f.found, substring(d.text, f.raw_start + 1, f.raw_end - f.raw_start) "
            "FROM find_text('الجيش') AS f JOIN documents AS d USING (doc_id)"
        ).fetchall()
    assert len(rows) > 3
    assert all(raw.replace("ـ", "").split() == found.split() for found, raw in rows)


def test_evidence_shows_sentence_and_raw_text(ran: Path):
    with duckdb.connect(str(ran / "warehouse.duckdb"), read_only=True) as connection:
        undamaged = {doc for (doc,) in connection.execute("SELECT doc_id FROM restored_documents WHERE len(damage) = 0").fetchall()}
        assert undamaged
        for (event_id,) in connection.execute("SELECT event_id FROM events").fetchall():
            rows = connection.execute("SELECT sentence, raw_text, source_uri FROM evidence(?)", [event_id]).fetchall()
            assert rows, event_id
            # Of undamaged text the raw stretch is the sentence, marks and line breaks aside.
            assert all(
                uri and (event_id.split("-")[0] not in undamaged or raw.replace("ـ", "").split() == sentence.split()) for sentence, raw, uri in rows
            ), event_id


def test_export_from_the_command_line(ran: Path, tmp_path: Path):
    out = tmp_path / "acled.csv"
    assert "rows of export_acled" in tarmim("export", "export_acled", "--out", out, "--home", ran).stdout
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    strike = next(row for row in rows if row["location"] == "Maarat al-Numan" and row["sub_event_type"] == "Air/drone strike")
    assert (strike["event_date"], strike["admin1"], strike["country"]) == ("2019-12-21", "Idleb", "Syria")
    assert {row["fatalities"] for row in rows if "killed_agreement=none told" in row["tags"]} == {""}
    refused = tarmim("export", "nowhere", "--home", ran, check=False)
    assert refused.returncode == 2
    assert "no table nowhere" in refused.stderr


def test_the_dictionary_from_the_command_line(tmp_path: Path):
    tarmim("tables", "--docs", tmp_path)
    assert (tmp_path / "dictionary.md").read_text("utf-8") == (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    assert (tmp_path / "dictionary.html").read_text("utf-8").startswith("<!doctype html>")
