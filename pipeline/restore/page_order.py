"""Texts whose lines all stand as the page shows them, from left to right: `.دمشق مدينة إىل ،أمس وصل` for `وصل أمس، إلى مدينة دمشق.`.

Web pages take Arabic letters from one font and blanks, figures and signs from another, so a browser prints each word by
itself and MuPDF and pypdf read the words in the order of the page (measured). Letters inside a word are in order. Lines of
which only the pieces around a figure changed places belong in turned_lines.py, those whose words took their stops along in
word_order.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.restore.characters import (
    FATHATAN,
    IN_WORDS,
    INNER_MARKS,
    LETTERS,
    LETTERS_AND_MARKS,
    LETTERS_AND_TATWEEL,
    SHADDA,
    VOWEL_MARKS,
    WITH_HAMZA_MARKS,
)
from pipeline.restore.language_model import words_of
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, reordered, rewrite, single_blanks
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.turned_lines import BREAKS
from pipeline.restore.votes import Votes
from pipeline.restore.word_order import looks_reversed, order_gain

_A = WITH_HAMZA_MARKS
# MuPDF sets a letter with a shadda, and one that opens a word with another mark, off from the rest: `ور ّج ح`, `ُق تل` (measured).
_WORD = f"[{_A}]+(?: (?={SHADDA})[{_A}]+|(?<=[^{_A}][{VOWEL_MARKS}][{LETTERS}]) [{_A}]+)*"
_SET_OFF_LETTER = re.compile(f"(?<![{_A}])(?P<marks>[{''.join(sorted(INNER_MARKS))}]+)(?P<letter>[{LETTERS}])")
# A tanwin that opens a word is its last mark, of an alef that the reader left out: `ًجندي` for `جنديًا`.
_TANWIN_FIRST = re.compile(f"(?<![{_A}]){FATHATAN}(?P<word>[{LETTERS_AND_MARKS}]*[{LETTERS}])(?![{_A}])")
_BEAR_TANWIN = "اىةء"
# Stops, closing and opening signs; the font of Arabic letters has the first three, the other font the rest.
_OWN, _STOPS = "،؛؟", ".:!…"
_OPENING, _CLOSING, _QUOTE = "(«[“", ")»]”", '"'
_MIRROR = str.maketrans("()«»[]“”", ")(»«][”“")
_SIGNS = re.compile(f"[{re.escape(_CLOSING)}{_QUOTE}]*[{_STOPS}{_OWN}]*[{re.escape(_CLOSING)}{_QUOTE}]*[-–—/]?[{re.escape(_OPENING)}{_QUOTE}]*")
# A stop that opens a line and one that ends its first word: what the page shows, and words that took their stops along.
_SHOWN, _TAKEN_ALONG = re.compile(f'\\n[.:!؟]+["»«)(”]? *[{LETTERS_AND_TATWEEL}]'), re.compile(f"(?m)^ *[{IN_WORDS}]+[.:!؟](?: |$)")
_COMMA_FIRST, _COMMA_LAST = (
    re.compile(f"(?<![^ \n])[{_OWN}](?=[{LETTERS_AND_TATWEEL}])"),
    re.compile(f"(?<=[{LETTERS_AND_TATWEEL}])[{_OWN}](?![^ \n])"),
)
_PAIRS = [(a, b, re.escape(a + b)) for a, b in zip(_OPENING, _CLOSING, strict=True)]
_FACING = (_PAIRS, [(b, a, both) for a, b, both in _PAIRS])
_SURE, _TOTAL, _FEWEST, _CLEARLY = 1.5, 12.0, 3, 8
_CONFIDENCE = 0.97
TRACES: tuple[Trace, ...] = (("\n", "[.:!؟]"),)


class _Atom(NamedTuple):
    """What keeps its order inside: a word, a figure, Latin words (`kind` is "word" or "break"), or the signs and blanks between two."""

    kind: str
    start: int
    end: int


def restore_page_order(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn all lines of a text that stand in the order of the page, each sign to its place."""
    text = traced.text
    shown = len(_SHOWN.findall(text))
    if not shown or shown <= len(_TAKEN_ALONG.findall(text)) or not looks_reversed(text):
        return Outcome(traced)
    lines = [m.span() for m in ARABIC_LINE.finditer(text)]
    votes = Votes.of((order_gain(words_of(text[a:b])) for a, b in lines), _SURE)
    if votes.total < _TOTAL or votes.better < max(_FEWEST, _CLEARLY * votes.worse):
        return Outcome(traced)
    at_place = len(_COMMA_FIRST.findall(text)) > len(_COMMA_LAST.findall(text))
    atoms = [list(_atoms(text, a, b, own=not at_place)) for a, b in lines]
    mirrored = not at_place and _are_mirrored(text, atoms)
    orders = [_turned(text, line) if at_place else _set(text, line, mirrored=mirrored) for line in atoms]
    edits = [reordered(traced, a, b, order) for (a, b), order in zip(lines, orders, strict=True)]
    edits = [edit for edit in edits if edit.after != text[edit.start : edit.end]]
    evidence = f"the text's lines stand as the page shows them; {votes.better} show it"
    turned = rewrite(traced, "reversed_words", edits, evidence, _CONFIDENCE)
    return chain(turned, _alefs_of_tanwins(turned.traced)) if at_place else turned


