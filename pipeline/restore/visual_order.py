"""Visual order: letters stored from left to right as a page shows them, `ةيبرعلا` for `العربية`.

Whole lines, single words of a line, and the left-to-right embeddings in which some readers wrap figures. Words in
the wrong order whose letters are right belong in word_order.py; lam-alef that a reversal leaves transposed, in
word_repair.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from pipeline.restore.characters import ALEFS, LATIN, LETTER
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language import FOREIGN_LETTERS
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon, plain
from pipeline.restore.private_fonts import PRIVATE
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.turned_words import turned_word, turned_words
from pipeline.restore.votes import probability
from pipeline.restore.word_frequency import FLOOR, frequency

_LTR = "\u202a"
_EMBEDDING = re.compile(f"{_LTR}([^\u202a-\u202e\n]*)\u202c")
_EMBEDDED_LINE = re.compile("(?m)^[ \t\f]*(\u202b[^\n\f]*)$")
_OPENS_EMBEDDING, _POP = frozenset("\u202a\u202b"), "\u202c"
# Private glyphs that stand together are mostly a figure; readers print figures of any coding from left to right (measured).
_NUMBER = f"[\\d{PRIVATE}]+(?:[.,:/\u066b\u066c][\\d{PRIVATE}]+)*"
LATIN_RUN = f"[{LATIN}](?:[^\u0590-\u08ff\n]*[{LATIN}\\d])?"
_RUN = re.compile(f"{LATIN_RUN}|{_NUMBER}|.", re.DOTALL)
_BRACKET = re.compile("[()\\[\\]{}«»]")
MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_TRANSPOSED = re.compile(f"([{ALEFS}])ل")
_COMMON = 15
_LOUDEST, _REAL_BOTH_WAYS = 7.0, 2.0
# Odds of a reversed word in a document that shows no other, and how often a line is reversed in one that does.
_LONE_WORD = 1e-6
_SURE, _LIKELY, _LIKELY_WORD, _MOST_SURE = 4.0, 1.5, math.log(4), 0.995
# A line of fewer words is no line turned, but words, unless other lines are turned.
_TELLING_WORDS = 4
# So few struck words may be names; then only the lines that hold them are looked at.
_FEW = 12
_BEFORE, _BEHIND, _LONGEST_PIECE = re.compile(f"({LETTER}+) $"), re.compile(f" ({LETTER}+)"), 12
_LETTERS, _TELLING = re.compile(f"{LETTER}{{3,}}"), 400
_EVIDENCE = "the letters in reverse are words, as they stand they are not"


class _Word(NamedTuple):
    """A word's place, the log odds that its letters are in visual order, and what it may say of its line."""

    start: int
    end: int
    odds: float
    say: float


class _Line(NamedTuple):
    start: int
    end: int
    words: list[_Word]

    @property
    def score(self) -> float:
        """Log odds that the line is reversed; no word is so loud that it turns a line alone."""
        return sum(max(-_LOUDEST, min(_LOUDEST, w.say)) for w in self.words)


