"""What is known of words, word pairs and places where text goes on."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.junctions import PAD, REACH, Junctions
from pipeline.restore.language_model import MODEL, Lexicon, plain, words_of
from pipeline.restore.units import CLOSING, FIGURE, OPENING, units
from pipeline.restore.word_pairs import WordPairs, codes
from pipeline.restore.word_scores import WordScores


def test_common_words_are_known_and_fragments_are_rare() -> None:
    lexicon = Lexicon.load()
    assert lexicon.count("السورية") > 100 * lexicon.count("ية")
    assert "وزير" in lexicon
    assert "طظغضخث" not in lexicon
    assert lexicon.count("طظغضخث") == 0


def test_vowel_marks_and_tatweel_do_not_count() -> None:
    lexicon = Lexicon.load()
    assert lexicon.count("مُحَمَّد") == lexicon.count("محمد") > 0
    assert lexicon.count("الـــقصف") == lexicon.count("القصف") > 0
    assert lexicon.count("إلى") != lexicon.count("الى")


def test_words_of_a_text() -> None:
    assert words_of("قالَ: «لا»، ثم غـــادر (2016).") == ["قال", "لا", "ثم", "غادر"]


@given(st.text(alphabet="ابتثرزسشيوكلمنهة \u0640\u064b\u0651", max_size=40))
def test_plain_is_idempotent_and_words_are_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert all(plain(word) == word for word in words_of(text))


def test_a_whole_word_outweighs_its_halves() -> None:
    words = WordScores.load()

    def gain(left: str, right: str) -> float:
        return words.log_probability(left + right) - words.log_probability(left) - words.log_probability(right)

    assert gain("السور", "ية") > 10
    assert gain("تقار", "ير") > 10
    assert gain("في", "البلاد") < 0


def test_an_unknown_name_is_more_probable_than_letter_salad() -> None:
    words = WordScores.load()
    assert words.shape("كرينوفا") > words.shape("ظقجثضغح")


def test_pairs_that_belong_together_are_known() -> None:
    pairs = WordPairs.load()
    counts = pairs.log_counts(codes(["رئيس", "رئيس"]), codes(["الوزراء", "الموز"]))
    assert counts[0] > 5
    assert counts[1] == 0


def test_units_know_opening_from_closing_whichever_way_they_face() -> None:
    assert units("قال »نعم« (1,5 كم)").names == ["قال", OPENING, "نعم", CLOSING, OPENING, FIGURE, "كم", CLOSING]
    assert units("و\ue008\ue005 رجلا").names == ["و", FIGURE, "رجلا"]
    assert units("ذهب، وعاد.").spaced == [True, False, True, False]


def test_text_goes_on_better_where_it_does() -> None:
    names = [PAD, "أعلن", "رئيس", "الوزراء", "أمس", "أن", "الحكومة", "ستقدم", "استقالتها"]
    row = [0] * REACH + list(range(1, len(names))) + [0] * REACH
    sheet = Junctions.load().sheet(names, row)
    after_president, after_that = REACH + 2, REACH + 5
    right, wrong = sheet.scores(np.array([after_president, after_that]), np.array([after_president, after_president]))
    assert right > wrong


def test_a_junction_scores_the_same_alone_and_among_others() -> None:
    names = [PAD, "عاد", "السكان", "إلى", "القرية"]
    sheet = Junctions.load().sheet(names, [0] * REACH + [1, 2, 3, 4] + [0] * REACH)
    places = np.arange(REACH, REACH + 5)
    together = sheet.scores(np.repeat(places, 5), np.tile(places, 5)).reshape(5, 5)
    assert np.allclose(np.diag(together), sheet.scores(places, places), atol=1e-4)
    assert np.allclose(together[1, 3], sheet.scores(places[1:2], places[3:4])[0], atol=1e-4)


def test_names_of_the_gazetteers_are_words() -> None:
    lexicon = Lexicon.load()
    assert all(word in lexicon for word in ("حمورية", "كينجال", "آخالتسيخه"))


def test_model_files_are_small_and_load_fast() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 10_000_000
    start = time.perf_counter()
    Lexicon.load.__wrapped__()
    Junctions.load.__wrapped__()
    assert time.perf_counter() - start < 3


@pytest.mark.usefixtures("shared")
def test_held_out_documents_are_a_twentieth() -> None:
    from pipeline.lexicon.build.corpus import is_held_out

    share = sum(is_held_out(f"wikipedia-{k}") for k in range(4000)) / 4000
    assert 0.03 < share < 0.07


def test_a_run_of_letters_as_long_as_a_page_has_a_probability_too() -> None:
    short, long = (WordScores.load().log_probability("ظغضث" * times) for times in (5, 500))
    assert long < short < 0
