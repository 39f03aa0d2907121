"""How sure or hostile a claim is: the stance of its cue, changed by what will be, might be or was.

Stances are those of the annotation guide: asserts, denies, accuses, expects, threatens, acknowledges, demands, proposes.
"""

from __future__ import annotations

from functools import cache

from pipeline.extract.clauses import Reading
from pipeline.extract.speech_spans import Span
from pipeline.extract.status import future
from pipeline.extract.tokens import key
from pipeline.lexicon.reader import rows
from pipeline.lexicon.vocabulary import Cue

_APART = frozenset(("relative", "that", "connector"))
_HOSTILE = frozenset(("attack", "territory_captured", "killing", "destruction", "airstrike", "shelling", "sanction"))
_CONTINUES = 6
_FARTHEST = 14
_PLEDGES = frozenset(("pledge", "promise", "undertake"))


def stance_of(reading: Reading, cue: Cue, span: Span) -> str:
    """The cue's stance, but what will be or would be is expected, and what `نحن` will do to others is a threat."""
    head = range(span.first, min(span.first + _CONTINUES, span.last + 1))
    if cue.name == "warn":
        return "asserts" if _clause_of(reading, span) and not _ahead(reading, span) else "expects"
    if cue.name in _PLEDGES and not _clause_of(reading, span):
        return "threatens" if _stem(reading, span.first) in _words("retaliation") else "proposes"
    if cue.name == "likely" and _guessed(reading, span, head):
        return "asserts"  # `رجحت أن تكون الطائرة وراء القصف`: a guess at what has happened
    if cue.name == "describe" and _said(reading, "untrue", span.first, span.last + 1):
        return "denies"
    if cue.stance != "asserts":
        return cue.stance
    if _said(reading, "allegation", span.first, span.last) and _said(reading, "untrue", span.first + 1, span.last + 1):
        return "denies"  # `إن الاتهامات باطلة`
    if _obliged(reading, head):
        return "demands"
    for at in _main_clause(reading, span):
        if future(reading, at):
            word = reading.words[at]
            hostile = any(m.person == 1 and m.entry.kind in _HOSTILE for m in word.triggers)
            return "threatens" if hostile else "expects"
    return "expects" if _supposed(reading, span) else "asserts"


def _obliged(reading: Reading, head: range) -> bool:
    """`يجب وقف الحرب`, `على السلطات أن تحقق`: what others must do."""
    first = reading.fold(head.start)
    return first in _words("must") or (first == "علي" and any(reading.has(at, "that") for at in head))


@cache
def _words(sense: str) -> frozenset[str]:
    """Folded words of a sense in stance_words.csv."""
    return frozenset(key(row["word"]) for row in rows("stance_words") if row["sense"] == sense)


def _said(reading: Reading, sense: str, low: int, high: int) -> bool:
    return not _words(sense).isdisjoint(reading.folds[low:high])


def _stem(reading: Reading, at: int) -> str:
    """A verbal noun without the ب that governs it."""
    fold = reading.fold(at)
    return fold if fold in _words("retaliation") else f"ال{fold[3:]}" if fold.startswith("بال") else fold[1:]


def _guessed(reading: Reading, span: Span, head: range) -> bool:
    """A guess at what is or has been: `أن تكون …`, a past verb, `انتماءهم إلى التنظيم`."""
    if _clause_of(reading, span):
        return reading.fold(span.first) in _words("being") or any(_past_told(reading, at) for at in head)
    bare = reading.fold(span.first)
    return any(bare.removesuffix(ending) in _words("standing") for ending in ("", "ه", "ها", "هم", "هما"))


def _main_clause(reading: Reading, span: Span) -> range:
    """The head of a clause up to its verb: `ما يزيد على 100 دولة ومنظمة ستحضر المؤتمر`."""
    last = min(span.first + _FARTHEST, span.last)
    for at in range(span.first, last + 1):
        verb = reading.words[at].finite and at not in reading.mention_at and reading.fold(at - 1) != "ما"  # `ما يزيد على`
        if at - span.first >= _CONTINUES and (verb or reading.tokens[at].kind == "mark" or _APART & reading.words[at].roles):
            return range(span.first, at + 1)
        if verb and at - span.first < _CONTINUES:
            return range(span.first, min(span.first + _CONTINUES, span.last + 1))
    return range(span.first, last + 1)


def _ahead(reading: Reading, span: Span) -> bool:
    """Whether a clause that is warned of has yet to come true."""
    words = range(span.first, span.last + 1)
    every = reading.fold(span.first) in _words("every")  # `كل تأخير يكلف كثيرا`: whenever it happens
    perhaps = any(reading.fold(at) in ("قد", "ربما") and reading.fold(at + 1)[:1] in ("ي", "ت") for at in words)
    return every or perhaps or any(future(reading, at) or reading.fold(at) == "لن" for at in words) or _supposed(reading, span)


def _clause_of(reading: Reading, span: Span) -> bool:
    """Whether أن stands before a claim, with or without a quotation mark between."""
    at = span.first - 1
    while at > 0 and reading.tokens[at].kind == "mark":
        at -= 1
    return reading.has(at, "that")


def _past_told(reading: Reading, at: int) -> bool:
    """A past verb: one that is known and no verbal noun (`توقفت`, not `تفشي`), or the shape of one (`باتوا`, `نفدت`)."""
    matches, fold = reading.words[at].triggers, reading.fold(at)
    if matches:
        return any(m.tense == "past" for m in matches) and all(m.pos == "verb" for m in matches)
    shaped = fold.endswith("وا") or (fold.endswith("ت") and not fold.endswith("ات") and reading.words[at].noun is None)
    return shaped and len(fold) > 3 and not fold.startswith(("ال", "ي")) and at not in reading.mention_at


def _supposed(reading: Reading, span: Span) -> bool:
    """`إذا …` at the head, `قد` before an imperfect, `مرشحة ل`."""
    if reading.fold(span.first) == "اذا" or (reading.fold(span.first) == "ان" and reading.fold(span.first + 1) == "لم"):
        return True
    if not _words("foreseen").isdisjoint(reading.folds[span.first : span.first + 3]):
        return True
    if _words("doubt").isdisjoint(reading.folds[span.first : span.last]):
        return False
    for at in range(span.first, min(span.last, span.first + _FARTHEST)):
        fold, following = reading.fold(at), reading.fold(at + 1)
        if (fold in ("قد", "ربما") and following[:1] in ("ي", "ت") and not _past(reading, at + 1)) or fold in ("مرشحه", "مرشح"):
            return True
    return False


def _past(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return any(m.tense == "past" for m in word.triggers) or bool(word.cue and word.cue.tense == "past")
