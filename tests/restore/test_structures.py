"""Tables, lists, forms and headings stay as they are, alone and inside prose: what has no order to read in is put in none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.document import restore
from pipeline.restore.table_rows import table_rows
from pipeline.restore.traced import LOSSLESS

PLACES = ("حلب", "إدلب", "حمص", "ريف دمشق", "درعا", "دير الزور", "الرقة", "اللاذقية", "حماة")
PEOPLE = ("محمد العلي", "فاطمة حسن", "خالد يوسف الأحمد", "رنا درويش", "عبد الله قاسم", "رزان دردور", "أمل أبو زيد")
CAUSES = ("قصف جوي", "طلق ناري", "قنص", "لغم أرضي", "تعذيب", "غير معروف")
HEADS = ("عاجل", "رأي", "وزراء", "حوار", "زوايا", "أرشيف", "قراءات")
GAPS = ("  ", "   ", "      ", "\t")
BEFORE = (
    "أصدر المركز تقريره الشهري عن الضحايا المدنيين، وقال إن الأرقام جُمعت من مصادر ميدانية متقاطعة.\n"
    "وأضاف أن أكثر من نصف الضحايا سقطوا في قصف استهدف الأسواق والمدارس، وأن الحصيلة مرشحة للارتفاع.\n"
    "وفيما يلي جدول يوضح توزعهم على المحافظات:\n"
)
AFTER = "\nودعا المركز جميع الأطراف إلى تحييد المدنيين، وطالب بوقف الهجمات على المنشآت الطبية.\n"

figures = st.integers(0, 99_999).map(str) | st.integers(0, 9_999).map(lambda n: str(n).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
dates = st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(2010, 2024)).map(lambda d: "/".join(map(str, d)))
items = st.tuples(st.sampled_from("•-–"), st.sampled_from(CAUSES), st.sampled_from(PLACES)).map(lambda one: f"{one[0]} {one[1]} في {one[2]}")
initials = st.tuples(st.sampled_from("أبجدهـزحمك"), st.sampled_from("أبجدزحم"), st.sampled_from(("دردور", "الوزير", "الأزرق")))


def _rows(*columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[Sequence[str]]]:
    return st.lists(st.tuples(*columns), min_size=3, max_size=12)


TABLES = st.one_of(
    _rows(st.sampled_from(PLACES), figures, figures, figures),
    _rows(st.sampled_from(PEOPLE), figures, dates, st.sampled_from(CAUSES)),
    _rows(st.sampled_from(PLACES), st.sampled_from(CAUSES), st.sampled_from(PEOPLE)),
    _rows(st.sampled_from(PEOPLE), st.sampled_from(CAUSES)),
)
LISTS = st.one_of(
    st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=15),
    st.lists(st.sampled_from(HEADS), min_size=3, max_size=15),
    st.lists(initials.map(lambda one: f"{one[0]}. {one[1]}. {one[2]}"), min_size=3, max_size=8),
    st.lists(items, min_size=3, max_size=15),
    TABLES.map(lambda rows: [cell for row in rows for cell in row]),
)


def _is_untouched(lines: Sequence[str], inside: bool) -> None:
    text = "\n".join(lines)
    restored = restore(f"{BEFORE}{text}{AFTER}" if inside else text)
    assert [found for found in restored.restorations if found.finding.kind not in LOSSLESS] == []
    assert restored.doubts == []


@given(TABLES, st.sampled_from(GAPS), st.booleans(), st.booleans())
def test_tables_stay(rows: list[Sequence[str]], gap: str, turned: bool, inside: bool) -> None:
    _is_untouched([gap.join(reversed(row) if turned else row) for row in rows], inside)


@given(TABLES, st.booleans())
def test_aligned_tables_stay(rows: list[Sequence[str]], inside: bool) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    _is_untouched(["   ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows], inside)


@given(LISTS, st.sampled_from(("", "\n")), st.booleans())
def test_lists_stay(lines: list[str], blank: str, inside: bool) -> None:
    _is_untouched([line + blank for line in lines], inside)


def test_figures_of_cells_stay_apart() -> None:
    text = "المحافظة    القتلى    الجرحى\nحلب         12        45\nإدلب        7         19\nحمص         0         3\nالمجموع     19        67"
    assert restore(text).text.split("\n\n") == [" ".join(line.split()) for line in text.split("\n")]


def test_one_word_again_and_again_is_no_word_broken_before_its_hamza() -> None:
    for blank in ("", "\n"):
        _is_untouched([f"{line}{blank}" for line in ("عاجل", *["أرشيف"] * 6)], inside=False)


def test_a_year_is_not_made_of_two_cells() -> None:
    _is_untouched(["القتلى", "18", "90", "الجرحى", "20", "12"], inside=False)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("وصلت القافلة أمس\nحلب  12  45\nثم عادت", [1]),
        ("اسم الضحية      تاريخ الوفاة", [0]),
        ("حلب  قصف جوي\nحمص  طلق ناري\nدرعا  لغم أرضي", [0, 1, 2]),
        ("حلب  قصف جوي\nوقال المتحدث إن القافلة  وصلت إلى المدينة", []),
        ("في مركز  مدني،  ود  على  بقيادة قائد اللواء بسطت سيطرتها  يع  السر", []),
    ],
)
def test_rows_of_tables(text: str, rows: list[int]) -> None:
    starts = [0, *(k + 1 for k, sign in enumerate(text) if sign == "\n")]
    assert table_rows(text) == {starts[row] for row in rows}
