"""Everything Dagster loads: assets, checks, jobs, sensors and the schedule."""

import dagster as dg

from assets.automation import BATCH_JOB, catch_up_schedule, new_files_sensor
from assets.publish_assets import PUBLISH_ASSETS
from assets.stage_assets import INGESTED, STAGE_ASSETS
from pipeline.stages import STAGES

INGEST_JOB, PROCESS_JOB, PUBLISH_JOB = "ingest_batch", "process_batch", "publish"

_ingested = dg.AssetSelection.assets(*INGESTED)
_processed = dg.AssetSelection.assets("producer_profiles", *(name for stage in STAGES for name in stage.outputs))
_published = dg.AssetSelection.groups("aggregate", "publish")

defs = dg.Definitions(
    assets=[*STAGE_ASSETS, *PUBLISH_ASSETS],
    jobs=[
        dg.define_asset_job(INGEST_JOB, _ingested, description="A batch's bytes into documents."),
        dg.define_asset_job(PROCESS_JOB, _processed, description="A batch's documents to flags and facts."),
        dg.define_asset_job(BATCH_JOB, _ingested | _processed, description="A batch from its bytes to its flags and facts."),
        dg.define_asset_job(PUBLISH_JOB, _published, description="Marts and warehouse from all batches' current generations."),
    ],
    schedules=[catch_up_schedule()],
    sensors=[
        new_files_sensor(),
        dg.AutomationConditionSensorDefinition(
            "publication",
            target=_published,
            default_status=dg.DefaultSensorStatus.RUNNING,
            minimum_interval_seconds=15,
            description="Publishes once the batches that changed are done.",
        ),
    ],
    executor=dg.in_process_executor,
)
