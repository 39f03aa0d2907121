"""How sure or hostile a claim is: the stance of its cue, changed by what will be, might be or was.

Stances are those of the annotation guide: asserts, denies, accuses, expects, threatens, acknowledges, demands, proposes.
"""

from __future__ import annotations

from pipeline.extract.clauses import Reading
from pipeline.extract.speech_spans import Span
from pipeline.extract.status import future
from pipeline.lexicon.vocabulary import Cue

_HOSTILE = frozenset(("attack", "territory_captured", "killing", "destruction", "airstrike", "shelling", "sanction"))
_CONTINUES = 6
_MAIN = 8
_PLEDGES = frozenset(("pledge", "promise", "undertake"))
_BEING = frozenset(("يكون", "تكون", "يكونوا"))
_FUTURE_NEGATION = frozenset(("لن",))
_DOUBT = frozenset(("قد", "ربما", "مرشح", "مرشحه"))
_FORESEEN = frozenset(("المتوقع", "المرتقب", "المرجح", "المحتمل", "يتوقع"))


def stance_of(reading: Reading, cue: Cue, span: Span) -> str:
    """The cue's stance, but what will be or would be is expected, and what `نحن` will do to others is a threat."""
    head = range(span.first, min(span.first + _CONTINUES, span.last + 1))
    if cue.name == "warn":
        clause = reading.has(span.first - 1, "that") or (span.quote and any(reading.has(at, "that") for at in range(span.first - 4, span.first)))
        ahead = (
            any(future(reading, at) for at in head)
            or _supposed(reading, span)
            or not _FUTURE_NEGATION.isdisjoint(reading.folds[span.first : span.last])
        )
        return "asserts" if clause and not ahead and any(_past_told(reading, at) for at in head) else "expects"
    if cue.name in _PLEDGES and not _clause_of(reading, span):
        return "proposes"
    if cue.name == "likely" and (reading.fold(span.first) in _BEING or (_clause_of(reading, span) and any(_past_told(reading, at) for at in head))):
        return "asserts"  # `رجحت أن تكون الطائرة وراء القصف`: a guess at what has happened
    if cue.stance != "asserts":
        return cue.stance
    for at in head:
        if future(reading, at):
            word = reading.words[at]
            hostile = any(m.person == 1 and m.entry.kind in _HOSTILE for m in word.triggers)
            return "threatens" if hostile else "expects"
    return "expects" if _supposed(reading, span) else "asserts"


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
    if not _FORESEEN.isdisjoint(reading.folds[span.first : span.first + 3]):
        return True
    if _DOUBT.isdisjoint(reading.folds[span.first : span.last]):
        return False
    for at in range(span.first, min(span.last, span.first + _MAIN)):
        fold, following = reading.fold(at), reading.fold(at + 1)
        if (fold in ("قد", "ربما") and following[:1] in ("ي", "ت") and not _past(reading, at + 1)) or fold in ("مرشحه", "مرشح"):
            return True
    return False


def _past(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return any(m.tense == "past" for m in word.triggers) or bool(word.cue and word.cue.tense == "past")
