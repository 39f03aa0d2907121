"""JSON Lines, plain or compressed: one object a line. Each line is decoded, parsed and judged for itself."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import zstandard

from pipeline.ingest.encodings import BinaryBytes, Decoded, Undecodable, decode
from pipeline.ingest.found import BEGINNING, Found, Refusal, Start
from pipeline.ingest.readers.records import text_record, too_large
from pipeline.ingest.settings import Settings

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# An Arabic letter of two bytes takes six as an escape.
_ESCAPED = 3
_PIECE = 1024 * 1024


class _Line(NamedTuple):
    """A line's bytes without its end (None: too long to hold), its size and byte offset."""

    content: bytes | None
    size: int
    position: int


def read(path: Path, settings: Settings, start: Start = BEGINNING) -> Iterator[Found]:
    """One text or refusal a non-blank line; records are numbered from 0 over the non-blank lines."""
    record_no = start.record_no if start.position is not None else 0
    try:
        with _opened(path, start.position) as (file, seekable):
            for line in _lines(file, settings.max_document_bytes * _ESCAPED, start.position or 0):
                if line.content is not None and not line.content.strip():
                    continue
                if record_no >= start.record_no:
                    yield from _record(line, record_no, settings, line.position if seekable else None)
                record_no += 1
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        detail = f"the compressed file breaks off or is damaged after record {record_no} ({error}); the records before it were taken in"
        yield Refusal("broken", detail, b"", 0, record_no)


def _record(line: _Line, record_no: int, settings: Settings, position: int | None) -> Iterator[Found]:
    if line.content is None:
        yield too_large(line.size, record_no, settings, position)
        return
    content = line.content
    try:
        source = _decoded(content)
    except (BinaryBytes, Undecodable) as error:
        yield Refusal("undecodable", f"the line is no UTF-8: {error}", content, len(content), record_no, position=position)
        return
    try:
        values = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        detail = f"the line is no JSON object: {problem}; write one complete object a line"
        yield Refusal("malformed_record", detail, content, len(content), record_no, position=position)
        return
    if not isinstance(values, dict):
        detail = f"the line holds a {type(values).__name__}; write an object with `{settings.text_column}`"
        yield Refusal("malformed_record", detail, content, len(content), record_no, position=position)
        return
    yield from text_record(values, record_no, content, settings, source.encoding, position)


def _decoded(line: bytes) -> Decoded:
    """UTF-8 without a second look; anything else by its Arabic, line by line."""
    try:
        return Decoded(line.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return decode(line)


def _lines(file: IO[bytes], longest: int, position: int) -> Iterator[_Line]:
    """Lines by LF (JSON allows U+2028 inside strings); a line over `longest` bytes is passed over without holding it."""
    while piece := file.readline(longest + 1):
        size = len(piece)
        content: bytes | None = piece
        if size > longest and not piece.endswith(b"\n"):
            content = None
            while rest := file.readline(_PIECE):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
        if position == 0 and content is not None:
            content = content.removeprefix(b"\xef\xbb\xbf")
        yield _Line(None if content is None else content.rstrip(b"\r\n"), size, position)
        position += size


@contextmanager
def _opened(path: Path, position: int | None) -> Iterator[tuple[IO[bytes], bool]]:
    """The decompressed bytes and whether a byte offset in them can be jumped to. UTF-16 is turned into UTF-8 on the way."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(position or 0)
        if head.startswith(_GZIP):
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=file)), False
        elif head.startswith(_ZSTD):
            stream: Any = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(file, read_across_frames=True)
            yield cast("IO[bytes]", io.BufferedReader(stream, _PIECE)), False
        elif head[:2] in _UTF16 and head != b"\xff\xfe\0\0":
            file.seek(2)
            yield cast("IO[bytes]", io.BufferedReader(_Recoded(file, _UTF16[head[:2]]), _PIECE)), False
        else:
            yield file, True


class _Recoded(io.RawIOBase):
    """A byte stream of another encoding as UTF-8; what does not decode becomes U+FFFD."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        super().__init__()
        self._text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._ready:
            self._ready = self._text.read(_PIECE).encode("utf-8", "replace")
        part = self._ready[: len(buffer)]
        self._ready = self._ready[len(part) :]
        buffer[: len(part)] = part
        return len(part)
