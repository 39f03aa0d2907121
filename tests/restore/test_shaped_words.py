"""Words that touch in a text whose letters are shaped, as PyMuPDF and pypdf read TCPDF's justified lines."""

from __future__ import annotations

import re
import unicodedata

from pipeline.restore.document import restore
from pipeline.restore.shaped_words import part_shaped_words
from pipeline.restore.traced import Traced

WRITTEN = (
    "أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في محافظات الشرق",
    "وقال الوزير إن الإنتاج هذا العام سيبلغ ضعف ما كان عليه قبل عامين",
    "رغم الجفاف الذي أصاب المناطق الزراعية وأخر وصول البذور إلى الفلاحين",
)
_FORMS = {
    (shape.split()[0], chr(int(shape.split()[1], 16))): form
    for form, shape in ((chr(c), unicodedata.decomposition(chr(c))) for c in range(0xFE80, 0xFEF5))
}

_LETTERS_OF = {ord(form): letter for (_, letter), form in _FORMS.items()}


def _shaped(word: str) -> str:
    """The word in presentation forms."""
    joins = [("<initial>", letter) in _FORMS for letter in word]
    found = []
    for k, letter in enumerate(word):
        before, behind = k > 0 and joins[k - 1], joins[k] and k + 1 < len(word)
        tag = {(False, False): "<isolated>", (False, True): "<initial>", (True, True): "<medial>", (True, False): "<final>"}[before, behind]
        found.append(_FORMS[tag, letter])
    return "".join(found)


def _printed(line: str) -> str:
    return "".join(map(_shaped, line.split()))


def test_words_that_touch_are_parted() -> None:
    assert restore("\n".join(map(_printed, WRITTEN))).text.split() == " ".join(WRITTEN).split()


def test_each_blank_says_how_sure_it_is() -> None:
    outcome = part_shaped_words(Traced.of("\n".join(map(_printed, WRITTEN))))
    assert {change.kind for change in outcome.changes} == {"glued_word"}
    assert {change.confidence for change in outcome.changes} == {0.9, 0.97}


def test_shaped_words_with_blanks_stay() -> None:
    shaped = "\n".join(" ".join(map(_shaped, line.split())) for line in WRITTEN)
    assert part_shaped_words(Traced.of(shaped)).changes == []


def test_letters_that_no_program_shaped_stay() -> None:
    bare = "\n".join("".join(_FORMS["<isolated>", letter] for letter in line if letter != " ") for line in WRITTEN)
    assert part_shaped_words(Traced.of(bare)).changes == []


def test_shaped_words_from_the_left_stay() -> None:
    assert part_shaped_words(Traced.of("\n".join(_printed(line)[::-1] for line in WRITTEN))).changes == []


def _glued(line: str) -> str:
    """The line in presentation forms without blanks; what is no letter stays."""
    return "".join(_shaped(token) if token.isalpha() else token for token in re.findall("[\u0621-\u064a]+|[^ \u0621-\u064a]", line))


def test_words_are_parted_from_quotations_beside_them() -> None:
    quoting = "وقال الوزير إن المزارعين «سيحصدون القمح»، وأكد أن «الموسم جيد» رغم الجفاف"
    text = "\n".join([*map(_printed, WRITTEN), _glued(quoting)])
    assert restore(text).text.split() == " ".join((*WRITTEN, quoting)).split()


def test_the_blank_printed_before_the_last_mark_of_a_word_stands_behind_it() -> None:
    text = "\n".join([*map(_printed, WRITTEN), _shaped("حصدوا") + _shaped("قمحا") + " \u064b" + _shaped("كثيرا")])
    assert "قمحاً كثيرا" in part_shaped_words(Traced.of(text)).traced.text.translate(_LETTERS_OF)
