"""What can be configured about intake. A batch freezes the settings it was taken in with, so that reading it again gives the same rows."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any

from pipeline.errors import UserError
from pipeline.storage.home import Home

MEGABYTE = 1024 * 1024


class SettingsError(UserError, ValueError):
    """tarmim.toml does not make sense; the message names the key and the remedy."""


@dataclass(frozen=True)
class Settings:
    """Limits and names of intake.

    max_batch_bytes, max_batch_documents: a batch is closed before it exceeds either (one larger document is a batch of its own).
    max_document_bytes: a larger text or record is refused. text_column: where CSV, Parquet and JSON records keep their text.
    """

    max_batch_bytes: int = 64 * MEGABYTE
    max_batch_documents: int = 2000
    max_document_bytes: int = 64 * MEGABYTE
    text_column: str = "text"

    @classmethod
    def of(cls, home: Home) -> Settings:
        """The table [intake] of `tarmim.toml` in the home, or the defaults.

        Raises SettingsError for an unknown key or a wrong value.
        """
        path = home.root / "tarmim.toml"
        if not path.exists():
            return cls()
        try:
            table = tomllib.loads(path.read_text("utf-8")).get("intake", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: {error}") from error
        return cls.from_mapping(table)

    @classmethod
    def from_mapping(cls, values: dict[str, Any]) -> Settings:
        """Settings from names and values; raises SettingsError for an unknown name or a wrong value."""
        known = {f.name: type(f.default) for f in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise SettingsError(f"[intake] {name} is unknown; known are {', '.join(known)}")
            if type(value) is not known[name] or (isinstance(value, int) and value < 1):
                raise SettingsError(f"[intake] {name} = {value!r} must be a {known[name].__name__} greater than 0 or not empty")
        return cls(**values)

    def as_dict(self) -> dict[str, Any]:
        """Names and values, for a batch manifest."""
        return asdict(self)

    def fingerprint(self) -> str:
        """Hash of what decides whether a text is accepted: a refused input is looked at again when this changes."""
        return sha256(json.dumps([self.max_document_bytes, self.text_column]).encode()).hexdigest()[:16]
