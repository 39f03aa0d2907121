"""The inputs in a file, as intake counts them and a batch reads them again: the one place where both agree on what a record is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.ingest.formats import BY_NAME, remedy
from pipeline.ingest.found import Found, Metadata, Refusal, Start
from pipeline.ingest.judge import judged
from pipeline.ingest.settings import Settings


def items(path: Path, name: str, format_name: str, settings: Settings, start: Start) -> Iterator[Found]:
    """Texts and refusals in the file at `path`, which was named `name` when it came in."""
    if path.stat().st_size == 0:
        if not start.record_no:
            yield Refusal("empty", "the file has no bytes; check how it was exported", b"", 0)
        return
    for found in _guarded(BY_NAME[format_name].read(path, settings, start)):
        if isinstance(found, Refusal) and found.reason == "unsupported":
            yield replace(found, detail=remedy(name))
        else:
            yield judged(found, settings)


def _guarded(found: Iterator[Found]) -> Iterator[Found]:
    """A fault in a reader or in the library under it costs the rest of its file, never another file."""
    last: int | None = None
    try:
        for one in found:
            last = one.record_no
            yield one
    except Exception as error:  # noqa: BLE001 - see above; the refusal carries the fault
        detail = f"the reader failed ({type(error).__name__}: {error}); the file is kept, please report it"
        yield Refusal("broken", detail, b"", 0, None if last is None else last + 1)


def is_part(found: Found) -> bool:
    """A refusal of metadata or of pages, whose text was taken in; it is not counted as an input."""
    return isinstance(found, Refusal) and found.part is not None


def source_uri(file_uri: str, found: Found) -> str:
    """The place of a text or refusal: the file, '#' and the record's number, '/' and the part."""
    uri = file_uri if found.record_no is None else f"{file_uri}#{found.record_no}"
    return f"{uri}/{found.part}" if isinstance(found, Refusal) and found.part else uri


def version(found: Found, described: Metadata, settings: Settings) -> str:
    """What makes a new version of a source: its content, its metadata, and for a refusal the settings that refused it."""
    if isinstance(found, Refusal):
        return _hash([found.reason, found.sha256, found.size_bytes, settings.fingerprint()])
    return _hash([found.doc_id, metadata_values(found.metadata), metadata_values(described)])


def combined(found: Metadata, described: Metadata, is_record: bool) -> Metadata:
    """A record's own fields go before the sidecar of its file; a sidecar goes before the head of a page."""
    return found.or_else(described) if is_record else described.or_else(found)


def metadata_values(metadata: Metadata) -> dict[str, str]:
    """The known fields as strings."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(metadata).items() if v is not None}


def metadata_from(values: Mapping[str, Any]) -> Metadata:
    """The inverse of `metadata_values`."""
    day = values.get("published_at")
    return Metadata(**{**values, "published_at": date.fromisoformat(day) if day else None})


def fingerprint(metadata: Metadata, origin: str) -> str:
    """Hash of what sidecar and manifest say of a file."""
    return _hash([metadata_values(metadata), origin])


def _hash(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]
