"""Words printed last first in each part of a line, as pypdf reads Typst's pages; figures stay in place."""

from __future__ import annotations

import re

from pipeline.restore.document import restore
from pipeline.restore.traced import Traced
from pipeline.restore.turned_parts import restore_turned_parts

WRITTEN = (
    "أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في جميع محافظات البلاد",
    "وقال الوزير إن الإنتاج سيبلغ 12 ألف طن على الرغم من الجفاف الذي أصاب المناطق الشرقية",
    "وأضاف أن الحكومة ستشتري المحصول من الفلاحين بأسعار تشجيعية قبل نهاية الشهر المقبل",
    "فيما طالب اتحاد الفلاحين بتوفير الوقود والبذور في الوقت المناسب لجميع المزارعين",
    "وكانت منظمة الأغذية والزراعة قد حذرت في بداية العام من نقص كبير في المواد الغذائية",
)


def _printed(line: str) -> str:
    """The words of each part from left to right, each with the blank before it; the word that opens the line has none."""
    return "".join(part if part.isdigit() else "".join(reversed(re.findall(" ?[^ ]+| +$", part))) for part in re.split("([0-9]+)", line))


def test_words_of_each_part_are_put_in_order_and_parted() -> None:
    damaged = "\n".join(map(_printed, WRITTEN))
    outcome = restore_turned_parts(Traced.of(damaged))
    assert [" ".join(line.split()) for line in outcome.traced.text.split("\n")] == [*WRITTEN]
    assert {change.kind for change in outcome.changes} == {"reversed_words"}


def test_a_mark_with_the_letter_it_brings_along_goes_to_its_word() -> None:
    damaged = "\n".join(map(_printed, WRITTEN)).replace(" ستشتري", " مّم ومس").replace(" حصاد", "لتلّل وح")
    restored = restore_turned_parts(Traced.of(damaged.replace("مّم ومس", "ستشتري") + "\nلتلّل وح الوزارة\n")).traced.text
    assert "وحلّلت" in restored


def test_parts_cut_at_their_marks_whose_words_are_in_order_stay() -> None:
    """Amiri: pypdf prints the piece behind the mark first; lifted_glyphs.py puts the two in order."""
    marked = (
        "ل عمال الميناء أسعار النقل إلى المدن البعيدة ّوفي اليوم نفسه عد",
        "ة في العاصمة أمام الصحفيين ّوقالت النقابة في بيان إن الحكومة أعلنت خط",
    )
    restored = restore_turned_parts(Traced.of("\n".join([*map(_printed, WRITTEN), *marked]))).traced.text.split("\n")
    assert [" ".join(line.split()) for line in restored] == [*WRITTEN, *marked]


def test_clean_text_stays() -> None:
    assert restore_turned_parts(Traced.of("\n".join(WRITTEN))).changes == []


def test_the_whole_restoration_reads_such_a_text() -> None:
    assert restore("\n".join(map(_printed, WRITTEN))).text.split() == " ".join(WRITTEN).split()


def test_a_hamza_that_its_font_draws_apart_goes_to_its_alef() -> None:
    """Lateef: the hamza's glyph has the code `لأ` from the first word it stood in, and cuts the word."""
    written = " ".join(WRITTEN)
    damaged = "\n".join(_with_drawn_hamzas(line) for line in WRITTEN)
    assert restore_turned_parts(Traced.of(damaged)).traced.text.split() == written.split()


def _with_drawn_hamzas(line: str) -> str:
    """Each part from left to right, letters with hamza apart; the blank before such a letter belongs to the piece right of it."""
    parts = re.split("([0-9]+)", line)
    units = [[part] if part.isdigit() else re.findall(r" ?[^ أإ]+(?: (?=[أإ]))?|[أإ]| +$", part) for part in parts]
    return "".join({"أ": "لأ ا", "إ": "إا"}.get(unit, unit) for part in units for unit in reversed(part))


def test_quotes_of_another_font_stand_around_their_words() -> None:
    quoted = (
        "وقال المتحدث باسم الوزارة إن “المطاحن الوطنية” تعمل بكامل طاقتها منذ بداية الموسم",
        "ونقلت صحيفة “الفلاح” عن مصادر في الوزارة أن الأسعار لن ترتفع قبل نهاية العام",
        "وأضافت أن “الشركة العامة للحبوب” تملك ما يكفي من المخازن في جميع المحافظات",
    )
    damaged = "\n".join([*map(_printed, WRITTEN), *map(_with_drawn_quotes, quoted)])
    assert restore_turned_parts(Traced.of(damaged)).traced.text.split() == " ".join([*WRITTEN, *quoted]).split()


def _with_drawn_quotes(line: str) -> str:
    """From left to right, each quotation mark by itself, the blank before it with the word right of it."""
    return "".join(reversed(re.findall(" ?[^ “”]+(?: (?=“))?|[“”]", line)))
