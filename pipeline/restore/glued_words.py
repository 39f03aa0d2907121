"""Blanks that a reader dropped: `العدد22` for `العدد 22`, `الفكروالضمير` for `الفكر والضمير`.

Only in texts where it happens again and again; a writer's slip stays. Behind ة and ى, which end a word, three are enough:
`الدراسةالجديدة`. Blanks too many are spacing.py's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.lexicon.reader import words
from pipeline.restore.characters import IN_WORDS, LETTERS_AND_TATWEEL, MARK
from pipeline.restore.document_words import TOKEN, document_words, figures
from pipeline.restore.language_model import PER, Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency, unseen_frequency
from pipeline.restore.word_scores import WordScores

_LAST_WORD = re.compile(f"[{IN_WORDS}]{{2,}}$")
_NEXT_WORD = re.compile(f"[{LETTERS_AND_TATWEEL}][{IN_WORDS}]")
# A reader drops the blank before a figure; the one behind it writers drop too (`1998م`, `20ألف`).
_FIGURES, _FIGURES_SHARE, _KNOWN = 5, 0.9, 20
# In clean text two documents in a thousand have three words that look glued out of common ones.
_WORDS, _WORDS_SHARE, _CLOSED_WORDS, _CLOSED_SHARE = 3, 0.03, 3, 0.005
_COMMON, _SHORTEST, _LONGEST_PIECE = 200, 6, 14
# Log odds of a blank dropped where it is known that many were; by how much the pieces must be likelier than one word.
_DROPPED, _CLEARLY, _LIKELY, _SHORT = math.log(0.05), 5.0, 0.05, 2
# Between letters stops, and between a figure and the words beside it nothing; `1998م` is written so, and so is `و65`.
_UNPARTED = re.compile(
    f"(?<=[{IN_WORDS}]{{2}}[،؛:.؟!])(?=[{LETTERS_AND_TATWEEL}])|(?<=[{IN_WORDS}]{{2}})(?=[0-9])|(?<=[0-9])(?=[{LETTERS_AND_TATWEEL}][{IN_WORDS}])"
)
_CLOSED = re.compile(f"[{IN_WORDS}]{{2,}}[ةى]{MARK}*[{LETTERS_AND_TATWEEL}][{IN_WORDS}]+")
_INSIDE = re.compile("[ةى][^ ]")
# A figure that touches a letter.
TRACES: tuple[Trace, ...] = (("[\u0621-\u0652]", "[0-9\u0660-\u0669\u06f0-\u06f9]"),)
_BEHIND_CLOSING = re.compile(f"(?<=[ةى]){MARK}*(?=[{LETTERS_AND_TATWEEL}])")


def part_glued_words(traced: Traced, _profile: Profile | None = None, *, proven: bool = False) -> Outcome:
    """Set the missing blanks between words, and between a word and the figure behind it, in a text that lacks several (`proven`: is known to)."""
    figures = _part_figures(traced)
    closed = _part_behind_closing_letters(figures.traced)
    words = _part_words(closed.traced, len(closed.changes), proven=proven)
    signs = _part_signs(words.traced) if proven else Outcome(words.traced)
    return chain(figures, closed, words, signs)


def may_be_glued(word: str) -> bool:
    """Whether an unknown word may be several: a letter that ends words stands inside it, or it is made up of common ones."""
    return _INSIDE.search(word) is not None or (len(word) >= _SHORTEST and bool(pieces_of(word)))


def _part_figures(traced: Traced) -> Outcome:
    text = traced.text
    found = [at for at, _ in figures(text) if at and "\u0621" <= text[at - 1] <= "\u0652"]
    if len(found) < _FIGURES:
        return Outcome(traced)
    known = [at for at in found if _behind_known(text, at)]
    apart = sum(text[at - 1 : at] == " " and "\u0621" <= text[at - 2 : at - 1] <= "\u0652" for at, _ in figures(text))
    if len(known) < max(_FIGURES, _FIGURES_SHARE * (len(known) + apart)):
        return Outcome(traced)
    edits = [_blank_behind(traced, at) for at in sorted({*known, *_glued_behind(text, known)})]
    return rewrite(traced, "glued_word", edits, "figures are glued to the words beside them throughout the text", 0.95)


def _glued_behind(text: str, known: Sequence[int]) -> list[int]:
    """The ends of figures that words are glued to, in a text where hardly a blank stands behind a figure either."""
    starts = set(known)
    ends = [end for start, end in figures(text) if start in starts]
    glued = [end for end in ends if _NEXT_WORD.match(text, end)]
    apart = sum(_NEXT_WORD.match(text, end + 1) is not None for end in ends if text[end : end + 1] == " ")
    return glued if len(glued) >= max(_FIGURES, _FIGURES_SHARE * (len(glued) + apart)) else []


def _behind_known(text: str, at: int) -> bool:
    word = _LAST_WORD.search(text, max(0, at - 30), at)
    return word is not None and Lexicon.load().plain_count(plain(word.group())) >= _KNOWN


def _part_behind_closing_letters(traced: Traced) -> Outcome:
    """Set a blank behind ta marbuta and alef maqsura inside a token, where all the parts are words."""
    told = document_words(traced.text)
    if not _INSIDE.search(" ".join((*told.rare, *told.too_long))):
        return Outcome(traced)
    edits: list[Edit] = []
    count, suffixes = Lexicon.load().plain_count, words("affixes", "affix")
    for match in _CLOSED.finditer(traced.text):
        ends = [match.start() + m.end() for m in _BEHIND_CLOSING.finditer(match.group())]
        pieces = [traced.text[a:b] for a, b in pairwise([match.start(), *ends, match.end()])]
        bare = [plain(piece) for piece in pieces]
        if bare[-1] not in suffixes and all(count(piece) >= _KNOWN for piece in bare):
            edits += [_blank_behind(traced, at) for at in ends]
    if len(edits) < max(_CLOSED_WORDS, _CLOSED_SHARE * traced.text.count(" ")):
        return Outcome(traced)
    return rewrite(traced, "glued_word", edits, "a letter that ends words stands inside one, and the parts are words", 0.97)


def _part_words(traced: Traced, parted_before: int, *, proven: bool) -> Outcome:
    told = document_words(traced.text)
    looked_at = [w for w in told.unknown if len(w) >= _SHORTEST]
    parted = {w: pieces for w in looked_at if (pieces := pieces_of(w))}
    if len(parted) < _WORDS and not proven:
        return Outcome(traced)
    parted |= {w: pieces for w in looked_at if w not in parted and (pieces := pieces_of(w, _KNOWN))}
    if len(parted) + parted_before < max(2 * _WORDS, _WORDS_SHARE * len(told.distinct)) and not proven:
        return Outcome(traced)
    parted |= {w: pieces for w in (*looked_at, *told.too_long) if (pieces := likeliest_pieces(w))}
    edits = []
    for match in TOKEN.finditer(traced.text):
        places = [i for i in range(*match.span()) if plain(traced.text[i])]
        at = 0
        for piece in parted.get("".join(traced.text[i] for i in places), ())[:-1]:
            at += len(piece)
            edits.append(_blank_behind(traced, places[at]))
    return rewrite(traced, "glued_word", edits, f"no word, but known words when parted, as {len(parted)} others here", 0.9)


def _part_signs(traced: Traced) -> Outcome:
    """Set the blanks behind stops and around figures, in a text where those between words were dropped."""
    edits = [_blank_behind(traced, m.end()) for m in _UNPARTED.finditer(traced.text)]
    return rewrite(traced, "glued_word", edits, "a stop or figure is glued to a word, as words are to others here", 0.9)


@lru_cache(maxsize=20_000)
def pieces_of(word: str, common: int = _COMMON) -> tuple[str, ...]:
    """The likeliest two or more words of at least `common` occurrences in ten million that make up a word that is none.

    Empty where it has a stem or no such parts.
    """
    if unseen_frequency(word) > FLOOR:
        return ()
    count, affixes = Lexicon.load().plain_count, words("affixes", "affix")
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        options = [
            (best[start][0] + math.log(n / PER), (*best[start][1], word[start:end]))
            for start in range(max(0, end - _LONGEST_PIECE), end - 1)
            if (best[start][1] or not start) and (n := count(word[start:end])) >= common and word[start:end] not in affixes
        ]
        best.append(max(options, default=(-math.inf, ())))
    return best[-1][1] if len(best[-1][1]) > 1 else ()


@lru_cache(maxsize=20_000)
def likeliest_pieces(word: str) -> tuple[str, ...]:
    """The words that a run of letters is far likelier made up of than it is a word, in a text that drops blanks; empty where it is not."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        starts = (start for start in range(max(0, end - _LONGEST_PIECE), end - 1) if best[start][1] or not start)
        options = [
            (best[start][0] + math.log(likely / PER) + (_DROPPED if start else 0.0), (*best[start][1], word[start:end]))
            for start in starts
            if (likely := frequency(word[start:end])) >= (_COMMON if end - start == _SHORT else _LIKELY)
        ]
        best.append(max(options, default=(-math.inf, ())))
    score, pieces = best[-1]
    return pieces if len(pieces) > 1 and score > WordScores.load().log_probability(word) + _CLEARLY else ()


def _blank_behind(traced: Traced, at: int) -> Edit:
    """A blank set behind text[at - 1]."""
    return reordered(traced, at - 1, at, (at - 1, BLANK))
