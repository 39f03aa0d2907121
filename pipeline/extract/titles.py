"""English titles for people and bodies that are only described: `Turkish military source`, `Yemeni Foreign Minister`.

A head noun and what qualifies it in its own noun phrase; the words come from source_nouns.csv, office_heads.csv,
office_titles.csv and nationalities.csv, here stands only how they combine. Who speaks is for `descriptions` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.clauses import COMMAS, STRONG, Reading
from pipeline.extract.model import Mention
from pipeline.extract.tokens import key
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.reader import rows
from pipeline.lexicon.vocabulary import SourceNoun, nationalities

_OFFICES = frozenset(("minister", "head", "envoy", "spokesman"))
_DEPUTIES = {"نايب": "Deputy", "نايبه": "Deputy", "مساعد": "Assistant", "مساعده": "Assistant", "وكيل": "Deputy", "وكيله": "Deputy"}
_OF_COUNTRY = re.compile(r"(.+) \((\w[\w ]+)\)")
_QUOTES = frozenset('“«"')
_REACH = 12
_AFFAIRS = frozenset(("الشوون", "الشان", "شوون"))
# Prepositions that belong to the title: `مسؤول في`, `متحدث باسم`, `مبعوث إلى`, `قيادي من`, `نواب عن`.
_OWN = frozenset(("في", "باسم", "الي", "لدي", "من", "عن"))
# `حاكم الإقليم`, `محافظ المدينة`: the place that was named last.
_LANDS = frozenset(("الاقليم", "المحافظه", "المدينه", "البلده", "الولايه", "المنطقه", "المقاطعه", "القريه", "القضاء"))


@dataclass(frozen=True, slots=True)
class Title:
    """What a speaker is called: English name, country of the adjective, whether the armed forces are meant.

    complete: names whom or what the office belongs to; here: how to add the place spoken of, and what sort of place it is
    (`حاكم الإقليم`).
    """

    name: str
    country: str = ""
    armed: bool = False
    complete: bool = True
    here: tuple[str, str] | None = None


def title_of(reading: Reading, head: int, high: int, mentions: list[tuple[int, Mention]]) -> Title | None:
    """The title that a source noun at token `head` opens; None where that word is none. `high`: where to stop reading."""
    source = reading.words[head].source
    if source is None or source.entry.role not in _COMPOSERS:
        return None
    deputy = _deputised(reading, head)
    if deputy is not None:
        return _ranked(reading, head, title_of(reading, deputy, high, mentions))
    chief = _advised(reading, head)
    if chief is not None:
        return _adviser(title_of(reading, chief, high, mentions))
    end = _phrase_end(reading, head, high)
    told = _Modifiers.of(reading, head, end, [m for at, m in mentions if head < at < end])
    plural = is_plural(reading, head)
    english = _title_with(reading, head, source.entry.english) or (source.entry.plural if plural else source.entry.english)
    name = _COMPOSERS[source.entry.role](english, plural, told)
    armed = "military" in told.adjectives or (told.portfolio is not None and told.portfolio.english == "Defence")
    here = None if told.place else _of_here(reading, head, end)
    owned = bool(told.body or told.place or told.organ or (source.entry.role == "source" and name != english))
    name = english if here else name
    return Title(name[:1].upper() + name[1:], told.country, armed, owned, here)


def is_plural(reading: Reading, head: int) -> bool:
    """Whether several speak: a plural or dual noun, unless `أحد` singles one out."""
    source = reading.words[head].source
    if source is not None and head in reading.counted:
        return True
    return source is not None and source.number in ("plural", "dual") and reading.fold(head - 1) not in ("احد", "احدي")


def _of_here(reading: Reading, head: int, end: int) -> tuple[str, str] | None:
    """`حاكم الإقليم`, `رئيس بلديتها`, `نواب عن المحافظة`: the pattern that takes title and place where the place was named before."""
    source = reading.words[head].source
    behind = reading.words[head + 1].source if head + 1 < len(reading.words) else None
    if source is not None and source.entry.english == "MP":
        land = next((reading.fold(at) for at in range(head + 1, end) if reading.fold(at) in _LANDS), None)
        return ("{place} {title}", land.removeprefix("ال")) if land else None
    if source is None or source.entry.role != "head":
        return None
    its = behind is not None and behind.entry.role == "body" and behind.analysis.enclitic in ("ها", "ه")
    return ("{title} of {place}", reading.fold(head + 1).removeprefix("ال")) if its or reading.fold(head + 1) in _LANDS else None


def _deputised(reading: Reading, head: int) -> int | None:
    """`نائبة وزير الدفاع`: the office that a deputy stands in for."""
    chief = reading.words[head + 1].source if head + 1 < len(reading.words) else None
    deputy = reading.fold(head).removeprefix("و") in _DEPUTIES
    return head + 1 if deputy and chief is not None and (chief.entry.role in _OFFICES or chief.entry.english == "commander") else None


def _advised(reading: Reading, head: int) -> int | None:
    """`مستشار لقائد الجيش`, `مستشارة الرئيس`: the office that somebody advises."""
    own, chief = reading.words[head].source, reading.words[head + 1].source if head + 1 < len(reading.words) else None
    if own is None or own.entry.english != "Adviser" or chief is None or head + 1 in reading.mention_at:
        return None
    return head + 1 if chief.entry.role in ("minister", "head") or chief.entry.english == "commander" else None


def _adviser(chief: Title | None) -> Title | None:
    if chief is None:
        return None
    office = chief.name if chief.country or not chief.complete else f"the {chief.name[:1].lower()}{chief.name[1:]}"
    return Title(f"Adviser to {office}", chief.country, False, True)


def _ranked(reading: Reading, head: int, chief: Title | None) -> Title | None:
    """The rank behind the adjective of origin: `Ukrainian Deputy Defence Minister`."""
    if chief is None:
        return None
    rank = _DEPUTIES[reading.fold(head).removeprefix("و")]
    origin = next((d for d in _demonyms().values() if chief.name.startswith(f"{d} ")), "")
    name = f"{origin} {rank}{chief.name.removeprefix(origin)}" if origin else f"{rank} {chief.name}"
    return Title(name, chief.country, chief.armed, chief.complete, chief.here)


def _phrase_end(reading: Reading, head: int, high: int) -> int:
    """Token behind the noun phrase that a head opens: a verb, a relative, a comma or a word that cannot qualify it ends it."""
    definite = reading.fold(head).removeprefix("و").startswith(("ال", "لل", "بال"))
    end = min(high, len(reading.tokens), head + _REACH)
    for at in range(head + 1, end):
        if at in reading.mention_at and _another(reading, head, at):
            return at
        if at in reading.mention_at or reading.fold(at) in _QUOTES or at + 1 in reading.counted or at in reading.counted:
            continue
        word, fold, text = reading.words[at], reading.fold(at), reading.tokens[at].form.text
        if text in COMMAS or text in STRONG or word.cue is not None or "relative" in word.roles or (word.finite and word.source is None):
            return at
        if fold.startswith("و") and word.source is not None and word.source.entry.role in HEADS and word.source.analysis.proclitics.startswith("و"):
            return at  # `شهود ومصادر طبية`
        elsewhere = at > head + 2 and "preposition" in reading.words[at - 2].roles and reading.fold(at - 1).startswith("ال")
        if elsewhere and fold.startswith("ال") and word.source is not None and word.source.entry.role in HEADS:
            return at  # `ناشد المجلس المدني في البلدة المنظمات`
        if "preposition" in word.roles and fold not in _OWN and word.nationality is None:
            return at
        if definite and fold.startswith("ال") and word.noun is not None and word.nationality is None and word.source is None and at == head + 1:
            return at  # `الجماعة السفن`
        governed = fold.startswith(("ال", "ب", "ل", "و")) or "preposition" in reading.words[at - 1].roles or bool(word.roles)
        known = word.source is not None or word.nationality is not None
        if not governed and ((definite and not _construct(reading, at)) or (not known and word.noun is None and is_plural(reading, head))):
            return at
    return end


def _another(reading: Reading, head: int, at: int) -> bool:
    """`اتهم حاكم المنطقة الروسية كييف`, `حمّل والي الخرطوم قوات الدعم السريع`: a name right behind a definite word or the
    place that the title governs, without preposition, is not the title's."""
    mention, ahead = reading.mention_at[at], reading.mention_at.get(at - 1)
    bare = mention.start == reading.tokens[at].start and reading.span_of[at][0] == at
    if not bare or at <= head + 1:
        return False
    if ahead is not None:
        return ahead.type == "place" and mention.type == "actor" and reading.span_of[at - 1][0] == head + 1
    return reading.words[at - 1].nationality is not None


