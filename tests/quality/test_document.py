"""A document's measures: the published ones by hand-made examples, the score by its formula."""

from __future__ import annotations

import pytest

from pipeline.extract.sentences import split_sentences
from pipeline.quality.document import measure_document
from pipeline.quality.model import TextView
from pipeline.quality.published import published_measures
from pipeline.schema import TABLES

WORDS = "ذهب الرجل إلى السوق في الصباح واشترى من التاجر خبزا وعاد إلى البيت قبل أن تغرب الشمس على المدينة القديمة"
LONG = " ".join(f"{WORDS} {number}." for number in ("أولا", "ثانيا", "ثالثا", "رابعا"))


def measure(text: str, flags=(), restorations=()):
    return measure_document(TextView("d", text, split_sentences(text)), flags, restorations)


def test_the_columns_are_those_of_the_contract():
    names = {c.name for c in TABLES["document_quality"].columns} - {"doc_id"}
    assert set(measure(LONG)) == names
    TABLES["document_quality"].from_rows([{"doc_id": "0" * 16, **measure(LONG)}])


def test_a_clean_text_scores_one_and_doubts_cost():
    assert measure(LONG)["score"] == 1
    sentences = measure(LONG)["sentences"]
    flags = [{"kind": "stripped_number"}] * sentences
    assert measure(LONG, flags)["score"] == pytest.approx(0.5)
    assert measure(LONG, flags)["stripped_number_flags"] == sentences


def test_only_risky_restorations_count_as_restored():
    touched = [{"kind": "displaced_run", "start": 0, "end": len(LONG) // 2}, {"kind": "tatweel", "start": 0, "end": len(LONG)}]
    assert measure(LONG, (), touched)["share_restored"] == pytest.approx(0.5, abs=0.01)


def test_repeated_lines_and_paragraphs():
    told = published_measures("سطر أول\n\nسطر أول\n\nسطر ثان")
    assert told["dup_para_frac"] == pytest.approx(1 / 3)
    assert told["dup_line_char_frac"] == pytest.approx(7 / 25)


def test_repeated_grams():
    text = "قال الرجل كلاما قال الرجل نعم"
    assert published_measures(text)["top_2_gram"] == pytest.approx(2 * len("قال الرجل") / len(text))
    twice = "في البيت الكبير رجل واحد في البيت الكبير رجل واحد"
    assert published_measures(twice)["dup_5_gram"] == pytest.approx(len("فيالبيتالكبيررجلواحد") / len(twice))
    assert published_measures(twice)["dup_6_gram"] == 0


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("خبر قصير جدا.", "gopher_quality", "gopher_short_doc"),
        ("\n\n".join([LONG] * 4), "gopher_repetition", "dup_line_frac"),
        (LONG.replace(".", ""), "fineweb_quality", "line_punct_ratio"),
        ("بت " * 100 + ".", "gopher_repetition", "top_2_gram"),
        ("كتب " * 30 + "1 " * 60 + ".", "gopher_quality", "gopher_below_avg_threshold"),
    ],
)
def test_verdicts_name_the_rule(text, column, reason):
    assert published_measures(text)[column] == reason


def test_an_ordinary_article_is_kept():
    told = published_measures(LONG)
    assert (told["gopher_quality"], told["fineweb_quality"]) == (None, None)


def test_an_empty_text_has_measures_too():
    assert measure("")["words"] == 0
