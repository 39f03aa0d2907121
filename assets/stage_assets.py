"""One multi-asset per stage: reads the batch's tables, computes, audits, and only then lets a new generation become current."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pyarrow as pa

from assets import progress
from assets.batches import claim, metadata_fingerprint
from assets.checks import QUALITY_CHECKS, asset_of, quality_results
from assets.instance import hold_run, prepare_home
from assets.specs import BATCHES, table_metadata, table_spec
from pipeline.ingest.batches import list_batches, read_batch, reconcile
from pipeline.restore.producers import profiles_of
from pipeline.schema import TABLES
from pipeline.stages import STAGES, Stage, contract_faults
from pipeline.storage.corrections import corrections_fingerprint, read_corrections
from pipeline.storage.generations import CORPUS, batch_state, current, record_failure, write_generation
from pipeline.storage.home import Home
from pipeline.version import CODE_VERSION

INGESTED = ("documents", "document_sources", "rejected_files")
_SHOWN_FAULTS = 20

Results = Iterator[dg.MaterializeResult | dg.AssetCheckResult]


def current_home() -> Home:
    """The home of this code location: $TARMIM_HOME, else ./tarmim-home."""
    return prepare_home(Path(os.environ.get("TARMIM_HOME") or "tarmim-home"))


@dg.multi_asset(
    name="ingest",
    specs=[table_spec(name, []) for name in INGESTED],
    check_specs=[
        *(dg.AssetCheckSpec("contract", asset=name, blocking=True, description="Columns, types, NULLs and unique ids.") for name in INGESTED),
        dg.AssetCheckSpec("reconciliation", asset="documents", blocking=True, description="Every input is a document or a rejection."),
    ],
    partitions_def=BATCHES,
    code_version=CODE_VERSION,
)
def ingest_stage(context: dg.AssetExecutionContext) -> Results:
    """Read a batch's frozen bytes into documents; what cannot be read is refused with a reason."""
    home, batch = _begun(context)
    with _recorded(home, batch, "ingest"):
        read = read_batch(home, batch)
    audits = {("documents", "reconciliation"): reconcile(read)}
    later = {"metadata": metadata_fingerprint(read.described_by)} if read.described_by else {}
    yield from _publish_generation(home, batch, "ingest", read.tables, later, audits)


def _stage_assets(stage: Stage, checks: Mapping[str, str]) -> dg.AssetsDefinition:
    """The multi-asset of one pure stage; `checks` are its quality checks, each with what it looks at."""
    specs = [dg.AssetCheckSpec("contract", asset=n, blocking=True, description="Columns, types, NULLs and unique ids.") for n in stage.outputs]
    if stage.audit:
        specs.append(
            dg.AssetCheckSpec(stage.audit[0], asset=stage.outputs[0], blocking=True, description="Offsets lead back; nothing changed silently.")
        )
    specs += [dg.AssetCheckSpec(check, asset=asset_of(check), description=told) for check, told in checks.items()]

    @dg.multi_asset(
        name=stage.name,
        specs=[table_spec(name, [n for n in stage.inputs if n != "corrections"]) for name in stage.outputs],
        check_specs=specs,
        partitions_def=BATCHES,
        code_version=CODE_VERSION,
    )
    def stage_asset(context: dg.AssetExecutionContext) -> Results:
        home, batch = _begun(context)
        inputs, derived_from = _inputs(home, batch, stage.inputs)
        with _recorded(home, batch, stage.name):
            tables = stage.run(inputs)
        audits = {(stage.outputs[0], stage.audit[0]): stage.audit[1]({**inputs, **tables})} if stage.audit else {}
        yield from _publish_generation(home, batch, stage.name, tables, derived_from, audits)
        for check in checks:
            yield quality_results(check, {**inputs, **tables})

    return stage_asset


def _begun(context: dg.AssetExecutionContext) -> tuple[Home, str]:
    """The home, and the batch, which is this process's from here on: another that works on it is waited for."""
    home, batch = current_home(), context.partition_key
    hold_run(home, context.run.run_id)
    if not claim(home, batch, timeout=0):
        context.log.info(f"another process works on batch {batch}; waiting for it")
        claim(home, batch)
    return home, batch


