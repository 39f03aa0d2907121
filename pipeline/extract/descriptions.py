"""English names for speakers: the canonical name of whoever is named, else a description put together word by word.

`مصدر عسكري تركي` becomes `Turkish military source`, `وزير الخارجية اليمني` `Yemeni Foreign Minister`. The words come
from source_nouns.csv and nationalities.csv; here stands only how they combine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.clauses import Reading
from pipeline.extract.model import Mention
from pipeline.extract.sides import army_of, country_codes, state_of, state_of_capital
from pipeline.extract.tokens import key
from pipeline.lexicon.reader import rows
from pipeline.lexicon.vocabulary import SourceNoun, nationalities

_OFFICES = frozenset(("minister", "head", "envoy", "spokesman"))
# Who speaks of a place from elsewhere.
_REMOTE = frozenset(("diplomat", "official", "analyst", "expert", "researcher", "observer", "leader"))
_QUOTES = frozenset('“«"')
_BESIDE = frozenset(("امام", "مع", "في", "خلال", "الي", "بعد", "قبل", "تجاه", "اثناء", "ضد", "لدي", "عبر", "حول", "بشان"))
_TO = frozenset(("ل", "لل", "ب", "بال", "ول", "وب"))
_INSIDE = frozenset(("في", "لدي"))
_DEPUTIES = {"نايب": "Deputy", "نايبه": "Deputy", "مساعد": "Assistant", "مساعده": "Assistant"}
HEADS = frozenset(("source", "spokesman", "minister", "ministry", "head", "envoy", "body", "court"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something and through which outlet; `nominal` when only described; `side`: the actor spoken for.

    `back`: a bare definite noun (`المصدر`) that points back to a speaker described before. `office`: named by an office.
    """

    name: str | None
    id: str | None
    relay: str | None = None
    relay_id: str | None = None
    nominal: bool = False
    side: tuple[str, str | None] | None = None
    back: bool = False
    office: bool = False


def speaker_in(reading: Reading, low: int, high: int) -> Speaker | None:
    """The speaker that tokens low to high (exclusive) name or describe; None when they name nobody.

    Without a name but with a relay when they only name the outlet spoken to (`قالت عبر قناة المسيرة`).
    """
    mentions = _mentions(reading, low, high)
    outlet = next((m for at, m in mentions if m.type == "media" and _is_outlet(reading, at, low)), None)
    head = _head(reading, low, high)
    rest = [(at, m) for at, m in mentions if m is not outlet and m.type in ("person", "actor", "media", "place")]
    rest = [(at, m) for at, m in rest if (head is not None and head < at) or not _set_aside(reading, at, low)]
    named = _named(reading, rest, head)
    relay = (outlet.canonical_name, outlet.canonical_id) if outlet else (None, None)
    actor = next((m for _, m in rest if m.type == "actor"), None)
    side = (actor.canonical_name or actor.text, actor.canonical_id) if actor else None
    owner = _outlet_of(reading, rest, named)
    if named is not None and owner is not None:
        return Speaker(owner.canonical_name or owner.text, owner.canonical_id, named.canonical_name, named.canonical_id, side=side)
    if named is not None:
        name = named.canonical_name or named.text
        state = state_of_capital(name) if named.type == "place" else None
        return Speaker(*(state or (name, named.canonical_id)), *relay, side=side or state)
    if head is not None:
        described = _described(reading, head, high, rest, relay)
        return replace(described, side=side or described.side)
    return Speaker(None, None, *relay) if outlet is not None else None


def _mentions(reading: Reading, low: int, high: int) -> list[tuple[int, Mention]]:
    """Mentions whose first token lies in the region, with that token."""
    found: list[tuple[int, Mention]] = []
    for index in range(low, min(high, len(reading.tokens))):
        mention = reading.mention_at.get(index)
        if mention is not None and reading.span_of[index][0] == index:
            found.append((index, mention))
    return found


def _is_outlet(reading: Reading, at: int, low: int) -> bool:
    """`لوكالة رويترز`, `عبر قناة المسيرة`, `لرويترز`."""
    back = [i for i in range(at - 3, at) if i >= low]
    if any(reading.has(i, "to_outlet") for i in back):
        return True
    if at > low + 1 and reading.fold(at - 2) == "ل" and reading.tokens[at - 1].kind == "mark":
        return True  # لـ«الشرق الأوسط»
    token = reading.tokens[at]
    return token.fold.startswith("ل") and reading.mention_at[at].start > token.start


