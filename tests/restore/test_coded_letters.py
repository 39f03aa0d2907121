"""Texts coded by glyph: read where the words of the text tell every sign, left alone where they do not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.evaluation.alignment import character_error_rate
from pipeline.restore.coded_letters import restore_coded_letters
from pipeline.restore.document import restore
from pipeline.restore.glyph_cipher import solve
from pipeline.restore.language_model import plain
from pipeline.restore.traced import Traced

ARTICLE = (Path(__file__).parents[2] / "benchmarks" / "articles" / "article01" / "clean.txt").read_text(encoding="utf-8")
JOINING = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ")


def is_letter(char: str) -> bool:
    return "\u0621" <= char <= "\u064a"


def coded(text: str, first: int = 0x2C80, variants: int = 1) -> str:
    """The text as a reader prints it whose font codes only the letters that join nothing; each other form of a letter is one sign."""
    text = plain(text).replace("لا", "\u0001").replace("لأ", "\u0002").replace("لإ", "\u0003").replace("لآ", "\u0004")
    rng = random.Random(3)
    shown = []
    signs: dict[tuple[str, bool, bool, int], str] = {}
    for i, char in enumerate(text):
        joined = i > 0 and (text[i - 1] in JOINING)
        joins = char in JOINING and (is_letter(text[i + 1 : i + 2] or " ") or text[i + 1 : i + 2] in "\u0001\u0002\u0003\u0004")
        if not (is_letter(char) or char in "\u0001\u0002\u0003\u0004") or (is_letter(char) and not joined and not joins):
            shown.append(char)
        else:
            form = (char, joined, joins, rng.randrange(variants))
            shown.append(signs.setdefault(form, chr(first + len(signs))))
    return "".join(shown)


def test_a_coded_text_is_read() -> None:
    raw = coded(ARTICLE)
    assert character_error_rate(raw, ARTICLE) > 0.5
    restored = restore(raw)
    assert character_error_rate(plain(restored.text), plain(ARTICLE)) < 0.02
    assert "mojibake" in restored.damage
    assert "undecodable" not in restored.damage


def test_glyph_numbers_are_signs_like_any_other() -> None:
    raw = "".join(f"(cid:{ord(c)})" if ord(c) >= 0x2C80 else c for c in coded(ARTICLE))
    assert character_error_rate(plain(restore(raw).text), plain(ARTICLE)) < 0.02


def test_private_figures_are_no_letters() -> None:
    figures = str.maketrans("0123456789", "".join(map(chr, range(0xE0A3, 0xE0AD))))
    raw = coded(ARTICLE).translate(figures)
    outcome = restore_coded_letters(Traced.of(raw))
    assert outcome.changes
    assert all(not set(c.before) & set(map(chr, range(0xE000, 0xF900))) for c in outcome.changes)


def test_each_change_tells_its_sign_and_how_many_words_are_known() -> None:
    raw = coded(ARTICLE)
    changes = restore_coded_letters(Traced.of(raw)).changes
    assert {c.kind for c in changes} == {"mojibake"}
    assert all(raw[c.raw_start : c.raw_end] == c.before for c in changes)
    assert all("become known words" in c.evidence for c in changes)


def test_a_cipher_with_many_signs_a_letter_is_flagged_and_stays() -> None:
    raw = coded(ARTICLE, variants=12)
    restored = restore(raw)
    assert restored.text.split() == raw.split()
    assert [d.finding.kind for d in restored.doubts] == ["undecodable"]


@pytest.mark.parametrize("text", [ARTICLE, coded("قال الوزير إن المشروع يبدأ غدا"), "Ветер перемен. ريح"])
def test_other_texts_and_short_ones_stay(text: str) -> None:
    assert restore_coded_letters(Traced.of(text)).traced.text == text


def test_a_sign_is_the_letter_that_makes_words_everywhere() -> None:
    words = {("1", "ر"): 3, ("د", "1"): 1, ("1", "ا", "ر", "د", "ة"): 2, ("ا", "ل", "1", "ا", "ر"): 1, ("1", "ل", "د"): 2, ("ا", "1", "و"): 2}
    assert solve(words, str.isdigit)["1"][0] == "ب"
