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

_SINGLE = rf"[ ]*[^ \n]*[{LETTERS_AND_TATWEEL}][^ \n]*[ ]*"
_RUN = re.compile(rf"(?m)^{_SINGLE}(?:\n+{_SINGLE})+$")
# What the second line of each run is; found much faster.
_SECOND = re.compile(rf"\n{_SINGLE}(?:\n|\Z)")
_WORD = re.compile(r"[^ \n]+")
_SURE, _CLEARLY, _TOTAL, _MOST_LEAN = 2.0, 4, 8.0, 5.0


def restore_single_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put runs of lines of one word each on one line, last word first, in a text whose runs read far better so."""
    text = traced.text
    if not _SECOND.search(text):
        return Outcome(traced)
    runs = [[m.span() for m in _WORD.finditer(text, *run.span())] for run in _RUN.finditer(text)]
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


def _gain(text: str, words: list[tuple[int, int]]) -> float:
    """How much better words read from the last to the first, behind the line before them."""
    before = text[text.rfind("\n", 0, max(words[0][0] - 1, 0)) + 1 : words[0][0]].strip()
    told = [text[slice(*word)] for word in words]
    turned, printed = Fluency().framed(before, (" ".join(reversed(told)), " ".join(told)), "")
    return turned - printed


def _order(words: list[tuple[int, int]]) -> list[int]:
    """Places of the words from the last to the first, a blank between two."""
    return [place for word in reversed(words) for place in (*range(*word), BLANK)][:-1]
