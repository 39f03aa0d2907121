"""Quotation marks and brackets that face the wrong way all through a text: `»سانا«` for «سانا», `)٢٠٠٥(` for (٢٠٠٥).

A reader that keeps the glyph and not the character turns them; which way they face is judged per document and pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from pipeline.restore.proclitics import CLITIC
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_PAIRS = (("«", "»"), ("(", ")"), ("[", "]"))
# `”وطن“` is a habit of writers too: turned only where another pair, or letters that stood in reverse, show a reader that turns them.
_CURLY = ("“", "”")
_MIRROR = str.maketrans("«»()[]“”", "»«)(][”“")
# The mark first and what stands before it afterwards: much faster than the other way round.
_OPENING = r"{0}(?:(?<=\s{0})|(?<=^{0})|(?<=\s" + CLITIC + r"{0}))(?=[^\W_A-Za-z])"
_CLOSING = r"{0}(?<=[^\W_A-Za-z]{0}|[.!؟?%]{0})(?<!\s" + CLITIC + r"{0})(?=[\s.,،؛:!؟?]|$)"
# One turned pair is enough where none stands right. pdfium also prints the blank before a bracket behind it (measured):
# `الدائمة) “قسد(` for `الدائمة” (قسد)`.
_WRONG_PAIR = r"{1}(?:(?<=\s{1})|(?<=^{1}))(?=[\w“”])[^{0}{1}\n]{{1,60}}(?<=[\w“”]){0}(?=[\s.,،؛:!؟?«»”\"]|$)"
_MOVED = (
    r"(?P<moved>{1}(?:(?<=[^\W\d]{1})|(?<=[:،؛.!؟]{1})) [“”]?)(?=\w)(?:[^{0}{1}\n]|\n(?!\n)){{1,200}}"
    r"(?:(?<=[\w“”.!؟]){0}(?=[\s.,،؛:!؟?]|$)|(?<=\w)(?={1} {0}\w))"
)
# `) (` between two words is `) (`: the signs were turned and so was their order.
_BETWEEN = r"(?<=\w){1} {0}(?=\w)"
# What is Latin inside, and stands right, was not turned with the rest.
_LATIN = r"{0}[A-Za-z0-9][^{0}{1}\n\u0620-\u064a]*(?<=[A-Za-z0-9.]){1}"
_EVIDENCE = "mirrored all through the text"
_FEW_ASTRAY = 3  # of so many one more may stand right
_AT_LEAST = 4  # two pairs
_FEWEST_TURNED = 12  # letters, in a few words
_AGAINST = 8  # times as many marks must face the wrong way as the right one: runs cut within brackets leave odd ones
# Marks that turn: an opening one with nothing behind it, a closing one that opens a word.
TRACES: tuple[Trace, ...] = (("[«(\\[“]", "[\\s.,،؛:!؟?]"), ("[\\sوبلكف]", "[»)\\]”]", "[^\\W_A-Za-z]"))


def turn_mirrored_brackets(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn the marks of each pair whose opening ones close and whose closing ones open, by a clear majority."""
    pairs = [pair for pair in _PAIRS if _both(traced.text, pair)]
    first = rewrite(traced, "visual_order", sorted(edit for pair in pairs for edit in _blanks_moved_back(traced, pair)), _EVIDENCE, 0.97)
    text = first.traced.text
    turned = [pair for pair in pairs if _mirrored(text, pair) or _one_wrong_pair(text, pair)]
    if _both(text, _CURLY) and _mirrored(text, _CURLY) and (turned or (_was_turned(traced) and not any(_right(text, pair) > 0 for pair in pairs))):
        turned.append(_CURLY)
    marks = re.escape("".join(map("".join, turned)))
    kept = {at for pair in turned for m in _pattern(_BETWEEN, *pair).finditer(text) for at in (m.start(), m.end() - 1)} if first.changes else set()
    kept |= {at for pair in turned for m in _pattern(_LATIN, *pair).finditer(text) for at in (m.start(), m.end() - 1)}
    found = [m for m in re.finditer(f"[{marks}]", text) if m.start() not in kept] if turned else []
    edits = [Edit(*m.span(), m.group().translate(_MIRROR)) for m in found]
    second = rewrite(first.traced, "visual_order", edits, _EVIDENCE, 0.97)
    return chain(first, second, _blanks_before_quotations(second.traced))


def _was_turned(traced: Traced) -> bool:
    """Whether many letters stood in reverse."""
    return int(np.count_nonzero(np.diff(traced.origin) == -1)) >= _FEWEST_TURNED


def _blanks_before_quotations(traced: Traced) -> Outcome:
    """`قال:« نعم»` → `قال: «نعم»`: pdfium prints the blank before a quotation behind its mark (measured); no writer does."""
    spans = [(m.start() + 1, m.end()) for m in re.finditer(r":« (?=\w)", traced.text)] if ":« " in traced.text else []
    edits = [reordered(traced, a, b, (b - 1, a)) for a, b in spans]
    return rewrite(traced, "visual_order", edits, "the blank before a quotation stands behind its mark", 0.97)


def _blanks_moved_back(traced: Traced, pair: tuple[str, str]) -> Iterator[Edit]:
    """Put the blank before a turned opening bracket back; only where no bracket stands right."""
    moved = list(_pattern(_MOVED, *pair).finditer(traced.text))
    if moved and _right(traced.text, pair) <= len(moved) + len(moved) // _FEW_ASTRAY:  # they seem to close
        for start, end in (match.span("moved") for match in moved):
            yield reordered(traced, start, end, range(end - 1, start - 1, -1))


def _both(text: str, pair: tuple[str, str]) -> bool:
    return pair[0] in text and pair[1] in text


def _one_wrong_pair(text: str, pair: tuple[str, str]) -> bool:
    return _pattern(_WRONG_PAIR, *pair).search(text) is not None and not _right(text, pair)


def _mirrored(text: str, pair: tuple[str, str]) -> bool:
    if sum(map(text.count, pair)) < _AT_LEAST:
        return False
    wrong = _facing(text, *reversed(pair))
    return wrong >= _AT_LEAST and wrong >= _AGAINST * _right(text, pair)


def _right(text: str, pair: tuple[str, str]) -> int:
    """How many marks face the right way; `) (` between two words tells nothing."""
    return _facing(text, *pair) - 2 * len(_pattern(_BETWEEN, *pair).findall(text))


def _facing(text: str, opening: str, closing: str) -> int:
    """Marks that stand like opening and closing ones, if these are the two; what is Latin inside, readers do not turn."""
    return len(_pattern(_OPENING, opening).findall(text)) + len(_pattern(_CLOSING, closing).findall(text))


@cache
def _pattern(form: str, *marks: str) -> re.Pattern[str]:
    return re.compile(form.format(*map(re.escape, marks)))
