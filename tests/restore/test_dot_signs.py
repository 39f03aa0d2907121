"""Texts whose dots are signs beside letters that stand for all of their shape, as LibreOffice writes fonts that draw dots apart."""

from __future__ import annotations

import re

from pipeline.restore.document import restore
from pipeline.restore.dot_signs import _kinds, read_dot_signs
from pipeline.restore.dotless_rows import _gathered, _pieces_turned
from pipeline.restore.dotless_units import DOTS, SHAPE, STROKE, Signs, units
from pipeline.restore.traced import Traced

TEXT = """وصلت قافلة الإغاثة إلى المدينة المحاصرة فجر الجمعة، وقال منظموها إن الشاحنات تحمل طحينا وأدوية للأطفال.
وانتظر السكان ساعات في البرد قبل أن تبدأ فرق الهلال توزيع السلال على الأسر التي فقدت بيوتها في القصف.
وذكر طبيب في المشفى أن عشرين جريحا على الأقل يحتاجون إلى عمليات عاجلة، وأن الوقود يكفي يومين فقط.
وأضاف أن غرف الجراحة تعمل ليلا ونهارا منذ بداية الشهر، وأن ثلث الجرحى نساء وأطفال من الأحياء الشرقية."""
_SIGNS = {"one above": "\x08", "one below": "\x05", "two above": "\x0b", "two below": "\x02", "three above": "\x0e"}
_CODED = {letter: shape + _SIGNS[kind] for kind, borne in DOTS.items() if kind in _SIGNS for shape, letter in borne.items()}


def _printed(text: str) -> str:
    """Each letter as the first of its shape, and a sign for its dots behind it."""
    return re.sub("[" + "".join(_CODED) + "]", lambda m: _CODED[m.group()], text)


def test_the_words_tell_what_the_signs_are() -> None:
    assert restore(_printed(TEXT)).text == restore(TEXT).text


def test_so_it_is_with_the_numbers_of_glyphs_in_visual_order() -> None:
    visual = "\n".join(line[::-1] for line in _printed(TEXT).split("\n"))
    numbered = re.sub("[\x01-\x08\x0b\x0e]", lambda m: f"(cid:{ord(m.group())})", visual)
    assert restore(numbered).text == restore(TEXT).text


def test_strokes_without_a_code_go() -> None:
    assert restore(_printed(TEXT.replace("مع", "م##ع").replace("ال", "ا##ل"))).text == restore(TEXT).text


def test_a_sign_before_its_letter_is_told_by_what_may_bear_it() -> None:
    signs = Signs({"\x0b": "two above", "\x05": "one below"})
    assert [unit.options for unit in units("ر\x05جال", signs)] == ["ر", "ج", "ا", "ل"]
    assert [unit.options for unit in units("مره\x0b", signs)] == ["م", "ر", "ة"]


def test_a_letter_that_no_sign_stands_beside_has_no_dots_but_a_tooth_may_have_lost_them() -> None:
    assert [unit.options for unit in units("شبر", Signs({"\x0b": "two above"}))] == ["س", "بتثنيئى", "ر"]


def test_control_characters_of_other_texts_stay() -> None:
    text = "قال\x02 المتحدث\x03 إن\x04 الوفد\x05 عاد.\n" * 20
    assert read_dot_signs(Traced.of(text)).traced.text == text


def test_all_letters_of_a_shape_have_one_that_stands_for_them() -> None:
    assert {SHAPE[shape] for borne in DOTS.values() for shape in borne} == {shape for borne in DOTS.values() for shape in borne}


def test_a_line_feed_may_be_a_sign() -> None:
    fed = _printed(TEXT).replace(_SIGNS["one above"], "\n")
    assert restore(fed).text.replace("\n", " ").split() == restore(TEXT).text.replace("\n", " ").split()


def test_dots_below_may_stand_on_the_other_side() -> None:
    visual = "\n".join(line[::-1] for line in _printed(TEXT).split("\n"))
    printed = re.sub(f"{_SIGNS['one below']}([بح])", "\\1$", visual)
    assert "$" in printed
    assert restore(printed).text == restore(TEXT).text


def test_a_hamza_that_is_a_sign_leaves_a_bare_alef_under_its_letter() -> None:
    signs = Signs({"\x04": "hamza", "\x01": "one below"})
    assert [unit.options for unit in units("مأ\x04رب\x01", signs)] == ["م", "أإآ", "ر", "ب"]
    assert [unit.options for unit in units("مأل", signs)] == ["م", "ا", "ل"]


def test_letters_coded_with_dots_and_strokes_are_pieces_of_a_row() -> None:
    """As pypdf prints `نيران المعا` where the joined alef has the code of `أ`, and `ما لا` with a stroke behind the first letter."""
    signs = Signs({"\x04": "hamza", "\x08": "two below", "\n": "one above"})
    for printed, read in (("أ المع \nنأر\x08ي\nن", "ن\nي\x08رأن\n المعأ"), (f"ا لا {STROKE}م", "ما لا ")):
        assert "".join(printed[place] for place in _pieces_turned(printed, signs)) == read


def test_a_sign_before_a_piece_is_that_of_its_last_letter() -> None:
    """As PDFBox prints `قالت جنود أعدموا`: pieces from left to right, the dots of `ج` and `ق`, which reach beyond them, first."""
    signs = Signs({"\x01": "one below", "\x02": "one above", "\x12": "two above", "\x19": "hamza"})
    printed = "ود أ\x19عدموا ن\x02 \x01الت\x12 ج ف\x12"
    assert "".join(printed[place] for place in _gathered(printed, signs)) == "ف\x12الت\x12 ج\x01ن\x02ود أ\x19عدموا"


def test_of_two_signs_that_may_be_one_kind_the_rarer_is_another() -> None:
    """Alone `ب` bears its dot below more seldom than `ي` both."""
    text = "وصل الوفد" + " ب\x05ب\x05 ي\x02" * 10 + " ي\x02 ن\x08 ن\x08 ف\x08 ت\x0b ق\x0b خ\x08 ز\x08 ض\x08 ة\x0b" * 20
    assert _kinds(text)["\x05"] == "one below"
    assert _kinds(text)["\x02"] == "two below"


def test_odd_characters_within_words_are_strokes_or_signs() -> None:
    stretched = _printed(TEXT.replace("مع", "م#ع").replace("ال", "ال#")).replace(_SIGNS["three above"], "*")
    assert "#" in stretched
    assert "*" in stretched
    assert restore(stretched).text == restore(TEXT).text


def test_a_form_feed_or_a_tab_may_be_a_sign() -> None:
    for sign in "\f\t":
        assert restore(_printed(TEXT).replace(_SIGNS["two above"], sign)).text == restore(TEXT).text
