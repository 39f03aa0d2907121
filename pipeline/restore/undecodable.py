"""Text that stays unreadable: a cipher in Arabic letters, `ياى رعس` for `على رأس`, pieces in no order, bare shapes of letters.

Only flagged. What can be read again (mojibake, fillers, lost letters, displaced pieces) was repaired before this pass looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from pipeline.restore.characters import LOST
from pipeline.restore.document_words import TOKEN, DocumentWords, document_words
from pipeline.restore.dotless_units import BARE_LETTERS
from pipeline.restore.language import is_persian_at
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.spacing import LONE_LETTERS
from pipeline.restore.traced import Doubt, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.unknown_words import reads_poorly
from pipeline.restore.word_divisions import word_score
from pipeline.restore.word_frequency import FLOOR, unseen_frequency

# Share of unread words that makes a line unreadable. Names, dialect and verse stay below it in held-out corpus documents.
_UNREAD = 0.5
_WORDS_IN_LINE, _LETTERS = 5, 3
_BLOCK = re.compile("[^\n]+(?:\n[^\n]+)*")
# Letters that stand alone, or signs without a character: 3 in 100 of 949 held-out corpus documents have as many of the former, none of the latter.
_NO_LETTER = f"\x00-\x08\x0e-\x1f{LOST}{BARE_LETTERS}"
_ALONE, _SIGN = re.compile(f"(?<![^ \n])[{''.join(sorted(LONE_LETTERS))}](?=[ \n])"), re.compile(f"[{_NO_LETTER}]")
TRACES: tuple[Trace, ...] = (("[ \n]", f"[{''.join(sorted(LONE_LETTERS))}]", "[ \n]"), (f"[{_NO_LETTER}]",))
_MANY_LONE, _MANY_SIGNS = 0.035, 0.01
# Log probability per character of words behind each other: such documents have -1.6 on the whole, 1 in 100 less than the first of
# these, and of their lines 2 in 1,000 less than the second (measured).
_POOR_TEXT, _POOR_LINES, _FEWEST_WORDS, _NEARLY_ALL = -2.05, -2.65, 8, 0.75
_LINE = re.compile("[^\n]+")
_APART, _SHOWN = 2, 20


def flag_undecodable(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """A doubt `undecodable` on each block of lines most of whose words are none, or whose words follow each other in no text; the text stays."""
    told = document_words(traced.text)
    blocks = [*_without_words(traced.text)] if reads_poorly(told) else []
    lines = _poor_lines(traced.text) if _is_in_pieces(traced.text, told) else ()
    found = [*blocks, *(line for line in lines if not any(block.start <= line.start and line.end <= block.end for block in blocks))]
    return Outcome(traced, doubts=[Doubt("undecodable", *traced.raw_span(one.start, one.end), one.reason, 0.85, "error") for one in found])


class _Unread(NamedTuple):
    """A span of the text, and why it is no text."""

    start: int
    end: int
    reason: str


def _without_words(text: str) -> Iterator[_Unread]:
    for block in _BLOCK.finditer(text):
        words = [w for w in TOKEN.findall(plain(block.group())) if len(w) >= _LETTERS]
        unread = sum(not _is_readable(w) for w in words)
        if len(words) >= _WORDS_IN_LINE and unread > _UNREAD * len(words) and not is_persian_at(text, block.start()):
            reason = f"{unread} of {len(words)} words, such as “{words[0]}”, are no Arabic words: the letters are coded wrongly."
            yield _Unread(*block.span(), reason)


def _is_readable(word: str) -> bool:
    return bool(Lexicon.load().plain_count(word)) or unseen_frequency(word) > FLOOR


def _is_in_pieces(text: str, told: DocumentWords) -> bool:
    """Whether a text has many letters alone or without a character: dialect, verse and names read as badly, but have not."""
    return len(_ALONE.findall(text)) >= _MANY_LONE * len(told.in_order) or len(_SIGN.findall(text)) >= _MANY_SIGNS * len(text)


def _poor_lines(text: str) -> Iterator[_Unread]:
    """Lines, so many as have a few words, that are hardly words or never follow each other, in a text with many such; all where nearly all are."""
    windows = [*_windows(text)]
    letters = sum(window.letters for window in windows)
    if sum(window.score for window in windows) >= _POOR_TEXT * letters:
        return
    poor = [window for window in windows if _is_poor(window) and not is_persian_at(text, window.start)]
    nearly_all = sum(window.letters for window in poor) > _NEARLY_ALL * letters
    for start, end in [(0, len(text))] if nearly_all else _joined(poor):
        words = " ".join(text[start : start + _SHOWN].split())
        yield _Unread(start, end, f"“{words} …” and what follows are no words that stand together in a text: letters or their order are lost.")


def _is_poor(window: _Window) -> bool:
    return window.score < _POOR_LINES * window.letters


class _Window(NamedTuple):
    """Neighbouring lines: where they stand, the log probability of their words, letters and blanks."""

    start: int
    end: int
    score: float
    letters: int


def _windows(text: str) -> Iterator[_Window]:
    start, score, letters, number = 0, 0.0, 0, 0
    for line in _LINE.finditer(text):
        words = TOKEN.findall(plain(line.group()))
        start = start if number else line.start()
        score += sum(map(word_score, ["", *words], words))
        letters += sum(map(len, words)) + len(words)
        number += len(words)
        if number >= _FEWEST_WORDS:
            yield _Window(start, line.end(), score, letters)
            score, letters, number = 0.0, 0, 0


def _joined(windows: Sequence[_Window]) -> Iterator[tuple[int, int]]:
    """The spans of windows, those that touch as one."""
    first = None
    for window, behind in zip_longest(windows, windows[1:]):
        first = window.start if first is None else first
        if behind is None or behind.start > window.end + _APART:
            yield first, window.end
            first = None
