"""Who does it and to whom it is done, as the trigger's own clause tells it.

Syntax-lite: subjects follow their verb (VSO) or stand before it in its clause (SVO), a passive's subject is its patient,
a verbal noun governs the noun behind it, prepositions of the trigger's row add the rest. After W. Wright, Grammar II.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from pipeline.extract.clauses import COMMAS, CONTENT, STRONG, Reading
from pipeline.extract.morphology import Match
from pipeline.extract.phrases import MOVERS, PEOPLE, Item, Name, counts, is_classifier, is_people
from pipeline.extract.sides import state_of, state_of_capital
from pipeline.extract.status import excepts
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import LightVerb, Trigger

_PARTIES = frozenset(("actor", "person", "group"))
_BOUND = frozenset(front + end for front in ("عن", "علي", "ب", "من", "ل", "في") for end in ("ه", "ها", "هم", "هما"))
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا")
_RELATIVE = 8
_RELATIVES = {"التي": "feminine", "الذي": "masculine"}
_APPOSED = 22
_ASIDE = 14
_SAID = 6
_OWNABLE = frozenset(("base", "building", "home", "vehicle", "force", "air", "weapon"))
_RANKS = frozenset(("صفوف", "صفوفها", "بصفوف"))
_HEADED = 5
_PASSED = frozenset('،,«»“”"')
# Who is counted among the dead killed nobody: `بين القتلى إحدى عشرة امرأة`.
_LOSSES = frozenset(("killing", "injury"))
# What can befall people without a mark of the passive (`قتل 34 مدنيا`); people who close or ban something do it themselves.
_BEFALLING = frozenset(
    ("killing", "injury", "detention", "abduction", "release", "evacuation", "displacement", "attack", "airstrike", "shelling"),
)
_STRIKES = frozenset(("attack", "airstrike", "shelling", "drone_strike", "chemical_attack"))
_MOVES = frozenset(("withdrawal", "advance", "deployment", "surrender"))
_BLASTS = frozenset(("bombing", "suicide_bombing"))
_TOOLS = frozenset(("weapon", "aircraft", "vehicle"))
_DEFENCELESS_NOT = frozenset(("force", "protester", "state", "official"))
_AUXILIARIES = frozenset(("اما", "كان", "وكان", "وكانت", "كانت", "و"))
_ABOUT = frozenset(("نحو", "حوالي", "قرابه", "زهاء", "ما", "لا"))
# The agent behind `على يد`, `من قبل`, `من جانب`, `برصاص`: the word before it, and what must stand before that word.
_BY = {
    "يد": "علي", "ايدي": "علي", "قبل": "من", "جانب": "من", "طرف": "من", "برصاص": "", "بنيران": "", "بايدي": "", "بيد": "",
}  # fmt: skip
_BY_WORDS = frozenset(_BY)


@dataclass(slots=True)
class Roles:
    """What one trigger says of its parties.

    elliptical: a verb without a subject of its own. guessed: passive by look only. own: the clause itself names a party.
    head: token of the happening that a relative verb qualifies (`غارة دمرت`). embedded: the agent stands in a relative clause.
    hit: the thing without a name that is struck. withstood: `أحبط هجوما`, `تعرض لهجوم`: the light verb's subject is who is attacked.
    mutual: `تبادل الطرفان الاتهامات`.
    """

    agents: list[Name] = field(default_factory=list)
    patients: list[Name] = field(default_factory=list)
    places: list[Name] = field(default_factory=list)
    subject: Item | None = None
    object: Item | None = None
    elliptical: bool = False
    own: bool = False
    guessed: bool = False
    head: int | None = None
    embedded: bool = False
    hit: Item | None = None
    withstood: bool = False
    mutual: bool = False


def roles_of(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    """Agents, patients and places of the trigger at a token."""
    verb = match.pos == "verb"
    roles = _verb_roles(reading, items, at, match) if verb else _noun_roles(reading, items, at, match)
    _by(reading, items, at, roles)
    if match.entry.kind in _STRIKES | {"injury"} and not roles.patients and roles.hit is not None and "home" in roles.hit.classes:
        roles.patients = [("Civilians", None)]  # who shells a market or a flat
    if match.entry.kind in _BLASTS and not roles.patients:
        roles.patients = _within(reading, items, at)
    if match.entry.kind in _LOSSES and not any(known for _, known in roles.patients):
        roles.patients = _in_the_ranks(reading, items, at) or roles.patients
    if match.entry.kind in _LOSSES and roles.agents == [("Civilians", None)]:
        roles.agents, roles.patients = [], roles.patients or roles.agents
    return roles


def _within(reading: Reading, items: list[Item], at: int) -> list[Name]:
    """`انفجرت في رتل للقوات الحكومية`, `استهدف حافلة للجيش`: whose column it goes off in."""
    for item in _window(items, at, clause_end(reading, at)):
        if item.prep in ("في", "ب") and item.sort == "group" and item.classes & MOVERS:
            owner = _bearer(items, item)
            return [] if owner.sort == "group" and owner.names == item.names and "force" not in item.classes else list(owner.names)
    return []


def _in_the_ranks(reading: Reading, items: list[Item], at: int) -> list[Name]:
    """`سقط عشرات القتلى في صفوف قوات الحكومة`: whose ranks they are."""
    ranks = next((k for k in range(at + 1, clause_end(reading, at)) if reading.fold(k) in _RANKS), None)
    if ranks is None:
        return []
    return next((list(i.names) for i in items if ranks < i.first <= ranks + 2 and i.names and i.sort in _PARTIES), [])


def _window(items: list[Item], at: int, end: int) -> list[Item]:
    return [i for i in items if at < i.first < end]


def clause_end(reading: Reading, at: int) -> int:
    """Token after the clause of a trigger."""
    return reading.clause_ends[at]


def _clause_start(reading: Reading, at: int) -> int:
    while at > 0 and reading.clause[at - 1] == reading.clause[at]:
        at -= 1
    return at


def _verb_roles(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    trigger, roles = match.entry, Roles()
    end = clause_end(reading, at)
    after = _window(items, at, end)
    before = _subject_before(reading, items, at)
    if before is None and match.number in ("plural", "dual") and not match.analysis.proclitics:
        before = _described(reading, items, at) or _topic(reading, items, at)
    verb = next((k for k in range(at + 1, end) if _with_pronoun(reading, k) or _only_verb(reading, k)), end)
    bare = [i for i in after if i.prep == "" and i.first - at <= 9 and i.first < verb and not _genitive(reading, i, at)]
    plural = match.number in ("plural", "dual") or (at > 0 and reading.has(at - 1, "that") and reading.fold(at - 1).endswith(_PRONOUNS))
    subject, told = None, False
    related = reading.has(at - 1, "relative") and not match.analysis.enclitic and reading.fold(at + 1) not in _BOUND
    if before is not None and (plural or related or not bare or _fronted(reading, before, at)):
        subject = before
    elif bare and not plural and not (told := _antecedent_acts(reading, at, match)) and _can_be_subject(bare, match):
        subject = bare.pop(0)
    guess = subject is not None and (
        _suffered(reading, at, subject, bare, after, match) if subject is before else _looks_passive(subject, bare, match)
    )
    passive = match.voice == "passive" or guess
    roles.subject = subject
    told = subject is None and (told or _unknown_subject(reading, at, match) or _topic_happens(reading, at, match))
    roles.elliptical = subject is None and not told and not _relative_clause(reading, at, match, roles)
    roles.guessed = passive and match.voice is None and trigger.subject == "agent"
    if subject is before and subject is not None and _taken_up(reading, items, at, match, subject, roles):
        return roles
    if subject is not None:
        names = joined_names(items, subject)
        if passive or trigger.subject == "patient":
            roles.patients += names
        elif trigger.subject == "agent" and subject.sort != "weapon" and (subject.sort != "place" or "state" in subject.classes):
            roles.agents += names if subject.sort != "place" else [state_of(name) for name, _ in names]
    excepted = _excepted(reading, items, at, end)
    if excepted is not None and trigger.subject == "agent" and not passive and roles.subject is None:
        roles.subject, roles.agents, roles.elliptical = excepted, joined_names(items, excepted), False
    if bare and not passive:
        roles.object = bare[0]
        _give(roles, trigger.object, bare[0], items)
    _prepositions(reading, trigger, after, items, roles)
    return roles


def _excepted(reading: Reading, items: list[Item], at: int, end: int) -> Item | None:
    """`لم تصوّت ضده سوى دولتين`, `لم ينسحب إلا الجيش`: behind a negation the excepted is who does it."""
    if not reading.has(at - 1, "negation"):
        return None
    only = next((k for k in range(at + 1, min(end, at + _RELATIVE)) if excepts(reading, k)), None)
    return next((i for i in items if only is not None and only < i.first <= only + 2 and i.prep == "" and i.names), None)


def _taken_up(reading: Reading, items: list[Item], at: int, match: Match[Trigger], head: Item, roles: Roles) -> bool:
    """`ستة عناصر احتجزهم الجيش`, `متظاهرين أفرجت عنهم`, `الجنود الذين خطفهم التنظيم`: the people right before are whom the
    pronoun means, not who acts."""
    trigger = match.entry
    bound = bool(match.analysis.enclitic) or (reading.fold(at + 1) in _BOUND and reading.fold(at + 1)[:2] in {p[:2] for p in trigger.preps})
    related = reading.has(at - 1, "relative")
    near = at - head.last <= 4 if related else head.last == at - 1
    if not bound or match.analysis.proclitics or not near or trigger.subject != "agent" or not (related or head.sort == "group"):
        return False
    roles.patients += joined_names(items, head)
    roles.object = head
    subject = next((i for i in items if at < i.first <= at + 2 and i.prep == "" and i.sort in _PARTIES and i.names), None)
    if subject is not None:
        roles.subject = subject
        roles.agents += joined_names(items, subject)
    roles.elliptical = subject is None
    return True


def _antecedent_acts(reading: Reading, at: int, match: Match[Trigger]) -> bool:
    """`الاعتداءات التي استهدفت البرلمان`: a verb that agrees with its relative and takes nothing up has the antecedent as subject."""
    gender = _RELATIVES.get(reading.fold(at - 1)) if at else None
    if gender is None or match.gender != gender or match.analysis.enclitic:
        return False
    return not any(reading.fold(k) in _BOUND for k in range(at + 1, min(at + 6, len(reading.tokens))))


def _unknown_subject(reading: Reading, at: int, match: Match[Trigger]) -> bool:
    """`بعد أن أغلقت الفرق الطرق`: a definite noun right behind a verb that joins nothing is its subject, whoever that is."""
    if match.analysis.proclitics or match.analysis.enclitic or match.number != "singular" or at + 1 >= len(reading.tokens):
        return False
    if at and reading.has(at - 1, "that") and reading.fold(at - 1).endswith(_PRONOUNS):
        return False
    word, fold = reading.words[at + 1], reading.fold(at + 1)
    known = word.noun is not None or word.roles or word.nationality is not None or at + 1 in reading.mention_at
    return fold.startswith("ال") and not known and not any(t.start <= reading.tokens[at + 1].start < t.end for t in reading.times)


def _topic_happens(reading: Reading, at: int, match: Match[Trigger]) -> bool:
    """`أن معارك بين الطرفين أجبرت السكان`: the happening that a clause opens with is the subject of its feminine verb."""
    if match.gender != "feminine" or match.number != "singular" or match.analysis.proclitics or match.analysis.enclitic:
        return False
    head = next((k + 1 for k in range(at - 1, max(-1, at - _APPOSED), -1) if reading.has(k, "that") or reading.tokens[k].form.text in STRONG), 0)
    if head >= at or head in reading.mention_at:
        return False
    return any(m.pos == "noun" for m in reading.words[head].triggers) and not any(
        reading.words[k].finite and k not in reading.mention_at and reading.words[k].triggers for k in range(head + 1, at)
    )


def _only_verb(reading: Reading, at: int) -> bool:
    """A verb that can be nothing else: what stands behind it is its own (`أغلقته إثر قذائف قتلت عاملين`)."""
    triggers = reading.words[at].triggers
    return bool(triggers) and at not in reading.mention_at and all(m.pos == "verb" for m in triggers) and "comparison" not in reading.words[at].roles


def _relative_clause(reading: Reading, at: int, match: Match[Trigger], roles: Roles) -> bool:
    """`ضربات روسية استهدفت`, `ثلاث مسيرات استهدفت`: behind an indefinite happening or weapon the verb has it as subject.

    Then nobody's name is left out: the agent is who the noun's adjective of origin tells, if any.
    """
    if match.analysis.proclitics or match.number != "singular":
        return False
    for head in range(at - 1, max(-1, at - 5), -1):
        word = reading.words[head]
        if reading.tokens[head].kind == "mark" or word.finite or head in reading.mention_at:
            return False
        tool = word.noun is not None and bool(word.noun.entry.classes & _TOOLS)
        if tool or any(m.pos == "noun" for m in word.triggers):
            if reading.fold(head).startswith("ال") or (word.noun is not None and word.noun.analysis.enclitic):
                return False
            _nationality(reading, head, roles)
            roles.head = head
            return True
    return False


def _genitive(reading: Reading, item: Item, verb: int) -> bool:
    """Behind another happening's noun a phrase belongs to that noun: `قتل شرطيان في هجوم مسلح`."""
    before = item.first - 1
    return before > verb and any(m.pos == "noun" for m in reading.words[before].triggers)


