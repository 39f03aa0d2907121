"""Brackets and quotation marks that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.quality.model import Flag, TextView

_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_OPENERS = {close: open_ for open_, close in _PAIRS.items()}
_MARK = re.compile(r"[()\[\]{}«»“”]")
_STRAIGHT = re.compile(r'(?<!\d)"')
_ITEM = re.compile(r"(?:^|[\s(])(?:[\d٠-٩]{1,3}|[^\W\d_])\s?\Z", re.M)  # `1)`, `أ)`
_FACE = re.compile(r"[:;]-?\Z")


def unbalanced_marks(view: TextView) -> list[Flag]:
    """Flags of kind unbalanced: marks without a partner in their paragraph.

    A quotation may run over paragraphs, each of which opens it anew; then only its first opening needs an end.
    """
    lone = list(_lone_marks(view.text))
    lone = _without_long_quotations(view.text, lone)
    lone += _odd_straight_quotes(view.text)
    return [
        Flag("unbalanced", "info", at, at + 1, 0.8, f"The mark «{view.text[at]}» in «{_context(view.text, at)}» has no partner.")
        for at in sorted(lone)
    ]


def _lone_marks(text: str) -> Iterator[int]:
    waiting: list[int] = []
    last = 0
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if waiting and "\n" in text[last:at]:
            yield from waiting
            waiting = []
        last = at
        if mark in _PAIRS:
            waiting.append(at)
        elif waiting and text[waiting[-1]] == _OPENERS[mark]:
            waiting.pop()
        elif not (mark == ")" and (_ITEM.search(text, max(at - 6, 0), at) or _FACE.search(text, max(at - 2, 0), at))):
            partner = next((w for w in reversed(waiting) if text[w] == _OPENERS[mark]), None)
            if partner is None:
                yield at
            else:
                waiting.remove(partner)
    yield from waiting


def _without_long_quotations(text: str, lone: list[int]) -> list[int]:
    """Take out opening marks that a later paragraph closes, with that closing mark; a quotation may be opened again in between."""
    left: list[int] = []
    for at in lone:
        mark = text[at]
        opened = [w for w in left if text[w] == _OPENERS.get(mark)]
        if opened and mark in "»”":
            left = [w for w in left if w not in opened]
        elif opened:
            left.remove(opened[-1])
        elif not (mark in "«“" and _next_paragraph(text, at).startswith(mark)):
            left.append(at)
    return left


def _next_paragraph(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[end : end + 9].lstrip() if end >= 0 else ""


def _odd_straight_quotes(text: str) -> Iterator[int]:
    """The last straight quote of a text that has an odd number of them in a paragraph and in all."""
    if text.count('"') % 2 == 0:
        return
    for paragraph in re.finditer(r"[^\n]+", text):
        quotes = [paragraph.start() + m.start() for m in _STRAIGHT.finditer(paragraph[0])]
        if len(quotes) % 2:
            yield quotes[-1]


def _context(text: str, at: int) -> str:
    return " ".join(text[max(at - 15, 0) : at + 15].split())
