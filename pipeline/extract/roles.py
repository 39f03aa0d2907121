"""Who does it and to whom it is done: noun phrases of a sentence and the roles that verb order, voice and prepositions give.

Syntax-lite: subjects follow their verb (VSO) or stand before it in its clause (SVO), a passive's subject is its patient,
a verbal noun governs the noun behind it, prepositions of the trigger's row add the rest. After W. Wright, Grammar II.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from functools import cache, lru_cache

from pipeline.extract.clauses import COMMAS, STRONG, Reading
from pipeline.extract.descriptions import speaker_in
from pipeline.extract.model import Quantity
from pipeline.extract.morphology import Match
from pipeline.extract.speech import subject_end
from pipeline.lexicon.gazetteer import composed, gazetteer
from pipeline.lexicon.vocabulary import LightVerb, Trigger

Name = tuple[str, str | None]
_BY = frozenset(("يد", "ايدي", "قبل", "جانب", "برصاص", "بنيران", "بايدي", "بيد", "نيران", "رصاص"))
_OWNED = frozenset(("people", "fighter", "force", "casualty", "air", "official"))
_MOVERS = frozenset(("force", "air", "vehicle"))
_PEOPLE = frozenset(("people", "fighter", "force", "casualty"))


@dataclass(slots=True)
class Item:
    """A noun phrase head: tokens first to last, whom or what it names, its classes, the preposition before it."""

    first: int
    last: int
    sort: str
    names: tuple[Name, ...]
    classes: frozenset[str]
    prep: str
    quantity: Quantity | None = None
    accusative: bool = False
    owned: bool = False


@dataclass(slots=True)
class Roles:
    """What one trigger says of its parties."""

    agents: list[Name] = field(default_factory=list)
    patients: list[Name] = field(default_factory=list)
    places: list[Name] = field(default_factory=list)
    subject: Item | None = None
    object: Item | None = None
    elliptical: bool = False
    own: bool = False
    guessed: bool = False


def items_of(reading: Reading) -> list[Item]:
    """Noun phrases in order: names, people and forces without a name, things that matter to triggers."""
    items: list[Item] = []
    index, size = 0, len(reading.tokens)
    while index < size:
        item = _item(reading, index)
        if item is None:
            index += 1
        else:
            items.append(item)
            index = item.last + 1
    return items


def _item(reading: Reading, at: int) -> Item | None:
    mention = reading.mention_at.get(at)
    if mention is not None:
        first, last = reading.span_of[at]
        name = ((mention.canonical_name or mention.text, mention.canonical_id),)
        classes = _actor_classes(mention.canonical_id) if mention.type == "actor" else _CLASSES[mention.type]
        return Item(first, last, mention.type, name, classes, _prep(reading, first, mention.start))
    if reading.words[at].noun is not None:
        return _people(reading, at)
    return _nationals(reading, at) if reading.words[at].nationality is not None else None


def _nationals(reading: Reading, at: int) -> Item | None:
    """`20 فلسطينيا`, `آلاف العراقيين`: people of a nation, not an adjective."""
    quantity = _quantity(reading, at)
    adjective = at > 0 and (reading.words[at - 1].noun is not None or at - 1 in reading.mention_at or bool(reading.words[at - 1].triggers))
    if not is_people(reading, at) and (quantity is None or adjective):
        return None
    item = Item(at, at, "group", (("Civilians", None),), _NATIONALS, _prep(reading, at, reading.tokens[at].start), quantity)
    return None if adjective and reading.words[at - 1].noun is not None else item


def is_people(reading: Reading, at: int) -> bool:
    """A nationality in the sound masculine plural counts people."""
    match = reading.words[at].nationality
    return match is not None and match.number == "plural" and match.analysis.stem.endswith(("ون", "ين"))


_NATIONALS = frozenset(("people", "national"))


@lru_cache(maxsize=4096)
def _actor_classes(canonical_id: str | None) -> frozenset[str]:
    """Classes of a named actor by its kind in the gazetteer; an unknown one may be anything that acts."""
    entity = gazetteer().entities.get(canonical_id or "")
    if entity is None:
        return frozenset(("force", "state"))
    return _ACTOR_CLASSES.get(entity.kind, frozenset(("state",)))


_ACTOR_CLASSES = {
    "army": frozenset(("force", "army", "armed")),
    "armed_group": frozenset(("force", "army", "armed")),
    "coalition": frozenset(("force", "army", "armed", "state")),
    "government": frozenset(("state", "force")),
    "state": frozenset(("state", "force")),
    "party": frozenset(("state", "party")),
    "person": frozenset(("people", "official", "person")),
}
_CLASSES = {
    "person": frozenset(("people", "official", "person")),
    "place": frozenset(("place", "town", "base", "province")),
    "media": frozenset(("state", "media")),
    "weapon": frozenset(("weapon", "aircraft")),
}


def _people(reading: Reading, at: int) -> Item:
    """A common noun; the actor it belongs to speaks for it: `مقاتلو التنظيم`, `عنصر من قوات النظام`, `طائرات روسية`."""
    match = reading.words[at].noun
    assert match is not None
    entry = match.entry
    last, owned = at, False
    names: tuple[Name, ...] = ((entry.group, None),) if entry.group else ()
    owner = _owner(reading, at) if entry.classes & _OWNED else None
    if owner is None and "official" in entry.classes:
        owner = _office(reading, at)
    if owner is not None:
        last, names = owner
    elif match.analysis.enclitic and entry.classes & frozenset(("force", "air")):
        names, owned = (), True
    item = Item(at, last, "group", names, entry.classes, _prep(reading, at, reading.tokens[at].start))
    item.quantity = _quantity(reading, at)
    item.owned = owned
    item.accusative = match.inflection.state == "accusative" and item.quantity is None
    return item


def _owner(reading: Reading, at: int) -> tuple[int, tuple[Name, ...]] | None:
    noun = reading.words[at].noun
    classes = noun.entry.classes if noun is not None else frozenset()
    for index in range(at + 1, min(at + 6, len(reading.tokens))):
        mention = reading.mention_at.get(index)
        if mention is not None:
            if mention.type == "actor" or (mention.type == "person" and (reading.has(index - 1, "named") or "official" in classes)):
                return reading.span_of[index][1], ((mention.canonical_name or mention.text, mention.canonical_id),)
            if mention.type == "place" and index == at + 1:
                return None
            return None
        word = reading.words[index]
        if word.nationality is not None and word.nationality.entry.country and classes & _MOVERS:
            return index, (_national_force(word.nationality.entry.country, classes),)
        fold = reading.fold(index)
        if reading.has(index, "named"):
            continue
        if fold not in ("من", "في") and not (index > at + 1 and fold.startswith("ال")) and not fold.startswith("ال") and not _adjective(reading, index):
            return None
        if reading.words[index].finite and not fold.startswith("ال"):
            return None
    return None


def _national_force(country: str, classes: frozenset[str]) -> Name:
    """`جنديان لبنانيان` are of the Lebanese army, `طائرات روسية` act for Russia."""
    code = _codes().get(country)
    if code is None or "soldier" not in classes:
        return country, None
    army = composed(code, "army", "{adj} Army", "army")
    return army.name_en, army.canonical_id


@cache
def _codes() -> dict[str, str]:
    """Country code by English name."""
    return {about["name_en"]: code for code, about in gazetteer().countries.items()}


def _office(reading: Reading, at: int) -> tuple[int, tuple[Name, ...]] | None:
    """`وزير الخارجية اليمني`: an office that stands for its holder, named in English."""
    source = reading.words[at].source
    if source is None or source.entry.role not in ("minister", "head", "envoy", "spokesman"):
        return None
    end = min(subject_end(reading, at), at + 7)
    speaker = speaker_in(reading, at, end)
    if speaker is None or speaker.name is None or speaker.name == source.entry.english:
        return None
    return end - 1, ((speaker.name, speaker.id),)


def _adjective(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    return word.source is not None and word.source.entry.role == "adjective"


def _quantity(reading: Reading, at: int) -> Quantity | None:
    """The figure that counts the noun: just before it, or with it as unit."""
    token = reading.tokens[at]
    for quantity in reading.quantities:
        gap = token.start - quantity.end
        if 0 <= gap <= 12 and not any(c in reading.sentence.text[quantity.end - reading.sentence.start : token.start - reading.sentence.start] for c in "،,."):
            return quantity
    return None


def _prep(reading: Reading, first: int, start: int) -> str:
    """The preposition that governs a phrase: a word before it (classifiers between), or a clitic; `و` for one joined on."""
    token = reading.tokens[first]
    front = token.norm[: max(0, start - token.start)] if start > token.start else _clitic(reading, first)
    if front[-1:] in ("ب", "ل", "ك") and front:
        return front[-1]
    if front in ("و", "ف"):
        return "و"
    if front == "ال":
        front = ""
    back = first - 1
    while back >= 0 and first - back <= 3 and (_classifier(reading, back) or reading.tokens[back].form.text in "“«\"(" or reading.tokens[back].kind == "number"):
        clitic = _clitic(reading, back)
        if clitic in ("ب", "ل", "وب", "ول", "لل"):
            return clitic[-1]
        if clitic == "و":
            return "و"
        back -= 1
    if back >= 0 and "preposition" in reading.words[back].roles:
        return reading.fold(back)
    if back >= 1 and "preposition" in reading.words[back - 1].roles and _construct(reading, back):
        return reading.fold(back - 1)
    if back >= 0 and reading.tokens[back].form.text in COMMAS and first - back <= 3:
        return "،"
    return ""


def _construct(reading: Reading, at: int) -> bool:
    """A noun in construct before a name (`على حساب الفصائل`): bare, no name, no verb, no function word."""
    token, word = reading.tokens[at], reading.words[at]
    bare = token.kind == "word" and not token.fold.startswith("ال") and not word.roles and not word.finite
    return bare and at not in reading.mention_at and word.cue is None and not word.triggers


def _clitic(reading: Reading, at: int) -> str:
    noun = reading.words[at].noun
    return noun.analysis.proclitics.removesuffix("ال") if noun is not None else ""


def _classifier(reading: Reading, at: int) -> bool:
    """A common noun of place or force in front of a name (`مدينة تدمر`, `تنظيم الدولة`)."""
    noun = reading.words[at].noun
    return noun is not None and bool(noun.entry.classes & frozenset(("place", "force", "building"))) and at not in reading.mention_at


def roles_of(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    """Agents, patients and places of the trigger at a token."""
    verb = match.pos == "verb"
    roles = _verb_roles(reading, items, at, match) if verb else _noun_roles(reading, items, at, match)
    _by(reading, items, at, roles)
    return roles


def _window(reading: Reading, items: list[Item], at: int, end: int) -> list[Item]:
    return [i for i in items if at < i.first < end]


def clause_end(reading: Reading, at: int) -> int:
    """Token after the clause of a trigger."""
    end = at + 1
    while end < len(reading.tokens) and reading.clause[end] == reading.clause[at]:
        end += 1
    return end


def _clause_start(reading: Reading, at: int) -> int:
    while at > 0 and reading.clause[at - 1] == reading.clause[at]:
        at -= 1
    return at


def _verb_roles(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    trigger, roles = match.entry, Roles()
    end = clause_end(reading, at)
    after = _window(reading, items, at, end)
    before = _subject_before(reading, items, at)
    bare = [i for i in after if i.prep == "" and i.first - at <= 9]
    plural = match.number in ("plural", "dual")
    subject = None
    if before is not None and (plural or not bare or _fronted(reading, before, at)):
        subject = before
    elif bare and not plural and _can_be_subject(bare, match, reading, at):
        subject = bare.pop(0)
    passive = match.voice == "passive" or (subject is not None and subject is not before and _looks_passive(reading, subject, bare, match, at))
    roles.subject = subject
    roles.elliptical = subject is None
    roles.guessed = passive and match.voice is None and trigger.subject == "agent"
    objects = bare
    if subject is not None:
        names = _joined(items, subject)
        if passive or trigger.subject == "patient":
            roles.patients += names
        elif trigger.subject == "agent":
            roles.agents += names
    if objects and not passive:
        roles.object = objects[0]
        _give(roles, trigger.object, objects[0], items)
    _prepositions(trigger, after, items, roles)
    return roles


def _fronted(reading: Reading, before: Item, at: int) -> bool:
    """`أن الحوثيين خسروا`, `التنظيم سيطر`: the subject stands right before the verb and opens its clause."""
    gap = range(before.last + 1, at)
    if len(gap) > 4 or any(reading.words[i].finite for i in gap):
        return False
    head = before.first - 1
    while head >= 0 and (_classifier(reading, head) or reading.tokens[head].form.text in "“«\"" or reading.tokens[head].kind == "number"):
        head -= 1
    if head < 0:
        return True
    text = reading.tokens[head].form.text
    return reading.has(head, "that") or text in STRONG or text in COMMAS or reading.has(head, "connector") or reading.fold(head) in ("اما", "كان", "وكان", "وكانت", "كانت", "و")


def _can_be_subject(bare: list[Item], match: Match[Trigger], reading: Reading, at: int) -> bool:
    """A phrase close behind that can act or suffer; an accusative, a place and a lone fitting object are objects."""
    item = bare[0]
    if item.accusative and match.voice != "passive":
        return False
    active = match.entry.subject == "agent" and match.voice != "passive"
    if active and item.sort == "group":
        if len(bare) == 1 and _wanted(match.entry) & item.classes:
            return False
        if not item.names and not item.owned and (item.quantity is not None or not item.classes & _MOVERS):
            return False
        if item.quantity is not None and match.gender == "feminine" and item.classes & _PEOPLE:
            return False
    return item.sort != "place" or match.entry.subject in ("", "patient") and match.entry.object != "place"


def _wanted(trigger: Trigger) -> frozenset[str]:
    """Classes that the trigger's row demands of its object."""
    return frozenset().union(*(c.first for c in trigger.needs if c.test == "obj"))


