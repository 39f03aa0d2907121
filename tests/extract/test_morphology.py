"""Tokens, clitics, and the entry and inflection behind a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.morphology import Lexicon, analyse
from pipeline.extract.sentences import split_sentences
from pipeline.extract.tokens import Token, fold, form_of, key, tokenize


def tokens(text: str) -> list[Token]:
    return [token for sentence in split_sentences(text) for token in tokenize(sentence)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon[str]:
    built: Lexicon[str] = Lexicon()
    for past, present in (
        ("قتل", "يقتل"), ("استولى", "يستولي"), ("أصاب", "يصيب"), ("هاجم", "يهاجم"), ("قال", "يقول"), ("نفى", "ينفي"),
        ("دعا", "يدعو"), ("استعاد", "يستعيد"), ("سيطر", "يسيطر"), ("انسحب", "ينسحب"),
    ):  # fmt: skip
        built.add_verb(past, past, present)
    for singular, plurals in (("مدينة", ["مدن"]), ("جندي", ["جنود"]), ("نازح", ["ون"]), ("غارة", ["ات"]), ("مستشفى", ["ات"])):
        built.add_noun(singular, singular, plurals)
    built.add_form("هناك", "هناك")
    return built


def test_figures_marks_and_proclitics_before_figures_are_tokens_of_their_own() -> None:
    found = [(t.text, t.kind) for t in tokens("نزح 3,200 شخص و40 طفلا.. بـ50% في 10:45 و31قتيلا")]
    assert ("3,200", "number") in found
    assert found[3:5] == [("و", "word"), ("40", "number")]
    assert ("..", "mark") in found
    assert ("10:45", "number") in found
    assert found[-2:] == [("31", "number"), ("قتيلا", "word")]


def test_spellings() -> None:
    (token,) = tokens("مسؤولةً")
    assert (token.norm, token.fold) == ("مسؤولة", "مسووله")
    assert fold("أإآٱ") == "اااا"
    assert key("  إلى   مَدينة ") == "الي مدينه"


@pytest.mark.parametrize(
    ("word", "entry", "number", "proclitics", "enclitic"),
    [
        ("وبالمدينتين", "مدينة", "dual", "وبال", ""),
        ("مدينتهم", "مدينة", "singular", "", "هم"),
        ("للمدن", "مدينة", "plural", "لل", ""),
        ("غاراتها", "غارة", "plural", "", "ها"),
        ("غارتا", "غارة", "dual", "", ""),
        ("جنديًا", "جندي", "singular", "", ""),
        ("والنازحون", "نازح", "plural", "وال", ""),
        ("نازحين", "نازح", "plural", "", ""),
        ("مستشفياتهم", "مستشفى", "plural", "", "هم"),
    ],
)
def test_nouns(lexicon: Lexicon[str], word: str, entry: str, number: str, proclitics: str, enclitic: str) -> None:
    match = lexicon.lookup(form_of(word))[0]
    assert (match.entry, match.number) == (entry, number)
    assert (match.analysis.proclitics, match.analysis.enclitic) == (proclitics, enclitic)


@pytest.mark.parametrize(
    ("word", "entry", "tense", "number", "voice"),
    [
        ("قتلوهم", "قتل", "past", "plural", None),
        ("وقُتل", "قتل", "past", "singular", "passive"),
        ("يُقتل", "قتل", "present", "singular", "passive"),
        ("سيقتلون", "قتل", "present", "plural", None),
        ("استولت", "استولى", "past", "singular", None),
        ("استولوا", "استولى", "past", "plural", None),
        ("أصيبوا", "أصاب", "past", "plural", "passive"),
        ("أصابت", "أصاب", "past", "singular", "active"),
        ("هوجمت", "هاجم", "past", "singular", "passive"),
        ("يقل", "قال", "jussive", "singular", "active"),
        ("قيل", "قال", "past", "singular", "passive"),
        ("نفت", "نفى", "past", "singular", None),
        ("ينفون", "نفى", "present", "plural", None),
        ("دعوا", "دعا", "past", "plural", "active"),
        ("استعيدت", "استعاد", "past", "singular", "passive"),
        ("فسيطروا", "سيطر", "past", "plural", None),
        ("ينسحبوا", "انسحب", "present", "plural", None),
    ],
)
def test_verbs(lexicon: Lexicon[str], word: str, entry: str, tense: str, number: str, voice: str | None) -> None:
    match = lexicon.lookup(form_of(word))[0]
    assert (match.entry, match.tense, match.number, match.voice) == (entry, tense, number, voice)


def test_verbs_take_no_article_and_nouns_no_future(lexicon: Lexicon[str]) -> None:
    assert not any(m.pos == "verb" for m in lexicon.lookup(form_of("القتل")))
    assert not any(m.pos == "verb" for m in lexicon.lookup(form_of("بقتل")))
    assert lexicon.lookup(form_of("سمدينة")) == ()


def test_unknown_words_and_figures_have_no_entry(lexicon: Lexicon[str]) -> None:
    assert lexicon.lookup(form_of("زرافة")) == ()
    assert lexicon.lookup(form_of("2017")) == ()
    assert [m.entry for m in lexicon.lookup(form_of("وهناك"))] == ["هناك"]


def test_analysis_goes_from_the_whole_word_to_the_most_stripped() -> None:
    assert [(a.proclitics, a.stem) for a in analyse(form_of("وبحلب"))] == [("", "وبحلب"), ("و", "بحلب"), ("وب", "حلب")]


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    covered = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert not text[covered : token.start].strip()
        assert len(token.norm) == len(token.fold) or token.kind != "word"
        covered = token.end
    assert not text[covered:].strip()


@settings(max_examples=200)
@given(st.text(alphabet="وفبلكسالتمهنياةىأ", min_size=1, max_size=12))
def test_an_analysis_leaves_two_letters(word: str) -> None:
    for analysis in analyse(form_of(word)):
        assert fold(word).startswith(analysis.proclitics)
        assert len(analysis.stem) >= min(2, len(word))
