"""Mojibake: Arabic bytes that were read in the wrong encoding, `Ø§Ù„` for `ال`, `ط§ظ„`, `ÇáÓáÇã`, `ูƒุชุงุจ`.

Repaired only where the bytes, read rightly, give known Arabic words. Which encoding a file is in is told by ingest;
this is for text that was already misread when it was stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.restore.characters import IN_WORDS, VOWEL_MARKS
from pipeline.restore.document_words import document_words
from pipeline.restore.language_model import Lexicon, words_of
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite, unusual
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace, one_of
from pipeline.restore.unknown_words import reads_poorly

# Encodings in which Arabic bytes get misread, and those the bytes are really in.
_READ_AS = ("cp1252", "latin-1", "cp1256", "mac_roman", "cp874", "cp1251", "cp437", "cp850", "iso8859_6", "mac_arabic", "cp1254", "cp720")
_READ_AGAIN_AS = frozenset({"cp1252", "latin-1", "cp1256"})
_SIGNS_OF_SIGNS = ("\u00c3", "\u0637\u00b7")  # how the first byte of an Arabic letter looks when it was misread twice
_LAST_OF_SIGNS = frozenset(sign[-1] for sign in _SIGNS_OF_SIGNS)
_WRITTEN_IN = ("utf-8", "cp1256", "iso8859_6")
# Of the distinct words of a right reading most are known; of what stood there few were.
_KNOWN_SHARE, _KNOWN_BEFORE = 0.6, 0.34
_LETTERS_ENOUGH = 4
_SAMPLE, _MARKED_SHARE = 60, 0.3
_BLANKS, _ARABIC = " \t\n\r\f", "ا"
_TOKEN = re.compile("[^ \t\n\r\f]*[^\u0000-\u007f \t\n\r\f][^ \t\n\r\f]*")
_NOT_ARABIC = re.compile("[^\u0600-\u06ff]")
_MARK = re.compile(f"[\u0640{VOWEL_MARKS}]")
_MARKED = re.compile("[\u0080-\u05ff\u0700-\u1fff\u2020-\u2bff\ufb00-\uffff]")
# What no right reading has: bytes that stand for nothing; of one byte a letter, accented Latin and Latin that touches Arabic.
_UNDECODED = re.compile("[\udc80-\udcff\u0080-\u009f]")
_NO_BYTES = re.compile("[\udc80-\udcff]")
_STRAY = re.compile(f"[\udc80-\udcff\u0080-\u009f\u00aa\u00b5-\u00ba\u00bc-\u024f]|[A-Za-z][{IN_WORDS}]|[{IN_WORDS}][A-Za-z]")


class _Misreading(NamedTuple):
    """One way to misread: how each byte looks, and back."""

    read_as: str
    written_in: str
    byte_of: Mapping[str, int]
    signs: tuple[str, ...]


def repair_mojibake(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read misread words again: `Ø³Ù„Ø§Ù…` → `سلام`; also those misread two or three times, `Ã˜Â³Ã™â€žÃ˜Â§Ã™â€¦`."""
    once = _repair_once(traced)
    if once.changes or _LAST_OF_SIGNS.isdisjoint(unusual(traced.text)) or not any(sign in traced.text for sign in _SIGNS_OF_SIGNS):
        return once
    for outer in (m for m in _misreadings() if m.written_in == "utf-8" and m.read_as in _READ_AGAIN_AS):
        edits = _rereadings(traced, outer)
        first = rewrite(traced, "mojibake", edits, f"utf-8 bytes read as {outer.read_as} more than once", 0.98)
        second = repair_mojibake(first.traced) if edits else first
        if second is not first and second.changes:
            return chain(first, second)
    return once


def _rereadings(traced: Traced, misreading: _Misreading) -> list[Edit]:
    tokens = list(_TOKEN.finditer(traced.text))
    right = _reread({m.group() for m in tokens}, misreading, _NO_BYTES)
    return [
        Edit(*m.span(), letters, [int(traced.origin[m.start() + p]) for p in places])
        for m in tokens
        if m.group() in right
        for letters, places in [right[m.group()]]
    ]


