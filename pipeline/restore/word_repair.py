"""Words that lost or swapped letters on their way through a font: which word was written, given the lexicon.

A noisy channel: a document's own words say how often each kind of damage struck in it (damage_rates.py), the lexicon which
of the words that it may have struck is likely (word_readings.py). Clean documents are left alone. Damage that shows only in
white space, marks or order belongs in other modules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from pipeline.restore.characters import LOST, MARK, SHADDA
from pipeline.restore.damage_rates import COMMON, Rule, by_damaged, diagnose
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import MARKS_AND_TATWEEL, Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import raw_spans
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.word_choice import Place, fits
from pipeline.restore.word_readings import Options, Reading, options

# A word that ends a line, or begins one, in a lost letter.
_LOST_AT_EDGE = re.compile(f"(?m)[^\\s{LOST}]*{LOST}$|^{LOST}")
_LOST_BEARER = re.compile(f"{LOST}{MARK}")
_LOST_TANWIN = re.compile(f"{LOST}{SHADDA}ا\\Z")
_VOWEL_MARK = re.compile(MARK)
CERTAIN_ENOUGH = 0.5
# Rivals closer than this are told apart by the neighbouring words, whose log odds count so much (fitted on held-out text).
UNCLEAR, CONTEXT_WEIGHT, MOST_RIVALS = 3e-3, 0.75, 4
SHADDA_WITH_TANWIN = "\u064b\u0651"
_PLAIN_ALEF = 20  # times as common as its letters before the alef: a word like `هذا`, whose alef bears no tanwīn


class Verdict(NamedTuple):
    """The likeliest reading of a damaged word, its probability, and the next likeliest word."""

    reading: Reading
    confidence: float
    runner_up: str


def repair_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give damaged words their letters back: `البالد` → `البلاد`, `الناجت` → `الناتج`, `الت\ufffdأمني` → `التأمين`.

    A U+FFFD that no word explains stays, as does one at a line's edge, whose word may go on elsewhere.
    """
    return _repaired(traced, _LOST_AT_EDGE)


def _repaired(traced: Traced, left: re.Pattern[str] | None = None) -> Outcome:
    """The text with its words repaired, but for those that a pattern finds from their start on."""
    words, _, unknown = document_words(traced.text)[1:4]
    rates = diagnose(words, unknown)
    if not rates:
        return Outcome(traced)
    table = by_damaged(rates)
    struck = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    found = {w: options(w, rates, table) for w in words if struck.search(w)}
    unclear = {w: o for w, o in found.items() if _is_unclear(o)}
    clear = {w: v for w, o in found.items() if w not in unclear and (v := verdict(o))}
    tokens = [(m, w) for m, w in _tokens(traced.text) if w in found and not (left and left.match(traced.text, m.start()))]
    judged = [(m, _marked_verdict(m, w, found[w]) if _is_marked_around(m) else clear.get(w)) for m, w in tokens]
    first = _apply(traced, [(m, v) for m, v in judged if v])
    second = _apply(first.traced, _in_context(first.traced.text, unclear, left))
    return Outcome(second.traced, first.changes + second.changes)


def repair_mended_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Repair words with a lost letter at lines' edges, and those that displaced runs put together again: `أ\ufffdفرج` → `أفرج`.

    What no word explains is doubted: `lost_letter`.
    """
    outcome = _repaired(traced)
    return Outcome(outcome.traced, outcome.changes, _lost_letters(outcome.traced))


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

    Many fonts have no code for a combination of marks; some readers give one of the two all the same.
    """
    if _LOST_BEARER.search(token.group()) and not _LOST_TANWIN.search(token.group()):
        return verdict([option for option in found if all(rule.original for _, _, rule in option[0].steps)])
    rest = word.replace(LOST, "")
    steps = tuple((i, i + 1, Rule("replacement_character", LOST, "")) for i, letter in enumerate(word) if letter == LOST)
    known = len(rest) > 1 and Lexicon.load().plain_count(rest) >= COMMON
    return Verdict(Reading(rest, steps), 0.8, word) if known else verdict(found)


def _in_context(text: str, unclear: Mapping[str, Options], left: re.Pattern[str] | None) -> list[tuple[re.Match[str], Verdict]]:
    """Verdicts on each occurrence of words that the lexicon alone cannot tell apart."""
    struck = ((m, w) for m, w in _tokens(text) if w in unclear and not (left and left.match(text, m.start()))) if unclear else ()
    tokens = [(m, unclear[w][:MOST_RIVALS]) for m, w in struck]
    fit = fits(text, [Place(m.start(), m.end(), [r.word for r, _ in o]) for m, o in tokens])
    verdicts = []
    for (match, found), scores in zip(tokens, fit, strict=True):
        top = max(scores)
        weighed = [(r, w * math.exp(CONTEXT_WEIGHT * (s - top))) for (r, w), s in zip(found, scores, strict=True)]
        decided = verdict(sorted(weighed, key=itemgetter(1), reverse=True))
        if decided:
            verdicts.append((match, decided))
    return verdicts


def _tokens(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in TOKEN.finditer(text):
        yield match, plain(match.group())


def _calibrated(odds: float) -> float:
    """The probability behind the model's odds, fitted on damaged copies of held-out corpus documents."""
    fitted = 0.41 * math.pow(min(odds, 1e9), 1.15)
    return min(0.995, fitted / (1 + fitted))


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
    between = text[places[start] + 1 : places[end]] if word[end:] == "ا" else LOST
    if word[start:end] != LOST or between not in ("", SHADDA):
        return ""
    count, stem = Lexicon.load().plain_count, word[:start]
    bears_tanwin = count(stem) >= COMMON and count(stem + "ا") < _PLAIN_ALEF * count(stem)
    return SHADDA_WITH_TANWIN.removesuffix(between) if bears_tanwin else ""


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
