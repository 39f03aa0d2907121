"""Letters with dots that end a run and stand before it: `83 نلا ي قل ع` for `لا يقل عن 83`, `.ةال ت قط تها ال قر ي` for `التقطتها القرية.`

MuPDF gives the runs of a row from left to right. Where dots are drawn apart, the last letter of a run is one by itself if it has
dots: it comes before the run that it ends, with the signs behind it. Which letters are no beginning of a word, the words tell.
Blanks at the dots are dot_gaps.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.restore.characters import LETTERS
from pipeline.restore.dot_gaps import DOTTED, gaps, likelihood
from pipeline.restore.numerals import DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.votes import probability

_RUN = re.compile(f"[^\n{DIGITS}]+")
_TURNED = re.compile(f'(?P<signs>[ .،؛:؟!»«)("”\\]]*)[{DOTTED}](?=[ .،؛:؟!»«()]*[{LETTERS}])')
_CHOICES = 4.0
_FEWEST, _SURE = 3, 0.97
_EVIDENCE = "a letter with dots that ends a run and stands before it"


def restore_turned_dots(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put letters with dots behind the runs that they end, in a text with gaps at dots and several such letters."""
    blank = gaps(traced.text)
    found = [*_turned(traced, blank)] if blank else []
    if len(found) < _FEWEST:
        return Outcome(traced)
    return rewrite(traced, "visual_order", [edit for edit, _ in found], _EVIDENCE, [sure for _, sure in found])


def _turned(traced: Traced, blank: re.Pattern[str]) -> Iterator[tuple[Edit, float]]:
    for run in _RUN.finditer(traced.text):
        letter = _TURNED.match(run.group())
        if letter:
            end = run.start() + len(run.group().rstrip(" "))
            at = run.start() + letter.end()
            order = [*range(at, end), *range(at - 1, run.start() - 1, -1)]
            edit = reordered(traced, run.start(), end, order)
            odds = likelihood(edit.after, blank) - likelihood(run.group(), blank)
            if odds > _CHOICES:
                yield edit, probability(odds - _CHOICES, _SURE)
