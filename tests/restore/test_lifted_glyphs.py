"""Lines cut at glyphs that a writer drew by themselves, as pypdf prints them: the last piece first, figures in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipeline.restore.characters import FATHATAN, SHADDA
from pipeline.restore.document import restore
from pipeline.restore.lifted_glyphs import restore_lifted_glyphs
from pipeline.restore.traced import Outcome, Traced

WRITTEN = (
    "أعلنت بلدية الميناء أن صيادي الأسماك عادوا إلى البحر بعد توقف دام ثلاثة أسابيع",
    "وقال رئيس النقابة إن المراكب الصغيرة خرجت فجرا محملة بالشباك والوقود والطعام",
    "وتوقع التجار أن تنخفض أسعار السردين في الأسواق الشعبية قبل نهاية الشهر الجاري",
    "فيما طالبت جمعيات المستهلكين بتشديد الرقابة على المخازن المبردة قرب المرفأ القديم",
)


def _printed(line: str, glyphs: Sequence[str], stroke: str = "") -> str:
    """The line cut at places marked by `|`, a stroke or else the glyphs that stand there drawn by themselves."""
    pieces = line.split("|")
    cuts = list(glyphs) or [stroke] * (len(pieces) - 1)
    return "".join(piece + cut for piece, cut in zip(reversed(pieces), [*reversed(cuts), ""], strict=True))


def _restored(text: str) -> Outcome:
    return restore_lifted_glyphs(Traced.of(text))


def _cut_after(line: str, endings: Sequence[str]) -> str:
    for ending in endings:
        assert ending in line
        line = line.replace(ending, f"{ending}|", 1)
    return line


CUT = tuple(
    _cut_after(line, endings)
    for line, endings in zip(
        WRITTEN,
        (("صيا", "الأس", "الب"), ("النق", "المرا", "الصغ", "بالش"), ("التج", "أس", "السر", "الشع"), ("جمع", "المست", "بتش", "المخا")),
        strict=True,
    )
)


@pytest.mark.parametrize("stroke", ["EE", "!", "\x1f\x1f", "%%", "’", "  "])
def test_strokes_without_a_code_cut_lines(stroke: str) -> None:
    damaged = "\n".join(_printed(line, (), stroke) for line in CUT)
    assert _restored(damaged).traced.text == "\n".join(WRITTEN)


def test_stops_stay_where_strokes_are_coded_as_stops() -> None:
    written = [WRITTEN[0].replace("البحر بعد", "البحر. وذلك بعد"), *WRITTEN[1:]]
    cut = [CUT[0].replace("الب|حر بعد", "الب|حر. وذلك بعد"), *CUT[1:]]
    damaged = "\n".join(_printed(line, (), ".") for line in cut)
    assert _restored(damaged).traced.text == "\n".join(written)


def test_a_hamza_s_sign_may_be_a_digit() -> None:
    """As pypdf prints LibreOffice's pages in Scheherazade: alefs bring a hamza along, those of lam-alefs come with a digit before them."""
    written = (
        "أعلنت بلدية الميناء أمس أن الصيادين عادوا إلى البحر في الأسبوع الأول من الموسم",
        "وقال أحد أعضاء النقابة إن المراكب الأكبر خرجت فجرا إلى الأعماق بعد 12 يوما",
        "وأضاف أن أسعار الأسماك ستنخفض في الأسواق إذا استمر الأمر على هذه الحال أياما",
        "وكان الأهالي قد طالبوا بأن تبدأ الأعمال في المرفأ الأوسط قبل نهاية الشهر",
    )
    damaged = "\n".join("".join(map(_lifted, re.split("( 12 )", line))) for line in written)
    assert _restored(damaged).traced.text.replace(" ", "") == "\n".join(written).replace(" ", "")


