"""Hamza and madda as marks of their own: `أ` of two code points for `أ`, and `بٕاسناد` for `بإسناد`.

Programs that store text decomposed (UAX #15, NFD) put the mark behind its letter; readers put the mark of some fonts
before it (Lateef and Scheherazade on pages of browsers, measured).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.restore.characters import MARK
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

HAMZA_MARKS = frozenset("\u0653\u0654\u0655")
_VOWELS = f"{MARK}*"
_BEHIND = re.compile(f"(?P<letter>[اويى])(?P<vowels>{_VOWELS})(?P<mark>[\u0653-\u0655])")
_BEFORE = re.compile(f"(?P<mark>[\u0653-\u0655])(?P<vowels>{_VOWELS})(?P<letter>[اويى])")
_BEARER = re.compile(f"[اويى]{_VOWELS}$")
_LETTERS = "[\u0621-\u063a\u0641-\u0655]"
_WORD_BEFORE, _WORD_BEHIND = re.compile(f"{_LETTERS}*$"), re.compile(f"{_LETTERS}*")
_LONGEST = 30


def compose_hamza(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Make one letter of a letter and its hamza or madda, which stands behind it or, misplaced, before it."""
    before = rewrite(traced, "detached_mark", list(_misplaced(traced)), "the hamza of a letter was printed before it", 0.97)
    behind = [edit for m in _BEHIND.finditer(before.traced.text) if (edit := _composed(before.traced, m))]
    return chain(before, rewrite(before.traced, "presentation_form", behind, "canonical composition (UAX #15)"))


def _misplaced(traced: Traced) -> Iterator[Edit]:
    """Marks before their letter: no letter before them can bear them, or only this way a word is known."""
    for match in _BEFORE.finditer(traced.text):
        edit = _composed(traced, match)
        if edit and not _stays(traced.text, match, edit.after):
            yield edit


def _stays(text: str, match: re.Match[str], moved: str) -> bool:
    """Whether the letter before a mark bears it: it can, and the word so made is as common as the other one."""
    start, end = match.span()
    behind = _BEARER.search(text[max(0, start - 4) : start])
    if not behind:
        return False
    first = start - len(behind.group())
    kept = unicodedata.normalize("NFC", behind.group()[0] + match["mark"])
    if len(kept) > 1:
        return False
    word_before = _WORD_BEFORE.search(text[max(0, first - _LONGEST) : first])
    word_behind = _WORD_BEHIND.match(text, end)
    head, tail = word_before.group() if word_before else "", word_behind.group() if word_behind else ""
    return _count(f"{head}{kept}{match['letter']}{tail}") >= _count(f"{head}{behind.group()[0]}{moved}{tail}")


def _count(word: str) -> int:
    return Lexicon.load().plain_count(plain(unicodedata.normalize("NFC", word)))


def _composed(traced: Traced, match: re.Match[str]) -> Edit | None:
    """The edit that makes one letter of the match, its vowel marks behind it; None where Unicode has no such letter."""
    letter = "ي" if match["letter"] == "ى" and match["mark"] == "\u0654" else match["letter"]
    one = unicodedata.normalize("NFC", letter + match["mark"])
    if len(one) > 1:
        return None
    places = [match.start("letter"), *range(*match.span("vowels"))]
    return Edit(*match.span(), one + match["vowels"], [int(traced.origin[p]) for p in places])
