"""Persons by title and name shape: `العميد رومان بيريزين`, `قال طلال البرازي`, and their surnames later on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.linking import Find
from pipeline.extract.tokens import Token


def person_finds(number: int, tokens: Sequence[Token], finds: list[Find]) -> list[Find]:
    """Names of persons in a sentence."""
    return []
