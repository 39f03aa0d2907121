"""Rows that pdfium cuts at hamzas, each piece on a line of its own, last first: `ربعين مفقودا`, `أ`, `غريقا ونحو` for `غريقا ونحو أربعين مفقودا`.

Fonts that draw hamza as a glyph off the line (Lateef) make it so, whatever program wrote the page (measured): the glyph comes as
an alef that opens the later piece, stands alone above the earlier one, or opens a piece inside of which it belongs; the bare
alef, where there is one, closes the earlier piece. Chromium's last words before it come letter by letter in reverse, without
blanks. How pieces go together is cut_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.characters import HAMZAS, LETTER, LETTERS_AND_MARKS, MARK, MARKS, VOWEL_MARKS
from pipeline.restore.cut_rows import PROVEN, UNPROVEN, join_cut_rows
from pipeline.restore.fluency import Fluency
from pipeline.restore.glued_words import part_glued_words, pieces_of
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.numerals import DIGITS
from pipeline.restore.physical_lines import FILLED_LINE
from pipeline.restore.proclitics import CLITIC, CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import frequency

# Hamzas and marks that stand before a piece, or alone.
_PREFIX = re.compile(f"(?: *{MARK}*[{HAMZAS}]{MARK}*(?= |$|ا))+ *")
_ALONE = re.compile(f"(?m)^ *{MARK}*[{HAMZAS}]{MARK}*(?: |$)")
_FIRST = re.compile(f"{MARK}*({LETTER}[{LETTERS_AND_MARKS}]*)")
_CLOSING = re.compile(f"([{LETTERS_AND_MARKS}]*)[ا{HAMZAS}]{MARK}*$")
_CLITIC, _CLITICS = re.compile(f"(?:(?<=[^{LETTERS_AND_MARKS}])|^){CLITIC}$"), frozenset(("", *CLITICS))
_TOLD = re.compile(f"(?m)^[{VOWEL_MARKS} ]*(?=[{HAMZAS}]{LETTER})")
_INNER = re.compile(f"{LETTER}*{LETTER}ا{LETTER}+|ا{LETTER}+")
_REVERSED = re.compile(f"[{HAMZAS}]{LETTER}{{2,}}$")
# Alone; before lam, alone or where a piece begins.
_WITH_LAM, _LAM_BEHIND = "(?m)(?:^|(?<= )){0}ل(?= |$)", "(?m)(?:^[{0}](?=ل)|(?<= )[{0}](?=ل(?: |$)))"
_DIGIT = re.compile(f"[{DIGITS}]")
_FEWEST, _SHARE, _MANY, _SHARE_OF_MANY = 3, 0.05, 6, 0.08
_LIKELY = UNPROVEN._replace(wider=PROVEN.wider)
_CLEARLY, _LIKELIER, _FEW, _WHOLE = 20.0, 3.0, 5, 6.3
_EVIDENCE = "hamza came by itself, off its line"
TRACES: tuple[Trace, ...] = ((f"[\n {VOWEL_MARKS}]", f"[{HAMZAS}]", f"[ \n{VOWEL_MARKS}]"),)


class _Piece(NamedTuple):
    """A line: its span, the places of the hamzas before it, its own text with their places, whether nothing else is on it."""

    start: int
    end: int
    hamzas: list[int]
    body: list[tuple[str, int]]

    @property
    def text(self) -> str:
        return "".join(sign for sign, _ in self.body)


def restore_hamza_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give hamzas their letters and put rows in order, in a text with many hamzas alone and whose rows then read far better."""
    bare = _without_lams(traced) if _ALONE.search(traced.text) else Outcome(traced)
    text = bare.traced.text
    alone, lines = len(_ALONE.findall(text)), text.count("\n")
    if alone < max(_FEWEST, _SHARE * lines) or _read_on(text):
        return Outcome(traced)
    settled, linked = _settled(bare.traced)
    # What goes on with what, only whole words tell; pdfium drops the blanks of some writers' pages.
    parted = part_glued_words(settled.traced)
    told = _cuts(parted.traced.text, linked)
    joined = join_cut_rows(parted.traced, PROVEN if alone >= max(_MANY, _SHARE_OF_MANY * lines) else _LIKELY, told)
    if not joined.changes:
        return Outcome(traced)
    return chain(bare, settled, parted, joined, part_glued_words(joined.traced, proven=True) if parted.changes else Outcome(joined.traced))


