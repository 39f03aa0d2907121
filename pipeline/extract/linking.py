"""Whom a name means in this document: ambiguous places, countries as actors or places, descriptions of known actors.

Names are found in `mentions`; nothing here looks at a dictionary's spellings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, log10, radians

from pipeline.extract.tokens import Token, key
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.gazetteer import Entity, by_role, composed, context, gazetteer, organs, state
from pipeline.restore.language_model import Lexicon

# How much better known than a village of its size a thing of this kind is, in powers of ten of its population.
_FAME = {"country": 9.0, "city": 6.0, "region": 3.0, "sea": 3.0, "river": 3.0, "island": 2.0, "mountain": 2.0, "governorate": 4.0}
_FAME |= {"airport": 3.0, "facility": 3.0, "crossing": 3.0, "camp": 3.0, "town": 1.0, "village": 1.0, "neighbourhood": 0.5}
# Countries whose towns the dictionaries know by heart; a town elsewhere may be a namesake of one that they lack.
_THEATRES = frozenset(
    ("SY", "IQ", "YE", "LY", "SD", "SS", "SO", "PS", "IL", "LB", "JO", "EG", "TN", "DZ", "MA", "EH", "MR", "ML", "NE", "TD", "BF", "ET", "SA")
) | {"ER", "UA", "RU", "TR", "IR", "AF", "PK", "AE", "QA", "KW", "BH", "OM"}
_SECURITY = frozenset({"security", "police", "intelligence", "prosecution", "border_guard", "coast_guard", "gendarmerie", "government"})
# What bodies of a kind are called whatever their names are: the Norwegian Refugee Council is `المنظمة`.
_KINDS_OF = {"منظمه": frozenset({"ngo", "un_body"})}
_MILITARY = frozenset({"air_force", "navy", "general_staff", "military_intelligence", "air_defence", "coast_guard", "border_guard"})
_QUARTER_KM = 25.0
_ACCUSED_REACH = 12
_LONGEST_BA = 5  # letters of `بثتها`
# What an adjective of nationality says of the country that a text is about, beside a town's name.
_ADJECTIVE_VOTE = 0.3
# Occurrences per ten million words from which a form is taken for one that is written.
_WRITTEN = 30


@dataclass(slots=True, eq=False)
class Find:
    """A name found: token span within its sentence, character span in the document, whom it can mean."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    type: str
    entities: tuple[Entity, ...] = ()
    name_en: str = ""
    nominal: bool = False
    cue: bool = False
    rank: int = 0
    clitic: str = ""
    rule: str = ""
    argument: str = ""
    confidence: float = 0.9
    id: str | None = None
    chosen: Entity | None = None
    others: list[Entity] = field(default_factory=list)


