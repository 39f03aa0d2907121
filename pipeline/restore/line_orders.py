"""Describes every reading of a suspicious line by the features that the ranker weighs.

All units of all readings of a document are laid out in one row, so that its junctions are scored in one go: `Scenes.add`
collects readings and the places of the junctions they ask for, `Scenes.weigh` turns the scores into features.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.reader import rows as lexicon_rows
from pipeline.lexicon.reader import words
from pipeline.restore.calendar_names import weekdays
from pipeline.restore.characters import NO_ACCUSATIVE_ALEF, TATWEEL
from pipeline.restore.cut_pairs import CutPairs, outer_pair, pair_of
from pipeline.restore.junctions import PAD, REACH, UNKNOWN, Junctions, Positions, Sheet
from pipeline.restore.line_layouts import Layout
from pipeline.restore.line_widths import word_width
from pipeline.restore.readings import Reading, order, stands_alone
from pipeline.restore.seams import AT_A_BLANK, Token, must_begin_run
from pipeline.restore.units import CLOSING, COMMA, OPENING, PARAGRAPH, SENTENCE_ENDS, STOP, unit_names
from pipeline.restore.word_pairs import LocalPairs
from pipeline.restore.word_scores import WordScores

FEATURES = (
    "cut", "second_cut", "more_cuts", "turned", "gain", "least_gain", "low_gain", "broken", "around", "short_run",
    "unbalanced", "misplaced", "loose_mark", "loose_letter", "ra", "hamza", "other", "final", "lost", "joining", "lam_alef",
    "mark", "marked", "stretched", "blank", "gaps",
    "edges", "turned_edges", "fits", "unknown", "often_cut", "never_cut",
)  # fmt: skip
_COLUMN = {name: k for k, name in enumerate(FEATURES)}
_WORDLESS = frozenset({"mark", "blank"})
_LOOSE = frozenset({"mark", "marked", "stretched"})
_PADS = (0,) * REACH
_UNKNOWN = (UNKNOWN,) * REACH
# Other nouns of people are adjectives, too, or nearly countries: `روسيا`.
_VICTIMS = frozenset({"killed", "wounded", "missing", "displaced", "detained"})
MOST_ROOM = 10.0
LONGEST_DATELINE = 9


class Place(NamedTuple):
    """Where a line stands: units of its neighbours (None: they are undecided too), quotations open before it, room before it.

    `room` says how wide a word would have fitted into the line before, in the unit of which `column` has a hundred; `heading`
    that the line is one, `title` that it stands above all prose, `lead` that it comes right behind one.
    """

    before: Sequence[str] | None = None
    after: Sequence[str] | None = None
    quoted: int = 0
    room: float = 0.0
    column: float = 1.0
    heading: bool = False
    title: bool = False
    lead: bool = False


class Context(NamedTuple):
    """A place as readings see it; `unbalanced` says how many quotation marks offend as printed."""

    before: list[str]
    after: list[str]
    place: Place
    unbalanced: int
    is_special: bool
    numbers_before: list[int]
    numbers_after: list[int]
    outer: str


class _Laid(NamedTuple):
    """A layout's units as numbers of names, where each token begins in them, those of its tail; whether one has a place of its own."""

    numbers: list[int]
    offsets: list[int]
    tail: list[int]
    is_special: bool


Matrix = NDArray[np.float32]
Told = NDArray[np.float64]


class Scene(NamedTuple):
    """One line's readings, the printed order being row 0 of the lists and reading k row k + 1; `rows` are these in the document's.

    `starts` and `ends` are the places where each reading begins and ends, `before` and `after` those where its
    neighbours touch it (None: the neighbour is undecided too). `plain` are the features of all rows (rows × FEATURES).
    `around` gives the places at both sides of mended words, `circles` the rows that call the junction between their own
    end and start an accident of printing, `parted` the places in the printed order at which other rows cut it, `turned`
    those of the junctions that figures turned back make and undo.
    """

    rows: slice
    readings: Sequence[Reading]
    starts: list[int]
    ends: list[int]
    before: int | None
    after: int | None
    plain: Told
    around: list[tuple[range, list[int]]]
    circles: list[int]
    parted: list[tuple[int, list[int]]]
    turned: list[tuple[int, range, range]]


