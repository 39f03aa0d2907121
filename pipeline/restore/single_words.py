"""Ends of paragraphs printed word by word, one word a line, the last word first: `.البلدة\\nفي\\nالسكان` for `السكان في البلدة.`.

TCPDF justifies the last line of a paragraph too; its words then stand so far apart that pdftotext and PyMuPDF take each for
a line of its own (measured). Judged by how the words read both ways, between the lines around them.
"""

from __future__ import annotations

import math
import re

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.fluency import Fluency
from pipeline.restore.line_widths import column_width, line_width
from pipeline.restore.numerals import DIGITS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.votes import Votes, probability

_SINGLE = rf"[ ]*[^ \t\n]*[{LETTERS_AND_TATWEEL}][^ \t\n]*[ ]*"
# A figure has the words beside it on its line.
_FIGURED = rf" *(?:[^ \t\n{DIGITS}]+ +)?[^ \t\n]*[{DIGITS}][^ \t\n]*(?: +[^ \t\n{DIGITS}]+)? *"
_ANY = f"(?:{_SINGLE}|{_FIGURED})"
_RUN = re.compile(rf"(?m)^{_ANY}(?:\n+{_ANY})+$")
_IS_SINGLE = re.compile(_SINGLE)
# What the second line of each run is; found much faster.
_SECOND = re.compile(rf"\n{_SINGLE}(?:\n|\Z)")
_LINE = re.compile(r"[^ \n](?:[^\n]*[^ \n])?")
# The line before a paragraph's last one is prose that goes on; behind a heading or a colon stands a list.
_LEAST_BLANKS, _ENDS = 2, frozenset(".:!؟…")
_SURE, _CLEARLY, _TOTAL, _MOST_LEAN, _FULL = 2.0, 4, 8.0, 5.0, 0.9


def restore_single_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put runs of lines of one word each on one line, last word first, in a text whose runs read far better so."""
    text = traced.text
    if not _SECOND.search(text):
        return Outcome(traced)
    runs = [[m.span() for m in _LINE.finditer(text, *run.span())] for run in _RUN.finditer(text)]
    runs = [run for run in runs if 2 * sum(_IS_SINGLE.fullmatch(text, *line) is not None for line in run) > len(run)]
    before = [_line_before(text, run[0][0]) for run in runs]
    goes_on = list(map(_goes_on, before))
    if not any(goes_on):
        return Outcome(traced)
    gains = [_gain(text, run) for run in runs]
    votes = Votes.of((gain for gain, on in zip(gains, goes_on, strict=True) if on), _SURE)
    if votes.better <= _CLEARLY * votes.worse or votes.total < _TOTAL:
        return Outcome(traced)
    lean = votes.lean(_MOST_LEAN)
    # Behind a sentence's end too where its line is full.
    full = _FULL * column_width(list(map(line_width, before)))
    leans = [lean if on else -_SURE if _is_prose(line) and line_width(line) > full else -math.inf for on, line in zip(goes_on, before, strict=True)]
    chosen = [(run, gain + more) for run, gain, more in zip(runs, gains, leans, strict=True) if gain + more > 0]
    edits = [reordered(traced, run[0][0], run[-1][1], _order(run)) for run, _ in chosen]
    scores = [probability(score, 0.97) for _, score in chosen]
    return rewrite(traced, "visual_order", edits, f"one word a line, the last one first; {votes.better} runs of lines read far better so", scores)


def _line_before(text: str, start: int) -> str:
    end = len(text[:start].rstrip())
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _goes_on(line: str) -> bool:
    return line.count(" ") >= _LEAST_BLANKS and line[-1] not in _ENDS


def _is_prose(line: str) -> bool:
    return line.count(" ") >= _LEAST_BLANKS and line[-1] != ":"


def _gain(text: str, words: list[tuple[int, int]]) -> float:
    """How much better words read from the last to the first, behind the line before them."""
    told = [text[slice(*word)] for word in words]
    turned, printed = Fluency().framed(_line_before(text, words[0][0]), (" ".join(reversed(told)), " ".join(told)), "")
    return turned - printed


def _order(words: list[tuple[int, int]]) -> list[int]:
    """Places of the words from the last to the first, a blank between two."""
    return [place for word in reversed(words) for place in (*range(*word), BLANK)][:-1]
