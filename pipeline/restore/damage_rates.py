"""How often each kind of damage struck the words of a document, told by its own words.

lexicon/damage_rules.csv says what readers do to letters (`لا` comes out as `ال`). Undoing a rule is evidence where it turns
unknown words into common ones, words that stand as they are speak against it; clean documents give no evidence. What a lost
letter (U+FFFD) stands for is told by the words that lost one alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import LOST
from pipeline.restore.language_model import Lexicon
from pipeline.restore.word_frequency import FLOOR

# Undoing damage is evidence when it turns an unknown word into one at least this common.
COMMON = 10
_LOST_LETTER = "replacement_character"
SHORTEST_EVIDENCE = 4
# A letter that ends words stands inside none, `عىل`, so that a shorter word tells, and each such word tells twice.
SHORTEST_IMPOSSIBLE = 3
_NEVER_INSIDE = re.compile("[ىة].")
# Share of documents so damaged before any word is seen, and share of the words open to a rule that look struck by it in
# clean text (distinct words of the corpus documents that were held out of the lexicon).
PRIOR = {"lam_alef": 0.02, "ligature": 0.005, "doubled_alef": 0.005, "lost_letter": 1e-4}
CHANCE = {"lam_alef": 3e-4, "ligature": 5e-4, "doubled_alef": 1e-4, "lost_letter": 1e-3}
# Given a damaged document, how many of a kind's rules strike: a font has many such ligatures or, once in FEW, one or two
# (`عىل`, `إىل`); and how often one strikes that was never seen to, in a document where many do.
MANY_STRIKE, FEW_STRIKE, FEW, UNSEEN_RATE = 0.3, 0.03, 0.125, 0.2
_SMOOTHING, _NEGLIGIBLE = 0.2, 0.005


class Rule(NamedTuple):
    """`original` came out as `damaged` (letters without marks)."""

    kind: str
    damaged: str
    original: str


Rates = Mapping[Rule, float]
Table = Mapping[str, Iterable[Rule]]


def diagnose(words: frozenset[str], unknown: frozenset[str]) -> dict[Rule, float]:
    """How often each rule struck in a document of these distinct words; empty when nothing shows.

    Distinct words, so that a name repeated through a document counts once.
    """
    if not any(map(may_be_struck, unknown)):
        return {}
    hits = _hits(unknown)
    inside = _hits(frozenset(filter(_NEVER_INSIDE.search, unknown)))
    told = {kind: struck + inside[kind] for kind, struck in hits.items()}
    kinds = {kind for kind, struck in told.items() if struck and _log_odds(kind, struck, Counter()) > 0}
    rates: dict[Rule, float] = {}
    if kinds:
        intact = _intact(words - unknown, kinds)
        for kind in kinds:
            if _log_odds(kind, told[kind], intact) > 0:
                unseen = _unseen_rate(kind, hits[kind], intact)
                rates |= {rule: (hits[kind][rule] + unseen) / (hits[kind][rule] + intact[rule] + 1) for rule in _rules_of(kind)}
    if any(LOST in w for w in unknown):
        rates |= _lost_rates(unknown)
    return {rule: rate for rule, rate in rates.items() if rate > _NEGLIGIBLE}


def may_be_struck(word: str) -> bool:
    """Whether an unknown word may be a common one that some damage struck, or lost a letter."""
    return LOST in word or bool(_explanations(word))


@lru_cache(maxsize=20_000)
def lost_letter_frequency(word: str) -> float:
    """How common the commonest word is that a word with U+FFFD may have been; at least FLOOR times 1e-3."""
    if word.count(LOST) == 1:
        return max((float(n) for _, n in _fillings(word)), default=FLOOR) / len(_rules_of(_LOST_LETTER))
    return FLOOR * 1e-3


def _fillings(word: str) -> list[tuple[Rule, int]]:
    """The rules that make known words of a word with one U+FFFD, with the words' counts."""
    count = Lexicon.load().plain_count
    head, tail = word.split(LOST)
    found = [(rule, n) for rule in _rules_of(_LOST_LETTER) if len(rule.damaged) == 1 and (n := count(f"{head}{rule.original}{tail}"))]
    if tail:
        rest = tail[1:]
        follows = _lost_before().get(tail[0], ())
        found += [(rule, n) for rule in follows if (n := count(f"{head}{rule.original}{rest}"))]
    return found if len(word) > 1 else []


@cache
def _lost_before() -> Table:
    """The rules for a U+FFFD and the letter behind it, by that letter."""
    table: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in _rules_of(_LOST_LETTER):
        if len(rule.damaged) > 1:
            table[rule.damaged[1]].append(rule)
    return dict(table)


@cache
def _rules_of(kind: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in catalogue() if rule.kind == kind)


@cache
def catalogue() -> tuple[Rule, ...]:
    """The rules of lexicon/damage_rules.csv."""
    return tuple(Rule(r["kind"], r["damaged"], r["original"]) for r in rows("damage_rules"))