def _read_on(text: str) -> bool:
    """Whether rows go on with each other as they were printed, the lone hamzas aside: poppler prints these a second time beside whole rows."""
    fluency = Fluency()
    rows = fluency.settings(line for line in _ALONE.sub("", text).split("\n") if " " in line.strip())
    return bool(rows) and sum(fluency.of(rows)) > _WHOLE * len(rows)


def _without_lams(traced: Traced) -> Outcome:
    """Hamzas without the lam that came along where the first one met was a lam-alef's: `أل`, alone or before a piece, for `أ`."""
    hamzas = "".join(hamza for hamza in HAMZAS if len(re.findall(_WITH_LAM.format(hamza), traced.text)) >= _MANY)
    if not hamzas:
        return Outcome(traced)
    edits = [Edit(m.end(), m.end() + 1, "") for m in re.finditer(_LAM_BEHIND.format(hamzas), traced.text)]
    return rewrite(traced, "filler_letter", edits, "the hamza's glyph brings a lam along all through the text", 0.9)


def _cuts(text: str, linked: Sequence[bool]) -> dict[int, int]:
    """Where lines begin that were cut at a hamza, and where the word ends before it if it stood between two lines."""
    told = {m.end(): -1 for m in _TOLD.finditer(text)}
    for is_linked, (line, below) in zip(linked, pairwise(FILLED_LINE.finditer(text)), strict=False):
        # LibreOffice sets what stands before and behind a figure by itself, so the next piece need not be the one before.
        if is_linked and not (_DIGIT.search(line.group()) or _DIGIT.search(below.group())):
            told[line.start()] = below.start() + len(below.group().rstrip())
    return told


def _settled(traced: Traced) -> tuple[Outcome, list[bool]]:
    """Each piece with the alef that it begins with, without one that closes the piece before; other hamzas on alefs inside.

    And of each piece whether a hamza stood between it and the next.
    """
    pieces = [_piece(traced.text, *m.span()) for m in FILLED_LINE.finditer(traced.text)]
    edits: list[Edit] = []
    linked: list[bool] = []
    for k, piece in enumerate(pieces):
        below = next((p for p in pieces[k + 1 :] if p.body), None)
        alone = [place for p in pieces[k + 1 : k + 2] if not p.body for place in p.hamzas]
        if piece.body:
            _attach(piece, alone, below)
            _set_inside(piece)
        text = piece.text.strip()
        linked += [bool(alone)] if text else []
        if not text:
            edits.append(Edit(piece.start, min(piece.end + 1, len(traced)), ""))
        elif text != traced.text[piece.start : piece.end]:
            body = piece.body[len(piece.text) - len(piece.text.lstrip()) :][: len(text)]
            edits.append(Edit(piece.start, piece.end, text, [int(traced.origin[place]) for _, place in body]))
    return rewrite(traced, "detached_mark", edits, _EVIDENCE, 0.85), linked


def _piece(text: str, start: int, end: int) -> _Piece:
    prefix = _PREFIX.match(text, start, end)
    body = prefix.end() if prefix else start
    hamzas = [i for i in range(start, body) if text[i] in HAMZAS]
    marks = [(text[i], i) for i in range(start, body) if text[i] in MARKS]
    places = list(range(body, end))
    if (turned := _REVERSED.search(text, body, end)) and _is_reversed(turned.group()):
        places[turned.start() - body :] = [*range(turned.end() - 1, turned.start(), -1), turned.start()]
    return _Piece(start, end, hamzas, [*marks, *((text[i], i) for i in places)] if text[body:end].strip() else [])


