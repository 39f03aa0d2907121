"""Marks, blanks, mojibake and what stays unreadable: the damaged text, the expected text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore.detached_marks import attach_marks
from pipeline.restore.glued_words import part_glued_words, pieces_of
from pipeline.restore.mojibake import repair_mojibake
from pipeline.restore.moved_marks import move_marks_back
from pipeline.restore.traced import Traced
from pipeline.restore.undecodable import flag_undecodable

SENTENCE = "قال مدير المستشفى إن الجرحى نقلوا إلى مدينة قريبة (12 مصاباً)."


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("ث ّم قال", "ثمّ قال"),
        ("أو ًلا ومضا ًء", "أولًا ومضاءً"),
        ("المق ّدسات و ُتصيب", "المقدّسات وتُصيب"),
        ("يق ّل عن ذلك، ُتروى القصة", "يقلّ عن ذلك، تُروى القصة"),
        ("يق ّل سلاحا ً ثم واحدا،ً", "يقلّ سلاحاً ثم واحداً،"),
        ("قُتِل مُعَلِّمٌ في المدرسةِ", "قُتِل مُعَلِّمٌ في المدرسةِ"),
        ("ً وفق الهلال الأحمر", "ً وفق الهلال الأحمر"),
        ("كلمة ً واحدة", "كلمة ً واحدة"),
        ("التي تن ّس ق العمل بعد أن ور ّج ح الحكم", "التي تنسّق العمل بعد أن ورجّح الحكم"),
        ("قائمة أع ّد ها السكان بعدما ُج رحوا", "قائمة أعدّها السكان بعدما جُرحوا"),
        ("مدرسة ُح ّو لت إلى ملجأ يق ّل عن ذلك", "مدرسة حُوّلت إلى ملجأ يقلّ عن ذلك"),
        ("يق ّل إن جريحا ُنقلوا ثم واحد ًا ُقتل", "يقلّ إن جريحا نُقلوا ثم واحداً قُتل"),
    ],
)
def test_detached_marks(damaged: str, expected: str) -> None:
    assert attach_marks(Traced.of(damaged)).traced.text == expected


def test_marks_that_stand_one_letter_late() -> None:
    damaged = "قتُل جنديان وشنتّ طائرات غارة، وأعُلن أن الحكومة قدرّت الخسائر، وتعُرف المنطقة بأنها نقُلت إليها"
    text = move_marks_back(Traced.of(damaged)).traced.text
    assert text == "قُتل جنديان وشنّت طائرات غارة، وأُعلن أن الحكومة قدّرت الخسائر، وتُعرف المنطقة بأنها نُقلت إليها"
    for right in (text, "أكدّ الوزير أن المدرسة قُتل فيها مُعلِّم", "أنّ الجوّ في المصبّ يتغيّر ككلّ"):
        assert move_marks_back(Traced.of(right)).traced.text == right


def misread(text: str, written_in: str, read_as: str) -> str:
    looks = [bytes([b]).decode(read_as, "ignore") or chr(b) for b in range(256)]
    return "".join(looks[b] for b in text.encode(written_in))


@pytest.mark.parametrize(
    ("written_in", "read_as"),
    [("utf-8", "latin-1"), ("utf-8", "cp1256"), ("utf-8", "mac_roman"), ("utf-8", "cp437"), ("cp1256", "cp1252"),
     ("cp1256", "cp1251"), ("iso8859_6", "latin-1"), ("cp1256", "iso8859_6")],
)  # fmt: skip
def test_mojibake_is_read_again(written_in: str, read_as: str) -> None:
    text = SENTENCE.replace("ً", "")
    if read_as == "iso8859_6":
        text = "قال مدير المستشفى"
        damaged = "".join(bytes([b]).decode(read_as, "ignore") or bytes([b]).decode("cp1252") for b in text.encode(written_in))
    else:
        damaged = misread(text, written_in, read_as)
    assert repair_mojibake(Traced.of(damaged)).traced.text == text


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1", "cp1256"])
@pytest.mark.parametrize("times", [2, 3])
def test_mojibake_of_mojibake_is_read_again(read_as: str, times: int) -> None:
    text = damaged = "أعلنت الحكومة في دمشق فتح طريق جديد أمام المسافرين"
    for _ in range(times):
        damaged = misread(damaged, "utf-8", read_as)
    restored = repair_mojibake(Traced.of(damaged)).traced
    assert restored.text == text
    assert restored.origin.tolist() == sorted(restored.origin.tolist())


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("ูƒุชุงุจ", "كتاب"),
        ("عنوان: Ø³Ù„Ø§Ù… من القرية", "عنوان: سلام من القرية"),
        ("Ça va là où l’été est à Paris", "Ça va là où l’été est à Paris"),
        ("Владимир поехал домой", "Владимир поехал домой"),
        (SENTENCE, SENTENCE),
        ("زار Établissements Français المدينة", "زار Établissements Français المدينة"),
    ],
)
def test_mojibake_among_other_text(damaged: str, expected: str) -> None:
    assert repair_mojibake(Traced.of(damaged)).traced.text == expected


def test_each_reread_letter_points_to_its_first_byte() -> None:
    traced = repair_mojibake(Traced.of(misread("سلام عليكم", "utf-8", "latin-1"))).traced
    assert traced.origin.tolist() == [0, 2, 4, 6, 8, 9, 11, 13, 15, 17]


def test_figures_glued_throughout_are_parted() -> None:
    damaged = "العدد12 الجزء3 الصفحة45 القاهرة1998 بيروت2004 المجلد7"
    assert part_glued_words(Traced.of(damaged)).traced.text == "العدد 12 الجزء 3 الصفحة 45 القاهرة 1998 بيروت 2004 المجلد 7"
    once = "سنة 1998 في القاهرة 12 مرة وفي بيروت2004"
    assert part_glued_words(Traced.of(once)).traced.text == once


def test_words_glued_throughout_are_parted() -> None:
    words = ["الحكومةالجديدة", "المدينةالقديمة", "إلىالمنطقة", "الشعبالسوري", "بعدالحرب", "فيالعالم"]
    parted = "الحكومة الجديدة المدينة القديمة إلى المنطقة الشعب السوري بعد الحرب في العالم"
    assert part_glued_words(Traced.of(" ".join(words))).traced.text == parted
    assert part_glued_words(Traced.of(words[0])).traced.text == words[0]
    assert not pieces_of("هاليفاكس")


def test_in_a_text_that_drops_blanks_rare_words_stops_and_figures_are_parted_too() -> None:
    damaged = "خافرةتابعة للحرس،وقال إن34مهاجرا نقلتهمخافرة تتنافسانعلى الممر.وأضاف وهيومنرايتس"
    parted = "خافرة تابعة للحرس، وقال إن 34 مهاجرا نقلتهم خافرة تتنافسان على الممر. وأضاف وهيومن رايتس"
    assert part_glued_words(Traced.of(damaged), proven=True).traced.text == parted
    assert part_glued_words(Traced.of(damaged.replace("خافرةتابعة", "خافرة تابعة"))).changes == []


def test_a_letter_that_ends_words_parts_them() -> None:
    damaged = "بدأت الحملةالجديدة في المدينةالقديمة وعاد إلىالمنطقة"
    assert part_glued_words(Traced.of(damaged)).traced.text == "بدأت الحملة الجديدة في المدينة القديمة وعاد إلى المنطقة"
    slip = "بدأت الحملةالجديدة في المدينة"
    assert part_glued_words(Traced.of(slip)).traced.text == slip
    misspelt = "روايتان أخرىان وجزيرتان أخرىان وامرأتان أخرىان"
    assert part_glued_words(Traced.of(misspelt)).traced.text == misspelt


def test_unreadable_blocks_are_flagged_and_kept() -> None:
    cipher = "صخقظح ذغلشؤ ثضطزك ءخغذب صثقظو شغذخظ ؤثضقص"
    outcome = flag_undecodable(Traced.of(cipher))
    assert outcome.traced.text == cipher
    assert [d.kind for d in outcome.doubts] == ["undecodable"]
    for readable in (SENTENCE, "این کتاب را می‌خوانم و فردا برمی‌گردم", "هاليفاكس وفانكوفر وتورونتو وكالغاري في كندا"):
        assert not flag_undecodable(Traced.of(readable)).doubts


@settings(max_examples=60)
@given(st.text(alphabet="سلام قد ًُّ،.Ø³Ù„Ø§ط§ظ„12\n", max_size=60))
def test_passes_are_traced(raw: str) -> None:
    for step in (attach_marks, move_marks_back, repair_mojibake, part_glued_words, flag_undecodable):
        outcome = step(Traced.of(raw))
        assert len(outcome.traced.text) == len(outcome.traced.origin)
        assert (outcome.traced.text == raw) == (not outcome.changes)
