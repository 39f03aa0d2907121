"""Arabic search and the macros that lead from a fact to its page."""

import pytest

from pipeline.schema import TABLES
from pipeline.storage.warehouse import in_memory
from tests.storage.marts_kit import event, filled, marts_over, rows_of

FOLDED = {
    "مُؤَسَّسَة": "موسسه",
    "إدلب أو آخر": "ادلب او اخر",
    "مستشفى": "مستشفي",
    "شؤون وشاطئ": "شوون وشاطي",
    "حـــلب": "حلب",
    "٢٠١٩": "2019",
    "کیهان": "كيهان",
    "ABC": "abc",
}


@pytest.mark.parametrize("text", FOLDED)
def test_spelling_is_folded(text):
    with in_memory({}) as connection:
        assert connection.execute("SELECT fold_arabic(?)", [text]).fetchall() == [(FOLDED[text],)]


def found(text, phrase):
    """The forms of `phrase` found in `text`; offsets must be those of the form."""
    with marts_over([], {"a": text}) as connection:
        rows = rows_of(connection, f"SELECT found, start, \"end\", raw_start, raw_end FROM find_text('{phrase}')")
    for row in rows:
        assert text[row["start"] : row["end"]] == row["found"]
        assert (row["raw_start"], row["raw_end"]) == (row["start"], row["end"])
    return [row["found"] for row in rows]


FOUND = [
    ("وصل إلى حلب وحلب، ثم بحلب ولحلب فحلب", "حلب", ["حلب", "وحلب", "بحلب", "ولحلب", "فحلب"]),
    ("مدينة حلبجة وحلبي والمحلب", "حلب", []),
    ("قال النظام إن للنظام وبالنظام والنظام", "النظام", ["النظام", "للنظام", "وبالنظام", "والنظام"]),
    ("قال النظام إن نظاما للنظام بنظام", "نظام", ["النظام", "للنظام", "بنظام"]),
    ("نظام بلا أداة", "النظام", []),
    ("في إدلب وادلب", "ادلب", ["إدلب", "وادلب"]),
    ("في المُستَشفى وبمستشفي", "مستشفى", ["المُستَشفى", "وبمستشفي"]),
    ("من معرة النعمان ومعرّة النعمان ومعره النعمان", "معرة النعمان", ["معرة النعمان", "ومعرّة النعمان", "ومعره النعمان"]),
    ("في ألمانيا وألمانيا ولألمانيا", "ألمانيا", ["ألمانيا", "وألمانيا", "ولألمانيا"]),
    ("في ألمانيا وبألمانيا", "المانيا", ["ألمانيا", "وبألمانيا"]),
    ("من آلاف وبآلاف", "الاف", ["آلاف", "وبآلاف"]),
    ("لا شيء", "", []),
    ("في «حلب» (حلب) حلب.", "حلب", ["حلب", "حلب", "حلب"]),
    ("حـلب", "حلب", ["حـلب"]),
    ("قُتل 11 مدنيا و111 و11", "11", ["11", "و11"]),
    ("خبر عن a.c وabc", "a.c", ["a.c"]),
]


@pytest.mark.parametrize(("text", "phrase", "expected"), FOUND)
def test_a_word_is_found_with_its_clitics(text, phrase, expected):
    assert found(text, phrase) == expected


def test_raw_offsets_pass_over_what_was_removed_and_moved():
    segments = "[{'start': 0, 'raw_start': 10, 'length': 5}, {'start': 5, 'raw_start': 0, 'length': 4}, {'start': 11, 'raw_start': 20, 'length': 2}]"
    cases = {(0, 2): (10, 12), (3, 7): (0, 15), (5, 9): (0, 4), (9, 11): (None, None), (8, 12): (3, 21)}
    with in_memory({}) as connection:
        for (first, last), expected in cases.items():
            query = f"SELECT s.raw_start, s.raw_end FROM (SELECT raw_span({segments}, {first}, {last}) AS s)"
            assert connection.execute(query).fetchall() == [expected]


