"""One look at a text finds the traces of all passes, and none finds anything to do where it shows none of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.passes import LOOK, PASSES, UNKNOWN_WORDS, Step, due
from pipeline.restore.physical_lines import is_in_rows
from pipeline.restore.traced import Traced
from pipeline.restore.traces import Look, one_of
from pipeline.restore.word_repair import repair_mended_words

# What damage leaves beside letters, and some whole words, so that passes that count words have some.
_PIECES = [
    *"اأإآلمنوهبيةء 2379٠٢.،:؛«»()\"“”-/%\n\f\u064b\u064f\u0651\u0640\ufffd\ue001\x02&<", "  ", " \n", "\n ", "\n\n", "ال", "لا", "قال ", " في ",
    " المدينة ", "أعلن ", "2016 ", " 45", "كتاب", "اللجنة ",
]  # fmt: skip
_ARTICLES = Path(__file__).parents[2] / "benchmarks" / "articles"


@pytest.mark.parametrize(
    ("trace", "has", "lacks"),
    [
        (("[0-9]", "[ا-ي]"), "قتل 22شخصا", "قتل 22 شخصا"),
        (("\n", "ل"), "لا بد", "ولا بد"),  # a text begins as behind a line break
        (("ا", "\n"), "هنا", "هنا."),  # and ends as before one
        (("ا", "ا", "ل"), "باالله", "بالأمس"),
        (("[^\n]", " ", " "), "قال  إنه", "قال إنه"),
        (one_of("\udb80")[0], "في \U000f0001", "في \U0001f600"),  # beyond the Basic Multilingual Plane told by its surrogate
    ],
)
def test_a_trace_is_found_where_its_characters_stand_side_by_side(trace: tuple[str, ...], has: str, lacks: str) -> None:
    look = Look()
    other, bit = look.for_([("ظ", "ظ")]), look.for_([trace])
    assert look.seen(has) == bit
    assert look.seen(lacks) & bit == 0
    assert look.seen("") & (bit | other) == 0


def test_a_trace_that_several_passes_look_for_is_looked_for_once() -> None:
    look = Look()
    both = look.for_([("ا", "ل"), ("ل", "ا")])
    assert both == look.for_([("ل", "ا"), ("ا", "ل")])
    assert both.bit_count() == 2


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map("".join))
def test_a_pass_leaves_a_text_without_its_traces_or_unknown_words_as_it_is(text: str) -> None:
    _assert_unmoved(text * 6)  # damage that shows once is a slip


@pytest.mark.parametrize("article", sorted(_ARTICLES.rglob("*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_so_it_is_in_articles(article: Path) -> None:
    _assert_unmoved(article.read_text(encoding="utf-8"))


def _assert_unmoved(text: str) -> None:
    seen, unknown = LOOK.seen(text), UNKNOWN_WORDS.seen(text)
    for step in PASSES:
        # What may have made the words that the one left out mends, only a lost letter tells.
        if not step.is_due(seen, unknown, mended=False, in_rows=True) and step.run is not repair_mended_words:
            assert _is_unmoved(step, text), f"{step.run.__name__} has something to do in {text!r}"


def _is_unmoved(step: Step, text: str) -> bool:
    outcome = step.run(Traced.of(text), None)
    return outcome.traced.text == text and not outcome.changes and not outcome.doubts


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["عاد الفلاح إلى حقله في المساء وسقى الزرع"] * 6, True),
        (["عاد الفلاح إلى حقله في المساء وسقى الزرع ثم جلس " * 9] * 3, False),  # paragraphs, as web pages have them
        (["مساء في الحقل", "عاد الفلاح إلى حقله في المساء وسقى الزرع ثم جلس " * 9], False),
        ([], True),
    ],
)
def test_rows_of_print_are_told_by_their_length(lines: list[str], told: bool) -> None:
    assert is_in_rows("\n".join(lines)) == told


def test_few_passes_run_on_a_clean_article() -> None:
    """A pass that runs on most clean texts costs more than all that need not: it wants a trace, or a sharper one."""
    texts = [article.read_text(encoding="utf-8") for article in _ARTICLES.rglob("*.txt")]
    # Whatever looks at rows of print runs on lists and short paragraphs, too.
    for in_rows, most in ((False, 22), (True, 30)):
        found = [sum(1 for _ in due(text)) for text in texts if is_in_rows(text) == in_rows]
        assert sum(found) < most * len(found)
    always = {step.run.__name__ for step in PASSES if not (step.traces or step.unknown)}
    assert len(always) <= 10
