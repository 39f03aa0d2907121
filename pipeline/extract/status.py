"""Modality in words: future, condition, negation, proposal; and the status a happening gets from it and from its claim."""

from __future__ import annotations

import re

from pipeline.extract.clauses import COMMAS, STRONG, Reading
from pipeline.extract.model import Claim
from pipeline.extract.morphology import Match
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Trigger

# س before an imperfect; not سيارة, سياسة, سيطرة, سنة, ستة and the like.
_FUTURE = re.compile(r"[وف]?س[يتن](?!ط|اس|ار|اد|اق|اح|نا|ول|د[ه]?$|ن[ها]?$|ت(?:ه|ين|ون)?$|ره|نما|وات?|وي|ندات|جار|راتيج)\w{2,}")
_FUTURE_STARTS = frozenset("سوف")
_ONSETS = frozenset(("اندلاع", "بدء", "بدايه", "انطلاق", "نشوب"))
_DATING = frozenset(("منذ", "ومنذ"))
_PARTICIPLES = frozenset(("موقع", "محتجز", "محاصر"))
_AWAITED = 12
_THAT_NOT = frozenset(("ألا", "ألّا"))
_EXCEPTIONS = frozenset(("الا", "سوي"))
# What a verb of speech that stands right over a happening makes of it, whoever relays it.
_BY_CUE = {"proposes": "proposed", "demands": "proposed"}
_FORESEEN = frozenset(front + verb for verb in ("يتوقع", "ينتظر", "يرتقب", "يرجح", "يخشي") for front in ("", "و", "ف"))
_BY_STANCE = {
    "asserts": "claimed", "acknowledges": "claimed", "accuses": "claimed", "denies": "denied",
    "expects": "expected", "threatens": "expected", "demands": "proposed", "proposes": "proposed",
}  # fmt: skip


def future(reading: Reading, at: int) -> bool:
    """Whether the token is a verb with future س, or سوف."""
    fold = reading.fold(at)
    if fold[:1] not in _FUTURE_STARTS or at in reading.mention_at:
        return False
    if "future" in reading.words[at].roles:
        return True
    word = reading.words[at]
    past = any(m.tense == "past" and not m.analysis.proclitics.endswith("س") for m in word.triggers)  # `سيّرت دورية`
    return bool(_FUTURE.fullmatch(fold)) and word.noun is None and not past


def status_of(reading: Reading, at: int, match: Match[Trigger], claim: Claim | None) -> tuple[str, str | None]:
    """Status and claimant of the happening at a token, given the claim that holds it."""
    if claim is not None and (_background(reading, at) or _settled(reading, at, match)):
        claim = None
    source = claim.source if claim is not None else None
    told = _BY_STANCE[claim.stance] if claim is not None else "asserted"
    if reading.fold(at - 1) == "لم" and reading.fold(at - 2) in ("ما", "اذا"):
        return ("expected" if told == "expected" else "proposed"), source  # `ما لم يُفرج عنه`: what is asked for
    if told in ("expected", "denied", "proposed") and match.tense == "past" and reading.has(at - 1, "relative"):
        return "asserted", None  # `المؤتمر الذي اتفقت عليه واشنطن`: only known things are told apart so
    if match.pos != "verb" and _awaited(reading, at):
        return "proposed", source
    if negated(reading, at, match):
        return ("denied" if told == "denied" else "negated"), source
    if told in ("asserted", "claimed"):
        modal = _modality(reading, at, match)
        return modal or told, source
    return told, source


def _background(reading: Reading, at: int) -> bool:
    """`منذ انسحاب القوات`, `منذ اندلاع المعارك`: what only dates a claim is told by the article itself."""
    if reading.fold(at - 1) in _ONSETS:
        return reading.fold(at - 2) in _DATING
    return reading.fold(at - 1) in _DATING


def _settled(reading: Reading, at: int, match: Match[Trigger]) -> bool:
    """`الاتفاق الموقع في …`, `القائد المحتجز منذ …`: a definite participle tells what is known."""
    return match.pos != "verb" and reading.fold(at).startswith("ال") and match.analysis.stem.rstrip("ه") in _PARTICIPLES


def _awaited(reading: Reading, at: int) -> bool:
    """`لا صفقة قبل وقف العدوان`, `رفض أي تفاوض قبل خروج القوات`: what must come first is asked for."""
    if reading.fold(at - 1) != "قبل":
        return False
    for back in range(at - 2, max(-1, at - _AWAITED), -1):
        cue = reading.words[back].cue
        if reading.tokens[back].form.text in STRONG:
            return False
        if "negation" in reading.words[back].roles or (cue is not None and cue.entry.stance == "denies"):
            return True
    return False


