"""Damages clean text as PDF readers do, to train on: lines cut inside words and printed with their runs reversed.

The rules are those measured on real PDFs (DESIGN, "How runs get displaced"); each document gets a producer of its own,
with its cut letters, its line width and its way with figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import NamedTuple

NON_JOINING = "رزودذاأإآىةءؤ"
FATHATAN, TATWEEL, LOST = "\u064b", "\u0640", "\ufffd"
_LETTER = re.compile("[\u0621-\u064a]")
_FIGURE = re.compile("[\ue000-\uf8ff]+(?:[.,][\ue000-\uf8ff]+)*")
_CORE = re.compile("[\u0621-\u065f\u0670A-Za-z](?:.*[\u0621-\u065f\u0670A-Za-z])?", re.DOTALL)
_ENDS_IN_FIGURE = re.compile("[\ue000-\uf8ff][^\u0621-\u065fA-Za-z]*$")
_PRIVATE_DIGITS = str.maketrans({str(k): chr(0xE005 + k) for k in range(10)})
MOST_CUTS = 6


class DamagedLine(NamedTuple):
    """A physical line as printed and as written, white space aside, and whether the two differ in order."""

    printed: str
    written: str
    displaced: bool


@dataclass
class Producer:
    """Where a font's kerning cuts words (letter pairs with the share cut), and what becomes of figures and marks."""

    width: int
    pairs: dict[str, float] = field(default_factory=dict)
    anywhere: float = 0.0
    joining: float = 0.0
    at_fathatan: float = 0.0
    at_slash: float = 0.0
    figures: str = "kept"
    loses_marks: bool = False
    stretches: bool = False


def producer(rng: Random) -> Producer:
    """A random producer; most kern raʾ and zay before yaʾ, and hamza on alef before kaf, some others too."""
    made = Producer(
        width=rng.randint(62, 115),
        at_fathatan=rng.choice([0, 0, 0.5, 0.9]),
        at_slash=rng.choice([0, 0, 0.2]),
        joining=rng.choice([0] * 9 + [0.002]),
        figures=rng.choices(("kept", "private", "turned and stripped", "stripped"), (45, 35, 10, 10))[0],
        loses_marks=rng.random() < 0.06,
    )
    if rng.random() < 0.75:
        made.pairs = {pair: rng.choice([0.3, 0.7, 0.95]) for pair in ("ري", "زي", "أك") if rng.random() < 0.8}
        for _ in range(rng.randint(0, 5)):
            made.pairs[rng.choice("ررزودذاأإا") + rng.choice("يكبتنمعسلهجحرق")] = rng.choice([0.1, 0.4, 0.9])
        made.anywhere = rng.choice([0, 0, 0.002, 0.004])
    else:
        made.anywhere = rng.choice([0.005, 0.01, 0.02])
    if rng.random() < 0.05:
        made.pairs, made.anywhere, made.joining, made.stretches = {}, 0.004, 0.012, True
    return made


def damage(paragraphs: Iterable[str], rng: Random) -> list[DamagedLine]:
    """The physical lines of a document after a random producer and reader."""
    maker = producer(rng)
    lines = []
    for paragraph in paragraphs:
        text = paragraph.translate(_PRIVATE_DIGITS) if maker.figures in ("private", "turned and stripped") else paragraph
        lines += [_damaged(line, maker, rng) for line in _wrapped(text, maker.width)]
    return lines


def _damaged(line: str, maker: Producer, rng: Random) -> DamagedLine:
    cuts = list(_cuts(line, maker, rng))
    if len(cuts) > MOST_CUTS:
        cuts = sorted(rng.sample(cuts, MOST_CUTS))
    edges = [0, *cuts, len(line)]
    runs = [line[start:end] for start, end in pairwise(edges)]
    if maker.loses_marks:
        runs = [run + LOST if run[-1] in "أإ" and run is not runs[-1] and rng.random() < 0.5 else run for run in runs]
    if maker.stretches:
        joined = zip(runs, ["و", *runs], strict=False)
        runs = [run if before[-1] in NON_JOINING or not _LETTER.match(run) else TATWEEL + run for run, before in joined]
    written = "".join(runs)
    printed = " ".join(_turned(run.strip()).strip() for run in reversed(runs))
    if maker.figures != "kept":
        gone = {"turned and stripped": _FIGURE, "stripped": re.compile("[0-9]")}.get(maker.figures)
        printed, written = (gone.sub("", text) if gone else text for text in (printed, written))
    if "".join(printed.split()) == "".join(written.split()):
        printed = written
    return DamagedLine(printed, written, printed != written)


def _cuts(line: str, maker: Producer, rng: Random) -> Iterator[int]:
    for k in range(1, len(line)):
        before, after = line[k - 1], line[k]
        if before == " ":
            continue
        if after == FATHATAN:
            share = maker.at_fathatan
        elif after == "/":
            share = maker.at_slash
        elif _LETTER.match(after) and _LETTER.match(before):
            share = max(maker.pairs.get(before + after, 0.0), maker.anywhere if before in NON_JOINING else maker.joining)
        else:
            share = 0.0
        if share and rng.random() < share:
            yield k


def _wrapped(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    size = 0
    for word in text.split():
        if line and size + 1 + len(word) > width:
            yield " ".join(line)
            line, size = [], 0
        line.append(word)
        size += len(word) + (size > 0)
    if line:
        yield " ".join(line)


def _turned(run: str) -> str:
    """A run that ends in a private figure comes out in visual order, figure by figure (see line_layouts.py)."""
    if not _ENDS_IN_FIGURE.search(run):
        return run
    parts: list[str] = []
    at = 0
    for match in _FIGURE.finditer(run):
        parts += [_mirrored(run[at : match.start()]), match.group()]
        at = match.end()
    return "".join(reversed([*parts, _mirrored(run[at:])]))


def _mirrored(text: str) -> str:
    """Signs at the edges of a stretch of Arabic change sides; the Arabic between them stays as it is."""
    core = _CORE.search(text)
    if not core:
        return text[::-1]
    return text[core.end() :][::-1] + core.group() + text[: core.start()][::-1]


def same_letters(one: str, other: str) -> bool:
    """Whether two texts are equal, white space aside."""
    return _packed(one) == _packed(other)


def _packed(text: str | Sequence[str]) -> str:
    return "".join("".join(text).split())
