"""Events: what happens, who does it to whom, where, when, how many, how surely and according to whom.

A word of event_triggers.csv whose conditions hold is a happening; `roles` finds the parties its own clause tells,
`discourse` those that the text before implies, `status` the modality, `happenings` figures and retellings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.extract.claims import Speech
from pipeline.extract.clauses import Reading
from pipeline.extract.conditions import trigger_here
from pipeline.extract.discourse import Discourse
from pipeline.extract.happenings import figures_for, fold_casualties, same_happening
from pipeline.extract.model import Event
from pipeline.extract.phrases import Item, Name, items_of, named_places
from pipeline.extract.roles import joined_names
from pipeline.extract.scope import date_event, place_event
from pipeline.extract.status import status_of
from pipeline.extract.told import Told, grounded, merge_neighbours, of_the_speaker, retold
from pipeline.lexicon.gazetteer import context

_ENDS = frozenset(("قف", "وقف", "توقف", "توقفت", "انهاء", "نهايه", "انتهاء"))
_STATEMENTS = frozenset(("اتهام", "اتهامات", "رقم", "ارقام", "حصيله", "تقرير", "تقارير", "مزاعم", "روايه", "ادعاء", "ادعاءات", "صحه", "تصريحات"))
_BREACHES = frozenset(("خرق", "خروق", "خروقات", "انتهاك", "انتهاكات"))
_NO_AIMS = frozenset(("killing", "injury", "ceasefire"))
_DRIVES = frozenset(("threat", "displacement"))
_DRIVEN = 6
_ASIDE = frozenset(("لل", "بال", "ل", "ب"))


@dataclass(slots=True)
class EventFinder:
    """Finds the events of a document sentence by sentence; what earlier sentences told is kept in `discourse`.

    headings: read headings too, for a document that is nothing else. theme: the place that the article is about, should its
    heading name none. published: the day of publication.
    """

    headings: bool = False
    theme: Name | None = None
    published: date | None = None
    events: list[Event] = field(default_factory=list)
    discourse: Discourse = field(default_factory=Discourse)

    def read(self, reading: Reading, speeches: list[Speech]) -> list[Event]:
        """Events of a sentence, in order; a heading tells nothing that its article does not tell."""
        if reading.sentence.kind != "heading" and self.theme is not None and not self.discourse.theme:
            self.discourse.theme = [self.theme]
        if (reading.sentence.kind == "heading" and not self.headings) or not _eventful(reading):
            self.discourse.pass_over(reading, named_places(reading))
            return []
        items = items_of(reading)
        self.discourse.enter(reading, items, speeches)
        self.discourse.head(reading, items)
        spoken = [t for t in (self._spoken(reading, items, s) for s in speeches) if t is not None]
        silent = {s.index for s in speeches}
        found = [self._at(reading, items, i) for i, word in enumerate(reading.words) if word.triggers and i not in silent]
        told = sorted([t for t in found if t is not None] + spoken, key=lambda t: t.index)
        told = merge_neighbours(reading, told)
        told = [t for i, t in enumerate(told) if not retold(t, [*self.events, *(other.event for other in told[:i])])]
        figures_for(reading, told)
        told = [t for t in fold_casualties(reading, told) if grounded(reading, items, t)]
        self.discourse.settle(told)
        events = [t.event for t in told]
        for event in events:
            self.discourse.match_up(event)
            event.confidence = _confidence(event)
            event.same_as = same_happening(event, self.events)
            self.events.append(event)
        self.discourse.leave(items)
        return events

    def _at(self, reading: Reading, items: list[Item], index: int) -> Told | None:
        if _named_or_timed(reading, index) or _ended(reading, index) or _aimed_at(reading, index) or self.discourse.spoken_by(reading, index):
            return None
        hit = trigger_here(reading, items, index)
        if hit is None:
            return None
        match, roles = hit
        last = index + len(match.entry.rest)
        start = _start(reading, index, match.analysis.proclitics)
        event = _event(reading, start, reading.tokens[last].end, match.entry.kind)
        speech, claim = self.discourse.claim_at(start)
        told = Told(event, index, last, match, roles, speech, claim)
        self.discourse.complete(reading, items, told)
        _fill(event, roles.agents, roles.patients)
        event.status, event.source = status_of(reading, index, match, claim)
        here = [i for i in items if not of_the_speaker(reading, i, told)]
        place_event(event, reading, here, index, roles, self.discourse.place, self.discourse.theme)
        if event.kind == "clash" and "حرب" in reading.fold(index) and not roles.places:
            self.discourse.widen(event)
        date_event(event, reading, index)
        if self._ahead(event) and match.tense != "past":
            event.status = "expected"
        self.discourse.note(told)
        return told

    def _ahead(self, event: Event) -> bool:
        """`يزور الوفد العاصمة الخميس المقبل`: what is dated behind the day of publication has not happened yet."""
        dated = self.published is not None and event.date_start is not None and event.date_start > self.published
        return dated and event.status in ("asserted", "claimed")

    def _spoken(self, reading: Reading, items: list[Item], speech: Speech) -> Told | None:
        """The event that a cue itself is: a denial, a threat, an appeal, an accusation, a proposal."""
        cue = reading.words[speech.index].cue
        if not speech.cue.event or cue is None:
            return None
        kind = _rejects(reading, speech) if speech.cue.name == "refuse" else speech.cue.event
        event = _event(reading, _start(reading, speech.index, cue.analysis.proclitics), reading.tokens[speech.index].end, kind)
        speaker = speech.speaker
        agents: list[Name] = [(speaker.name, speaker.id)] if speaker is not None and speaker.name else []
        subject = next((i for i in items if speech.index < i.first < speech.speaker_end and i.names[:1] == tuple(agents)), None)
        if subject is not None:
            agents = joined_names(items, subject)
        _fill(event, agents, self.discourse.addressee(reading, items, speech))
        date_event(event, reading, speech.index, speech.claims)
        return Told(event, speech.index, speech.index, None, None, None, None)


def _rejects(reading: Reading, speech: Speech) -> str:
    """Refusing an accusation, a figure or a story denies it; refusing an offer is an act of its own."""
    first = reading.token_at(speech.claims[0].start) if speech.claims else speech.index
    return "denial" if _STATEMENTS.intersection(reading.words[first].stems) else "other"


def _confidence(event: Event) -> float:
    """Share of such rows that careful readers also noted, rounded down for texts not seen before."""
    if event.kind == "other":
        return 0.6
    return 0.85 if event.agents or event.patients else 0.65


def _eventful(reading: Reading) -> bool:
    return any(word.triggers or word.cue is not None for word in reading.words)


def _named_or_timed(reading: Reading, index: int) -> bool:
    """A word inside a name or a date (`فجر الثلاثاء`) is no trigger; a named weapon may be."""
    mention = reading.mention_at.get(index)
    if mention is not None and mention.type != "weapon":
        return True
    return index in reading.timed


def _ended(reading: Reading, index: int) -> bool:
    """`وقف القتال`, `توقف المعارك`: the end of a fight is no fight; a noun that only qualifies another behind ل (`مخيم للنازحين`)."""
    word = reading.words[index]
    if "clash" in word.kinds and reading.fold(index - 1).lstrip("وفبل") in _ENDS:
        return True
    if "ceasefire" in word.kinds and reading.fold(index - 1).lstrip("وب") in _BREACHES:
        return True
    if "displacement" not in word.kinds:
        return False
    return any(
        m.entry.kind == "displacement" and m.analysis.stem in context("displaced_people") and m.analysis.proclitics in _ASIDE for m in word.triggers
    )


def _aimed_at(reading: Reading, index: int) -> bool:
    """`كل الوسائل لمنع التسلل`, `خطة لخفض التصعيد`: a verbal noun behind ل is an aim; not what one calls for, meets with or is driven to."""
    word = reading.words[index]
    if reading.fold(index).lstrip("وف")[:1] != "ل" or word.finite or not word.kinds.isdisjoint(_NO_AIMS):
        return False
    if not any(m.analysis.proclitics.lstrip("وف") in ("ل", "لل") for m in word.triggers):
        return False
    before = reading.words[max(0, index - _DRIVEN) : index]
    return not any(w.light is not None or not w.kinds.isdisjoint(_DRIVES) or (w.cue is not None and w.cue.entry.event) for w in before)


def _event(reading: Reading, start: int, end: int, kind: str) -> Event:
    base = reading.sentence.start
    return Event(reading.sentence.sentence_no, start, end, reading.sentence.text[start - base : end - base], kind)


def _start(reading: Reading, index: int, proclitics: str) -> int:
    """Where the trigger begins: behind و, ف, ب, ل and ك; the article and the future س stay with it."""
    token = reading.tokens[index]
    front = proclitics.removesuffix("ال").removesuffix("س")
    front = front[:-1] if front.endswith("لل") else front
    return token.start + (len(front) if token.norm.startswith(front) else 0)


def _fill(event: Event, agents: list[Name], patients: list[Name]) -> None:
    mutual = event.kind == "accusation" and patients == agents
    patients = patients if mutual else [p for p in patients if p not in agents]
    event.agents, event.agent_ids = [n for n, _ in agents], [i for _, i in agents]
    event.patients, event.patient_ids = [n for n, _ in patients], [i for _, i in patients]
