"""Lines turned at alefs: `حد وزراء القرية.أمس زار أأعلن المدير أن` for `أعلن المدير أن أمس زار أحد وزراء القرية.`

Fonts that draw the hamza of an alef off the line (Lateef), or the alef of a lam-alef (Harmattan), have LibreOffice draw it by
itself. To MuPDF such a glyph runs from left to right, as strokes do (stroke_turns.py), so the pieces between two of them are
printed last one first; the hamza of a lam-alef comes behind the piece before it, its lam at once (measured).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, pairwise, product

from pipeline.restore.characters import ALEFS, HAMZAS, LETTER, fold_alef
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.doubled_alefs import mostly_doubled
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain as followed_by
from pipeline.restore.rewriting import read, reordered, rewrite
from pipeline.restore.stroke_signs import signs_inside
from pipeline.restore.stroke_turns import LEAD, LONGEST, STROKE, stretches
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.unjoined_alefs import restore_unjoined_alefs
from pipeline.restore.votes import Votes
from pipeline.restore.word_scores import WordScores

_INNER_HAMZA, _ALEF = re.compile(f"{LETTER}[{HAMZAS}]"), re.compile(f"[{ALEFS}]")
# The hamza of a lam-alef, once or twice, behind the article's alef; next to the one that the following piece was cut at, or apart.
_OF_LAM_ALEF = re.compile(f"(?<=ا)(?: (?=[{HAMZAS}]{{1,2}}(?: |[{HAMZAS}]|$))|(?=[{HAMZAS}]{{2}}))([{HAMZAS}])(?:\\1(?=[{HAMZAS} ]|$))?")
_UNFINISHED = re.compile("ل *$")
FEWEST_WORDS, _SHARE, _FEWEST_STROKES = 4, 0.01, 5
# By so much do lines read better on average; those in visual order do by less, however they are turned.
_FEWEST_LINES, _MEAN, _SURE, _CLEARLY, _MOST, _KNOWN = 4, 20.0, 2.0, 4, 400, 0.7

# The orders in which a stretch of a line may be read, given its edges.
Orders = Callable[[int, int], Iterator[list[int]]]


def restore_turned_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces between lifted alefs in reading order, in a text whose lines read far better so."""
    words = document_words(traced.text)
    odd = len(_INNER_HAMZA.findall(" ".join(words.unknown))) if len(words.unknown) >= FEWEST_WORDS else 0
    if odd < max(FEWEST_WORDS, _SHARE * len(words.distinct)) or mostly_doubled(traced.text):
        return Outcome(traced)
    strokes = [sign for sign, times in signs_inside(traced.text).items() if times >= _FEWEST_STROKES]
    ways = [_at_hamzas(traced.text, sign) for sign in ("", *(s for s in strokes if re.match(STROKE, s)))]
    ways.append(partial(_behind_lams, traced.text))
    _, edits = max((turned_at(traced, way, "".join(strokes)) for way in ways), key=lambda found: found[0])
    turned = rewrite(traced, "visual_order", edits, "pieces printed last one first at alefs that the font draws by themselves", 0.85)
    # Where all alefs came with a hamza, only words that are whole tell which have one.
    return followed_by(turned, restore_unjoined_alefs(turned.traced)) if edits else turned


def turned_at(traced: Traced, orders: Orders, strokes: str = "", against: float | None = None) -> tuple[float, list[Edit]]:
    """Lines turned one way and how much better they read together; none where they do not clearly read better.

    `strokes` are signs that do not count; a line that reads worse by `against` speaks against the way.
    """
    text = traced.text
    unstroked = str.maketrans("", "", strokes)
    lines = [m.span() for m in ARABIC_LINE.finditer(text) if m.end() - m.start() <= LONGEST]
    turnable = [(line, found) for line in lines if (found := [*_line_orders(text, *line, orders)])]
    if len(turnable) < _FEWEST_LINES:
        return 0.0, []
    options = [[[*range(*line)], *found] for line, found in turnable]
    scores = _scores([[read(text, order).translate(unstroked) for order in found] for found in options])
    best = [max(range(len(score)), key=score.__getitem__) for score in scores]
    gains = [score[k] - score[0] for score, k in zip(scores, best, strict=True)]
    # A line that only reads worse when turned speaks against it.
    told = [max(score[1:]) - score[0] for score in scores]
    better, worse, total = Votes.of(told, _SURE, against)
    turned = [read(text, found[k]) for found, k, gain in zip(options, best, gains, strict=True) if gain > _SURE]
    if better < max(_FEWEST_LINES, _CLEARLY * worse) or total < _MEAN * len(told) or not _are_words("\n".join(turned).translate(unstroked)):
        return 0.0, []
    chosen = zip(turnable, options, best, gains, strict=True)
    return total, [reordered(traced, *line, found[k]) for (line, _), found, k, gain in chosen if gain > _SURE]