@contextmanager
def _recorded(home: Home, batch: str, stage: str) -> Iterator[None]:
    """A stage that breaks is listed with its reason in the next publication."""
    try:
        yield
    except Exception as error:
        record_failure(home, batch, stage, f"{type(error).__name__}: {error}")
        raise


def _inputs(home: Home, batch: str, names: Iterable[str]) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """The batch's current tables of these names, and what they come from (stage to generation id).

    Profiles belong to the corpus: a newer one changes a batch only when it is reprocessed, so it is no ancestor. Corrections are
    one by their fingerprint: a batch with new ones is pending again.
    """
    tables, derived_from = {}, {}
    for name in names:
        if name == "producer_profiles":
            profile = current(home, CORPUS, "profile")
            tables[name] = profile.read(home, name) if profile else TABLES[name].empty()
        elif name == "corrections":
            tables[name] = read_corrections(home)
            derived_from[name] = corrections_fingerprint(tables[name], tables["documents"].column("raw_sha256").to_pylist())
        else:
            generation = next((g for g in batch_state(home, batch).current.values() if name in g.tables), None)
            if generation is None:
                raise dg.Failure(description=f"batch {batch} has no {name} yet; materialise the stage that makes it first", allow_retries=False)
            tables[name] = generation.read(home, name)
            derived_from[generation.stage] = generation.id
    return tables, derived_from


def _publish_generation(
    home: Home,
    batch: str,
    stage: str,
    tables: Mapping[str, pa.Table],
    derived_from: Mapping[str, str],
    audits: Mapping[tuple[str, str], list[str]],
) -> Results:
    """Emit the blocking checks; write the generation if all passed, else keep the last good one and fail the run."""
    faults = {(name, "contract"): found for name, found in contract_faults(tables).items()} | dict(audits)
    for (asset, check), found in faults.items():
        shown = "\n".join(f"- {f}" for f in found[:_SHOWN_FAULTS])
        yield dg.AssetCheckResult(
            passed=not found, asset_key=asset, check_name=check, metadata={"faults": len(found), "examples": dg.MetadataValue.md(shown)}
        )
    broken = [f"{asset}: {check}: {found[0]}" for (asset, check), found in faults.items() if found]
    if broken:
        reason = "; ".join(broken)
        record_failure(home, batch, stage, reason)
        raise dg.Failure(description=f"batch {batch} keeps its last good generation of stage {stage}: {reason}", allow_retries=False)
    write_generation(home, batch, stage, tables, derived_from, CODE_VERSION)
    for name, table in tables.items():
        yield dg.MaterializeResult(asset_key=name, metadata=table_metadata(table))
    progress.finished(stage, batch)


@dg.multi_asset(
    name="profile",
    specs=[table_spec("producer_profiles", ["documents"], partitioned=False)],
    check_specs=[dg.AssetCheckSpec("contract", asset="producer_profiles", blocking=True, description="Columns, types, NULLs and unique ids.")],
    code_version=CODE_VERSION,
)
def profile_stage(context: dg.AssetExecutionContext) -> Results:
    """What all documents taken in so far tell of their producers; order plays no part."""
    home = current_home()
    hold_run(home, context.run.run_id)
    documents = [g.read(home, "documents") for batch in list_batches(home) if (g := current(home, batch, "ingest"))]
    table = profiles_of(pa.concat_tables(documents) if documents else TABLES["documents"].empty())
    faults = contract_faults({"producer_profiles": table})["producer_profiles"]
    yield dg.AssetCheckResult(passed=not faults, asset_key="producer_profiles", check_name="contract", metadata={"faults": len(faults)})
    if faults:
        raise dg.Failure(description=f"producer_profiles keeps its last good version: {faults[0]}")
    write_generation(home, CORPUS, "profile", {"producer_profiles": table}, {}, CODE_VERSION)
    yield dg.MaterializeResult(asset_key="producer_profiles", metadata=table_metadata(table))


STAGE_ASSETS = [ingest_stage, profile_stage, *(_stage_assets(stage, QUALITY_CHECKS if stage.name == "judge" else {}) for stage in STAGES)]
