"""Words that lost or swapped letters on their way through a font: which word was written, given the lexicon.

A noisy channel. lexicon/damage_rules.csv says what readers do to letters (`لا` comes out as `ال`); a document's own
words say how often each rule struck in it; the lexicon says which word is likely. Clean documents give no evidence
and are left alone. Damage that shows only in white space, marks or order belongs in other modules.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pipeline.lexicon.reader import rows
from pipeline.restore.characters import LOST, MARK
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import raw_spans
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.word_choice import Place, fits
from pipeline.restore.word_frequency import FLOOR, frequency, unseen_frequency

# Undoing damage is evidence when it turns an unknown word into one at least this common.
COMMON = 10
SHORTEST_EVIDENCE = 4
# A letter that ends words stands inside none, `عىل`, so that a shorter word tells, and each such word tells twice.
SHORTEST_IMPOSSIBLE = 3
_LOST_BEARER = re.compile(f"{LOST}{MARK}")
_VOWEL_MARK = re.compile(MARK)
_NEVER_INSIDE = re.compile("[ىة].")
# Share of documents so damaged before any word is seen, and share of the words open to a rule that look struck by it in
# clean text (distinct words of the corpus documents that were held out of the lexicon).
PRIOR = {"lam_alef": 0.02, "ligature": 0.005, "doubled_alef": 0.005, "lost_letter": 1e-4}
CHANCE = {"lam_alef": 3e-4, "ligature": 5e-4, "doubled_alef": 1e-4, "lost_letter": 1e-3}
# Given a damaged document, how many of a kind's rules strike: a font has many such ligatures or, once in FEW, one or two
# (`عىل`, `إىل`); and how often one strikes that was never seen to, in a document where many do.
MANY_STRIKE, FEW_STRIKE, FEW, UNSEEN_RATE = 0.3, 0.03, 0.125, 0.2
CERTAIN_ENOUGH = 0.5
_SMOOTHING, _NEGLIGIBLE = 0.2, 0.005
TOLD = 0.2
# Rivals closer than this are told apart by the neighbouring words, whose log odds count so much (fitted on held-out text).
UNCLEAR, CONTEXT_WEIGHT, MOST_RIVALS = 3e-3, 0.75, 4
SHADDA_WITH_TANWIN = "\u064b\u0651"
_PLAIN_ALEF = 20  # times as common as its letters before the alef: a word like `هذا`, whose alef bears no tanwīn
MOST_STEPS, MOST_READINGS = 4, 3000


class Rule(NamedTuple):
    """`original` came out as `damaged` (letters without marks)."""

    kind: str
    damaged: str
    original: str


Step = tuple[int, int, Rule]


class Reading(NamedTuple):
    """A word that may have been written, and the steps (start, end in the damaged word, rule) that lead to it."""

    word: str
    steps: tuple[Step, ...]


class Verdict(NamedTuple):
    """The likeliest reading of a damaged word, its probability, and the next likeliest word."""

    reading: Reading
    confidence: float
    runner_up: str


# Words that may have been written, likeliest first, with their weights; a reading without steps is the word as it stands.
Options = list[tuple[Reading, float]]
Rates = Mapping[Rule, float]
Table = Mapping[str, Iterable[Rule]]


def repair_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give damaged words their letters back: `البالد` → `البلاد`, `الناجت` → `الناتج`, `الت\ufffdأمني` → `التأمين`.

    A U+FFFD that no word explains stays, with a doubt `lost_letter`.
    """
    words = document_words(traced.text).distinct
    rates = diagnose(words, document_words(traced.text).unknown)
    if not rates:
        return Outcome(traced, doubts=_lost_letters(traced))
    table = _by_damaged(rates)
    struck = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    found = {w: options(w, rates, table) for w in words if struck.search(w)}
    unclear = {w: o for w, o in found.items() if _is_unclear(o)}
    clear = {w: v for w, o in found.items() if w not in unclear and (v := verdict(o))}
    judged = [(m, _marked_verdict(m, w, found[w]) if _is_marked_around(m) else clear.get(w)) for m, w in _tokens(traced.text) if w in found]
    first = _apply(traced, [(m, v) for m, v in judged if v])
    second = _apply(first.traced, _in_context(first.traced.text, unclear))
    return Outcome(second.traced, first.changes + second.changes, _lost_letters(second.traced))


def repair_mended_words(traced: Traced, profile: Profile | None = None) -> Outcome:
    """Repair words with a lost letter that displaced runs put together again: `أ\ufffdفرج` → `أفرج`.

    What stays unclear was doubted when `repair_words` ran.
    """
    outcome = repair_words(traced, profile)
    return Outcome(outcome.traced, outcome.changes)