def _looks_passive(reading: Reading, subject: Item, rest: list[Item], match: Match[Trigger], at: int) -> bool:
    """`قتل 34 مدنيا`: no marks, one phrase only, and it is counted or defenceless; `قتلت 22 جنديا` (gender) is active."""
    if match.voice == "active" or match.entry.object != "patient" or match.entry.subject != "agent":
        return False
    if rest and rest[0].first - subject.last <= 4:
        return False
    if subject.sort == "group" and subject.classes & _PEOPLE:
        return True
    return subject.sort == "person" and match.tense == "past" and not rest


def _subject_before(reading: Reading, items: list[Item], at: int) -> Item | None:
    """The nearest phrase before the verb in its clause that no preposition governs."""
    low = _clause_start(reading, at)
    relative = next((k for k in (at - 1, at - 2) if reading.has(k, "relative")), None)
    if relative is not None:
        heads = [i for i in items if i.last < relative and relative - i.last <= 3 and i.names]
        if heads:
            return heads[-1]
    for item in reversed([i for i in items if low <= i.first and i.last < at]):
        if item.prep in ("", "،", "و") and item.sort in ("actor", "person", "group") and (item.names or item.classes & _MOVERS):
            if any(reading.words[i].finite for i in range(item.last + 1, at)) and not reading.has(at - 1, "relative"):
                continue
            return _first_joined(items, item)
    return None


