"""The data dictionary says what the warehouse holds, and the committed one is up to date."""

from pathlib import Path

import pytest

from pipeline.storage.dictionary import Entry, entries, html, markdown

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found() -> list[Entry]:
    return entries()


def test_everything_is_described(found: list[Entry]) -> None:
    assert {entry.sort for entry in found} == {"mart", "table", "macro"}
    assert all(entry.description and all(column.description for column in entry.columns) for entry in found)


def test_joins_lead_to_columns_that_exist(found: list[Entry]) -> None:
    columns = {f"{entry.name}.{column.name}" for entry in found for column in entry.columns}
    for entry in found:
        for column, target in entry.references.items():
            assert f"{entry.name}.{column}" in columns
            assert target.removesuffix(" (unnest)") in columns, (entry.name, column)
        assert {f"{entry.name}.{column}" for column in entry.key} <= columns


def test_columns_of_marts_name_their_origins(found: list[Entry]) -> None:
    origins = {f"{entry.name}.{column.name}": column.origins for entry in found for column in entry.columns}
    assert origins["casualty_claims.claimant"] == ("document_outlets.publisher", "events.source")
    assert origins["daily_events.governorate"] == ("place_hierarchy.governorate",)
    assert origins["place_hierarchy.governorate"] == ("places.name_en",)
    assert origins["export_acled.fatalities"] == ("event_clusters.killed_low",)
    assert origins["export_acled.actor1"] == ("events.agents",)
    assert origins["export_acled.iso"] == ()
    assert origins["event_clusters.outlets"] == ("document_outlets.publishers",)
    known = origins.keys()
    assert all(origin in known for entry in found if entry.sort == "mart" for column in entry.columns for origin in column.origins)


def test_the_committed_dictionary_is_up_to_date(found: list[Entry]) -> None:
    committed = (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    assert committed == markdown(found), "run `tarmim tables --docs`"


def test_the_page_escapes_and_needs_nothing_else() -> None:
    page = html([Entry("t", "table", "<script>x</script> & | more", ())])
    assert "<script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; | more" in page
    assert "http" not in page.replace("http-equiv", "")
