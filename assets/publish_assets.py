"""Publication: marts, dictionaries and the warehouse in one step, read from one snapshot of all batches."""

from collections.abc import Iterator

import dagster as dg

from assets.automation import PUBLISH_WHEN
from assets.instance import hold_run
from assets.specs import OWNERS, column_schema, preview, table_spec
from assets.stage_assets import current_home
from pipeline.ingest.batches import list_batches
from pipeline.lexicon.dictionaries import DICTIONARIES, dictionaries
from pipeline.schema import TABLES
from pipeline.storage import sql
from pipeline.storage.corrections import read_corrections
from pipeline.storage.generations import snapshot
from pipeline.storage.warehouse import INTERNAL, AuditFailed, connect, publish
from pipeline.version import CODE_VERSION

_DICTIONARIES = frozenset(DICTIONARIES)
_STORED = sorted(TABLES.keys() - _DICTIONARIES - INTERNAL - {"corrections"})
_MARTS = sql.marts()


def _mart_spec(mart: sql.Query) -> dg.AssetSpec:
    known = {m.name for m in _MARTS} | TABLES.keys()
    return dg.AssetSpec(
        mart.name,
        deps=sorted(mart.depends & known - {mart.name}),
        description=mart.description,
        group_name="aggregate",
        kinds={"sql", "duckdb", "parquet"},
        owners=OWNERS,
        skippable=True,
        automation_condition=PUBLISH_WHEN,
        metadata={"dagster/column_schema": column_schema({name: ("", told, True) for name, told in mart.columns.items()})},
    )


@dg.multi_asset(
    name="publication",
    specs=[
        *(_mart_spec(mart) for mart in _MARTS),
        *(table_spec(name, [], partitioned=False).replace_attributes(automation_condition=PUBLISH_WHEN) for name in DICTIONARIES),
        dg.AssetSpec(
            "warehouse",
            deps=[*_STORED, *(m.name for m in _MARTS), *DICTIONARIES],
            description="The published DuckDB file: every table and mart, audited, swapped in whole; open it read-only.",
            group_name="publish",
            kinds={"duckdb"},
            owners=OWNERS,
            skippable=True,
            automation_condition=PUBLISH_WHEN,
        ),
    ],
    check_specs=[
        dg.AssetCheckSpec("audit", asset="warehouse", blocking=True, description="No check of sql/checks finds a row at fault."),
        dg.AssetCheckSpec("completeness", asset="warehouse", description="Every batch is in, in its newest state."),
    ],
    code_version=CODE_VERSION,
)
def publication(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Build, audit and swap in the warehouse; a failed audit leaves the old one in place and says why."""
    home = current_home()
    hold_run(home, context.run.run_id)
    try:
        published = publish(
            home,
            {**dictionaries(), "corrections": read_corrections(home)},
            CODE_VERSION,
            context.run.run_id,
            snapshot(home, list_batches(home)),
        )
    except AuditFailed as error:
        yield dg.AssetCheckResult(passed=False, asset_key="warehouse", check_name="audit", metadata={"failures": str(error)})
        raise dg.Failure(description=f"the warehouse published before stays: {error}", allow_retries=False) from error
    yield dg.AssetCheckResult(passed=True, asset_key="warehouse", check_name="audit", metadata={"checks": len(sql.checks())})
    left_out = "\n".join(f"- batch {o.batch}: {o.reason}" for o in published.left_out)
    yield dg.AssetCheckResult(
        passed=not published.left_out,
        asset_key="warehouse",
        check_name="completeness",
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"left_out": dg.MetadataValue.md(left_out or "none")},
    )
    with connect(home) as connection:
        # Marts read dictionaries and each other; Dagster wants what is read yielded before what reads it.
        for name in (*DICTIONARIES, *(m.name for m in _MARTS)):
            rows = connection.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
            head = connection.sql(f'SELECT * FROM "{name}" LIMIT 5').to_arrow_table()
            yield dg.MaterializeResult(asset_key=name, metadata={"dagster/row_count": rows, "preview": dg.MetadataValue.md(preview(head))})
    yield dg.MaterializeResult(
        asset_key="warehouse",
        metadata={
            "path": dg.MetadataValue.path(str(published.path)),
            "changed": published.changed,
            "rows": dg.MetadataValue.json(dict(published.rows)),
            "left_out": dg.MetadataValue.md(left_out or "none"),
        },
    )


@dg.multi_asset(
    name="pages",
    specs=[
        dg.AssetSpec(
            "report",
            deps=["warehouse"],
            description="Pages to look at: overview, each document raw beside restored, each event with its claims. Static files in <home>/report.",
            group_name="publish",
            kinds={"html"},
            owners=OWNERS,
            automation_condition=PUBLISH_WHEN,
        )
    ],
    code_version=CODE_VERSION,
)
def pages(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Build the report from the published warehouse and swap it in whole."""
    from pipeline.report.build import build_report  # its charts load pandas and Altair, which nothing else here needs

    home = current_home()
    hold_run(home, context.run.run_id)
    with connect(home) as connection:
        report = build_report(home, connection)
    yield dg.MaterializeResult(asset_key="report", metadata={"pages": report.pages, "path": dg.MetadataValue.path(str(report.path))})


PUBLISH_ASSETS = [publication, pages]
