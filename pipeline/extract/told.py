"""A happening as one sentence tells it, and which tellings are one: phrases of two triggers, bare repeats."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.claims import Speech
from pipeline.extract.clauses import COMMAS, Reading
from pipeline.extract.model import Claim, Event
from pipeline.extract.morphology import Match
from pipeline.extract.phrases import Item, counts
from pipeline.extract.roles import Roles
from pipeline.extract.status import future
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Trigger

_NEIGHBOURS = 5
_GOVERNED = 8  # between a verb and the noun it governs: `وقّعت تونس والاتحاد في 16 من الشهر مذكرة تفاهم`
_OTHERWISE = frozenset(("بعد", "قبل", "عقب", "اثر", "مقابل", "ثم", "ردا", "بدل", "بعدما", "منذ"))
_STRIKES = frozenset(("airstrike", "shelling", "bombing", "suicide_bombing", "drone_strike", "attack", "chemical_attack"))
_GENERAL = frozenset(("attack", "shelling", "airstrike", "bombing"))
_TALLIES = frozenset(("حصيله", "ضحايا", "من"))
_ONSETS = frozenset(("اندلاع", "بدء", "بدايه", "انطلاق", "نشوب"))
_DATED = 4
# What stands before a noun that only says how, or in what number, the happening just told was.
_SUCH = frozenset(("عبر", "موجه"))
_DONE = frozenset(("تم", "تمت", "يتم", "تتم", "جري", "جرت", "يجري"))
_DESKS = frozenset(("مؤتمر", "موتمر", "كلمه", "خطاب", "مقابله", "بيان", "تصريح", "تصريحات", "حديث"))
_LOSSES = frozenset(("killing", "injury"))
_VIOLENT = _STRIKES | frozenset(("killing", "injury", "abduction", "detention", "destruction", "clash"))
_REPEATABLE = _STRIKES | frozenset(("meeting", "agreement", "proposal", "protest", "siege", "vote", "destruction", "ceasefire", "accusation"))


@dataclass(slots=True)
class Told:
    """An event with the tokens of its trigger, its reading, its parties and the claim that holds it."""

    event: Event
    index: int
    last: int
    match: Match[Trigger] | None
    roles: Roles | None
    speech: Speech | None
    claim: Claim | None

    @property
    def noun(self) -> bool:
        return self.match is not None and self.match.pos != "verb"


def merge_neighbours(reading: Reading, told: list[Told]) -> list[Told]:
    """One row for `شن غارات استهدفت`, `توقيع اتفاق`, `انفجرت سيارة مفخخة`: same happening in two words."""
    kept: list[Told] = []
    for one in told:
        before = kept[-1] if kept else None
        if before is not None and _one_phrase(reading, before, one):
            _join(before, one)
        else:
            kept.append(one)
    return kept


def _one_phrase(reading: Reading, one: Told, other: Told) -> bool:
    gap = range(one.last + 1, other.index)
    if one.event.kind in _STRIKES and other.event.kind in _STRIKES and _instrument(reading, one, other):
        return True
    if one.event.kind == other.event.kind and other.noun and reading.fold(other.index - 1) in _SUCH:
        return True  # `خرج المدنيون عبر ممر آمن، في موجة خروج جديدة`
    governed = not one.noun and other.noun and not any(reading.words[i].finite and i not in reading.mention_at for i in gap)
    if len(gap) > (_GOVERNED if governed else _NEIGHBOURS) or any(reading.tokens[i].form.text in COMMAS for i in gap):
        return False
    if one.event.kind == other.event.kind:
        return not _coordinated(reading, other.index) and not any(_sets_apart(reading, i, other) for i in gap)
    if len(gap) > _NEIGHBOURS:
        return False
    if one.event.kind == "suicide_bombing" and other.event.kind == "bombing" and other.noun:
        return True  # `فجر انتحاري سيارة مفخخة`
    both = one.event.kind in _STRIKES and other.event.kind in _STRIKES
    if both and one.event.kind == "drone_strike" and not other.noun and len(gap) <= 1:
        return not _coordinated(reading, other.index)  # `طائرة مسيرة قصفت مدرسة`
    return both and len(gap) <= 1 and "attack" in (one.event.kind, other.event.kind) and not _coordinated(reading, other.index)


def _sets_apart(reading: Reading, at: int, other: Told) -> bool:
    """`مداهمات بعد هجوم`, `استعادة المدن التي سيطر عليها`: what came before or instead, and what is told of its object, is another."""
    return reading.fold(at) in _OTHERWISE or (not other.noun and other.event.kind not in _STRIKES and reading.has(at, "relative"))


def _instrument(reading: Reading, one: Told, other: Told) -> bool:
    """`قصف بطائرة مسيرة`, `استهدفت القوات بثلاث قذائف أطراف المدينة`: with what it was done, behind ب, is the same strike."""
    first = other.index
    while first > one.last + 1 and counts(reading, first - 1):
        first -= 1
    by = reading.fold(first).startswith("ب") and reading.clause[one.index] == reading.clause[other.index]
    return by and other.noun and one.event.kind in _STRIKES


def _coordinated(reading: Reading, index: int) -> bool:
    fold = reading.fold(index)
    triggers = reading.words[index].triggers
    return fold[:1] in ("و", "ف") and any(m.analysis.proclitics[:1] in ("و", "ف") for m in triggers)


def _join(one: Told, other: Told) -> None:
    """The first trigger keeps the row; a general `attack` yields to the kind that its partner tells."""
    event, late = one.event, other.event
    near = not one.noun or other.index - one.last <= 2  # `استهداف … بصواريخ` stays an attack
    if (event.kind == "attack" and late.kind != "attack" and near) or (event.kind in _GENERAL and late.kind in ("drone_strike", "suicide_bombing")):
        event.kind = late.kind
    one.last = max(one.last, other.last)
    if one.roles is not None and not other.noun:
        one.roles.own = True  # `عبوة انفجرت`: a verb tells it
    dropped = other.roles is not None and other.roles.elliptical
    for names, ids in (("agents", "agent_ids"), ("patients", "patient_ids"), ("places", "place_ids")):
        if not getattr(event, names) and not (names == "agents" and dropped):
            setattr(event, names, getattr(late, names))
            setattr(event, ids, getattr(late, ids))
    event.patients, event.patient_ids = _without(event.patients, event.patient_ids, event.agents)


def _without(names: list[str], ids: list[str | None], taken: list[str]) -> tuple[list[str], list[str | None]]:
    kept = [(n, i) for n, i in zip(names, ids, strict=True) if n not in taken]
    return [n for n, _ in kept], [i for _, i in kept]


def of_the_speaker(reading: Reading, item: Item, told: Told) -> bool:
    """`قال دبلوماسي غربي في الرياض إن …`: where an office sits is not where it happened; where a witness lives may be.

    Nor are people killed where a doctor counts them.
    """
    speech, claim = told.speech, told.claim
    if item.sort != "place" or speech is None or claim is None or not speech.index < item.first < speech.speaker_end:
        return False
    counted = told.event.kind in _LOSSES or _at_a_desk(reading, item)
    return speech.speaker is not None and (counted or speech.speaker.id is not None or speech.speaker.office)


def _at_a_desk(reading: Reading, item: Item) -> bool:
    """`في مؤتمر صحفي عقدته في جنيف`: where one speaks."""
    return not _DESKS.isdisjoint(reading.folds[max(0, item.first - 6) : item.first])


def grounded(reading: Reading, items: list[Item], told: Told) -> bool:
    """Whether a happening is told and not only spoken of: `حوادث خطف`, `القتل` as such name none.

    A verb tells; a noun does with a party, a figure, a date or a place in its clause, or as the object of a verb.
    """
    roles = told.roles
    if told.event.kind not in _VIOLENT or roles is None or not told.noun or roles.own:
        return True
    if told.event.figures or told.event.patients or told.event.agents or told.event.status in ("expected", "proposed"):
        return True
    if told.event.kind == "clash" and told.match is not None and told.match.analysis.definite:
        return _fought(reading, told.index)
    counted = (told.event.kind in _LOSSES and roles.object is not None) or _acts(reading, told.last + 1)
    if roles.subject is not None or counted or _perceived(reading, told) or _undertaken(reading, told.index):
        return True
    clause = reading.clause[told.index]
    if any(reading.clause[reading.token_at(t.start)] == clause for t in reading.times):
        return True
    return any(i.sort in ("place", "actor", "person") and i.names and reading.clause[i.first] == clause for i in items)


def _fought(reading: Reading, index: int) -> bool:
    """`القتال` is told where a verb has it as subject (`تجددت المعارك`, `القتال سيستمر`), or it is dated or counted;
    `مناطق القتال`, `قبل الحرب` only speak of it."""
    before = reading.fold(index - 1)
    if before in context("combat_ground"):
        return False
    if before in _TALLIES or _verbal(reading, index - 1) or _verbal(reading, index + 1) or future(reading, index + 1):
        return True
    dated = any(0 < reading.token_at(t.start) - index <= _DATED for t in reading.times)
    return dated or (before in _ONSETS and "حرب" not in reading.fold(index))


def _verbal(reading: Reading, at: int) -> bool:
    """A verb, known or by the feminine ending that a broken plural behind it calls for (`انتقلت المعارك`)."""
    fold = reading.fold(at)
    word = reading.words[at] if 0 <= at < len(reading.words) else None
    if word is None or word.roles or at in reading.mention_at or fold.startswith("ال"):
        return False
    return word.finite or (fold.endswith("ت") and len(fold) >= 4 and word.noun is None)


def _acts(reading: Reading, at: int) -> bool:
    """`قذيفة أصابت منزلا`: a verb that can be nothing else right behind."""
    word = reading.words[at] if at < len(reading.words) else None
    if word is None or not word.finite or word.joined or word.noun is not None:
        return False
    return all(m.pos == "verb" and not m.analysis.proclitics for m in word.triggers)


def _undertaken(reading: Reading, at: int) -> bool:
    """`تم اغتصابها`, `عمدوا إلى إلقاء المتفجرات`: what one does or sets about has happened."""
    before = reading.words[at - 1]
    if reading.fold(at - 1).lstrip("وف") in _DONE or (before.light is not None and before.finite):
        return True
    return "preposition" in before.roles and reading.words[at - 2].light is not None and reading.words[at - 2].finite


def _perceived(reading: Reading, told: Told) -> bool:
    """`سمعت انفجارين متتاليين`: an indefinite blast is one that somebody heard."""
    return (
        told.event.kind == "bombing"
        and told.match is not None
        and not told.match.analysis.definite
        and reading.words[told.index - 1].roles == frozenset()
    )


def retold(told: Told, earlier: list[Event]) -> bool:
    """`الاجتماع`, `القصف`: a definite noun that adds no party, no figure and no new status to what was told before."""
    match, roles = told.match, told.roles
    if match is None or roles is None or not told.noun or not match.analysis.proclitics.endswith(("ال", "لل")):
        return False
    if told.event.kind not in _REPEATABLE or roles.own or told.event.status in ("denied", "proposed", "expected"):
        return False
    return any(e.kind == told.event.kind for e in earlier)
