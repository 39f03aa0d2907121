"""CSV and TSV: a text column whose other known columns are metadata.

A stray quotation mark makes a CSV parser swallow every record up to the next one. So a record of several lines counts only if it is
faultless and has no more cells than the header; else its first line is refused alone and reading goes on with the second.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.ingest.encodings import MARKS, SAMPLE, BinaryBytes, Undecodable, decode
from pipeline.ingest.found import BEGINNING, Found, Refusal, Start
from pipeline.ingest.readers.records import missing, text_record, too_large
from pipeline.ingest.settings import Settings

DELIMITERS = ",;\t|"


class _Row(NamedTuple):
    """A record's cells, or what is wrong with the line, and its source."""

    cells: list[str]
    source: str
    fault: str | None = None


def read(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:
    """One text or refusal a record after the header; blank lines are none."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if not head.strip():
        yield Refusal("empty", "the file has no bytes; check how it was exported", head, len(head))
        return
    try:
        encoding = _encoding(head)
    except (BinaryBytes, Undecodable) as error:
        yield Refusal("binary" if isinstance(error, BinaryBytes) else "undecodable", str(error), None, path.stat().st_size)
        return
    with path.open("r", encoding=encoding.codec, errors="replace", newline="") as text:
        yield from _records(text, settings, start, encoding.name)


def _records(file: io.TextIOBase, settings: Settings, start: Start, encoding: str) -> Iterator[Found]:
    _allow_long_cells(settings.max_document_bytes)
    lines = _Lines(file, settings.max_document_bytes)
    first = lines.next() or ""
    delimiter = _delimiter(first, settings.text_column)
    header = [name.strip().strip("\ufeff").lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    wanted = settings.text_column.lower()
    if wanted not in header:
        yield missing(dict.fromkeys(header), None, first.encode("utf-8", "replace"), settings)
        return
    header[header.index(wanted)] = settings.text_column
    for number, row in enumerate(_rows(lines, delimiter, len(header))):
        if number < start.record_no:
            continue
        source = row.source.encode("utf-8", "replace")
        if lines.too_long(row.source):
            yield too_large(len(source), number, settings)
        elif row.fault:
            yield Refusal("malformed_record", row.fault, source, len(source), number)
        else:
            yield from text_record(dict(zip(header, row.cells, strict=False)), number, source, settings, encoding)


def _rows(lines: _Lines, delimiter: str, width: int) -> Iterator[_Row]:
    """The records of the file; each is parsed for itself, from as many lines as the parser asks for."""
    while True:
        taken = _Taken(lines)
        cells, fault = _parsed(taken, delimiter)
        if not taken.lines:
            return
        if fault is None and len(cells) > width:
            fault = f"the record has {len(cells)} cells, the header {width}; quote cells that hold the delimiter"
        if fault and len(taken.lines) > 1:
            lines.give_back(taken.lines[1:])
            yield _Row([], taken.lines[0], fault)
        elif cells or fault:
            yield _Row(cells, "".join(taken.lines), fault)


def _parsed(taken: _Taken, delimiter: str) -> tuple[list[str], str | None]:
    """The cells of the next record, or its fault. A lone line may hold stray quotation marks inside a cell."""
    try:
        return next(csv.reader(taken, delimiter=delimiter, strict=True), []), None
    except csv.Error as error:
        if taken.wanted_more:
            return [], "a quotation mark is never closed; double it inside a quoted cell"
        if len(taken.lines) == 1:
            return next(csv.reader(taken.lines, delimiter=delimiter), []), None
        return [], f"the record is no CSV ({error}); double quotation marks inside a quoted cell"


class _Taken:
    """The lines a parser takes for one record, up to the longest record allowed."""

    def __init__(self, lines: _Lines) -> None:
        self.lines: list[str] = []
        self.wanted_more = False
        self._source, self._size = lines, 0

    def __iter__(self) -> _Taken:
        return self

    def __next__(self) -> str:
        line = self._source.next() if self._size <= self._source.longest else None
        if line is None:
            self.wanted_more = True
            raise StopIteration
        self.lines.append(line)
        self._size += len(line)
        return line


class _Lines:
    """Physical lines with their ends; lines over the limit are cut and marked, the rest of them passed over."""

    def __init__(self, file: io.TextIOBase, longest: int) -> None:
        self.longest = longest
        self._file = file
        self._waiting: deque[str] = deque()

    def next(self) -> str | None:
        if self._waiting:
            return self._waiting.popleft()
        line = self._file.readline(self.longest + 1)
        if len(line) > self.longest:
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._file.readline(self.longest)
        return line or None

    def too_long(self, source: str) -> bool:
        return len(source) > self.longest

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))


class _Encoding(NamedTuple):
    codec: str
    name: str


def _encoding(head: bytes) -> _Encoding:
    """The file's encoding from its beginning, cut after the last whole line."""
    cut = head.rfind(b"\n") + 1
    name = decode(head[:cut] if cut and len(head) == SAMPLE and not head.startswith(codecs.BOM_UTF16) else head).encoding.split(" ")[0]
    for mark, marked in MARKS:
        if head.startswith(mark):
            return _Encoding({"utf-8": "utf-8-sig"}.get(marked, marked.rsplit("-", 1)[0]), name)
    return _Encoding(name, name)


def _delimiter(header: str, column: str) -> str:
    """The delimiter that makes the text column a column of its own, else the commonest."""
    for candidate in DELIMITERS:
        if column.lower() in [cell.strip().strip("\ufeff").lower() for cell in next(csv.reader([header], delimiter=candidate), [])]:
            return candidate
    return max(DELIMITERS, key=header.count)


def _allow_long_cells(longest: int) -> None:
    if csv.field_size_limit() < longest + 1:
        csv.field_size_limit(longest + 1)
