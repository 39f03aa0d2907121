"""A home of its own for each test, and a quick way to fill it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest.intake import intake
from pipeline.storage.home import Home
from tests.storage.stand_ins import process

ARTICLE = "وصل الوفد إلى العاصمة أمس، وقال مصدر إن المحادثات بدأت."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


@pytest.fixture
def add(home: Home) -> Callable[[str, str], str]:
    """Take a text in as a batch of its own and take it through all stages; the batch."""

    def take(name: str, text: str = ARTICLE) -> str:
        (home.landing / name).write_text(text, "utf-8")
        (batch,) = intake(home).new_batches
        process(home, batch)
        return batch

    return take
