"""Finds what can be scored below a path: pairs, gold articles, the seed's layout, damaged files with gold, sentence judgements."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import UserError


class NothingToScoreError(UserError):
    """A path holds no folder in a known gold layout."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text to run and what to hold it against.

    `variant` groups the report: clean, private, stripped, digits, stock, chromium, raw, or a damage file's name. `head` is
    the running head of the pages, which the clean text leaves out.
    """

    name: str
    variant: str
    raw: str
    clean: str
    gold: dict[str, Any] | None = None
    digit_map: dict[str, str] = field(default_factory=dict)
    head: str = ""


def cases(path: Path) -> Iterator[Case]:
    """All cases at or below `path`.

    Raises NothingToScoreError when there is none.
    """
    if not path.exists():
        raise NothingToScoreError(f"{path}: no such file or folder")
    found = False
    for folder in [path, *sorted(p for p in path.rglob("*") if p.is_dir())]:
        for case in _of_folder(folder):
            found = True
            yield case
    if not found:
        raise NothingToScoreError(
            f"{path}: no gold found; expected folders with clean.txt beside gold.json, damaged*.txt or raw.txt, or a SOURCES.tsv with gold/"
        )


def _of_folder(folder: Path) -> Iterator[Case]:
    clean_file = folder / "clean.txt"
    if (folder / "SOURCES.tsv").is_file():
        yield from _damage(folder)
    if not clean_file.is_file():
        return
    clean = _text(clean_file)
    gold = _gold(folder)
    if gold is not None:
        yield Case(folder.name, "clean", clean, clean, gold)
    variants = json.loads(_text(folder / "variants.json")) if (folder / "variants.json").is_file() else {}
    damaged = [folder / "raw.txt", *sorted(folder.glob("damaged*.txt"))]
    for file in damaged:
        if file.is_file():
            variant = file.stem.removeprefix("damaged-").removeprefix("damaged") or "damaged"
            gold = gold or _gold(folder.parent.parent / "gold" / folder.name)
            known = variants.get(file.name, {})
            yield Case(folder.name, variant, _text(file), clean, gold, known.get("digit_map", {}), known.get("head", ""))


def _gold(folder: Path) -> dict[str, Any] | None:
    file = folder / "gold.json"
    return json.loads(_text(file)) if file.is_file() else None


def _damage(folder: Path) -> Iterator[Case]:
    with (folder / "SOURCES.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            # The column says the file and may add a remark; a dash means that there is none.
            truth = folder / row["gold"].split(" ")[0]
            if truth.is_file():
                yield Case(row["file"], "damage", _text(folder / row["file"]), _text(truth))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
