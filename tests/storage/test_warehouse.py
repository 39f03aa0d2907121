"""The warehouse is published whole, after its checks, and says what it holds."""

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest.intake import intake
from pipeline.schema import TABLES
from pipeline.storage import sql
from pipeline.storage.generations import record_failure, snapshot
from pipeline.storage.home import Home
from pipeline.storage.sql import SqlError
from pipeline.storage.warehouse import KEPT, AuditFailed, NoWarehouse, Published, connect, publish
from tests.storage.stand_ins import process

Add = Callable[..., str]


def released(home: Home, code: str = "1", **options: Any) -> Published:
    return publish(home, {}, code, "run", **options)


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    with connect(home) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def sql_folder(tmp_path: Path) -> Path:
    """A copy of sql/ to add to."""
    folder = tmp_path / "sql"
    shutil.copytree(sql.SQL, folder)
    return folder


def test_no_warehouse_yet(home: Home) -> None:
    with pytest.raises(NoWarehouse, match="tarmim run"), connect(home):
        pass


def test_an_empty_home_publishes_every_table_empty(home: Home) -> None:
    rows = released(home).rows
    assert set(rows.values()) == {0}
    assert {"documents", "events", "daily_events", "number_gaps"} <= rows.keys()


def test_documents_and_their_sources_come_out(home: Home, add: Add) -> None:
    add("a.txt")
    published = released(home)
    assert ask(home, "SELECT count(*) FROM documents") == [(1,)]
    assert ask(home, "SELECT source_uri, is_current FROM document_sources") == [("a.txt", True)]
    assert home.warehouse.is_symlink()
    assert home.warehouse.resolve() == published.path
    assert stat.S_IMODE(published.path.stat().st_mode) == 0o444
    with pytest.raises(duckdb.Error), connect(home) as connection:
        connection.execute("DELETE FROM documents")


def test_older_shells_can_read_the_file(home: Home) -> None:
    released(home)
    assert ask(home, "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal") == [("v1.3.0+",)]


def test_column_types_are_the_contract_s(home: Home, add: Add) -> None:
    add("a.txt")
    released(home)
    with connect(home) as connection:
        for name, table in TABLES.items():
            if name in ("restoration_doubts", "text_flags"):
                continue
            found = connection.sql(f'SELECT * FROM "{name}" LIMIT 0').to_arrow_table().schema
            assert found.names == [c.name for c in table.columns] + (["search_text"] if name == "sentences" else [])
            assert [found.field(c.name).type for c in table.columns if c.type != pa.timestamp("us", tz="UTC")] == [
                c.type for c in table.columns if c.type != pa.timestamp("us", tz="UTC")
            ], name


def test_the_same_inputs_are_published_once(home: Home, add: Add) -> None:
    batch = add("a.txt")
    first = released(home)
    assert first.changed
    again = released(home)
    assert (again.changed, again.path, dict(again.rows)) == (False, first.path, dict(first.rows))
    process(home, batch)
    assert not released(home).changed
    process(home, batch, mark="tatweel")
    assert released(home).changed
    assert released(home, code="2").changed


