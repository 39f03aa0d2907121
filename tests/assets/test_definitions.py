"""The asset graph is pinned: a change to it shows in review."""

import subprocess
import sys

import dagster as dg
import pytest
import yaml

from assets.definitions import defs
from pipeline.schema.tables import GROUPS
from pipeline.storage import sql
from tests.assets.conftest import ROOT, environment

INGEST = {"documents", "document_sources", "rejected_files"}
NORMALIZE = {"producer_profiles", "restored_documents", "restorations", "sentences", "restoration_doubts"}
QUALITY = {"text_flags", "quality_flags", "document_quality"}
EXTRACT = {"mentions", "quantities", "times", "claims", "events", "extraction_log"}
PUBLISH = {"places", "actors", "media", "event_kinds", "warehouse", "report"}
GRAPH = defs.resolve_asset_graph()


def group(name):
    return {k.to_user_string() for k in GRAPH.get_all_asset_keys() if GRAPH.get(k).group_name == name}


def test_the_exact_set_of_assets_by_group():
    marts = {mart.name for mart in sql.marts()}
    expected = {"ingest": INGEST, "normalize": NORMALIZE, "quality": QUALITY, "extract": EXTRACT, "aggregate": marts, "publish": PUBLISH}
    assert {name: group(name) for name in GROUPS} == expected
    assert {k.to_user_string() for k in GRAPH.get_all_asset_keys()} == set().union(*expected.values())


def test_data_flows_one_way():
    def parents(name):
        return {k.to_user_string() for k in GRAPH.get(dg.AssetKey(name)).parent_keys}

    assert parents("documents") == set()
    assert parents("restored_documents") == {"documents", "producer_profiles"}
    assert parents("text_flags") == {"documents", "restored_documents", "sentences"}
    assert "text_flags" in parents("events")
    assert {"events", "restoration_doubts", "text_flags"} <= parents("quality_flags")
    assert {"quality_flags", "events", "casualty_claims", "places"} <= parents("warehouse")
    assert parents("report") == {"warehouse"}


@pytest.mark.parametrize("key", sorted(GRAPH.get_all_asset_keys()), ids=lambda k: k.to_user_string())
def test_every_asset_explains_itself(key):
    node = GRAPH.get(key)
    assert node.description
    assert node.owners == ["team:tarmim"]
    assert node.kinds
    if key.to_user_string() not in ("warehouse", "report"):
        columns = node.metadata["dagster/column_schema"].columns
        assert columns
        assert all(c.description for c in columns)


def test_documents_are_partitioned_in_batches_and_publications_are_not():
    for key in GRAPH.get_all_asset_keys():
        node = GRAPH.get(key)
        assert node.is_partitioned == (
            node.group_name in ("ingest", "normalize", "quality", "extract") and key.to_user_string() != "producer_profiles"
        )


def test_what_blocks_is_contract_reconciliation_and_offsets_only():
    blocking = {c.name for k in GRAPH.asset_check_keys if (c := GRAPH.get_check_spec(k)).blocking}
    assert blocking == {"contract", "reconciliation", "offsets", "fact_offsets", "audit"}


def test_workspace_and_project_settings_load_the_same_definitions():
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    assert workspace == {"load_from": [{"python_module": {"module_name": "assets.definitions", "working_directory": "."}}]}
    done = subprocess.run(
        [sys.executable, "-m", "dagster", "definitions", "validate", "-w", "workspace.yaml"],
        capture_output=True, text=True, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr.replace("errors", "")