def by_damaged(rules: Iterable[Rule]) -> Table:
    """Rules by the letters that they leave."""
    table: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        table[rule.damaged].append(rule)
    return dict(table)


def _hits(unknown: frozenset[str]) -> dict[str, Counter[Rule]]:
    """By kind, the rules that turn unknown words into common ones; a word that two kinds explain counts for the commoner kind.

    A word counts once with and without its article.
    """
    hits: defaultdict[str, Counter[Rule]] = defaultdict(Counter)
    shared = []
    for word in unknown:
        told_without_article = word.startswith("ال") and word[2:] in unknown
        impossible = _NEVER_INSIDE.search(word) is not None
        long_enough = len(word) >= (SHORTEST_IMPOSSIBLE if impossible else SHORTEST_EVIDENCE)
        if long_enough and LOST not in word and not told_without_article:
            rules = _explanations(word)
            kinds = {rule.kind for rule in rules}
            if len(kinds) == 1:
                hits[kinds.pop()].update(rules)
            elif kinds:
                shared.append((kinds, rules))
    alone = {kind: hits[kind].total() for kind in PRIOR} if shared else {}
    for kinds, rules in shared:
        best = max(kinds, key=lambda kind: (alone[kind], kind))
        hits[best].update(rule for rule in rules if rule.kind == best)
    return hits


@lru_cache(maxsize=20_000)
def _explanations(word: str) -> tuple[Rule, ...]:
    """The rules that in one step make a common word of a word; where a letter was lost only the one that makes the commonest."""
    count = Lexicon.load().plain_count
    table = _evidence_table()
    found: list[tuple[int, Rule]] = []
    for size in (1, 2, 3):
        for at in range(len(word) - size + 1):
            rules = table.get(word[at : at + size], ())
            found += [(n, r) for r in rules if (n := count(word[:at] + r.original + word[at + size :])) >= COMMON]
    lost = max((told for told in found if told[1].kind == "lost_letter"), default=None)
    return tuple(r for n, r in found if r.kind != "lost_letter" or (n, r) == lost)


@cache
def _evidence_table() -> Table:
    return by_damaged(rule for rule in catalogue() if rule.kind in PRIOR)


def _intact(known: frozenset[str], kinds: set[str]) -> Counter[Rule]:
    """How often distinct known words hold the letters that a rule would have struck."""
    text = " ".join(known)
    return Counter({r: n for kind in kinds for r in _rules_of(kind) if (n := text.count(r.original))})


def _log_odds(kind: str, hits: Counter[Rule], intact: Counter[Rule]) -> float:
    """Log odds that documents of this kind of damage gave these words, rather than clean ones by chance."""
    many, few = _by_share(kind, hits, intact)
    return math.log(PRIOR[kind]) + float(np.logaddexp(many + math.log(1 - FEW), few + math.log(FEW)))


def _by_share(kind: str, hits: Counter[Rule], intact: Counter[Rule]) -> tuple[float, float]:
    """The log likelihood ratio where many of a kind's rules strike, and where few do."""
    many = few = 0.0
    for rule in _rules_of(kind):
        struck, spared = hits.get(rule, 0), intact.get(rule, 0)
        if not (struck or spared):
            continue
        damaged = math.lgamma(struck + 1) + math.lgamma(spared + 1) - math.lgamma(struck + spared + 2)
        clean = struck * math.log(CHANCE[kind]) + spared * math.log1p(-CHANCE[kind])
        ratio = math.exp(min(damaged - clean, 500))
        many += math.log(1 - MANY_STRIKE + MANY_STRIKE * ratio)
        few += math.log(1 - FEW_STRIKE + FEW_STRIKE * ratio)
    return many, few


def _unseen_rate(kind: str, hits: Counter[Rule], intact: Counter[Rule]) -> float:
    """How often a rule strikes that was never seen to, given how many seem to."""
    many, few = _by_share(kind, hits, intact)
    share = (1 - FEW) / (1 - FEW + FEW * math.exp(max(-500.0, min(500.0, few - many))))
    return UNSEEN_RATE * (share + (1 - share) * FEW_STRIKE / MANY_STRIKE)


def _lost_rates(unknown: frozenset[str]) -> dict[Rule, float]:
    """What a U+FFFD stands for in this document, by expectation maximisation over the words that lost one letter."""
    rates = dict.fromkeys(_rules_of(_LOST_LETTER), 1 / len(_rules_of(_LOST_LETTER)))
    weighed = [_fillings(word) for word in sorted(unknown) if word.count(LOST) == 1 and len(word) > 2]
    for _ in range(8):
        counts = dict.fromkeys(rates, _SMOOTHING)
        for weights in weighed:
            total = sum(weight * rates[rule] for rule, weight in weights)
            for rule, weight in weights:
                counts[rule] += weight * rates[rule] / total
        mass = sum(counts.values())
        rates = {rule: count / mass for rule, count in counts.items()}
    return rates