def _construct(reading: Reading, at: int) -> bool:
    """`المتحدث باسم وزارة الداخلية`, `المسؤول في شرطة المدينة`: bare because it governs what follows, behind a preposition."""
    return any("preposition" in reading.words[k].roles for k in (at - 1, at - 2))


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
    country_name: str = ""
    commands: str = ""
    definite: bool = False

    @staticmethod
    def of(reading: Reading, head: int, end: int, after: list[Mention]) -> _Modifiers:
        demonym, state, organ, portfolio = "", "", "", None
        source = reading.words[head].source
        adjectives: list[str] = []
        definite = reading.fold(head).removeprefix("و").startswith("ال")
        for index in range(head + 1, end):
            word = reading.words[index]
            mention = reading.mention_at.get(index)
            if mention is not None and mention.type == "media":
                break
            if word.nationality is not None and reading.fold(index - 1) in _AFFAIRS:
                continue  # `خبير في الشؤون الليبية`
            field = index == head + 1 and word.source is not None and word.source.entry.role == "portfolio"
            if word.nationality is not None and not demonym and not field and (mention is None or mention.type not in ("actor", "place")):
                demonym, state = word.nationality.entry.demonym, word.nationality.entry.country
            elif word.source is not None and (index == head + 1 or index not in reading.mention_at):
                role = word.source.entry.role
                if role == "adjective" or (word.source.entry.english == "opposition" and (index == head + 1 or not word.source.analysis.definite)):
                    adjectives.append(word.source.entry.english)
                elif role == "portfolio" and index == head + 1:
                    portfolio = word.source.entry
                elif role in ("body", "ministry") and not organ and not (definite and index == head + 1 and word.source.analysis.definite):
                    organ = _organ(reading, index)
        actor = next((m for m in after if m.type in ("actor", "media")), None)
        place = next((m for m in after if m.type == "place"), None)
        within = source is not None and source.entry.role == "source"
        whose = (m for m in after if not (within and m.type == "place" and reading.fold(reading.token_at(m.start) - 1) == "في"))
        owner = next((m.canonical_name for m in whose if m.canonical_name in _demonyms()), None)
        country = _demonyms().get(owner, "")
        body = _english(actor) if actor and actor.canonical_name not in _demonyms() else ""
        where = _english(place) if place and (within or place.canonical_name not in _demonyms()) else ""
        names = tuple((_english(m), m.type == "place") for m in (after if demonym else after[1:]))
        commands = body if _commands(reading, head) else ""
        return _Modifiers(demonym or country, tuple(adjectives), portfolio, organ, body, where, names, state, owner or "", commands, definite)


