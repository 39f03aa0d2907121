"""Checks at the assets: each that blocks, with a case that passes and one that fails; quality warns and never blocks."""

import json
from collections.abc import Callable

import pyarrow as pa
import pytest
from typer.testing import CliRunner

import assets.stage_assets
from assets.cli import app
from assets.instance import prepare_home
from pipeline import stages
from pipeline.ingest.intake import intake
from pipeline.storage import sql
from tests.assets.conftest import ask, checks_of, materialize

DAMAGED = "maarat-stripped.txt"
Spoil = Callable[[dict[str, pa.Table]], dict[str, pa.Table]]


@pytest.fixture
def taken(home, examples):
    """A home with one batch, taken in."""
    (home / "landing" / "gao-attack.txt").write_bytes((examples / "gao-attack.txt").read_bytes())
    intake(prepare_home(home))
    return home


def replaced(table: pa.Table, column: str, value: Callable[[object], object]) -> pa.Table:
    values = pa.array([value(v) for v in table[column].to_pylist()], table.schema.field(column).type)
    return table.set_column(table.schema.get_field_index(column), table.schema.field(column), values)


def a_changed_character(tables):
    return {**tables, "restored_documents": replaced(tables["restored_documents"], "text", lambda t: "ش" + t[1:])}


def a_moved_fact(tables):
    return {**tables, "mentions": replaced(tables["mentions"], "text", lambda t: t + "ا")}


def the_same_row_twice(tables):
    return {**tables, "sentences": pa.concat_tables([tables["sentences"]] * 2)}


@pytest.mark.parametrize(
    ("stage", "spoil", "asset", "check"),
    [
        ("restore", a_changed_character, "restored_documents", "offsets"),
        ("restore", the_same_row_twice, "sentences", "contract"),
        ("extract", a_moved_fact, "mentions", "fact_offsets"),
    ],
)
def test_a_stage_check_passes_and_fails_and_stops_what_follows(taken, monkeypatch, stage, spoil: Spoil, asset, check):
    assert materialize(taken, "ingest_batch", "b000001").success
    real = stages.run_in_blocks
    makes = next(s for s in stages.STAGES if s.name == stage)

    def spoiled(compute, *others):
        made = real(compute, *others)
        return spoil(made) if compute is makes.compute else made

    monkeypatch.setattr(stages, "run_in_blocks", spoiled)
    failed = materialize(taken, "process_batch", "b000001")
    assert not failed.success
    assert checks_of(failed, check)[asset] is False
    made = {e.asset_key.to_user_string() for e in failed.get_asset_materialization_events()}
    assert "quality_flags" not in made
    assert asset not in made

    monkeypatch.setattr(stages, "run_in_blocks", real)
    good = materialize(taken, "process_batch", "b000001")
    assert good.success
    assert checks_of(good, check)[asset] is True


def test_reconciliation_and_the_contract_of_ingestion(taken, monkeypatch):
    real = assets.stage_assets.read_batch

    def loses_a_document(home, batch):
        read = real(home, batch)
        read.tables["documents"] = read.tables["documents"].slice(1)
        return read

    monkeypatch.setattr(assets.stage_assets, "read_batch", loses_a_document)
    failed = materialize(taken, "ingest_batch", "b000001")
    assert not failed.success
    assert checks_of(failed, "reconciliation") == {"documents": False}
    assert all(checks_of(failed, "contract").values())
    assert not failed.get_asset_materialization_events()

    monkeypatch.setattr(assets.stage_assets, "read_batch", real)
    good = materialize(taken, "ingest_batch", "b000001")
    assert good.success
    assert checks_of(good, "reconciliation") == {"documents": True}


def test_the_audit_keeps_the_warehouse_published_before(taken, monkeypatch):
    assert materialize(taken, "whole_batch", "b000001").success
    good = materialize(taken, "publish")
    assert checks_of(good, "audit") == {"warehouse": True}
    before = (taken / "warehouse.duckdb").resolve()

    fault = sql.Query("no_documents", sql.SQL / "checks" / "no_documents.sql", "no documents", {}, "SELECT doc_id FROM documents", frozenset())
    monkeypatch.setattr(sql, "checks", lambda *_: [fault])
    failed = materialize(taken, "publish")
    assert not failed.success
    assert checks_of(failed, "audit") == {"warehouse": False}
    assert (taken / "warehouse.duckdb").resolve() == before
    assert ask(taken, "SELECT count(*) FROM documents") == [(1,)]


def stripped_corpus(examples):
    """An article whose figures are nearly all gone, as long as a batch must be to be judged."""
    body = (examples / DAMAGED).read_text(encoding="utf-8")
    return "\n\n".join(body.replace("معرة النعمان", town) for town in ("سراقب", "خان شيخون", "جسر الشغور", "أريحا", "سرمين", "بنش", "الدانا"))


def test_quality_in_error_is_told_by_the_exit_status_and_the_batch_is_published_all_the_same(home, examples):
    source = home / "landing" / "stripped.txt"
    source.write_text(stripped_corpus(examples), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", "--home", str(home), "--json"])
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert "quality_flags: stripped_numbers (batch b000001)" in told["failed_checks"]
    assert "quality_flags: undecodable_text (batch b000001)" not in told["failed_checks"]
    assert (told["failed"], told["documents"]) == ([], 1)