def diagnose(words: frozenset[str], unknown: frozenset[str]) -> dict[Rule, float]:
    """How often each rule struck in a document of these distinct words; empty when nothing shows.

    Distinct words, so that a name repeated through a document counts once.
    """
    if not unknown:
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
                rates |= {rule: (hits[kind][rule] + unseen) / (hits[kind][rule] + intact[rule] + 1) for rule in catalogue() if rule.kind == kind}
    if any(LOST in w for w in unknown):
        rates |= _lost_rates(unknown)
    return {rule: rate for rule, rate in rates.items() if rate > _NEGLIGIBLE}


def options(word: str, rates: Rates, table: Table) -> Options:
    """What a word may have been where rules strike at these rates; `table` holds the same rules by their damaged letters."""
    lost = word.count(LOST)
    scores = _scores(word, rates, table, lost) if len(word) > lost else {}
    if lost and len(word) == 1 + lost:
        # It may be half of a displaced word (`أ�` … `فرج`), unless longer words tell what the lost letter is.
        scores = {w: (r, n) for w, (r, n) in scores.items() if all(rates[rule] >= TOLD for _, _, rule in r.steps)}
    stands = FLOOR * 1e-9 if lost else frequency(word)
    return sorted([(Reading(word, ()), stands), *scores.values()], key=_weight, reverse=True)


def verdict(found: Options) -> Verdict | None:
    """The likeliest reading, or None where that is the word as it stands or nothing is likely enough."""
    (best, weight), *others = found
    confidence = _calibrated(weight / max(sum(w for _, w in others), 1e-300))
    if not best.steps or confidence < CERTAIN_ENOUGH:
        return None
    return Verdict(best, confidence, others[0][0].word)


def _is_unclear(found: Options) -> bool:
    """Whether a rival is so close that the neighbouring words must decide."""
    return len(found) > 1 and found[1][1] > found[0][1] * UNCLEAR


def _is_marked_around(token: re.Match[str]) -> bool:
    return LOST in token.group() and _VOWEL_MARK.search(token.group()) is not None


def _marked_verdict(token: re.Match[str], word: str, found: Options) -> Verdict | None:
    """What a word with vowel marks lost: a letter where a mark stands on the lost glyph, else a combination of marks if it is known so.

    Many fonts have no code for a combination of marks.
    """
    if _LOST_BEARER.search(token.group()):
        return verdict([option for option in found if all(rule.original for _, _, rule in option[0].steps)])
    rest = word.replace(LOST, "")
    steps = tuple((i, i + 1, Rule("replacement_character", LOST, "")) for i, letter in enumerate(word) if letter == LOST)
    known = len(rest) > 1 and Lexicon.load().plain_count(rest) >= COMMON
    return Verdict(Reading(rest, steps), 0.8, word) if known else verdict(found)


def _in_context(text: str, unclear: Mapping[str, Options]) -> list[tuple[re.Match[str], Verdict]]:
    """Verdicts on each occurrence of words that the lexicon alone cannot tell apart."""
    tokens = [(m, unclear[w][:MOST_RIVALS]) for m, w in _tokens(text) if w in unclear] if unclear else []
    fit = fits(text, [Place(m.start(), m.end(), [r.word for r, _ in o]) for m, o in tokens])
    verdicts = []
    for (match, found), scores in zip(tokens, fit, strict=True):
        top = max(scores)
        weighed = [(r, w * math.exp(CONTEXT_WEIGHT * (s - top))) for (r, w), s in zip(found, scores, strict=True)]
        decided = verdict(sorted(weighed, key=_weight, reverse=True))
        if decided:
            verdicts.append((match, decided))
    return verdicts


