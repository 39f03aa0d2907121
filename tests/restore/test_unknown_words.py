"""One look at the unknown words of a text tells which passes may have something to do in them."""

from __future__ import annotations

import pytest

from pipeline.restore.unknown_words import UnknownWords


def test_a_bit_tells_that_an_unknown_word_shows_what_a_pass_looks_for() -> None:
    words = UnknownWords()
    doubled, long = words.for_(lambda word: "شش" in word), words.for_(lambda word: len(word) > 8)
    assert words.seen("زار الوفد المدينة") == 0  # all words are known
    assert words.seen("زار الوفد ظخششغ") & doubled
    assert not words.seen("زار الوفد ظخششغ") & long
    assert words.seen("زار الوفد ظخششغذضقثط") & long


def test_runs_of_letters_too_long_to_be_words_are_asked_too() -> None:
    words = UnknownWords()
    long = words.for_(lambda word: len(word) > 30)
    assert words.seen("زار " + "الوفدالمدينة" * 4) & long


def test_several_words_must_show_what_one_alone_does_not_tell() -> None:
    words = UnknownWords()
    several = words.for_(lambda word: word.startswith("ظخ"), several=True)
    assert not words.seen("زار ظخغذ المدينة ثم ظخغذ") & several  # the same word twice
    assert words.seen("زار ظخغذ المدينة ثم ظخغذث") & several


def test_what_several_passes_ask_is_asked_once() -> None:
    words = UnknownWords()
    assert words.for_(str.isalpha) == words.for_(str.isalpha) != words.for_(str.isalpha, several=True)


@pytest.mark.parametrize(("text", "shown"), [("زار ظخغذ", 1), ("زار ظخغذ ثم ظخغذث", 2), ("زار الوفد", 0)])
def test_unknown_words_are_counted(text: str, shown: int) -> None:
    words = UnknownWords()
    bits = [words.at_least(1), words.at_least(2)]
    assert bits[0] == words.at_least(1)  # several passes may ask for as many
    assert sum(bool(words.seen(text) & bit) for bit in bits) == shown


def test_a_text_reads_poorly_whose_words_are_mostly_unknown() -> None:
    words = UnknownWords()
    assert words.seen("ظخغذ ثظخغ ضظغث الوفد") & words.READS_POORLY
    assert not words.seen("زار الوفد المدينة ظهرا مع ظخغذ") & words.READS_POORLY
