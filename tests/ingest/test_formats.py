"""Each format: the file, and the texts and metadata that come out."""

import csv
import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.formats import format_of, is_unfinished
from pipeline.ingest.found import BEGINNING, Found, Refusal, Start, Text
from pipeline.ingest.items import items
from pipeline.ingest.settings import Settings


def read(path: Path, start: Start = BEGINNING, **options: object) -> list[Found]:
    return list(items(path, path.name, format_of(path.name).name, Settings(**options), start))  # type: ignore[arg-type]


def texts(found: list[Found]) -> list[str]:
    return [f.text for f in found if isinstance(f, Text)]


def reasons(found: list[Found]) -> list[tuple[int | None, str]]:
    return [(f.record_no, f.reason) for f in found if isinstance(f, Refusal)]


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode()


def test_plain_text_is_what_its_bytes_say(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"{article}\r\n\r\nوصل\u2028الوفد".encode())
    (found,) = read(path)
    assert isinstance(found, Text)
    assert found.text == f"{article}\r\n\r\nوصل\u2028الوفد"
    assert (found.encoding, found.size_bytes, found.record_no) == ("utf-8", path.stat().st_size, None)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.ZstdCompressor().compress])
def test_jsonl_plain_and_compressed(tmp_path: Path, article: str, pack: object) -> None:
    name = {bytes: "a.jsonl", gzip.compress: "a.jsonl.gz"}.get(pack, "a.ndjson.zst")  # type: ignore[call-overload]
    path = tmp_path / name
    described = {"text": article, "title": "هدوء", "published_at": "2016-05-04T10:00:00Z", "other": 1}
    path.write_bytes(pack(lines(described, {"text": "خبر ثان"})))  # type: ignore[operator]
    first, second = read(path)
    assert isinstance(first, Text)
    assert (first.text, first.record_no, first.metadata.title, first.metadata.published_at) == (article, 0, "هدوء", date(2016, 5, 4))
    assert isinstance(second, Text)
    assert second.record_no == 1


def test_one_bad_line_costs_only_itself(tmp_path: Path, article: str) -> None:
    bad = [b"{oops", b"[1, 2]", b'"text"', b'{"text": null}', b'{"body": "x"}', b'{"text": 5}', b"[" * 5000]
    bad += [b'{"text": "hello"}', b'{"text": " "}']
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([lines({"text": article}), *bad, b"", lines({"text": article + " أيضا"})]) + b"\r\n")
    found = read(path)
    assert texts(found) == [article, article + " أيضا"]
    expected = ["malformed_record"] * 3 + ["missing_text"] * 3 + ["malformed_record", "no_arabic", "empty"]
    assert reasons(found) == list(enumerate(expected, start=1))


def test_jsonl_in_other_encodings(tmp_path: Path, article: str) -> None:
    record = json.dumps({"text": article}, ensure_ascii=False)
    for codec in ("cp1256", "utf-16", "utf-8-sig"):
        path = tmp_path / "a.jsonl"
        path.write_bytes(f"{record}\n{record}".encode(codec))
        assert texts(read(path)) == [article, article], codec


