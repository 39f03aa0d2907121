"""Words that could report and do not: negated, passive, impersonal, attributive, in quotation or about the speaker.

Also which acts one can own up to: `تبنت الجماعة الهجوم` claims, `تبنى المجلس القرار` does not.
"""

from __future__ import annotations

from pipeline.extract.clauses import Reading
from pipeline.extract.descriptions import Speaker, speaker_in
from pipeline.extract.morphology import Match
from pipeline.extract.noun_cues import used_as_noun
from pipeline.extract.speech import Complement, anonymous, timed
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Cue

NEGATIONS = frozenset(("لم", "ولم", "لن", "ولن", "لا", "ولا"))
_DEEDS = frozenset(
    (
        "attack",
        "territory_captured",
        "killing",
        "destruction",
        "airstrike",
        "shelling",
        "bombing",
        "suicide_bombing",
        "drone_strike",
        "aircraft_downed",
        "abduction",
        "injury",
    )
)
_NEAR = 8
_ONLY = frozenset(("الا", "سوي"))
_WITHOUT = frozenset(("دون", "بدون"))
_SEEMING = frozenset(("يبدو", "تبدو", "بدا", "كان", "كانت", "بات", "باتت", "ليس", "ليست", "اصبح", "ظل"))


def unsaid(reading: Reading, index: int, cue: Match[Cue]) -> bool:
    """`لم تعلن أي جهة`, `مشروع قرار يطالب`: nobody says it, or a text does that nobody has said yet."""
    before = reading.fold(index - 1)
    if before in NEGATIONS and cue.entry.name == "rule_out":
        return False
    if before in NEGATIONS:
        return _ONLY.isdisjoint(reading.folds[index + 1 : index + _NEAR])  # `لم يعترف الجيش إلا بمقتل ثلاثة`
    if cue.tense == "jussive" or cue.person == 2 or (before == "ان" and cue.tense == "past" and reading.fold(index)[:1] in ("ي", "ت")):
        return True  # `أن توقع الاتفاق`: no past of توقّع behind أن
    if before == "ان" and "before_that" in reading.words[index - 2].roles and reading.fold(index - 2) in _WITHOUT:
        return True  # `من دون أن يشير إلى خسائر`
    if cue.entry.how == "participle" and before in _SEEMING:
        return True
    if cue.pos == "verb" and used_as_noun(reading, index, cue):
        return True
    if anonymous(reading, index, cue.entry):
        return True
    if (cue.voice == "passive" and "relay" not in cue.entry.complements) or (
        reading.fold(index - 1) == "ما" and cue.entry.how == "verb" and "no_comment" in reading.roles
    ):
        return True
    if _impersonal(reading, index, cue) or (cue.entry.name == "estimate" and cue.tense == "present" and reading.has(index + 1, "total")):
        return True  # `ويقدر عدد النازحين بكذا`
    if cue.tense != "present" or cue.analysis.proclitics or index < 1:
        return False
    if _attributive(reading, index - 1):
        return True
    for at in range(index - 1, max(-1, index - 8), -1):
        noun = reading.words[at].noun
        if noun is not None and "law" in noun.entry.classes:
            return adopter(reading, index) is None
        if reading.tokens[at].kind == "mark" or reading.words[at].finite:
            return False
    return False


def adopter(reading: Reading, index: int) -> Speaker | None:
    """`تبنى مجلس الأمن قرارا يطالب بوقف القتال`: who adopted the resolution that speaks at a token; None where nobody did."""
    for at in range(index - 1, -1, -1):
        noun = reading.words[at].noun
        if noun is not None and "law" in noun.entry.classes and not noun.analysis.definite:
            verb = next((k for k in range(at - 1, -1, -1) if "adopts" in reading.words[k].roles), None)
            return speaker_in(reading, verb + 1, at) if verb is not None and reading.fold(at - 1) != "مشروع" else None
    return None


def _attributive(reading: Reading, at: int) -> bool:
    """`اعترضت على فقرة تحمّل الجيش المسؤولية`: a verb right behind an indefinite noun that is nobody describes that noun."""
    word, fold = reading.words[at], reading.fold(at)
    known = word.roles or word.finite or word.source or word.nationality or at in reading.mention_at or timed(reading, at)
    people = word.noun is not None and not word.noun.entry.classes.isdisjoint(("people", "force", "state"))
    bare = reading.tokens[at].kind == "word" and "ال" not in fold[:4] and not fold.startswith("لل") and len(fold) > 2
    return bare and not known and not people and at > 0 and "preposition" in reading.words[at - 1].roles


def owns_up(reading: Reading, complement: Complement | None) -> bool:
    """`تبنت الجماعة الهجوم`, not `تبنى المجلس القرار`: what one owns up to is an act of violence."""
    if complement is None:
        return False
    head = range(complement.start, min(complement.start + 2, len(reading.words)))
    return any(not _DEEDS.isdisjoint(reading.words[at].kinds) for at in head) or reading.fold(complement.start) in context("blame")


def weighed(reading: Reading, cue: Cue, complement: Complement | None) -> bool:
    """Whether a verb that also means other things tells something here: a clause with أن always does.

    `سجلت البعثة 40 خرقا`, `رصد المرصد نزوح`: a figure or a happening. `عزا الوزير الحريق إلى`: a cause. `تعتبر أنقرة هذه
    القوات تهديدا`: a definite object with what it is taken for.
    """
    if complement is None or complement.how != "direct":
        return complement is not None
    at = complement.start
    counted = any(q.start == reading.tokens[at].start for q in reading.quantities)
    if cue.name in ("record", "observe"):
        return (cue.name == "record" and counted) or any(m.pos == "noun" for m in reading.words[at].triggers)
    behind = range(at + 1, min(at + _NEAR, len(reading.folds)))
    if cue.name == "consider":
        definite = reading.fold(at)[:2] in ("ال", "هذ", "تل", "ذل")
        return definite and any(reading.tokens[k].norm.endswith(("ا", "ة")) and not reading.fold(k).startswith("ال") for k in behind)
    return any(reading.fold(k) == "الي" for k in behind)


def _impersonal(reading: Reading, index: int, cue: Match[Cue]) -> bool:
    """`ويُتوقع أن`: an imperfect of expecting with أن right behind it is passive; nobody says it."""
    bare = cue.entry.stance == "expects" and cue.tense == "present" and cue.pos == "verb" and cue.person == 3
    masculine = reading.fold(index).lstrip("وف")[:1] == "ي" and cue.number == "singular"
    return bare and masculine and reading.fold(index + 1) in ("ان", "انه", "انها")
