"""Views of texts as the detectors get them: restored, with the raw text's spacing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.sentences import split_sentences
from pipeline.quality.model import TextView
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.traced import Traced


@pytest.fixture(scope="session")
def look() -> Callable[[str], TextView]:
    """A raw text with its blanks folded and its lines joined, nothing else."""

    def view(raw: str) -> TextView:
        traced = paragraphs(Traced.of(raw), None).traced
        return TextView("0" * 16, traced.text, split_sentences(traced.text), raw, traced.origin)

    return view
