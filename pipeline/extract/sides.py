"""What sort of actor an id names and to which state it belongs, for actors of the dictionary and composed ones.

Ids: `actor:syrian-army` (dictionary), `state:UA` (a country acting), `actor:UA:ministry_defence` (composed).
"""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.lexicon.gazetteer import composed, gazetteer
from pipeline.lexicon.reader import rows

_ARMS = frozenset(("army", "government", "state"))


@lru_cache(maxsize=4096)
def kind_and_country(canonical_id: str | None) -> tuple[str, str]:
    """Kind (army, armed_group, state, …) and ISO country of an actor; empty where unknown."""
    if canonical_id is None:
        return "", ""
    entity = gazetteer().entities.get(canonical_id)
    if entity is not None:
        return entity.kind, entity.country
    sort, _, rest = canonical_id.partition(":")
    country, _, role = rest.partition(":")
    if sort == "state":
        return "state", country
    return (_kinds().get(role, "government"), country) if role else ("", "")


def country_of_id(canonical_id: str | None) -> str:
    """English name of the country that a place lies in, or that an actor is or belongs to; empty where unknown."""
    entity = gazetteer().entities.get(canonical_id or "")
    code = entity.country if entity is not None else kind_and_country(canonical_id)[1]
    return gazetteer().countries[code]["name_en"] if code in gazetteer().countries else ""


def owner_of_outlet(canonical_id: str | None) -> tuple[str, str | None] | None:
    """Name and id of the group whose mouthpiece an outlet is; None where it has none."""
    outlet = gazetteer().entities.get(canonical_id or "")
    owner = gazetteer().entities.get(outlet.parent) if outlet is not None and outlet.type == "media" else None
    return (owner.name_en, owner.canonical_id) if owner is not None else None


def is_army(canonical_id: str | None) -> bool:
    """Whether an actor is a regular army or a government's force."""
    return kind_and_country(canonical_id)[0] in ("army", "government")


def same_state(one: str | None, other: str | None) -> bool:
    """Whether two actors are arms of one state.

    Two that the dictionary lists without a role in their state may be rivals for it (in Libya both armies are).
    """
    (kind, country), (other_kind, other_country) = kind_and_country(one), kind_and_country(other)
    arms = kind in _ARMS and other_kind in _ARMS
    return bool(country) and country == other_country and arms and (_national(one) or _national(other))


def _national(canonical_id: str | None) -> bool:
    entity = gazetteer().entities.get(canonical_id or "")
    return entity is None or bool(entity.role)


def army_of(country: str) -> tuple[str, str | None]:
    """Name and id of a country's army, given the country's English name; the country where it is unknown."""
    code = country_codes().get(country)
    if code is None or not gazetteer().countries[code]["adjective_en"]:
        return country, None
    army = composed(code, "army", "{adj} Army", "army")
    return army.name_en, army.canonical_id


def army_of_code(code: str) -> tuple[str, str | None]:
    """Name and id of a country's army, given its ISO code."""
    return army_of(gazetteer().countries[code]["name_en"]) if code in gazetteer().countries else (code, None)


def state_of(country: str) -> tuple[str, str | None]:
    """Name and id of a country that acts."""
    code = country_codes().get(country)
    return country, f"state:{code}" if code is not None else None


def state_of_capital(name: str) -> tuple[str, str | None] | None:
    """The state that a capital speaks for, by the capital's English name."""
    country = _capitals().get(name)
    return state_of(country) if country is not None else None


@cache
def _capitals() -> dict[str, str]:
    return {about["capital_en"]: about["name_en"] for about in gazetteer().countries.values() if about["capital_en"]}


def country_of(places: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The country in which the first of some places lies; the places themselves where that is not known."""
    entity = gazetteer().entities.get(places[0][1] or "") if places else None
    if entity is None or entity.kind in ("country", "region") or entity.country not in gazetteer().countries:
        return places
    return [(gazetteer().countries[entity.country]["name_en"], _country_ids().get(entity.country))]


def place_sort(canonical_id: str | None) -> str:
    """What sort of place an id names (city, governorate, country, …); empty where unknown."""
    entity = gazetteer().entities.get(canonical_id or "")
    return entity.kind if entity is not None else ""


@cache
def _country_ids() -> dict[str, str]:
    return {entity.country: known for known, entity in gazetteer().entities.items() if entity.kind == "country"}


@cache
def country_codes() -> dict[str, str]:
    """Country code by English name."""
    return {about["name_en"]: code for code, about in gazetteer().countries.items()}


@cache
def _kinds() -> dict[str, str]:
    """Kind of a composed actor by its role."""
    return {row["role"]: row["kind"] for row in rows("actor_patterns")}