def restore_embedded_runs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read the embeddings that poppler writes in reading order: in a right-to-left line an embedded `،2017` becomes `2017،`.

    The inverse of UAX #9 for the embedding: its runs, reversed; figures and Latin text keep their inner order. Several
    right-to-left pieces of one line stand from left to right and are reversed too. A text without left-to-right embeddings
    is embedded_words.py's.
    """
    text = traced.text
    if _LTR not in text:
        return Outcome(traced)
    edits = []
    for line in _EMBEDDED_LINE.finditer(text):
        order = _embedded_order(text, *line.span(1))
        if order != list(range(*line.span(1))):
            edits.append(reordered(traced, *line.span(1), order))
    return rewrite(traced, "visual_order", edits, "embeddings in a right-to-left line (UAX #9)", 0.97)


def _embedded_order(text: str, start: int, end: int) -> list[int]:
    """Places of a line of right-to-left embeddings and blanks, last piece first, left-to-right embeddings in reading order."""
    pieces: list[list[int]] = [[]]
    depth = 0
    at = start
    while at < end:
        inner = _EMBEDDING.match(text, at, end) if depth else None
        if inner:
            pieces[-1] += [at, *(at + 1 + i for i in reading_order(inner.group(1))), inner.end() - 1]
            at = inner.end()
            continue
        if not depth and text[at] in _OPENS_EMBEDDING:
            pieces.append([])
        depth += (text[at] in _OPENS_EMBEDDING) - (text[at] == _POP)
        pieces[-1].append(at)
        # The blanks behind a piece stand between it and the next one, cells of a table for instance.
        if not depth and text[at] == _POP:
            pieces.append([])
        at += 1
    return [i for piece in reversed(pieces) for i in piece]


def restore_visual_order(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Turn reversed lines and words: `ةيجاتنلإا نيسحت` → `تحسين الإنتاجية`; brackets are mirrored, figures stay."""
    words = document_words(traced.text)
    struck = set(filter(may_be_reversed, words.unknown))
    if not struck:
        return Outcome(traced)
    if len(struck) > _FEW and (one_by_one := turned_words(traced)):
        return rewrite(traced, "visual_order", [edit for edit, _ in one_by_one], _EVIDENCE, [score for _, score in one_by_one])
    lines = _lines(traced.text, struck)
    if len(struck) <= _FEW and any(line.score > 0 for line in lines):
        lines = _lines(traced.text, None)
    turned = sum(line.score > _SURE for line in lines)
    right = sum(line.score < -_SURE for line in lines)
    lean = math.log((turned + 0.05) / (right + 0.5))
    edits: list[Edit] = []
    scores: list[float] = []
    single = max(_LONE_WORD, _word_rate(struck, words.distinct, turned / max(turned + right, 1)))
    for line in lines:
        tells = lean > 0 or len(line.words) >= _TELLING_WORDS
        if tells and line.score + max(min(lean, 6), -6) > _LIKELY and line.score > -1:
            edits.append(_turn(traced, line.start, line.end))
            scores.append(probability(line.score + lean, _MOST_SURE))
            continue
        for word in line.words:
            odds = word.odds + math.log(single)
            if odds > _LIKELY_WORD and not _is_piece(traced.text, word):
                marked = MARKS_AND_TATWEEL.search(traced.text, word.start, word.end)
                edits.append((turned_word if marked else _turn)(traced, word.start, word.end))
                scores.append(probability(odds, _MOST_SURE))
    return rewrite(traced, "visual_order", [*_bracketed(edits)], _EVIDENCE, scores)


def _is_piece(text: str, word: _Word) -> bool:
    """Whether it makes a word with what stands before or behind it: `موق ع` is `موقع` cut, not `قوم` in reverse."""
    before = _BEFORE.search(text, max(word.start - _LONGEST_PIECE, 0), word.start)
    behind = _BEHIND.match(text, word.end)
    whole = text[word.start : word.end]
    count = Lexicon.load().plain_count
    joined = ([before[1] + whole] if before else []) + ([whole + behind[1]] if behind else [])
    return any(count(plain(one)) >= _COMMON for one in joined)


def may_be_reversed(word: str) -> bool:
    """Whether a word that nobody knows is a common one in reverse."""
    return len(word) > 2 and reversed_count(word) >= _COMMON


@lru_cache(maxsize=50_000)
def reversed_count(word: str) -> float:
    """How common a word is when its letters are reversed, also with lam-alef that was one glyph: `اإل` → `الإ`."""
    count = Lexicon.load().plain_count
    turned = word[::-1]
    best = count(turned)
    if not best:
        flips = [turned[: m.start()] + "ل" + m.group(1) + turned[m.end() :] for m in _TRANSPOSED.finditer(turned)]
        best = max([count(f) for f in flips] + [count(_TRANSPOSED.sub("ل\\1", turned))])
    return float(best)


