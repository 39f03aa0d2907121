"""Who was told of before: persons by their office, described speakers, the place named last.

News names a speaker once and says `الوزير`, `المصدر`, `حاكم الإقليم` from then on; here such words find their owner.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.extract.clauses import Reading
from pipeline.extract.descriptions import Speaker
from pipeline.extract.self_names import bynames
from pipeline.extract.sides import country_of_id, owner_of_outlet
from pipeline.extract.titles import HEADS, demonym_of, title_of

_REACH = 8
_SENT = {"UN Special Envoy": "for", "UN Special Adviser": "on"}
_OUTLETS = frozenset(("agency", "newspaper", "channel", "network", "radio", "television", "website"))
_WITHIN = frozenset(("في", "باسم"))


@dataclass(slots=True)
class Memory:
    """Speakers of a document by title, the latest last, and the last place named."""

    titled: list[tuple[frozenset[str], Speaker]] = field(default_factory=list)
    people: dict[str, Speaker] = field(default_factory=dict)
    places: list[tuple[int, str, str]] = field(default_factory=list)
    subjects: list[tuple[int, int, bool, Speaker]] = field(default_factory=list)
    countries: list[tuple[int, str]] = field(default_factory=list)
    _unread: list[Reading | Speaker] = field(default_factory=list)

    def read(self, reading: Reading) -> None:
        """Take in a sentence: persons named with their office, and its places up to the last."""
        self._unread.append(reading)  # most documents never look back

    def hear(self, speaker: Speaker) -> None:
        """Remember who spoke."""
        self._unread.append(speaker)

    def _settle(self) -> None:
        for one in self._unread:
            if isinstance(one, Speaker):
                self._heard(one)
            else:
                self._told(one)
        self._unread.clear()

    def _heard(self, speaker: Speaker) -> None:
        title = speaker.title or (speaker.name if speaker.nominal else None)
        if title and speaker.name:
            self.titled.append((_words(title), speaker))
        if speaker.name and not speaker.nominal and speaker.id is None:
            self.people.setdefault(speaker.name, speaker)

    def _told(self, reading: Reading) -> None:
        for mention in reading.mentions:
            name = mention.canonical_name or mention.text
            country = country_of_id(mention.canonical_id)
            if country:
                self.countries.append((mention.start, country))
            if mention.type == "place":
                sort = reading.fold(reading.token_at(mention.start) - 1).removeprefix("ال")
                self.places.append((mention.start, name, sort))
            elif mention.type == "media" and mention.canonical_name:
                self.titled.append((_words(name) | _OUTLETS, Speaker(name, mention.canonical_id)))
            elif mention.type == "actor" and mention.canonical_name and not mention.nominal:
                self.titled.append((_words(name), Speaker(name, mention.canonical_id)))
            elif mention.type == "person":
                at = reading.token_at(mention.start)
                self._person(reading, at, Speaker(name, mention.canonical_id, title=_office_before(reading, at)))
        for at, name in bynames(reading):
            self._person(reading, at, Speaker(name, None))

    def _person(self, reading: Reading, at: int, person: Speaker) -> None:
        full = self._in_full(person)
        self.people.setdefault(full.name or "", full)
        self._subject(reading, at, full)
        if full.title:
            self.titled.append((_words(full.title), full))

    def _subject(self, reading: Reading, at: int, person: Speaker) -> None:
        """Keep a person who is no genitive and no object of a preposition: `يقلّب أبو عمر مفاتيحه`, not `مقتل أبي عمر`."""
        before = reading.words[at - 1] if at else None
        governed = before is not None and ("preposition" in before.roles or (bool(before.triggers) and not before.finite))
        if not governed:
            woman = reading.fold(at).endswith(("ه", "ا", "ي")) or reading.fold(at) == "ام"
            self.subjects.append((reading.tokens[at].start, reading.sentence.paragraph_no, woman, person))

    def subject_before(self, offset: int, feminine: bool) -> tuple[int, int, Speaker] | None:
        """The last person told of as a subject before an offset, with where and in which paragraph; a feminine verb wants a name of its shape."""
        self._settle()
        found = (
            (start, paragraph, person) for start, paragraph, woman, person in reversed(self.subjects) if start < offset and (woman or not feminine)
        )
        return next(found, None)

    def recalled(self, told: Speaker, offset: int) -> Speaker:
        """Whom a definite noun or half a name before an offset points back to; else the words themselves."""
        if not told.here and not told.back and (told.id is not None or told.nominal):
            return self._of_the_country(told, offset) if told.national else told
        self._settle()
        if told.here and told.name:
            pattern, sort = told.here
            before = [(name, kind) for start, name, kind in reversed(self.places) if start < offset]
            place = next((name for name, kind in before if kind == sort), before[0][0] if before else None)
            return replace(told, name=pattern.format(title=told.name, place=place) if place else told.name, title="")
        if not told.back:
            return self._in_full(told)
        wanted = _words(told.name or "")
        for words, speaker in reversed(self.titled):
            if wanted <= words and ("prime" in wanted or not ("minister" in wanted and "prime" in words)):
                return replace(speaker, relay=told.relay, relay_id=told.relay_id)
        return self._of_the_country(told, offset)

    def _of_the_country(self, told: Speaker, offset: int) -> Speaker:
        """`وزير الداخلية`, `المبعوث الأممي`: of the country that the document has named most before an offset."""
        before = [country for start, country in self.countries if start < offset]
        country = max(reversed(before), key=before.count, default="")
        if not country or not told.title:
            return told
        if told.national:
            return replace(
                told,
                name=f"{demonym_of(country)} {told.title[:1].lower()}{told.title[1:]}" if not told.back else f"{demonym_of(country)} {told.title}",
            )
        link = _SENT.get(told.title)
        return replace(told, name=f"{told.title} {link} {country}") if link else told

    def voice(self, told: Speaker) -> Speaker:
        """`أعلنت وكالة أعماق`: a group's own outlet passes on what the group says, where the group was named."""
        owner = owner_of_outlet(told.id)
        if owner is None or told.relay is not None:
            return told
        self._settle()
        named = any(speaker.id == owner[1] for _, speaker in self.titled)
        return replace(told, name=owner[0], id=owner[1], relay=told.name, relay_id=told.id, side=owner) if named else told

    def _in_full(self, told: Speaker) -> Speaker:
        """`أميناتا`, `أبو عمر`: part of a name that was told in full before."""
        name = told.name
        if not name or told.id is not None or told.nominal:
            return told
        for full, person in self.people.items():
            if full.startswith(f"{name} ") or full.endswith(f" {name}"):
                return replace(told, name=full, id=person.id)
        return told


def _words(title: str) -> frozenset[str]:
    """Words of a title, of whatever number and gender."""
    return frozenset("spokesperson" if word.startswith("spokes") else word.rstrip("s") for word in title.lower().split())


def _office_before(reading: Reading, at: int) -> str:
    """The office in apposition before a person: `وزير الدفاع مروان حداد`, `المتحدث باسم الشرطة، العقيد فلان`."""
    first = None
    for head in range(at - 1, max(-1, at - _REACH), -1):
        word = reading.words[head]
        if (
            reading.tokens[head].kind == "mark"
            or word.finite
            or ("preposition" in word.roles and word.nationality is None and reading.fold(head) not in _WITHIN)
        ):
            break
        if word.source is not None and word.source.entry.role in HEADS and head not in reading.mention_at:
            first = head
    if first is None:
        return ""
    mentions = [(k, reading.mention_at[k]) for k in range(first + 1, at) if k in reading.mention_at and reading.span_of[k][0] == k]
    title = title_of(reading, first, at, mentions)
    return title.name if title is not None else ""
