"""Last lines of paragraphs printed one word a line, last word first, as pdftotext and PyMuPDF read TCPDF's."""

from __future__ import annotations

from pipeline.restore.single_words import restore_single_words
from pipeline.restore.traced import Traced

PARAGRAPHS = (
    ("أعلنت وزارة الزراعة يوم الخميس بدء موسم حصاد القمح في محافظات الشرق", "قبل نهاية الشهر المقبل."),
    ("وقال الوزير إن الإنتاج هذا العام سيبلغ ضعف ما كان عليه في", "العامين الماضيين."),
    ("وأضاف أن الحكومة ستشتري المحصول كله من الفلاحين بأسعار", "تشجيعية على الرغم من الأزمة."),
)


def _printed(line: str) -> str:
    return "\n".join(reversed(line.split()))


def test_words_are_put_on_one_line() -> None:
    damaged = "\n".join(f"{first}\n{_printed(last)}" for first, last in PARAGRAPHS)
    outcome = restore_single_words(Traced.of(damaged))
    assert outcome.traced.text == "\n".join(f"{first}\n{last}" for first, last in PARAGRAPHS)
    assert {change.kind for change in outcome.changes} == {"visual_order"}


def test_a_list_of_words_stays() -> None:
    assert restore_single_words(Traced.of("المحافظات:\nدمشق\nحلب\nحمص\nحماة\nاللاذقية\nوقال الوزير إن الموسم بدأ")).changes == []


def test_words_in_order_stay() -> None:
    written = "\n".join("\n".join((first, *last.split())) for first, last in PARAGRAPHS)
    assert restore_single_words(Traced.of(written)).changes == []


def test_words_beside_figures_and_behind_sentences_are_put_on_one_line() -> None:
    before = "وقالت مديرة التموين إن مخازن القمح في المحافظة امتلأت كلها أمس"
    sentence = "وتنتظر مئات الشاحنات المحملة أمام الصوامع منذ مطلع هذا الأسبوع."
    damaged = "\n".join(f"{first}\n{_printed(last)}" for first, last in PARAGRAPHS)
    damaged += f"\n{before}\nفيها\nطن\nنحو 40 ألف\nوصار\n{sentence}\nسكر.\nغير\nمن\nالشاي\nالسائقون\nويشرب"
    outcome = restore_single_words(Traced.of(damaged))
    assert outcome.traced.text.endswith(f"\n{before}\nوصار نحو 40 ألف طن فيها\n{sentence}\nويشرب السائقون الشاي من غير سكر.")
