"""Words that may stand for one another: countries, places, given names, nationalities, each kind in the same form.

That a line reads as well with another town or nation in it is what a scorer of little text has to be told: where a text has a
name that the corpora hardly have (`جندي أوكراني`), the scorer also looks how it reads with one that they have often. Which forms
there are, clitics and endings about a name, and the common name in each, lexicon/name_forms.csv tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import Lexicon

# In ten million words; a commoner word is known well enough by itself.
_RARE = 100
_PLACES = ("places_geonames", "places_hand", "places_syria")
_SETTLEMENTS = frozenset({"city", "town", "populated_place", "village", "governorate", "district"})


@cache
def stand_ins() -> dict[str, str]:
    """For each rare name a common one of its kind, in the same form."""
    count = Lexicon.load().plain_count
    found: dict[str, str] = {}
    for other, words in chain(nationalities(), countries(), settlements(), given_names()):
        most = min(_RARE, count(other))
        found.update({word: other for word in words if word not in found and count(word) < most})
    return found


def nationalities() -> Iterator[tuple[str, list[str]]]:
    """Adjectives of nations in each form, and the common one in that form: `المصرية` for `الأوكرانية` and all others."""
    return _in_forms("nationality", chain((row["adjective_ar"] for row in rows("countries")), (row["adjective"] for row in rows("nationalities"))))


def countries() -> Iterator[tuple[str, list[str]]]:
    """Names of countries."""
    return _in_forms("country", (row["name_ar"] for row in rows("countries")))


def settlements() -> Iterator[tuple[str, list[str]]]:
    """Names of places where people live."""
    return _in_forms("settlement", (row["name_ar"] for file in _PLACES for row in rows(file) if row["kind"] in _SETTLEMENTS))


def given_names() -> Iterator[tuple[str, list[str]]]:
    """Given names."""
    return _in_forms("given_name", (row["name_ar"] for row in rows("given_names")))


def days(kind: str) -> Iterator[tuple[str, list[str]]]:
    """Names of weekdays or months; none is commoner than the others."""
    return _in_forms("calendar", (row["word"] for row in rows("calendar_words") if row["class"] == kind))


def _in_forms(kind: str, words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The single words among some in each form of their kind, with the common one in that form."""
    single = [word for word in words if word and " " not in word]
    for row in rows("name_forms"):
        if row["kind"] == kind:
            yield row["common"], [row["form"].format(word) for word in single]
