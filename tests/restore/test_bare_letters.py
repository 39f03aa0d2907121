"""Shaped letters from left to right with bare ones in reading order between them, as pdf.js reads the pages of browsers."""

from __future__ import annotations

import re
import unicodedata

from pipeline.restore.bare_letters import restore_bare_letters
from pipeline.restore.document import restore
from pipeline.restore.traced import Traced

WRITTEN = (
    "وصلت السفينة إلى مرفأ العقبة وأفرغت حمولتها من القمح",
    "وزار وزير الزراعة مزارع الوادي، ودعا إلى دعم المزارعين",
    "واستمر تفريغ السفينة 12 ساعة (وفق إدارة المرفأ) دون حوادث",
)
_FORMS = {
    (shape.split()[0], chr(int(shape.split()[1], 16))): form
    for form, shape in ((chr(c), unicodedata.decomposition(chr(c))) for c in range(0xFE80, 0xFEF5))
}
_BARE = re.compile("[^\ufe80-\ufefc ](?:[^\ufe80-\ufefc\n0-9()]*[^\ufe80-\ufefc 0-9()])?")


def _shaped(word: str) -> str:
    """The word in presentation forms, but for letters that are joined to none."""
    joins = [("<initial>", letter) in _FORMS for letter in word]
    found = []
    for k, letter in enumerate(word):
        before, behind = k > 0 and joins[k - 1] and ("<final>", letter) in _FORMS, joins[k] and k + 1 < len(word)
        tag = {(False, True): "<initial>", (True, True): "<medial>", (True, False): "<final>"}.get((before, behind), "")
        found.append(_FORMS.get((tag, letter), letter))
    return "".join(found)


def _printed(line: str) -> str:
    """From left to right, brackets as they look, figures and stretches of bare letters in reading order."""
    visual = " ".join(map(_shaped, line.split()))[::-1].translate(str.maketrans("()", ")("))
    return re.sub("[0-9]+", lambda m: m.group()[::-1], _BARE.sub(lambda m: m.group()[::-1] if m.group().strip("0123456789") else m.group(), visual))


def test_bare_letters_keep_their_order() -> None:
    text = "\n".join(map(_printed, WRITTEN))
    outcome = restore_bare_letters(Traced.of(text))
    assert unicodedata.normalize("NFKC", outcome.traced.text) == "\n".join(WRITTEN)
    assert {change.kind for change in outcome.changes} == {"visual_order"}
    assert restore(text).text.split() == " ".join(WRITTEN).split()


def test_lines_turned_as_a_whole_are_left_to_others() -> None:
    text = "\n".join(" ".join(map(_shaped, line.split()))[::-1] for line in WRITTEN)
    assert restore_bare_letters(Traced.of(text)).traced.text == text


def test_shaped_letters_in_reading_order_stay() -> None:
    text = "\n".join(" ".join(map(_shaped, line.split())) for line in WRITTEN)
    assert restore_bare_letters(Traced.of(text)).traced.text == text
