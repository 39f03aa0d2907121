"""A restoration answers for what it moved or altered, and for nothing else."""

import numpy as np

from pipeline.evaluation.verdicts import Verdicts
from pipeline.restore.document import Placed, Restored
from pipeline.restore.traced import Change, Doubt, Traced

CLEAN = "زار الوفد مدرسة القرية صباح الأحد وعاد قبل الظهر إلى المدينة"


def judged(text, change, raw=None, origin=None, span=None, clean=CLEAN, head="", doubts=()):
    traced = Traced(text, np.arange(len(text), dtype=np.int32) if origin is None else np.array(origin, dtype=np.int32))
    placed = Placed(change, *(span or (0, len(text))))
    restored = Restored(traced, [placed], [Placed(d, 0, len(text)) for d in doubts], [], 1.0, None)
    return Verdicts(restored, text if raw is None else raw, clean, head).right(placed)


def order(before, after, end=None):
    return Change("visual_order", 0, end or len(before), before, after, 0.97, "")


def turned(text, cut):
    """Raw text whose last words from `cut` on were printed first, and the origins of the text put right."""
    raw = f"{text[cut:]} {text[: cut - 1]}"
    shift = len(text) - cut + 1
    return raw, [*range(shift, len(raw)), shift - 1, *range(shift - 1)]


def test_a_line_in_its_order_is_right_and_a_turned_one_wrong():
    raw, origin = turned(CLEAN, CLEAN.index("وعاد"))
    assert judged(CLEAN, order(raw, CLEAN), raw, origin)
    assert not judged(raw, order(CLEAN, raw), CLEAN)


def test_a_letter_lost_before_is_not_the_fault_of_who_put_the_line_in_order():
    text = CLEAN.replace("القرية", "القرة")
    raw, origin = turned(text, text.index("وعاد"))
    assert judged(text, order(raw, text), raw, origin)


def test_a_word_cut_at_a_seam_is_its_fault():
    text = CLEAN.replace("الأحد", "الأ حد")
    raw, origin = turned(text, text.index("حد"))
    assert not judged(text, order(raw, text), raw, origin)


def test_a_figure_in_another_place_is_wrong():
    clean = "قتل 14 مدنيا وأصيب 30 آخرون في السوق"
    text = "قتل 30 مدنيا وأصيب 14 آخرون في السوق"
    assert not judged(text, order(text, text), clean=clean)


def test_letters_are_judged_where_they_were_altered():
    raw = "زار الوفد مدرسة القرية صباح األحد وعاد قبل الظهر إلى المدنة"
    at = raw.index("األ")
    text = raw.replace("األ", "الأ")
    mended = Change("lam_alef", at, at + 3, "األ", "الأ", 0.99, "")
    assert judged(text, mended, raw, span=(at, at + 3))
    assert not judged(raw, mended, raw, span=(at, at + 3))


def test_a_filler_taken_out_of_a_word_that_lost_other_letters_is_right():
    raw = "زار الوفد مدرسة القـرة صباح الأحد وعاد قبل الظهر إلى المدينة"
    at = raw.index("ـ")
    text = raw.replace("ـ", "")
    removed = Change("filler_letter", at, at + 1, "ـ", "", 0.97, "")
    origin = [*range(at), *range(at + 1, len(raw))]
    assert judged(text, removed, raw, origin, (at, at), CLEAN.replace("القرية", "القرية"))


def test_words_joined_wrongly_are_wrong():
    text = CLEAN.replace("قبل الظهر", "قبلالظهر")
    at = text.index("قبل") + 3
    joined = Change("detached_letter", at, at + 1, " ", "", 0.97, "")
    assert not judged(text, joined, CLEAN, [*range(at), *range(at + 1, len(CLEAN))], (at, at))


def test_the_running_head_is_no_part_of_the_clean_text():
    head = "نشرة الأخبار المسائية العدد 12"
    assert not judged(head, order(head, head))
    assert judged(head, order(head, head), head=head)
    assert judged(head, order(head, head), doubts=[Doubt("boilerplate", 0, len(head), "", 0.9)]) is None
