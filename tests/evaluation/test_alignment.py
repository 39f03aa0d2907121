"""Distances and positions between a text found and the truth."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.alignment import Alignment, character_error_rate, edit_distance

words = st.lists(st.sampled_from(["قال", "الوزير", "في", "بيان", "إن", "المدينة", "هادئة"]), max_size=12).map(" ".join)


def plain_distance(left, right):
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, row = row, [i]
        for j, b in enumerate(right, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]


@given(words, words)
def test_edit_distance_is_levenshteins(left, right):
    assert edit_distance(left, right) == plain_distance(left, right)


def test_white_space_and_the_two_spellings_of_tanwin_are_no_errors():
    assert character_error_rate("قال  شخصاً\nهنا", "قال شخصًا هنا") == 0


@given(words)
def test_a_text_maps_to_itself(text):
    alignment = Alignment(text, text)
    assert [alignment.to_truth(i) for i in range(len(text) + 1)] == list(range(len(text) + 1))


def test_positions_shift_with_what_is_missing():
    alignment = Alignment("قتل مدنيا في المدينة", "قتل 14 مدنيا في المدينة")
    assert alignment.to_truth(4) == 7
