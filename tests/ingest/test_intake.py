"""The ledger's promises: each input once, every place it was seen at, nothing lost, the same rows on every reading."""

import gzip
import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.ingest.batches import batch_manifest, described_later, list_batches, read_batch, reconcile
from pipeline.ingest.intake import SourceMissing, intake
from pipeline.ingest.settings import Settings
from pipeline.ingest.standalone import read_files
from pipeline.schema import TABLES
from pipeline.storage.home import Home


def rows(home: Home, table: str) -> list[dict[str, Any]]:
    """A table's rows over all batches; every batch must reconcile and keep the contract."""
    found: list[dict[str, Any]] = []
    for batch in list_batches(home):
        read = read_batch(home, batch)
        assert reconcile(read) == []
        for name, made in read.tables.items():
            assert TABLES[name].violations(made) == []
        found += read.tables[table].to_pylist()
    return found


def write_jsonl(path: Path, *records: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")


def test_the_second_intake_is_a_no_op(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    assert intake(home).new_files == 1
    first = rows(home, "documents")
    again = intake(home)
    assert (again.new_batches, again.new_files, again.known_files) == ([], 0, 1)
    os.utime(home.landing / "a.txt")
    assert intake(home).known_files == 1
    assert rows(home, "documents") == first
    assert [d["text"] for d in first] == [article]


def test_one_text_from_two_outlets_is_one_document_with_two_sources(home: Home, article: str) -> None:
    for outlet in ("one", "two"):
        (home.landing / outlet).mkdir()
        (home.landing / outlet / "a.txt").write_text(article, "utf-8")
        (home.landing / outlet / "a.meta.json").write_text(json.dumps({"publisher": outlet}), "utf-8")
    intake(home)
    (document,) = rows(home, "documents")
    sources = rows(home, "document_sources")
    assert [(s["source_uri"], s["publisher"], s["doc_id"]) for s in sources] == [
        ("one/a.txt", "one", document["doc_id"]),
        ("two/a.txt", "two", document["doc_id"]),
    ]


def test_two_files_of_one_name_lose_nothing(home: Home, tmp_path: Path, article: str) -> None:
    paths = [tmp_path / folder / "raw.txt" for folder in ("x", "y")]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"{article} {number}", "utf-8")
    intake(home, paths)
    assert [s["source_uri"] for s in rows(home, "document_sources")] == [p.as_posix() for p in paths]
    assert len(rows(home, "documents")) == 2


def test_a_grown_jsonl_brings_only_what_is_new(home: Home, article: str) -> None:
    path = home.landing / "wire.jsonl"
    old = [{"text": f"{article} {i}"} for i in range(5)]
    write_jsonl(path, *old)
    intake(home)
    write_jsonl(path, *old, {"text": "خبر جديد"})
    assert intake(home).new_inputs == 1
    read = read_batch(home, "b000002")
    assert (read.inputs, read.unchanged) == (6, 5)
    assert read.tables["documents"]["text"].to_pylist() == ["خبر جديد"]
    assert read.tables["document_sources"]["source_uri"].to_pylist() == ["wire.jsonl#5"]
    assert len(rows(home, "documents")) == 6


def test_content_of_an_earlier_batch_is_a_source_and_no_second_document(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    intake(home)
    (home.landing / "b.txt").write_text(article, "utf-8")
    intake(home)
    # The second batch does not depend on the first having been read, let alone published.
    read = read_batch(home, "b000002")
    assert (read.tables["documents"].num_rows, read.known_elsewhere) == (0, 1)
    assert read.tables["document_sources"]["source_uri"].to_pylist() == ["b.txt"]
    assert reconcile(read) == []


def test_changed_metadata_is_a_new_version(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    sidecar = home.landing / "a.txt.meta.json"
    for publisher in ("أ", "ب", "أ"):
        sidecar.write_text(json.dumps({"publisher": publisher, "published_at": "2016-05-04"}), "utf-8")
        assert intake(home).new_files == 1
    sources = rows(home, "document_sources")
    assert [(s["publisher"], s["metadata_origin"], s["published_at"]) for s in sources] == [(p, "sidecar", date(2016, 5, 4)) for p in "أبأ"]
    assert [s["supersedes"] for s in sources] == [None, sources[0]["first_seen_at"], sources[1]["first_seen_at"]]
    assert len(rows(home, "documents")) == 1


def test_a_sidecar_that_comes_after_its_text_describes_the_document(home: Home, article: str) -> None:
    """The place has two versions; the document shows the newest, whichever batch brought it."""
    for name in ("a.txt", "b.txt"):
        (home.landing / name).write_text(f"{article} {name}", "utf-8")
    intake(home)
    sidecar = home.landing / "a.txt.meta.json"
    sidecar.write_text(json.dumps({"publisher": "وكالة"}), "utf-8")
    intake(home)
    sidecar.write_text(json.dumps({"publisher": "وكالة", "published_at": "2016-05-04"}), "utf-8")
    assert intake(home).new_batches == ["b000003"]
    assert [(d["batch"], d["publisher"], d["published_at"]) for d in rows(home, "documents")] == [
        ("b000001", "وكالة", date(2016, 5, 4)),
        ("b000001", None, None),
    ]
    assert [(s["publisher"], s["published_at"]) for s in rows(home, "document_sources") if s["source_uri"] == "a.txt"] == [
        (None, None),
        ("وكالة", None),
        ("وكالة", date(2016, 5, 4)),
    ]
    assert list(described_later(home)) == ["b000001"]
    assert list(described_later(home)["b000001"].values()) == ["b000003"]


def test_a_record_with_new_metadata_describes_its_document_and_another_text_does_not(home: Home, article: str) -> None:
    path = home.landing / "wire.jsonl"
    write_jsonl(path, {"text": article}, {"text": article + " ب"})
    intake(home)
    write_jsonl(path, {"text": article, "title": "هدوء"}, {"text": article + " ج", "title": "غيره"})
    intake(home)
    assert [(d["batch"], d["title"], d["text"][-1]) for d in rows(home, "documents")] == [
        ("b000001", "هدوء", "."),
        ("b000001", None, "ب"),
        ("b000002", "غيره", "ج"),
    ]


def test_a_landing_folder_that_cannot_be_written_is_read_all_the_same(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    home.landing.chmod(0o555)
    try:
        assert intake(home).new_files == 1
    finally:
        home.landing.chmod(0o755)
    assert [p.name for p in home.landing.iterdir()] == ["a.txt"]


def test_a_file_that_vanishes_before_it_is_read_is_told_and_costs_no_other(home: Home, article: str) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (home.landing / name).write_text(f"{article} {name}", "utf-8")

    def looks_at(name: str, _number: int, _total: int) -> None:
        if name == "b.txt":
            (home.landing / name).unlink()

    taken = intake(home, progress=looks_at)
    assert taken.unreadable == [("b.txt", "cannot be read: No such file or directory")]
    assert taken.new_files == 2
    assert len(rows(home, "documents")) == 2


def test_manifest_and_sidecar_are_no_documents_and_a_bad_one_loses_none(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    (home.landing / "b.txt").write_text(article + " ب", "utf-8")
    (home.landing / "b.txt.meta.json").write_text("{broken", "utf-8")
    (home.landing / "manifest.csv").write_text("file,title,published_at\na.txt,هدوء,2016-05-04\nb.txt,ثان,yesterday\n,x,\n", "utf-8")
    assert intake(home).new_files == 2
    assert [(d["title"], d["published_at"]) for d in rows(home, "documents")] == [("هدوء", date(2016, 5, 4)), ("ثان", None)]
    rejected = {r["source_uri"]: r for r in rows(home, "rejected_files")}
    assert {uri: r["reason"] for uri, r in rejected.items()} == dict.fromkeys(["b.txt.meta.json", "manifest.csv"], "malformed_metadata")
    assert "row 3: published_at 'yesterday'" in rejected["manifest.csv"]["detail"]
    assert "row 4 names no file" in rejected["manifest.csv"]["detail"]
    assert intake(home).new_batches == []


def test_a_sidecar_without_its_document_waits(home: Home, article: str) -> None:
    (home.landing / "wire.meta.json").write_text('{"publisher": "وكالة"}', "utf-8")
    (home.landing / "typo.txt.meta.json").write_text("{}", "utf-8")
    assert intake(home).waiting == ["typo.txt.meta.json", "wire.meta.json"]
    (home.landing / "wire.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": article}).encode()))
    assert intake(home).waiting == ["typo.txt.meta.json"]
    assert [d["publisher"] for d in rows(home, "documents")] == ["وكالة"]


def test_the_landing_folder_behind_a_link_is_the_same_place(home: Home, tmp_path: Path, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    link = tmp_path / "link"
    link.symlink_to(home.landing)
    intake(home)
    assert intake(home, [link]).new_files == 0
    assert intake(home, [link / "a.txt"]).new_files == 0


def test_a_manifest_may_name_files_in_folders_below(home: Home, article: str) -> None:
    (home.landing / "may").mkdir()
    (home.landing / "may" / "a.txt").write_text(article, "utf-8")
    (home.landing / "manifest.csv").write_text("path,publisher\nmay/a.txt,وكالة\n", "utf-8")
    intake(home)
    assert [(d["publisher"], d["title"]) for d in rows(home, "documents")] == [("وكالة", None)]


REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\r\n", "empty"),
    "binary.txt": (b"\x00\x01\x02\xff" * 50, "binary"),
    "paper.txt": (b"%PDF-1.4 ...", "binary"),
    "russian.txt": ("Правительство сообщило о потерях".encode("cp1251"), "undecodable"),
    "english.txt": (b"nothing to restore here", "no_arabic"),
    "large.txt": ("خبر ".encode() * 5000, "too_large"),
    "paper.docx": (b"PK\x03\x04", "unsupported"),
    "columns.csv": ("id,body\n1,خبر\n".encode(), "missing_text"),
    "broken.parquet": (b"PAR1....", "broken"),
    "broken.pdf": (b"%PDF-1.4", "broken"),
}


def test_each_refusal_has_a_reason_a_remedy_and_its_bytes(home: Home, article: str) -> None:
    for name, (content, _) in REFUSED.items():
        (home.landing / name).write_bytes(content)
    (home.landing / "good.txt").write_text(article, "utf-8")
    intake(home, settings=Settings(max_document_bytes=10_000))
    rejected = rows(home, "rejected_files")
    assert {r["source_uri"]: r["reason"] for r in rejected} == {name: reason for name, (_, reason) in REFUSED.items()}
    for row in rejected:
        assert len(row["detail"]) > 20
        if row["source_uri"] != "columns.csv":
            assert (home.root / row["quarantine_uri"]).read_bytes() == REFUSED[row["source_uri"]][0]
    assert len(rows(home, "documents")) == 1


def test_a_refused_file_is_taken_in_once_the_remedy_is_applied(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article * 100, "utf-8")
    intake(home, settings=Settings(max_document_bytes=1000))
    assert [r["reason"] for r in rows(home, "rejected_files")] == ["too_large"]
    assert intake(home, settings=Settings(max_document_bytes=1000)).new_batches == []
    assert intake(home).new_files == 1
    assert [d["text"] for d in rows(home, "documents")] == [article * 100]


def test_bytes_refused_under_one_name_are_read_under_another(home: Home) -> None:
    record = json.dumps({"text": "وصل الوفد إلى العاصمة"}, ensure_ascii=False)
    (home.landing / "a.json").write_text(record, "utf-8")
    intake(home)
    (home.landing / "a.json").rename(home.landing / "a.jsonl")
    intake(home)
    assert [d["text"] for d in rows(home, "documents")] == ["وصل الوفد إلى العاصمة"]


def test_mojibake_is_for_restoration_not_for_refusal(home: Home, article: str) -> None:
    for number, (read_as, really) in enumerate([("latin-1", "utf-8"), ("cp1252", "cp1256"), ("cp874", "utf-8")]):
        garbled = article.encode(really).decode(read_as, "ignore")
        (home.landing / f"{number}.txt").write_text(garbled, "utf-8")
    intake(home)
    assert rows(home, "rejected_files") == []
    assert len(rows(home, "documents")) == 3


def test_batches_keep_their_limits_and_each_record_is_in_one(home: Home, article: str) -> None:
    write_jsonl(home.landing / "wire.jsonl", *({"text": f"{article} {i}"} for i in range(25)))
    for i in range(3):
        (home.landing / f"x{i}.txt").write_text(f"خبر {i}", "utf-8")
    taken = intake(home, settings=Settings(max_batch_documents=10))
    assert len(taken.new_batches) == 3
    reads = [read_batch(home, batch) for batch in taken.new_batches]
    assert [r.tables["documents"].num_rows for r in reads] == [10, 10, 8]
    assert len({d["doc_id"] for d in rows(home, "documents")}) == 28
    assert batch_manifest(home, "b000002").entries[0].first_record == 10
    for batch in taken.new_batches:
        assert json.loads((home.batches / f"{batch}.json").read_text("utf-8"))["batch"] == batch


def test_reading_a_batch_again_gives_the_same_rows_whatever_came_later(home: Home, article: str) -> None:
    (home.landing / "a.txt").write_text(article, "utf-8")
    intake(home)
    before = read_batch(home, "b000001").tables
    (home.landing / "b.txt").write_text(article, "utf-8")
    (home.landing / "a.txt").write_text(f"{article} وأضاف أن الطريق فتح.", "utf-8")
    intake(home)
    (home.landing / "a.txt").unlink()
    assert read_batch(home, "b000001").tables == before
    assert read_batch(home, "b000001").described_by == {}
    assert not any(pa.compute.equal(before["documents"]["ingested_at"], None).to_pylist())  # type: ignore[attr-defined]


def test_files_that_are_not_finished_wait(home: Home, article: str) -> None:
    (home.landing / ".a.txt").write_text(article, "utf-8")
    (home.landing / "a.txt.part").write_text(article, "utf-8")
    (home.landing / "b.txt").write_text(article, "utf-8")
    taken = intake(home, settle_seconds=30)
    assert (taken.new_files, taken.waiting) == (0, ["b.txt"])
    old = time.time() - 60
    os.utime(home.landing / "b.txt", (old, old))
    assert intake(home, settle_seconds=30).new_files == 1


def test_a_home_inside_the_source_is_not_taken_in(tmp_path: Path, article: str) -> None:
    (tmp_path / "a.txt").write_text(article, "utf-8")
    home = Home.at(tmp_path / "tarmim-home")
    (home.quarantine / "q.txt").write_text("خبر", "utf-8")
    (home.landing / "l.txt").write_text("خبر آخر", "utf-8")
    intake(home, [tmp_path])
    assert [s["source_uri"] for s in rows(home, "document_sources")] == [(tmp_path / "a.txt").as_posix(), "l.txt"]


def test_missing_and_unreadable_sources(home: Home, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"nowhere\.txt does not exist"):
        intake(home, [tmp_path / "nowhere.txt"])
    os.mkfifo(home.landing / "pipe.txt")
    (home.landing / "gone.txt").symlink_to("nowhere")
    assert [uri for uri, _ in intake(home).unreadable] == ["gone.txt", "pipe.txt"]


def test_names_that_are_no_utf8_and_names_with_signs(home: Home, article: str) -> None:
    for number, name in enumerate([b"\xff\xfe.txt", "خبر #1.txt".encode(), b"a'b;c.txt", b"new\nline.txt"]):
        (home.landing / os.fsdecode(name)).write_text(f"{article} {number}", "utf-8")
    assert intake(home).new_files == 4
    assert sorted(s["source_uri"] for s in rows(home, "document_sources")) == ["\\xff\\xfe.txt", "a'b;c.txt", "new\nline.txt", "خبر #1.txt"]


def test_raw_is_immutable_and_complete(home: Home, article: str) -> None:
    path = home.landing / "a.txt"
    path.write_text(article, "utf-8")
    intake(home)
    kept = home.raw_file(rows(home, "documents")[0]["raw_sha256"])
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_mode & 0o222 == 0


def test_a_file_alone_without_a_home(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl(path, {"text": article, "published_at": "2015-01-01"}, {"text": None}, {"text": article})
    tables = read_files(path, date(2016, 5, 4))
    assert {name: table.num_rows for name, table in tables.items()} == {"documents": 1, "document_sources": 2, "rejected_files": 1}
    assert tables["documents"]["published_at"].to_pylist() == [date(2016, 5, 4)]
    for name, table in tables.items():
        assert TABLES[name].violations(table) == []


def test_reconciliation_notices_a_lost_and_an_invented_row(home: Home, article: str) -> None:
    write_jsonl(home.landing / "a.jsonl", {"text": article}, {"text": article + " ب"}, {"text": None})
    intake(home)
    read = read_batch(home, "b000001")
    assert reconcile(read) == []
    for name in ("documents", "document_sources", "rejected_files"):
        lost = {**read.tables, name: read.tables[name].slice(1)}
        assert reconcile(type(read)(**{**vars(read), "tables": lost})), name
        twice = {**read.tables, name: pa.concat_tables([read.tables[name]] * 2)}
        assert reconcile(type(read)(**{**vars(read), "tables": twice})), name
