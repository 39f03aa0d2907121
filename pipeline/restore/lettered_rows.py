"""Pages printed one letter a line: the glyphs' letters put in order, the lines joined, the runs of rows put in reading order.

pdftotext -raw begins a line wherever the next glyph stands left of the last one, so at each letter of what cairo and LuaTeX
draw letter by letter. A glyph of several characters comes turned, `أل` for `لأ`. Each figure, and each sign from another font, is
a run of its own; a row's runs are drawn from left to right, and only what stands right of the last glyph goes on in its
line: `ت 40 ش` (measured). Where such rows begin and end is rows_of_runs.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.restore.characters import FATHATAN, IN_WORDS, LETTERS, LETTERS_AND_MARKS, MARK
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.rewriting import chain, reordered, rewrite
from pipeline.restore.rows_of_runs import Run, rows_in_order
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.visual_order import LATIN_RUN

_LONE = re.compile(f"(?m)^\u202b?[{IN_WORDS}]\u202c?$")
_FEWEST_LETTERS, _LEAST_LONE = 150, 0.6
_GLYPH = re.compile(f"(?<![^ \n])[{LETTERS_AND_MARKS}]{{2,4}}(?![^ \n])")
_CLUSTER = re.compile(f"[{LETTERS}]{MARK}*")
_LINE, _BREAKS = re.compile("[^\n\f]+"), re.compile("\n+(?=[^\n])")
_PIECE = re.compile(f"(?P<figure>{LATIN_RUN}|{NUMERAL}[%٪]?)|[{LETTERS_AND_MARKS}]+|[^ \f]")
_WORDLIKE = re.compile("\\w|[\u0610-\u061a\u064b-\u065f]")
# What a font has one of it has the other of.
_PAIRS = {sign: pair for pair in ("()", "[]", "«»", "“”", "‘’") for sign in pair}
_FIGURE, _SIGN, _LETTERS = "figure", "sign", "letters"
_SURE = 0.9


def is_lettered(text: str) -> bool:
    """Whether hardly any line of a text has more than a letter."""
    lone = len(_LONE.findall(text))
    return lone >= _FEWEST_LETTERS and lone >= _LEAST_LONE * text.count("\n")


def join_letters(traced: Traced) -> Outcome:
    """Join the lines of a text with one letter on each, its rows' runs in reading order."""
    if not is_lettered(traced.text):
        return Outcome(traced)
    glyphs = _turn_glyphs(traced)
    text = glyphs.traced.text
    joined = rewrite(glyphs.traced, "line_join", [Edit(*m.span(), "") for m in _BREAKS.finditer(text)], "one letter stands on each line", _SURE)
    rows = rows_in_order(joined.traced.text, list(_runs(text)))
    edits = [reordered(joined.traced, *row) for row in rows]
    return chain(glyphs, joined, rewrite(joined.traced, "visual_order", edits, "runs of a row drawn from left to right", _SURE))


def _turn_glyphs(traced: Traced) -> Outcome:
    """The letters of glyphs in reading order, their marks behind them; tanwin stays before its alef."""
    edits = []
    for glyph in _GLYPH.finditer(traced.text):
        order = _glyph_order(glyph.group(), glyph.start())
        if order != [*range(*glyph.span())]:
            edits.append(reordered(traced, *glyph.span(), order))
    return rewrite(traced, "visual_order", edits, "the letters of one glyph stand turned", _SURE)


def _glyph_order(glyph: str, at: int) -> list[int]:
    clusters = [[*range(*m.span())] for m in _CLUSTER.finditer(glyph)]
    leading = [*range(clusters[0][0] if clusters else len(glyph))]
    order = [place for cluster in reversed(clusters) for place in cluster]
    is_tanwin = glyph == FATHATAN + "ا"
    return [at + place for place in (leading + order if is_tanwin else order + leading)]


def _runs(text: str) -> Iterator[Run]:
    """The runs of rows by their places in the joined text; what a line begins with goes on with a run of its kind, figures do not."""
    lines = [list(_PIECE.finditer(text, *line.span())) for line in _LINE.finditer(text)]
    apart = _signs_apart(lines)
    run: Run | None = None
    kind = ""
    shift = stop = 0
    for pieces in lines:
        shift += pieces[0].start() - stop
        stop = pieces[-1].end()
        for piece in pieces:
            before, kind = kind, _FIGURE if piece["figure"] else _SIGN if piece.group() in apart else _LETTERS
            start, end = piece.start() - shift, piece.end() - shift
            if run and piece is pieces[0] and kind == before != _FIGURE:
                run = run._replace(end=end)
            else:
                if run:
                    yield run
                run = Run(start, end, kind != _LETTERS, piece is not pieces[0])
    if run:
        yield run


def _signs_apart(lines: Sequence[Sequence[re.Match[str]]]) -> set[str]:
    """The signs that are runs of their own, being from another font: other runs stand right of them."""
    found = {piece.group() for pieces in lines for piece in pieces[1:-1]}
    found |= {pieces[0].group() for pieces in lines if len(pieces) > 1 and _WORDLIKE.match(pieces[1].group()) and not pieces[1]["figure"]}
    return {pair for sign in found if not _WORDLIKE.match(sign) for pair in _PAIRS.get(sign, sign)}
