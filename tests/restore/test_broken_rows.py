"""Rows that MuPDF breaks behind figures: each piece is a line that ends in its figure, the next one begins with a blank."""

from __future__ import annotations

import pytest

from pipeline.restore.broken_rows import restore_broken_rows
from pipeline.restore.traced import Traced

PRINTED = "\n".join([
    " افتتح المهرجان دورته رقم12",
    "  أمس في المدينة القديمة بمشاركة80",
    "  فرقة من",
    " المغرب وتونس، ويستمر حتى30",
    "،",
    " ومن المتوقع أن يزوره أكثر من5000",
    "  شخص كل يوم.",
])  # fmt: skip
WRITTEN = "\n".join([
    " افتتح المهرجان دورته رقم 12 أمس في المدينة القديمة بمشاركة 80 فرقة من",
    " المغرب وتونس، ويستمر حتى 30، ومن المتوقع أن يزوره أكثر من 5000 شخص كل يوم.",
])  # fmt: skip


def test_rows_broken_behind_figures() -> None:
    restored = restore_broken_rows(Traced.of(PRINTED)).traced
    assert restored.text == WRITTEN
    assert all(i < 0 or PRINTED[i] == c for c, i in zip(restored.text, restored.origin.tolist(), strict=True))


@pytest.mark.parametrize("text", [WRITTEN, "الغرفة 12\n الغرفة 13\n الغرفة 14\n الغرفة 15", "كوفيد19\n يعود إلى المدارس"])
def test_other_lines_stay(text: str) -> None:
    assert restore_broken_rows(Traced.of(text)).traced.text == text
