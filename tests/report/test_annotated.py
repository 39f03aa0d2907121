"""Overlapping annotations become pieces that lose no character."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.annotated import Annotation, pieces, visible

TEXT = "سيطر الجيش على المدينة"


@st.composite
def annotated(draw):
    spans = draw(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=6))
    return [Annotation(f"a{i}", "event", min(s), max(s), "") for i, s in enumerate(spans)]


@given(annotated(), st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_pieces_join_to_the_text_between_two_points(found, left, right):
    start, end = min(left, right), max(left, right)
    assert "".join(p.text for p in pieces(TEXT, found, start, end)) == TEXT[start:end]


@given(annotated())
def test_every_annotation_has_its_anchor_exactly_once(found):
    anchors = [a for p in pieces(TEXT, found) for a in p.anchors]
    assert sorted(anchors) == sorted(a.anchor for a in found)


def test_overlapping_annotations_share_a_piece():
    found = [Annotation("e1", "event", 0, 4, ""), Annotation("m1", "actor", 2, 10, "")]
    assert [(p.text, p.kinds) for p in pieces(TEXT, found)][:3] == [("سي", ["event"]), ("طر", ["event", "actor"]), (" الجيش", ["actor"])]


def test_private_glyphs_are_shown_by_their_code_points():
    assert list(visible("نحو \ue005\ue008 من")) == [("نحو ", False), ("E005", True), ("E008", True), (" من", False)]
