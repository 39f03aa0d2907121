"""A stage run in blocks gives what it gives in one piece."""

import pyarrow as pa

from pipeline import blocks


def stage(documents, notes, dictionary):
    assert dictionary.num_rows == 1
    assert set(notes["doc_id"].to_pylist()) <= set(documents["doc_id"].to_pylist())
    return {"lengths": pa.table({"doc_id": documents["doc_id"], "notes": pa.array([notes.num_rows] * documents.num_rows)})}


def test_tables_are_cut_by_document_and_others_passed_whole(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 4)
    documents = pa.table({"doc_id": ["a", "b", "c"], "text": ["xxxx", "yyyy", "zzzz"]})
    notes = pa.table({"doc_id": ["a", "a", "c"]})
    inputs = {"documents": documents, "notes": notes, "dictionary": pa.table({"word": ["w"]})}
    assert blocks.run_in_blocks(stage, inputs, "documents", processes=1)["lengths"].to_pylist() == [
        {"doc_id": "a", "notes": 2},
        {"doc_id": "b", "notes": 0},
        {"doc_id": "c", "notes": 1},
    ]


def test_no_documents_give_empty_tables():
    inputs = {
        "documents": pa.table({"doc_id": pa.array([], pa.string()), "text": pa.array([], pa.string())}),
        "notes": pa.table({"doc_id": pa.array([], pa.string())}),
        "dictionary": pa.table({"word": ["w"]}),
    }
    assert blocks.run_in_blocks(stage, inputs, "documents")["lengths"].num_rows == 0
