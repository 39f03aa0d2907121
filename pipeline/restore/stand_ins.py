"""Words that may stand for one another: countries, places, given names, nationalities, each kind with the same clitics.

That a line reads as well with another town or nation in it is what a scorer of little text has to be told: where a text has a
name that the corpora hardly have (`جندي أوكراني`), the scorer also looks how it reads with one that they have often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import Lexicon

# In ten million words; a commoner word is known well enough by itself.
_RARE = 100
_CLITICS = ("", "و", "ب", "ل")
_ARTICLES = ("", "ال", "وال", "بال", "لل", "و")
_ENDINGS = ("", "ة", "ين", "ون", "ا", "تين", "ان")
_PLACES = ("places_geonames", "places_hand", "places_syria")
_SETTLEMENTS = frozenset({"city", "town", "populated_place", "village", "governorate", "district"})
# Names that are common and nothing but names.
_NATIONALITY, _COUNTRY, _SETTLEMENT, _GIVEN = "مصري", "سوريا", "دمشق", "محمد"


@cache
def stand_ins() -> dict[str, str]:
    """For each rare name a common one of its kind, with the same clitics."""
    count = Lexicon.load().plain_count
    found: dict[str, str] = {}
    named = ((nationalities(), _NATIONALITY), (countries(), _COUNTRY), (settlements(), _SETTLEMENT), (given_names(), _GIVEN))
    for forms, model in named:
        for form, words in forms:
            other = form.format(model)
            most = min(_RARE, count(other))
            found.update({word: other for word in words if word not in found and count(word) < most})
    return found


def nationalities() -> Iterator[tuple[str, list[str]]]:
    """Adjectives of one form, and the form, such as `ال{}ة`."""
    adjectives = [*(row["adjective_ar"] for row in rows("countries")), *(row["adjective"] for row in rows("nationalities"))]
    single = [adjective for adjective in adjectives if adjective and " " not in adjective]
    for article in _ARTICLES:
        for ending in _ENDINGS:
            yield f"{article}{{}}{ending}", [article + adjective + ending for adjective in single]


def countries() -> Iterator[tuple[str, list[str]]]:
    """Names of countries with the same clitic."""
    return with_clitics([row["name_ar"] for row in rows("countries")])


def settlements() -> Iterator[tuple[str, list[str]]]:
    """Names of places where people live."""
    return with_clitics([row["name_ar"] for file in _PLACES for row in rows(file) if row["kind"] in _SETTLEMENTS])


def given_names() -> Iterator[tuple[str, list[str]]]:
    """Given names."""
    return with_clitics([row["name_ar"] for row in rows("given_names")])


def with_clitics(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The single words among some with each clitic, and that form."""
    single = [word for word in words if word and " " not in word]
    for clitic in _CLITICS:
        yield f"{clitic}{{}}", [clitic + word for word in single]
