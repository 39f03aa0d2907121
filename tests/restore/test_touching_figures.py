"""Figures that touch the letter behind them tell which reader printed a text."""

from __future__ import annotations

import pytest

from pipeline.restore.touching_figures import figures_touch


@pytest.mark.parametrize(
    ("text", "touch"),
    [
        (" نفقا، وانهار جسران32وأحصت البلدية \n خيمة نُصبت أمس75منها \nفي ضاحيتين و12 مدرسة\n شخصا40ونُقل نحو ", True),
        (" نفقا، وانهار جسران\n32\nوأحصت البلدية \n خيمة نُصبت أمس\n75\nمنها ", False),
        ("أحصت البلدية 32 نفقا في 2017م، ونصبت 75 خيمة في 1438هـ", False),
        ("لا أرقام هنا", False),
    ],
)
def test_readers_differ(text: str, touch: bool) -> None:
    assert figures_touch(text) is touch
