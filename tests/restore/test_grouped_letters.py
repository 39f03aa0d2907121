"""Titles whose letters came in groups from left to right, as pypdf prints a browser's bold face: printed title → title."""

from __future__ import annotations

import pytest

from pipeline.restore.document import restore
from pipeline.restore.grouped_letters import restore_grouped_letters
from pipeline.restore.traced import Traced

BODY = [
    "وصلت القافلة إلى المدينة صباح الأحد بعد رحلة استمرت يومين",
    "وقال رئيس البلدية إن السكان استقبلوا السائقين بالخبز والتمر",
    "وأضاف أن المساعدات تكفي ثلاثة آلاف عائلة حتى نهاية الشهر",
    "وتعهدت المنظمة بإرسال قافلة ثانية قبل حلول فصل الشتاء",
    "وكانت الطرق قد أغلقت بسبب الثلوج والأمطار الغزيرة",
    "وفتحت المدارس أبوابها أمام العائلات التي فقدت منازلها",
    "وينتظر الأطباء وصول الأدوية واللقاحات من العاصمة",
    "ثم عاد السائقون إلى بيوتهم مع غروب الشمس",
]


def _drawn(title: str) -> str:
    """The title whose groups are marked by `|`, other letters by themselves, as it is drawn from left to right."""
    groups: list[str] = []
    for k, part in enumerate(title.split("|")):
        groups += [part] if k % 2 else list(part)
    return "".join(reversed(groups))


@pytest.mark.parametrize(
    ("marked", "printed"),
    [
        ("المس|اعد|ات الإنس|اني|ة تصل إلى ا|لمد|ينة", "ةنيلمدا ىلإ لصت ةانيسنإلا تااعدسملا"),
        ("رئيس البلد|ية| ي|ستقبل| القافلة", "ةلفاقلا ستقبلي يةدلبلا سيئر"),
    ],
)
def test_groups_stand_in_reading_order(marked: str, printed: str) -> None:
    title, drawn = marked.replace("|", ""), _drawn(marked)
    assert printed == drawn
    outcome = restore_grouped_letters(Traced.of("\n".join([drawn, *BODY])))
    assert outcome.traced.text.split("\n") == [title, *BODY]
    assert {change.kind for change in outcome.changes} == {"visual_order"}


def test_the_forms_of_letters_tell_where_names_begin_and_end() -> None:
    """`ﺟﻮﺳﻴﻦ` is in no lexicon: initial, medial and final forms only fit together one way."""
    body = [line.replace("القافلة", "اﻟﻘﺎﻓﻠﺔ") for line in BODY]
    printed = "\n".join(["ﻓﻠﺔﺎاﻟﻘ ﻳﻨﺔﺪﻟﻤا ﺳﻴﻦﻮﺟ لﺎﺳﺘﻘﺒا :ﺔﻳﺪﻟﺒﻠا ﺲﻴﺋر", *body])
    assert "جوسين المدينة القافلة" in restore(printed).text


@pytest.mark.parametrize("lines", [BODY, [line[::-1] for line in BODY], ["زيلينسكي وماكرون وشولتس في كراماتورسك", *BODY]])
def test_other_lines_stay(lines: list[str]) -> None:
    assert restore_grouped_letters(Traced.of("\n".join(lines))).changes == []


def test_words_that_strokes_part_are_known() -> None:
    """As office programs stretch justified lines: stroke_signs.py takes the signs out later."""
    line = "300 مقات>ل عىل س>فوح جب>ل ق>نديل اس>تعدادا لهج>وم رجّح مس>ؤول ت>ركي أن يب>دأ"
    assert restore_grouped_letters(Traced.of("\n".join([*BODY[:4], line, *BODY[4:]]))).changes == []
