"""Rows broken at lam-alef, the part behind it printed first: `لت مصورة` and `تسعة تسجي ا` on two lines for `تسعة تسجيلات مصورة`.

poppler does this to pages of cairo in Noto Naskh, which draws the lām of the ligature by itself (measured): it opens the later
part, and the alef closes the earlier one. In Harmattan, whose ligature is two glyphs, `pdftotext -raw` breaks pages of all
writers between them: `ات مصورة`, `تسعة تسجيل`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.restore.characters import ALEFS, LETTER, LETTERS_AND_MARKS
from pipeline.restore.language_model import plain
from pipeline.restore.line_widths import line_width
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.proclitics import ARTICLE, CONJUNCTIONS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency, one_word_odds

_LAM = "ل"
_LATER = re.compile(" *ل[^\n]*")
_EARLIER = re.compile("(?P<start>(?:[^\n]*[^\n ])?)(?P<gap> +)(?P<alef>[اأإآ])")
_BREAK = re.compile("(?m)^ *ل[^\n]*\n\n?(?:[^\n]+ )?[اأإآ]$")
# What the first of several has; found much faster.
_ALEF_LAST = re.compile("\n(?<=[ \n][اأإآ].)", re.S)
_LAST, _HEAD = re.compile(f"{LETTER}*$"), re.compile(f"{LETTER}*")
# The other way round: the lām closes the earlier part.
_LAM_LAST = re.compile("ل\n\n?(?! *\\Z)")
_SPLIT = re.compile("(?m)^ *[اأإآ][^\n]*\n\n?(?=[^\n]*ل$)")
_HEAD_WORD, _LAST_WORD = re.compile(f"[{LETTERS_AND_MARKS}]+"), re.compile(f"[{LETTERS_AND_MARKS}]+$")
_ARTICLE = re.compile(f"{ARTICLE}|[{CONJUNCTIONS}]?ل")
_FEWEST, _SPLIT_ROWS, _MOSTLY = 2, 3, 0.5
_ROOM = 1.15  # of the widest line printed, for a row put together
TRACES: tuple[Trace, ...] = (("[ \n]", "[اأإآ]", "\n"), (_LAM, "\n"))


def restore_lam_alef_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Join the parts of such rows, the last one first, in a text with several of them."""
    broken = _broken(traced)
    return chain(broken, _split(broken.traced))


def _split(traced: Traced) -> Outcome:
    """Join rows split behind a lām, in a text where that mostly makes words of the letters that meet."""
    text = traced.text
    pairs = len(_SPLIT.findall(text)) if _LAM_LAST.search(text) else 0
    if pairs < _SPLIT_ROWS:
        return Outcome(traced)
    lines = list(FILLED_LINE.finditer(text))
    # Whole rows are too wide for one together: they were broken by another reader.
    widest = _ROOM * max(line_width(line.group()) for line in lines)
    rows: list[list[re.Match[str]]] = []
    for line in lines:
        if rows and _goes_on(line, rows[-1][-1]) and sum(line_width(part.group()) for part in (*rows[-1], line)) < widest:
            rows[-1].append(line)
        else:
            rows.append([line])
    joined = [row for row in rows if len(row) > 1]
    if sum(map(len, joined)) - len(joined) < max(_SPLIT_ROWS, _MOSTLY * pairs):
        return Outcome(traced)
    edits = [reordered(traced, row[0].start(), row[-1].end(), [i for line in reversed(row) for i in _stripped(line)]) for row in joined]
    return rewrite(traced, "visual_order", edits, "rows were broken inside lam-alef, the later part printed first", 0.93)


def _goes_on(earlier: re.Match[str], later: re.Match[str]) -> bool:
    """Whether the letters at the end of a line and at the start of the one printed before it are likelier one word than two."""
    head, last = _HEAD_WORD.match(later.group().lstrip(" ")), _LAST_WORD.search(earlier.group())
    if not head or not last or earlier.start() - later.end() > 2:
        return False
    left, right = (plain(side.group()) for side in (last, head))
    if left[-1:] != _LAM or not right.startswith(tuple(ALEFS)):
        return False
    return frequency(left + right) > FLOOR and (_ARTICLE.fullmatch(left) is not None or one_word_odds(left, right) > 1)


def _stripped(line: re.Match[str]) -> range:
    shown = line.group()
    return range(line.end() - len(shown.lstrip(" ")), line.start() + len(shown.rstrip(" ")))


def _broken(traced: Traced) -> Outcome:
    """Join rows whose later part opens with the lām, the earlier one ending in the alef."""
    text = traced.text
    alefs = len(_ALEF_LAST.findall(text))
    # Where lines end in other alefs as well, these are of another kind.
    if not alefs or len(_BREAK.findall(text)) < max(_FEWEST, _MOSTLY * alefs):
        return Outcome(traced)
    rows: list[list[re.Match[str]]] = []
    for line in FILLED_LINE.finditer(text):
        if rows and _goes_before(rows[-1][-1], line):
            rows[-1].append(line)
        elif rows and len(rows[-1]) == 1 and _goes_before(line, rows[-1][0]):
            rows[-1].insert(0, line)
        else:
            rows.append([line])
    edits = [edit for row in rows for edit in _joined(traced, row)]
    return rewrite(traced, "visual_order", edits, "rows were broken at lam-alef, the later part printed first", 0.93)


def _goes_before(later: re.Match[str], earlier: re.Match[str]) -> bool:
    """Whether two neighbouring lines are parts of a row; the later one is nearly always printed first, else a word must prove it."""
    near = max(earlier.start() - later.end(), later.start() - earlier.end()) <= 2
    start = _EARLIER.fullmatch(earlier.group()) if near and _LATER.fullmatch(later.group()) else None
    return start is not None and (later.start() < earlier.start() or _within_word(start, later.group()))


def _joined(traced: Traced, row: Sequence[re.Match[str]]) -> list[Edit]:
    """The row, its last line first; each lām goes before the alef that closed the part before."""
    if len(row) < 2:
        return []
    order: list[int] = []
    for number, line in reversed([*enumerate(row)]):
        start, end = line.span()
        start += len(line.group()) - len(line.group().lstrip(" "))
        if order:
            order[-1:] = [start, order[-1]]
            start += 1
        part = _EARLIER.fullmatch(line.group()) if number else None
        gap = range(*part.span("gap")) if part and _within_word(part, row[number - 1].group()) else range(0)
        order += [i for i in range(start, end) if i - line.start() not in gap]
    span = min(line.start() for line in row), max(line.end() for line in row)
    return [reordered(traced, *span, order)]


def _within_word(earlier: re.Match[str], later: str) -> bool:
    """Whether the lam-alef goes on with the last word of the earlier part rather than begins one."""
    last, head = _LAST.search(earlier["start"]), _HEAD.match(later.lstrip(), 1)
    left, right = last.group() if last else "", f"ل{earlier['alef']}{head.group() if head else ''}"
    return one_word_odds(left, right) > 1
