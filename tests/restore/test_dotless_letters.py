"""Texts in fonts that draw dots apart: letters come as bare shapes or lost glyphs, their dots as lost glyphs."""

from __future__ import annotations

import re

from pipeline.restore.characters import LOST
from pipeline.restore.document import restore
from pipeline.restore.dotless_letters import restore_dotless_letters
from pipeline.restore.rasm import readings
from pipeline.restore.traced import Traced

TEXT = """أعلنت اللجنة المحلية في المدينة أن فرق الإنقاذ انتشلت جثث ستة أشخاص من تحت أنقاض المبنى
بعد قصف استهدف الحي القديم مساء الخميس، وقالت إن البحث عن المفقودين مستمر منذ ساعات الفجر.
وأضافت في بيان نشرته على صفحتها أن بين القتلى ثلاثة أطفال وامرأتين، فيما نقل الجرحى إلى مستشفى قريب."""
_SHAPES = {
    "ج": "ح", "خ": "ح", "ذ": "د", "ز": "ر", "ش": "س", "ض": "ص", "ظ": "ط", "غ": "ع", "ة": "ە", "ب": "\0", "ت": "\0", "ث": "\0", "ن": "\0", "ي": "\0",
    "ف": "\0", "ق": "\0",
}  # fmt: skip
_AT_ENDS = {"ن": "ں", "ي": "ى"}


def _printed(text: str, behind: str = "") -> str:
    """As pypdf prints it: shapes that have a character as such, others and dots as NUL; a reader may set a blank `behind` each dot."""
    ends = re.sub("[ني](?![ء-ي])", lambda m: f"{_AT_ENDS[m.group()]}\0{behind}", text)
    return re.sub("[" + "".join(_SHAPES) + "]", lambda m: f"{_SHAPES[m.group()]}\0{behind}", ends)


def test_words_are_read_from_their_shapes() -> None:
    restored = restore(_printed(TEXT)).text
    assert "أعلنت اللجنة المحلية في المدينة أن فرق" in restored
    assert "ثلاثة أطفال وامرأتين" in restored


def test_rows_are_put_in_order_first() -> None:
    visual = "\n".join(line[::-1] for line in _printed(TEXT).split("\n"))
    assert restore(visual).text == restore(_printed(TEXT)).text


def test_a_blank_behind_each_letter_with_dots_is_none_where_one_that_was_printed_comes_twice() -> None:
    parted = "\n".join(line[::-1] for line in _printed(TEXT, " ").split("\n"))
    assert restore(parted).text == restore(_printed(TEXT)).text


def test_letters_that_stay_open_are_flagged_with_what_they_may_be() -> None:
    outcome = restore_dotless_letters(Traced.of((_printed(TEXT) + "\nوصل \0\0\0\0\0\0غو إلى البلدة.").replace("\0", "\ufffd")))
    assert [doubt.kind for doubt in outcome.doubts]
    assert all(len(doubt.readings) > 1 for doubt in outcome.doubts)


def test_every_letter_comes_from_its_shape() -> None:
    raw = _printed(TEXT)
    restored = restore(raw)
    at = restored.text.index("المدينة")
    assert raw[restored.traced.origin[at]] == "ا"
    assert raw[restored.traced.origin[at + 6]] == "ە"


def test_a_text_with_some_lost_letters_is_none_of_these() -> None:
    text = (TEXT + "\n") * 3 + "ال\ufffdورية " * 20
    assert restore_dotless_letters(Traced.of(text)).traced.text == text


def test_a_shape_is_read_by_the_lexicon() -> None:
    teeth = "نبتثيفق"
    assert readings((teeth, "ر", teeth, "ة")).words[0].word in {"قرية", "فرقة"}
    assert readings((teeth, "ي")).words[0].word == "في"
    assert readings(()).words == ()


def test_words_of_a_row_that_reads_badly_claim_less() -> None:
    *rows, last = _printed(TEXT).replace("\0", LOST).split("\n")
    turned = " ".join(word[::-1] for word in last.split(" "))
    start = len("\n".join(rows))

    def claimed(row: str) -> float:
        changes = restore_dotless_letters(Traced.of("\n".join([*rows, row]))).changes
        return max(change.confidence for change in changes if change.raw_start > start)

    assert claimed(turned) < 0.8 < claimed(last)
