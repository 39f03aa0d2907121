"""Which reader reads which file, and which files are not looked at at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.ingest.found import BEGINNING, Format, Found, Refusal, Start
from pipeline.ingest.metadata import COMPRESSED, SIDECAR
from pipeline.ingest.readers import delimited, html, jsonl, parquet, pdf, plain
from pipeline.ingest.settings import Settings

_OCR = "run OCR over it and give the text"
REMEDIES = {
    ".json": "write one object a line and name it .jsonl", ".doc": "save it as .txt or .pdf", ".docx": "save it as .txt or .pdf",
    ".rtf": "save it as .txt", ".odt": "save it as .txt or .pdf", ".epub": "save it as .html or .txt",
    ".xlsx": "save the sheet as .csv", ".xls": "save the sheet as .csv",
    ".zip": "unpack it", ".tar": "unpack it", ".gz": "unpack it", ".rar": "unpack it", ".7z": "unpack it",
    ".png": _OCR, ".jpg": _OCR, ".jpeg": _OCR, ".tif": _OCR, ".tiff": _OCR,
}  # fmt: skip


def _unsupported(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:  # noqa: ARG001
    if not start.record_no:
        yield Refusal("unsupported", "", None, path.stat().st_size)


UNSUPPORTED = Format("unsupported", "application/octet-stream", True, (), _unsupported)
_JSONL = tuple(ending + packed for packed in ("", *COMPRESSED) for ending in (".jsonl", ".ndjson"))
FORMATS = (
    Format("text", "text/plain", True, (".txt", ".text"), plain.read),
    Format("html", "text/html", True, (".html", ".htm", ".xhtml"), html.read),
    Format("pdf", "application/pdf", True, (".pdf",), pdf.read),
    Format("jsonl", "application/x-ndjson", False, _JSONL, jsonl.read),
    Format("csv", "text/csv", False, (".csv", ".tsv", ".tab"), delimited.read),
    Format("parquet", "application/vnd.apache.parquet", False, (".parquet", ".pq"), parquet.read),
)
BY_NAME = {f.name: f for f in (*FORMATS, UNSUPPORTED)}
UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".swx", "~")


def format_of(name: str) -> Format:
    """The format by the file name's ending; UNSUPPORTED for any other."""
    lowered = name.lower()
    return next((f for f in FORMATS if lowered.endswith(f.endings)), UNSUPPORTED)


def remedy(name: str) -> str:
    """What to do with a file of a format that is not read."""
    known = ", ".join(ending for f in FORMATS for ending in f.endings[:1])
    advice = REMEDIES.get(Path(name).suffix.lower(), "convert it")
    return f"files named {Path(name).suffix or 'without ending'} are not read; {advice} (read are {known} and more)"


def is_orphan(sidecar: Path) -> bool:
    """Whether a sidecar stands there without any document it could describe."""
    if not sidecar.name.endswith(SIDECAR):
        return False
    name = sidecar.name.removesuffix(SIDECAR)
    endings = ("", *(ending for f in FORMATS for ending in f.endings), *REMEDIES)
    return not any(sidecar.with_name(name + ending).exists() for ending in endings)


def is_unfinished(path: Path) -> bool:
    """Hidden, temporary and partial names: still being written, or none of ours."""
    return path.name.startswith((".", "~$")) or path.name.lower().endswith(UNFINISHED)
