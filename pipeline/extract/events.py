"""Events: what happens, who does it to whom, where, when, how many, how surely and according to whom.

A word of event_triggers.csv whose conditions hold is a happening; `roles` finds the parties, `status` the modality.
Places, dates and figures are taken by scope: clause, then sentence, then paragraph, as far as the kind allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.extract.claims import Speech
from pipeline.extract.clauses import Reading
from pipeline.extract.conditions import trigger_here
from pipeline.extract.happenings import figures_for, fold_casualties, same_happening
from pipeline.extract.model import Claim, Event, Time
from pipeline.extract.roles import Item, Name, Roles, clause_end, items_of, roles_of
from pipeline.extract.status import status_of
from pipeline.lexicon.vocabulary import scopes

_OUTLINE = frozenset(("agreement", "meeting", "ceasefire", "proposal", "aid", "vote", "sanction", "deployment"))


@dataclass(slots=True)
class Found:
    """An event with where it stands in its sentence."""

    event: Event
    index: int
    last: int
    verb: bool
    roles: Roles


@dataclass(slots=True)
class EventFinder:
    """Finds the events of a document sentence by sentence and remembers last agent and last place."""

    events: list[Event] = field(default_factory=list)
    agents: list[Name] = field(default_factory=list)
    place: Name | None = None
    _paragraph: int = -1

    def read(self, reading: Reading, speeches: list[Speech]) -> list[Event]:
        """Events of a sentence, in order."""
        if reading.sentence.kind == "heading":
            return []
        if reading.sentence.paragraph_no != self._paragraph:
            self._paragraph, self.place = reading.sentence.paragraph_no, None
        items = items_of(reading)
        found = [f for i in range(len(reading.words)) if (f := self._at(reading, items, i, speeches)) is not None]
        found += [f for s in speeches if (f := self._spoken(reading, items, s)) is not None]
        found.sort(key=lambda f: f.event.start)
        figures_for(reading, [(f.event, f.index, f.verb) for f in found])
        events = fold_casualties(reading, [(f.event, f.index) for f in found])
        self._remember(items)
        for event in events:
            event.same_as = same_happening(event, self.events)
            self.events.append(event)
        return events

    def _at(self, reading: Reading, items: list[Item], index: int, speeches: list[Speech]) -> Found | None:
        if not reading.words[index].triggers:
            return None
        if index in reading.mention_at and reading.mention_at[index].type != "weapon":
            return None
        hit = trigger_here(reading, items, index)
        if hit is None:
            return None
        match, roles = hit
        last = index + len(match.entry.rest)
        token = reading.tokens[index]
        start = token.start + _clitics(match.analysis.proclitics, token.norm)
        base = reading.sentence.start
        end = reading.tokens[last].end
        event = Event(reading.sentence.sentence_no, start, end, reading.sentence.text[start - base : end - base], match.entry.kind)
        claim = _claim_at(speeches, start)
        verb = match.pos == "verb"
        self._parties(reading, event, roles, verb, claim)
        self._place(reading, items, event, roles, index)
        _date(event, reading, index)
        event.status, event.source = status_of(reading, index, match, claim)
        if not event.agents and not event.places and event.kind == "other" and not event.patients and not verb:
            event.confidence = 0.4
        if event.agents and event.kind not in ("denial", "accusation", "appeal", "threat"):
            self.agents = list(zip(event.agents, event.agent_ids, strict=True))
        return Found(event, index, last, verb, roles)

    def _parties(self, reading: Reading, event: Event, roles: Roles, verb: bool, claim: Claim | None) -> None:
        agents, patients = roles.agents, roles.patients
        if not agents and roles.elliptical and verb and roles.object is not None and event.kind not in ("displacement", "evacuation"):
            agents = self.agents
        patients = [p for p in patients if p not in agents]
        event.agents, event.agent_ids = [n for n, _ in agents], [i for _, i in agents]
        event.patients, event.patient_ids = [n for n, _ in patients], [i for _, i in patients]

    def _place(self, reading: Reading, items: list[Item], event: Event, roles: Roles, index: int) -> None:
        reach = scopes()[event.kind].place
        if reach == "none":
            return
        names = list(roles.places) or _clause_places(reading, items, index)
        if not names and reach in ("sentence", "paragraph"):
            names = _sentence_places(items, index)
        if not names and reach == "paragraph" and self.place is not None:
            names = [self.place]
        event.places, event.place_ids = [n for n, _ in names], [i for _, i in names]

    def _remember(self, items: list[Item]) -> None:
        places = [i for i in items if i.sort == "place"]
        if places:
            self.place = places[-1].names[0]

    def _spoken(self, reading: Reading, items: list[Item], speech: Speech) -> Found | None:
        """The event that a cue itself is: a denial, a threat, an appeal, an accusation, a proposal."""
        kind = speech.cue.event
        if not kind or reading.words[speech.index].cue is None:
            return None
        token = reading.tokens[speech.index]
        cue = reading.words[speech.index].cue
        assert cue is not None
        start = token.start + _clitics(cue.analysis.proclitics, token.norm)
        base = reading.sentence.start
        event = Event(reading.sentence.sentence_no, start, token.end, reading.sentence.text[start - base : token.end - base], kind)
        if speech.speaker is not None and speech.speaker.name:
            event.agents, event.agent_ids = [speech.speaker.name], [speech.speaker.id]
        addressee = _addressee(items, speech, event)
        if addressee is not None:
            event.patients, event.patient_ids = [n for n, _ in addressee.names], [i for _, i in addressee.names]
        _date(event, reading, speech.index)
        return Found(event, speech.index, speech.index, True, Roles())


def _clitics(proclitics: str, word: str) -> int:
    """How many letters of the token stand before the trigger: و, ف, ب, س, never the article."""
    front = proclitics.removesuffix("ال")
    return len(front) if front != "لل" and word.startswith(front) and front != "س" and front != "وس" else len(front) - 1 if front == "وس" else 0


def _claim_at(speeches: list[Speech], offset: int) -> Claim | None:
    """The shortest claim that holds an offset."""
    holding = [c for s in speeches for c in s.claims if c.start <= offset < c.end]
    return min(holding, key=lambda c: c.end - c.start, default=None)


def _clause_places(reading: Reading, items: list[Item], index: int) -> list[Name]:
    """Places behind the trigger in its clause, the first with those joined to it; else the nearest before it there."""
    end = clause_end(reading, index)
    after = [i for i in items if i.sort == "place" and index < i.first < end]
    if after:
        return _series(items, after[0])
    before = [i for i in items if i.sort == "place" and i.first < index and reading.clause[i.first] == reading.clause[index]]
    return list(before[-1].names) if before else []


def _series(items: list[Item], item: Item) -> list[Name]:
    names = list(item.names)
    last = item.last
    for other in items[items.index(item) + 1 :]:
        if other.sort != "place" or other.prep not in ("و",) or other.first - last > 4:
            break
        names += other.names
        last = other.last
    return names


def _sentence_places(items: list[Item], index: int) -> list[Name]:
    places = sorted((i for i in items if i.sort == "place"), key=lambda i: (abs(i.first - index)))
    return list(places[0].names) if places else []


def _date(event: Event, reading: Reading, index: int) -> None:
    time = _time_for(reading, index)
    if time is None or time.value is None:
        return
    event.date_start = _day(time.value, last=False)
    event.date_end = _day(time.value_end or time.value, last=True)
    event.date_precision = time.precision


def _time_for(reading: Reading, index: int) -> Time | None:
    """A calendar point in the trigger's clause, the nearest one."""
    if not reading.times:
        return None
    clause = reading.clause[index]
    near = [t for t in reading.times if t.value and reading.clause[reading.token_at(t.start)] == clause]
    return min(near, key=lambda t: abs(t.start - reading.tokens[index].start), default=None)


def _day(value: str, last: bool) -> date | None:
    """First or last day of an ISO day, month or year."""
    parts = [int(p) for p in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) == 3:
        return date(year, month, parts[2])
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - (date(2, 1, 2) - date(2, 1, 1))


def _addressee(items: list[Item], speech: Speech, event: Event) -> Item | None:
    """To whom an appeal, an accusation or a threat goes: the second name before the clause that is said."""
    wanted = speech.cue.addressee
    if not wanted:
        return None
    limit = speech.speaker_end or speech.index + 8
    names = [i for i in items if speech.index < i.first < max(limit, speech.index + 2) and i.sort in ("actor", "person", "group", "place") and i.names]
    if wanted in ("على", "من", "ب", "ل"):
        return next((i for i in names if i.prep == wanted), None)
    return next((i for i in names if i.names[0][0] not in event.agents and i.prep == ""), None)