def _head(reading: Reading, low: int, high: int) -> int | None:
    """First noun of the region that can describe a speaker and is not part of a name or of a clause about him."""
    for index in range(low, min(high, len(reading.tokens))):
        source = reading.words[index].source
        if source is not None and source.entry.role in HEADS and index not in reading.mention_at and not _aside(reading, index, low):
            return index
        if reading.words[index].finite and index > low:
            return None
    return None


def _aside(reading: Reading, index: int, low: int) -> bool:
    """`قال أمام جنوده`, `خلال ندوة صحفية`: a noun behind a preposition, or an adjective behind its noun, does not speak."""
    if index <= low:
        return False
    source = reading.words[index].source
    if source is not None and source.analysis.proclitics in _TO:
        return True
    before = reading.fold(index - 1)
    if "preposition" in reading.words[index - 1].roles:
        return before in _BESIDE
    return bool(reading.words[index - 1].triggers) and reading.fold(index)[:2] != "ال"


def _named(reading: Reading, mentions: list[tuple[int, Mention]], head: int | None) -> Mention | None:
    """A person in apposition to the office, else the name that leads the region; a place alone speaks for nobody."""
    if not mentions:
        return None
    short = next((m for at, m in mentions if _bracketed(reading, at, m)), None)
    if short is not None:
        return short
    first_at, first = mentions[0]
    if head is not None and head < first_at:
        if _classifies(reading, head, first_at) and first.type in ("actor", "media"):
            return first
        return next((m for _, m in mentions if m.type == "person"), None)
    if first.type == "place":
        return next((m for _, m in mentions if m.type == "person"), first if head is None else None)
    return first


def _bracketed(reading: Reading, at: int, mention: Mention) -> bool:
    """`القيادة الأميركية في أفريقيا (أفريكوم)`: the short name in brackets is the name."""
    return mention.type == "actor" and at > 0 and reading.tokens[at - 1].form.text == "("


def _governed(reading: Reading, at: int, mention: Mention) -> bool:
    """Whether a name stands behind a preposition, a word or a clitic."""
    token = reading.tokens[at]
    clitic = token.norm[: mention.start - token.start] if mention.start > token.start else ""
    return clitic[-1:] in ("ب", "ل") or (at > 0 and "preposition" in reading.words[at - 1].roles)


def _set_aside(reading: Reading, at: int, low: int) -> bool:
    """`وفي الخرطوم، أكدت …`, `قال أمام مجلس الأمن إن`: where and to whom something is said; not what belongs to a noun."""
    before = at - 1
    if before < low or "preposition" not in reading.words[before].roles:
        return False
    return before == low or reading.fold(before) in _BESIDE - _INSIDE


def _outlet_of(reading: Reading, mentions: list[tuple[int, Mention]], named: Mention | None) -> Mention | None:
    """The group whose mouthpiece an outlet is (`وكالة أعماق، الذراع الإعلامية للتنظيم`): the group speaks."""
    if named is None or named.type != "media":
        return None
    return next((m for at, m in mentions if m.type == "actor" and reading.tokens[at].fold.startswith("ل")), None)


def _classifies(reading: Reading, head: int, at: int) -> bool:
    """`منظمة «أطباء بلا حدود»`, `جماعة الحوثي`: the noun is the class of the name right behind it, without a preposition."""
    source = reading.words[head].source
    adjacent = all(reading.tokens[k].kind == "mark" for k in range(head + 1, at)) and not _governed(reading, at, reading.mention_at[at])
    return source is not None and source.entry.role in ("source", "body") and adjacent and source.number == "singular"


