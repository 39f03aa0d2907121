"""What a text shows of itself before its lines are read."""

from pipeline.restore.habits import Habits

LINES = ("زار الوفد مدرسة القرية", "وعاد 4 منهم قبل الظهر", "إلى المدينة التي جاؤوا منها")


def test_blanks_that_end_runs_are_traces_of_cuts():
    printed = [LINES[0], "قبل الظهر  وعاد 4 منهم ", LINES[2]]
    assert Habits("\n".join(printed)).gapped


def test_lines_filled_up_with_blanks_are_a_layout():
    printed = [f"{line.replace('4', ' 4')}".ljust(60) for line in LINES]
    assert not Habits("\n".join(printed)).gapped
