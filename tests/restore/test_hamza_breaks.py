"""Hamzas that came as line breaks."""

from __future__ import annotations

import pytest

from pipeline.restore.hamza_breaks import join_at_hamza
from pipeline.restore.traced import Traced

PRINTED = (
    "وصل \nأمس و\nأعلن الوزير من مر\nأى النهر\n\nأن الطريق ا>لأول مفتوح، لكنّ \nأهالي القرى في ا>لأطراف لم يعودوا \nإلى بيوتهم\nوقال\n"
    "إن العمل \nأنجز قبل \nأوانه في ا>لأسبوع الماضي"
)
WRITTEN = (
    "وصل أمس وأعلن الوزير من مرأى النهر\nأن الطريق الأول مفتوح، لكنّ أهالي القرى في الأطراف لم يعودوا إلى بيوتهم\nوقال\n"
    "إن العمل أنجز قبل أوانه في الأسبوع الماضي"
)


def test_breaks_before_hamza_and_signs_inside_lam_alef_are_taken_out() -> None:
    outcome = join_at_hamza(Traced.of(PRINTED))
    assert outcome.traced.text == WRITTEN
    assert all(PRINTED[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [WRITTEN, "\n".join(f"أعلن الوزير أمس أن الطريق {n} مفتوح إلى المدينة " for n in range(8))])
def test_lines_that_begin_with_hamza_stay(text: str) -> None:
    assert join_at_hamza(Traced.of(text)).traced.text == text
