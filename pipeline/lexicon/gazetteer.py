"""The dictionaries of known things: places, actors, media, persons, weapons; as Arrow tables and for matching.

What is known about a name belongs here; which name a text means is decided in `pipeline.extract.linking`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.extract.tokens import key
from pipeline.lexicon.reader import rows

if TYPE_CHECKING:
    import pyarrow as pa

PLACE_FILES = ("places_syria", "places_geonames", "places_hand")
# As the tokenizer cuts: `فرانس24` and `سي.إن.إن` are several tokens.
_WORDS = re.compile(r"\d+|[^\W\d_]+|\S")
CUE = "?"
NOMINAL = "~"


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A known thing. `type` as in mentions; `heads` are the words its names open with (حركة, تنظيم, …)."""

    canonical_id: str
    type: str
    name_en: str
    name_ar: str
    kind: str = ""
    country: str = ""
    role: str = ""
    parent: str = ""
    admin_level: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    heads: frozenset[str] = frozenset()


class Name(NamedTuple):
    """A spelling: its words (folded) after the first, whom of one type it can mean, and what it asks of its surroundings.

    `cue`: usually another word; counts only behind a head word or where the document names the entity otherwise.
    `nominal`: a description of the entity.
    """

    rest: tuple[str, ...]
    entities: tuple[Entity, ...]
    cue: bool
    nominal: bool


class Gazetteer(NamedTuple):
    """Names by first word and second word (`#` any number, `` none), longest first; entities by id; countries by code."""

    names: dict[str, dict[str, tuple[Name, ...]]]
    entities: dict[str, Entity]
    adjectives: dict[str, str]
    countries: dict[str, dict[str, str]]


@cache
def country_rows() -> tuple[dict[str, str], ...]:
    """Countries by hand with adjectives and capitals, then the rest of the world by name."""
    bare = dict.fromkeys(("aliases", "adjective_en", "adjective_ar", "capital_ar", "capital_en"), "")
    return (*rows("countries"), *({**bare, **r} for r in rows("countries_cldr")))


def places() -> pa.Table:
    """Known places, to the contract `places`."""
    return _table("places", [*map(_country_row, country_rows()), *(_place_row(r) for f in PLACE_FILES for r in rows(f))])


def actors() -> pa.Table:
    """Known actors with states, persons and what composes from countries and organs (`Russian Ministry of Defence`)."""
    composed = [_entity_row(e, rows("countries")[0]) for e in _composed()]
    states = [_entity_row(e, rows("countries")[0]) for e in _states()]
    persons = [{**_dictionary_row(r), "kind": "person"} for r in rows("persons")]
    known = [{**_dictionary_row(r), "kind": r["kind"]} for r in rows("actors")]
    return _table("actors", [*known, *persons, *states, *composed])


def media() -> pa.Table:
    """Known outlets, agencies and monitors, to the contract `media`."""
    return _table("media", [{**_dictionary_row(r), "kind": r["kind"]} for r in rows("media")])


@cache
def gazetteer() -> Gazetteer:
    """Everything known, ready for matching; loaded once a process."""
    spellings: dict[str, dict[tuple[bool, bool], list[Entity]]] = defaultdict(lambda: defaultdict(list))
    entities: dict[str, Entity] = {}
    for entity, aliases in _all():
        entities[entity.canonical_id] = entity
        for alias in aliases:
            bare = " ".join(_WORDS.findall(key(alias.lstrip(CUE + NOMINAL))))
            flags = (alias.startswith(CUE), alias.startswith(NOMINAL))
            known = spellings[bare][flags]
            if entity not in known:
                known.append(entity)
    return Gazetteer(_by_words(spellings), entities, _adjectives(), {r["code"]: r for r in country_rows()})


def _by_words(spellings: dict[str, dict[tuple[bool, bool], list[Entity]]]) -> dict[str, dict[str, tuple[Name, ...]]]:
    names: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for spelling, by_flags in spellings.items():
        first, *rest = spelling.split()
        for (cue, nominal), found in by_flags.items():
            for sort in dict.fromkeys(entity.type for entity in found):
                same = tuple(entity for entity in found if entity.type == sort)
                names[first][rest[0] if rest else ""].append(Name(tuple(rest), same, cue, nominal))
    return {f: {s: tuple(sorted(group, key=lambda n: -len(n.rest))) for s, group in seconds.items()} for f, seconds in names.items()}


