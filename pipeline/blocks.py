"""Spreads a stage over bounded blocks of documents and, when they are worth it, over processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

Tables = Mapping[str, pa.Table]
Stage = Callable[..., dict[str, pa.Table]]

BLOCK_BYTES = 1 << 20
_WORTH_A_PROCESS = 4 << 20


def run_in_blocks(stage: Stage, inputs: Tables, sized_by: str, processes: int | None = None) -> dict[str, pa.Table]:
    """Call `stage(**inputs)` on blocks of documents and put the results together in document order.

    Of the inputs, tables with a doc_id column are cut into blocks, others are passed whole; the table named `sized_by` has a row per
    document and a `text` column and decides the blocks (about BLOCK_BYTES of text each). Small inputs run in this process.
    """
    sizes = pc.binary_length(inputs[sized_by].column("text"))
    total = pc.sum(sizes).as_py() or 0
    blocks = list(_blocks(inputs, sized_by, sizes.to_pylist()))
    workers = min(processes or os.cpu_count() or 1, len(blocks))
    if total < _WORTH_A_PROCESS or workers < 2:
        results = [_call((stage, block)) for block in blocks]
    else:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _leave_interrupts) as pool:
            results = list(pool.map(_call, [(stage, block) for block in blocks]))
    return {name: pa.concat_tables([r[name] for r in results]) for name in results[0]}


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that asked for the work decides what becomes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(task: tuple[Stage, dict[str, pa.Table]]) -> dict[str, pa.Table]:
    stage, block = task
    with uncollected():
        return stage(**block)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection: a block's records hold no cycles and die with it, and looking for some costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _blocks(inputs: Tables, sized_by: str, sizes: list[int | None]) -> Iterator[dict[str, pa.Table]]:
    start, size = 0, 0
    for i, own in enumerate(sizes):
        size += own or 0
        if size >= BLOCK_BYTES or i == len(sizes) - 1:
            yield _slice(inputs, sized_by, start, i + 1)
            start, size = i + 1, 0
    if not sizes:
        yield dict(inputs)


def _slice(inputs: Tables, sized_by: str, start: int, end: int) -> dict[str, pa.Table]:
    block = inputs[sized_by].slice(start, end - start)
    if start == 0 and end == inputs[sized_by].num_rows:
        return dict(inputs)
    ids = block.column("doc_id").combine_chunks()
    return {name: block if name == sized_by else _of_documents(table, ids) for name, table in inputs.items()}


def _of_documents(table: pa.Table, ids: pa.Array) -> pa.Table:
    if "doc_id" not in table.column_names:
        return table
    return table.filter(pc.is_in(table.column("doc_id"), value_set=ids))