def _repair_once(traced: Traced) -> Outcome:
    # In a text that reads well, only words with letters that Arabic does not have can be misread.
    well = not reads_poorly(document_words(traced.text))
    shown = _signs_in(traced.text, arabic=not well)
    likely = [m for m in _misreadings() if not shown.isdisjoint(m.signs)] if shown else []
    tokens = list((_marked_tokens if well else _TOKEN.finditer)(traced.text)) if likely else []
    if not tokens:
        return Outcome(traced)
    distinct = {m.group() for m in tokens}
    sample = set(sorted(distinct)[:: max(1, len(distinct) // _SAMPLE)])
    best = max(likely, key=lambda m: _gain(_reread(sample, m)))
    right = _reread(distinct, best) if _gain(_reread(sample, best)) > 0 else {}
    if _gain(right) <= 0:
        return Outcome(traced)
    edits = []
    if best.written_in == "utf-8":
        # No word that stands right is also right UTF-8.
        tokens = list(_TOKEN.finditer(traced.text))
        right = _reread({m.group() for m in tokens}, best)
    for match in tokens:
        if match.group() in right:
            letters, places = right[match.group()]
            edits.append(Edit(*match.span(), letters, [int(traced.origin[match.start() + p]) for p in places]))
    return rewrite(traced, "mojibake", edits, f"{best.written_in} bytes read as {best.read_as}; read again they are words", 0.98)


def _marked_tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens with letters or signs that Arabic does not have."""
    at = 0
    while mark := _MARKED.search(text, at):
        start = max(text.rfind(blank, at, mark.start()) for blank in _BLANKS) + 1
        token = _TOKEN.match(text, start)
        assert token, "the mark is part of a token"
        at = token.end()
        yield token


def _signs_in(text: str, *, arabic: bool) -> set[str]:
    """The signs of misreadings that a text shows; those of Arabic letters alone, which every text has, only where asked for.

    Those without an unusual letter, such as a guillemet, tell nothing by themselves.
    """
    signs = _signs_by_letter()
    letters = [letter for letter in unusual(text) if letter in signs]
    if arabic:
        letters.append(_ARABIC)
    return {sign for letter in ("", *letters) for sign in signs[letter] if sign in text} if letters else set()


@cache
def _signs_by_letter() -> Mapping[str, Sequence[str]]:
    """All signs by the last unusual letter in them, "" where they have none, _ARABIC where they are Arabic letters alone."""
    found = defaultdict(list)
    for sign in sorted({sign for m in _misreadings() for sign in m.signs}):
        letters = [letter for letter in sign if letter in unusual(sign)]
        found[letters[-1] if letters else "" if _NOT_ARABIC.search(sign) else _ARABIC].append(sign)
    return dict(found)


def _reread(tokens: set[str], misreading: _Misreading, unsound: re.Pattern[str] | None = None) -> dict[str, tuple[str, list[int]]]:
    """The tokens that make Arabic when their bytes are read again, with their letters and each letter's place.

    `unsound` is what no right reading has, unless it is what Arabic does not have.
    """
    unsound = unsound or (_UNDECODED if misreading.written_in == "utf-8" else _STRAY)
    right = {}
    for token in tokens:
        if all(c in misreading.byte_of for c in token):
            letters, places = _decoded([misreading.byte_of[c] for c in token], misreading.written_in)
            if letters != token and not unsound.search(letters):
                right[token] = letters, places
    return right


def _decoded(raw: list[int], encoding: str) -> tuple[str, list[int]]:
    """The characters that bytes stand for, and the place of each one's first byte; surrogates for bytes that stand for none."""
    letters = bytes(raw).decode(encoding, "surrogateescape")
    places = []
    at = 0
    for letter in letters:
        places.append(at)
        at += 1 if encoding != "utf-8" or "\udc80" <= letter <= "\udcff" else len(letter.encode())
    return letters, places


def _gain(right: Mapping[str, tuple[str, list[int]]]) -> int:
    """Distinct known words gained by a reading; 0 or less where it is not a right one."""
    text = " ".join(letters for letters, _ in right.values())
    words = {w for w in words_of(text) if len(w) > 2}
    stood = {w for token in right for w in words_of(token) if len(w) > 2}
    known = len(words) - len(Lexicon.load().unknown(words))
    stands = len(stood) - len(Lexicon.load().unknown(stood))
    enough = known >= max(1.0, _KNOWN_SHARE * len(words)) and sum(map(len, words)) >= _LETTERS_ENOUGH
    strewn = len(_MARK.findall(text)) > _MARKED_SHARE * len(text)
    if not enough or strewn or stands > _KNOWN_BEFORE * known:
        return 0
    return known - stands


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    return tuple(
        _Misreading(read_as, written_in, {looks[b]: b for b in range(256)}, _signs(looks, written_in))
        for read_as in _READ_AS
        for looks in [_looks(read_as)]
        for written_in in _WRITTEN_IN
        if read_as != written_in
    )


def _looks(encoding: str) -> list[str]:
    """How each byte looks in an encoding; where it has none, readers show windows-1252's or the control character."""
    looks = []
    for byte in range(256):
        for name in (encoding, "cp1252", "latin-1"):
            letter = bytes([byte]).decode(name, "ignore")
            if letter:
                looks.append(letter)
                break
    return looks


def _signs(looks: list[str], written_in: str) -> tuple[str, ...]:
    """How the article `ال` looks and, where that cannot be Arabic, lone alef, yāʾ and tāʾ marbūṭa."""
    signs = ["".join(looks[b] for b in sign.encode(written_in)) for sign in ("ال", "ا", "ي", "ة")]
    return (signs[0], *(sign for sign in signs[1:] if _NOT_ARABIC.search(sign)))


TRACES: tuple[Trace] = one_of(_LAST_OF_SIGNS.union(letter for letter in _signs_by_letter() if letter in unusual(letter)))
"""What a misread text shows, unless its signs are Arabic letters alone and it cannot be read."""
