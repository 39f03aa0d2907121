"""Displaced lines are found from the clean text, and each outcome is counted once."""

import numpy as np

from pipeline.evaluation.restoration import displaced_lines, score_restoration
from pipeline.restore.document import Placed, Restored
from pipeline.restore.traced import Change, Doubt, Traced

CLEAN = "التقى الرئيس وزير الخارجية في القصر\nوغادر الوفد بعد ساعة"
DAMAGED = "ير الخارجية في القصر التقى الرئيس وز\nوغادر الوفد بعد ساعة"


def restored(text, origin=None, changes=(), doubts=()):
    traced = Traced(text, np.arange(len(text), dtype=np.int32) if origin is None else origin)
    return Restored(traced, [Placed(c, 0, len(text)) for c in changes], [Placed(d, 0, len(text)) for d in doubts], [], 1.0, None)


def test_a_line_of_reversed_runs_is_displaced_and_a_whole_one_is_not():
    assert displaced_lines(DAMAGED, CLEAN) == [(0, DAMAGED.index("\n"), CLEAN.split("\n")[0])]


def test_an_untouched_displaced_line_is_missed_and_a_flagged_one_flagged():
    doubt = Doubt("displaced_run_unresolved", 0, 30, "", 0.6)
    assert score_restoration(restored(DAMAGED), DAMAGED, CLEAN).lines == {"missed": 1}
    assert score_restoration(restored(DAMAGED, doubts=[doubt]), DAMAGED, CLEAN).lines == {"flagged": 1}


def test_a_line_put_right_is_exact_and_a_line_put_wrong_is_wrong():
    cut = DAMAGED.index("التقى")
    head, tail, rest = DAMAGED[: cut - 1], DAMAGED[cut : DAMAGED.index("\n")], DAMAGED[DAMAGED.index("\n") :]
    order = [*range(cut, cut + len(tail)), *range(cut - 1), *range(DAMAGED.index("\n"), len(DAMAGED))]
    change = Change("displaced_run", 0, DAMAGED.index("\n"), "", "", 0.97, "")
    right = restored(tail + head + rest, np.array(order, dtype=np.int32), [change])
    score = score_restoration(right, DAMAGED, CLEAN)
    assert score.lines == {"exact": 1}
    assert score.exact == 1
    assert score_restoration(restored(DAMAGED, changes=[change]), DAMAGED, CLEAN).lines == {"wrong": 1}


def test_numerals_are_right_wrong_or_flagged():
    raw, clean = "قتل \ue001\ue002 شخصا وجرح \ue003 آخرون وفر \ue001 من", "قتل 12 شخصا وجرح 3 آخرون وفر 1 من"
    shown = "قتل 12 شخصا وجرح 4 آخرون وفر \ue001 من"
    score = score_restoration(restored(shown), raw, clean, {"\ue001": "1", "\ue002": "2", "\ue003": "3"})
    assert score.numerals == {"right": 1, "wrong": 1, "flagged": 1}
