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

from pipeline.restore.characters import FATHATAN, LOST, TATWEEL
from pipeline.restore.line_layouts import LATIN_RUN
from pipeline.restore.line_widths import BLANK, word_width

NON_JOINING = "رزودذاأإآىةءؤ"
_LETTER = re.compile("[\u0621-\u064a]")
_FIGURE = re.compile("[\ue000-\uf8ff]+(?:[.,][\ue000-\uf8ff]+)*")
_LEFT_TO_RIGHT = re.compile(f"{_FIGURE.pattern}|{LATIN_RUN}")
_CORE = re.compile("[\u0621-\u065f\u0670](?:.*[\u0621-\u065f\u0670])?", re.DOTALL)
_ENDS_LEFT_TO_RIGHT = re.compile("[\ue000-\uf8ffA-Za-z][^\u0621-\u065fA-Za-z]*$")
_PRIVATE_DIGITS = str.maketrans({str(k): chr(0xE005 + k) for k in range(10)})
MOST_CUTS = 6
# Share of a gapping producer's lines that it cuts at blanks.
GAPPED_LINES = 0.3
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةءؤئ"
# Fonts differ from the usual proportions of letters about so much; a letter with its share of a blank is so wide.
LETTERS_VARY, LETTER_WIDTH = 0.25, 0.85


class DamagedLine(NamedTuple):
    """A physical line as printed and as written, white space aside, and whether the two differ in order."""

    printed: str
    written: str
    displaced: bool


@dataclass
class Producer:
    """Where a font's kerning cuts words, and what becomes of figures and marks.

    `pairs` are of letters, with the share of letters that may follow (a ligature undoes the kerning) before which all are cut;
    `blanks` are the two letters before which blanks are cut.
    """

    width: int
    letters: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, float] = field(default_factory=dict)
    kerned: dict[str, bool] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset()
    anywhere: float = 0.0
    joining: float = 0.0
    at_fathatan: float = 0.0
    at_slash: float = 0.0
    figures: str = "kept"
    loses_marks: bool = False
    stretches: bool = False
    at_lam_alef: float = 0.0
    at_hamza: float = 0.0
    at_blanks: float = 0.0
    sloppy: float = 0.0


def producer(rng: Random) -> Producer:
    """A random producer; most kern raʾ and zay before yaʾ, and hamza on alef before kaf, some others too."""
    made = Producer(
        width=rng.randint(62, 115),
        letters={letter: rng.lognormvariate(0, LETTERS_VARY) for letter in ALPHABET},
        at_fathatan=rng.choice([0, 0, 0.5, 0.9]),
        at_slash=rng.choice([0, 0, 0.2]),
        joining=rng.choice([0] * 9 + [0.002]),
        figures=rng.choices(("kept", "private", "turned and stripped", "stripped"), (45, 35, 10, 10))[0],
        loses_marks=rng.random() < 0.06,
    )
    if made.figures != "stripped" and made.figures != "turned and stripped":
        made.at_blanks = rng.choice([0] * 40 + [0.15, 0.4])
        made.blanks = frozenset(rng.choices(("لك", "كل", "كا", "يو", "عل", "يح"), k=rng.choice([0] * 9 + [1, 2])))
        made.sloppy = rng.choice([0, 0, 0, 0.01])
    made.at_lam_alef = rng.choice([0] * 12 + [0.1, 0.5])
    made.at_hamza = rng.choice([0] * 12 + [0.1, 0.5])
    if rng.random() < 0.9:
        made.pairs = {pair: rng.choice([0.5, 0.8, 1.0]) for pair in ("ري", "زي", "أك", "وي", "إي", "رك") if rng.random() < 0.6}
        for _ in range(rng.randint(0, 5)):
            made.pairs[rng.choice("ررزودذاأإا") + rng.choice("يكبتنمعسلهجحرقاا")] = rng.choice([0.2, 0.5, 0.9, 1.0])
        made.anywhere = rng.choice([0, 0, 0, 0.002])
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
        lines += [_damaged(line, maker, rng) for line in _wrapped(text, maker)]
    return lines


