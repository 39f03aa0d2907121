"""docs/restoration.md tells of every pass what the code tells, and each pass says what it undoes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.restore.contents import contents
from pipeline.restore.passes import PASSES, SECTIONS, Pass

PAGE = Path(__file__).parents[2] / "docs" / "restoration.md"
REMEDY = "docs/restoration.md is stale: python -m pipeline.restore.contents docs/restoration.md"


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == contents(), REMEDY


def test_every_pass_stands_in_one_section() -> None:
    assert [step for section in SECTIONS for step in section.steps] == list(PASSES)
    assert all(section.why for section in SECTIONS)


@pytest.mark.parametrize("run", [step.run for step in PASSES], ids=lambda run: run.__name__)
def test_every_pass_says_what_it_undoes_and_how(run: Pass) -> None:
    assert sys.modules[run.__module__].__doc__
    assert run.__doc__
