"""Ends of paragraphs printed word by word, one word a line, the last word first: `.البلدة\\nفي\\nالسكان` for `السكان في البلدة.`.

TCPDF justifies the last line of a paragraph too; its words then stand so far apart that pdftotext and PyMuPDF take each for
a line of its own (measured). Judged by how the words read both ways, between the lines around them.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.fluency import Fluency
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.votes import Votes, probability

_SINGLE = rf"[ ]*[^ \t\n]*[{LETTERS_AND_TATWEEL}][^ \t\n]*[ ]*"
_RUN = re.compile(rf"(?m)^{_SINGLE}(?:\n+{_SINGLE})+$")
# What the second line of each run is; found much faster.
_SECOND = re.compile(rf"\n{_SINGLE}(?:\n|\Z)")
_WORD = re.compile(r"[^ \n]+")
# The line before a paragraph's last one is prose that goes on; behind a heading or a colon stands a list.
_LEAST_BLANKS, _ENDS = 2, frozenset(".:!؟…")
_SURE, _CLEARLY, _TOTAL, _MOST_LEAN = 2.0, 4, 8.0, 5.0


def restore_single_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put runs of lines of one word each on one line, last word first, in a text whose runs read far better so."""
    text = traced.text
    if not _SECOND.search(text):
        return Outcome(traced)
    runs = [[m.span() for m in _WORD.finditer(text, *run.span())] for run in _RUN.finditer(text) if _goes_on(_line_before(text, run.start()))]
    if not runs:
        return Outcome(traced)
    gains = [_gain(text, words) for words in runs]
    votes = Votes.of(gains, _SURE)
    if votes.better <= _CLEARLY * votes.worse or votes.total < _TOTAL:
        return Outcome(traced)
    lean = votes.lean(_MOST_LEAN)
    chosen = [(words, gain + lean) for words, gain in zip(runs, gains, strict=True) if gain + lean > 0]
    edits = [reordered(traced, words[0][0], words[-1][1], _order(words)) for words, _ in chosen]
    scores = [probability(score, 0.97) for _, score in chosen]
    return rewrite(traced, "visual_order", edits, f"one word a line, the last one first; {votes.better} runs of lines read far better so", scores)


def _line_before(text: str, start: int) -> str:
    end = len(text[:start].rstrip())
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _goes_on(line: str) -> bool:
    return line.count(" ") >= _LEAST_BLANKS and line[-1] not in _ENDS


def _gain(text: str, words: list[tuple[int, int]]) -> float:
    """How much better words read from the last to the first, behind the line before them."""
    told = [text[slice(*word)] for word in words]
    turned, printed = Fluency().framed(_line_before(text, words[0][0]), (" ".join(reversed(told)), " ".join(told)), "")
    return turned - printed


def _order(words: list[tuple[int, int]]) -> list[int]:
    """Places of the words from the last to the first, a blank between two."""
    return [place for word in reversed(words) for place in (*range(*word), BLANK)][:-1]