def _english(mention: Mention) -> str:
    return mention.canonical_name or transliterate(mention.text)


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


def demonym_of(country: str) -> str:
    """Adjective of a country, given its English name; the name itself where it has none."""
    return _demonyms().get(country, country)


def _title_with(reading: Reading, head: int, english: str) -> str | None:
    """`رئيس الوزراء`, `رئيس بلدية صيدا`, `قائد شرطة كابل`: the noun behind the head makes another title."""
    if head + 1 >= len(reading.words):
        return None
    titles = _head_titles().get(english, {})
    stems = reading.words[head + 1].stems
    return next((titles[s] for stem in stems for s in (stem, stem.removesuffix("ه")) if s in titles), None)


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
    return word.entry.english if word.entry.english in ("police", "army", "municipality") else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _source(title: str, plural: bool, told: _Modifiers) -> str:
    """`Senior US official`, `Houthi leader`, `Interior Ministry source`, `Official in Abu Dhabi`, `Anbar MPs`."""
    if "close" in told.adjectives and told.body:
        return f"{title} close to {told.body}"
    if title == "commander" and told.commands:
        return f"{title} of the {told.commands}"
    if title in ("MP", "MPs") and (told.place or told.body):
        return _member(title, told)
    if told.organ and told.place and not told.adjectives and not told.demonym:
        return f"{told.place} {told.organ} {title}"
    rank = [a for a in told.adjectives if a in ("senior", "former")]
    rest = [a for a in reversed(told.adjectives) if a not in ("senior", "former")]
    organ = "" if told.organ.lower() in title.lower() else told.organ
    core = _joined(told.demonym, "" if told.body else organ, *rest, title)
    name = _joined(*rank, core)
    if told.body and not plural and not (told.demonym and told.body.endswith("Government")):
        owner = _attributive(_demonyms().get(told.body, told.body))
        behind = title if owner.startswith(told.demonym or "\0") else core
        return _joined(*rank, owner.removesuffix(behind.split()[0]).strip(), behind)
    if told.place and not told.adjectives and not told.demonym and not plural:
        return f"{name} in {told.place}"
    return name