def _is_reversed(token: str) -> bool:
    """Whether what stands behind an alef is words, letter by letter in reverse, that belong before it."""
    count, word = Lexicon.load().plain_count, token[:0:-1]
    return count(word) > _LIKELIER * count(token) or (not count(token) and bool(pieces_of(word, _FEW)))


def _attach(piece: _Piece, alone: list[int], below: _Piece | None) -> None:
    """Put the alef that begins a piece before it, and take away the one that closes the piece below, printed after it, that goes before."""
    first = _FIRST.match(piece.text)
    if not first or not below:
        return
    word = plain(first[1])
    own = word[0] if word[0] in HAMZAS and len(word) > 1 else ""
    rest = word[1:] if own else word
    closing = _closing(below.text.rstrip(), rest)
    if closing and _with_article(piece, below, own):
        return
    clitic = closing[1] if closing and len(closing[1]) == 1 else "".join(_CLITIC.findall(below.text))
    best = max(HAMZAS, key=lambda alef: (frequency(f"{clitic}{alef}{rest}"), alef == own))
    if not (own or alone or closing) and not (piece.hamzas and frequency(best + rest) > _CLEARLY * frequency(rest)):
        return
    spare = [below.body.pop(closing.start() + len(closing[1]))[1]] if closing else []
    at = first.start(1)
    if own:
        piece.body[at] = (best if closing else own, piece.body[at][1])
    else:
        piece.body.insert(at, (best, [*alone, *piece.hamzas, *spare][0]))
        del piece.hamzas[: not alone]


def _with_article(piece: _Piece, below: _Piece, own: str) -> bool:
    """Put the alef of the article that closes a piece before the lam-alef that begins the later one, its letters as written."""
    text = piece.text
    if not own or text[1:2] != "ل" or below.text.rstrip()[-1] != "ا":
        return False
    first = _FIRST.match(text)
    rest = plain(first[1])[2:] if first else ""
    if not Lexicon.load().plain_count(f"ال{own}{rest}"):
        return False
    alef = below.body.pop(len(below.text.rstrip()) - 1)
    piece.body[:2] = [alef, piece.body[1], piece.body[0]]
    return True


def _closing(text: str, rest: str) -> re.Match[str] | None:
    """The alef that closes a piece and belongs to the next one: alone, behind a particle, or behind letters that are no word with it."""
    found = _CLOSING.search(text)
    if not found or found[1] in _CLITICS:
        return found
    last = plain(found.group())
    if last in Lexicon.load().usual:
        return None
    within = max(Lexicon.load().plain_count(f"{last[:-1]}{alef}{rest}") for alef in HAMZAS)
    return found if within or last[-1] in HAMZAS else None


def _set_inside(piece: _Piece) -> None:
    """Put the other hamzas before a piece on the bare alefs whose words are far commoner so."""
    for place in piece.hamzas:
        options = sorted(_options(piece, place), reverse=True)
        if options and options[0][0] > _LIKELIER:
            _, start, word, places = options[0]
            piece.body[start : start + len(word)] = zip(word, places, strict=True)
    piece.hamzas.clear()


def _options(piece: _Piece, hamza: int) -> Iterator[tuple[float, int, str, list[int]]]:
    for match in _INNER.finditer(piece.text):
        word, places = match.group(), [place for _, place in piece.body[slice(*match.span())]]
        at = word.find("اال")
        if at >= 0:
            word = f"{word[:at]}الا{word[at + 3 :]}"
        for k, letter in enumerate(word):
            if letter == "ا":
                for alef in HAMZAS:
                    changed = f"{word[:k]}{alef}{word[k + 1 :]}"
                    yield frequency(changed) / frequency(word), match.start(), changed, [*places[:k], hamza, *places[k + 1 :]]
