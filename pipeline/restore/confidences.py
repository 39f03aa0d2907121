"""How sure each restoration is once the text stands: its pass's claim, held against how the words in it and around it read.

A pass claims what it knows when it runs. A row that was put together wrongly, or letters that were mended in a text whose
other letters are lost, leave words that are none; where all words are known, a restoration is nearly always right. Weights
were fitted on held-out articles of the corpora, printed by real writers and read by real readers (lexicon/build/confidences.py);
passes that hardly occur there keep their claims.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import ALPHABET, VOWEL_MARKS
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import plain
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.rewriting import USUAL
from pipeline.restore.votes import probability

TABLE = "restoration_confidences"
OWN, ITSELF = ("claim", "others", "few", "order: figures", "order: unknown", "order: any unknown"), "itself"
"""Evidence that each pass weighs in its own way, besides the weight that all share; that a pass is this one."""
_FIGURE = re.compile(NUMERAL)
_FOREIGN = re.compile(f"[^{USUAL}{VOWEL_MARKS}]|[A-Za-z]")
_REACH, _BESIDE, _FEW_WORDS = 40, 2, 2
_MOST_UNKNOWN, _MOST_FIGURES, _MOST_WORDS, _MOST_OTHERS = 4, 3, 20, 2
LEAST, SUREST = 0.01, 0.995
_LONE_LETTERS = frozenset(ALPHABET) - {"و"}  # which is a word

TOGETHER = "together"
"""The row that tells how far the restorations of a text go right or wrong together: 0 not at all, 1 wholly."""
Evidence = dict[str, float]
Maker = tuple[str, str]
"""A pass and the kind of its restoration."""


class Claim(NamedTuple):
    """A restoration of a pass, half-open in the text as it stands in the end, and how sure the pass is."""

    maker: Maker
    confidence: float
    start: int
    end: int


def weighed(text: str, claims: Sequence[Claim]) -> list[float]:
    """The probability that each of all the doubtful restorations of a text is right; the claim itself where its pass has no weights."""
    weights = _weights()
    if all(claim.maker not in weights for claim in claims):
        return [claim.confidence for claim in claims]
    return [
        _probability(found, weights[claim.maker]) if claim.maker in weights else claim.confidence
        for claim, found in zip(claims, evidence(text, claims), strict=True)
    ]


def together(sure: Sequence[float]) -> float:
    """The probability that all restorations of a text are right; they stand and fall together, so that many count like few."""
    return math.exp(sum(map(math.log, sure)) * len(sure) ** -_clinging()) if sure and min(sure) > 0 else float(not sure)


def evidence(text: str, claims: Sequence[Claim]) -> list[Evidence]:
    """What tells whether each restoration of a text is right, by the names that the table of weights uses."""
    told = document_words(text)
    strange = told.unknown | _LONE_LETTERS
    found = [_reads(text, claim, strange) for claim in claims]
    unknown = len(told.unknown) / max(len(told.distinct), 1)
    # The first unknown words of a text say more than the later ones.
    read = {"unknown in the text": unknown, "unknown in the text, root": math.sqrt(unknown)}
    made = Counter(claim.maker[0] for claim in claims)
    ordering = {claim.maker[0] for claim, one in zip(claims, found, strict=True) if "order" in one}
    for claim, one in zip(claims, found, strict=True):
        others = len(ordering - {claim.maker[0]})
        one |= read | {"few": 1 / made[claim.maker[0]], "others": float(min(others, _MOST_OTHERS))}
        if "order" in one:
            one["order: others"] = float(others > 0)
    return found


def _reads(text: str, claim: Claim, strange: frozenset[str]) -> Evidence:
    """The claim, and how the words in a restoration and beside it read."""
    inside, beside = _words(text, claim)
    unknown, around = (sum(map(strange.__contains__, words)) for words in (inside, beside))
    sure = min(max(claim.confidence, LEAST), SUREST)
    found = {"claim": math.log(sure / (1 - sure)), "unknown beside": around / (2 * _BESIDE)}
    if len(inside) <= _FEW_WORDS:
        return found | {"letters": 1.0, "letters: any unknown": float(unknown > 0), "letters: unknown": float(unknown)}
    return found | {
        "order": 1.0,
        "order: any unknown": float(unknown > 0),
        "order: unknown": float(min(unknown, _MOST_UNKNOWN)),
        "order: share unknown": unknown / len(inside),
        "order: words": min(len(inside), _MOST_WORDS) / _MOST_WORDS,
        "order: figures": float(min(len(_FIGURE.findall(text, claim.start, claim.end)), _MOST_FIGURES)),
        "order: foreign": float(_FOREIGN.search(text, claim.start, claim.end) is not None),
    }


def _words(text: str, claim: Claim) -> tuple[list[str], list[str]]:
    """The words that a restoration touches and the nearest ones on both sides."""
    left, right = text[max(claim.start - _REACH, 0) : claim.start], text[claim.end : claim.end + _REACH]
    before, after = left.split(), right.split()
    head = before.pop() if before and not left[-1].isspace() else ""
    tail = after.pop(0) if after and not right[0].isspace() else ""
    inside = TOKEN.findall(plain(f"{head}{text[claim.start : claim.end]}{tail}"))
    nearest = before[-_BESIDE:], after[:_BESIDE]
    return inside, TOKEN.findall(plain(" ".join(chain(*nearest))))


def _probability(found: Evidence, weights: Mapping[str, float]) -> float:
    odds = weights[ITSELF] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return max(probability(odds, SUREST), LEAST)


@cache
def _clinging() -> float:
    return next(float(row["weight"]) for row in rows(TABLE) if row["evidence"] == TOGETHER)


@cache
def _weights() -> Mapping[Maker, Mapping[str, float]]:
    """The weights of each pass's evidence: those that all share and its own together."""
    told: defaultdict[Maker, dict[str, float]] = defaultdict(dict)
    for row in rows(TABLE):
        told[row["pass"], row["kind"]][row["evidence"]] = float(row["weight"])
    shared = told.pop(("", ""))
    return {maker: {name: own.get(name, 0.0) + shared.get(name, 0.0) for name in shared | own} for maker, own in told.items()}
