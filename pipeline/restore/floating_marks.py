"""Vowel marks printed before the piece of line that they end: `ّ كشف تقرير أعد ّ ته نقابة عمال` for `كشف تقرير أعدّته نقابة عمّال`.

pdfium does this to pages of WeasyPrint and LibreOffice (measured): a line is cut behind each letter that bears a mark, and the
mark is printed before its piece, with blanks on both sides. So a mark belongs where the next one stands; the last one of a
line belongs somewhere behind it. Marks with a blank on one side only are detached_marks.py's.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import FATHATAN, LETTER, MARK, SHADDA
from pipeline.restore.language_model import plain
from pipeline.restore.mark_places import bearing_letter
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.word_frequency import FLOOR, frequency, one_word_odds

# A mark of one or two signs: it opens a line, or stands between blanks.
_FLOATING = re.compile(f"(?m)(?:^|(?<= )){MARK}{{1,2}}(?: (?={LETTER})|(?= [^\n]*{LETTER}))")
_MAY_OPEN = re.compile(f"(?m)^{MARK}{{1,2}} ")
# A line that ends in a bare alef may open with its tanwīn: displaced_runs.py's.
_OPENS = re.compile(f"(?m)^(?!{FATHATAN}[^\n]*ا$){MARK}{{1,2}} ")
_INSIDE = re.compile(f"(?<={LETTER}) {MARK}{{1,2}} (?={LETTER})")
_LINE = re.compile("(?m)^[^\n]+$")
LAST_WORD, FIRST_WORD = re.compile(f"{LETTER}(?:{LETTER}|{MARK})*$"), re.compile(f"(?:{LETTER}|{MARK})+")
_FEWEST_OPENING, _FEWEST = 2, 3
_STOPS = frozenset(" .،؛:؟!")


def restore_floating_marks(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give each floating mark its letter, in a text where lines open with such marks and words are cut at them."""
    text = traced.text
    if len(_MAY_OPEN.findall(near_marks(text))) < _FEWEST_OPENING:
        return Outcome(traced)
    opening = _OPENS.findall(text)
    cuts = sum(_is_cut(text, m) for m in _INSIDE.finditer(text))
    shaddas = sum(SHADDA in mark for mark in opening)
    if len(opening) + cuts < _FEWEST or not (cuts or shaddas >= _FEWEST):
        return Outcome(traced)
    edits = [edit for line in _LINE.finditer(text) if (edit := _restored(traced, *line.span()))]
    return rewrite(traced, "detached_mark", edits, "marks were printed before the pieces of line that they end", 0.85)


def _is_cut(text: str, cut: re.Match[str]) -> bool:
    return cuts_word(text[max(0, cut.start() - 30) : cut.start()], text[cut.end() : cut.end() + 30])


def cuts_word(before: str, behind: str) -> bool:
    """Whether the letters on both sides of a cut are likelier one word than two."""
    last, first = LAST_WORD.search(before), FIRST_WORD.match(behind)
    if not last or not first:
        return False
    left, right = (plain(side.group()) for side in (last, first))
    return frequency(left + right) > FLOOR and one_word_odds(left, right, single=1.0) > 1


def _restored(traced: Traced, start: int, end: int) -> Edit | None:
    """The line with its marks in place; None where it has none, or its last one finds no letter."""
    line = traced.text[start:end]
    marks = list(_FLOATING.finditer(line))
    if not marks:
        return None
    order = [*range(marks[0].start())]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        piece = [*range(mark.end(), following.start() if following else len(line))]
        signs = [i for i in range(*mark.span()) if line[i] != " "]
        placed = _at_cut(line, piece, signs, following) if following else _within(line, piece, signs)
        if placed is None:
            return None
        while order and line[order[-1]] == " " and line[placed[0]] in _STOPS:
            order.pop()
        order += placed
    return reordered(traced, start, end, [start + i for i in order])


def _at_cut(line: str, piece: list[int], signs: list[int], following: re.Match[str]) -> list[int]:
    """A piece whose mark belongs to its last letter, with a blank behind it where another word begins."""
    while piece and line[piece[-1]] == " ":
        piece.pop()
    joined = cuts_word("".join(line[i] for i in piece), line[following.end() :])
    return [*piece, *signs] if joined else [*piece, *signs, following.start() - 1]


def _within(line: str, piece: list[int], signs: list[int]) -> list[int] | None:
    """The last piece, which may run on behind its mark: the letter that bears it is told by the words."""
    bearer = bearing_letter("".join(line[i] for i in piece), "".join(line[i] for i in signs))
    return None if bearer is None else [*piece[: bearer + 1], *signs, *piece[bearer + 1 :]]
