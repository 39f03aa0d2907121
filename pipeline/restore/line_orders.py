"""Describes every reading of a suspicious line by the features that the ranker weighs.

All units of all readings of a document are laid out in one row, so that its junctions are scored in one go: `Scenes.add`
collects readings and the places of the junctions they ask for, `Scenes.weigh` turns the scores into features.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows as lexicon_rows
from pipeline.lexicon.reader import words
from pipeline.restore.characters import TATWEEL
from pipeline.restore.junctions import PAD, REACH, Junctions, Numbers, Positions, Sheet
from pipeline.restore.line_widths import word_width
from pipeline.restore.readings import AT_A_BLANK, Reading, order, stands_alone
from pipeline.restore.seams import Seam, Token, must_begin_run
from pipeline.restore.units import CLOSING, COMMA, OPENING, SENTENCE_ENDS, STOP
from pipeline.restore.word_pairs import LocalPairs
from pipeline.restore.word_scores import WordScores

FEATURES = (
    "cut", "second_cut", "more_cuts", "turned", "gain", "least_gain", "low_gain", "broken", "around", "short_run",
    "unbalanced", "misplaced", "loose_mark", "loose_letter", "ra", "hamza", "other", "final", "lost", "joining", "lam_alef",
    "mark", "marked", "stretched", "blank", "gaps",
    "edges", "fits", "unknown",
)  # fmt: skip
_COLUMN = {name: k for k, name in enumerate(FEATURES)}
_WORDLESS = frozenset({"mark", "blank"})
_PADS = (PAD,) * REACH
_GO_ON = frozenset({COMMA, ":"})
MOST_ROOM = 10.0
LONGEST_DATELINE = 9


class Place(NamedTuple):
    """Where a line stands: units of its neighbours (None: they are undecided too), quotations open before it, room before it.

    `room` says how wide a word would have fitted into the line before, in the unit of which `column` has a hundred; `heading`
    that the line is one, `lead` that it comes right behind one.
    """

    before: Sequence[str] | None = None
    after: Sequence[str] | None = None
    quoted: int = 0
    room: float = 0.0
    column: float = 1.0
    heading: bool = False
    lead: bool = False


class Context(NamedTuple):
    """A place as readings see it; `unbalanced` says how many quotation marks offend as printed."""

    before: list[str]
    after: list[str]
    place: Place
    unbalanced: int


NO_CONTEXT = Context([], [], Place(), 0)
Matrix = NDArray[np.float32]


class Scene(NamedTuple):
    """One line's readings, the printed order being row 0 of the arrays and reading k row k + 1.

    `starts` and `ends` are the places where each reading begins and ends, `before` and `after` those where its
    neighbours touch it (None: the neighbour is undecided too). `around` gives the places at both sides of mended words,
    `broken` the rows (not -1) that call the junction between their own end and start an accident of printing, `parted` the
    places in the printed order at which other rows cut it.
    """

    readings: list[Reading]
    starts: Positions
    ends: Positions
    before: int | None
    after: int | None
    plain: Matrix
    around: list[tuple[slice, list[int]]]
    broken: Positions
    parted: list[tuple[int, list[int]]]


class Scenes:
    """The suspicious lines of a document, and the row of units that their readings make.

    `lone` lists the letters that only a cut leaves alone there.
    """

    def __init__(self, lone: frozenset[str]) -> None:
        self._lone = lone
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._numbers[PAD] = 0
        self._row: list[int] = [0] * REACH
        self._scenes: list[Scene] = []

    def add(self, tokens: Sequence[Token], displaced: Sequence[Reading], place: Place) -> Scene:
        """The scene of a line, given its displaced readings."""
        size = len(displaced) + 1
        before, after = place.before, place.after
        outer = (
            None if before is None else self._lay(before[-REACH:]) + len(before[-REACH:]),
            None if after is None else self._lay(after[:REACH]),
        )
        scene = Scene(
            list(displaced), np.zeros(size, np.int64), np.zeros(size, np.int64), *outer,
            np.zeros((size, len(FEATURES)), np.float32), [], np.full(size, -1), [],
        )  # fmt: skip
        printed = [unit for one in tokens for unit in one.units]
        context = Context(list(before or ())[-REACH:], list(after or ())[:REACH], place, _unbalanced(printed, place.quoted))
        scene.starts[0] = self._lay(printed, context)
        scene.ends[0] = scene.starts[0] + len(printed)
        places = np.cumsum([scene.starts[0], *(len(one.units) for one in tokens)]).tolist()
        scene.plain[:, _COLUMN["loose_mark"]] = _loose(tokens)
        scene.plain[:, _COLUMN["loose_letter"]] = sum(stands_alone(one, self._lone) for one in tokens)
        scene.plain[0, _COLUMN["gaps"]] = max(len(one.layout.gaps) for one in displaced)
        scene.plain[0, _COLUMN["misplaced"]] = _misplaced(printed, context)
        scene.plain[0, _COLUMN["fits"]] = _fits(tokens[0].text, place)
        for rows in _families(displaced):
            if _is_rotation(displaced[rows.start - 1]):
                self._add_rotations(scene, rows, context)
            else:
                self._add_reading(scene, rows.start, context, places)
        self._scenes.append(scene)
        return scene

    def _add_rotations(self, scene: Scene, rows: slice, context: Context) -> None:
        """Readings of one cut share a circle of units: the mended word, then the line, and back to the word."""
        reading = scene.readings[rows.start - 1]
        cuts = [one.cuts[0] for one in scene.readings[rows.start - 1 : rows.stop - 1]]
        circle, offsets = _circle(reading)
        size = len(circle)
        base = self._lay([circle[k % size] for k in range(-REACH, size + REACH + 1)]) + REACH
        places = base + np.array([offsets[cut] for cut in cuts])
        scene.starts[rows] = scene.ends[rows] = scene.broken[rows] = places
        scene.plain[rows] += np.array(_plain_features(reading, self._lone), dtype=np.float32)
        last = len(reading.layout.tokens) - 1
        scene.plain[rows, _COLUMN["short_run"]] = [(cut == 1) + (cut == last) for cut in cuts]
        if context.place.room > 0:
            readings = scene.readings[rows.start - 1 : rows.stop - 1]
            scene.plain[rows, _COLUMN["fits"]] = [_fits(_first_word(one), context.place) for one in readings]
        if OPENING in circle or CLOSING in circle:
            turned = [_unbalanced(circle[offsets[cut] :] + circle[: offsets[cut]], context.place.quoted) - context.unbalanced for cut in cuts]
            scene.plain[rows, _COLUMN["unbalanced"]] = turned
        if context.place.heading or context.place.lead or not _placed_words().isdisjoint(circle):
            misplaced = [_misplaced(circle[offsets[cut] :] + circle[: offsets[cut]], context) for cut in cuts]
            scene.plain[rows, _COLUMN["misplaced"]] = misplaced
        if reading.seams[0].word:
            scene.around.append((rows, [base + 1, base + size]))
        elif reading.seams[0] is AT_A_BLANK:
            scene.around.append((rows, [base + size]))

    def _add_reading(self, scene: Scene, row: int, context: Context, places: Sequence[int]) -> None:
        """`places` are those before each printed token and behind the last one; layouts leave out tokens at the left edge only."""
        reading = scene.readings[row - 1]
        written, joints = logical_units(reading)
        at = self._lay(written, context)
        scene.starts[row], scene.ends[row] = at, at + len(written)
        passed_over = len(places) - 1 - len(reading.layout.tokens)
        scene.parted.append((row, [places[passed_over + cut] for cut in reading.cuts]))
        plain = _plain_features(reading, self._lone)
        plain[_COLUMN["short_run"]] = sum(end - start == 1 for start, end in order(reading))
        plain[_COLUMN["unbalanced"]] = _unbalanced(written, context.place.quoted) - context.unbalanced
        plain[_COLUMN["misplaced"]] = _misplaced(written, context)
        plain[_COLUMN["fits"]] = _fits(_first_word(reading), context.place)
        scene.plain[row] += np.array(plain, dtype=np.float32)
        scene.around.append((slice(row, row + 1), [at + joint for joint in joints]))

    def weigh(self, junctions: Junctions, local: LocalPairs) -> tuple[list[Matrix], Sheet]:
        """Each scene's features, a row for each reading, and the sheet on which lines that touch can be scored.

        `local` are the pairs of units that the document's lines show as they were printed.
        """
        pairs = [pair for scene in self._scenes for pair in _junctions(scene)]
        sheet = junctions.sheet(list(self._numbers), self._row, local)
        pieces = _scored(sheet, [(left, right) for left, right, _ in pairs], [printed for *_, printed in pairs])
        return [_features(scene, pieces) for scene in self._scenes], sheet

    def _lay(self, units: Sequence[str], context: Context = NO_CONTEXT) -> int:
        """Append a text between its neighbours; the place where it begins."""
        self._row += map(self._numbers.__getitem__, context.before)
        at = len(self._row)
        self._row += map(self._numbers.__getitem__, (*units, *context.after, *_PADS))
        return at


def _junctions(scene: Scene) -> Iterator[tuple[Positions, Positions, int]]:
    """The places that a scene wants scored, in the order in which `_features` takes the scores; 1 with those printed side by side."""
    places = np.array([place for _, mended in scene.around for place in mended], dtype=np.int64)
    yield places, places, 0
    cut = np.flatnonzero(scene.broken >= 0)
    yield scene.ends[cut], scene.starts[cut], 1
    parted = np.array(_parted(scene), dtype=np.int64)
    yield parted, parted, 1
    if scene.before is not None:
        yield np.full(len(scene.starts), scene.before), scene.starts, 0
    if scene.after is not None:
        yield scene.ends, np.full(len(scene.ends), scene.after), 0


def _parted(scene: Scene) -> list[int]:
    """The places where some reading cuts the printed line, each once."""
    return sorted({place for _, cuts in scene.parted for place in cuts})


def meetings(sheet: Sheet, touching: Sequence[tuple[Positions, Positions]]) -> list[Matrix]:
    """How well each of some ends of one line goes on with each of some starts of the next, for many lines that touch."""
    pairs = [(np.repeat(ends, len(starts)), np.tile(starts, len(ends))) for ends, starts in touching]
    scores = _scored(sheet, pairs, [0] * len(pairs))
    return [piece.reshape(len(ends), -1) for piece, (ends, _) in zip(scores, touching, strict=True)]


def _scored(sheet: Sheet, pairs: Sequence[tuple[Positions, Positions]], printed: Sequence[int]) -> Iterator[Numbers]:
    """The scores of many groups of junctions, made in one go."""
    if not pairs:
        return
    sizes = [len(left) for left, _ in pairs]
    scores = sheet.scores(np.concatenate([left for left, _ in pairs]), np.concatenate([right for _, right in pairs]), np.repeat(printed, sizes))
    at = 0
    for size in sizes:
        yield scores[at : at + size]
        at += size


def _features(scene: Scene, pieces: Iterator[Numbers]) -> Matrix:
    full = scene.plain
    around = iter(next(pieces).tolist())
    for rows, mended in scene.around:
        full[rows, _COLUMN["around"]] = sum(islice(around, len(mended)))
    full[np.flatnonzero(scene.broken >= 0), _COLUMN["broken"]] = -next(pieces)
    parted = dict(zip(_parted(scene), next(pieces).tolist(), strict=True))
    for row, cuts in scene.parted:
        full[row, _COLUMN["broken"]] = -sum(parted[cut] for cut in cuts)
    for side in (scene.before, scene.after):
        if side is not None:
            full[:, _COLUMN["edges"]] += next(pieces)
    return full


def _families(displaced: Sequence[Reading]) -> Iterator[slice]:
    """Rows of readings that differ only in where the one cut was; every other reading by itself."""
    row = 1
    while row <= len(displaced):
        first, stop = displaced[row - 1], row + 1
        if _is_rotation(first):
            while stop <= len(displaced) and _is_rotation(displaced[stop - 1]) and displaced[stop - 1].layout is first.layout:
                stop += 1
        yield slice(row, stop)
        row = stop


def _is_rotation(reading: Reading) -> bool:
    return len(reading.cuts) == 1 and not reading.layout.tail


def _circle(reading: Reading) -> tuple[list[str], list[int]]:
    """The units of a line that was cut once, from the mended word round to it, and where in them each token begins."""
    tokens, word = reading.layout.tokens, reading.seams[0].word
    circle = [word] if word else []
    circle += tokens[0].units[1:] if word and tokens[0].first else tokens[0].units
    offsets = [0]
    for one in tokens[1:]:
        offsets.append(len(circle))
        circle += one.units
    return circle[:-1] if word else circle, offsets


def logical_units(reading: Reading) -> tuple[list[str], list[int]]:
    """A reading's units in the order in which they were written, and the places on both sides of mended words."""
    tokens = reading.layout.tokens
    written: list[str] = []
    places: list[int] = []
    seams: list[Seam | None] = [None, *reversed(reading.seams)]
    for (start, end), joint in zip(order(reading), seams, strict=True):
        mine = [unit for one in tokens[start:end] for unit in one.units]
        if joint and joint.word:
            places += [len(written) - 1, len(written)]
            written[-1] = joint.word
            mine = mine[1:] if tokens[start].first else mine
        elif joint is AT_A_BLANK:
            places.append(len(written))
        written += mine
    return written + [unit for one in reading.layout.tail for unit in one.units], places


