"""The alef of a lam-alef that PDFBox prints as the number of a glyph without a code."""

from __future__ import annotations

import pytest

from pipeline.restore.lam_alef_signs import read_lam_alef_signs
from pipeline.restore.traced import Traced

TEXT = "قال الوزير: إن ال:تفاق يشمل أ:سبوعين، ول: خلاف على ال:نتخابات، فيما ل:حظ أ:عضاء أنه ل: يكفي."
READ = "قال الوزير: إن الاتفاق يشمل أسبوعين، ولا خلاف على الانتخابات، فيما لاحظ أعضاء أنه لا يكفي."


@pytest.mark.parametrize("sign", [":", "-", "\x02", "\t"])
def test_the_sign_behind_lam_is_an_alef_and_behind_a_hamza_nothing(sign: str) -> None:
    printed = TEXT.replace("الوزير:", "الوزير؛").replace(":", sign).replace("؛", ":")
    assert read_lam_alef_signs(Traced.of(printed)).traced.text == READ


@pytest.mark.parametrize(
    "text", [READ, "قال:نعم وقال:لا وقال:ربما ثم سأل:متى", "دمشق-حلب وبغداد-أربيل والقاهرة-أسوان وال-لاذقية", "وص*ل ال*فريق ب*عد ق*ليل"]
)
def test_other_signs_stay(text: str) -> None:
    assert read_lam_alef_signs(Traced.of(text)).traced.text == text
