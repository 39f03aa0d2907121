"""A home of its own for each test, and good Arabic to fill it with."""

from pathlib import Path

import pytest

from pipeline.storage.home import Home

ARTICLE = "قال مسؤول في المدينة إن السكان عادوا إلى منازلهم بعد هدوء دام ثلاثة أيام."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture
def article() -> str:
    return ARTICLE
