"""Who speaks in a stretch of words, by an English name: the canonical name of whoever is named, else a title.

Names win over descriptions, persons over their office, groups over their outlets; `titles` puts descriptions together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.clauses import Reading
from pipeline.extract.model import Mention
from pipeline.extract.self_names import bare_name, class_of_name, self_named
from pipeline.extract.sides import army_of, country_codes, state_of, state_of_capital
from pipeline.extract.titles import HEADS, is_plural, is_state, title_of
from pipeline.lexicon.gazetteer import context

_OFFICES = frozenset(("minister", "head", "envoy", "spokesman"))
# Who speaks of a place from elsewhere.
_REMOTE = frozenset(("diplomat", "official", "analyst", "expert", "researcher", "observer", "leader"))
_BESIDE = frozenset(("امام", "مع", "في", "خلال", "الي", "بعد", "قبل", "تجاه", "اثناء", "ضد", "لدي", "عبر", "حول", "بشان"))
_TO = frozenset(("ك", "ل", "لل", "ب", "بال", "ول", "وب"))
_WITH = frozenset(("مع", "امام", "الي", "ضد"))
_INSIDE = frozenset(("في", "لدي"))
# Nouns of groups, which stand before the group's name; nouns of people stand before whom they belong to.
_BODIES = frozenset(
    ("organisation", "group", "faction", "party", "company", "association", "newspaper", "channel", "radio", "television", "union",
     "centre", "institute", "bank", "embassy", "hospital", "opposition", "authorities", "coordination committee", "media outlet",
     "agency", "network", "correspondent")
)  # fmt: skip
_NATIONAL = frozenset(
    ("Prime Minister", "President", "Speaker of Parliament", "Chief of Staff", "Government", "Army", "Parliament", "Opposition", "Cabinet", "Police")
)  # fmt: skip
_OWNED = 4
_ISSUED = frozenset(("صادر", "صادره"))  # `بيان صادر عن`, no verb
_KIN = frozenset(("father", "mother", "brother", "sister", "wife", "widow", "daughter"))
_PAPERS = frozenset(("report", "study", "statistics", "estimate"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something and through which outlet; `nominal` when only described; `side`: the actor spoken for.

    `back`: a definite noun (`المصدر`, `الوزير`) that may point back to a speaker told before. `office`: named by an office.
    `title`: what a named person is called beside the name; `here`: pattern that adds the place spoken of, and its sort (`حاكم الإقليم`).
    `national`: an office of a state that is not told (`وزير الداخلية`).
    """

    name: str | None
    id: str | None
    relay: str | None = None
    relay_id: str | None = None
    nominal: bool = False
    side: tuple[str, str | None] | None = None
    back: bool = False
    office: bool = False
    title: str = ""
    here: tuple[str, str] | None = None
    national: bool = False


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
    called = self_named(reading, low, high) if named is None or named.type != "person" else ""
    if called:
        return Speaker(called, None, *relay, nominal=False, title=_title(reading, head, high, rest))
    if named is not None and named.type == "person" and head is not None and _kin_of(reading, head, named):
        kin = reading.words[head].source
        assert kin is not None
        return Speaker(f"{kin.entry.english.capitalize()} of {named.canonical_name or named.text}", None, *relay, nominal=True)
    if named is not None and owner is not None:
        return Speaker(owner.canonical_name or owner.text, owner.canonical_id, named.canonical_name, named.canonical_id, side=side)
    if named is not None:
        name = named.canonical_name or named.text
        state = state_of_capital(name) if named.type == "place" else None
        title = _title(reading, head, high, rest) if named.type == "person" else ""
        return Speaker(*(state or (name, named.canonical_id)), *relay, side=side or state, title=title)
    if head is not None:
        described = _described(reading, head, high, rest, relay)
        return replace(described, side=side or described.side)
    return Speaker(None, None, *relay) if outlet is not None else None