def test_evidence_leads_to_sentence_raw_text_and_source():
    raw = "قتـــل خمسة"
    segments = [{"start": 0, "raw_start": 0, "length": 2}, {"start": 2, "raw_start": 5, "length": 6}]
    restored = {
        "doc_id": "a",
        "batch": "b",
        "text": "قتل خمسة",
        "damage": ["tatweel"],
        "restoration_count": 1,
        "confidence": 1.0,
        "segments": segments,
    }
    changed = {
        "doc_id": "a", "restoration_id": "a-r0", "kind": "tatweel", "raw_start": 2, "raw_end": 5, "start": 2, "end": 3, "before": "ـــ",
        "after": "", "confidence": 1.0,
    }  # fmt: skip
    sentence = {"doc_id": "a", "sentence_id": "a-s0", "paragraph_no": 0, "sentence_no": 0, "kind": "body", "start": 4, "end": 8, "text": "خمسة"}
    tables = {"restored_documents": [restored], "restorations": [changed], "sentences": [sentence]}
    with marts_over([event("a-e0", source="SOHR")], {"a": raw}, **tables) as connection:
        (row,) = rows_of(connection, "FROM evidence('a-e0')")
        assert (row["raw_start"], row["raw_end"]) == (7, 11)
        (cluster_id,) = connection.execute("SELECT cluster_id FROM event_clusters").fetchall()[0]
        assert [r["event_id"] for r in rows_of(connection, f"FROM evidence('{cluster_id}')")] == ["a-e0"]
    assert (row["sentence"], row["raw_text"], row["claimant"], row["restorations"]) == ("خمسة", "خمسة", "SOHR", 0)
    assert (row["publisher"], row["source_uri"]) == ("a Post", "a.txt")


@pytest.mark.parametrize("name", ["Maarat al-Numan", "maarat al-numan", "معره النعمان", "T"])
def test_mentions_of_a_name(name):
    mention = {
        "doc_id": "a", "sentence_id": "a-s0", "mention_id": "a-m0", "start": 0, "end": 3, "text": "المعرة", "type": "place", "canonical_id": "T",
        "canonical_name": "Maarat al-Numan", "nominal": False,
    }  # fmt: skip
    with marts_over(
        [event("a-e0")], mentions=[mention, {**mention, "mention_id": "a-m1", "canonical_id": "U", "canonical_name": "Saraqib"}]
    ) as connection:
        assert [r["mention_id"] for r in rows_of(connection, f"FROM mentions_of('{name}')")] == ["a-m0"]


def test_events_told_between_two_days():
    events = [event("a-e0"), event("b-e0", day="2019-12-25"), event("c-e0", day=None), event("d-e0", same_as="a-e0")]
    with marts_over(events) as connection:
        assert [r["event_id"] for r in rows_of(connection, "FROM told_between('2019-12-01', '2019-12-21')")] == ["a-e0"]
        assert rows_of(connection, "FROM told_between('2020-01-01', '2020-12-31')") == []


def test_sentences_carry_their_search_text():
    sentence = {"doc_id": "a", "sentence_id": "a-s0", "paragraph_no": 0, "sentence_no": 0, "kind": "body", "start": 0, "end": 3, "text": "إدلب"}
    with in_memory({"sentences": filled("sentences", [sentence])}) as connection:
        assert connection.execute("SELECT search_text FROM sentences").fetchall() == [("ادلب",)]


@pytest.mark.parametrize("name", ["إدلب", "ادلب", "Idlib", "idleb", "SY07"])
def test_a_place_is_found_by_any_of_its_names(name):
    places = [
        {"canonical_id": "SY07", "name_en": "Idleb", "name_ar": "إدلب", "kind": "governorate", "aliases": []},
        {"canonical_id": "C1", "name_en": "Idlib", "name_ar": "إدلب", "kind": "city", "parent": "SY07", "aliases": ["مدينة إدلب"]},
        {"canonical_id": "C2", "name_en": "Aleppo", "name_ar": "حلب", "kind": "city", "aliases": []},
    ]
    rows = [{**row, "data_source": "test", "licence": "none"} for row in places]
    with in_memory({"places": TABLES["places"].from_rows(rows)}) as connection:
        found = connection.execute("SELECT place_id, governorate FROM find_place(?)", [name]).fetchall()
    assert found == [("SY07", "Idleb"), ("C1", "Idleb")][: 1 if name == "SY07" else 2]