class Scene:
    """What a document is about: its countries by weight, its main country, the points of its sure places."""

    def __init__(self, finds: Iterable[Find], adjectives: Iterable[str] = ()) -> None:
        self.votes: defaultdict[str, float] = defaultdict(float)
        for country in adjectives:
            self.votes[country] += _ADJECTIVE_VOTE
        self.parents: Counter[str] = Counter()
        self.points: list[tuple[float, float]] = []
        for find in finds:
            self._count(find)
        self.main = max(self.votes, key=self.votes.__getitem__, default="")

    def countries(self) -> frozenset[str]:
        """The countries that the document speaks of in earnest: a sixth of the votes or more."""
        total = sum(self.votes.values())
        return frozenset(c for c, v in self.votes.items() if v >= total / 6)

    def _count(self, find: Find) -> None:
        if find.cue or not find.entities or find.nominal:
            return
        countries = {e.country for e in find.entities if e.country}
        if len(countries) == 1:
            country = countries.pop()
            weight = 1.0 if find.type == "place" and find.entities[0].kind != "country" and country in _THEATRES else 0.6
            weight = weight / 3 if find.name_en or find.type == "media" else weight
            self.votes[country] += weight
        if find.type == "place" and len(find.entities) == 1:
            entity = find.entities[0]
            self.parents[entity.parent] += 1
            if entity.latitude is not None and entity.longitude is not None:
                self.points.append((entity.latitude, entity.longitude))

    def score(self, place: Entity) -> float:
        """How well a place fits the document: fame, size, country, kin places, nearness; higher is better."""
        total = sum(self.votes.values()) or 1.0
        points = log10(place.population + 10) + 6 * self.votes[place.country] / total + _FAME.get(place.kind, 0.0)
        if place.parent != place.country:
            points += 1.5 * min(self.parents[place.parent], 2)
        if place.admin_level in (1, 2, 3):
            points -= 2.5
        if _speaks_for(place):
            points += 2.0
        return points + max(0.0, 2.0 - self.distance(place) / 50)

    def distance(self, place: Entity) -> float:
        """Kilometres to the nearest sure place of the document, a thousand where there is none."""
        if place.latitude is None or place.longitude is None:
            return 1000.0
        return min((kilometres(place.latitude, place.longitude, *p) for p in self.points), default=1000.0)

    def ranked(self, places: Sequence[Entity]) -> list[Entity]:
        """Candidates, best first; ties by id, so that reruns agree."""
        return sorted(places, key=lambda p: (-self.score(p), p.canonical_id))


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Distance on a flat map, good enough to tell towns apart."""
    east = (longitude - other_longitude) * cos(radians(latitude))
    return 111.2 * hypot(latitude - other_latitude, east)


def link(sentences: Sequence[Sequence[Token]], finds: list[Find], scene: Scene) -> list[Find]:
    """Decides each find in reading order; returns those that mean something.

    `finds` are sorted and do not overlap. Descriptions resolve to the last suitable actor named before, else to the
    next one named after, else to the main country's own.
    """
    previous: Find | None = None
    for find in finds:
        if find.entities and not find.rule:
            _choose(find, sentences[find.sentence], scene, previous)
        elif find.argument == "unit" and scene.main in gazetteer().countries:
            find.name_en = f"{gazetteer().countries[scene.main]['adjective_en']} {find.name_en}"
        previous = find
    _shorten(finds)
    coming = [f.chosen for f in finds if f.chosen is not None and f.type in ("actor", "media")]
    called = _called(sentences, finds)
    before: Find | None = None
    named: list[Entity] = []
    for number, find in enumerate(finds):
        if find.rule:
            behind = finds[number + 1] if number + 1 < len(finds) else None
            country = _country_behind(sentences[find.sentence], find, behind)
            if country and find.rule == "role":
                find.chosen, find.nominal = _own(country, find.argument), True
            else:
                _resolve(find, named, coming, scene, called, _country_here(sentences[find.sentence], find, before))
        if find.chosen is not None and find.type == "actor" and find.chosen.kind in ("state", "government", "army"):
            before = find
        if find.chosen is not None and find.type in ("actor", "media"):
            named.append(find.chosen)
            if not find.rule:
                coming.pop(0)
        elif find.name_en and find.type in ("actor", "media"):
            named.append(_unlisted(sentences[find.sentence], find))
    return [f for f in finds if f.chosen is not None or f.name_en]


def _shorten(finds: list[Find]) -> None:
    """`الغوطة` after `الغوطة الشرقية` is the same place."""
    longer: dict[str, Entity] = {}
    for find in finds:
        if find.type != "place" or find.chosen is None or find.chosen.kind == "country":
            continue
        name = find.chosen.name_ar
        if find.last - find.first == 1 and name in longer and find.chosen.kind in ("region", "community", "populated_place"):
            find.others.insert(0, find.chosen)
            find.chosen = longer[name]
        elif " " in name:
            longer.setdefault(name.split()[0], find.chosen)


def _choose(find: Find, tokens: Sequence[Token], scene: Scene, previous: Find | None) -> None:
    ranked = scene.ranked(find.entities) if find.type == "place" else list(find.entities)
    if find.type == "place":
        ranked = _countries_first(ranked, tokens[find.first].text)
    if find.type == "actor" and len(ranked) > 1:
        ranked.sort(key=lambda e: -scene.votes[e.country])
    find.chosen, find.others = ranked[0], ranked[1:]
    if find.type != "place":
        return
    if find.first and tokens[find.first - 1].fold.endswith("حي") and _elsewhere(find.chosen, scene):
        find.others = [find.chosen, *find.others]
        find.chosen, find.name_en = None, transliterate(" ".join(t.norm for t in tokens[find.first : find.last]), place=True)
        return
    country = _speaks_for(find.chosen)
    if country and acts(find, tokens, scene, country, previous):
        find.type = "actor"
        find.chosen = state(country)


def _countries_first(ranked: list[Entity], written: str) -> list[Entity]:
    """تونس is the country, its capital is تونس العاصمة; a written vowel tells عُمان from عمّان."""
    named = {e.country for e in ranked if e.kind == "country"}
    if ranked[0].country in named:
        return sorted(ranked, key=lambda e: (e.country != ranked[0].country, e.kind != "country"))
    if "\u064f" in written:
        return sorted(ranked, key=lambda e: e.kind != "country")
    return ranked


def _elsewhere(place: Entity, scene: Scene) -> bool:
    """A quarter of that name is in another town than those the document speaks of."""
    return bool(scene.points) and scene.distance(place) > _QUARTER_KM


def _speaks_for(place: Entity) -> str:
    """The country that a country's or capital's name can stand for as an actor, else ''."""
    if place.kind == "country":
        return place.country
    about = gazetteer().countries.get(place.country)
    return place.country if about and place.name_en == about["capital_en"] else ""


def acts(find: Find, tokens: Sequence[Token], scene: Scene, country: str, previous: Find | None) -> bool:
    """Whether a country's or capital's name acts or speaks here, rather than locates."""
    before = tokens[find.first - 1].fold if find.first else ""
    joined = before[:1] in "وف" and (len(before) > 3 or before[1:] in context("locative"))
    bare = before[1:] if joined else before
    capital = find.entities[0].kind != "country"
    if "ب" in find.clitic or bare in context("locative") or _of_capital(tokens, find.first):
        return False
    if bare == "مع" and find.first > 1 and "حدود" in tokens[find.first - 2].fold:
        return False
    if capital and (bare in context("named_after_town") or bare in context("hits_town")):
        return False
    if bare in context("acting") or bare.startswith(("المدعوم", "مدعوم")):
        return True
    if bare == "من":
        return _source_of_words(tokens, find.first)
    if bare == "عن" and find.first > 1 and tokens[find.first - 2].fold.lstrip("وف") in context("issued"):
        return True
    if _feminine_verb(bare) or _negated_verb(tokens, find.first) or (find.first and _predicate(tokens[find.first - 1])):
        return True
    if find.last < len(tokens) and _predicate(tokens[find.last]):
        return True
    if previous is not None and previous.sentence == find.sentence and _coordinated(tokens, previous, find):
        return previous.type == "actor"
    if find.last < len(tokens) and tokens[find.last].fold in ("لن", "لم", "قد"):
        return True
    if _accused(tokens, find):
        return True
    if country == scene.main:
        return False
    return not capital or (key(find.entities[0].name_ar) in context("political_capital") and bool(bare) and not find.clitic)


def _of_capital(tokens: Sequence[Token], at: int) -> bool:
    """`العاصمة السعودية الرياض`, `العاصمة طرابلس`."""
    before = [t.fold for t in tokens[max(0, at - 2) : at]]
    capital = [fold.endswith("عاصمه") for fold in before]
    return capital[-1:] == [True] or (capital[:1] == [True] and before[-1] in gazetteer().adjectives)


def _predicate(token: Token) -> bool:
    """A verb of a feminine subject behind it: listed, past, or a present whose masculine is a word too (`تعلن`, `يعلن`)."""
    if _feminine_verb(token.fold):
        return True
    word = token.norm.removeprefix("س") if token.norm.startswith("ست") else token.norm
    if not word.startswith("ت") or len(word) < 4 or word.endswith("ة"):
        return False
    count = Lexicon.load().count
    masculine = count("ي" + word[1:])
    return masculine > _WRITTEN and masculine > 10 * count("ال" + word)


def _accused(tokens: Sequence[Token], find: Find) -> bool:
    """`اتهم الحاكم كييف بقصفه`, `داعيا بغداد إلى تعويض السكان`: who is accused of or called to something."""
    if find.clitic or find.last >= len(tokens):
        return False
    follower = tokens[find.last].fold
    if not (follower in ("الي", "علي", "من", "بان") or (follower.startswith("ب") and len(follower) > 3)):
        return False
    before = (t.fold for t in tokens[max(0, find.first - _ACCUSED_REACH) : find.first])
    return any(fold in context("accusing") or fold[1:] in context("accusing") for fold in before)


def _source_of_words(tokens: Sequence[Token], at: int) -> bool:
    noun = tokens[at - 2].fold if at > 1 else ""
    return noun.lstrip("وفب").removeprefix("ال").startswith(("تعليق", "مدعوم", "دعم", "رد", "طلب", "موقف", "كل", "ضوء", "بيان", "تمويل"))


def _negated_verb(tokens: Sequence[Token], at: int) -> bool:
    """`لم تعلق دمشق`: a negation and a verb of a feminine subject."""
    return at > 1 and tokens[at - 1].fold.startswith("ت") and tokens[at - 2].fold.lstrip("وف") in ("لم", "لن", "لا", "قد")


def _feminine_verb(word: str) -> bool:
    """Past or present verbs of a feminine subject, by their shape: نفت، وأعلنت، تدعم (countries are feminine)."""
    if word[:1] in "وف" and len(word) > 4 and _feminine_verb_bare(word[1:]):
        return True
    return _feminine_verb_bare(word)


def _feminine_verb_bare(bare: str) -> bool:
    if bare.startswith("ال") or len(bare) < 3:
        return False
    bare = _without_object(bare)
    if bare.endswith("ت") and not bare.endswith(("ات", "وت", "يت")):
        return bare not in context("not_verb")
    return bare.startswith(("ت", "ست")) and bare in context("present_verb")


def _without_object(verb: str) -> str:
    """`تدعمه`, `طرحتها`: the verb without its object pronoun; `بسيارته` is none."""
    if verb.startswith("ب") and len(verb) > _LONGEST_BA:
        return verb
    for pronoun in ("هما", "ها", "هم", "نا", "ه"):
        stem = verb.removesuffix(pronoun)
        if stem != verb and (stem in context("present_verb") or (stem.endswith("ت") and len(stem) > 3)):
            return stem
    return verb


def _coordinated(tokens: Sequence[Token], previous: Find, find: Find) -> bool:
    """`روسيا وإيران`, `روسيا، وإيران`: joined by و or a comma and nothing else."""
    between = [t.fold for t in tokens[previous.last : find.first]]
    return between in ([], ["،"], ["او"], ["و"]) and (find.clitic.startswith("و") or bool(between))


def _country_behind(tokens: Sequence[Token], find: Find, behind: Find | None) -> str:
    """`القوات المسلحة في كوريا الجنوبية`, `السلطات في لندن`."""
    if behind is None or behind.sentence != find.sentence or behind.first != find.last + 1 or behind.chosen is None:
        return ""
    return behind.chosen.country if behind.type == "place" and tokens[find.last].fold == "في" else ""


def _country_here(tokens: Sequence[Token], find: Find, before: Find | None) -> str:
    """The country of the state or force last named in the sentence, or of its minister (`وزير الداخلية التونسي … السلطات`)."""
    if not find.argument.startswith("ministry_") and find.argument not in _SECURITY:
        return ""
    if before is not None and before.sentence == find.sentence and before.chosen is not None:
        told = before.chosen.kind in ("state", "government") if find.argument.startswith("ministry_") else before.chosen.role in _SECURITY
        return before.chosen.country if told else ""
    for at in range(find.first - 1, 1, -1):
        country = gazetteer().adjectives.get(tokens[at].fold)
        if country and any(t.fold in context("minister") or t.fold[1:] in context("minister") for t in tokens[max(0, at - 3) : at]):
            return country
    return ""


def _unlisted(tokens: Sequence[Token], find: Find) -> Entity:
    """An actor that no dictionary has, so that descriptions can mean it (`نقابة المعلمين`, `النقابة`)."""
    heads = {tokens[at].fold.removeprefix("ال") for at in (find.first, find.first - 1) if at >= 0}
    heads |= {head[1:] for head in heads}
    return Entity(find.id or "", find.type, find.name_en, "", heads=frozenset(heads))


def _called(sentences: Sequence[Sequence[Token]], finds: list[Find]) -> dict[Entity, set[str]]:
    """The nouns that this document puts before or at the head of an actor's name (`جماعة حزب الله`): what it may call it later."""
    called: dict[Entity, set[str]] = defaultdict(set)
    for find in finds:
        if find.chosen is not None and find.type in ("actor", "media"):
            tokens = sentences[find.sentence]
            for at in (find.first, find.first - 1):
                fold = tokens[at].fold if at >= 0 else ""
                called[find.chosen] |= {fold, fold[1:]} & context("organisation_head")
    return called