def negated(reading: Reading, at: int, match: Match[Trigger]) -> bool:
    """`لم يسيطر`, `لن يغادر`, `من دون التوصل إلى اتفاق`, `لا يوجد اتفاق`."""
    if match.pos != "verb" and reading.fold(at - 1) == "لا" and not match.analysis.definite:
        return True  # `لا صفقة قبل …`, the لا that denies a whole kind
    reach = 1 if match.pos == "verb" else 5
    if any(reading.tokens[k].form.text in _THAT_NOT for k in range(max(0, at - reach), at)):
        return True  # `ألا توافق الجماعة على هدنة`
    if reading.roles.isdisjoint(("negation", "negation_light")) and "بدلا" not in reading.folds and "عوضا" not in reading.folds:
        return False
    if match.pos != "verb" and (_frustrated(reading, at) or _instead(reading, at)):
        return True
    if _excepted(reading, at, match.pos == "verb"):
        return False
    if match.pos == "verb" and reading.fold(at - 1) == "ان" and reading.fold(at - 2) == "دون":
        return True
    reach = 2 if match.pos == "verb" else 4
    for back in range(at - 1, max(-1, at - 1 - reach), -1):
        roles = reading.words[back].roles
        if "negation" in roles and reading.fold(back) not in ("لا",):
            return True
        if reading.fold(back) in ("لا", "ولا") and (reading.has(back + 1, "exists") or (match.pos == "verb" and back == at - 1)):
            return True
        if reading.tokens[back].form.text in COMMAS or reading.tokens[back].form.text in STRONG or reading.has(back, "that"):
            return False
    return False


def excepts(reading: Reading, at: int) -> bool:
    """`إلا`, `سوى`; not `ألا`, which negates."""
    return reading.fold(at) in _EXCEPTIONS and not reading.tokens[at].form.text.startswith("أ")


def _excepted(reading: Reading, at: int, verb: bool) -> bool:
    """`لم يعترف إلا بمقتل ثلاثة`, `لم تصوّت ضده سوى دولة`, not `لن تتحرك إلا لضرورة`: what is excepted from a negation is told."""
    if not verb:
        return any(k >= 0 and excepts(reading, k) for k in (at - 1, at - 2))
    only = next((k for k in range(at + 1, min(len(reading.tokens) - 1, at + 4)) if excepts(reading, k)), None)
    return only is not None and "preposition" not in reading.words[only + 1].roles and not reading.fold(only + 1).startswith(("ل", "ب"))


def _instead(reading: Reading, at: int) -> bool:
    """`بدلا من اقتحامها`, `من دون أن يسفر اللقاء عن اتفاق`."""
    if reading.fold(at - 1) == "من" and reading.fold(at - 2) in ("بدلا", "عوضا"):
        return True
    return any(reading.fold(k) == "دون" and reading.fold(k + 1) == "ان" for k in range(max(0, at - 8), at))


def _frustrated(reading: Reading, at: int) -> bool:
    """`لم تتمكن القوات من استعادة`, `فشلت في السيطرة`: the verb over the verbal noun is negated or means failing."""
    for back in range(at - 1, max(-1, at - 8), -1):
        if reading.tokens[back].form.text in COMMAS or reading.tokens[back].form.text in STRONG or reading.has(back, "that"):
            return False
        if reading.has(back, "negation_light"):
            return reading.fold(at - 1) == "في"
        if reading.words[back].light is not None:
            return reading.fold(back - 1) in ("لم", "ولم", "لن", "ولن", "فلم")
    return False


def _foreseen(reading: Reading, at: int) -> bool:
    """`يُتوقع أن`, `يُنتظر أن`: foreseen by nobody in particular."""
    return reading.fold(at) in _FORESEEN and reading.fold(at + 1) in ("ان", "انه", "انها")


def _modality(reading: Reading, at: int, match: Match[Trigger]) -> str | None:
    # `من المنتظر أن`, `المؤتمر المزمع`: what is due has not happened.
    if match.pos != "verb" and any(reading.fold(k) in context("due") for k in (at + 1, at + 2)):
        return "expected"
    if match.pos == "verb" and (match.analysis.proclitics.endswith("س") or reading.has(at - 1, "future")):
        return "expected"
    folds = reading.folds
    foreseen = not _FORESEEN.isdisjoint(folds)
    for back in range(at - 1, max(-1, at - 7), -1):
        if reading.tokens[back].form.text in STRONG:
            break
        roles, cue = reading.words[back].roles, reading.words[back].cue
        if folds[back] == "مشروع" and folds[back + 1] in ("قرار", "القرار", "قانون"):
            return "proposed"
        if cue is not None and cue.entry.stance in _BY_CUE and cue.pos == "verb" and match.pos != "verb" and back not in reading.mention_at:
            return _BY_CUE[cue.entry.stance]
        due = folds[back] in context("due") and (folds[back + 1] == "ان" or back >= at - 2)
        if "conditional" in roles or "possible" in roles or due or (foreseen and _foreseen(reading, back)):
            return "expected"
        if "purpose" in roles:
            return "proposed"
        if "perhaps" in roles and match.pos == "verb" and match.tense == "present" and back == at - 1:
            return "expected"
        if folds[back][:1] in _FUTURE_STARTS and future(reading, back):
            return "expected"
    return None