def _first_joined(items: list[Item], item: Item) -> Item:
    """`الولايات المتحدة وروسيا`: the first of joined subjects."""
    place = items.index(item)
    while place and items[place].prep == "و" and items[place].first - items[place - 1].last <= 2:
        place -= 1
    return items[place]


def _joined(items: list[Item], item: Item) -> list[Name]:
    """Names of a phrase and of those joined to it by و."""
    names = list(item.names)
    place, last = items.index(item) + 1, item.last
    while place < len(items) and items[place].prep == "و" and items[place].first - last <= 4 and _alike(items[place], item):
        names += [n for n in items[place].names if n not in names]
        last = items[place].last
        place += 1
    return names


def _alike(one: Item, other: Item) -> bool:
    people = ("actor", "person", "group", "media")
    return one.sort == other.sort or (one.sort in people and other.sort in people)


def _give(roles: Roles, role: str, item: Item, items: list[Item]) -> None:
    if item.sort == "place":
        roles.places += [n for n in _joined(items, item) if n not in roles.places]
    elif role == "agent" and item.sort != "weapon":
        roles.agents += [n for n in _joined(items, item) if n not in roles.agents]
    elif role == "patient" and item.sort != "weapon":
        roles.patients += [n for n in _joined(items, item) if n not in roles.patients]


