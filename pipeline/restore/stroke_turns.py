"""Lines turned at stroke signs: `حامEد الصEلت فرق الإنقEوص` for `وصEلت فرق الإنقEد الصEحام`.

Office programs stretch justified words with a glyph that the font's table may call `E`, `B`, `%` or `-` (stroke_signs.py). To
MuPDF such a sign runs from left to right, so the pieces between two of them are printed last one first (measured); a
figure ends the stretch that is turned. The signs stay, now inside words, where stroke_signs.py knows them for strokes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.restore.characters import LATIN, LETTERS_AND_MARKS
from pipeline.restore.fluency import Fluency
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.stroke_signs import signs_inside
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import is_visual
from pipeline.restore.votes import Votes

# Signs that Unicode's bidirectional algorithm (classes L, EN, ES, ET) does not let run from right to left.
STROKE = f"[0-9{LATIN}\u0370-\u058f\ue000-\uf8ff$%٪#+°€£-]"
# The rare sign first and the letter before it afterwards: much faster than the other way round.
_INSIDE = re.compile(f"({STROKE})(?<=[{LETTERS_AND_MARKS}]{STROKE})\\1*(?=[{LETTERS_AND_MARKS}])")
_FIGURE = re.compile(f"{CODED_NUMERAL}|[\ue000-\uf8ff]{{2,}}")
LEAD = re.compile(f"[^{LETTERS_AND_MARKS}]*")
LONGEST = 220
_FEWEST, _FEWEST_LINES, _TOTAL, _SURE, _CLEARLY, _WORSE = 5, 2, 15.0, 2.0, 4, -4.0


def restore_stroke_turns(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces between stroke signs in reading order, in a text whose lines read far better so."""
    if max(signs_inside(traced.text).values(), default=0) < _FEWEST:
        return Outcome(traced)
    found = Counter(_INSIDE.findall(traced.text))
    if max(found.values(), default=0) < _FEWEST or is_visual(traced.text):
        return Outcome(traced)
    edits: list[Edit] = []
    for sign, times in found.items():
        if times >= _FEWEST:
            edits += _turned(traced, sign)
    return rewrite(traced, "visual_order", _apart(edits), "pieces printed last one first at stroke signs", 0.9)


def _turned(traced: Traced, sign: str) -> list[Edit]:
    """Lines turned at one sign; none where they do not clearly read better."""
    text, fluency = traced.text, Fluency()
    lines = [m.span() for m in ARABIC_LINE.finditer(text) if m.end() - m.start() <= LONGEST and sign in m.group()]
    shown = [_has_inside(text, line, sign) for line in lines]
    orders = _orders(text, lines, sign, fluency)
    turned = fluency.with_words(_read(text, order, sign) for order in orders)
    printed = fluency.with_words(text[a:b].replace(sign, "") for a, b in lines)
    gains = [new - old for new, old in zip(turned, printed, strict=True)]
    better, worse, total = Votes.of((gain for gain, is_shown in zip(gains, shown, strict=True) if is_shown), _SURE)
    if better < max(_FEWEST_LINES, _CLEARLY * worse) or total < _TOTAL:
        return []
    return [
        reordered(traced, *line, order)
        for line, order, gain, is_shown in zip(lines, orders, gains, shown, strict=True)
        if gain > (_WORSE if is_shown else _SURE) and order != [*range(*line)]
    ]


def _orders(text: str, lines: Sequence[tuple[int, int]], sign: str, fluency: Fluency) -> list[list[int]]:
    """Lines turned at one sign. A digit may be a figure or a stroke where a blank stands behind it: what reads better counts."""
    if not sign.isdigit():
        return [_order(text, *line, re.compile(f"{re.escape(sign)}+")) for line in lines]
    inside, behind = (
        re.compile(f"(?<=[{LETTERS_AND_MARKS}]){sign}+(?=[{LETTERS_AND_MARKS}،])"),
        re.compile(f"(?<=[{LETTERS_AND_MARKS}]){sign}+(?![0-9:/])"),
    )
    ways = [[_order(text, *line, stroke) for line in lines] for stroke in (inside, behind)]
    told = [fluency.with_words(_read(text, order, sign) for order in way) for way in ways]
    return [ways[after > before][k] for k, (before, after) in enumerate(zip(*told, strict=True))]


def _has_inside(text: str, line: tuple[int, int], sign: str) -> bool:
    return any(m.group(1) == sign for m in _INSIDE.finditer(text, *line))


def _read(text: str, order: Sequence[int], sign: str) -> str:
    return "".join(text[i] for i in order).replace(sign, "")


def _order(text: str, start: int, end: int, stroke: re.Pattern[str]) -> list[int]:
    """Places of a line's characters: the pieces of each stretch between figures from the last to the first."""
    return [
        place
        for first, last, is_figure in stretches(text, start, end, stroke)
        for place in (range(first, last) if is_figure else _stretch(text, first, last, stroke))
    ]


def stretches(text: str, start: int, end: int, stroke: re.Pattern[str] | None = None) -> Iterator[tuple[int, int, bool]]:
    """The spans of a line's figures and of the stretches between them, and which it is; a digit may be a stroke."""
    at = start
    for match in _FIGURE.finditer(text, start, end):
        if not (stroke and stroke.match(text, *match.span())):
            yield at, match.start(), False
            yield *match.span(), True
            at = match.end()
    yield at, end, False


def _stretch(text: str, start: int, end: int, stroke: re.Pattern[str]) -> list[int]:
    """A stretch turned; what stands before its first letter, and blanks behind it, were printed there for another reason and stay."""
    lead = LEAD.match(text, start, end)
    core = lead.end() if lead else start
    last = max(core, start + len(text[start:end].rstrip(" ")))
    order = [*range(start, core)]
    edges = [core, *(edge for m in stroke.finditer(text, core, last) for edge in m.span()), last]
    for k in range(len(edges) - 2, -1, -1):
        order += range(edges[k], edges[k + 1])
    return [*order, *range(last, end)]


def _apart(edits: list[Edit]) -> list[Edit]:
    """The edits in order; where two signs turned one line, the first one's."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
