"""Words that blanks split so often that their pieces pass for other words."""

from __future__ import annotations

from pipeline.restore.spacing import join_often_split_words
from pipeline.restore.traced import Traced

OFTEN_SPLIT = (
    "زار وفد من ال مهند سين ال مد ينة ال قد يمة",
    "وقال رئيس ال بلد ية إ ن ال عمل في االس واق ال يتوقف",
    "أما ال مدرسة فقد أ عيد بنا ؤها قبل عا مين",
)


def test_pieces_of_words_that_are_often_split_are_no_words() -> None:
    text = "\n".join(OFTEN_SPLIT)
    joined = join_often_split_words(Traced.of(text)).traced.text
    assert "ال مدينة" not in joined
    assert "المهندسين المدينة القديمة" in joined
    assert "البلدية إن العمل في االسواق ال يتوقف" in joined
    assert joined.count("\n") == text.count("\n")


def test_words_of_few_splits_wait_for_the_repair_of_words() -> None:
    text = "\n".join([*OFTEN_SPLIT[:1], *(["وصل القطار إلى المحطة في موعده ونزل الركاب منه بهدوء"] * 30)])
    assert join_often_split_words(Traced.of(text)).traced.text == text