def _title(reading: Reading, head: int | None, high: int, mentions: list[tuple[int, Mention]]) -> str:
    title = title_of(reading, head, high, mentions) if head is not None else None
    return title.name if title is not None else ""


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
    outer = at - 1 if at > low and reading.tokens[at - 1].kind == "mark" else at  # `تحدثوا إلى "النهار"`
    if reading.fold(outer - 1) == "الي" and outer - 2 > low and reading.words[outer - 2].cue is not None:
        return True
    back = [i for i in range(outer - 3, outer) if i >= low]
    if any(reading.has(i, "to_outlet") for i in back) or any(reading.fold(i) == "مع" for i in back[-2:]):
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
        if reading.words[index].finite and index > low and reading.fold(index) not in _ISSUED:
            return None
    return None


def _aside(reading: Reading, index: int, low: int) -> bool:
    """`قال أمام جنوده`, `خلال ندوة صحفية`: a noun behind a preposition, or an adjective behind its noun, does not speak."""
    if index <= low:
        return reading.has(index, "to_outlet")
    source = reading.words[index].source
    if source is not None and source.analysis.proclitics in _TO:
        return True
    before = reading.fold(index - 1)
    if source is not None and source.entry.english == "journalist" and _of_a_text(reading, index):
        return True
    if before in context("sphere") and reading.fold(index).startswith("ال"):
        return True  # `على الصعيد الدبلوماسي`
    if "preposition" in reading.words[index - 1].roles:
        return before in _BESIDE
    verbal = any(m.pos == "noun" for m in reading.words[index - 1].triggers) and not reading.words[index - 1].finite
    return verbal and reading.fold(index)[:2] != "ال"


def _of_a_text(reading: Reading, index: int) -> bool:
    """`في تعميم صحفي`, `خلال إيجاز صحفي`: behind an indefinite noun that a preposition governs, `صحفي` is its adjective."""
    noun = reading.words[index - 1]
    governed = index > 1 and "preposition" in reading.words[index - 2].roles
    return governed and noun.source is None and not noun.finite and not reading.fold(index).startswith("ال")


def _named(reading: Reading, mentions: list[tuple[int, Mention]], head: int | None) -> Mention | None:
    """A person in apposition to the office, else the name that leads the region; a place alone speaks for nobody."""
    if not mentions:
        return None
    short = next((m for at, m in _leading(reading, mentions) if _bracketed(reading, at, m)), None)
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


def _kin_of(reading: Reading, head: int, person: Mention) -> bool:
    """`والدة الضحية فلان`: the name tells whose relative speaks, not who."""
    source = reading.words[head].source
    at = reading.token_at(person.start)
    if head > at or source is None or source.entry.english not in _KIN or source.analysis.definite or source.analysis.enclitic:
        return False
    return all(reading.tokens[k].kind == "word" and "preposition" not in reading.words[k].roles for k in range(head + 1, at))


def _leading(reading: Reading, mentions: list[tuple[int, Mention]]) -> list[tuple[int, Mention]]:
    """The first name and what stands in brackets right behind it: `دعت المنظمة الجماعة الاقتصادية (إيكواس)` is not about the first."""
    _, last = reading.span_of[mentions[0][0]]
    return [(at, m) for at, m in mentions if at == mentions[0][0] or at == last + 2] if mentions[0][1].type == "actor" else mentions


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
    if reading.mention_at[at].type == "place" and at > low and _governed(reading, at, reading.mention_at[at]):
        return True
    if before >= low and _with_another(reading, at, low):
        return True
    if before < low or "preposition" not in reading.words[before].roles:
        return False
    return before == low or reading.fold(before) in _BESIDE - _INSIDE


def _with_another(reading: Reading, at: int, low: int) -> bool:
    """`في لقاء مع نظيره القطري فلان`: one or two words between the preposition and the name."""
    for back in range(at - 1, max(low - 1, at - 4), -1):
        if reading.tokens[back].kind == "mark" or reading.words[back].finite or back in reading.mention_at:
            return False
        if reading.fold(back) in _WITH:
            return True
    return False


def _outlet_of(reading: Reading, mentions: list[tuple[int, Mention]], named: Mention | None) -> Mention | None:
    """The group whose mouthpiece an outlet is (`وكالة أعماق، الذراع الإعلامية للتنظيم`): the group speaks."""
    if named is None or named.type != "media":
        return None
    return next((m for at, m in mentions if m.type == "actor" and (reading.fold(at).startswith("ل") or _of_group(reading, at))), None)