def _fronted(reading: Reading, before: Item, at: int) -> bool:
    """`أن الحوثيين خسروا`, `التنظيم سيطر`: the subject stands right before the verb and opens its clause."""
    gap = range(before.last + 1, at)
    if len(gap) > 4 or any(reading.words[i].finite for i in gap):
        return False
    head = before.first - 1
    while head >= 0 and (is_classifier(reading, head) or reading.tokens[head].form.text in '“«"' or reading.tokens[head].kind == "number"):
        head -= 1
    if head < 0 or reading.has(head, "that") or reading.has(head, "connector"):
        return True
    return reading.tokens[head].form.text in STRONG | COMMAS or reading.fold(head) in _AUXILIARIES


def _can_be_subject(bare: list[Item], match: Match[Trigger]) -> bool:
    """A phrase close behind that can act or suffer; an accusative, a place and a lone fitting object are objects."""
    item = bare[0]
    active = match.entry.subject == "agent" and match.voice != "passive"
    if (item.accusative and match.voice != "passive") or (active and item.sort == "weapon" and not item.classes & MOVERS):
        return False
    if active and "homeland" in item.classes and not item.owned and not item.names:
        return False  # `وعلق عضوية البلاد`
    if active and item.sort == "group":
        if len(bare) == 1 and _wanted(match.entry) & item.classes:
            return False
        if not item.names and not item.owned and (item.quantity is not None or not item.classes & MOVERS):
            return False
        if item.quantity is not None and match.gender == "feminine" and item.classes & PEOPLE:
            return False
    if item.sort == "place" and active and "state" in item.classes:
        return match.entry.object != "place" and not match.analysis.enclitic
    return item.sort != "place" or (match.entry.subject != "agent" and match.entry.object != "place")