def _resolve(find: Find, named: list[Entity], coming: list[Entity], scene: Scene, called: Mapping[Entity, set[str]], here: str) -> None:
    """A description: the last actor named before that it fits, else the next, else the main country's of that role.

    Rebels whose group no text names are their country's: `South Sudanese Rebels`.

    here: the country whose state, minister or force the sentence has named before.
    """
    find.chosen = next((e for e in reversed(named[-40:]) if _fits(find, e, called)), None)
    if find.chosen is None and find.rule == "role":
        armies = (e.country for e in reversed(named[-40:]) if e.kind == "army" and e.country and find.argument in _MILITARY)
        country = next(armies, here or scene.main)
        find.chosen = _own(country, find.argument) if country else None
    if find.chosen is None:
        find.chosen = next((e for e in coming if _fits(find, e, called)), None)
    if find.chosen is None and find.rule == "group" and scene.main:
        find.chosen = _own(scene.main, find.argument)
    if find.chosen is not None:
        find.type = find.chosen.type
    find.nominal = True


def _fits(find: Find, entity: Entity, called: Mapping[Entity, set[str]]) -> bool:
    if find.rule == "head":
        return find.argument in entity.heads or find.argument in called.get(entity, ()) or entity.kind in _KINDS_OF.get(find.argument, ())
    if find.rule == "kind":
        return entity.kind == find.argument
    if find.rule == "group":
        return entity.kind == "armed_group"
    return entity.role == find.argument


def _own(country: str, role: str) -> Entity | None:
    known = by_role().get((country, role))
    if known is not None:
        return known
    for template, kind, organ in organs().values():
        if organ == role and country in gazetteer().countries:
            return composed(country, role, template, kind)
    return None
