"""Producer profiles: pooled over documents, the same in any order, never across different maps."""

from __future__ import annotations

import json
import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexicon.build.figure_weights import hide
from pipeline.restore.private_digits import private_digits
from pipeline.restore.producers import Profiles, Source, build_profiles, profiles_of, signature
from pipeline.restore.traced import Traced
from pipeline.schema import TABLES

NEWS = (
    "أحصت البلدية 7 مدارس و24 حافلة، وقالت إن 1300 تلميذ سجلوا هذا العام.",
    "يوم 29 مارس 2016 أجلي 58 شخصا خلال 48 ساعة من 3 قرى.",
    "زرع المتطوعون 650 شجرة في 9 أيام، وشارك 120 طالبا.",
    "بلغت نسبة النجاح 94% بعد أن كانت 87% عام 2015.",
    "وصل 36 سائحا و5 مرشدين يوم 18 أكتوبر.",
)
ONE = dict(zip("0123456789", [chr(c) for c in (0xE145, *range(0xE148, 0xE151))], strict=True))
OTHER = dict(zip("0123456789", [chr(c) for c in (0xE142, *range(0xE147, 0xE150))], strict=True))


def sources(glyphs: dict[str, str], publisher: str | None, prefix: str = "d") -> list[Source]:
    return [Source(f"{prefix}{i}", publisher, hide(text, glyphs).text) for i, text in enumerate(NEWS)]


def known_map(row: dict[str, str]) -> dict[str, str]:
    return {chr(int(glyph[2:], 16)): digit for glyph, digit in json.loads(row["digit_map"]).items()}


def test_what_documents_cannot_tell_alone_they_tell_together() -> None:
    documents = sources(ONE, "صحيفة الوادي")
    (row,) = build_profiles(documents)
    assert known_map(row) == {g: d for d, g in ONE.items()}
    assert row["documents"] == len(NEWS)
    profiles = Profiles([row])
    alone = sum(len(private_digits(Traced.of(s.text), None).changes) for s in documents)
    decoded = [private_digits(Traced.of(s.text), profiles.of(s.text, s.publisher)).traced.text for s in documents]
    assert decoded == list(NEWS)
    assert alone < 13


def test_the_profile_is_found_by_signature_only() -> None:
    rows = build_profiles(sources(ONE, "صحيفة الوادي"))
    profiles = Profiles(rows)
    text = hide(NEWS[0], ONE).text
    assert signature(text, "صحيفة الوادي") == rows[0]["signature"]
    assert profiles.of(text, "صحيفة الوادي") is not None
    assert profiles.of(text, "صحيفة أخرى") is None
    assert profiles.of(NEWS[0], None) is None


def test_maps_of_different_publishers_stay_apart() -> None:
    rows = build_profiles(sources(ONE, "أ", "a") + sources(OTHER, "ب", "b"))
    assert [known_map(row) for row in rows] == [{g: d for d, g in m.items()} for m in (ONE, OTHER)]


def test_documents_with_different_maps_under_one_signature_give_no_wrong_figure() -> None:
    documents = sources(ONE, None, "a") + sources(OTHER, None, "b")
    profiles = Profiles(build_profiles(documents))
    for source, meant in zip(documents, NEWS * 2, strict=True):
        outcome = private_digits(Traced.of(source.text), profiles.of(source.text, None))
        assert all(meant[c.raw_start : c.raw_end] == c.after for c in outcome.changes)


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_order_and_repetition_of_documents_change_nothing(rng: random.Random) -> None:
    documents = sources(ONE, "أ", "a") + sources(OTHER, "ب", "b")
    shuffled = documents + documents[:2]
    rng.shuffle(shuffled)
    assert build_profiles(shuffled) == build_profiles(documents)


def test_tables_in_tables_out() -> None:
    documents = pa.table({"doc_id": [s.doc_id for s in sources(ONE, "أ")], "publisher": ["أ"] * 5, "text": [s.text for s in sources(ONE, "أ")]})
    table = profiles_of(documents)
    assert table.num_rows == 1
    assert not TABLES["producer_profiles"].violations(table)
    assert profiles_of(documents.slice(0, 0)).num_rows == 0


def test_undamaged_documents_of_a_publisher_need_no_profile() -> None:
    assert build_profiles([Source(str(i), "أ", text) for i, text in enumerate(NEWS)]) == []