@pytest.mark.parametrize(("above", "below"), [("#", "!"), ("\t", ")"), ("\x16", '"'), ("  ", "!")])
def test_hamzas_come_as_any_sign_that_hardly_stands_elsewhere(above: str, below: str) -> None:
    """As pypdf prints LibreOffice's pages in a kerned Lateef, glyphs being numbered as they were met."""
    written = (
        "أعلنت بل|دية الميناء أمس أن الصي|ادين عادوا إلى البحر قبل أيام من الم|وسم",
        "وقال أحد التجار إن المراكب خرج|ت فجرا إلى الجزيرة وعادت بعد أن هدأت الع|اصفة",
        "وأضاف أن أسعار السم|ك ستنخفض إذا استمر الحال أياما وأن الت|جار ينتظرون إعلان الب|لدية",
        "وكان أعضاء النق|ابة طالبوا إدارة المرفأ بأن تبدأ إصلاح الرصيف قبل أسب|وعين",
    )
    signs = {"أ": f"{above}ا", "إ": f"{below}ا", "|": "EE"}
    damaged = "\n".join("".join(signs.get(piece, piece) for piece in reversed(re.split("([أإ|])", line))) for line in written)
    assert _restored(damaged).traced.text.replace(" ", "") == "\n".join(written).replace(" ", "").replace("|", "")


def _lifted(part: str) -> str:
    """A part of a line cut at its hamzas, last piece first, each piece but the first without the alef that came with the sign."""
    first, *others = re.split("(?<=.)(?=[أإ])", part)
    before = [first, *others]
    signs = [f"{'2' if piece.endswith('ال') else 'ا'}{other[0]} " for piece, other in pairwise(before)]
    return "".join(f"{other[1:]}{sign}" for other, sign in zip(others[::-1], signs[::-1], strict=True)) + first


def test_the_changes_are_displaced_runs_and_every_character_is_traced() -> None:
    damaged = "\n".join(_printed(line, (), "EE") for line in CUT)
    outcome = _restored(damaged)
    assert {change.kind for change in outcome.changes} == {"displaced_run"}
    assert all(damaged[i] == c for i, c in zip(outcome.traced.origin.tolist(), outcome.traced.text, strict=True))


MARKED = (
    ("سج|لت المراصد الزلزالية هزة أرضية خفيفة شعر بها سكان القرى الجبلية", "ّ", "سجّلت المراصد الزلزالية هزة أرضية خفيفة شعر بها سكان القرى الجبلية"),
    ("وأك|د خبراء الجامعة أن الهزات المماثلة مألوفة في هذه المنطقة", "ّ", "وأكّد خبراء الجامعة أن الهزات المماثلة مألوفة في هذه المنطقة"),
    ("وقد ن|قلت عائلتان إلى مدرسة قريبة بعدما ظهرت شقوق في الجدران", "ُ", "وقد نُقلت عائلتان إلى مدرسة قريبة بعدما ظهرت شقوق في الجدران"),
    ("فيما ش|كلت لجنة من المهندسين لفحص الجسور والمباني العتيقة", "ُ", "فيما شُكلت لجنة من المهندسين لفحص الجسور والمباني العتيقة"),
)


def test_marks_that_stand_off_the_line_cut_it() -> None:
    damaged = "\n".join(_printed(line, [mark]) for line, mark, _ in MARKED)
    assert _restored(damaged).traced.text == "\n".join(written for _, _, written in MARKED)


def test_one_line_cut_within_words_is_enough() -> None:
    cut = "وحذ|رت هيئة الطيران المسافرين من تأخر الرحلات وكث|فت حملات الصيد قرب المدرج"
    damaged = "\n".join([*WRITTEN, _printed(cut, [SHADDA] * 2)])
    assert _restored(damaged).traced.text == "\n".join([*WRITTEN, cut.replace("|", SHADDA)])


ENDINGS = (
    "كان الرصيف القديم خاليا| من البواخر قبل أن تعود حركة الشحن إليه في الصيف",
    "وأعلن المدير أن العمل سيستمر يوميا| حتى ساعة متأخرة من الليل في كل الأقسام",
    "وتضم المكتبة الجديدة ركنا| للأطفال وقاعة للمحاضرات تتسع لعدد كبير من الزوار",
    "وأضاف أن المشروع سيكون جاهزا| قبل بداية العام الدراسي بحسب خطة البلدية",
)


def test_marks_that_end_words_tell_it_by_the_letters_that_bear_them() -> None:
    damaged = "\n".join([WRITTEN[0], *(_printed(line, [FATHATAN]) for line in ENDINGS)])
    assert _restored(damaged).traced.text.split() == " ".join([WRITTEN[0], *(line.replace("|", FATHATAN) for line in ENDINGS)]).split()