def _wanted(trigger: Trigger) -> frozenset[str]:
    """Classes that the trigger's row demands of its object."""
    return trigger.wanted


def _looks_passive(subject: Item, rest: list[Item], match: Match[Trigger]) -> bool:
    """`قتل 34 مدنيا`: no marks, one phrase only, and it is counted or defenceless; `قتلت 22 جنديا` (gender) is active."""
    trigger = match.entry
    if match.voice == "active" or trigger.object != "patient" or trigger.subject != "agent" or trigger.kind not in _BEFALLING:
        return False
    if rest and rest[0].first - subject.last <= 4:
        return False
    if subject.sort == "group" and subject.classes & PEOPLE:
        return True
    return subject.sort == "person" and match.tense == "past" and not rest


def _suffered(reading: Reading, at: int, subject: Item, bare: list[Item], after: list[Item], match: Match[Trigger]) -> bool:
    """`38 شخصا قتلوا في الانفجار`: counted or defenceless people before a verb of violence that has no object suffer it."""
    trigger = match.entry
    if match.voice == "active" or trigger.object != "patient" or trigger.kind not in _BEFALLING or bare or match.analysis.enclitic:
        return False
    if any(i.prep in trigger.preps for i in after):
        return False
    if _unknown_object(reading, at):
        return False
    people = subject.sort == "group" and bool(subject.classes & PEOPLE)
    return match.tense == "past" and (people or (subject.sort == "person" and trigger.kind in _LOSSES))