def _plain_features(reading: Reading, lone: frozenset[str]) -> list[float]:
    gains = [s.gain for s in reading.seams if s.kind not in _WORDLESS]
    row = [0.0] * len(FEATURES)
    row[_COLUMN["cut"]] = len(reading.cuts) > 0
    row[_COLUMN["second_cut"]] = len(reading.cuts) > 1
    row[_COLUMN["more_cuts"]] = max(len(reading.cuts) - 2, 0)
    row[_COLUMN["gaps"]] = reading.layout.unexplained
    row[_COLUMN["turned"]] = reading.layout.turned > 0
    row[_COLUMN["gain"]] = sum(gains)
    row[_COLUMN["least_gain"]] = min(gains, default=10.0)
    row[_COLUMN["low_gain"]] = sum(max(8 - g, 0) for g in gains)
    row[_COLUMN["loose_mark"]] = -sum(s.kind in ("mark", "marked", "stretched") for s in reading.seams)
    row[_COLUMN["loose_letter"]] = -sum(stands_alone(reading.layout.tokens[e - 1], lone) for _, e in order(reading)[:-1])
    for joint in reading.seams:
        row[_COLUMN[joint.kind]] += 1
    row[_COLUMN["unknown"]] = sum(not WordScores.load().knows(word) for word in {s.word for s in reading.seams if s.word})
    return row