class Scenes:
    """The suspicious lines of a document, and the row of units that their readings make.

    `lone` lists the letters that only a cut leaves alone there, `pairs` tells between which letters it may be cut.
    """

    def __init__(self, lone: frozenset[str], pairs: CutPairs) -> None:
        self._lone, self._pairs = lone, pairs
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._numbers[PAD] = 0
        self._row: list[int] = [0] * REACH
        self._scenes: list[Scene] = []
        self._size = 0

    def add(self, line: str, tokens: Sequence[Token], displaced: Sequence[Reading], place: Place) -> Scene:
        """The scene of a line, given its displaced readings."""
        context, printed = self._context(line, tokens, place)
        start = self._lay(printed, context)
        size = len(displaced) + 1
        scene = Scene(
            slice(self._size, self._size + size), displaced, [start] * size, [start + len(printed)] * size,
            None if place.before is None else self._lay(context.numbers_before) + len(context.numbers_before),
            None if place.after is None else self._lay(context.numbers_after),
            np.empty((size, len(FEATURES))), [], [], [], [],
        )  # fmt: skip
        self._size += size
        as_printed = [0.0] * len(FEATURES)
        as_printed[_COLUMN["loose_mark"]] = _loose(tokens)
        as_printed[_COLUMN["loose_letter"]] = sum([stands_alone(one, self._lone) for one in tokens])
        scene.plain[0] = as_printed
        scene.plain[0, _COLUMN["gaps"]] = max([len(one.layout.gaps) for one in displaced])
        scene.plain[0, _COLUMN["misplaced"]] = _misplaced(self._names(printed), context) if context.is_special else 0
        scene.plain[0, _COLUMN["fits"]] = _fits(tokens[0].text, place)
        places = list(accumulate([len(one.units) for one in tokens], initial=start))
        laid = None
        for rows in _families(displaced):
            reading = displaced[rows.start - 1]
            if laid is None or reading.layout is not displaced[rows.start - 2].layout:
                laid = self._laid(reading.layout)
            if _is_rotation(reading):
                self._add_rotations(scene, rows, laid, context, as_printed)
            else:
                self._add_reading(scene, rows.start, laid, context, as_printed, places)
        self._scenes.append(scene)
        return scene

    def _context(self, line: str, tokens: Sequence[Token], place: Place) -> tuple[Context, list[int]]:
        """Where a line stands, and its units as printed."""
        printed = [unit for one in tokens for unit in one.units]
        before, after = list(place.before or ())[-REACH:], list(place.after or ())[:REACH]
        if not place.lead and _names_agency(printed):
            place = place._replace(lead=True)
        is_special = place.heading or place.lead or not _special().isdisjoint(printed)
        context = Context(
            before, after, place, _unbalanced(printed, place.quoted), is_special, [self._numbers[unit] for unit in before or _UNKNOWN],
            [self._numbers[unit] for unit in after or _UNKNOWN], outer_pair(line),
        )  # fmt: skip
        return context, [self._numbers[unit] for unit in printed]

    def _laid(self, layout: Layout) -> _Laid:
        units = [unit for one in layout.tokens for unit in one.units]
        tail = [unit for one in layout.tail for unit in one.units]
        offsets = list(accumulate([len(one.units) for one in layout.tokens], initial=0))
        is_special = not (_special().isdisjoint(units) and _special().isdisjoint(tail))
        return _Laid([self._numbers[unit] for unit in units], offsets, [self._numbers[unit] for unit in tail], is_special)

    def _names(self, numbers: Sequence[int]) -> list[str]:
        listed = list(self._numbers)
        return [listed[number] for number in numbers]

    def _add_rotations(self, scene: Scene, rows: range, laid: _Laid, context: Context, as_printed: Sequence[float]) -> None:
        """Readings of one cut share a circle of units: the mended word, then the line, and back to the word."""
        readings = scene.readings[rows.start - 1 : rows.stop - 1]
        reading = readings[0]
        circle, offsets = self._circle(reading, laid)
        size = len(circle)
        base = self._lay([circle[k % size] for k in range(-REACH, size + REACH + 1)]) + REACH
        last = len(reading.layout.tokens) - 1
        scene.plain[rows.start : rows.stop] = self._plain(reading, [(1, last + 1), (0, 1)], as_printed, context.outer)
        names = self._names(circle) if self._is_special(reading, laid, context) else []
        for row, one in zip(rows, readings, strict=True):
            cut = one.cuts[0]
            scene.starts[row] = scene.ends[row] = base + offsets[cut]
            scene.plain[row, _COLUMN["short_run"]] = (cut == 1) + (cut == last)
            if context.place.room > 0:
                scene.plain[row, _COLUMN["fits"]] = _fits(_first_word(one), context.place)
            if names:
                self._judge_places(scene.plain[row], names[offsets[cut] :] + names[: offsets[cut]], context)
        scene.circles.extend(rows)
        if reading.seams[0].word:
            scene.around.append((rows, [base + 1, base + size]))
        elif reading.seams[0] is AT_A_BLANK:
            scene.around.append((rows, [base + size]))

    def _circle(self, reading: Reading, laid: _Laid) -> tuple[list[int], list[int]]:
        """The units of a line that was cut once, from the mended word round to it, and where in them each token begins."""
        word = reading.seams[0].word
        if not word:
            return laid.numbers, laid.offsets
        passed_over = bool(reading.layout.tokens[0].first)
        circle = [self._numbers[word], *laid.numbers[passed_over:-1]]
        return circle, laid.offsets if passed_over else [0, *(offset + 1 for offset in laid.offsets[1:])]

    def _add_reading(self, scene: Scene, row: int, laid: _Laid, context: Context, as_printed: Sequence[float], places: Sequence[int]) -> None:
        """`places` are those before each printed token and behind the last one; layouts leave out tokens at the left edge only."""
        reading = scene.readings[row - 1]
        runs = order(reading)
        written, joints = self._written(reading, runs, laid)
        at = self._lay(written, context)
        scene.starts[row], scene.ends[row] = at, at + len(written)
        passed_over = len(places) - 1 - len(reading.layout.tokens)
        scene.parted.append((row, [places[passed_over + cut] for cut in reading.cuts]))
        if laid.tail:
            stop = at + len(written)
            scene.turned.append((row, range(stop - len(laid.tail), stop), range(places[0] + 1, places[passed_over] + 1)))
        plain = self._plain(reading, runs, as_printed, context.outer)
        plain[_COLUMN["short_run"]] = sum([end - start == 1 for start, end in runs])
        if context.place.room > 0:
            plain[_COLUMN["fits"]] = _fits(_first_word(reading), context.place)
        if self._is_special(reading, laid, context):
            self._judge_places(plain, self._names(written), context)
        scene.plain[row] = plain
        scene.around.append((range(row, row + 1), [at + joint for joint in joints]))

    def _written(self, reading: Reading, runs: Sequence[tuple[int, int]], laid: _Laid) -> tuple[list[int], list[int]]:
        """A reading's units in the order in which they were written, and the places on both sides of mended words."""
        tokens, numbers, offsets = reading.layout.tokens, laid.numbers, laid.offsets
        written: list[int] = []
        places: list[int] = []
        for (start, end), joint in zip(runs, (None, *reversed(reading.seams)), strict=True):
            at = offsets[start]
            if joint and joint.word:
                places += [len(written) - 1, len(written)]
                written[-1] = self._numbers[joint.word]
                at += bool(tokens[start].first)
            elif joint is AT_A_BLANK:
                places.append(len(written))
            written += numbers[at : offsets[end]]
        return written + laid.tail, places

    def _is_special(self, reading: Reading, laid: _Laid, context: Context) -> bool:
        """Whether it has to be looked where some of a reading's units stand."""
        return laid.is_special or context.is_special or not _special().isdisjoint([one.word for one in reading.seams])

    def _judge_places(self, plain: list[float] | Told, written: Sequence[str], context: Context) -> None:
        plain[_COLUMN["unbalanced"]] = _unbalanced(written, context.place.quoted) - context.unbalanced
        plain[_COLUMN["misplaced"]] = _misplaced(written, context)

    def _plain(self, reading: Reading, runs: Sequence[tuple[int, int]], as_printed: Sequence[float], outer: str) -> list[float]:
        """The features that a reading's seams tell, given those of its line."""
        row = [*as_printed]
        tokens, seams = reading.layout.tokens, reading.seams
        gains = [one.gain for one in seams if one.kind not in _WORDLESS]
        row[_COLUMN["cut"]] = len(reading.cuts) > 0
        row[_COLUMN["second_cut"]] = len(reading.cuts) > 1
        row[_COLUMN["more_cuts"]] = max(len(reading.cuts) - 2, 0)
        row[_COLUMN["gaps"]] = reading.layout.unexplained
        row[_COLUMN["turned"]] = reading.layout.turned > 0
        row[_COLUMN["gain"]] = sum(gains)
        row[_COLUMN["least_gain"]] = min(gains, default=10.0)
        row[_COLUMN["low_gain"]] = sum([max(8 - gain, 0) for gain in gains])
        row[_COLUMN["loose_mark"]] -= sum([one.kind in _LOOSE for one in seams])
        row[_COLUMN["loose_letter"]] -= sum([stands_alone(tokens[end - 1], self._lone) for _, end in runs[:-1]])
        for one in seams:
            row[_COLUMN[one.kind]] += 1
        for (left, right), one in zip(pairwise(runs), reversed(seams), strict=True):
            if pair := pair_of(tokens[left[1] - 1], tokens[right[0]], one):
                known = self._pairs.gain(pair, outer)
                row[_COLUMN["often_cut" if known > 0 else "never_cut"]] += known
        knows = WordScores.load().knows
        row[_COLUMN["unknown"]] = sum([not knows(word) for word in {one.word for one in seams if one.word}])
        return row

    def weigh(self, junctions: Junctions, local: LocalPairs) -> tuple[Matrix, Sheet]:
        """The features of all readings, each scene's in its rows, and the sheet on which lines that touch can be scored.

        `local` are the pairs of units that the document's lines show as they were printed.
        """
        sheet = junctions.sheet(list(self._numbers), self._row, local, doubtful=True)
        asked = _Asked([], [], [])
        for scene in self._scenes:
            _ask(scene, asked)
        scores = iter(sheet.scores(*map(np.array, asked)).tolist())
        for scene in self._scenes:
            _tell(scene, scores)
        return np.concatenate([np.empty((0, len(FEATURES))), *(scene.plain for scene in self._scenes)]).astype(np.float32), sheet

    def _lay(self, units: Sequence[int], context: Context | None = None) -> int:
        """Append a text between its neighbours; the place where it begins."""
        row = self._row
        if context:
            row += context.numbers_before
        at = len(row)
        row += units
        if context:
            row += context.numbers_after
        row += _PADS
        return at