def _unknown_object(reading: Reading, at: int) -> bool:
    """`صيادين اقتحموا حديقة`, `مسلحين قتلوا الحارس`: a noun right behind the verb is what it does it to, known or not."""
    if at + 1 >= len(reading.tokens):
        return False
    word, fold = reading.words[at + 1], reading.fold(at + 1)
    noun = (fold.startswith("ال") or reading.tokens[at + 1].form.text.endswith("ة")) and not word.roles and not word.finite
    return noun and not any(t.start <= reading.tokens[at + 1].start < t.end for t in reading.times)


def _subject_before(reading: Reading, items: list[Item], at: int) -> Item | None:
    """The nearest phrase before the verb in its clause that no preposition governs."""
    low = _clause_start(reading, at)
    relative = next((k for k in (at - 1, at - 2) if reading.has(k, "relative")), None)
    if relative is not None:
        heads = [i for i in items if i.last < relative and relative - i.last <= 3 and i.names]
        if heads and heads[-1].sort == "place" and "state" not in heads[-1].classes:
            return None  # `مؤتمر جنيف الذي اتفقت واشنطن وموسكو على …`
        if heads or reading.fold(relative) in _RELATIVES:
            return heads[-1] if heads else None
    start = reading.tokens[at].start - reading.sentence.start
    quoted = reading.sentence.text[max(0, start - 1) : start] in ('"', "«", "“")  # a quotation that opens with the verb
    for item in reversed([i for i in items if low <= i.first and i.last < at]):
        told = bool(item.names) or bool(item.classes & MOVERS) or item.quantity is not None
        bare = item.prep in ("", "،", "و") and item.sort in _PARTIES and told and not quoted
        if bare and not any(_verb_at(reading, i) or reading.has(i, "that") for i in range(item.last + 1, at)):
            return _first_joined(items, item)
    return None