def is_visual(text: str) -> bool:
    """Whether the words of a text, as far as a few hundred tell, are known in reverse rather than as they stand."""
    words = [m.group() for m in islice(_LETTERS.finditer(text), _TELLING)]
    return sum(math.log(max(reversed_count(w), FLOOR) / frequency(w)) for w in words) > 0


def _lines(text: str, struck: set[str] | None) -> list[_Line]:
    """The lines with their words' scores; only lines that hold one of a few struck words, unless None."""
    lines = []
    at = 0
    few = struck if struck is not None and len(struck) <= _FEW else None
    for line in text.split("\n"):
        if few is not None and not any(w in line for w in few):
            at += len(line) + 1
            continue
        found = [_Word(at + m.start(), at + m.end(), *_leaning(plain(m.group()))) for m in TOKEN.finditer(line)]
        if found and FOREIGN_LETTERS.isdisjoint(line):
            lines.append(_Line(at, at + len(line), found))
        at += len(line) + 1
    return lines


@lru_cache(maxsize=50_000)
def _leaning(word: str) -> tuple[float, float]:
    """A word's odds and say, from the lexicon alone; one that is real both ways says little of its line."""
    if len(word) < 2:
        return 0.0, 0.0
    turned = max(reversed_count(word), frequency(word[::-1]))
    # Lam-alef may have come the other way round in a word that stands right.
    right = max(frequency(word), frequency(_TRANSPOSED.sub("ل\\1", word)))
    odds = math.log(turned / right)
    return odds, min(odds, _REAL_BOTH_WAYS) if Lexicon.load().plain_count(word) else odds


def _word_rate(struck: set[str], words: frozenset[str], turned: float) -> float:
    """How often a word by itself is reversed, in a document where lines are not."""
    known = sum(len(w) > 2 for w in words)
    rate = len(struck) / max(known, 1)
    return rate if len(struck) > 2 and rate > 0.02 and turned < 0.5 else 0.0


def _turn(traced: Traced, start: int, end: int) -> Edit:
    """The edit that puts text[start:end] in reading order."""
    piece = traced.text[start:end]
    order = reading_order(piece, traced.origin[start:end])
    return Edit(start, end, "".join(piece[i] for i in order), [int(traced.origin[start + i]) for i in order])


def _bracketed(edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits with brackets as they are meant, which readers give so or as they look: so that they pair, in a line or else in all of them."""
    told = [edit.after for edit in edits if _BRACKET.search(edit.after)]
    by_looks = _all_unpaired([line.translate(MIRROR) for line in told]) <= _all_unpaired(told)
    for edit in edits:
        ways = (edit.after.translate(MIRROR), edit.after)
        yield edit if ways[0] == edit.after else edit._replace(after=min(ways if by_looks else ways[::-1], key=unpaired))


def _all_unpaired(lines: Sequence[str]) -> tuple[int, int]:
    """Brackets that pair with none within their lines, and all through them."""
    return sum(map(unpaired, lines)), unpaired(" ".join(lines))


def unpaired(text: str) -> int:
    """Brackets that close what was not opened, or open what is not closed."""
    depth = wrong = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "([{«" else -1
        if depth < 0:
            wrong, depth = wrong + 1, 0
    return wrong + depth


def reading_order(visual: str, origin: np.ndarray | None = None) -> list[int]:
    """The places of the characters of a visual string, in reading order; letters of one raw glyph stay as they are."""
    runs = [list(range(*m.span())) for m in _RUN.finditer(visual)]
    if origin is not None:
        merged: list[list[int]] = []
        for run in runs:
            if merged and origin[run[0]] >= 0 and origin[merged[-1][-1]] == origin[run[0]]:
                merged[-1] += run
            else:
                merged.append(run)
        runs = merged
    return [i for run in reversed(runs) for i in run]