def _tokens(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in TOKEN.finditer(text):
        yield match, plain(match.group())


def _weight(option: tuple[Reading, float]) -> float:
    return option[1]


def _calibrated(odds: float) -> float:
    """The probability behind the model's odds, fitted on damaged copies of held-out corpus documents."""
    fitted = 0.41 * math.pow(min(odds, 1e9), 1.15)
    return min(0.995, fitted / (1 + fitted))


def readings(word: str, matches: list[Step], steps: int) -> Iterator[Reading]:
    """All words that exactly `steps` of the matches that do not overlap make of a word (MOST_READINGS at most)."""
    for chosen in islice(_disjoint(matches, 0, 0, steps, _room(matches, len(word))), MOST_READINGS):
        at = 0
        parts: list[str] = []
        for start, end, rule in chosen:
            parts += (word[at:start], rule.original)
            at = end
        yield Reading("".join((*parts, word[at:])), chosen)


def _matches(word: str, table: Table) -> list[Step]:
    """Where rules may have struck a word, from left to right."""
    last = len(word) + 1
    return [
        (at, end, rule)
        for at in range(len(word))
        for end in range(at + 1, min(at + 4, last))
        if (struck := word[at:end]) in table
        for rule in table[struck]
    ]


def _room(matches: list[Step], size: int) -> list[int]:
    """How many matches that do not overlap there are from each place of a word on."""
    found = [0] * (size + 1)
    for start, group in groupby(reversed(matches), key=itemgetter(0)):
        most = max(1 + found[end] for _, end, _ in group)
        for at in range(start, -1, -1):
            found[at] = max(found[at], most)
    return found


def _disjoint(matches: list[Step], first: int, at: int, steps: int, room: list[int]) -> Iterator[tuple[Step, ...]]:
    """Choices of `steps` matches from matches[first:] that begin at `at` or later and do not overlap.

    `room` keeps the search off where no choice can be completed: a word of several lost letters has very many of these.
    """
    for i in range(first, len(matches)):
        match = matches[i]
        if match[0] >= at and room[match[1]] >= steps - 1:
            if steps == 1:
                yield (match,)
            else:
                for rest in _disjoint(matches, i + 1, match[1], steps - 1, room):
                    yield (match, *rest)


@lru_cache(maxsize=20_000)
def lost_letter_frequency(word: str) -> float:
    """How common the commonest word is that a word with U+FFFD may have been; at least FLOOR times 1e-3."""
    if word.count(LOST) == 1:
        return max((float(n) for _, n in _fillings(word)), default=FLOOR) / len(_lost_rules())
    return FLOOR * 1e-3


def _fillings(word: str) -> list[tuple[Rule, int]]:
    """The rules that make known words of a word with one U+FFFD, with the words' counts."""
    count = Lexicon.load().plain_count
    head, tail = word.split(LOST)
    found = [(rule, n) for rule in _lost_rules() if len(rule.damaged) == 1 and (n := count(f"{head}{rule.original}{tail}"))]
    if tail:
        rest = tail[1:]
        follows = _lost_before().get(tail[0], ())
        found += [(rule, n) for rule in follows if (n := count(f"{head}{rule.original}{rest}"))]
    return found if len(word) > 1 else []


@cache
def _lost_before() -> Table:
    """The rules for a U+FFFD and the letter behind it, by that letter."""
    table: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in _lost_rules():
        if len(rule.damaged) > 1:
            table[rule.damaged[1]].append(rule)
    return dict(table)


@cache
def _lost_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in catalogue() if rule.kind == "replacement_character")


@cache
def catalogue() -> tuple[Rule, ...]:
    """The rules of lexicon/damage_rules.csv."""
    return tuple(Rule(r["kind"], r["damaged"], r["original"]) for r in rows("damage_rules"))


def _scores(word: str, rates: Rates, table: Table, lost: int) -> dict[str, tuple[Reading, float]]:
    """Readings that are words, with frequency times rates; no more steps than a common word takes."""
    count = Lexicon.load().plain_count
    least = max(lost, 1)
    scores = _scored(word, rates, table, range(least, lost + MOST_STEPS), count)
    # A word that is known needs no guess at words that are not.
    return scores if scores or count(word) else _scored(word, rates, table, range(least, lost + 3), _estimate)


def _scored(word: str, rates: Rates, table: Table, depths: range, count: Callable[[str], float]) -> dict[str, tuple[Reading, float]]:
    scores: dict[str, tuple[Reading, float]] = {}
    matches = _matches(word, table)
    for steps in depths if len(matches) >= depths.start else ():
        for reading in readings(word, matches, steps):
            occurrences = count(reading.word) if LOST not in reading.word else 0
            if occurrences:
                score = occurrences * math.prod(rates[s[2]] for s in reading.steps)
                if reading.word not in scores or scores[reading.word][1] < score:
                    scores[reading.word] = (reading, score)
        if any(score > COMMON / 10 for _, score in scores.values()):
            break
    return scores


def _estimate(word: str) -> float:
    estimate = unseen_frequency(word)
    return estimate if estimate >= FLOOR else 0.0


def _by_damaged(rules: Iterable[Rule]) -> Table:
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
    return _by_damaged(rule for rule in catalogue() if rule.kind in PRIOR)


