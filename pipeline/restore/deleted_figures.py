"""Lines turned around figures that were deleted since: ` مدنيا من قتل` for `قتل  مدنيا من`, printed as ` مدنيا من34 قتل`.

What cleans corpora often deletes digits. In a text whose reader prints the pieces of a line from left to right
(turned_lines.py) such a line keeps the blanks that stood around its figures: one opens it, two stand where a figure stood
between two pieces, and behind the piece that was written first a single one does, which tells from no other. Figures are
set in where the lines so turned read best, the lines are turned, and the figures are taken out again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import LOST, WITH_HAMZA_MARKS
from pipeline.restore.fluency import Fluency
from pipeline.restore.habits import has_figures
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.line_widths import FULL, column_width, line_width
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.turned_lines import FAMILIES, LONGEST, breaks_at, restore_turned_lines, turned
from pipeline.restore.votes import Votes

_A = WITH_HAMZA_MARKS + LOST
_STOPS = ".،؛:؟!"
# A figure by itself to all who read units; no text in which it is set has any.
_FIGURE = "\uf8ff"
_OPENED = re.compile(f"\n[{_STOPS}»”)]* ")
_OPENING_BLANK = re.compile(f"(?m)^[{_STOPS}»”)]* [«“(]?[{_A}]")
_TRACE = re.compile(f"^[{_STOPS},%»”)]* +[«“(]?[{_A}]|\\S  +\\S")
_GAP, _BLANK = re.compile("(?<=\\S) {2,}(?=\\S)"), re.compile("(?<=\\S) (?=\\S)")
# Where signs do not break lines, one behind a blank stood behind a figure.
_GAP_OR_STOP = re.compile(f"(?<=\\S) (?:(?= +\\S)|(?=[{_STOPS}]))")
_SIGNS_ALONE = re.compile(f'(?m)^ ?[{_STOPS},/"«»“”()-]+ ?$')
_LONG_WORD, _LEAST_HALF = re.compile(f"[{_A}]{{6,}}"), 3
_OPENED_BY_FIGURE = frozenset(f" ,%{_STOPS}")
_INSIDE = frozenset(".:/-")
_FEWEST, _SHARE, _MOST_SHARE, _LEAST_FULL, _MOST_WIDE = 3, 0.04, 0.8, 0.55, 0.25
_SWEEPS, _KEPT = 2, 5
# Log odds: a figure that no blank but the line's own shows; what tells that a line, or the text, was turned.
_EACH, _SURE, _TOTAL, _MEAN, _CLEARLY = 3.0, 2.0, 12.0, 4.0, 3
_HEAT, _CLEAR = 2.0, 0.6
TRACES: tuple[Trace, ...] = (("\n", f"[ {_STOPS}»”)]"),)


class _Reading(NamedTuple):
    """A line's places at which figures are set in, how it then reads, and what speaks for it by itself."""

    places: tuple[int, ...]
    text: str
    prior: float
    printed: bool = False


class _Choice(NamedTuple):
    """The best reading of a line, its gain over the line as printed, its share in all of them, and the next best one."""

    best: _Reading
    gain: float = 0.0
    share: float = 1.0
    rival: str = ""


def restore_deleted_figures(traced: Traced, profile: Profile | None = None) -> Outcome:
    """Put the pieces of lines in reading order that were turned around figures, in a text that has lost these."""
    text = traced.text
    height = text.count("\n") - text.count("\n\n") + 1
    opened = len(_OPENING_BLANK.findall(text)) if _OPENED.search(text) else 0
    if opened < max(_FEWEST, _SHARE * height) or opened > _MOST_SHARE * height or has_figures(text):
        return Outcome(traced)
    lines = [m.span() for m in ARABIC_LINE.finditer(text)]
    if _are_broken(text, lines):
        return Outcome(traced)
    fluency = Fluency()
    if _are_reversed([text[start:end] for start, end in lines], fluency):
        return Outcome(traced)
    ways = [_chosen(text, lines, signs, fluency) for signs in ("", "".join(FAMILIES))]
    choices = max(ways, key=lambda way: sum(choice.gain for choice in way))
    gains = [choice.gain for (start, end), choice in zip(lines, choices, strict=True) if _TRACE.search(text[start:end])]
    better, worse, total = Votes.of(gains, _SURE)
    if total < max(_TOTAL, _MEAN * len(gains)) or better < max(_FEWEST, _CLEARLY * worse):
        return Outcome(traced)
    edits = [Edit(start + at, start + at, _FIGURE) for (start, _), choice in zip(lines, choices, strict=True) for at in choice.best.places]
    outcome = _without_figures(restore_turned_lines(traced.edit(edits), profile), traced)
    told = {traced.raw_span(*line): choice for line, choice in zip(lines, choices, strict=True) if choice.best.places}
    doubts = [_doubt(change, told[change[1:3]]) for change in outcome.changes if change[1:3] in told and told[change[1:3]].share < _CLEAR]
    return Outcome(outcome.traced, [_weakened(change, told) for change in outcome.changes], outcome.doubts + doubts)


