"""All detectors together: whatever a text contains, flags lie inside it and come out the same each time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.sentences import split_sentences
from pipeline.quality.document import measure_document
from pipeline.quality.model import TextView
from pipeline.quality.text_flags import flag_text
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.traced import Traced
from pipeline.schema.tables import FLAG_KINDS

ALPHABET = "ابتثجحخدكلمنهويةى ًُّـ0123٤٥%٪()[]{}«»“”\"'.,،؛:!؟/-–*•+\n\t\r\f\u00a0\u200f\u200b\ue005\ufffdaZж"
WORDS = [
    "في",
    "كان",
    "قال",
    "نحو",
    "شخصا",
    "الف",
    "مليون",
    "مارس",
    "عام",
    "31",
    "فبراير",
    "%",
    "()",
    "//",
    "و",
    "،",
    ".",
    "\n",
    "\n\n",
    "  ",
    "إثر",
    "بعد",
]


def check(raw: str) -> None:
    traced = paragraphs(Traced.of(raw), None).traced
    view = TextView("d", traced.text, split_sentences(traced.text), raw, traced.origin)
    flags = flag_text(view)
    assert flags == flag_text(TextView("d", view.text, view.sentences, raw, np.array(view.origin)))
    assert flags == sorted(flags, key=lambda f: (f.start, f.end, f.kind))
    for flag in flags:
        assert flag.kind in FLAG_KINDS
        assert flag.severity in ("info", "warning", "error")
        assert 0 <= flag.start <= flag.end <= len(view.text)
        assert isinstance(flag.start, int)
        assert isinstance(flag.end, int)
        assert 0 < flag.confidence <= 1
        assert flag.explanation
    score = measure_document(view, [{"kind": f.kind} for f in flags], [])["score"]
    assert isinstance(score, float)
    assert 0 < score <= 1


@settings(max_examples=120)
@given(st.text(alphabet=ALPHABET, max_size=120))
def test_any_text(raw):
    check(raw)


@settings(max_examples=120)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_words(raw):
    check(raw)


def test_documents_do_not_influence_each_other():
    first, second = "قتل  شخصا في في المدينة", "كان الاجتماع كان طويلا"
    alone = flag_text(TextView("a", first, []))
    flag_text(TextView("b", second, []))
    assert flag_text(TextView("a", first, [])) == alone