def _damaged(line: str, maker: Producer, rng: Random) -> DamagedLine:
    at_blanks = maker.at_blanks if rng.random() < GAPPED_LINES else 0.0
    cuts = list(_cuts(line, maker, at_blanks, rng))
    if len(cuts) > MOST_CUTS and not at_blanks:
        cuts = sorted(rng.sample(cuts, MOST_CUTS))
    edges = [0, *cuts, len(line)]
    runs = [line[start:end] for start, end in pairwise(edges)]
    if maker.loses_marks:
        runs = [run + LOST if run[-1] in "أإ" and run is not runs[-1] and rng.random() < 0.5 else run for run in runs]
    if maker.stretches:
        joined = zip(runs, ["و", *runs], strict=False)
        runs = [run if before[-1] in NON_JOINING or not _LETTER.match(run) else TATWEEL + run for run, before in joined]
    written = "".join(runs)
    printed = " ".join(_turned(run.strip()).strip() + " " * run.endswith(" ") for run in reversed(runs))
    if maker.figures != "kept":
        gone = {"turned and stripped": _FIGURE, "stripped": re.compile("[0-9]")}.get(maker.figures)
        printed, written = (gone.sub("", text) if gone else text for text in (printed, written))
    displaced = not same_letters(printed, written)
    return DamagedLine(_sloppy(printed if displaced else written, maker, rng), written, displaced)


def _sloppy(line: str, maker: Producer, rng: Random) -> str:
    """Some texts have blanks too many of their own."""
    if not maker.sloppy:
        return line
    return "".join(sign * (1 + (sign == " " and rng.random() < maker.sloppy)) for sign in line) + " " * (rng.random() < maker.sloppy)


def _cuts(line: str, maker: Producer, at_blanks: float, rng: Random) -> Iterator[int]:
    for k in range(1, len(line)):
        before, after = line[k - 1], line[k]
        if before == " ":
            share = max(at_blanks, float(line[k : k + 2] in maker.blanks))
        elif before == "ل" and after in "اأإآ":
            share = max(maker.at_lam_alef, maker.at_hamza * (after != "ا"))
        elif after in "أإآ" and _LETTER.match(before):
            share = max(_kerned(maker, line[k - 1 : k + 2], rng), maker.at_hamza)
        elif after == FATHATAN:
            share = maker.at_fathatan
        elif after == "/":
            share = maker.at_slash
        elif _LETTER.match(after) and _LETTER.match(before):
            share = max(_kerned(maker, line[k - 1 : k + 2], rng), maker.anywhere if before in NON_JOINING else maker.joining)
        else:
            share = 0.0
        if share and rng.random() < share:
            yield k


def _kerned(maker: Producer, letters: str, rng: Random) -> bool:
    """Whether the font kerns the first two of three letters; it does so always or never."""
    share = maker.pairs.get(letters[:2], 0.0)
    return share > 0 and maker.kerned.setdefault(letters, rng.random() < share)


def _wrapped(text: str, maker: Producer) -> Iterator[str]:
    """Lines as wide as the producer's column, each letter as wide as in its font."""
    line: list[str] = []
    size = 0.0
    column = maker.width * LETTER_WIDTH
    for word in text.split():
        width = word_width(word) * sum(maker.letters.get(letter, 1.0) for letter in word) / len(word)
        if line and size + BLANK + width > column:
            yield " ".join(line)
            line, size = [], 0.0
        size += width + BLANK * bool(line)
        line.append(word)
    if line:
        yield " ".join(line)


def _turned(run: str) -> str:
    """A run that ends in a private figure or in Latin comes out in visual order, figure by figure (see line_layouts.py)."""
    if not _ENDS_LEFT_TO_RIGHT.search(run):
        return run
    parts: list[str] = []
    at = 0
    for match in _LEFT_TO_RIGHT.finditer(run):
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
