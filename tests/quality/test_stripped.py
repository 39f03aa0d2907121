"""Stripped numbers: the damaged line, the words between which the figure is missing, and the bounds that grammar leaves."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.quality.boundaries import Spacing, find_boundaries
from pipeline.quality.model import TextView
from pipeline.quality.stripped import stripped_numbers

# A text of our own whose figures were deleted; ¦ stands where each of them was and is taken out before the test.
REPORT = (
    "أحصى فريق الإنقاذ ما لا يقل عن ¦ قتيلا و¦ جريحا في البلدة الساحلية، وقال رئيسه إن نحو ¦ ألف شخص غادروا بيوتهم "
    "خلال ¦ ساعات فقط. وأضاف أن ¦٪ من المنازل لم تعد صالحة للسكن، وأن المياه غمرت ¦ قرية منذ عام ¦. "
    "وكانت الحكومة قد خصصت ¦ مليون دولار لبناء السد، ثم ارتفعت الكلفة إلى أكثر من ¦ مليون دولار."
)
CLEAN = (
    "أحصى فريق الإنقاذ عشرات القتلى والجرحى في البلدة الساحلية، وقال رئيسه إن آلافا من السكان غادروا بيوتهم خلال ساعات. "
    "واتجه معظمهم نحو الشمال في أكثر من اتجاه، وقدر خبراء كلفة الأضرار بنحو مليار دولار. وتوقع مصدر أن ترتفع الحصيلة "
    "بعد أن عثر رجال الإطفاء على ثلاث جثث تحت الأنقاض، ووعد الوزير بتعويض كل أسرة قبل نهاية مارس/آذار المقبل."
)


def strip(marked: str) -> str:
    return marked.replace("¦", "")


def sites(view: TextView) -> list[str]:
    return [view.text[flag.start : flag.end] for flag in stripped_numbers(view)]


def test_every_missing_figure_is_one_flag(look):
    assert sites(look(strip(REPORT))) == ["قتيلا", "جريحا", "ألف", "ساعات", "٪", "قرية", ".", "مليون", "مليون"]


def test_bounds_follow_the_counted_noun(look):
    flags = stripped_numbers(look(strip(REPORT)))
    bounds = [(f.low, f.high) for f in flags]
    assert bounds == [(11, None), (11, None), (11, 999), (3, 10), (None, None), (11, None), (None, None), (None, None), (None, None)]


def test_the_explanation_quotes_the_arabic(look):
    first = stripped_numbers(look(strip(REPORT)))[0]
    assert "«عن قتيلا»" in first.explanation
    assert "two blanks" in first.explanation


def test_a_text_without_missing_figures_has_no_flag(look):
    assert stripped_numbers(look(CLEAN)) == []


def test_the_same_text_with_its_figures_has_no_flag(look):
    assert stripped_numbers(look(REPORT.replace("¦", "12"))) == []


def test_private_glyphs_are_no_gaps(look):
    assert stripped_numbers(look(REPORT.replace("¦", "\ue003\ue001"))) == []


def test_two_blanks_in_justified_text_prove_nothing(look):
    assert stripped_numbers(look(CLEAN.replace(" ", "  "))) == []


def test_a_single_stray_double_blank_is_no_gap(look):
    assert stripped_numbers(look(CLEAN.replace("رجال الإطفاء", "رجال  الإطفاء"))) == []


def test_figures_are_missed_where_blanks_were_folded_too(look):
    folded = " ".join(strip(REPORT).split())
    assert "قتيلا" in sites(look(folded))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("وبلغت الكلفة بين ¦ و¦ مليون دولار، أي ¦٪ من الموازنة منذ عام ¦ على الأقل", "مليون"),
        ("وصدر القرار () عن المجلس بعد  جلسات استمرت  ساعة", ")"),
        ("استهدفت الطائرة من طراز ميغ  موقعا قرب  قرية، وقتل نحو  مدنيا في  غارات", "موقعا"),
    ],
)
def test_emptied_frames(look, line, place):
    assert place in sites(look(strip(line)))


def test_between_two_figures_are_two_flags(look):
    text = strip("قتل ¦ جنديا وأصيب ما بين ¦ و¦ آخرين في ¦ غارات خلال ¦ ساعة")
    assert sites(look(text))[:3] == ["جنديا", "و", "آخرين"]


def test_a_line_break_is_no_gap(look):
    lines = textwrap.fill(CLEAN, 60)
    assert stripped_numbers(look(lines)) == []
    assert " " * 2 not in look(lines).text


def test_a_figure_lost_at_a_line_end_is_missed_where_others_are():
    raw = strip(REPORT).replace("نحو  ألف", "نحو \nألف")
    kept = [i for i, c in enumerate(raw) if not (c.isspace() and raw[i - 1].isspace())]
    text = "".join(raw[i] for i in kept).replace("\n", " ")
    assert "ألف" in sites(TextView("d", text, [], raw, np.array(kept, dtype=np.int32)))


def test_lines_that_were_not_joined_end_anywhere(look):
    words = CLEAN.split()
    lines = "\n\n".join(" ".join(words[i : i + 3]) + " " for i in range(0, len(words), 3))
    assert stripped_numbers(look(lines)) == []


def test_blanks_are_told_from_the_raw_text():
    raw = "قتل  شخصا\nفي البلدة"
    origin = np.array([i for i in range(len(raw)) if i != 4], dtype=np.int32)
    text = "قتل شخصا في البلدة"
    places = find_boundaries(TextView("d", text, [], raw, origin))
    spacing = dict(zip(places.pieces.norms, map(Spacing, places.spacing), strict=True))
    assert (spacing["شخصا"], spacing["في"], spacing["البلدة"]) == (Spacing.WIDE, Spacing.BREAK, Spacing.PLAIN)


def test_a_seam_of_joined_runs_is_no_wide_gap():
    text, raw = "قتل شخصا في", "في قتل  شخصا"
    origin = np.array([3, 4, 5, -1, 8, 9, 10, 11, -1, 0, 1], dtype=np.int32)
    places = find_boundaries(TextView("d", text, [], raw, origin))
    assert dict(zip(places.pieces.norms, map(Spacing, places.spacing), strict=True))["في"] in (Spacing.BREAK, Spacing.TORN)


def test_marks_of_a_deleted_decimal_are_left_over(look):
    places = find_boundaries(look("بلغ العجز . مليون دولار"))
    assert Spacing(places.spacing[places.pieces.norms.index("مليون")]) is Spacing.LEFT_OVER
    assert "." not in places.pieces.norms


@settings(max_examples=60)
@given(st.text(alphabet="ابتث وفي من %()/.،  \n0٣", max_size=80))
def test_flags_lie_in_the_text_and_do_not_depend_on_anything_else(text):
    view = TextView("d", text, [])
    flags = stripped_numbers(view)
    assert flags == stripped_numbers(TextView("d", text, []))
    for flag in flags:
        assert 0 <= flag.start <= flag.end <= len(text)
        assert 0.5 < flag.confidence <= 1
        assert flag.low is None or flag.high is None or flag.low <= flag.high


def test_the_seed_without_its_private_glyphs(shared: Path):
    from pipeline.extract.sentences import split_sentences
    from pipeline.quality.text_flags import flag_text
    from pipeline.restore.document import restore

    raw = re.sub("[\ue000-\uf8ff]", "", (shared / "seed" / "raw.txt").read_text(encoding="utf-8"))
    restored = restore(raw)
    view = TextView("d", restored.text, split_sentences(restored.text), raw, restored.traced.origin)
    told = [(f.kind, view.text[f.start : f.end]) for f in flag_text(view)]
    missing = [text for kind, text in told if kind == "stripped_number"]
    assert missing == ["عنصر", "أقلعت", "دبابة", "من", "ألف", "ساعة", "شخصًا", "مدنيًا"]
    assert {kind for kind, _ in told} == {"stripped_number", "duplicated_word", "truncated_phrase", "redundant_connective"}
    assert ("duplicated_word", "كان") in told


def test_a_separator_between_two_blanks_is_told_from_a_dash(look):
    """`1,740` leaves `,`, `1.7` leaves `.`; dashes stand between blanks in any text."""
    told = "خسر الفريق ¦ لاعبا – وفق مدربه – وأنفق ¦,¦ دينار على ¦ معسكرات، ثم باع ¦.¦ في المئة من أسهمه – قال رئيسه – في عام ¦."
    assert sites(look(strip(told))) == ["لاعبا", ", دينار", "معسكرات", ".", "."]


def test_figures_that_a_bracket_parts_are_two(look):
    told = strip(REPORT) + strip(" ويسّرت الإدارة ¦ زيارة (¦ في المئة)، ورفضت ¦ (¦ في المئة)، وأجّلت ¦ (¦ في المئة).")
    assert sites(look(told))[-6:] == ["زيارة", "في", "(", "في", "(", "في"]


def test_letters_of_an_abbreviation_and_a_conjunction_before_a_quotation_are_no_lone_proclitics(look):
    found = find_boundaries(look("الخرطوم (أ ف ب) - قال شهود إن «النجم» و«الهلال» و“المريخ” لعبت، و مهاجما أصيبوا."))
    lone = [found.norm(i) for i in range(len(found)) if found.spacing[i] == Spacing.CLITIC]
    assert lone == ["مهاجما"]


def test_large_figures_take_the_plural_too(look):
    flags = stripped_numbers(look(strip(REPORT + " ورصدت الحكومة ¦ ملايين دولار، ووصل ¦ آلاف عامل.")))
    assert [(f.low, f.high) for f in flags][-2:] == [(2, 910), (3, 910)]  # 105 ملايين, 2.5 ملايين


def test_blanks_beside_a_tatweel_stand_at_one_place(look):
    """`بـ 22 مليون` leaves two blanks behind a tatweel that restoration takes out."""
    told = REPORT + " وقُدرت الأضرار بـ ¦ مليون دينار، وحُكم على المقاول بالسجن لـ ¦ سنوات."
    assert sites(look(strip(told)))[-2:] == ["مليون", "سنوات"]
