"""Exported files open where people open them: spreadsheets, Parquet readers, maps."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import UserError
from pipeline.schema import TABLES
from pipeline.storage.export import FORMATS, export
from pipeline.storage.home import Home
from pipeline.storage.warehouse import NoWarehouse, publish

PLACES = [
    {
        "canonical_id": "p1", "name_en": 'The "Old" Town, east', "name_ar": "معرة\nالنعمان", "aliases": ["المعرة", "a,b"],
        "latitude": 35.6, "longitude": 36.7,
    },
    {"canonical_id": "p2", "name_en": "Nowhere", "name_ar": None, "aliases": []},
]  # fmt: skip


@pytest.fixture
def published(home: Home) -> Home:
    rows = [{**row, "data_source": "test", "licence": "none"} for row in PLACES]
    publish(home, {"places": TABLES["places"].from_rows(rows)}, "1", "run")
    return home


def test_csv_opens_in_a_spreadsheet(published: Home, tmp_path: Path) -> None:
    out = tmp_path / "places.csv"
    assert export(published, "places", "csv", out) == 2
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["name_en"], first["name_ar"]) == (PLACES[0]["name_en"], PLACES[0]["name_ar"])
    assert json.loads(first["aliases"]) == ["المعرة", "a,b"]
    assert (second["latitude"], second["name_ar"]) == ("", "")


@pytest.mark.parametrize("name", ["=1+1", "+963", "-عاجل", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_is_no_formula_in_a_spreadsheet(home: Home, tmp_path: Path, name: str) -> None:
    place = {**PLACES[0], "name_en": name, "longitude": -4.0, "data_source": "test", "licence": "none"}
    publish(home, {"places": TABLES["places"].from_rows([place])}, "1", "run")
    export(home, "places", "csv", tmp_path / "places.csv")
    with (tmp_path / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name_en"], row["longitude"]) == (f"'{name}", "-4.0")


def test_parquet_comes_with_a_data_package(published: Home, tmp_path: Path) -> None:
    export(published, "places", "parquet", tmp_path / "places.parquet")
    export(published, "event_clusters", "parquet", tmp_path / "clusters.parquet")
    export(published, "places", "parquet", tmp_path / "places.parquet")
    assert pq.read_table(tmp_path / "places.parquet")["aliases"].to_pylist() == [["المعرة", "a,b"], []]
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [(r["name"], r["path"], r["schema"]["primaryKey"]) for r in package["resources"]] == [
        ("event_clusters", "clusters.parquet", ["cluster_id"]), ("places", "places.parquet", ["canonical_id"]),
    ]  # fmt: skip
    fields = {f["name"]: f["type"] for f in package["resources"][1]["schema"]["fields"]}
    assert (fields["aliases"], fields["latitude"], fields["admin_level"], fields["name_en"]) == ("array", "number", "integer", "string")
    assert all(f["description"] for r in package["resources"] for f in r["schema"]["fields"])


def test_a_data_package_of_others_stays(published: Home, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "mine"}')
    with pytest.raises(UserError, match="another data package"):
        export(published, "places", "parquet", tmp_path / "places.parquet")
    assert (tmp_path / "datapackage.json").read_text() == '{"name": "mine"}'


def test_geojson_has_points_where_they_are_known(published: Home, tmp_path: Path) -> None:
    out = tmp_path / "places.geojson"
    export(published, "places", "geojson", out)
    found = json.loads(out.read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [f["geometry"] for f in found["features"]] == [{"type": "Point", "coordinates": [36.7, 35.6]}, None]
    assert found["features"][0]["properties"]["name_ar"] == PLACES[0]["name_ar"]


def test_an_empty_table_is_a_file_too(published: Home, tmp_path: Path) -> None:
    for kind in FORMATS:
        assert export(published, "export_acled", kind, tmp_path / f"x.{kind}") == 0
    assert json.loads((tmp_path / "x.geojson").read_text())["features"] == []


@pytest.mark.parametrize(
    ("table", "kind", "out", "fault"),
    [
        ("nowhere", "csv", "x.csv", "no table nowhere; there are .*casualty_claims"),
        ("claims", "geojson", "x.geojson", "no latitude and longitude; tables that do: event_clusters, events"),
        ("claims", "xlsx", "x.xlsx", "choose one of csv, parquet, geojson"),
        ("claims", "csv", "missing/x.csv", "is no folder"),
        ('a"; DROP TABLE claims; --', "csv", "x.csv", "no table"),
    ],
)
def test_faults_are_named_and_leave_nothing(published: Home, tmp_path: Path, table: str, kind: str, out: str, fault: str) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(UserError, match=fault):
        export(published, table, kind, tmp_path / out)
    assert set(tmp_path.iterdir()) == before


def test_an_existing_file_is_replaced_whole(published: Home, tmp_path: Path) -> None:
    out = tmp_path / "it's here.csv"
    out.write_text("old" * 100_000)
    export(published, "places", "csv", out)
    assert "old" not in out.read_text("utf-8-sig")


def test_no_warehouse_no_export(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse):
        export(home, "places", "csv", tmp_path / "x.csv")