def _first_word(reading: Reading) -> str:
    """The word with which a reading begins; where its first run is the one token, the word that this begins."""
    tokens, cuts = reading.layout.tokens, reading.cuts
    if not cuts:
        return tokens[0].text
    first = tokens[cuts[-1]].text
    goes_on = cuts[-1] + 1 == len(tokens) and reading.seams[-1].word
    return first + tokens[cuts[-2] if len(cuts) > 1 else 0].text if goes_on else first


def _fits(word: str, place: Place) -> float:
    """By how much the word would have fitted into the line before, where it would then stand."""
    return min(max(place.room - 100 * word_width(word) / place.column, 0.0), MOST_ROOM) if place.room > 0 else 0.0


def _loose(tokens: Sequence[Token]) -> int:
    """How many marks and edge tatweels have their other half elsewhere; inside a line it may be the token before."""
    return _is_loose(tokens[0]) + sum(must_begin_run(left, right) for left, right in pairwise(tokens))


def _is_loose(one: Token) -> bool:
    return one.marked or one.text[0] == TATWEEL


def _misplaced(units: Sequence[str], context: Context) -> int:
    """How many words stand where they cannot.

    Adverbs that open a sentence before a comma (`سياسيا، …`) follow the end of one; two days side by side are a night
    between the first and the next (`ليل السبت الأحد`), so any other two only happen to touch. A heading may have a colon or
    comma behind its topic, none at its end; a dateline (`القاهرة (رويترز) - …`) opens the first line behind it.
    """
    at_edges = int(context.place.heading and units[-1] in _GO_ON) + int(context.place.lead and _tears_dateline(units))
    if _placed_words().isdisjoint(units):
        return at_edges
    row = [context.before[-1] if context.before else STOP, *units, *context.after[:1]]
    opening, days = openers(), weekdays()
    adverbs = sum(row[k + 1] == COMMA and row[k - 1] not in SENTENCE_ENDS for k in range(1, len(row) - 1) if row[k] in opening)
    return at_edges + adverbs + sum(days[other] != (days[one] + 1) % 7 for one, other in pairwise(row) if one in days and other in days)


def _tears_dateline(units: Sequence[str]) -> bool:
    """Whether a line parts a dateline from what follows, from its place, or stands before one."""
    dashes = [k for k, pair in enumerate(pairwise(units)) if pair == (CLOSING, "-")]
    return units[0] == "-" or (bool(dashes) and (units[0] == OPENING or dashes[0] >= LONGEST_DATELINE))


@cache
def _placed_words() -> frozenset[str]:
    return openers() | weekdays().keys()


@cache
def openers() -> frozenset[str]:
    """Adverbs that open sentences."""
    return words("sentence_openers")


@cache
def weekdays() -> Mapping[str, int]:
    """Names of days with their place in the week."""
    return {row["word"]: int(row["value"]) for row in lexicon_rows("calendar_words") if row["class"] == "weekday"}


def _unbalanced(units: Sequence[str], depth: int) -> int:
    """How many closing marks close nothing and opening marks stay open, given how many were open before."""
    if OPENING not in units and CLOSING not in units:
        return depth
    violations = 0
    for unit in units:
        if unit == OPENING:
            depth += 1
        elif unit == CLOSING:
            violations += depth == 0
            depth = max(depth - 1, 0)
    return violations + depth