def test_a_mark_that_opens_a_line_before_a_blank_was_not_cut_so() -> None:
    damaged = "\n".join(f"{FATHATAN} {line.replace('|', '')}" for line in ENDINGS)
    assert _restored(damaged).changes == []


def test_two_rows_printed_as_one_line_are_told() -> None:
    """A mark below its row keeps the reader from seeing where the next row begins."""
    rows = ("وأطلقت الشركة مسي|رات صغيرة لمراقبة الغابات في فصل الجفاف", "وأج|لت البلدية موعد الاحتفال حتى نهاية الأسبوع المقبل")
    lines = [*(_printed(cut, [mark]) for cut, mark, _ in MARKED), " ".join(_printed(row, [SHADDA]) for row in rows)]
    written = [*(line for _, _, line in MARKED), " ".join(row.replace("|", SHADDA) for row in rows)]
    assert _restored("\n".join([*WRITTEN, *lines])).traced.text == "\n".join([*WRITTEN, *written])


def test_marks_may_bring_the_letter_of_their_first_word_along() -> None:
    """The mark's glyph is known as `جّ` from its first word, and its own letter is drawn by itself, too."""
    first = "جّ"
    lines = [("س", "ج", "لت المراصد الزلزالية هزة أرضية خفيفة شعر بها سكان القرى"), ("وأ", "ك", "د خبراء الجامعة أن الهزات المماثلة مألوفة هنا")]
    lines += [("وتض", "ر", "رت جدران مدرسة قديمة قرب النبع"), ("فيما تبر", "ع", " مواطنون بأغطية للعائلات التي غادرت بيوتها")]
    damaged = "\n".join(f"{behind}{letter}{first} {before}" for before, letter, behind in lines)
    written = " ".join(f"{before}{letter}ّ{behind}" for before, letter, behind in lines)
    assert _restored(damaged).traced.text.split() == written.split()


def test_parts_between_figures_stay_and_signs_behind_a_figure_end_their_part() -> None:
    parts = f"ونقلت الشاحنات 12.{_printed(' طنا من التمور المج|ففة إلى الأس|واق', (), 'EE')}"
    damaged = "\n".join([*(_printed(line, (), "EE") for line in CUT), parts])
    assert _restored(damaged).traced.text.split("\n")[-1] == "ونقلت الشاحنات 12 طنا من التمور المجففة إلى الأسواق."


CLEAN = (
    "\n".join(WRITTEN),
    "انعقد الاجتماع في شباط/فبراير الماضي\nثم تأجل إلى آذار/مارس المقبل\nوحدد نيسان/أبريل موعدا أخيرا\nوقد ينقل إلى أيار/مايو إن لزم",
    "حوار: كيف بدأت؟\nبدأتُ صغيرًا!!\nأحقًّا؟ نعم، وكنتُ أرسمُ على الجدران",
)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_stays(text: str) -> None:
    assert _restored(text).traced.text == text


def test_the_whole_restoration_reads_such_a_text() -> None:
    damaged = "\n".join(_printed(line, (), "EE") for line in CUT)
    assert restore(damaged).text.split() == " ".join(WRITTEN).split()


def test_the_stops_behind_the_numbers_of_items_are_theirs() -> None:
    items = "1. وصل 12 صيادا إلى الميناء القديم\n2. غادر 30 تاجرا السوق الشعبية مساء\n"
    printed = items + "\n".join(_printed(line, (), "\x02") for line in CUT)
    assert _restored(printed).traced.text.startswith(items)


def test_displaced_lines_whose_marks_come_early_are_none_of_theirs() -> None:
    # Tika's page of a browser: lines cut behind ر, the marks one letter early.
    text = (
        "ية المجاورة صباح أمس بعدما ُقطعت عنها المياه عاد السكان إلى القر\n"
        "يق الرئيسي الذي ُأغلق منذ شهر كامل وفتحت البلدية الطر\n"
        "ير النقل الذي ُنقل إلى المستشفى ليلا وزار المحافظ وز\n"
    )
    assert _restored(text).traced.text == text
