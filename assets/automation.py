"""When what runs: the sensor takes new files in, the schedule catches up, publication follows finished batches."""

from datetime import UTC, datetime

import dagster as dg

from assets.batches import is_claimed, pending_batches
from assets.instance import mark_dead_runs
from assets.specs import BATCHES
from assets.stage_assets import current_home
from pipeline.ingest.intake import intake
from pipeline.storage.home import Home

BATCH_JOB = "whole_batch"
_TOLD = 20
# A batch or profile has changed since the last publication, and nothing upstream is still running. A failed batch must not
# hold the others back: it keeps its last good generation, so its checks play no part here.
PUBLISH_WHEN = (
    dg.AutomationCondition.any_deps_updated().since_last_handled()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
).with_label("batches changed and none is running")


def request_pending(home: Home, instance: dg.DagsterInstance, retry: str = "") -> list[dg.RunRequest]:
    """One run for each pending batch that neither an unfinished run nor a `tarmim run` works on.

    Dagster runs a request of one key once: a batch is asked for once in each state that it waits for, and again with another `retry`.
    """
    waiting = pending_batches(home)
    new = [b for b in waiting if not instance.has_dynamic_partition(BATCHES.name or "", b)]
    if new:
        instance.add_dynamic_partitions(BATCHES.name or "", new)
    unfinished = instance.get_runs(dg.RunsFilter(statuses=[s for s in dg.DagsterRunStatus if s not in _FINISHED]))
    busy = {run.tags.get("dagster/partition") for run in unfinished}
    return [
        dg.RunRequest(run_key=f"{batch}:{state}{retry}", partition_key=batch, job_name=BATCH_JOB)
        for batch, state in waiting.items()
        if batch not in busy and not is_claimed(home, batch)
    ]


_FINISHED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


def new_files_sensor() -> dg.SensorDefinition:
    """The sensor over the landing folder."""

    @dg.sensor(
        name="new_files",
        job_name=BATCH_JOB,
        minimum_interval_seconds=15,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Takes new files of the landing folder into batches and launches a run for each; decisions and later metadata start one too.",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        home = current_home()
        mark_dead_runs(home, context.instance)
        taken = intake(home, settle_seconds=2)
        requests = request_pending(home, context.instance)
        if not requests:
            told = [
                f"{taken.known_files} known files",
                *(f"{uri} waits" for uri in taken.waiting),
                *(f"{uri} {why}" for uri, why in taken.unreadable),
            ]
            return dg.SkipReason(f"no new batch: {', '.join(told[:_TOLD])}")
        return dg.SensorResult(run_requests=requests)

    return new_files


def catch_up_schedule() -> dg.ScheduleDefinition:
    """The daily schedule: batches that were missed or failed are tried again."""

    @dg.schedule(
        name="catch_up",
        job_name=BATCH_JOB,
        cron_schedule="30 2 * * *",
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Once a night, runs every batch that is still without a complete generation.",
    )
    def catch_up(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest] | dg.SkipReason:
        home = current_home()
        mark_dead_runs(home, context.instance)
        intake(home, settle_seconds=2)
        when = context.scheduled_execution_time or datetime.now(UTC)
        return request_pending(home, context.instance, retry=f":{when:%Y-%m-%d}") or dg.SkipReason("no batch was missed")

    return catch_up
