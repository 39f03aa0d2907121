"""corrections.csv in the home: the analysts' decisions, appended, never rewritten; a person may edit it in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from pipeline.errors import UserError
from pipeline.schema import TABLES
from pipeline.storage.files import write_atomic
from pipeline.storage.home import Home

COLUMNS = tuple(c.name for c in TABLES["corrections"].columns)
_NUMBERS = ("record_no", "raw_start", "raw_end")


def read_corrections(home: Home) -> pa.Table:
    """All decisions, to the contract `corrections`.

    Raises UserError that names the line when the file does not hold what it should.
    """
    path = home.root / "corrections.csv"
    if not path.exists():
        return TABLES["corrections"].empty()
    text = path.read_text(encoding="utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise UserError(f"{path}: columns {sorted(missing)} are missing; the header must be {','.join(COLUMNS)}")
    return TABLES["corrections"].from_rows([_parsed(row, f"{path}, line {reader.line_num}") for row in reader])


def add_correction(home: Home, correction: Mapping[str, Any]) -> None:
    """Append one decision; the file is replaced whole, so that a crash leaves the old or the new one."""
    path = home.root / "corrections.csv"
    with home.lock("corrections"):
        rows = read_corrections(home).to_pylist()
        rows.append({**correction, "when": correction.get("when") or datetime.now(UTC)})
        sink = io.StringIO(newline="")
        writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: v.isoformat() if isinstance(v, datetime) else v for k, v in row.items()} for row in rows)
        write_atomic(path, sink.getvalue().encode("utf-8"))


def corrections_fingerprint(corrections: pa.Table, raw_sha256: Iterable[str]) -> str:
    """Hash of the decisions about these inputs; a batch whose fingerprint has changed wants to be restored again."""
    wanted = set(raw_sha256)
    mine = sorted(repr(sorted(row.items())) for row in corrections.to_pylist() if row["raw_sha256"] in wanted)
    return sha256("\n".join(mine).encode()).hexdigest()[:16] if mine else "none"


def _parsed(row: Mapping[str, str], where: str) -> dict[str, Any]:
    try:
        numbers = {name: int(row[name]) for name in _NUMBERS}
        when = datetime.fromisoformat(row["when"])
    except (TypeError, ValueError) as error:
        raise UserError(f"{where}: {error}; offsets are whole numbers and `when` is an ISO time") from error
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return {**{name: row[name] for name in COLUMNS}, **numbers, "when": when, "why": row["why"] or None}