def test_jsonl_with_a_lone_surrogate_and_a_null(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\\u062e\\u0628\\u0631 \\ud83d \\u0000"}')
    assert texts(read(path)) == ["خبر \ufffd \0"]


def test_a_truncated_gzip_keeps_what_came_before(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress(lines(*({"text": f"{article} {i} {i * 7919}"} for i in range(500))))
    path.write_bytes(packed[: len(packed) // 2])
    found = read(path)
    assert len(texts(found)) > 100
    assert isinstance(found[-1], Refusal)
    assert found[-1].reason in ("broken", "malformed_record")
    assert "damaged" in found[-1].detail or found[-1].reason == "malformed_record"


def test_a_huge_line_is_refused_without_its_neighbours(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": article}) + b"\n" + lines({"text": "خبر " * 200_000}) + b"\n" + lines({"text": article}))
    found = read(path, max_document_bytes=20_000)
    assert texts(found) == [article, article]
    assert reasons(found) == [(1, "too_large")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet"])
def test_reading_from_the_middle_gives_the_same_records(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    told = [f"خبر رقم {i}" for i in range(700)]
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"text": told}), path, row_group_size=100)
    elif name.endswith(".csv"):
        path.write_text("text\n" + "\n".join(told), "utf-8")
    else:
        data = lines(*({"text": t} for t in told))
        path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    whole = read(path)
    assert texts(whole) == told
    later = read(path, Start(431, whole[431].position))
    assert [(f.record_no, f.text) for f in later if isinstance(f, Text)] == list(enumerate(told))[431:]


def test_parquet_columns_and_bad_rows(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.parquet"
    days, outlets = pa.array([date(2016, 5, 4)] * 4), ["أ", "ب", None, ""]
    table = pa.table({"text": [article, None, " ", article], "published_at": days, "publisher": outlets, "n": [1] * 4})
    pq.write_table(table, path)
    found = read(path)
    assert texts(found) == [article, article]
    assert reasons(found) == [(1, "missing_text"), (2, "empty")]
    assert isinstance(found[0], Text)
    assert (found[0].metadata.published_at, found[0].metadata.publisher) == (date(2016, 5, 4), "أ")
    assert reasons(read(path, text_column="body")) == [(None, "missing_text")]
    path.write_bytes(path.read_bytes()[:-10])
    assert [reason for _, reason in reasons(read(path))] == ["broken"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_quoted_lines_and_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / ("a.tsv" if delimiter == "\t" else "a.csv")
    told = f'قال: ""نعم""{delimiter} ثم\nمضى'
    rows = [["Title", "Text", "published_at"], ["أ", f'"{told}"', "2016-05-04"], [], ["ب", "خبر", ""]]
    path.write_text("".join(delimiter.join(row) + "\r\n" for row in rows), "utf-8-sig")
    first, second = read(path)
    assert isinstance(first, Text)
    assert (first.text, first.metadata.title, first.metadata.published_at) == (told.replace('""', '"'), "أ", date(2016, 5, 4))
    assert isinstance(second, Text)
    assert (second.text, second.record_no) == ("خبر", 1)


def test_a_stray_quotation_mark_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,title\nخبر أول,أ\n"خبر لم يغلق,ب\nخبر ثالث,ت\n"خبر رابع",ث\nخبر خامس,ج\n', "utf-8")
    found = read(path)
    assert texts(found) == ["خبر أول", "خبر ثالث", "خبر رابع", "خبر خامس"]
    assert [reason for _, reason in reasons(found)] == ["malformed_record"]


def test_too_many_cells_are_a_fault_not_a_cut_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nأ,خبر, وتتمة\nب,خبر ثان\n", "utf-8")
    found = read(path)
    assert texts(found) == ["خبر ثان"]
    assert reasons(found) == [(0, "malformed_record")]


def test_csv_without_a_text_column_says_which_columns_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,body\n1,خبر\n", "utf-8")
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "missing_text"
    assert "body" in refusal.detail
    assert texts(read(path, text_column="body")) == ["خبر"]


def test_html_blocks_become_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        """<!doctype html><html lang="ar"><head><title>عنوان الصفحة</title><meta property="og:title" content="هدنة في المدينة">
        <meta property="og:site_name" content="وكالة تجريبية"><meta property="article:published_time" content="2016-05-04T08:00:00+03:00">
        <link rel="canonical" href="https://example.org/1"><style>p{}</style><script>var x = "لا";</script></head>
        <body><h1>هدنة</h1><p>وصل   الوفد
        إلى <b>العاصمة</b>، أمس.</p><p>سطر<br>ثان</p><ul><li>أول</li><li>ثان</li></ul>
        <table><tr><td>مدينة</td><td>عدد</td></tr></table><noscript>لا</noscript> خاتمة<div></div></body></html>""",
        "utf-8",
    )
    (found,) = read(path)
    assert isinstance(found, Text)
    assert found.text == "هدنة\n\nوصل الوفد إلى العاصمة، أمس.\n\nسطر\nثان\n\nأول\nثان\n\nمدينة\tعدد\n\nخاتمة"
    told = found.metadata
    assert (told.title, told.publisher, told.published_at, told.language) == ("هدنة في المدينة", "وكالة تجريبية", date(2016, 5, 4), "ar")
    assert told.url == "https://example.org/1"


def test_html_in_its_declared_charset(tmp_path: Path, article: str) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes(f'<meta charset="windows-1256"><p>{article}'.encode("cp1256"))
    (found,) = read(path)
    assert isinstance(found, Text)
    assert (found.text, found.encoding) == (article, "windows-1256")


@settings(max_examples=80)
@given(st.text(max_size=200), st.sampled_from(["a.html", "a.jsonl", "a.csv", "a.txt", "a.parquet", "a.pdf", "a.docx", "a.jsonl.gz"]))
def test_readers_never_raise(tmp_path_factory: pytest.TempPathFactory, content: str, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    for found in read(path):
        assert not isinstance(found, Refusal) or "reader failed" not in found.detail


@pytest.mark.parametrize("name", [".hidden.txt", "~$a.txt", "a.txt.part", "a.crdownload", "a.txt~", "a.tmp", "a.txt.swp"])
def test_unfinished_names(name: str) -> None:
    assert is_unfinished(Path(name))


def test_quotation_marks_inside_plain_cells_are_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,title\nخبر 5" طويل,أ\nخبر ثان,ب\nخبر 3" ثالث,ت\n"أ"ب,ث\n', "utf-8")
    found = read(path)
    assert texts(found) == ['خبر 5" طويل', "خبر ثان", 'خبر 3" ثالث', "أب"]
    assert reasons(found) == []


@settings(max_examples=80)
@given(st.lists(st.text('خبر",;\n\r\t ا', max_size=20).map("خبر".__add__), min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["title", "text"], *(["أ", text] for text in told)])
    assert texts(read(path)) == told
