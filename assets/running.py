"""`tarmim run`: takes sources in and drives the same Dagster jobs in this process, beside a daemon or without one."""

import logging
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterExecutionInterruptedError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assets import progress
from assets.batches import claim_pending, release
from assets.definitions import INGEST_JOB, PROCESS_JOB, PUBLISH_JOB, defs
from assets.instance import hold_run, instance_of, mark_dead_runs, prepare_home, quick_event_log, release_run
from assets.specs import BATCHES
from pipeline.errors import UserError
from pipeline.ingest.batches import list_batches
from pipeline.ingest.intake import intake
from pipeline.lexicon.dictionaries import dictionaries
from pipeline.stages import STAGES
from pipeline.storage.corrections import read_corrections
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect, is_current
from pipeline.version import CODE_VERSION

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_WAIT_SECONDS = 1.0


@dataclass(slots=True)
class Summary:
    """What a run did, and what the warehouse holds after it."""

    home: str
    new_files: int
    known_files: int
    batches: list[str]
    waiting: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    failed_checks: list[str] = field(default_factory=list)
    published: bool = False
    documents: int = 0
    sources: int = 0
    rejected: list[tuple[str, str, str]] = field(default_factory=list)
    restorations: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def run_line(root: Path, sources: Sequence[Path] | None, *, quiet: bool = False) -> Summary:
    """Take in `sources` (default: the landing folder), process every pending batch and publish.

    Runs whose process died are marked as failed first; a batch that another process works on is left to it. Raises
    UserError when a source does not exist, KeyboardInterrupt when it was interrupted: what is done is kept, and the next run goes on from there.
    """
    begun = time.monotonic()
    for source in sources or ():
        if not source.exists():
            raise UserError(f"{source}: no such file or folder")
    os.environ["TARMIM_HOME"] = str(root)
    logging.getLogger("dagster").setLevel(logging.ERROR)
    home = prepare_home(root)
    with quick_event_log(), instance_of(home) as instance:
        mark_dead_runs(home, instance)
        taken = intake(home, sources)
        batches = _mine(home, instance)
        summary = Summary(str(home.root), taken.new_files, taken.known_files, batches, taken.waiting, taken.unreadable)
        try:
            with _bars(len(batches) * (len(STAGES) + 1) + 1, quiet=quiet):
                _process(home, instance, batches, summary)
                _publish(home, instance, summary)
        finally:
            for batch in batches:
                release(home, batch)
    _describe(home, summary)
    summary.seconds = time.monotonic() - begun
    return summary


def _mine(home: Home, instance: dg.DagsterInstance) -> list[str]:
    """The pending batches, now claimed by this process. Where others work on all of them they are waited for."""
    mine, others = claim_pending(home)
    while others and not mine:
        time.sleep(_WAIT_SECONDS)
        mark_dead_runs(home, instance)
        mine, others = claim_pending(home)
    return mine


def _process(home: Home, instance: dg.DagsterInstance, batches: Sequence[str], summary: Summary) -> None:
    """All batches are read before any is restored, so that what a corpus knows does not depend on how it was cut into batches."""
    if batches:
        instance.add_dynamic_partitions(BATCHES.name or "", list(batches))
    read = [b for b in batches if _execute(home, instance, INGEST_JOB, summary, b)]
    for batch in read:
        _execute(home, instance, PROCESS_JOB, summary, batch)


def _publish(home: Home, instance: dg.DagsterInstance, summary: Summary) -> None:
    """Also without new batches: a run that was killed, or an audit that failed, may have left the newest state unpublished."""
    before = home.warehouse.resolve()
    if not _is_published(home):
        _execute(home, instance, PUBLISH_JOB, summary, None)
    summary.published = home.warehouse.resolve() != before
    progress.finished("publish", "")


def _is_published(home: Home) -> bool:
    """Whether warehouse and report show all that there is."""
    told = {**dictionaries(), "corrections": read_corrections(home)}
    shown = (home.root / "report").resolve().name.removeprefix("report-")
    return is_current(home, told, CODE_VERSION, list_batches(home)) and home.warehouse.resolve().stem == f"warehouse-{shown}"