class _Asked(NamedTuple):
    """Junctions to be scored: the places before and behind them, and 1 for those printed side by side."""

    lefts: list[int]
    rights: list[int]
    printed: list[int]

    def add(self, lefts: list[int], rights: list[int], printed: int = 0) -> None:
        self.lefts.extend(lefts)
        self.rights.extend(rights)
        self.printed.extend([printed] * len(lefts))


def _ask(scene: Scene, asked: _Asked) -> None:
    """The junctions that a scene wants scored, in the order in which `_tell` takes the scores."""
    mended = [place for _, places in scene.around for place in places]
    asked.add(mended, mended)
    asked.add([scene.ends[row] for row in scene.circles], [scene.starts[row] for row in scene.circles], 1)
    parted = _parted(scene)
    asked.add(parted, parted, 1)
    for _, made, undone in scene.turned:
        asked.add([*made, *undone], [*made, *undone])
    if scene.before is not None:
        asked.add([scene.before] * len(scene.starts), scene.starts)
    if scene.after is not None:
        asked.add(scene.ends, [scene.after] * len(scene.ends))


def _tell(scene: Scene, scores: Iterator[float]) -> None:
    """Make features of the scores."""
    for rows, mended in scene.around:
        scene.plain[rows.start : rows.stop, _COLUMN["around"]] = sum(islice(scores, len(mended)))
    scene.plain[scene.circles, _COLUMN["broken"]] = [-score for score in islice(scores, len(scene.circles))]
    places = _parted(scene)
    parted = dict(zip(places, islice(scores, len(places)), strict=True))
    for row, cuts in scene.parted:
        scene.plain[row, _COLUMN["broken"]] = -sum([parted[cut] for cut in cuts])
    for row, made, undone in scene.turned:
        scene.plain[row, _COLUMN["turned_edges"]] = sum(islice(scores, len(made))) - sum(islice(scores, len(undone)))
    for side in (scene.before, scene.after):
        if side is not None:
            scene.plain[:, _COLUMN["edges"]] += list(islice(scores, len(scene.plain)))


