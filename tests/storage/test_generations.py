"""A batch's tables change whole or not at all, and only sets that were made from each other are published."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from pipeline.schema import TABLES, ContractError
from pipeline.storage import generations
from pipeline.storage.generations import (
    CORPUS,
    StorageError,
    batch_state,
    collect_garbage,
    current,
    is_complete,
    need,
    read_blocks,
    read_table,
    record_failure,
    snapshot,
    write_generation,
)
from pipeline.storage.home import Home
from tests.storage.stand_ins import process

Add = Callable[[str], str]


def damage(home: Home, batch: str) -> list[list[str]]:
    """The mark that `process` left in the published state."""
    files = generations.snapshot(home).batches[batch]["restore"]
    return list(files.read(home, "restored_documents")["damage"].to_pylist())


def test_a_rerun_makes_the_same_generations(home: Home, add: Add) -> None:
    batch = add("a.txt")
    before = {stage: g.id for stage, g in batch_state(home, batch).current.items()}
    process(home, batch)
    assert {stage: g.id for stage, g in batch_state(home, batch).current.items()} == before
    assert len(list((home.tables / batch / "restore").iterdir())) == 1


def test_what_was_written_is_read(home: Home, add: Add) -> None:
    batch = add("a.txt")
    table = read_table(home, batch, "documents")
    assert table.schema.equals(TABLES["documents"].schema)
    assert pa.Table.from_batches(read_blocks(home, batch, "documents", 1)).num_rows == table.num_rows
    assert need(home, batch, "ingest").rows["documents"] == 1
    with pytest.raises(StorageError, match="no stage has made events"):
        read_table(home, batch, "events")
    with pytest.raises(StorageError, match="stage extract has made nothing of b000009"):
        need(home, "b000009", "extract")


def test_a_stream_of_blocks_is_written(home: Home) -> None:
    schema = TABLES["sentences"].schema
    row = {"doc_id": "d", "paragraph_no": 0, "kind": "body", "start": 0, "end": 1, "text": "خ"}
    blocks = [pa.RecordBatch.from_pylist([{**row, "sentence_id": f"d-s{i}", "sentence_no": i}], schema) for i in range(3)]
    write_generation(home, "b000001", "restore", {"sentences": pa.RecordBatchReader.from_batches(schema, blocks)}, {}, "1")
    assert read_table(home, "b000001", "sentences")["sentence_no"].to_pylist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (pa.table({"doc_id": ["x"]}), "documents.text is missing"),
        (None, "repeated keys"),
    ],
)
def test_a_table_that_breaks_its_contract_changes_nothing(home: Home, add: Add, table: pa.Table | None, fault: str) -> None:
    batch = add("a.txt")
    before = batch_state(home, batch)
    if table is None:
        table = pa.concat_tables([read_table(home, batch, "documents")] * 2)
    with pytest.raises(ContractError, match=fault):
        write_generation(home, batch, "ingest", {"documents": table}, {}, "2")
    assert batch_state(home, batch) == before
    assert not list((home.tables / batch / "ingest").glob(".tmp-*"))


def test_a_batch_half_way_through_keeps_its_last_complete_state(home: Home, add: Add) -> None:
    batch = add("a.txt")
    process(home, batch, mark="tatweel", until="restore")
    assert damage(home, batch) == [[]]
    (left_out,) = snapshot(home).left_out
    assert (left_out.batch, left_out.kept) == (batch, True)
    assert not is_complete(home, batch)
    process(home, batch, mark="tatweel")
    assert damage(home, batch) == [["tatweel"]]
    assert snapshot(home).left_out == ()


def test_a_batch_that_was_never_complete_is_left_out_with_the_reason(home: Home, add: Add) -> None:
    good = add("a.txt")
    process(home, "b000001", until="ingest")
    taken = snapshot(home, [good, "b000002"])
    assert set(taken.batches) == {good}
    assert taken.left_out[-1].batch == "b000002"
    assert "not run yet: ingest, restore" in taken.left_out[-1].reason


def test_a_failed_audit_is_listed_until_the_stage_succeeds(home: Home, add: Add) -> None:
    batch = add("a.txt")
    record_failure(home, batch, "restore", "offsets: 3 rows do not map back")
    (left_out,) = snapshot(home).left_out
    assert left_out.reason == "restore failed: offsets: 3 rows do not map back"
    assert left_out.kept
    process(home, batch)
    assert snapshot(home).left_out == ()


def test_tables_of_the_whole_corpus_are_published_at_once(home: Home) -> None:
    write_generation(home, CORPUS, "profile", {"producer_profiles": TABLES["producer_profiles"].empty()}, {}, "1")
    assert [file.name for file in snapshot(home).files(home)["producer_profiles"]] == ["producer_profiles.parquet"]


def test_garbage_is_what_no_manifest_names(home: Home, add: Add) -> None:
    batch = add("a.txt")
    first = need(home, batch, "restore").folder(home)
    process(home, batch, mark="tatweel", until="restore")
    assert collect_garbage(home, 0) == 0, "the last complete set is still needed"
    process(home, batch, mark="tatweel")
    assert collect_garbage(home) == 0, "someone may still be reading"
    assert collect_garbage(home, 0) > 0
    assert not first.exists()
    assert damage(home, batch) == [["tatweel"]]


def test_garbage_collection_killed_half_way_leaves_nothing_to_adopt(home: Home, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = add("a.txt")
    process(home, batch, mark="tatweel")
    monkeypatch.setattr(generations.shutil, "rmtree", lambda *_, **__: None)
    collect_garbage(home, 0)
    monkeypatch.undo()
    process(home, batch)
    assert damage(home, batch) == [[]]


def test_generations_of_stages_that_no_longer_exist_are_not_published(home: Home, add: Add) -> None:
    batch = add("a.txt")
    old = need(home, batch, "restore")
    write_generation(home, batch, "normalize", {"sentences": old.read(home, "sentences")}, {}, "0")
    assert "normalize" not in snapshot(home).batches[batch]
    assert current(home, batch, "normalize") is not None