def _verb_at(reading: Reading, at: int) -> bool:
    """A verb, or a verbal noun written like one; behind a preposition a form that is no noun is no verb either (`على متن 14 مركبة`)."""
    word = reading.words[at]
    return word.finite and ("preposition" not in reading.words[at - 1].roles or any(m.pos == "noun" for m in word.triggers))


def _topic(reading: Reading, items: list[Item], at: int) -> Item | None:
    """`إن 58 مدنيا، بينهم 19 طفلا، قُتلوا`: a plural verb behind an apposition has the topic of its clause as subject."""
    low = next((k for k in range(at - 1, max(-1, at - _APPOSED), -1) if reading.has(k, "that") or reading.tokens[k].form.text in STRONG), None)
    if low is None or reading.tokens[at - 1].form.text not in COMMAS:
        return None
    first = next((i for i in items if low < i.first < at), None)
    return first if first is not None and first.prep == "" and first.sort in _PARTIES and first.first - low <= _HEADED else None


def _described(reading: Reading, items: list[Item], at: int) -> Item | None:
    """`جثث 11 مدنيا أُعدموا`, `عن راهبتين خُطفتا`: a plural or dual verb right behind indefinite people tells of them."""
    head = next((i for i in items if i.last == at - 1), None)
    if head is None or head.sort != "group" or not head.classes & PEOPLE or not head.names:
        return None
    return None if reading.fold(head.first).startswith(("ال", "وال", "بال", "لل")) or head.owned else head


def _first_joined(items: list[Item], item: Item) -> Item:
    """`الولايات المتحدة وروسيا`: the first of joined subjects."""
    place = items.index(item)
    while place and items[place].prep == "و" and items[place].first - items[place - 1].last <= 2:
        place -= 1
    return items[place]


def joined_names(items: list[Item], item: Item) -> list[Name]:
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
    """A place stays a place whatever its role, but for a state that is sanctioned, helped or dealt with."""
    if role == "patient" and not item.names:
        roles.hit = item
        item = _bearer(items, item)
    capital = state_of_capital(item.names[0][0]) if item.sort == "place" and role == "party" and item.names else None
    if capital is not None:
        roles.patients.append(capital)
    elif item.sort == "place" and not (role == "party" and "state" in item.classes):
        roles.places += [n for n in joined_names(items, item) if n not in roles.places]
    elif role == "agent" and item.sort != "weapon":
        roles.agents += [n for n in joined_names(items, item) if n not in roles.agents]
    elif role in ("patient", "party") and item.sort != "weapon":
        roles.patients += [n for n in joined_names(items, item) if n not in roles.patients]


