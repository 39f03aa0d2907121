"""Counted nouns: which form of a noun asks for which numbers.

Arabic counts 3–10 with a plural, 11–99 with an accusative singular, 100 and up with a genitive singular, by the last two
digits of the number. The nouns themselves are data: lexicon/counted_nouns.csv.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.quality.words import normal
from pipeline.restore.characters import NO_ACCUSATIVE_ALEF


class NounForm(NamedTuple):
    """A form of a counted noun: `form` is plural, accusative or singular; `role` as in the CSV."""

    form: str
    role: str
    singular: str


@cache
def noun_forms() -> dict[str, NounForm]:
    """Normal spelling of each form to what it is; a spelling with two readings keeps the one that stands first in the CSV."""
    forms: dict[str, NounForm] = {}
    for row in rows("counted_nouns"):
        singular, role = row["singular"], row["role"]
        if not singular.endswith(NO_ACCUSATIVE_ALEF):
            forms.setdefault(normal(singular + "ا"), NounForm("accusative", role, singular))
        forms.setdefault(normal(singular), NounForm("singular", role, singular))
        for plural in row["plurals"].split():
            forms.setdefault(normal(plural), NounForm("plural", role, singular))
    return forms


@cache
def distributives() -> frozenset[str]:
    """Accusative singulars that distribute when doubled (`شارعا شارعا`): things and places; people are told apart otherwise."""
    people = ("person", "killed", "wounded", "missing", "displaced", "detained", "fighters")
    return frozenset(word for word, noun in noun_forms().items() if noun.form == "accusative" and noun.role not in people)