def _alefs_of_tanwins(traced: Traced) -> Outcome:
    edits = []
    for match in _TANWIN_FIRST.finditer(traced.text):
        word = match["word"]
        edits.append(Edit(*match.span(), f"{word}{FATHATAN}" + ("" if word[-1] in _BEAR_TANWIN else "ا")))
    return rewrite(traced, "detached_mark", edits, "a tanwin is the last mark of its word", _CONFIDENCE)


def _atoms(text: str, start: int, end: int, *, own: bool) -> Iterator[_Atom]:
    """The atoms of a line; `own` tells that words took the stops of their own font along."""
    pattern = re.compile(f"(?P<break>{BREAKS.pattern})|(?P<word>{_WORD}{f'[{_OWN}]*' if own else ''})")
    at = start
    for match in pattern.finditer(text, start, end):
        if match.start() > at:
            yield _Atom("signs", at, match.start())
        yield _Atom(str(match.lastgroup), *match.span())
        at = match.end()
    if at < end:
        yield _Atom("signs", at, end)


def _turned(text: str, line: list[_Atom]) -> list[int]:
    """Where signs and blanks stand at their places on the page, all turns."""
    order = (place for atom in reversed(line) for place in _places(text, atom))
    return single_blanks(text, order)


def _places(text: str, atom: _Atom) -> Iterable[int]:
    if atom.kind == "signs":
        return range(atom.end - 1, atom.start - 1, -1)
    return range(atom.start, atom.end) if atom.kind == "break" else _without_breaks(text, atom)


def _without_breaks(text: str, word: _Atom) -> Iterator[int]:
    """A word whose marked letters were set off, in one piece, marks behind the letters that bear them: `ور ّج ح` → `ورجّح`."""
    at = word.start
    for match in _SET_OFF_LETTER.finditer(text, word.start, word.end):
        yield from (p for p in range(at, match.start("marks")) if text[p] != " ")
        yield from (match.start("letter"), *range(*match.span("marks")))
        at = match.end()
    yield from (p for p in range(at, word.end) if text[p] != " ")


def _set(text: str, line: list[_Atom], *, mirrored: bool) -> list[int]:
    """Where the reader kept signs together in one order or the other and put a blank behind them, they are set anew."""
    order: list[int] = []
    for atom in reversed(line):
        if atom.kind != "signs":
            order += range(atom.start, atom.end)
        else:
            order += _set_signs(text, atom, mirrored=mirrored)
    return single_blanks(text, order)


def _set_signs(text: str, atom: _Atom, *, mirrored: bool) -> list[int]:
    """The signs between two words in the order in which they are written, with their blanks."""
    places = [p for p in range(atom.start, atom.end) if text[p] not in " \t"]
    if not places:
        return [atom.start]
    written = _written(text, places, mirrored=mirrored)
    if written is None:
        return [BLANK, *places, BLANK]
    signs = _read(text, written, mirrored=mirrored)
    closing = next((k for k, sign in enumerate(signs) if sign in "-–—/" or sign in _OPENING), len(signs))
    if closing == len(signs) and signs[-1] == _QUOTE and _opens(text, atom, signs):
        closing -= 1
    if closing < len(signs) and signs[closing] == "/":
        return written
    dash = closing + 1 if closing < len(signs) and signs[closing] in "-–—" else closing
    return [*written[:closing], BLANK, *written[closing:dash], BLANK, *written[dash:]]


def _opens(text: str, atom: _Atom, signs: str) -> bool:
    """Whether the last straight mark opens a quotation: it stands behind a stop, or the blank stands before it only."""
    printed = text[atom.start : atom.end].removesuffix(" ")
    if len(signs) > 1 and signs[-2] in _STOPS + _OWN:
        return printed.rstrip()[-1:] == _QUOTE
    return printed.startswith(" ") and not printed.endswith(" ")


def _written(text: str, places: list[int], *, mirrored: bool) -> list[int] | None:
    """The signs in the order in which a writer may write them; pypdf turns that of angle quotation marks (measured)."""
    ways = (places[::-1], places) if "«" in (printed := _read(text, places, mirrored=False)) or "»" in printed else (places, places[::-1])
    return next((way for way in ways if _SIGNS.fullmatch(_read(text, way, mirrored=mirrored))), None)


def _read(text: str, places: list[int], *, mirrored: bool) -> str:
    signs = "".join(text[p] for p in places)
    return signs.translate(_MIRROR) if mirrored else signs


def _are_mirrored(text: str, lines: list[list[_Atom]]) -> bool:
    """Whether more lines have a closing sign and then its opening one than the other way round."""
    turned = "\n".join("".join(text[a.start : a.end] for a in reversed(line)) for line in lines)
    right, wrong = (sum(len(re.findall(f"[{re.escape(a)}][^\n{both}]+[{re.escape(b)}]", turned)) for a, b, both in way) for way in _FACING)
    return wrong > right