def _prepositions(trigger: Trigger, after: list[Item], items: list[Item], roles: Roles) -> None:
    given: set[str] = set()
    for item in after:
        role = trigger.preps.get(item.prep)
        if role and item.prep not in given and item.sort != "weapon":
            given.add(item.prep)
            _give(roles, role, item, items)


def _noun_roles(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    trigger, roles = match.entry, Roles()
    start = at + len(trigger.rest)
    end = clause_end(reading, at)
    after = _window(reading, items, start, end)
    _nationality(reading, start, roles)
    behind = next((i for i in after if i.first <= start + 6 and i.prep == ""), None)
    if behind is not None and all(_bridge(reading, k) for k in range(start + 1, behind.first)):
        role = trigger.genitive or "agent"
        if trigger.genitive == "agent" and behind.sort == "group" and not behind.classes & frozenset(("force", "protester", "state", "official")) and trigger.object == "patient":
            role = "patient"
        roles.object = behind
        _give(roles, role, behind, items)
    _prepositions(trigger, after, items, roles)
    light = _light_verb(reading, at)
    if light is not None:
        _from_light(reading, items, at, light, trigger, roles)
    return roles


def _bridge(reading: Reading, at: int) -> bool:
    """Classifiers, numbers and quotation marks may stand between a verbal noun and the name it governs."""
    return _classifier(reading, at) or reading.tokens[at].kind == "number" or reading.tokens[at].form.text in "“«\"" or any(q.start <= reading.tokens[at].start < q.end for q in reading.quantities)


def _nationality(reading: Reading, at: int, roles: Roles) -> None:
    """`غارات روسية`, `القصف الجوي الروسي`."""
    definite = reading.fold(at).startswith("ال")
    for index in range(at + 1, min(at + 4, len(reading.tokens))):
        word = reading.words[index]
        nationality = word.nationality
        if index in reading.mention_at or reading.tokens[index].kind == "mark" or is_people(reading, index):
            return
        if nationality is None and (word.roles or word.triggers or reading.fold(index).startswith("ال") != definite):
            return
        if nationality is not None:
            if nationality.entry.country:
                roles.agents.append((nationality.entry.country, None))
            return


def _light_verb(reading: Reading, at: int) -> tuple[int, Match[LightVerb]] | None:
    """The verb whose object the verbal noun is: `شنّ التنظيم هجوما`, `نفّذ سلاح الجو سبع غارات`."""
    before = reading.words[at - 1].roles if at else frozenset()
    if "preposition" in before and reading.fold(at - 1) != "من":
        return None
    for index in range(at - 1, max(-1, at - 10), -1):
        word = reading.words[index]
        if word.light is not None and word.light.pos == "verb" and index not in reading.mention_at:
            return index, word.light
        if reading.tokens[index].form.text in STRONG or reading.has(index, "that"):
            return None
        if any(m.pos == "verb" for m in word.triggers) and index not in reading.mention_at:
            return None
    return None


def _from_light(reading: Reading, items: list[Item], at: int, light: tuple[int, Match[LightVerb]], trigger: Trigger, roles: Roles) -> None:
    index, match = light
    role = match.entry.role
    if role == "object":
        for item in _window(reading, items, at, clause_end(reading, at)):
            if item.prep == "" and item.sort != "weapon":
                _give(roles, "patient", item, items)
                return
        return
    between = [i for i in items if index < i.first and i.last < at and i.prep == ""]
    subject = between[0] if between else _subject_before(reading, items, index)
    if subject is None:
        roles.elliptical = not roles.agents
        return
    roles.subject = subject
    if role == "place" and subject.sort != "place":
        return
    if role == "agent" and subject.sort == "place":
        return
    if role == "agent" and roles.agents:
        if trigger.genitive == "agent" and roles.object is not None and roles.object.sort == "actor":
            return
        roles.agents.clear()
    _give(roles, role, subject, items)


def _by(reading: Reading, items: list[Item], at: int, roles: Roles) -> None:
    """`على يد X`, `من قبل X`, `برصاص X`: the agent, whatever the voice."""
    for item in _window(reading, items, at, clause_end(reading, at)):
        before = reading.fold(item.first - 1)
        if before in _BY and item.sort in ("actor", "person", "group") and item.names:
            roles.agents = list(item.names)
            if item.names[0] in roles.patients:
                roles.patients.remove(item.names[0])
            return