@cache
def organs() -> dict[tuple[str, ...], tuple[str, str, str]]:
    """Organs of a state by their folded words: English template with {adj}, kind, role."""
    found = {tuple(key(r["head"]).split()): (r["name_en"], r["kind"], r["role"]) for r in rows("actor_patterns") if r["kind"] != "skip"}
    for r in rows("ministries"):
        role = "ministry_" + r["name_en"].lower().replace(" ", "_").replace("'", "")
        found[tuple(key("وزارة " + r["portfolio"]).split())] = ("{adj} Ministry of " + r["name_en"], "government", role)
    return found


def composed(country: str, role: str, template: str, kind: str) -> Entity:
    """A state's organ: `("RU", "ministry_defence", …)` is the Russian Ministry of Defence."""
    known = by_role().get((country, role))
    if known is not None:
        return known
    about = gazetteer().countries[country]
    name = template.format(adj=about["adjective_en"] or about["name_en"])
    sort = "media" if kind == "media" else "actor"
    head = "وزاره" if role.startswith("ministry_") else key(role)
    return Entity(f"{sort}:{country}:{role}", sort, name, "", kind, country, role, heads=frozenset({head}))


@cache
def by_role() -> dict[tuple[str, str], Entity]:
    """A country's own army, government, opposition, … where the dictionary names it."""
    found: dict[tuple[str, str], Entity] = {}
    for r in rows("actors"):
        if r["role"]:
            found.setdefault((r["country"], r["role"]), _actor(r))
    return found


@cache
def state(country: str) -> Entity:
    """The country as an actor."""
    about = gazetteer().countries[country]
    return Entity(f"state:{country}", "actor", about["name_en"], about["name_ar"], "state", country, "state")


@cache
def context(name: str) -> frozenset[str]:
    """A list of mention_context.csv, folded."""
    return frozenset(key(r["word"]) for r in rows("mention_context") if r["list"] == name)


@cache
def facilities() -> dict[str, str]:
    """Folded words that open a facility's or landscape's name (مطار، نهر) to the English pattern with {}."""
    return {key(r["head"]): r["name_en"] for r in rows("facilities")}


@cache
def facility_adjectives() -> dict[str, str]:
    """Folded adjectives that close a facility's name (الدولي، العسكري) to English."""
    return {key(r["word"]): r["name_en"] for r in rows("facility_adjectives")}


@cache
def army_units() -> dict[str, str]:
    """Folded words for numbered units (الفرقة، اللواء) to English."""
    return {key(r["head"]): r["name_en"] for r in rows("army_units")}


@cache
def army_arms() -> dict[tuple[str, ...], str]:
    """Folded words for the arm behind a numbered unit (مشاة, مدرعة) to English."""
    return {tuple(key(r["arm"]).split()): r["name_en"] for r in rows("army_arms")}


@cache
def homographs(reason: str) -> frozenset[str]:
    """Spellings that are usually not the name: reason `word` or `clitic`."""
    return frozenset(r["word"] for r in rows("homographs") if r["reason"] == reason)


def _all() -> Iterator[tuple[Entity, list[str]]]:
    for r in country_rows():
        entity = Entity(r["code"], "place", r["name_en"], r["name_ar"], "country", r["code"], admin_level=0)
        yield entity, _spellings(r)
    for file in PLACE_FILES:
        for r in rows(file):
            yield _place(r), _spellings(r)
    for r in rows("actors"):
        yield _actor(r), _spellings(r)
    for r in rows("media"):
        yield (
            Entity(r["canonical_id"], "media", r["name_en"], r["name_ar"], r["kind"], r["country"], parent=r["parent"], heads=_heads(r)),
            _spellings(r),
        )
    for r in rows("persons"):
        yield Entity(r["canonical_id"], "person", r["name_en"], r["name_ar"], "person", r["country"]), _spellings(r)
    for r in rows("weapons"):
        yield Entity(r["canonical_id"], "weapon", r["name_en"], r["name_ar"], r["kind"]), _spellings(r)


def _spellings(row: dict[str, str]) -> list[str]:
    return [row["name_ar"], *filter(None, row["aliases"].split("|"))]