def test_every_table_and_column_is_described(home: Home) -> None:
    released(home)
    assert ask(home, "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
    assert ask(home, "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal") == []


def test_publish_says_what_went_in_and_what_did_not(home: Home, add: Add) -> None:
    batch = add("a.txt")
    other = add("b.txt", "خبر آخر من المدينة")
    record_failure(home, other, "extract", "unique ids")
    published = released(home)
    ((counts, batches, left_out),) = ask(home, "SELECT row_counts::VARCHAR, batches::VARCHAR, left_out::VARCHAR FROM _publish")
    assert json.loads(counts)["documents"] == 2
    assert set(json.loads(batches)) == {batch, other}
    assert json.loads(left_out) == [{"batch": other, "reason": "extract failed: unique ids", "older_state_kept": True}]
    assert [o.batch for o in published.left_out] == [other]


def test_a_failed_batch_stays_out_of_the_next_publish(home: Home, add: Add) -> None:
    add("a.txt")
    (home.landing / "b.txt").write_text("خبر آخر من المدينة", "utf-8")
    (bad,) = intake(home).new_batches
    process(home, bad, until="ingest")
    record_failure(home, bad, "restore", "offsets")
    add("c.txt", "خبر ثالث من المدينة")
    released(home)
    assert ask(home, "SELECT batch FROM documents ORDER BY 1") == [("b000001",), ("b000003",)]
    assert ask(home, "SELECT source_uri FROM document_sources ORDER BY 1") == [("a.txt",), ("c.txt",)]


def test_a_source_waits_for_the_batch_that_owns_its_document(home: Home, add: Add) -> None:
    (home.landing / "a.txt").write_text("خبر من المدينة", "utf-8")
    (owner,) = intake(home).new_batches
    add("b.txt", "خبر من المدينة")
    released(home)
    assert ask(home, "SELECT waiting_sources FROM _publish") == [(1,)]
    assert ask(home, "SELECT source_uri FROM document_sources") == []
    process(home, owner)
    released(home)
    assert ask(home, "SELECT source_uri FROM document_sources ORDER BY 1") == [("a.txt",), ("b.txt",)]
    assert ask(home, "SELECT count(*), count(DISTINCT doc_id) FROM documents") == [(1, 1)]


def test_a_publisher_that_waited_does_not_publish_an_older_state(home: Home, add: Add) -> None:
    add("a.txt")
    earlier = snapshot(home)
    add("b.txt", "خبر آخر من المدينة")
    released(home)
    assert not released(home, snapshot=earlier).changed
    assert ask(home, "SELECT count(*) FROM documents") == [(2,)]


def test_only_the_newest_version_of_a_source_is_current(home: Home, add: Add) -> None:
    add("a.txt")
    add("a.txt", "نص مصحح للخبر نفسه")
    released(home)
    assert ask(home, "SELECT is_current, supersedes IS NULL FROM document_sources ORDER BY first_seen_at") == [(False, True), (True, False)]
    assert ask(home, "SELECT supersedes FROM document_sources WHERE is_current") == ask(
        home, "SELECT first_seen_at FROM document_sources WHERE NOT is_current"
    )


def test_a_failed_check_keeps_the_old_warehouse(home: Home, add: Add, sql_folder: Path) -> None:
    add("a.txt")
    first = released(home)
    add("b.txt", "خبر آخر من المدينة")
    (sql_folder / "checks" / "few_documents.sql").write_text("-- There is one document at most.\nSELECT doc_id FROM documents OFFSET 1\n")
    with pytest.raises(AuditFailed, match=r"few_documents.*found 1 rows") as raised:
        released(home, sql_folder=sql_folder)
    assert [f.check for f in raised.value.failures] == ["few_documents"]
    assert home.warehouse.resolve() == first.path
    assert ask(home, "SELECT count(*) FROM documents") == [(1,)]
    assert not list(home.root.glob(".tmp-*"))
    released(home)
    assert ask(home, "SELECT count(*) FROM documents") == [(2,)]


FAULTS = {
    "unique_ids": "INSERT INTO documents SELECT * FROM documents",
    "every_row_has_its_document": "DELETE FROM documents",
    "every_fact_has_its_sentence": (
        "INSERT INTO mentions (doc_id, sentence_id, mention_id, start, \"end\", text) SELECT doc_id, 'x', 'm', 0, 2, 'وص' FROM documents"
    ),
    "offsets_inside_the_text": "UPDATE sentences SET text = 'آخر'",
    "restorations_map_back": (
        'INSERT INTO restorations (doc_id, restoration_id, kind, raw_start, raw_end, start, "end", before, after) '
        "SELECT doc_id, 'r', 'tatweel', 0, 2, 0, 1, 'zz', 'z' FROM documents"
    ),
    "unknown_is_not_zero": "INSERT INTO quantities (doc_id, quantity_id, status, low) SELECT doc_id, 'q', 'stripped', 0 FROM documents",
    "one_current_version_per_source": (
        "INSERT INTO document_sources SELECT * REPLACE (first_seen_at + INTERVAL 1 DAY AS first_seen_at) FROM document_sources"
    ),
    "known_words_only": "INSERT INTO events (doc_id, event_id, kind, status) SELECT doc_id, 'e', 'killing', 'perhaps' FROM documents",
}


def test_every_check_has_a_case() -> None:
    assert {check.name for check in sql.checks()} >= FAULTS.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_each_check_passes_and_fails(home: Home, add: Add, tmp_path: Path, name: str) -> None:
    add("a.txt")
    path = tmp_path / "copy.duckdb"
    shutil.copy(released(home).path, path)
    path.chmod(0o644)
    (check,) = [c for c in sql.checks() if c.name == name]
    with duckdb.connect(str(path)) as connection:
        assert connection.execute(check.text).fetchall() == []
        connection.execute(FAULTS[name])
        assert connection.execute(check.text).fetchall() != []


def test_marts_are_parquet_too(home: Home, add: Add) -> None:
    add("a.txt")
    published = released(home)
    folder = home.tables / "marts" / published.publish_id
    assert {p.stem for p in folder.glob("*.parquet")} == {m.name for m in sql.marts()}
    assert pq.read_table(folder / "corpus_quality.parquet")["documents"].to_pylist() == [1]


def test_old_warehouses_are_forgotten(home: Home) -> None:
    for i in range(KEPT + 3):
        last = released(home, code=str(i))
    kept = sorted(home.root.glob("warehouse-*.duckdb"))
    assert len(kept) == KEPT
    assert kept[-1] == last.path
    assert len(list((home.tables / "marts").iterdir())) == KEPT


def test_what_a_killed_publish_left_is_swept(home: Home) -> None:
    (home.root / ".tmp-1-dead.duckdb").write_bytes(b"half")
    released(home)
    assert not list(home.root.glob(".tmp-*"))


def test_dictionaries_come_from_outside(home: Home) -> None:
    row = {"canonical_id": "p1", "name_en": "Aleppo", "name_ar": "حلب", "data_source": "test", "licence": "none"}
    publish(home, {"places": TABLES["places"].from_rows([row])}, "1", "run")
    assert ask(home, "SELECT name_ar FROM places") == [("حلب",)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT 1 AS n", "has no header"),
        ("-- One row.\nSELECT 1 AS n", "columns without `-- @column:` \\['n'\\]"),
        ("-- One row.\n-- @n: N.\n-- @m: M.\nSELECT 1 AS n", "described but absent \\['m'\\]"),
        ("-- One row.\n-- @n: N.\nSELECT sum(x) AS n FROM range(3) AS t(x)", "HUGEINT"),
        ("-- One row.\n-- @n: N.\nSELECT n FROM nowhere", "nowhere"),
        ("-- One row.\n-- @n: N.\nSELECT 1 AS n; SELECT 2", "exactly one SELECT"),
        ("-- One row.\n-- depends: bad\n-- @n: N.\nSELECT 1 AS n", None),
    ],
)
def test_faults_in_a_mart_are_named(home: Home, sql_folder: Path, text: str, fault: str | None) -> None:
    (sql_folder / "marts" / "bad.sql").write_text(text)
    if fault is None:
        assert "bad" in released(home, sql_folder=sql_folder).rows
        return
    with pytest.raises(SqlError, match=fault):
        released(home, sql_folder=sql_folder)


def test_marts_may_build_on_marts(home: Home, sql_folder: Path) -> None:
    counted = "WITH x AS (SELECT * FROM daily_events) SELECT count(*) AS n FROM x"
    (sql_folder / "marts" / "aaa.sql").write_text(f"-- One row.\n-- @n: Days.\n{counted}")
    names = [m.name for m in sql.marts(sql_folder / "marts")]
    assert names.index("aaa") > names.index("daily_events")
    released(home, sql_folder=sql_folder)
    (sql_folder / "marts" / "daily_events.sql").write_text("-- One row.\n-- @n: N.\nSELECT n FROM aaa")
    with pytest.raises(SqlError, match="circle"):
        sql.marts(sql_folder / "marts")


def test_odd_characters_come_through_unchanged(home: Home) -> None:
    text = "خبر\0من\u2028المدينة \ue005\ufffd 🙂 يـَوم\r\n\tانتهى"
    (home.landing / "a.txt").write_bytes(text.encode())
    (batch,) = intake(home).new_batches
    process(home, batch)
    released(home)
    assert ask(home, "SELECT text FROM documents") == [(text,)]
