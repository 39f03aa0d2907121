"""Restoration beside its peers: character error rate by variant, words on damaged files, and speed on one core."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import Repair, normalizers, repairers
from pipeline.blocks import uncollected
from pipeline.evaluation.alignment import character_error_rate, fold
from pipeline.evaluation.folders import Case, cases
from pipeline.evaluation.restoration import strip_ascii_digits
from pipeline.evaluation.words import score_words
from pipeline.restore.document import restore

_SPEED_BYTES = 2_000_000
Rows = list[dict[str, object]]


def tarmim(text: str) -> str:
    """Our side of the comparison."""
    return restore(text).text


def accuracy(shared: Path) -> Rows:
    """A row per variant and tool: the character error rate over all its texts (the raw text is a tool too)."""
    tools: dict[str, Repair] = {"raw": str, **repairers(), "tarmim": tarmim}
    found = [c for folder in ("seed", "pairs") for c in cases(shared / folder) if c.variant != "clean"]
    rows: Rows = []
    for variant in dict.fromkeys(c.variant for c in found):
        mine = [c for c in found if c.variant == variant]
        rows.append({"variant": variant, **{name: _rate(mine, tool) for name, tool in tools.items()}})
    return rows


def words(shared: Path) -> Rows:
    """A row per damaged file with gold: word precision and recall of each tool."""
    tools: dict[str, Repair] = {"raw": str, **repairers(), "tarmim": tarmim}
    rows: Rows = []
    for case in cases(shared / "damage"):
        row: dict[str, object] = {"file": case.name}
        for name, tool in tools.items():
            tally = score_words(tool(case.raw), case.clean)
            row[name] = f"{tally.precision or 0:.3f} / {tally.recall or 0:.3f}"
        rows.append(row)
    return rows


def speed(shared: Path) -> Rows:
    """MB/s of UTF-8 on one core, clean text and damaged text, best of three, without garbage collection as in the stage; ratios are to Tarmim."""
    clean = _clean_texts(shared)
    damaged = [c.raw for folder in ("seed", "pairs") for c in cases(shared / folder) if c.variant in ("raw", "private", "digits")]
    rows: Rows = []
    for label, texts in (("clean", clean), ("damaged", damaged)):
        mine = _throughput(tarmim, texts)
        rows.append({"text": label, "tool": "tarmim", "MB/s": round(mine, 2), "ratio": 1.0})
        for name, tool in {**repairers(), **normalizers()}.items():
            theirs = _throughput(tool, texts[: max(len(texts) // 10, 5)], rounds=1)
            rows.append({"text": label, "tool": name, "MB/s": round(theirs, 2), "ratio": round(theirs / mine, 2)})
    return rows


def _rate(found: Iterable[Case], tool: Repair) -> float:
    errors = characters = 0.0
    for case in found:
        clean = strip_ascii_digits(case.clean) if case.variant.startswith("stripped") else case.clean
        size = len(fold(clean))
        errors += character_error_rate(tool(case.raw), clean) * size
        characters += size
    return round(errors / max(characters, 1), 4)


def _clean_texts(shared: Path) -> list[str]:
    import pyarrow.parquet as pq

    texts, size = [], 0
    for text in pq.read_table(shared / "corpus" / "ant.parquet", columns=["text"]).column("text").to_pylist():
        texts.append(text)
        size += len(text.encode())
        if size > _SPEED_BYTES:
            break
    return texts


def _throughput(tool: Repair, texts: list[str], rounds: int = 3) -> float:
    tool(texts[0])
    size = sum(len(t.encode()) for t in texts) / 1e6
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        with uncollected():
            for text in texts:
                tool(text)
        best = min(best, time.process_time() - begun)
    return size / best