def _prepositions(reading: Reading, trigger: Trigger, after: list[Item], items: list[Item], roles: Roles) -> None:
    given: set[str] = set()
    for item in after:
        role = trigger.preps.get(item.prep)
        if role and not _foreign(reading, item) and item.prep not in given and item.sort != "weapon":
            given.add(item.prep)
            _give(roles, role, _bearer(items, item), items)


def _foreign(reading: Reading, item: Item) -> bool:
    """`بالتنسيق مع مصر`: the preposition belongs to an adverbial verbal noun in between."""
    return reading.fold(item.first - 1) == item.prep and reading.fold(item.first - 2).startswith(("بال", "بت"))


def _bearer(items: list[Item], item: Item) -> Item:
    """`على معسكر للحوثيين`, `مقر الهلال الأحمر`: a thing is hit, its owner suffers."""
    if item.names or not item.classes & _OWNABLE:
        return item
    behind = items.index(item) + 1
    owner = items[behind] if behind < len(items) else None
    if owner is None or not owner.names or owner.sort not in ("actor", "group") or owner.first - item.last > 2:
        return item
    return owner if owner.prep == "ل" or (owner.prep == "" and owner.first == item.last + 1) else item


def _noun_roles(reading: Reading, items: list[Item], at: int, match: Match[Trigger]) -> Roles:
    trigger, roles = match.entry, Roles()
    start = at + len(trigger.rest)
    end = clause_end(reading, at)
    after = _window(items, start, end)
    _nationality(reading, start, roles)
    behind = next((i for i in after if i.first <= start + 6 and i.prep == ""), None)
    if behind is not None and all(_bridge(reading, k) for k in range(start + 1, behind.first)):
        role = trigger.genitive or "agent"
        if role == "agent" and behind.sort == "group" and behind.first == start + 1 and _attributive(reading, behind):
            role = ""
        if role == "agent" and behind.sort == "group" and behind.classes & _wanted(trigger):
            role = "object"
        sent = match.analysis.stem in context("sending") and behind.sort == "group" and not any(known for _, known in behind.names)
        if role == "agent" and sent:
            role = "object"  # `إرسال مئات المقاتلين`, `إيفاد مراقبين`: who is sent, not who sends
        victims = behind.sort == "group" and not behind.classes & _DEFENCELESS_NOT
        if role == "agent" and victims and trigger.object == "patient":
            role = "patient"
        if role == "patient" and behind.sort == "actor" and reading.fold(at).endswith("ات"):
            role = "agent"  # `تفجيرات داعش`: acts that are counted are whose they are
        roles.object = behind
        _give(roles, role, behind, items)
    _prepositions(reading, trigger, after, items, roles)
    if not roles.agents and trigger.kind in _STRIKES | _MOVES:
        owner = next((i for i in after if i.prep == "ل" and i.first <= start + 4 and i.names and (i.sort == "actor" or i.classes & MOVERS)), None)
        roles.agents = list(owner.names) if owner is not None else []  # `القصف المدفعي للجيش`, `انسحاب مباغت للقوات`
    if reading.has_light_verb and not roles.agents and _from_relative(reading, items, at, roles):
        return roles
    light = _light_verb(reading, at) if reading.has_light_verb else None
    if light is not None:
        _from_light(reading, items, at, light, trigger, roles)
    return roles


def _attributive(reading: Reading, item: Item) -> bool:
    """`هجوم مسلح`, `مؤتمر صحفي`: an indefinite singular behind a happening is its adjective."""
    noun = reading.words[item.first].noun
    return noun is not None and noun.number == "singular" and not noun.analysis.definite and item.quantity is None


def _bridge(reading: Reading, at: int) -> bool:
    """Classifiers, numbers and quotation marks may stand between a verbal noun and the name it governs."""
    token = reading.tokens[at]
    if is_classifier(reading, at) or token.kind == "number" or token.form.text in '“«"':
        return True
    if reading.fold(at) == "من" and any(q.start < reading.tokens[at - 1].end and reading.tokens[at - 1].start < q.end for q in reading.quantities):
        return True
    if reading.has(at, "comparison") or reading.fold(at) in _ABOUT or (reading.fold(at) in ("من", "عن") and reading.has(at - 1, "comparison")):
        return True
    return any(q.start <= token.start < q.end for q in reading.quantities)