def _heads(row: dict[str, str]) -> frozenset[str]:
    firsts = (s.lstrip(CUE + NOMINAL).split()[0] for s in _spellings(row) if not s.startswith(NOMINAL))
    return frozenset(key(f).removeprefix("ال") for f in firsts)


_ACTORS: dict[str, Entity] = {}


def _actor(row: dict[str, str]) -> Entity:
    """One object for each actor, however it is reached."""
    if row["canonical_id"] not in _ACTORS:
        _ACTORS[row["canonical_id"]] = _new_actor(row)
    return _ACTORS[row["canonical_id"]]


def _new_actor(row: dict[str, str]) -> Entity:
    return Entity(
        row["canonical_id"],
        "actor",
        row["name_en"],
        row["name_ar"],
        row["kind"],
        row["country"],
        row["role"],
        row["parent"],
        heads=_heads(row),
    )


def _place(r: dict[str, str]) -> Entity:
    return Entity(
        r["canonical_id"], "place", r["name_en"], r["name_ar"], r["kind"], r["country"], "", r["parent"],
        int(r["admin_level"]) if r["admin_level"] else None,
        float(r["latitude"]) if r["latitude"] else None, float(r["longitude"]) if r["longitude"] else None, int(r["population"] or 0),
    )  # fmt: skip


def _adjectives() -> dict[str, str]:
    """Folded nationality adjectives (`السوريه`, `سوري`) to country codes."""
    found: dict[str, str] = {}
    for r in rows("countries"):
        for base in filter(None, r["adjective_ar"].split("|")):
            stem = " ".join(base.split())
            for form in _agreeing(stem):
                found.setdefault(key(form), r["code"])
    return found


def _agreeing(base: str) -> Iterator[str]:
    parts = base.split()
    for ending in ("", "ة", "ون", "ين", "ان", "تان", "ات"):
        plain = [p + ending for p in parts] if len(parts) == 2 and ending in ("", "ة") else [*parts[:-1], parts[-1] + ending]
        yield " ".join(plain)
        yield " ".join("ال" + p for p in plain)


def _states() -> Iterator[Entity]:
    return (state(r["code"]) for r in country_rows())


def _composed() -> Iterator[Entity]:
    seen: set[str] = set()
    for country in rows("countries"):
        for template, kind, role in organs().values():
            if kind == "media" or (country["code"], role) in by_role():
                continue
            entity = composed(country["code"], role, template, kind)
            if entity.canonical_id not in seen:
                seen.add(entity.canonical_id)
                yield entity


def _table(name: str, found: Iterable[dict[str, Any]]) -> pa.Table:
    from pipeline.schema import TABLES

    return TABLES[name].from_rows(found)


def _origin(row: dict[str, str]) -> dict[str, str]:
    return {"data_source": row["source"], "licence": row["licence"]}


def _dictionary_row(row: dict[str, str]) -> dict[str, Any]:
    names = [s.lstrip(CUE + NOMINAL) for s in _spellings(row)[1:]]
    told = {"canonical_id": row["canonical_id"], "name_en": row["name_en"], "name_ar": row["name_ar"], "aliases": names}
    return {**told, "country": row.get("country") or None, "parent": row.get("parent") or None, **_origin(row)}


def _entity_row(entity: Entity, origin: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"canonical_id": entity.canonical_id, "name_en": entity.name_en, "name_ar": entity.name_ar or None}
    return {**told, "kind": entity.kind, "country": entity.country, **_origin(origin)}


def _country_row(row: dict[str, str]) -> dict[str, Any]:
    told = {"canonical_id": row["code"], "name_en": row["name_en"], "name_ar": row["name_ar"], "aliases": _spellings(row)[1:]}
    return {**told, "kind": "country", "country": row["code"], "admin_level": 0, **_origin(row)}


def _place_row(row: dict[str, str]) -> dict[str, Any]:
    def number(column: str, kind: type) -> Any:
        return kind(row[column]) if row[column] else None

    return {
        "canonical_id": row["canonical_id"], "name_en": row["name_en"], "name_ar": row["name_ar"], "aliases": _spellings(row)[1:],
        "kind": row["kind"], "pcode": row["pcode"] or None, "geonames_id": number("geonames_id", int), "country": row["country"] or None,
        "admin_level": number("admin_level", int), "parent": row["parent"] or None, "latitude": number("latitude", float),
        "longitude": number("longitude", float), "population": number("population", int), **_origin(row),
    }  # fmt: skip