def _described(reading: Reading, head: int, high: int, mentions: list[tuple[int, Mention]], relay: tuple[str | None, str | None]) -> Speaker:
    source = reading.words[head].source
    assert source is not None
    definite = reading.fold(head).startswith("ال")  # `أبلغ المصدر وكالة X`: a definite noun owns no name behind it
    after = [m for at, m in mentions if at > head and not (definite and m.type == "media")]
    plural = source.number in ("plural", "dual") and reading.fold(head - 1) not in ("احد", "احدي")
    group = next((m for m in after if m.type == "actor"), None)
    if plural and group is not None and source.entry.role == "source":
        return Speaker(group.canonical_name or group.text, group.canonical_id, *relay)
    deputy = _deputised(reading, head)
    if deputy is not None:
        chief = _described(reading, deputy, high, mentions, relay)
        origin = _Modifiers.of(reading, deputy, high, after).demonym
        return replace(chief, name=_ranked(_DEPUTIES[reading.fold(head).removeprefix("و")], origin, chief.name or ""))
    compose = _COMPOSERS[source.entry.role]
    title = _title_with(reading, head, source.entry.english) or (source.entry.plural if plural else source.entry.english)
    told = _Modifiers.of(reading, head, high, after)
    name = compose(title, plural, told)
    armed = "military" in told.adjectives or (told.portfolio is not None and told.portfolio.english == "Defence")
    side = (army_of if armed else state_of)(told.country) if told.country in country_codes() else None
    bare = name == title and reading.fold(head).startswith("ال") and source.entry.role == "source"
    return Speaker(
        name[:1].upper() + name[1:],
        None,
        *relay,
        nominal=True,
        side=side,
        back=bare,
        office=source.entry.role in _OFFICES or source.entry.english in _REMOTE,
    )


def _deputised(reading: Reading, head: int) -> int | None:
    """`نائبة وزير الدفاع`: the office that a deputy stands in for."""
    chief = reading.words[head + 1].source if head + 1 < len(reading.words) else None
    deputy = reading.fold(head).removeprefix("و") in _DEPUTIES
    return head + 1 if deputy and chief is not None and (chief.entry.role in _OFFICES or chief.entry.english == "commander") else None


def _ranked(rank: str, origin: str, title: str) -> str:
    """The rank behind the adjective of origin: `Ukrainian Deputy Defence Minister`."""
    return f"{origin} {rank}{title.removeprefix(origin)}" if origin and title.startswith(origin) else f"{rank} {title}"


@dataclass(frozen=True, slots=True)
class _Modifiers:
    """What stands after the head: adjectives of origin and sort, portfolio, names of bodies, states and places."""

    demonym: str
    adjectives: tuple[str, ...]
    portfolio: SourceNoun | None
    organ: str
    body: str
    place: str
    names: tuple[tuple[str, bool], ...] = ()
    country: str = ""
    commands: str = ""

    @staticmethod
    def of(reading: Reading, head: int, high: int, after: list[Mention]) -> _Modifiers:
        demonym, state, organ, portfolio = "", "", "", None
        adjectives: list[str] = []
        for index in range(head + 1, min(high, len(reading.tokens), head + 9)):
            word = reading.words[index]
            mention = reading.mention_at.get(index)
            if mention is not None and mention.type == "media":
                break
            field = index == head + 1 and word.source is not None and word.source.entry.role == "portfolio"
            if word.nationality is not None and not demonym and not field:
                demonym, state = word.nationality.entry.demonym, word.nationality.entry.country
            elif word.source is not None and (index == head + 1 or index not in reading.mention_at):
                role = word.source.entry.role
                if role == "adjective":
                    adjectives.append(word.source.entry.english)
                elif role == "portfolio" and index == head + 1:
                    portfolio = word.source.entry
                elif role in ("body", "ministry") and not organ:
                    organ = _organ(reading, index)
        actor = next((m for m in after if m.type in ("actor", "media")), None)
        place = next((m for m in after if m.type == "place"), None)
        country = next((_demonyms()[m.canonical_name] for m in after if m.canonical_name in _demonyms()), "")
        body = (actor.canonical_name or actor.text) if actor and actor.canonical_name not in _demonyms() else ""
        where = (place.canonical_name or place.text) if place and place.canonical_name not in _demonyms() else ""
        names = tuple((m.canonical_name or m.text, m.type == "place") for m in (after if demonym else after[1:]))
        commands = body if _commands(reading, head) else ""
        return _Modifiers(demonym or country, tuple(adjectives), portfolio, organ, body, where, names, state, commands)


def _commands(reading: Reading, head: int) -> bool:
    """`قائد الجيش`, `القائد العام للجيش`, not `قائد ميداني في الجيش`: the force is what the commander commands."""
    at = head + 1
    while reading.fold(at) in ("العام", "الاعلي") or reading.fold(at) in _QUOTES:
        at += 1
    mention = reading.mention_at.get(at)
    return mention is not None and mention.type == "actor"


@cache
def _demonyms() -> dict[str | None, str]:
    """Country to adjective, the first one listed."""
    found: dict[str | None, str] = {}
    for nationality in nationalities().values():
        if nationality.country:
            found.setdefault(nationality.country, nationality.demonym)
    return found