def _nationality(reading: Reading, at: int, roles: Roles) -> None:
    """`غارات روسية`, `القصف الجوي الروسي`."""
    definite = reading.fold(at).startswith("ال")
    for index in range(at + 1, min(at + 4, len(reading.tokens))):
        word = reading.words[index]
        nationality = word.nationality
        if index in reading.counted:
            return
        if index in reading.mention_at or reading.tokens[index].kind == "mark" or is_people(reading, index):
            return
        if nationality is None and (
            word.roles - CONTENT or word.triggers or word.noun is not None or reading.fold(index).startswith("ال") != definite
        ):
            return
        if nationality is not None:
            if nationality.entry.country and reading.fold(index).startswith("ال") == definite:
                roles.agents.append((nationality.entry.country, None))
                roles.agents += _and_nations(reading, index)
            return


def _and_nations(reading: Reading, at: int) -> list[Name]:
    """`ضربات أميركية وبريطانية`: further adjectives of origin joined on."""
    names: list[Name] = []
    for index in range(at + 1, len(reading.tokens)):
        nationality = reading.words[index].nationality
        if nationality is None or not reading.fold(index).startswith("و") or not nationality.entry.country or index in reading.mention_at:
            break
        names.append((nationality.entry.country, None))
    return names


def _light_verb(reading: Reading, at: int) -> tuple[int, Match[LightVerb]] | None:
    """The verb whose object the verbal noun is: `شنّ التنظيم هجوما`, `نفّذ سلاح الجو سبع غارات`."""
    prep = reading.fold(at - 1) if at and "preposition" in reading.words[at - 1].roles else ""
    joined = reading.fold(at).startswith("و")
    aside = _aside(reading, at)
    behind = (index for index in range(at - 1, max(-1, at - 15 - len(aside)), -1) if index not in aside)
    words = (index for index in behind if reading.tokens[index].form.text not in _PASSED)
    for index in islice(words, 9):
        word = reading.words[index]
        if word.light is not None and word.light.pos == "verb" and index not in reading.mention_at:
            noun = word.light.number == "dual" and any(m.pos == "noun" for m in word.triggers)
            tanwin = noun and index - 1 not in reading.mention_at  # `حققت تقدما`, not `الحزبان … توصلا إلى`
            if tanwin or _said(reading, index, word.light):
                return None
            governed = index > 0 and "preposition" in reading.words[index - 1].roles
            return (index, word.light) if prep in word.light.entry.preps and not governed else None
        if reading.tokens[index].form.text in STRONG or reading.has(index, "that"):
            return None
        if any(m.pos == "verb" for m in word.triggers) and index not in reading.mention_at and "comparison" not in word.roles:
            return None
        if not joined and index < at - 1 and index not in reading.mention_at and _other_act(reading, index):
            return None
    return None


def _aside(reading: Reading, at: int) -> range:
    """`شنت القوات، مدعومة بمقاتلين من الحزب، هجوما`: what stands between commas right before the object."""
    if at < 3 or reading.tokens[at - 1].form.text not in COMMAS:
        return range(0)
    opening = next((k for k in range(at - 2, max(0, at - _ASIDE), -1) if reading.tokens[k].form.text in COMMAS), 0)
    told = any(_verb_at(reading, k) and k not in reading.mention_at for k in range(opening + 1, at - 1))
    adjunct = bool(opening) and "preposition" in reading.words[opening + 1].roles  # `، في تصريح نقلته الوكالة، `
    return range(opening, at) if adjunct or (opening and not told) else range(0)


def _said(reading: Reading, at: int, light: Match[LightVerb]) -> bool:
    """`رجّح دبلوماسي فرض عقوبات`: behind a verb of speech and its subject, what looks like a past verb is its verbal noun."""
    if light.tense != "past" or light.analysis.proclitics or light.gender != "masculine" or light.number != "singular":
        return False
    aside = _aside(reading, at)
    for back in (k for k in range(at - 1, max(-1, at - _SAID - len(aside)), -1) if k not in aside):
        cue = reading.words[back].cue
        if cue is not None and cue.pos == "verb" and back not in reading.mention_at:
            return "direct" in cue.entry.complements
        if reading.tokens[back].kind == "mark" or reading.has(back, "that") or reading.has(back, "relative"):
            return False
    return False