def _of_group(reading: Reading, at: int) -> bool:
    """`التابعة لتنظيم "داعش"`."""
    while at > 0 and reading.tokens[at - 1].kind == "mark":
        at -= 1
    noun = reading.words[at - 1].noun if at else None
    return noun is not None and noun.analysis.proclitics in ("ل", "لل")


def _classifies(reading: Reading, head: int, at: int) -> bool:
    """`منظمة «أطباء بلا حدود»`, `جماعة الحوثي`: the noun is the class of the name right behind it, without a preposition."""
    source = reading.words[head].source
    adjacent = all(reading.tokens[k].kind == "mark" for k in range(head + 1, at)) and not _governed(reading, at, reading.mention_at[at])
    body = source is not None and (source.entry.role == "body" or source.entry.english in _BODIES)
    return source is not None and body and adjacent and source.number == "singular"


def _described(reading: Reading, head: int, high: int, mentions: list[tuple[int, Mention]], relay: tuple[str | None, str | None]) -> Speaker:
    source = reading.words[head].source
    assert source is not None
    definite = reading.fold(head).removeprefix("و").startswith("ال")  # `أبلغ المصدر وكالة X`: a definite noun owns no name behind it
    after = [(at, m) for at, m in mentions if at > head and not (definite and m.type == "media")]
    adjective = head + 1 < len(reading.words) and (not definite or reading.fold(head + 1).startswith("ال"))  # not `دعا التقرير روسيا إلى`
    issuer = reading.words[head + 1].nationality if adjective else None
    if issuer is not None and source.entry.english in _PAPERS:
        return Speaker(*state_of(issuer.entry.country or issuer.entry.demonym), *relay)  # `تقرير أممي`
    owner = _owner(reading, head, after)
    if owner is not None:
        return Speaker(owner.canonical_name or owner.text, owner.canonical_id, *relay)
    if source.entry.english in _PAPERS and relay[0]:
        return Speaker(*relay)  # `إحصاء لوكالة فرانس برس`
    own = _own_name(reading, head, high)
    if own:
        return Speaker(own, None, *relay)
    title = title_of(reading, head, high, after)
    assert title is not None
    side = (army_of if title.armed else state_of)(title.country) if title.country in country_codes() else None
    role = source.entry.role
    known = definite or (role in ("minister", "head") and reading.fold(head + 1).startswith("ال"))  # `رئيس الوزراء`
    back = known and not title.complete and not title.here
    office = role in _OFFICES or source.entry.english in _REMOTE
    governmental = role == "source" and "overnment" in title.name and not is_plural(reading, head)  # `مصدر عسكري حكومي`
    national = not title.country and (governmental or (back and (role == "minister" or title.name in _NATIONAL)))
    return Speaker(title.name, None, *relay, nominal=True, side=side, back=back, office=office, title=title.name, here=title.here, national=national)


def _owner(reading: Reading, head: int, after: list[tuple[int, Mention]]) -> Mention | None:
    """`ناشطو المجلس`, `تقرير لمنظمة العفو`: the named group whose people or papers speak."""
    source = reading.words[head].source
    if source is None or source.entry.role != "source":
        return None
    if source.entry.english in _PAPERS:
        return next((m for _, m in after if m.type in ("actor", "media")), None)
    theirs = (m for at, m in after if m.type == "actor" and not is_state(m.canonical_name) and _adjoins(reading, head, at, m))
    return next(theirs, None) if is_plural(reading, head) else None


def _adjoins(reading: Reading, head: int, at: int, mention: Mention) -> bool:
    """`ناشطو المجلس`, `مسؤولون في الحركة`, not `تتهم منظمات حقوقية الجيش`."""
    if at - head > _OWNED or any(reading.words[k].finite or "relative" in reading.words[k].roles for k in range(head + 1, at)):
        return False
    near = all(reading.tokens[k].kind == "mark" or reading.words[k].noun is not None for k in range(head + 1, at))
    return near or _governed(reading, at, mention) or any("preposition" in reading.words[k].roles for k in range(head + 1, at))


def _own_name(reading: Reading, head: int, high: int) -> str:
    """`شركة ميرسك`, `رابطة أبيكور`: bare words behind the class of a body are its name."""
    return bare_name(reading, head + 1, min(high, head + 3)) if class_of_name(reading, head) else ""
