"""Physical lines to paragraphs: each case is the printed page and the paragraphs meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.document import restore
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.traced import Outcome, Traced

SHARED = Path(__file__).parents[3] / "shared"

FIRST = (
    "أعلن مجلس البلدية في بيان مساء الخميس أن أعمال ترميم الجسر القديم ستبدأ مطلع الشهر المقبل، وأن حركة السيارات ستتحول "
    "إلى الطريق الدائري طوال مدة العمل التي يتوقع المهندسون ألا تزيد على ثلاثة أشهر، شرط أن تصل المعدات في موعدها."
)
SECOND = (
    "وقال رئيس المجلس إن كلفة المشروع تحملتها ثلاث جهات مانحة، وإن السكان سيتلقون إشعارات قبل إغلاق أي شارع، مضيفا أن "
    "الشركة المنفذة تعهدت بتعويض أصحاب المتاجر القريبة عن الخسائر التي قد تصيبهم."
)


def page(text: str, width: int = 60) -> list[str]:
    """A paragraph as lines of print, each filled with as many words as it holds."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def restored(raw: str) -> str:
    return paragraphs(Traced.of(raw), None).traced.text


def test_full_lines_of_a_sentence_become_one_paragraph() -> None:
    assert restored("\n".join(page(FIRST))) == FIRST


def test_blank_lines_before_last_lines_part_nothing() -> None:
    first, second = page(FIRST), page(SECOND)
    raw = "\n".join([*first[:-1], "", first[-1], "", *second[:-1], "", second[-1], ""])
    assert restored(raw) == f"{FIRST}\n\n{SECOND}"


def test_blank_lines_between_all_lines_part_nothing() -> None:
    assert restored("\n\n".join(page(FIRST) + page(SECOND))) == f"{FIRST}\n\n{SECOND}"


def test_a_heading_stays_alone() -> None:
    raw = "\n".join(["ترميم الجسر القديم", "", *page(FIRST)])
    assert restored(raw) == f"ترميم الجسر القديم\n\n{FIRST}"


def test_a_sentence_goes_on_over_a_page_break() -> None:
    lines = page(FIRST)
    raw = "\n".join(lines[:2]) + "\n\n\n\n" + "\n".join(lines[2:])
    assert restored(raw) == FIRST


def test_running_heads_and_page_numbers_leave_the_sentence_and_are_reported() -> None:
    lines = page(FIRST + " " + SECOND)
    pages = [lines[:3], lines[3:6], lines[6:]]
    raw = "\n\f".join("\n".join(["نشرة البلدية الشهرية", *body, str(number)]) for number, body in enumerate(pages, 7))
    outcome = paragraphs(Traced.of(raw), None)
    assert f"{FIRST} {SECOND}" in outcome.traced.text
    assert [d.kind for d in outcome.doubts] == ["boilerplate"] * 6
    assert {raw[d.raw_start : d.raw_end] for d in outcome.doubts} == {"نشرة البلدية الشهرية", "7", "8", "9"}


def test_links_and_foreign_lines_stay_alone() -> None:
    raw = "\n".join([*page(FIRST), "pic.example.com/abc", *page(SECOND)])
    assert restored(raw) == f"{FIRST}\n\npic.example.com/abc\n\n{SECOND}"


def test_list_items_stay_line_by_line() -> None:
    items = "- مضخة مياه جديدة\n- خزانان كبيران\n- أنابيب وصمامات"
    assert restored(items) == items


def test_verse_stays_line_by_line() -> None:
    verse = "يا دار ميّة بالعلياء فالسند\nأقوت وطال عليها سالف الأبد\nوقفت فيها أصيلانا أسائلها\nعيّت جوابا وما بالربع من أحد"
    assert restored(verse).split() == verse.split()
    assert restored(verse).count("\n") >= 3


def test_clean_paragraphs_come_through_untouched() -> None:
    clean = f"ترميم الجسر القديم\n\n{FIRST}\n\n{SECOND}"
    outcome = paragraphs(Traced.of(clean), None)
    assert outcome.traced.text == clean
    assert not outcome.changes
    assert not outcome.doubts


def test_whitespace_is_folded_and_recorded() -> None:
    raw = "  عاد  السكان إلى\tالقرية. \n"
    outcome = paragraphs(Traced.of(raw), None)
    assert outcome.traced.text == "عاد السكان إلى القرية."
    assert {c.kind for c in outcome.changes} == {"whitespace"}
    assert ("  ", " ") in {(c.before, c.after) for c in outcome.changes}


def _letters_keep_their_origin(raw: str, outcome: Outcome) -> bool:
    traced = outcome.traced
    pairs = zip(traced.text, traced.origin.tolist(), strict=True)
    return all(c.isspace() or (o >= 0 and raw[o] == c) for c, o in pairs)


@given(st.lists(st.sampled_from([*page(FIRST), *page(SECOND, 30), "", "- بند", "12", "خاتمة", "a b c", "\f"]), max_size=30))
def test_nothing_is_lost_and_a_second_run_changes_nothing(lines: list[str]) -> None:
    raw = "\n".join(lines)
    outcome = paragraphs(Traced.of(raw), None)
    assert sorted("".join(raw.split())) == sorted("".join(outcome.traced.text.split()))
    assert _letters_keep_their_origin(raw, outcome)
    assert "\n\n\n" not in outcome.traced.text
    assert "  " not in outcome.traced.text


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("path", sorted(SHARED.glob("**/clean.txt")), ids=lambda p: p.parent.name)
def test_clean_articles_stay_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8").strip()
    assert restored(text) == text


def test_a_title_over_two_lines_is_one_paragraph() -> None:
    body = (
        "أعلنت إدارة المتحف الوطني افتتاح قاعة جديدة تعرض فيها مخطوطات نادرة جمعت من مكتبات\n"
        "المدينة القديمة، وقالت المديرة إن الزوار سيرون للمرة الأولى خرائط ورسائل تعود إلى القرن\n"
        "السادس عشر.\n"
    )
    title = "المتحف الوطني يفتتح قاعة للمخطوطات النادرة بعد\nترميم دام عامين\n"
    assert restore(title + body).text.split("\n\n")[0] == "المتحف الوطني يفتتح قاعة للمخطوطات النادرة بعد ترميم دام عامين"
    byline = "المتحف الوطني يفتتح قاعة للمخطوطات النادرة قريبا\nبقلم سعاد الخطيب\n"
    assert restore(byline + body).text.split("\n\n")[:2] == byline.strip().split("\n")


def test_heads_beside_rising_numbers_need_no_page_ends() -> None:
    page = "نشرة الأحد – العدد 12\n{}\nعقد مجلس الوزراء جلسة طارئة أمس بحث فيها أزمة المياه في المحافظات الجنوبية والشرقية واستمع إلى\n"
    rest = "تقرير قدمه وزير الموارد عن حال السدود والآبار التي جفت خلال الصيف الماضي وعن الخطط التي أعدتها الوزارة\n"
    restored = restore(page.format(1) + rest + page.format(2) + rest)
    assert len(restored.boilerplate) == 4


def test_justified_lines_with_wide_gaps_are_prose() -> None:
    line = "وقالت   مديرة   المركز   إن   الدراسة   أثبتت   أن   العنف   يتراجع   حين   تجد   الأسر"
    text = f"{line}\nمن يسمع شكواها ويعينها على حل خلافاتها قبل أن تكبر."
    assert (
        restore(text).text == "وقالت مديرة المركز إن الدراسة أثبتت أن العنف يتراجع حين تجد الأسر من يسمع شكواها ويعينها على حل خلافاتها قبل أن تكبر."
    )