def _parted(scene: Scene) -> list[int]:
    """The places where some reading cuts the printed line, each once."""
    return sorted({place for _, cuts in scene.parted for place in cuts})


def meetings(sheet: Sheet, touching: Sequence[tuple[Positions, Positions]]) -> list[Matrix]:
    """How well each of some ends of one line goes on with each of some starts of the next, for many lines that touch."""
    if not touching:
        return []
    lefts = np.concatenate([np.repeat(ends, len(starts)) for ends, starts in touching])
    rights = np.concatenate([np.tile(starts, len(ends)) for ends, starts in touching])
    scores = sheet.scores(lefts, rights)
    stops = accumulate([len(ends) * len(starts) for ends, starts in touching], initial=0)
    return [scores[at:stop].reshape(len(ends), -1) for (at, stop), (ends, _) in zip(pairwise(stops), touching, strict=True)]


def _families(displaced: Sequence[Reading]) -> Iterator[range]:
    """Rows of readings that differ only in where the one cut was; every other reading by itself."""
    row = 1
    while row <= len(displaced):
        first, stop = displaced[row - 1], row + 1
        if _is_rotation(first):
            while stop <= len(displaced) and _is_rotation(displaced[stop - 1]) and displaced[stop - 1].layout is first.layout:
                stop += 1
        yield range(row, stop)
        row = stop


