"""Noun phrases of a sentence: whom or what they name, how many, of what class, behind which preposition.

People and forces without a name go by their common noun (event_nouns.csv) or by whom they belong to: `مقاتلو التنظيم`,
`عنصر من قوات النظام`, `طائرات روسية`. What part a phrase plays in a happening is for `roles` to say.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.clauses import COMMAS, CONTENT, Reading, according_here
from pipeline.extract.descriptions import speaker_in
from pipeline.extract.model import Quantity
from pipeline.extract.sides import army_of, country_codes, kind_and_country, state_of
from pipeline.extract.speech import subject_end

Name = tuple[str, str | None]
MOVERS = frozenset(("force", "air", "vehicle"))
PEOPLE = frozenset(("people", "fighter", "force", "casualty"))
_OWNED = frozenset(("people", "fighter", "force", "casualty", "air", "aircraft", "official"))
_OFFICES = frozenset(("minister", "head", "envoy", "spokesman", "court"))
_CLASSIFIERS = frozenset(("place", "force", "building"))
_NATIONALS = frozenset(("people", "national"))
_HOUSES = frozenset(("building", "base"))
_STATE = frozenset(("state",))
_ANY_ACTOR = frozenset(("force", "state"))
_HELD = frozenset(("force", "air", "homeland"))
_OPEN = frozenset('“«"(')
# `رجل مسلح`, `شبان ملثمون` are no civilians.
_ARMED = frozenset(stem + end for stem in ("مسلح", "المسلح", "ملثم", "الملثم") for end in ("", "ا", "ان", "ون", "ين"))
_PLAIN = frozenset(("Civilians", "Soldiers", "Officers", "Protesters"))
_BACKED = frozenset(("مدعومه", "المدعومه", "مدعومين", "المدعومين", "مدعوم", "المدعوم"))
_PAIRS = frozenset(("اثنين", "اثنان", "اثنتين", "واحد", "واحدا", "عددا", "عدد", "بعض", "كل"))
_GOVERNING = frozenset(("علي", "الي", "في", "عن", "ضد", "مع", "بين"))
_DIRECTIONS = frozenset(("شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "محيط"))
_OFFICE_REACH = 11
_RANKED = 5
_QUOTED = frozenset('“«"')
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


@dataclass(slots=True)
class Item:
    """A noun phrase: tokens first to last, whom or what it names, its classes, the preposition before it.

    sort: actor, person, place, media, weapon (named) or group (a common noun). prep: fold of the preposition, `و` when
    joined on, `،` behind a comma, empty when bare. owned: `قواته`, whose owner the text before must tell.
    """

    first: int
    last: int
    sort: str
    names: tuple[Name, ...]
    classes: frozenset[str]
    prep: str
    quantity: Quantity | None = None
    accusative: bool = False
    owned: bool = False


def named_places(reading: Reading) -> list[Item]:
    """The places a sentence names; all that a sentence without happenings adds to the story."""
    places = ((m, *reading.span_of[reading.token_at(m.start)]) for m in reading.mentions if m.type == "place")
    return [Item(first, last, "place", ((m.canonical_name or m.text, m.canonical_id),), _CLASSES["place"], "") for m, first, last in places]


def items_of(reading: Reading) -> list[Item]:
    """Noun phrases in order: names, people and forces without a name, things that matter to triggers."""
    items: list[Item] = []
    behind = 0
    for index, word in enumerate(reading.words):
        if index >= behind and (word.phrase or index in reading.mention_at):
            item = _item(reading, index)
            if item is not None:
                items.append(item)
                behind = item.last + 1
    return items


def _item(reading: Reading, at: int) -> Item | None:
    mention = reading.mention_at.get(at)
    if mention is not None:
        first, last = reading.span_of[at]
        name = ((mention.canonical_name or mention.text, mention.canonical_id),)
        classes = _actor_classes(mention.canonical_id) if mention.type == "actor" else _CLASSES[mention.type]
        if mention.type == "place" and mention.canonical_name in country_codes():
            classes |= _STATE
        return Item(first, last, mention.type, name, classes, _prep(reading, first, mention.start))
    if reading.words[at].noun is not None and not _rather_says(reading, at):
        return _people(reading, at)
    return _nationals(reading, at) if reading.words[at].nationality is not None else None


def _rather_says(reading: Reading, at: int) -> bool:
    """`وطالب حكومة البلاد ب…`: a joined verb of speech, not a student; `، متهما الجيش`: who accuses, not the accused."""
    cue = reading.words[at].cue
    if cue is not None and cue.entry.how == "participle" and at and reading.tokens[at - 1].form.text in COMMAS:
        return reading.tokens[at].norm.endswith(("ا", "ًا", "اً", "ة", "ين"))
    return cue is not None and cue.pos == "verb" and cue.analysis.proclitics[:1] in ("و", "ف")


def _nationals(reading: Reading, at: int) -> Item | None:
    """`20 فلسطينيا`, `آلاف العراقيين`: people of a nation, not an adjective."""
    quantity = _quantity(reading, at)
    before = reading.words[at - 1] if at else None
    behind_noun = before is not None and before.noun is not None
    adjective = behind_noun or at - 1 in reading.mention_at or (before is not None and bool(before.triggers))
    if behind_noun or (not is_people(reading, at) and (quantity is None or adjective)):
        return None
    prep = _prep(reading, at, reading.tokens[at].start)
    nationality = reading.words[at].nationality
    demonym = nationality.entry.demonym if nationality is not None else ""
    name = f"{demonym}s" if demonym.endswith("an") else "Civilians"
    return Item(at, at, "group", ((name, None),), _NATIONALS, prep, quantity)


def is_people(reading: Reading, at: int) -> bool:
    """A nationality in the sound masculine plural counts people."""
    match = reading.words[at].nationality
    return match is not None and match.number == "plural" and match.analysis.stem.endswith(("ون", "ين"))


def _actor_classes(canonical_id: str | None) -> frozenset[str]:
    """Classes of a named actor by its kind; an unknown one may be anything that acts."""
    kind, _ = kind_and_country(canonical_id)
    return _ACTOR_CLASSES.get(kind, _STATE) if kind else _ANY_ACTOR


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
    elif match.analysis.enclitic and (entry.classes & _HELD or match.analysis.stem == "رجال"):
        names, owned = (), True
    if owner is None and names and not owned:
        names = _qualified(reading, at, names)
    item = Item(at, last, "group", names, entry.classes, _prep(reading, at, reading.tokens[at].start))
    item.quantity = _quantity(reading, at)
    item.owned = owned
    oblique = match.number in ("dual", "plural") and match.analysis.stem.endswith("ين")
    item.accusative = (oblique or match.inflection.state == "accusative") and item.quantity is None
    return item


def _qualified(reading: Reading, at: int, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """`مهندسان تركيان` are Turkish Engineers, `صحفيين محليين` Local Journalists, `ميليشيات مدعومة من إيران` Iran-backed Militias."""
    name = names[0][0]
    if name == "Civilians" and reading.fold(at + 1) in _ARMED:
        return (("Fighters", None),)
    if name in _PLAIN or at + 1 >= len(reading.words):
        return names
    word = reading.words[at + 1]
    if word.nationality is not None and word.nationality.entry.demonym and at + 1 not in reading.mention_at:
        return ((f"{word.nationality.entry.demonym} {name}", None),)
    if word.source is not None and word.source.entry.english == "local":
        return ((f"Local {name}", None),)
    backer = reading.mention_at.get(at + 3)
    if reading.fold(at + 1) in _BACKED and reading.fold(at + 2) == "من" and backer is not None:
        return ((f"{backer.canonical_name or backer.text}-backed {name}", None),)
    return names


def _owner(reading: Reading, at: int) -> tuple[int, tuple[Name, ...]] | None:
    noun = reading.words[at].noun
    classes = noun.entry.classes if noun is not None else frozenset()
    for index in range(at + 1, min(at + 6, len(reading.tokens))):
        mention = reading.mention_at.get(index)
        if mention is not None:
            if mention.type == "actor" and index > at + 1 and reading.words[index - 1].nationality is not None:
                return None
            titled = index == at + 1 or "official" in classes or reading.has(index - 1, "named")
            joined = reading.tokens[index].norm[: mention.start - reading.tokens[index].start].startswith(("و", "ل", "ب"))
            if joined or (mention.type != "actor" and not (mention.type == "person" and titled)):
                return None
            last = reading.span_of[index][1]
            holder = _holder(reading, last) if mention.type == "actor" and "official" in classes else None
            if holder is not None and holder[0] - last <= _RANKED:
                return holder
            return last, ((mention.canonical_name or mention.text, mention.canonical_id),)
        word = reading.words[index]
        irregular = "fighter" in classes and "soldier" not in classes
        if word.nationality is not None and word.nationality.entry.country and classes & MOVERS and not irregular:
            return index, (_national_force(word.nationality.entry.country, classes),)
        if not reading.has(index, "named") and not _inside(reading, index):
            return None
    return None


def _inside(reading: Reading, index: int) -> bool:
    """A word that may stand between a noun and its owner: `من`, `في`, a definite word, an adjective."""
    fold = reading.fold(index)
    word = reading.words[index]
    housed = word.noun is not None and bool(word.noun.entry.classes & _HOUSES)  # `الطائرات مقر الهلال`
    if fold in ("من", "في") or fold.startswith("ال") or reading.tokens[index].form.text in _QUOTED or (is_classifier(reading, index) and not housed):
        return True
    if word.noun is not None and "people" in word.noun.entry.classes:
        return True
    return word.source is not None and word.source.entry.role == "adjective" and not word.finite


def _national_force(country: str, classes: frozenset[str]) -> Name:
    """`جنديان لبنانيان` are of the Lebanese army, `طائرات روسية` act for Russia."""
    return army_of(country) if "soldier" in classes else state_of(country)


def _office(reading: Reading, at: int) -> tuple[int, tuple[Name, ...]] | None:
    """`وزير الخارجية اليمني`: an office that stands for its holder, named in English."""
    source = reading.words[at].source
    if source is None or source.entry.role not in _OFFICES:
        return None
    end = min(subject_end(reading, at), at + 7)
    if source.entry.role != "envoy":
        end = next((k for k in range(at + 1, end) if "preposition" in reading.words[k].roles), end)
    speaker = speaker_in(reading, at, end)
    if speaker is None or speaker.name is None or speaker.name == source.entry.english or speaker.nominal:
        holder = _holder(reading, at)
        if holder is not None:
            return holder
    if speaker is None or speaker.name is None or speaker.name == source.entry.english:
        return None
    return end - 1, ((speaker.name, speaker.id),)


def _holder(reading: Reading, at: int) -> tuple[int, tuple[Name, ...]] | None:
    """`مدير الأمن في محافظة أبين العقيد سالم القاضي`: the name behind an office, no mark or verb between."""
    for k in range(at + 1, min(len(reading.tokens), at + _OFFICE_REACH)):
        mention = reading.mention_at.get(k)
        if mention is not None and mention.type == "person":
            return reading.span_of[k][1], ((mention.canonical_name or mention.text, mention.canonical_id),)
        if reading.tokens[k].kind == "mark" or (mention is None and reading.words[k].finite):
            return None
    return None


def _quantity(reading: Reading, at: int) -> Quantity | None:
    """The figure that counts the noun: just before it, or with it as unit."""
    start, base = reading.tokens[at].start, reading.sentence.start
    for quantity in reading.quantities:
        if 0 <= start - quantity.end <= 12:
            between = reading.sentence.text[quantity.end - base : start - base]
            if not any(mark in between for mark in "،,."):
                return quantity
    return None


def counts(reading: Reading, at: int) -> bool:
    """Whether a token belongs to a figure, in digits or words."""
    token = reading.tokens[at]
    return token.kind == "number" or any(q.start < token.end and token.start < q.end for q in reading.quantities)


def _prep(reading: Reading, first: int, start: int) -> str:
    """The preposition that governs a phrase, as a word before it (classifiers between) or as a clitic."""
    token = reading.tokens[first]
    front = token.norm[: start - token.start] if start > token.start else _clitic(reading, first)
    if front[-1:] in ("ب", "ل", "ك"):
        return front[-1]
    if front in ("و", "ف"):
        return "و"
    back = first - 1
    while back >= 0 and (counts(reading, back) or (first - back <= 3 and (_transparent(reading, back) or _joins_figure(reading, back)))):
        clitic = "و" if _joins_figure(reading, back) else _clitic(reading, back)
        if clitic in ("ب", "ل", "وب", "ول", "لل", "و"):
            return clitic[-1]
        back -= 1
    return _word_before(reading, back, first) if back >= 0 else ""


def _transparent(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return is_classifier(reading, at) or token.form.text in _OPEN


def _joins_figure(reading: Reading, at: int) -> bool:
    """`وثلاثة مدنيين`: a figure in words that is joined on."""
    token = reading.tokens[at]
    return token.norm.startswith("و") and any(q.start == token.start + 1 for q in reading.quantities)


def _word_before(reading: Reading, back: int, first: int) -> str:
    if reading.words[back].phrases and according_here(reading, back):
        return reading.fold(back)  # `، بحسب وزارة الدفاع`: who says so has not done it
    if "preposition" in reading.words[back].roles:
        if reading.fold(back) in _DIRECTIONS and back and "preposition" in reading.words[back - 1].roles:
            back -= 1  # `من جنوب المدينة`
        if not _compares(reading, back):
            return reading.fold(back)
        above = back - 2 if reading.has(back - 1, "comparison") else back - 1  # `قضى على نحو 70 مسلحا`, `على أكثر من 70`
        return reading.fold(above) if above >= 0 and reading.fold(above) in _GOVERNING else ""
    if back and "preposition" in reading.words[back - 1].roles and _construct(reading, back):
        return reading.fold(back - 1)
    if reading.fold(back) == "و" and reading.tokens[back + 1].form.text in _OPEN:
        return "و"
    return "،" if reading.tokens[back].form.text in COMMAS and first - back <= 3 else ""


def _compares(reading: Reading, at: int) -> bool:
    """`أكثر من 180 مسلحا`, `نحو 400 مقاتل`, `120 من القوات`: the preposition belongs to the figure."""
    before = reading.tokens[at - 1].start if at else -1
    if reading.fold(at) == "نحو" or (reading.fold(at) == "من" and any(q.start <= before < q.end for q in reading.quantities)):
        return True
    if reading.fold(at) == "من" and reading.fold(at - 1) in _PAIRS:
        return True
    if reading.fold(at) == "بين" and counts(reading, at + 1):
        return True  # `ما بين 1500 و1700 مهاجر`
    return reading.fold(at) in ("من", "عن", "علي", "الي") and reading.has(at - 1, "comparison")


def _construct(reading: Reading, at: int) -> bool:
    """A noun in construct before a name (`على حساب الفصائل`): bare, no name, no verb, no function word."""
    token, word = reading.tokens[at], reading.words[at]
    bare = token.kind == "word" and not token.fold.startswith("ال") and not word.roles - CONTENT
    noun = not any(m.pos != "verb" for m in word.triggers)  # behind a preposition `متن` is no verb
    return bare and at not in reading.mention_at and word.cue is None and word.light is None and noun


def _clitic(reading: Reading, at: int) -> str:
    noun = reading.words[at].noun
    return noun.analysis.proclitics.removesuffix("ال") if noun is not None else ""


def is_classifier(reading: Reading, at: int) -> bool:
    """A common noun of place or force in front of a name (`مدينة تدمر`, `تنظيم الدولة`)."""
    noun = reading.words[at].noun
    return noun is not None and bool(noun.entry.classes & _CLASSIFIERS) and at not in reading.mention_at
