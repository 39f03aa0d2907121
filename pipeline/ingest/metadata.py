"""Title, publisher, date, language and address of a text: from a record, a sidecar, a manifest or the document's own head.

Metadata never costs a text: what cannot be used is reported beside the text and the rest is kept.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from pipeline.ingest.encodings import BinaryBytes, Undecodable, decode, storable
from pipeline.ingest.found import NOTHING_KNOWN, Metadata, Refusal

FIELDS = ("title", "publisher", "published_at", "language", "url")
SIDECAR = ".meta.json"
MANIFEST = "manifest.csv"
COMPRESSED = (".gz", ".zst")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T\s])")
_REMEDY_DATE = "write it as YYYY-MM-DD"


@dataclass(frozen=True)
class Described:
    """What a folder's sidecars and manifest say of one file, and the sidecar's faults."""

    metadata: Metadata = NOTHING_KNOWN
    origin: str = "none"


@dataclass
class FolderMetadata:
    """The sidecars and manifest of one folder; `faults` pairs the file at fault with what is wrong."""

    manifest: dict[str, Metadata] = field(default_factory=dict)
    faults: list[tuple[Path, Refusal]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> FolderMetadata:
        """Read the manifest of `folder`, if it has one."""
        found = cls()
        path = folder / MANIFEST
        if path.is_file():
            found._read_manifest(path)
        return found

    def describe(self, path: Path) -> Described:
        """What is known of the file at `path`; a sidecar's fields go before the manifest's."""
        listed = self.manifest.get(path.name) or self.manifest.get(path.stem)
        sidecar = sidecar_of(path)
        own = self._read_sidecar(sidecar) if sidecar else None
        if own is not None:
            return Described(own.or_else(listed or NOTHING_KNOWN), "sidecar")
        return Described(listed, "manifest") if listed else Described()

    def _read_sidecar(self, path: Path) -> Metadata | None:
        try:
            content = path.read_bytes()
        except OSError as error:
            self.faults.append((path, _fault(f"the sidecar cannot be read: {error.strerror}", b"")))
            return None
        try:
            values = json.loads(decode(content).text)
        except (ValueError, RecursionError) as error:
            self.faults.append((path, _fault(f"the sidecar is not JSON ({error}); its text was taken in without it", content)))
            return None
        if not isinstance(values, dict):
            detail = f"the sidecar must be one JSON object with {', '.join(FIELDS)}; its text was taken in without it"
            self.faults.append((path, _fault(detail, content)))
            return None
        metadata, faults = parse(values)
        self.faults += [(path, _fault(fault, content)) for fault in faults[:1]]
        return metadata

    def _read_manifest(self, path: Path) -> None:
        try:
            content = path.read_bytes()
            rows = list(_manifest_rows(decode(content).text))
        except (OSError, BinaryBytes, Undecodable, csv.Error) as error:
            self.faults.append((path, _fault(f"the manifest cannot be read ({error}); its files were taken in without it", b"")))
            return
        faults = []
        for number, row in enumerate(rows, start=2):
            name = row.get("file") or row.get("path") or row.get("name")
            if not name:
                faults.append(f"row {number} names no file: give the column `file`")
                continue
            metadata, wrong = parse(row)
            faults += [f"row {number}: {fault}" for fault in wrong]
            self.manifest[name.strip().replace("\\", "/").removeprefix("./")] = metadata
        if faults:
            self.faults.append((path, _fault("; ".join(faults[:10]), content)))


def is_metadata_file(path: Path) -> bool:
    """Whether the file describes others and is no document."""
    return path.name.endswith(SIDECAR) or path.name == MANIFEST


def sidecar_of(path: Path) -> Path | None:
    """NAME.txt.meta.json or NAME.meta.json beside NAME.txt; the first counts."""
    bare = Path(path.stem).stem if path.suffix in COMPRESSED else path.stem
    candidates = (path.with_name(name + SIDECAR) for name in (path.name, path.stem, bare))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def parse(values: Mapping[str, Any]) -> tuple[Metadata, list[str]]:
    """The known fields of `values` and what could not be used, each with its remedy. Empty and missing fields are unknown."""
    faults: list[str] = []
    known: dict[str, Any] = {}
    for name in FIELDS:
        value = values.get(name)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            continue
        if name == "published_at":
            known[name] = _day(value)
            if known[name] is None:
                faults.append(f"published_at {_short(value)} is no date; {_REMEDY_DATE}")
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            known[name] = storable(str(value).strip())
        else:
            faults.append(f"{name} must be a string, not {_short(value)}")
    return Metadata(**known), faults


def _day(value: object) -> date | None:
    """A calendar day from a date, a datetime, ISO 8601 or RFC 2822; anything else would be a guess."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if match := _DATE.match(text):
            return date(*(int(part) for part in match.groups()))
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _manifest_rows(text: str) -> Iterator[dict[str, str]]:
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip().lower() for cell in next(rows, [])]
    for row in rows:
        if any(cell.strip() for cell in row):
            yield dict(zip(header, row, strict=False))


def _fault(detail: str, content: bytes) -> Refusal:
    return Refusal("malformed_metadata", detail, content, len(content), part="metadata")


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
