"""Texts whose letters are lost throughout: flagged once and left alone; every other text passes."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.document import restore
from pipeline.restore.lost_text import flag_lost_text
from pipeline.restore.traced import Traced

REPORT = """أعلنت وزارة الموارد المائية أن السد الجديد سيبدأ العمل قبل نهاية العام
وأوضح الوزير أن الأمطار الغزيرة رفعت منسوب الخزان إلى 35 مترا في أسبوع واحد
ودعا المزارعين على ضفاف الوادي إلى الابتعاد عن المجرى وإزالة المضخات القديمة
وذكر أن دراسة جديدة أوردت ازدياد أعداد الآبار المحفورة دون إذن من الدوائر المختصة"""
JOINING = "بتثجحخسشصضطظعغفقكلمنهيئ"
ISOLATED = f"(?<![{JOINING}])(?:[{JOINING}](?!\\w)|[^{JOINING}])|[^\\w]"
MORE = """وقال مهندسون في الموقع إن العمال يصلحون القنوات المتضررة ويزيلون الطمي من مجرى النهر
وتنتظر القرى المجاورة وصول الكهرباء إلى محطات الضخ بعد انقطاع طويل شكا منه السكان
وتقول البلدية إنها تفاوض شركات محلية على توريد المضخات وتنظيم الصيانة خلال الأشهر المقبلة
ويخشى بعض الأهالي أن يؤدي ارتفاع المياه إلى غمر بيوت قديمة قرب الضفة الشرقية"""
LOST = "".join(re.findall(ISOLATED, f"{REPORT}\n{MORE}"))


def test_a_text_without_its_joining_letters_is_flagged_once() -> None:
    (doubt,) = flag_lost_text(Traced.of(LOST)).doubts
    assert (doubt.kind, doubt.raw_start, doubt.raw_end) == ("undecodable", 0, len(LOST))


def test_such_a_text_keeps_its_letters_in_their_order() -> None:
    restored = restore(LOST)
    assert restored.text.split() == LOST.split()
    assert [d.finding.kind for d in restored.doubts] == ["undecodable"]


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        " ".join(REPORT),
        "دار ورد وزار دورا أو أدار زورا إذا أراد وداد",
        "آرا واردا ",
        "Only a few words of another script: دار ورد.",
    ],
)
def test_other_texts_are_not_flagged(text: str) -> None:
    outcome = flag_lost_text(Traced.of(text))
    assert not outcome.doubts
    assert not outcome.unread