def _execute(home: Home, instance: dg.DagsterInstance, job: str, summary: Summary, batch: str | None) -> bool:
    run_id = str(uuid.uuid4())
    hold_run(home, run_id)
    try:
        result = defs.resolve_job_def(job).execute_in_process(
            instance=instance, partition_key=batch, run_id=run_id, raise_on_error=False, run_config=_QUIET
        )
    finally:
        release_run(home, run_id)
    for check in result.get_asset_check_evaluations():
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
            summary.failed_checks.append(f"{check.asset_key.to_user_string()}: {check.check_name}" + (f" (batch {batch})" if batch else ""))
    failures = [e for e in result.all_events if e.is_step_failure]
    if any(e.step_failure_data.error and e.step_failure_data.error.cls_name == DagsterExecutionInterruptedError.__name__ for e in failures):
        raise KeyboardInterrupt  # the step is over; batches that follow and publication must not start
    if not result.success:
        summary.failed += [f"{job}{f' of batch {batch}' if batch else ''}: {_cause(e)}" for e in failures] or [job]
    return bool(result.success)


def _cause(event: dg.DagsterEvent) -> str:
    data = event.step_failure_data
    failure = data.user_failure_data
    if failure is not None and failure.description:
        return failure.description
    error = data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else event.message or "failed"


def _describe(home: Home, summary: Summary) -> None:
    if not home.warehouse.exists():
        return
    with connect(home) as connection:

        def counts(sql: str) -> dict[str, int]:
            return dict(connection.execute(sql).fetchall())

        summary.documents = connection.execute("SELECT count(*) FROM documents").fetchall()[0][0]
        summary.sources = connection.execute("SELECT count(*) FROM document_sources WHERE is_current").fetchall()[0][0]
        summary.rejected = connection.execute("SELECT source_uri, reason, detail FROM rejected_files ORDER BY 1").fetchall()
        summary.restorations = counts("SELECT kind, count(*) FROM restorations GROUP BY 1 ORDER BY 2 DESC, 1")
        summary.flags = counts("SELECT kind, count(*) FROM quality_flags GROUP BY 1 ORDER BY 2 DESC, 1")
        summary.events = counts("SELECT kind, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC, 1")


@contextmanager
def _bars(total: int, *, quiet: bool) -> Iterator[None]:
    """A progress bar over stages, on standard error."""
    columns = (TextColumn("[bold]{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bars:
        task = bars.add_task("starting", total=total)

        def advance(stage: str, batch: str) -> None:
            bars.update(task, advance=1, description=f"{stage} {batch}".strip())

        progress.listen(advance)
        try:
            yield
        finally:
            progress.unlisten(advance)


def show_summary(summary: Summary) -> None:
    """Print what happened and what there is now."""
    console = Console(soft_wrap=True)
    if summary.new_files == 0 and not summary.batches:
        console.print(f"Nothing new: {summary.known_files} known files, no batch was waiting.")
    else:
        taken = f"{_counted(summary.new_files, 'new file')} ({summary.known_files} known before)"
        console.print(f"{taken}, {_counted(len(summary.batches), 'batch', 'batches')} processed")
    for uri in summary.waiting:
        console.print(f"  waiting {escape(uri)}: still being written, or it describes a file that is not there")
    for uri, reason in summary.unreadable:
        console.print(f"  [red]not taken in[/red] {escape(uri)}: {escape(reason)}")
    told = (_counted(summary.documents, "document"), _counted(summary.sources, "source"), _counted(len(summary.rejected), "input"))
    console.print("{} from {}, {} refused".format(*told))
    for uri, reason, detail in summary.rejected:
        console.print(f"  refused {escape(uri)} ({reason}): {escape(detail)}")
    table = Table("restorations", "", "quality flags", "", "events", "")
    columns = [list(x.items()) for x in (summary.restorations, summary.flags, summary.events)]
    for i in range(max((len(c) for c in columns), default=0)):
        table.add_row(*(str(part) for c in columns for part in (c[i] if i < len(c) else ("", ""))))
    console.print(table)
    for check in summary.failed_checks:
        console.print(f"[yellow]check failed[/yellow] {escape(check)}")
    for failure in summary.failed:
        console.print(f"[red]failed[/red] {escape(failure)}")
    console.print(f"Warehouse: {summary.home}/warehouse.duckdb ({'published now' if summary.published else 'unchanged'}, {summary.seconds:.1f} s)")


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