def _other_act(reading: Reading, at: int) -> bool:
    """`أعلن الجيش توقيف سبعة على خلفية إطلاق نار`: the verb's object is the first verbal noun, not one inside its phrase."""
    word = reading.words[at]
    return any(m.pos == "noun" for m in word.triggers) and word.noun is None


def _from_light(reading: Reading, items: list[Item], at: int, light: tuple[int, Match[LightVerb]], trigger: Trigger, roles: Roles) -> None:
    """Give the light verb's subject its role, unless the noun names its own agent (`أعلن X هجوم Y`) or is a mere loss.

    Who announces a death (`أعلن الجيش مقتل جنديين`) has not caused it.
    """
    index, match = light
    role = match.entry.role
    if role == "agent" and trigger.subject != "agent" and reading.words[index].cue is not None:
        return
    if role == "agent" and trigger.subject == "patient":
        role = "patient"  # `اضطر السكان إلى الفرار`
    if role == "object":
        for item in _window(items, at, clause_end(reading, at)):
            if item.prep == "" and item.sort != "weapon":
                _give(roles, "patient", item, items)
                return
        return
    roles.withstood = role == "patient" and trigger.kind in _STRIKES
    roles.mutual = "تبادل" in match.analysis.stem
    between = [i for i in items if index < i.first and i.last < at and i.prep == ""]
    subject = between[0] if between else _subject_before(reading, items, index)
    if subject is None:
        roles.elliptical = not roles.agents
        return
    roles.subject = subject
    if role == "agent" and subject.sort == "place" and "state" in subject.classes:
        roles.agents = roles.agents or [state_of(name) for name, _ in subject.names]
        return
    if (role == "place") != (subject.sort == "place"):
        return
    if role == "agent" and roles.agents:
        if trigger.genitive == "agent" and roles.object is not None and roles.object.sort == "actor":
            return
        roles.agents.clear()
    _give(roles, role, subject, items)


def _with_pronoun(reading: Reading, at: int) -> bool:
    """`ارتكبها`: a verb of a relative clause; the phrase behind it is its own subject."""
    light = reading.words[at].light
    return light is not None and light.pos == "verb" and bool(light.analysis.enclitic) and at not in reading.mention_at


def _from_relative(reading: Reading, items: list[Item], at: int, roles: Roles) -> bool:
    """`قصف شنته القوات`, `مجزرة ارتكبها الجيش`: the subject of a relative clause whose pronoun is the happening."""
    for index in range(at + 1, min(at + _RELATIVE, len(reading.tokens))):
        word = reading.words[index]
        if reading.tokens[index].form.text in STRONG | COMMAS or reading.has(index, "that"):
            return False
        if not _with_pronoun(reading, index) or word.light is None or word.light.entry.role != "agent":
            continue
        near = (i for i in items if index < i.first <= index + 4 and i.prep == "" and i.sort in _PARTIES)
        subject = next((i for i in near if i.names or i.owned or i.classes & (MOVERS | PEOPLE)), None)
        if subject is not None:
            roles.subject, roles.embedded = subject, True
            roles.agents += joined_names(items, subject)
        return subject is not None
    return False


def _by(reading: Reading, items: list[Item], at: int, roles: Roles) -> None:
    """`على يد X`, `من قبل X`, `برصاص X`: the agent, whatever the voice."""
    if _BY_WORDS.isdisjoint(reading.folds):
        return
    for item in _window(items, at, clause_end(reading, at)):
        before = item.first - 1
        while before > 1 and (is_classifier(reading, before) or counts(reading, before)):
            before -= 1
        needed = _BY.get(reading.fold(before))
        if any(m.entry.kind == "territory_captured" for k in range(at + 1, before) for m in reading.words[k].triggers if k not in reading.mention_at):
            return  # `فرّ يوم سقوط المدينة بيد التنظيم`
        if needed is not None and (not needed or reading.fold(before - 1) == needed) and item.sort in _PARTIES and item.names:
            roles.agents = list(item.names)
            if item.names[0] in roles.patients:
                roles.patients.remove(item.names[0])
            return
