"""Lines cut at letters that a font lifts above the one behind them: `خزن القمح.مبقي الناس في ` for `بقي الناس في مخزن القمح.`

Fonts with stacked letters (Amiri) draw the letter before ج, ح or خ above the line; pypdf then prints what stands left of it first,
the letter, and what stands right of it, on pages of LibreOffice and Typst (measured). Figures end what is turned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipeline.restore.characters import JOINING, LETTER
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.turned_alefs import turned_at

_BEARERS = "جحخ"
_OPENING = re.compile(f"(?m)(?:^|[0-9]) ?(?=[{_BEARERS}]{LETTER})")
TRACES: tuple[Trace, ...] = (("[\n0-9]", f"[{_BEARERS}]", LETTER), ("[\n0-9]", " ", f"[{_BEARERS}]"))
_FEWEST, _AGAINST = 4, -60.0


def restore_lifted_letters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the parts of lines in reading order, in a text of whose lines that open so most read far better so."""
    text = traced.text
    unknown = document_words(text).unknown
    if len(unknown) < _FEWEST or len(_OPENING.findall(text)) < _FEWEST:
        return Outcome(traced)
    _, edits = turned_at(traced, partial(_orders, text, unknown), against=_AGAINST)
    return rewrite(traced, "displaced_run", edits, "a part of a line cut at a letter that its font lifts", 0.85)


def _orders(text: str, unknown: frozenset[str], start: int, end: int) -> Iterator[list[int]]:
    """A stretch that opens with a letter that bears others, cut at a letter inside a token that is no word, or at its edge."""
    if text[start] not in _BEARERS:
        return
    for token in TOKEN.finditer(text, start, end):
        places = [i for i in range(*token.span()) if text[i] in JOINING]
        if plain(token.group()) not in unknown:
            places = [i for i in places if token.end() - token.start() == 1]
        for at in places:
            yield [*range(at + 1, end), at, *range(start, at)]
