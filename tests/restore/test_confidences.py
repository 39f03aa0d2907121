"""The confidence of a restoration goes by its pass's claim and by how the restored text reads."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.reader import rows
from pipeline.restore.confidences import TABLE, Claim, evidence, weighed
from pipeline.restore.document import restore
from pipeline.restore.passes import PASSES

READABLE = "زار الوفد مدرسة القرية صباح الأحد وعاد قبل الظهر إلى المدينة"
GARBLED = "زاد الوقد مرسدة القيرة صحاب الأدح وعاذ قلب الظرهـ إىل المنيدة"
TURNED = ("restore_turned_lines", "visual_order")


def confidence(text, maker=TURNED, claim=0.97, others=()):
    return weighed(text, [Claim(maker, claim, 0, len(text)), *others])[0]


def test_every_pass_of_the_table_runs():
    assert {row["pass"] for row in rows(TABLE)} - {""} <= {step.run.__name__ for step in PASSES}


def test_a_line_that_reads_well_is_surer_than_one_of_unknown_words():
    assert confidence(READABLE) > confidence(GARBLED) + 0.2


def test_words_that_no_longer_read_make_letters_doubtful():
    mended = Claim(("repair_words", "lam_alef"), 0.97, 20, 22)
    assert weighed(READABLE, [mended])[0] > weighed(GARBLED, [mended])[0]


def test_a_surer_claim_stays_surer():
    maker = ("displaced_runs", "displaced_run")
    assert confidence(READABLE, maker, 0.99) > confidence(READABLE, maker, 0.6)


def test_passes_that_the_corpora_did_not_show_keep_their_claims():
    assert confidence(READABLE, ("an_unknown_pass", "visual_order"), 0.83) == 0.83


def test_evidence_names_what_was_counted():
    found = evidence(f"{READABLE} 14", [Claim(TURNED, 0.97, 0, len(READABLE) + 3)])[0]
    assert found["order: figures"] == 1
    assert found["order: unknown"] == 0


@given(st.text("ابتهمولنري \n14", max_size=60), st.floats(0, 1), st.data())
def test_confidences_are_probabilities(text, claim, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for maker in (TURNED, ("repair_words", "lam_alef")):
        assert 0 < weighed(text, [Claim(maker, max(claim, 0.01), start, end)])[0] <= 1


def test_restorations_carry_the_weighed_confidence():
    claimed = restore("البالد واملعارضة يف االجتماع األخري مع اجليش", weigh=lambda _, claims: [0.25] * len(claims))
    assert {p.finding.confidence for p in claimed.restorations} == {0.25}