def _intact(known: frozenset[str], kinds: set[str]) -> Counter[Rule]:
    """How often distinct known words hold the letters that a rule would have struck."""
    text = " ".join(known)
    return Counter({r: n for r in catalogue() if r.kind in kinds and (n := text.count(r.original))})


def _log_odds(kind: str, hits: Counter[Rule], intact: Counter[Rule]) -> float:
    """Log odds that documents of this kind of damage gave these words, rather than clean ones by chance."""
    many, few = _by_share(kind, hits, intact)
    return math.log(PRIOR[kind]) + float(np.logaddexp(many + math.log(1 - FEW), few + math.log(FEW)))


def _by_share(kind: str, hits: Counter[Rule], intact: Counter[Rule]) -> tuple[float, float]:
    """The log likelihood ratio where many of a kind's rules strike, and where few do."""
    many = few = 0.0
    for rule in [r for r in catalogue() if r.kind == kind and (hits[r] or intact[r])]:
        struck, spared = hits[rule], intact[rule]
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
    rates = dict.fromkeys(_lost_rules(), 1 / len(_lost_rules()))
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


def _apply(traced: Traced, verdicts: Iterable[tuple[re.Match[str], Verdict]]) -> Outcome:
    """Edit the tokens as their verdicts say; one change a word."""
    found = list(verdicts)
    if not found:
        return Outcome(traced)
    spans = raw_spans(traced, [m.start() for m, _ in found], [m.end() for m, _ in found])
    edits: list[Edit] = []
    changes: list[Change] = []
    for (match, best), span in zip(found, spans, strict=True):
        steps = list(_edits(traced, match, best.reading))
        edits += steps
        kinds = list(dict.fromkeys(rule.kind for _, _, rule in best.reading.steps))
        evidence = f"likeliest word given the document's damage ({', '.join(kinds)}); next: {best.runner_up}"
        changes.append(Change(kinds[0], *span, match.group(), _rewritten(match, steps), best.confidence, evidence))
    return Outcome(traced.edit(edits), changes)


def _rewritten(match: re.Match[str], steps: Iterable[Edit]) -> str:
    parts = []
    at = 0
    for start, end, after, _ in steps:
        parts += [match.group()[at : start - match.start()], after]
        at = end - match.start()
    return "".join([*parts, match.group()[at:]])


def _edits(traced: Traced, token: re.Match[str], reading: Reading) -> Iterator[Edit]:
    """The reading's steps in the text's offsets; vowel marks among the struck letters follow them."""
    places = [token.start() + i for i, c in enumerate(token.group()) if not MARKS_AND_TATWEEL.match(c)]
    for start, end, rule in reading.steps:
        first, last = places[start], places[end - 1]
        origin = _origin(rule, [int(traced.origin[p]) for p in places[start:end]])
        marks = [p for p in range(first, last + 1) if p not in places[start:end]]
        after = (rule.original or _lost_marks(traced.text, places, start, end)) + "".join(traced.text[p] for p in marks)
        origin += [int(traced.origin[first])] * (len(after) - len(rule.original) - len(marks))
        yield Edit(first, last + 1, after, origin + [int(traced.origin[p]) for p in marks])


def _lost_marks(text: str, places: list[int], start: int, end: int) -> str:
    """What a lost glyph that is no letter was before a final alef: shadda with tanwīn, the only pair of marks that stands there."""
    word = "".join(text[p] for p in places)
    if word[start:end] != LOST or word[end:] != "ا" or places[end] - places[start] > 1:
        return ""
    count, stem = Lexicon.load().plain_count, word[:start]
    return SHADDA_WITH_TANWIN if count(stem) >= COMMON and count(stem + "ا") < _PLAIN_ALEF * count(stem) else ""


def _origin(rule: Rule, raw: list[int]) -> list[int]:
    """Each original letter comes from its twin among the damaged ones, a new letter from the first of them."""
    left = list(enumerate(rule.damaged))
    origin = []
    for letter in rule.original:
        twin = next((pair for pair in left if pair[1] == letter), None)
        if twin is not None:
            left.remove(twin)
        origin.append(raw[twin[0] if twin else 0])
    return origin


def _lost_letters(traced: Traced) -> list[Doubt]:
    text = traced.text
    if LOST not in text:
        return []
    return [
        Doubt("lost_letter", *traced.raw_span(*m.span()), f"“{m.group()}” lost a letter that no reading gives back surely.", 0.95)
        for m in re.finditer(f"[\u0621-\u065f]*{LOST}[\u0621-\u065f{LOST}]*", text)
    ]