def _is_rotation(reading: Reading) -> bool:
    return len(reading.cuts) == 1 and not reading.layout.tail


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
    return _is_loose(tokens[0]) + sum([must_begin_run(left, right) for left, right in pairwise(tokens) if right.begins])


def _is_loose(one: Token) -> bool:
    return one.marked or one.text[0] == TATWEEL


def _misplaced(units: Sequence[str], context: Context) -> int:
    """How many words stand where they cannot.

    Adverbs that open a sentence before a comma (`سياسيا، …`) follow the end of one; two days side by side are a night
    between the first and the next (`ليل السبت الأحد`), so any other two only happen to touch; victims counted in the accusative
    (`23 نازحا`) stand behind their number, so they open no paragraph. A heading may have a comma behind
    its topic and a title a colon, none at its end; a dateline (`القاهرة (رويترز) - …`) opens the first line behind it.
    """
    goes_on = (context.place.heading and units[-1] == COMMA) or (context.place.title and units[-1] == ":")
    at_edges = int(goes_on) + int(context.place.lead and _tears_dateline(units))
    if _placed_words().isdisjoint(units):
        return at_edges
    row = [context.before[-1] if context.before else STOP, *units, *context.after[:1]]
    opening, days = openers(), weekdays()
    adverbs = sum(row[k + 1] == COMMA and row[k - 1] not in SENTENCE_ENDS for k in range(1, len(row) - 1) if row[k] in opening)
    uncounted = units[0] in counted_victims() and context.before[-1:] == [PARAGRAPH]
    return at_edges + uncounted + adverbs + sum(days[other] != (days[one] + 1) % 7 for one, other in pairwise(row) if one in days and other in days)


def _tears_dateline(units: Sequence[str]) -> bool:
    """Whether a line parts a dateline from what follows, from its place, or stands before one."""
    dashes = [k for k, pair in enumerate(pairwise(units)) if pair == (CLOSING, "-")]
    return units[0] == "-" or (bool(dashes) and (units[0] == OPENING or dashes[0] >= LONGEST_DATELINE))


def _names_agency(units: Sequence[str]) -> bool:
    """Whether a line has the end of a dateline, an agency in brackets before a dash."""
    for k, pair in enumerate(pairwise(units)):
        if pair == (CLOSING, "-") and OPENING in units[:k]:
            opened = k - 1 - units[:k][::-1].index(OPENING)
            if tuple(units[opened + 1 : k]) in _agencies():
                return True
    return False


@cache
def _agencies() -> frozenset[tuple[str, ...]]:
    """Names of news agencies, as units."""
    names = (name for row in lexicon_rows("media") if row["kind"] == "agency" for name in (row["name_ar"], *row["aliases"].split("|")))
    return frozenset(tuple(unit_names(name)) for name in names if name)


@cache
def _special() -> frozenset[str]:
    """Units that have to stand in certain places."""
    return _placed_words() | {OPENING, CLOSING}


@cache
def _placed_words() -> frozenset[str]:
    return frozenset([*openers(), *weekdays(), *counted_victims()])


@cache
def openers() -> frozenset[str]:
    """Adverbs that open sentences."""
    return words("sentence_openers")


@cache
def counted_victims() -> frozenset[str]:
    """Nouns of victims as they stand behind the numbers from 11 to 99."""
    nouns = (row["singular"] for row in lexicon_rows("counted_nouns") if row["role"] in _VICTIMS)
    return frozenset(noun + "ا" for noun in nouns if not noun.endswith(NO_ACCUSATIVE_ALEF))


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