def _are_broken(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether lines that a blank opens are parts of rows, which leave room, or signs stand on lines by themselves (broken_rows.py)."""
    widths = [line_width(text[start:end]) for start, end in lines]
    full = FULL * column_width(widths)
    opened = [width > full for (start, _), width in zip(lines, widths, strict=True) if _OPENING_BLANK.match(text, start)]
    if sum(opened) < _LEAST_FULL * len(opened) or len(_SIGNS_ALONE.findall(text)) >= _FEWEST:
        return True
    return text.count("\n  ") >= max(_FEWEST, _MOST_WIDE * len(opened))


def _are_reversed(lines: Sequence[str], fluency: Fluency) -> bool:
    """Whether the lines read better with their words in reverse order (word_order.py)."""
    return sum(fluency.alone(" ".join(reversed(line.split())) for line in lines)) > sum(fluency.alone(lines))


def _chosen(text: str, lines: Sequence[tuple[int, int]], signs: str, fluency: Fluency) -> list[_Choice]:
    """Each line's best reading, weighed between its neighbours' best ones; lines break at these signs too."""
    breaks, gap = breaks_at(signs), _GAP if signs else _GAP_OR_STOP
    printed = [text[start:end] for start, end in lines]
    options = [list(_options(line, gap, breaks)) for line in printed]
    choices = list(map(_Choice, _one_after_the_other(options, fluency)))
    for _ in range(_SWEEPS):
        for k, readings in enumerate(options):
            before = choices[k - 1].best.text if k else ""
            after = choices[k + 1].best.text if k + 1 < len(lines) else ""
            more = list(_with_one_more(printed[k], choices[k].best.places, breaks))
            choices[k] = _choice([*readings, *more], before, after, fluency)
    return choices


def _one_after_the_other(options: Sequence[Sequence[_Reading]], fluency: Fluency) -> list[_Reading]:
    """The readings of all lines that go on best with each other, each weighed with the one before it (Viterbi)."""
    paths = [(0.0, [_Reading((), "", 0.0)])]
    for readings in options:
        told = [one.prior + score for one, score in zip(readings, fluency.alone(one.text for one in readings), strict=True)]
        kept = [readings[at] for at in sorted(range(len(readings)), key=told.__getitem__, reverse=True)[:_KEPT]]
        # What the end of the line says by itself is left out, which the next line is to say.
        ends = fluency.each((one.text, "", "") for one in kept)
        met = iter(fluency.each((path[-1].text, one.text, "") for _, path in paths for one in kept))
        grown: list[tuple[float, list[_Reading]]] = [(-math.inf, [])] * len(kept)
        for score, path in paths:
            for k, one in enumerate(kept):
                total = score + next(met) + one.prior - ends[k]
                if total > grown[k][0]:
                    grown[k] = total, [*path, one]
        paths = grown
    return max(paths, key=lambda path: path[0])[1][1:]


def _choice(readings: Sequence[_Reading], before: str, after: str, fluency: Fluency) -> _Choice:
    """The best of a line's readings between two lines."""
    scores = [one.prior + found for one, found in zip(readings, fluency.framed(before, [one.text for one in readings], after), strict=True)]
    best = max(range(len(readings)), key=scores.__getitem__)
    as_printed = max(score for one, score in zip(readings, scores, strict=True) if one.printed)
    by_text: dict[str, float] = {}
    for one, score in sorted(zip(readings, scores, strict=True), key=lambda pair: pair[1], reverse=True):
        by_text.setdefault(_words(one.text), math.exp((score - scores[best]) / _HEAT))
    rival = next((text for text in by_text if text != _words(readings[best].text)), "")
    return _Choice(readings[best], scores[best] - as_printed, 1 / sum(by_text.values()), rival)


def _words(text: str) -> str:
    return " ".join(text.replace(_FIGURE, " ").split())


def _options(line: str, gap: re.Pattern[str], breaks: re.Pattern[str]) -> Iterator[_Reading]:
    """A line as printed, a figure where it shows a gap, and as it reads turned around figures at different places."""
    gaps = [m.start() for m in gap.finditer(line)]
    shown = _with(line, gaps).strip()
    yield _Reading((), shown, -_EACH * len(gaps), printed=True)
    if len(line) > LONGEST:
        return
    yield from (one for one in _readings(line, (), breaks) if one.text != shown)
    if not _TRACE.search(line):
        return
    # The line may have been broken at a figure that stood at the end of the line before.
    yield _Reading((), f"{_FIGURE} {shown}", -_EACH * (1 + len(gaps)), printed=True)
    singles = [*(m.start() for m in _BLANK.finditer(line, gaps[-1] + 1 if gaps else 0)), *_inside_words(line)]
    for behind in ((), *((at,) for at in (*singles, len(line.rstrip())))):
        for opening in ((), (0,)) if line[0] in _OPENED_BY_FIGURE else ((),):
            if opening or gaps or behind:
                yield from _readings(line, (*opening, *gaps, *behind), breaks)


def _inside_words(line: str) -> Iterator[int]:
    """Places where two words touch that are none together: PDFBox sets no blank behind a figure."""
    knows = Lexicon.load().knows
    for match in _LONG_WORD.finditer(line):
        word = match.group()
        if not knows(plain(word)):
            halves = ((word[:at], word[at:], at) for at in range(_LEAST_HALF, len(word) - _LEAST_HALF + 1))
            yield from (match.start() + at for one, other, at in halves if knows(plain(one)) and knows(plain(other)))


def _with_one_more(line: str, places: tuple[int, ...], breaks: re.Pattern[str]) -> Iterator[_Reading]:
    """The line with one more figure at a blank, or with a sign beside a figure inside it."""
    beside = {at + step for at in places for step in (-1, 1) if _INSIDE.intersection(line[at + min(step, 0) : at + max(step, 0)])}
    for at in sorted({*(m.start() for m in _BLANK.finditer(line)), *beside} - {*places}) if places else ():
        yield from _readings(line, tuple(sorted((*places, at))), breaks)


@lru_cache(maxsize=5_000)
def _readings(line: str, places: tuple[int, ...], breaks: re.Pattern[str]) -> list[_Reading]:
    """The line turned around figures at some places, one on both sides of a comma, which Arabic prose has inside figures only."""
    commas = {at + step for at in places for step in (-1, 1) if line[at + min(step, 0) : at + max(step, 0)] == ","}
    places = tuple(sorted({*places, *commas}))
    figures = len(places) - sum(other == one + 1 for one, other in pairwise(places))
    return [_Reading(places, text, -_EACH * figures) for text in turned(_with(line, places), breaks)]


def _with(line: str, places: Sequence[int]) -> str:
    return _FIGURE.join(line[a:b] for a, b in pairwise((0, *places, len(line))))


def _without_figures(outcome: Outcome, printed: Traced) -> Outcome:
    """What came of a text with figures set in, without them."""
    if not outcome.changes:
        return Outcome(printed)
    edits = [Edit(m.start(), m.end(), "") for m in re.finditer(_FIGURE, outcome.traced.text)]
    changes = [c._replace(before=c.before.replace(_FIGURE, ""), after=c.after.replace(_FIGURE, "")) for c in outcome.changes]
    doubts = [
        d._replace(explanation=d.explanation.replace(_FIGURE, ""), readings=tuple(r.replace(_FIGURE, "") for r in d.readings)) for d in outcome.doubts
    ]
    return Outcome(outcome.traced.edit(edits), changes, doubts)


def _weakened(change: Change, told: dict[tuple[int, int], _Choice]) -> Change:
    """A change that is no surer than where its figures stood."""
    choice = told.get((change.raw_start, change.raw_end))
    if not choice:
        return change
    evidence = f"{change.evidence}; turned around {len(choice.best.places)} deleted figure(s)"
    return change._replace(confidence=round(min(change.confidence, choice.share), 3), evidence=evidence)


def _doubt(change: Change, choice: _Choice) -> Doubt:
    reason = f"The line was turned around figures that were deleted since; it reads “{_words(change.after)}” or “{choice.rival}”"
    return Doubt(
        "displaced_run_unresolved", change.raw_start, change.raw_end, reason, round(1 - choice.share, 3), readings=(change.after, choice.rival)
    )
