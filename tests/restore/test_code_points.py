"""Code points: what each pass of the first stage makes of a line, and what it leaves alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.invisible_characters import remove_bidi_controls, remove_invisibles
from pipeline.restore.line_endings import unify_line_endings
from pipeline.restore.look_alikes import fold_look_alikes
from pipeline.restore.presentation_forms import fold_presentation_forms
from pipeline.restore.tatweel import remove_edge_tatweel, remove_tatweel
from pipeline.restore.traced import Traced

PASSES = (
    unify_line_endings, remove_bidi_controls, fold_presentation_forms, remove_invisibles, fold_look_alikes,
    remove_tatweel, remove_edge_tatweel,
)  # fmt: skip


def run(text: str) -> str:
    traced = Traced.of(text)
    for step in PASSES:
        traced = step(traced, None).traced
    return traced.text


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("سطر\r\nثان\rثالث\u2028رابع", "سطر\nثان\nثالث\nرابع"),
        ("صفحة\n\fأخرى", "صفحة\n\fأخرى"),
        ("\u202bعاد 12 نازحا\u202c", "عاد 12 نازحا"),
        ("قال لـ“النهار” وبـ 30 بيتا ولـ«سانا»", "قال لـ“النهار” وبـ 30 بيتا ولـ«سانا»"),
        ("\ufeffالمد\u00adينة", "المدينة"),
        ("الم\u200cدينة", "المدينة"),
        ("👨\u200d👩\u200d👧 عائلة", "👨\u200d👩\u200d👧 عائلة"),
        ("ﺣﻘوق اﻹﻧﺳﺎن", "حقوق الإنسان"),
        ("ﻋﺒﺪ ﷲ", "عبد الله"),
        ("محمدﷺ نبي", "محمد صلى الله عليه وسلم نبي"),
        ("ﻋﺎدةﹰ", "عادةً"),
        ("½ كيلو و①", "½ كيلو و①"),
        ("في النظام العراقی الجدید علیھا", "في النظام العراقي الجديد عليها"),
        ("صعد الوزیر إلی المنصة علی عجل", "صعد الوزير إلى المنصة على عجل"),
        ("این کتاب را می‌خوانم و فردا برمی‌گردم", "این کتاب را می‌خوانم و فردا برمی‌گردم"),
        ("یہ کتاب میں نے پڑھی ہے", "یہ کتاب میں نے پڑھی ہے"),
        ("وكتب على الجدار (مرگ بر دیکتاتور) ثم انصرف", "وكتب على الجدار (مرگ بر دیکتاتور) ثم انصرف"),
        ("قال الرومي: «بشنو از نی چون حکایت می‌کند» في كتابه", "قال الرومي: «بشنو از نی چون حکایت می‌کند» في كتابه"),
        ("نشرت صحيفة کیهان الإيرانية مقالا", "نشرت صحيفة كيهان الإيرانية مقالا"),
        ("القصــف العنـيف", "القصف العنيف"),
        ("سنة 1438 هـ", "سنة 1438 هـ"),
        ("أولا ـ الوقائع", "أولا ـ الوقائع"),
        ("ــى الوصول إلـ", "ى الوصول إل"),
    ],
)
def test_line(damaged: str, expected: str) -> None:
    assert run(damaged) == expected


def test_edge_tatweel_waits_for_the_displaced_runs() -> None:
    assert remove_tatweel(Traced.of("ــى القر\u0640ية إلــ")).traced.text == "ــى القرية إلــ"


def test_a_ligature_keeps_the_origin_of_its_glyph() -> None:
    outcome = fold_presentation_forms(Traced.of("ﻻجئ"))
    assert outcome.traced.text == "لاجئ"
    assert outcome.traced.origin.tolist() == [0, 0, 1, 2]
    assert [(c.before, c.after, c.raw_start, c.raw_end) for c in outcome.changes] == [("ﻻ", "لا", 0, 1)]


@given(st.text(alphabet="ابتيىهكلمـ یکھ\u200c\u200f\u202b\ufeffﺣﻘﻻﷲﷺ\r\n\f ًّ1A", max_size=60))
def test_folding_is_traced_and_idempotent(raw: str) -> None:
    traced = Traced.of(raw)
    for step in PASSES:
        outcome = step(traced, None)
        assert len(outcome.traced.text) == len(outcome.traced.origin)
        assert (outcome.traced.text == traced.text) == (not outcome.changes)
        traced = outcome.traced
    assert (traced.origin[1:] >= traced.origin[:-1]).all()
    assert run(traced.text) == traced.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cf", "Cc"], max_codepoint=0x5FF), max_size=40))
def test_other_scripts_stay(raw: str) -> None:
    assert run(raw) == raw.replace("\u034f", "")


def test_every_form_folds_to_letters_without_forms() -> None:
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        folded = fold_presentation_forms(Traced.of(chr(code))).traced.text
        assert unicodedata.normalize("NFKC", chr(code)).replace("ـ", "").strip() == folded