def _member(title: str, told: _Modifiers) -> str:
    """`Anbar MPs`, `MP for Zawiya`, `Member of the European Parliament`, `Loyalty to the Resistance Bloc MP`."""
    if told.place:
        return f"{told.place} {title}" if title == "MPs" else f"{title} for {told.place}"
    return f"{told.body} {title}" if "Bloc" in told.body else f"Member{title[2:]} of the {told.body}"


def _attributive(body: str) -> str:
    """`Iranian Ministry of Foreign Affairs` before a noun: `Iranian Foreign Ministry`."""
    bracketed = _OF_COUNTRY.fullmatch(body)
    if bracketed is not None:
        return f"{demonym_of(bracketed[2])} {bracketed[1]}"  # `Northern Command (Israel)`
    whose, ministry, field = body.partition(" Ministry of ")
    return f"{whose} {'Foreign' if field == 'Foreign Affairs' else field}{ministry.removesuffix(' of ')}" if ministry else body


def _spokesman(title: str, _: bool, told: _Modifiers) -> str:
    """`المتحدث باسم الجيش` is the Spokesperson, `متحدث عسكري` a spokesman."""
    owner = _attributive(told.body) or _joined(told.demonym, told.organ, *told.adjectives) or told.place
    return _joined(owner, "Spokesperson" if owner and (told.definite or (told.body and title == "spokesman")) else title)


def _minister(title: str, _: bool, told: _Modifiers) -> str:
    field = told.portfolio.english if told.portfolio else ""
    return _titles().get((told.demonym, field)) or _joined(told.demonym, field, title)


def _ministry(title: str, _: bool, told: _Modifiers) -> str:
    field = f"{title} of {told.portfolio.plural}" if told.portfolio else title
    return _joined(told.demonym or told.body, field)


def _head_of(title: str, _: bool, told: _Modifiers) -> str:
    """`Governor of Marib`, `Mayor of Sidon`, `Head of the National Oil Corporation`, `UN Secretary-General`."""
    title = _unrepeated(title, told.body or told.place)
    if title == "Prime Minister" and told.body.endswith(" Government"):
        return f"{told.body.removesuffix(' Government')} {title}"
    if title == "Prime Minister":
        return f"{title} of the {told.body}" if told.body and not told.demonym else _joined(told.demonym, title)
    if title == "UN Humanitarian Coordinator":
        where = told.place or told.country_name
        return f"{title} in {where}" if where else title
    if told.body and title.startswith(("Adviser", "Coordinator")):
        return _joined(told.body, title)
    if told.body:
        article = "" if told.body.isupper() else "the "
        return f"{'Head' if title == 'President' else title} of {article}{told.body}"
    if told.place:
        return f"{title} of {told.place}"
    return _joined(told.demonym, title)


def _unrepeated(title: str, owner: str) -> str:
    """`Hospital Director` of a hospital, `Speaker of Parliament` of a parliament: what the owner's name says already."""
    first, _, rest = title.partition(" ")
    if rest and first in owner:
        return rest
    return title.removesuffix(" of Parliament") if owner.endswith("Parliament") else title


def is_state(name: str | None) -> bool:
    """Whether a name is a state, the UN or another body that has an adjective: its people are `UN experts`."""
    return name in _demonyms()


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
    """`مجلس محافظة الأنبار`, `بلدية صيدا`, `المجلس المحلي في إدلب`: the place comes first."""
    adjectives = [a for a in told.adjectives if a.lower() not in title.lower()]
    return _joined(told.demonym or told.place, *adjectives, title)


def _court(title: str, _: bool, told: _Modifiers) -> str:
    name = _joined(told.demonym, *told.adjectives, title)
    return f"{name} in {told.place}" if told.place and not told.demonym else name


@cache
def _titles() -> dict[tuple[str, str], str]:
    """Titles that do not follow the pattern: British Foreign Secretary, US Secretary of State."""
    return {(row["demonym"], row["portfolio"]): row["title"] for row in rows("office_titles")}


_COMPOSERS = {
    "source": _source, "spokesman": _spokesman, "minister": _minister, "ministry": _ministry,
    "head": _head_of, "envoy": _envoy, "body": _body, "court": _court,
}  # fmt: skip
HEADS = frozenset(_COMPOSERS)
