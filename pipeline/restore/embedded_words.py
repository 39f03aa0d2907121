"""Words that stand in an embedding of their own each, from left to right as on the page: pdftotext -raw (measured).

`<في> <القرويين> <عشرات>`, `<` and `>` for U+202B and U+202C, is `عشرات القرويين في`. Signs, figures and Latin words
stand bare between the embeddings; a word falls into several of them at a ligature's or a mark's glyph. Embeddings of whole
lines are visual_order.py's, those of single letters, one a line, lettered_rows.py's.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.restore.characters import LATIN, SHADDA, VOWEL_MARKS
from pipeline.restore.lettered_rows import is_lettered
from pipeline.restore.line_widths import line_width, rows_of
from pipeline.restore.numerals import CODED_NUMERAL
from pipeline.restore.profile import Profile
from pipeline.restore.readings import ELSE_GAIN
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.seams import seam, token
from pipeline.restore.touching_embeddings import part_touching_words
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.word_scores import WordScores

_RTL, _LTR = "\u202b", "\u202a"
_POP = "\u202c"
_LATIN = f"[{LATIN}](?:[^\u0590-\u08ff\u202a-\u202e\n]*[{LATIN}\\d])?"
_PIECE = re.compile(f"{_RTL}[^\u202a-\u202e\n]*{_POP}|{_LATIN}|{CODED_NUMERAL}|.")
# What parts two embeddings of a line that is no left-to-right line with Arabic in it: there the phrase would be one embedding.
_APART = re.compile(f"{_POP}[^\\w\n]*{_RTL}|{_POP}[\u0610-\u061a\u064b-\u065f\u0670]{_RTL}")
_LINE = re.compile(f"(?m)^[^\n]*{_RTL}[^\n]*$")
_MARK = re.compile(f"[{VOWEL_MARKS}\u0670]+")
_LATIN_WORD = re.compile(f"[{LATIN}]{{2,}}")
# Justified LibreOffice text, whose stretching glyph stands by itself: a row goes on behind the break (measured).
_BROKEN = re.compile(f"([^\\s\u0600-\u06ff\u202a-\u202e])(?:[\u0600-\u06ff]*{_POP})?\n(?=\\1{_RTL})")
_FEWEST_BROKEN = 3
# Where kerning drew a row on behind its own end: what ends a printed line begins with the row's later half of a word (measured).
_TOUCHING = f"(?:{_RTL}[^\u202a-\u202e\n]+{_POP})+"
_KERNED = re.compile(f"({_TOUCHING})\n(?=({_TOUCHING}))")
_EACH_LINE, _CONTROL = re.compile("(?m)^.*$"), re.compile("[\u202a-\u202e]")
_EVIDENCE = "each word in an embedding of its own: the line in visual order (UAX #9)"


def restore_embedded_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put lines of embedded words in reading order, in a text whose right-to-left lines are all so written."""
    if _LTR in traced.text or not _APART.search(traced.text) or is_lettered(traced.text):
        return Outcome(traced)
    whole = _with_whole_rows(traced)
    traced, text = whole.traced, whole.traced.text
    edits = []
    for line in _LINE.finditer(text):
        order = _reading_order(line.group())
        if order != [*range(len(line.group()))]:
            edits.append(reordered(traced, *line.span(), [line.start() + i for i in order]))
    ordered = rewrite(traced, "visual_order", edits, _EVIDENCE, 0.97)
    return chain(whole, ordered, part_touching_words(ordered.traced))


def _with_whole_rows(traced: Traced) -> Outcome:
    """Rows that were broken between two halves of a word, joined: of a stretching glyph, in a text with several of them, or of kerned letters."""
    text = traced.text
    breaks = [m.end() - 1 for m in _BROKEN.finditer(text)]
    breaks = breaks if len(breaks) >= _FEWEST_BROKEN else []
    breaks += _kerned_breaks(text)
    return rewrite(traced, "line_join", [Edit(at, at + 1, "") for at in sorted({*breaks})], "a row broken inside a word", 0.95)


def _kerned_breaks(text: str) -> list[int]:
    """Where rows were broken between kerned letters: their pieces are no wider together than a row is."""
    halves = {m.end() - 1 for m in _KERNED.finditer(text) if _are_halves(_word(m[2]), _word(m[1]))}
    if not halves:
        return []
    lines = [m.span() for m in _EACH_LINE.finditer(text)]
    widths = [line_width(_CONTROL.sub("", text[start:end])) for start, end in lines]
    rows = rows_of(lines, widths, [end in halves for _, end in lines[:-1]], lambda _row, _line: True)
    return [end for row in rows for _, end in row[:-1]]


def _word(touching: str) -> str:
    """What embeddings that touch are in reading order."""
    return "".join(reversed(re.split(f"{_POP}{_RTL}", touching[1:-1])))


def _are_halves(first: str, last: str) -> bool:
    """Whether two pieces are likelier one known word than two, cut behind a letter that does not join, at a mark or inside `لا`.

    Neither letters that were printed twice nor a mark's are any half.
    """
    words = WordScores.load()
    found = seam(token(first), token(last), words, {})
    if found is None or first.endswith(last) or first[0] == SHADDA or (found.kind == "joining" and not _MARK.match(first)):
        return False
    return found.gain > ELSE_GAIN and words.knows(found.word)


def _reading_order(line: str) -> list[int]:
    """Places of a line's characters, last piece first; in a line that is mostly Latin each Arabic phrase by itself."""
    spans = [m.span() for m in _PIECE.finditer(line)]
    twice = {k for k, (piece, behind) in enumerate(pairwise(spans)) if _ends_in(line[slice(*behind)], line[slice(*piece)])}
    # A letter whose mark was printed twice stays as it is for doubled_clusters.py.
    kept = twice | {k + 1 for k in twice if line[slice(*spans[k])] == line[slice(*spans[k + 1])]}
    pieces = [[*range(*span)] if k in kept else _with_mark_behind(line, *span) for k, span in enumerate(spans)]
    if len(_LATIN_WORD.findall(line)) <= line.count(_RTL):
        pieces.reverse()
    return [i for piece in pieces for i in piece]


def _ends_in(piece: str, end: str) -> bool:
    """Whether an embedded piece ends in another one."""
    return len(end) > len(_RTL + _POP) and end[0] == piece[0] == _RTL and piece.endswith(end[1:])


def _with_mark_behind(line: str, start: int, end: int) -> list[int]:
    """A piece; a mark that opens an embedding stands behind its letter, whose glyph begins further left."""
    mark = _MARK.match(line, start + 1, end) if line[start] == _RTL else None
    if not mark or mark.end() >= end - 1:
        return [*range(start, end)]
    return [start, mark.end(), *range(*mark.span()), *range(mark.end() + 1, end)]