def _are_words(text: str) -> bool:
    """Whether most words of what is read are known, or would be without hamzas: lines in visual order gain by any change."""
    words = TOKEN.findall(plain(text))
    knows = WordScores.load().knows
    return sum(knows(word) or knows(fold_alef(word)) for word in words) > _KNOWN * len(words)


def _scores(lines: Sequence[Sequence[str]]) -> list[list[float]]:
    """How well readings of each line read: the likelihood of their words, and how they go on with each other."""
    scores = iter(Fluency().with_words(chain.from_iterable(lines)))
    return [[*islice(scores, len(line))] for line in lines]


def _line_orders(text: str, start: int, end: int, orders: Orders) -> Iterator[list[int]]:
    """The orders in which a line may be read, each stretch between figures turned by itself."""
    parts: list[list[list[int]]] = []
    for first, last, is_figure in stretches(text, start, end):
        lead = LEAD.match(text, first, last)
        core = last if is_figure or not lead else lead.end()
        tails = [*orders(core, last)] if core < last else []
        parts.append([[*range(first, last)], *([*range(first, core), *tail] for tail in tails)])
    printed = [*range(start, end)]
    for way in islice(product(*parts), _MOST):
        order = [*chain.from_iterable(way)]
        if order != printed:
            yield order


def _at_hamzas(text: str, stroke: str) -> Orders:
    """Stretches cut at all alefs with hamza, and at a stroke."""
    cut = re.compile(f"[{HAMZAS}]" + (f"|{re.escape(stroke)}+" if stroke else ""))

    def orders(start: int, end: int) -> Iterator[list[int]]:
        blocks: list[list[list[list[int]]]] = []
        at = start
        while at < end:
            found, of_lam = cut.search(text, at, end), _OF_LAM_ALEF.search(text, at, end)
            if of_lam and found and of_lam.start() < found.start():
                blocks.append([*_with_lam_alef(text, at, of_lam)])
                at = of_lam.end()
            elif found:
                blocks.append([[[*range(at, found.start())], [*range(*found.span())]]])
                at = found.end()
            else:
                blocks.append([[[*range(at, end)]]])
                at = end
        for way in islice(product(*blocks), _MOST):
            yield [place for block in reversed([*chain.from_iterable(way)]) for place in block]

    return orders


def _with_lam_alef(text: str, start: int, hamza: re.Match[str]) -> Iterator[list[list[int]]]:
    """The blocks of a piece that a lam-alef cut, by where its lam may stand: what follows it, lam and hamza, what comes before it.

    Or the hamza is none of a lam-alef.
    """
    yield [[*range(start, hamza.start(1))], [*range(*hamza.span(1))]]
    for lam in (m.start() for m in re.finditer("ل", text[start : hamza.start()])):
        at = start + lam
        yield [[*range(start, at)], [at, hamza.start(1)], [*range(at + 1, hamza.start())]]


def _behind_lams(text: str, start: int, end: int) -> Iterator[list[int]]:
    """Stretches cut at alefs of lam-alefs: what is printed before such an alef, but for the first piece, ends in its lam."""

    def cuts(last: int) -> Iterator[tuple[int, ...]]:
        if not _UNFINISHED.search(text, start, last):
            return
        for found in _ALEF.finditer(text, start, last - 1):
            yield (found.start(),)
            yield from ((*earlier, found.start()) for earlier in cuts(found.start()))

    for places in islice(cuts(end), _MOST):
        blocks = [[*range(a, b)] for a, b in pairwise([start, *chain.from_iterable((at, at + 1) for at in places), end])]
        yield [place for block in reversed(blocks) for place in block]
