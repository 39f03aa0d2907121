"""The dictionaries keep their contracts, join to the right places and say where each row comes from."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.compute as pc
import pytest

from pipeline.extract.linking import kilometres
from pipeline.extract.tokens import key
from pipeline.lexicon import gazetteer as dictionaries
from pipeline.lexicon.reader import rows
from pipeline.schema import TABLES

FILES = (
    "countries", "places_syria", "places_geonames", "places_hand", "actors", "actor_patterns", "ministries", "nominals", "media", "weapons",
    "persons", "given_names", "surnames", "place_words", "person_titles", "facilities", "facility_adjectives", "army_units", "mention_context",
    "homographs", "countries_cldr", "body_words",
)  # fmt: skip


@pytest.mark.parametrize("name", ["places", "actors", "media"])
def test_table_keeps_its_contract(name: str) -> None:
    table = getattr(dictionaries, name)()
    assert TABLES[name].violations(table) == []
    assert table.num_rows > 200


@pytest.mark.parametrize("file", FILES)
def test_every_row_names_source_and_licence(file: str) -> None:
    assert rows(file)
    assert all(r["source"] and r["licence"] for r in rows(file))


@pytest.mark.parametrize("file", FILES)
def test_files_are_well_formed(file: str) -> None:
    path = Path(dictionaries.__file__).parent / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        widths = {len(row) for row in csv.reader(lines)}
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [("Aleppo", 36.203, 37.155), ("Palmyra", 34.56, 38.28), ("Mosul", 36.34, 43.13), ("Hodeidah", 14.80, 42.95), ("Khartoum", 15.55, 32.53)],
)  # fmt: skip
def test_towns_join_to_their_own_coordinates(name: str, latitude: float, longitude: float) -> None:
    towns = [e for e in dictionaries.gazetteer().entities.values() if e.name_en == name and e.kind == "city"]
    assert len(towns) == 1
    assert towns[0].latitude is not None
    assert towns[0].longitude is not None
    assert kilometres(towns[0].latitude, towns[0].longitude, latitude, longitude) < 5


def test_parents_are_known_places() -> None:
    table = dictionaries.places()
    parents = set(table.column("parent").drop_null().to_pylist())
    assert parents <= set(table.column("canonical_id").to_pylist())


def test_coordinates_lie_on_earth() -> None:
    table = dictionaries.places()
    assert pc.max(pc.abs(table.column("latitude"))).as_py() <= 90
    assert pc.max(pc.abs(table.column("longitude"))).as_py() <= 180


def test_names_of_an_actor_are_distinct() -> None:
    for row in rows("actors"):
        names = [key(n) for n in (row["name_ar"], *filter(None, row["aliases"].split("|")))]
        assert len(set(names)) == len(names), row["name_en"]


def test_organs_compose_for_every_country() -> None:
    found = dictionaries.composed("MR", "ministry_defence", "{adj} Ministry of Defence", "government")
    assert found.name_en == "Mauritanian Ministry of Defence"
    assert dictionaries.composed("SY", "army", "{adj} Army", "army").canonical_id == "actor:syrian-army"


def test_composed_actors_are_in_the_table() -> None:
    ids = set(dictionaries.actors().column("canonical_id").to_pylist())
    assert {"actor:RU:ministry_defence", "state:TR", "actor:syrian-army", "person:bashar-al-assad"} <= ids