def _title_with(reading: Reading, head: int, english: str) -> str | None:
    """`رئيس الوزراء`, `رئيس بلدية صيدا`, `قائد شرطة كابل`: the noun behind the head makes another title."""
    if head + 1 >= len(reading.words):
        return None
    titles = _head_titles().get(english, {})
    return next((titles[stem] for stem in reading.words[head + 1].stems if stem in titles), None)


@cache
def _head_titles() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows("office_heads"):
        found.setdefault(row["head"], {})[key(row["noun"])] = row["title"]
    return found


def _organ(reading: Reading, index: int) -> str:
    """`الشرطة`, `وزارة الداخلية` behind a spokesman or a source."""
    word = reading.words[index].source
    following = reading.words[index + 1].source if index + 1 < len(reading.words) else None
    if word is None:
        return ""
    if word.entry.role == "ministry":
        field = following.entry.english if following is not None and following.entry.role == "portfolio" else ""
        return f"{field} Ministry".strip()
    return word.entry.english if word.entry.english in ("police", "army") else ""


def _source(title: str, plural: bool, told: _Modifiers) -> str:
    """`Senior US official`, `Houthi leader`, `Interior Ministry source`, `Official in Abu Dhabi`."""
    if "close" in told.adjectives and told.body:
        return f"{title} close to {told.body}"
    if title == "commander" and told.commands:
        return f"{title} of the {told.commands}"
    rank = [a for a in told.adjectives if a == "senior"]
    rest = [a for a in reversed(told.adjectives) if a != "senior"]
    organ = "" if told.organ.lower() in title.lower() else told.organ
    name = " ".join(p for p in (*rank, told.demonym, organ, *rest, title) if p)
    if told.body and not plural and not (told.demonym and told.body.endswith("Government")):
        return f"{_demonyms().get(told.body, told.body)} {name}"
    if told.place and not told.adjectives and not told.demonym and not plural:
        return f"{name} in {told.place}"
    return name


def _spokesman(title: str, _: bool, told: _Modifiers) -> str:
    owner = told.body or " ".join(p for p in (told.demonym, told.organ, *told.adjectives) if p)
    return f"{owner} {title}".strip()


def _minister(title: str, _: bool, told: _Modifiers) -> str:
    field = told.portfolio.english if told.portfolio else ""
    return _titles().get((told.demonym, field)) or " ".join(p for p in (told.demonym, field, title) if p)


def _ministry(title: str, _: bool, told: _Modifiers) -> str:
    field = f"{title} of {told.portfolio.plural}" if told.portfolio else title
    return " ".join(p for p in (told.demonym or told.body, field) if p)


def _head_of(title: str, _: bool, told: _Modifiers) -> str:
    if title == "Prime Minister":
        return f"{title} of the {told.body}" if told.body and not told.demonym else " ".join(p for p in (told.demonym, title) if p)
    if told.body:
        article = "" if told.body.isupper() else "the "
        return f"{'Head' if title == 'President' else title} of {article}{told.body}"
    if told.place:
        return f"{title} of {told.place}"
    return " ".join(p for p in (told.demonym, title) if p)


def _envoy(title: str, _: bool, told: _Modifiers) -> str:
    """`مندوب فرنسا لدى الأمم المتحدة`, `المبعوث الأممي إلى اليمن`."""
    sender = f"{told.demonym} {title}".strip()
    if not told.names:
        return f"{sender} to the United Nations" if title == "Representative" and told.demonym else sender
    name, place = told.names[0]
    if title.startswith("Special Envoy"):
        return f"{sender} for {name}"
    return f"{sender} to {name}" if place else f"{sender} to the {name}"


def _body(title: str, _: bool, told: _Modifiers) -> str:
    return " ".join(p for p in (told.demonym, *told.adjectives, title) if p)


@cache
def _titles() -> dict[tuple[str, str], str]:
    """Titles that do not follow the pattern: British Foreign Secretary, US Secretary of State."""
    return {(row["demonym"], row["portfolio"]): row["title"] for row in rows("office_titles")}


_COMPOSERS = {
    "source": _source, "spokesman": _spokesman, "minister": _minister, "ministry": _ministry,
    "head": _head_of, "envoy": _envoy, "body": _body, "court": _body,
}  # fmt: skip
