"""Letters with dots that MuPDF printed before the runs that they end."""

from __future__ import annotations

import re

from pipeline.restore.traced import Traced
from pipeline.restore.turned_dots import restore_turned_dots

TEXT = """وصلت قافلة الإغاثة إلى المدينة المحاصرة فجر الجمعة، وقال منظموها إن الشاحنات تحمل طحينا وأدوية لأهالي المخيمين.
وانتظر السكان ساعات في البرد قبل أن تبدأ فرق الهلال توزيع السلال على الأسر التي فقدت بيوتها في قصف عنيف.
وذكر طبيب في المشفى أن عشرين جريحا على الأقل يحتاجون إلى عمليات عاجلة، وأن الوقود يكفي يومين فقط والخبز يوما.
وجاء في بيان للبلدية أن فرقها أصلحت شبكة المياه في حي القلعة، وأنها ستعيد فتح المدرسة القريبة قبل نهاية السنة."""
_DOTTED, _LETTER = "بتثجخذزشضظغفقنيةأإؤ", "[\u0621-\u063a\u0641-\u064a]"
_GAPS = re.sub(f"(?<={_LETTER})(?=[{_DOTTED}])", " ", TEXT)


def _turned(text: str) -> str:
    return re.sub(f"(?m)^(.*?) ?([{_DOTTED}])([.])$", "\\3\\2\\1", text)


def test_the_letter_stands_behind_its_run_again() -> None:
    printed = _turned(_GAPS)
    assert printed.startswith(".ن")
    restored = restore_turned_dots(Traced.of(printed)).traced.text
    assert restored.replace(" ", "") == _GAPS.replace(" ", "")


def test_letters_that_begin_words_stay() -> None:
    for text in (_GAPS, TEXT, _turned(TEXT)):
        assert restore_turned_dots(Traced.of(text)).traced.text == text


def test_each_change_tells_how_sure_it_is() -> None:
    changes = restore_turned_dots(Traced.of(_turned(_GAPS))).changes
    assert len(changes) == 3
    assert all(0.5 <= change.confidence < 1 for change in changes)
