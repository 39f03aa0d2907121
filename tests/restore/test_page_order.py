"""Texts whose lines all stand as the page shows them, from left to right."""

from __future__ import annotations

import pytest

from pipeline.restore.page_order import restore_page_order
from pipeline.restore.traced import Traced

WRITTEN = (
    "قال رئيس الوزراء في مؤتمر صحافي إن الحكومة (الجديدة) تعمل على\n"
    "زيادة عدد المدارس في المناطق الريفية، وإن العام 2021 شهد افتتاح 15 مدرسة.\n"
    "وأضاف: «سنواصل العمل مع المجتمع الدولي من أجل توفير فرص\n"
    "عمل للشباب في كل المدن». وأشار وزير التربية إلى أن الأمم المتحدة\n"
    "تقدم الدعم إلى وزارة الصحة في شباط/فبراير."
)
# Each sign where the page shows it, as MuPDF reads it.
AT_ITS_PLACE = (
    "على تعمل )الجديدة( الحكومة إن صحافي مؤتمر في الوزراء رئيس قال\n"
    ".مدرسة 15 افتتاح شهد 2021 العام وإن ،الريفية المناطق في المدارس عدد زيادة\n"
    "فرص توفير أجل من الدولي المجتمع مع العمل سنواصل« :وأضاف\n"
    "المتحدة الأمم أن إلى التربية وزير وأشار .»المدن كل في للشباب عمل\n"
    ".فبراير/شباط في الصحة وزارة إلى الدعم تقدم"
)
# Signs of the other font together, turned and with a blank behind them; stops of the Arabic font with their words; as pypdf reads it.
KEPT_TOGETHER = (
    "على  تعمل( الجديدة ) الحكومة  إن  صحافي  مؤتمر  في  الوزراء  رئيس  قال\n"
    ".مدرسة  15 افتتاح  شهد  2021 العام  وإن  الريفية،  المناطق  في  المدارس  عدد  زيادة\n"
    "فرص  توفير  أجل  من  الدولي  المجتمع  مع  العمل  سنواصل » : وأضاف\n"
    "المتحدة  الأمم  أن  إلى  التربية  وزير  وأشار.  « المدن  كل  في  للشباب  عمل\n"
    ".فبراير/ شباط  في  الصحة  وزارة  إلى  الدعم  تقدم"
)


def _restored(text: str) -> str:
    return restore_page_order(Traced.of(text)).traced.text


def test_signs_at_their_places_on_the_page() -> None:
    assert _restored(AT_ITS_PLACE) == WRITTEN


def test_signs_that_the_reader_kept_together() -> None:
    mirrored = str.maketrans("()«»", ")(»«")
    assert _restored(KEPT_TOGETHER).translate(mirrored) == WRITTEN


@pytest.mark.parametrize(("printed", "written"), [("ور ّج ح", "ورجّح"), ("ُق تل", "قُتل"), ("ح ّللت", "حلّلت"), ("ًجندي", "جنديًا"), ("ًسنة", "سنةً")])
def test_marks_that_were_set_off(printed: str, written: str) -> None:
    assert _restored(AT_ITS_PLACE.replace("رئيس", printed)) == WRITTEN.replace("رئيس", written)


def test_lines_in_reading_order_stay() -> None:
    assert _restored(WRITTEN) == WRITTEN


def test_words_that_took_their_stops_along_are_left_to_word_order() -> None:
    text = "\n".join(" ".join(reversed(line.split())) for line in WRITTEN.split("\n"))
    assert _restored(text) == text
