"""Bytes to characters: what each encoding gives, and that a headline is enough to tell the two Arabic code pages apart."""

import codecs
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.encodings import BinaryBytes, Undecodable, decode, storable

SHORT = (
    "سلام", "حلب", "خبر عاجل", "قتلى وجرحى", "القاهرة", "في", "على", "هدوء نسبي", "وقال", "مصر", "قصف", "بيان", "لا", "عدن", "أزمة",
    "ثلاثة قتلى", "يوم الجمعة", "غارات على ريف إدلب", "اتفاق، وقف إطلاق النار؛ متى؟", "مؤتمر", "ضحايا", "نفط وغاز",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(" ".join(SHORT).split()), min_size=3, max_size=30).map(" ".join)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize(("codec", "name"), [("cp1256", "windows-1256"), ("iso8859_6", "iso-8859-6")])
def test_short_single_byte_texts(text: str, codec: str, name: str) -> None:
    found = decode(text.encode(codec))
    assert found.text == text
    # Words whose letters stand at the same place in both pages may be called either.
    if text.encode("cp1256") != text.encode("iso8859_6"):
        assert found.encoding == name


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("خبر".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "خبر".encode(), "utf-8"),
        ("خبر".encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "خبر".encode("utf-16-be"), "utf-16-be"),
        ("خبر عاجل من حلب".encode("utf-16-le"), "utf-16-le"),
        ("خبر عاجل من حلب".encode("utf-16-be"), "utf-16-be"),
        ("خبر".encode("utf-32"), "utf-32-le"),
    ],
)
def test_marks_and_unicode_encodings(data: bytes, encoding: str) -> None:
    found = decode(data)
    assert found.encoding == encoding
    assert found.text in ("خبر", "خبر عاجل من حلب")


def test_nothing_is_normalised() -> None:
    text = "أَحْمَد\r\nـــ\u200f ﻻ\u2028\u00a0\ue005\x00 \ufeff"
    assert decode(text.encode()).text == text


def test_text_cut_inside_a_character_keeps_the_rest() -> None:
    found = decode("وصل الوفد إلى العاصمة".encode()[:-1])
    assert found.text == "وصل الوفد إلى العاصم\ufffd"
    assert found.encoding == "utf-8 (1 bad)"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Правительство сообщило о потерях в ходе боев", "cp1251"),
        ("Правительство сообщило о потерях в ходе боев", "koi8-r"),
        ("Η κυβέρνηση ανακοίνωσε ότι", "cp1253"),
        ("中国政府宣布了新的措施", "gbk"),
    ],
)
def test_other_scripts_are_not_read_as_arabic(text: str, codec: str) -> None:
    with pytest.raises(Undecodable, match="UTF-8"):
        decode(text.encode(codec))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)) * 4, b"\0" * 64])
def test_binary_is_recognised(data: bytes) -> None:
    with pytest.raises(BinaryBytes):
        decode(data)


@settings(max_examples=60)
@given(WORDS)
def test_every_encoding_gives_the_same_text(text: str) -> None:
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6"):
        assert decode(text.encode(codec)).text == text, codec


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(BinaryBytes, Undecodable):
        decode(data).text.encode("utf-8", "surrogatepass")


@given(st.text(st.characters(codec=None), max_size=40))
def test_storable_is_utf8_and_leaves_good_text_alone(text: str) -> None:
    stored = storable(text)
    stored.encode("utf-8")
    if not any("\ud800" <= c <= "\udfff" for c in text):
        assert stored == text
