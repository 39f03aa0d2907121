"""What the text before a trigger implies about its parties: pronouns, dropped subjects, the other side, last place.

Arabic drops the subject of a verb that goes on (`وقتلت 22 جنديا`) and says `قواته` for a side it has named; in a claim
both mean the speaker's side unless the claim names another subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.addressees import addressee_of, demanded_of
from pipeline.extract.claims import Speech
from pipeline.extract.clauses import COMMAS, Reading
from pipeline.extract.model import Claim, Event
from pipeline.extract.opponents import Opponents
from pipeline.extract.phrases import PEOPLE, Item, Name
from pipeline.extract.roles import Roles, clause_end
from pipeline.extract.sides import army_of, army_of_code, country_of, is_army, kind_and_country, place_sort, same_state
from pipeline.extract.told import Told

_OPPOSED = frozenset(
    ("territory_captured", "attack", "airstrike", "shelling", "killing", "destruction", "aircraft_downed",
     "equipment_captured", "detention", "advance", "drone_strike")
)  # fmt: skip
# How many characters into a claim a verbal noun is still the speaker's own act: `نفت الوزارة مسؤوليتها عن قصف`.
_OWN_ACT = {"asserts": 2, "proposes": 2, "denies": 26, "acknowledges": 26, "threatens": 26}
_HARDWARE = frozenset(("vehicle", "weapon", "aircraft"))
_OWNED = frozenset(("aircraft_downed", "equipment_captured"))
_HIS = ("ه", "ها", "هم", "هما", "نا")
_THEM = frozenset(("هم", "هما", "هن"))
_TWO = ("ان", "ين")  # `الطرفان`, `الجانبين`
_BUILT = frozenset(("city", "town", "community", "populated_place", "village", ""))
_SORTS = {
    "مدينه": _BUILT, "بلده": _BUILT, "قريه": _BUILT, "محافظه": frozenset(("governorate", "region", "district", "city")),
    "ولايه": frozenset(("governorate", "region", "district")), "اقليم": frozenset(("governorate", "region")),
}  # fmt: skip
_TOWNS = frozenset(("مدينه", "بلده", "محافظه", "منطقه", "عاصمه", "بلاد", "اقليم", "ولايه", "قريه", "مقاطعه"))
# Pronouns and words for the other side, whose name the text before must tell.
_ENEMY = frozenset(("للعدو", "العدو", "منهم", "فيهم", "لهم"))
_OFFENSIVE = frozenset(("territory_captured", "attack", "advance"))
# `القوات المهاجمة`: whoever attacked last.
_ATTACKERS = frozenset(("المهاجمون", "المهاجمين", "المهاجمه"))
_AT = frozenset(("في", "خلال", "اثر", "عقب", "بعد"))
_LOSSES = frozenset(("killing", "injury", "bombing", "suicide_bombing", "detention", "abduction"))
_ARMED = _OPPOSED | frozenset(("surrender", "clash", "siege", "bombing", "chemical_attack"))
_MILITARY = _ARMED | frozenset(("withdrawal", "deployment", "ceasefire", "release"))
_ABLE = frozenset(("army", "armed_group", "coalition", "government", "state", ""))
_FIELDED = frozenset(("army", "armed_group"))
_SOLDIERS = frozenset(("Soldiers", "Officers"))
_UNNAMED = frozenset(("Soldiers", "Officers", "Fighters", "Rebels"))
_LOST = frozenset(("killing", "injury", "detention"))
_ENDED_BY_LOSS = frozenset(("territory_captured", "killing"))
_FOES_LOSS = frozenset(("territory_captured", "aircraft_downed", "equipment_captured"))
_NEXT = 2
_CROWDS = frozenset(("Civilians", "Protesters", "Fighters", "Soldiers", "Migrants", "Refugees", "Residents"))
_ON_THE_MOVE = frozenset(("Migrants", "Refugees"))
_YIELDED = frozenset(("release", "withdrawal", "surrender"))
_TALKS = frozenset(("meeting", "agreement", "ceasefire"))
_SAVED = frozenset(("evacuation", "aid"))
_SOME_OF = frozenset(("اخرين", "اخرون", "احدهما", "احدهم", "احداهما", "منهم", "منهما", "بعضهم", "عنهم", "عنهما", "عنه"))
_BOMBED = frozenset(("airstrike", "shelling", "drone_strike"))
_FROM_AFAR = frozenset(("airstrike", "drone_strike"))
_BEFORE_A_FALL = frozenset(("siege", "attack"))
_TOGETHER = frozenset(("clash", "meeting", "agreement", "ceasefire"))
_TOLD = frozenset(("asserted", "claimed", "denied"))


@dataclass(slots=True)
class Discourse:
    """Memory of a document while its sentences are read."""

    agents: list[Name] = field(default_factory=list)
    place: list[Name] = field(default_factory=list)
    forces: list[Name] = field(default_factory=list)
    bombed: str = "shelling"
    captor: list[Name] = field(default_factory=list)
    theme: list[Name] = field(default_factory=list)
    opponents: Opponents = field(default_factory=Opponents)
    _known: list[tuple[str, Name]] = field(default_factory=list)
    _paragraph: int = -1
    _begun: int = 0
    _scene: list[Name] = field(default_factory=list)
    _speeches: list[Speech] = field(default_factory=list)
    _claim: Claim | None = None
    _in_sentence: list[Name] = field(default_factory=list)
    _fought: list[Name] = field(default_factory=list)
    _struck: list[list[Name]] = field(default_factory=list)
    _told: list[Told] = field(default_factory=list)
    _moved: list[Name] = field(default_factory=lambda: [("Civilians", None)])
    pair: list[Name] = field(default_factory=list)

    def enter(self, reading: Reading, items: list[Item], speeches: list[Speech]) -> None:
        """Begin a sentence: forget the place of another paragraph, resolve `قواته` and `طائراتها`."""
        if reading.sentence.paragraph_no != self._paragraph:
            self._paragraph, self.place, self._begun = reading.sentence.paragraph_no, [], len(self._known)
            self._scene = next((list(i.names) for i in items if i.sort == "place" and i.first <= 2 and _sets_scene(reading, i)), [])
        self._speeches, self._claim, self._in_sentence, self._fought = speeches, None, [], []
        self._struck, self._told = [], []
        for item in items:
            if "sides" in item.classes and reading.fold(item.first).endswith(_TWO) and self.pair:
                item.sort, item.names = "actor", tuple(self.pair)
            if item.owned:
                item.names = tuple(_arm_of(reading, item, self._owner(reading, items, item)))
            elif self.captor and item.sort == "group" and _ATTACKERS.intersection((reading.fold(item.first), reading.fold(item.last + 1))):
                item.names = tuple(self.captor)

    def head(self, reading: Reading, items: list[Item]) -> None:
        """Resolve `المدينة` and `المطار`; the first place that the article names, in its heading if it has one, is its theme."""
        for item in items:
            if item.sort == "place":
                text = " ".join(reading.fold(k) for k in range(max(0, item.first - 1), item.last + 1))
                self._known.append((text, item.names[0]))
                self.theme = self.theme or list(item.names)
            elif item.sort == "group" and "place" in item.classes and _definite(reading, item, items):
                names = self._place_called(reading.fold(item.first))
                if names:
                    item.sort, item.names = "place", tuple(names)

    def _place_called(self, fold: str) -> list[Name]:
        """The paragraph's last place whose name or classifier has that noun, else its last of that sort, else the article's."""
        noun = fold[fold.find("ال") + 2 :] if "ال" in fold[:4] else fold
        here = self._called(noun, self._known[self._begun :])
        if here or noun not in _TOWNS:
            return here or self._called(noun, self._known)
        if noun == "بلاد":
            return country_of(self.theme)
        sorts = _SORTS.get(noun)
        fitting = [name for _, name in self._known[self._begun :] if sorts is not None and place_sort(name[1]) in sorts][-1:]
        fitting += self._called(noun, self._known)
        fitting += [name for name in [*self._scene, *self.theme] if sorts is None or place_sort(name[1]) in sorts]
        return fitting[:1] or [name for _, name in self._known if sorts is None or place_sort(name[1]) in sorts][-1:] or self.theme

    @staticmethod
    def _called(noun: str, known: list[tuple[str, Name]]) -> list[Name]:
        """The last of some places whose name or classifier has a noun."""
        return next(([name] for text, name in reversed(known) if noun in text.split() or "ال" + noun in text.split()), [])

    def widen(self, event: Event) -> None:
        """A war is a country's, not a town's; but Gaza's is not the West Bank's."""
        land = country_of(list(zip(event.places, event.place_ids, strict=True)))
        if land and land[0][0] != "Palestine":
            event.places, event.place_ids = [land[0][0]], [land[0][1]]

    def pass_over(self, reading: Reading, places: list[Item]) -> None:
        """A sentence without happenings, or a heading: only its places are remembered."""
        if places:
            self.head(reading, places)
            self.leave(places)

    def leave(self, items: list[Item]) -> None:
        """End a sentence: remember its last place and its forces."""
        places = [i for i in items if i.sort == "place"]
        if places:
            here = {i.names[0] for i in places if i.names}
            struck = next((p for p in reversed(self._struck) if p[0] in here), None)
            self.place = struck or self._scene or list(places[-1].names)
        for item in items:
            if item.sort == "actor" and "armed" in item.classes:
                self._seen(item.names[0])

    def _seen(self, name: Name) -> None:
        if name in self.forces:
            self.forces.remove(name)
        self.forces.append(name)

    def claim_at(self, offset: int) -> tuple[Speech | None, Claim | None]:
        """The shortest claim that holds an offset, with its speech."""
        best: tuple[Speech | None, Claim | None] = (None, None)
        for speech in self._speeches:
            for claim in speech.claims:
                if claim.start <= offset < claim.end and (best[1] is None or claim.end - claim.start < best[1].end - best[1].start):
                    best = (speech, claim)
        return best

    def spoken_by(self, reading: Reading, index: int) -> bool:
        """`وذكر نازحون أن`, `قال جرحى إن`: people who speak are no happening."""
        triggers = reading.words[index].triggers
        if reading.words[index].source is None or not triggers or any(m.pos == "verb" for m in triggers):
            return False
        return any(s.index < index < s.speaker_end for s in self._speeches)

    def addressee(self, reading: Reading, items: list[Item], speech: Speech) -> list[Name]:
        """Who is called upon, accused or threatened: named, meant by a pronoun (`اتهمها`), or told by what is demanded."""
        cue = reading.words[speech.index].cue
        if cue is not None and cue.pos == "verb" and cue.analysis.enclitic and speech.cue.event:
            before = [s.speaker for s in self._speeches if s.index < speech.index and s.speaker is not None and s.speaker.name]
            return self._antecedent(items, speech.index) or [(b.name, b.id) for b in before[-1:] if b.name]
        found = addressee_of(reading, items, speech)
        speaker = speech.speaker
        if found is not None and speech.cue.event == "accusation" and speaker is not None and speaker.id and found.names[0][1] and not self.pair:
            self.pair = [(speaker.name or "", speaker.id), found.names[0]]
        if found is not None:
            return list(found.names)
        return demanded_of(reading, items, speech) or self._asked_of_foe(reading, speech)

    def _asked_of_foe(self, reading: Reading, speech: Speech) -> list[Name]:
        """`طالبت الحكومة بإطلاق سراح الأسرى`: only the other side can let go, withdraw or lay down arms."""
        if speech.cue.event != "appeal" or not speech.claims:
            return []
        head = reading.token_at(speech.claims[0].start)
        kinds = {m.entry.kind for k in (head, head + 1) if k < len(reading.words) for m in reading.words[k].triggers}
        return self.opponents.of(self._side(speech)) if kinds & _YIELDED else []

    def complete(self, reading: Reading, items: list[Item], told: Told) -> None:
        """Add to a telling's parties what its clause leaves out."""
        roles, match = told.roles, told.match
        if roles is None or match is None:
            return
        roles.own = bool(roles.agents or roles.patients)
        trigger = match.entry
        if roles.subject is not None and "sides" in roles.subject.classes and trigger.subject == "agent":
            roles.agents = roles.agents or self.pair[:]
        if told.claim is not self._claim:
            self._claim = told.claim
            own = told.claim is not None and not _reported(told.speech) and _of_himself(reading, told.claim)
            self._in_sentence = self._side(told.speech) if own else []
        if not roles.agents and not roles.withstood:
            roles.agents = self._implied_agents(reading, items, told, roles)
        own = told.claim is None or (trigger.kind == "attack" and _of_himself(reading, told.claim))
        if trigger.subject == "patient" and roles.elliptical and match.pos == "verb" and not roles.patients and own:
            roles.patients = self._main(told) or self._in_sentence or self._antecedent(items, told.index)
        if roles.guessed and not roles.agents and self._goes_on(reading, told):
            roles.agents = self._in_sentence[:]
        if trigger.kind == "protest" and all(known is None for _, known in roles.agents) and not _called_for(reading, told):
            roles.agents = [("Protesters", None)]
        if trigger.kind == "displacement":
            roles.patients = roles.patients or self._moved[:]
            self._moved = roles.patients[:1] if roles.patients[0][0] in _ON_THE_MOVE else self._moved
        if trigger.kind == "shelling" and "قصف" in reading.fold(told.index):
            told.event.kind = self._bombed_by(reading, items)
        if trigger.genitive == "patient" and match.pos != "verb" and match.analysis.enclitic and not roles.patients:
            before = self._told[-1].roles if self._told and match.analysis.enclitic in _THEM else None
            roles.patients = (before.patients[:] if before is not None else []) or self._antecedent(items, told.index)
        if trigger.kind == "clash":
            self._both_sides(items, told, roles)
        if roles.mutual and trigger.kind == "accusation":
            roles.agents = self.pair[:] if roles.subject is not None and "sides" in roles.subject.classes else roles.agents
            roles.patients = roles.agents[:]
        if trigger.kind in _BEFORE_A_FALL and not roles.agents and told.noun and not match.analysis.definite and self._fought and not roles.withstood:
            roles.agents, roles.patients = self._fought[:1], roles.patients or self._fought[1:]
        if trigger.kind in _LOST and match.pos == "verb" and match.number == "plural" and roles.elliptical and not roles.patients:
            roles.patients = next((t.roles.patients[:] for t in reversed(self._told) if t.event.kind in _LOST and t.roles is not None), [])
        suffers = trigger.object == "patient" or "patient" in trigger.preps.values()
        if suffers and match.pos == "verb" and not roles.patients and roles.object is None:
            roles.patients = self._taken_before(reading, items, told)
        if trigger.kind in ("ceasefire", "agreement") and not roles.agents and told.noun:
            roles.agents = self._agreed(told)
        if trigger.kind in _TALKS and told.noun and len(roles.agents) == 1 and roles.agents[0] in self.pair:
            roles.agents = self.pair[:]  # nobody negotiates alone
        if trigger.kind in _SAVED and not roles.patients and roles.object is not None and roles.object.classes & PEOPLE and not roles.object.owned:
            roles.patients = [("Civilians", None)]
        if trigger.kind == "meeting" and match.pos == "verb" and match.analysis.proclitics.startswith("و") and len(roles.agents) == 1:
            roles.agents = list(dict.fromkeys([*(self._in_sentence or self._antecedent(items, told.index)), *roles.agents]))
        if trigger.kind == "meeting" and roles.patients:
            roles.agents += [n for n in roles.patients if n not in roles.agents]
            roles.patients = []
        if trigger.kind in _ENDED_BY_LOSS and roles.patients and not roles.agents and trigger.subject == "patient":
            roles.agents = self.opponents.of(roles.patients)
        if roles.agents and roles.agents[0][0] in _SOLDIERS and roles.agents[0][1] is None:
            roles.agents = self._army() or roles.agents
        if trigger.kind == "attack" and trigger.subject == "patient":
            told_by = self._side(told.speech) if told.noun and told.claim is not None else []
            roles.patients = roles.patients or told_by
            roles.agents = roles.agents or self.opponents.of(roles.patients)
        if roles.withstood:
            roles.patients = roles.patients or self._in_sentence or self._antecedent(items, told.index)
            roles.agents = roles.agents if roles.agents and roles.agents[0] not in roles.patients else self.opponents.of(roles.patients)
        self._other_side(reading, items, told, roles)
        self._own_losses(told, roles)
        self._fall(reading, told, roles)
        self._meeting(reading, items, told, roles)

    def _both_sides(self, items: list[Item], told: Told, roles: Roles) -> None:
        """`هاجم … ودارت اشتباكات مع الجيش`: who attacked and whom it met; `سيطرت على الحي بعد معارك`: who took and who lost."""
        if len(roles.agents) == 1:
            armed = [*self.forces, *(n for i in items if i.sort == "actor" and "force" in i.classes for n in i.names)]
            other = [n for n in self._in_sentence or self._antecedent(items, told.index) if n not in roles.agents and n in armed]
            roles.agents = other + roles.agents
        if len(roles.agents) == 1:
            roles.agents += [n for n in self.opponents.of(roles.agents) if n not in roles.agents]
        if not roles.agents and told.noun and told.match is not None and not told.match.analysis.definite:
            roles.agents = self._fought[:]

    def _taken_before(self, reading: Reading, items: list[Item], told: Told) -> list[Name]:
        """`اعتُقل متطوعان …، ثم أُفرج عن أحدهما`, `صدت المهاجمين وقتلت 17 منهم`: some of those of whom was told before."""
        if not _SOME_OF.intersection(reading.folds[told.index + 1 : told.index + 4]):
            return []
        if any(t.event.kind == "protest" for t in self._told):
            return [("Protesters", None)]
        low = self._told[-1].index if self._told else 0
        people = [i for i in items if i.last < told.index and i.sort == "group" and i.classes & PEOPLE and i.names]
        near = next((list(i.names) for i in reversed(people) if i.first > low), [])
        before = next((t.roles.patients[:] for t in reversed(self._told) if t.roles is not None and t.roles.patients), [])
        return near or before or (list(people[-1].names) if people else [])

    def _agreed(self, told: Told) -> list[Name]:
        """`توصل الطرفان إلى اتفاق لوقف إطلاق النار`: who agrees ceases; `اختتمت اللجنة جولتها من دون اتفاق`: who met agrees."""
        if told.event.kind == "agreement":
            met = next((t for t in reversed(self._told) if t.event.kind == "meeting" and t.roles is not None and t.roles.agents), None)
            return met.roles.agents[:] if met is not None and met.roles is not None else []
        before = self._told[-1] if self._told else None
        if before is None or before.roles is None or before.event.kind != "agreement" or told.index - before.last > _NEXT:
            return []
        return before.roles.agents[:]

    def settle(self, told: list[Told]) -> None:
        """`دخل الجيش المدينة بعد معارك مع المتمردين`: who fought him there has lost it."""
        for one in told:
            event = one.event
            if event.kind != "territory_captured" or event.patients or not event.agents or event.status not in _TOLD:
                continue
            fought = next((t.event for t in told if t.event.kind == "clash" and event.agents[0] in t.event.agents), None)
            if fought is not None:
                foes = [(n, i) for n, i in zip(fought.agents, fought.agent_ids, strict=True) if n not in event.agents and i is not None]
                event.patients, event.patient_ids = [n for n, _ in foes[:1]], [i for _, i in foes[:1]]

    def match_up(self, event: Event) -> None:
        """A clash of which one side is told (`32 مقاتلا من الجيش قُتلوا في مواجهات`) is with its opponent."""
        if event.kind == "clash" and len(event.agents) == 1:
            for name, known in self.opponents.of([(event.agents[0], event.agent_ids[0])]):
                event.agents.append(name)
                event.agent_ids.append(known)

    def _army(self) -> list[Name]:
        """Whose soldiers they are that nobody names: of the army last told, else of the land that the article is about."""
        land = country_of(self.theme)[:1]
        return [n for n in self.forces if is_army(n[1])][-1:] or [n for n in (army_of(land[0][0]) if land else ("", None),) if n[1]]

    def _own_losses(self, told: Told, roles: Roles) -> None:
        """`أعلن الجيش مقتل جنديين`: soldiers whose killer is not told are those of the army that speaks, or last spoken of."""
        if roles.agents or not roles.patients or roles.patients[0][0] not in _SOLDIERS or told.event.kind not in _LOSSES:
            return
        side = self._side(told.speech) if told.claim is not None else []
        boasts = told.claim is not None and told.claim.stance == "asserts" and any(kind_and_country(n[1])[0] == "armed_group" for n in side)
        if boasts and is_army((self.opponents.of(side)[:1] or [("", None)])[0][1]):
            roles.patients = self.opponents.of(side)[:1]  # the soldiers an armed group counts dead are its enemy's
            return
        armies = [n for n in self.forces if is_army(n[1])]
        own = [n for n in side if kind_and_country(n[1])[0] in _FIELDED] or [n for n in armies if any(same_state(n[1], s[1]) for s in side)]
        roles.patients = own[-1:] or armies[-1:] or roles.patients

    def _fall(self, reading: Reading, told: Told, roles: Roles) -> None:
        """`نفت الجماعة سقوط المطار`: lost by who denies it, taken by who claimed it or by the other side."""
        fallen = reading.fold(told.index).removeprefix("ب").removeprefix("ال") == "سقوط"
        if told.event.kind != "territory_captured" or not fallen or roles.agents or roles.patients:
            return
        side = self._side(told.speech) if told.claim is not None and told.claim.stance == "denies" else []
        others = [n for n in (self.captor or self.forces[-1:]) if n not in side and not any(same_state(n[1], s[1]) for s in side)]
        if side and others:
            roles.agents, roles.patients = others, side

    def _meeting(self, reading: Reading, items: list[Item], told: Told, roles: Roles) -> None:
        """`دعا الوزير، في اتصال هاتفي، القائد إلى …`: who speaks there meets; who proposes a meeting does not yet."""
        if told.event.kind != "meeting":
            return
        if told.claim is not None and told.claim.stance in ("proposes", "demands") and roles.agents == self._side(told.speech):
            roles.agents = []
        speech = next((s for s in self._speeches if s.index < told.index < s.speaker_end), None)
        speaker = speech.speaker if speech is not None else None
        aside = _AT.intersection(reading.folds[max(0, told.index - 2) : told.index])
        if speech is None or speaker is None or not speaker.name or not aside:
            return
        met = [*roles.agents, *self.addressee(reading, items, speech)]
        roles.agents = list(dict.fromkeys([(speaker.name, speaker.id), *met]))

    def _goes_on(self, reading: Reading, told: Told) -> bool:
        """`دمّر دبابتين وقتل 12 عنصرا`: joined by و without a comma to a verb that has its agent."""
        front = told.match.analysis.proclitics if told.match is not None else ""
        return front.startswith("و") and told.index > 0 and reading.tokens[told.index - 1].form.text not in COMMAS

    def _bombed_by(self, reading: Reading, items: list[Item]) -> str:
        """Bare `قصف` is an air raid where aircraft are named, else of the sort told last, unless guns are named."""
        if any(word in reading.sentence.text for word in ("مدفع", "صواريخ", "صاروخ", "قذائف", "قذيفة", "راجم")):
            return "shelling"
        return "airstrike" if any("air" in item.classes for item in items) else self.bombed

    def note(self, told: Told) -> None:
        """Remember who acted last and who attacked last."""
        if told.event.kind in _BOMBED:
            self.bombed = told.event.kind
        self._told.append(told)
        if told.event.kind in _TOGETHER and told.event.status != "negated" and told.roles is not None and len(told.roles.agents) == 2:
            self.pair = told.roles.agents[:]
        if told.event.places and told.event.kind not in _TOGETHER:
            self._struck.append(list(zip(told.event.places, told.event.place_ids, strict=True)))
        self._set_against(told)
        if told.event.kind in _OFFENSIVE and told.event.status in ("asserted", "claimed") and told.roles is not None and told.roles.agents:
            self.captor = told.roles.agents[:]
        if told.roles is not None and told.roles.agents and told.match is not None and told.match.entry.subject != "patient":
            if not told.roles.embedded and (told.match.pos == "verb" or not self._in_sentence):
                self._in_sentence = told.roles.agents[:]
            if told.event.kind not in _TOGETHER:
                self.agents = told.roles.agents[:]

    def _set_against(self, told: Told) -> None:
        """Remember the sides that a clash, a capture or a loss sets against each other."""
        roles = told.roles
        if roles is None or told.event.status not in _TOLD:
            return
        if told.event.kind == "clash":
            self.opponents.clash(roles.agents)
        elif told.event.kind in _OPPOSED:
            self.opponents.meet(roles.agents, roles.patients, weak=told.event.kind in _FROM_AFAR)
            if len(self.opponents.of(roles.agents[:1])) == 1:
                self.pair = [roles.agents[0], *self.opponents.of(roles.agents[:1])]
            if told.event.kind in _FOES_LOSS and roles.patients:
                self._fought = roles.agents + roles.patients

    def _implied_agents(self, reading: Reading, items: list[Item], told: Told, roles: Roles) -> list[Name]:
        match = told.match
        assert match is not None
        trigger = match.entry
        quoted = told.claim is not None and (told.claim.quote or reading.depth[told.index] > 0)
        if match.person == 1 and told.speech is not None and quoted:
            return self._actor(trigger.kind, told.speech) or self._side(told.speech) or self._in_sentence
        accused = told.claim is not None and told.claim.stance == "accuses" and told.speech is not None
        if accused and told.speech is not None and trigger.subject == "agent" and (match.pos != "verb" or roles.elliptical):
            return self.addressee(reading, items, told.speech)
        if roles.head is not None:
            return next((t.roles.agents[:] for t in self._told if t.index == roles.head and t.roles is not None), [])
        if match.pos == "verb":
            if trigger.subject != "agent" or not roles.elliptical or match.voice == "passive":
                return []
            if match.gender == "feminine" and match.number == "singular" and self._in_sentence and _people(self._in_sentence[0]):
                return self._antecedent(items, told.index)  # `ففرقت القوات المتظاهرين من دون أن تعتقل أحدا`
            if told.claim is not None and not _of_himself(reading, told.claim):
                low = reading.token_at(told.claim.start)
                return self._carried(reading, items, told) or self._in_sentence or self._antecedent(items, told.index, low)
            return self._carried(reading, items, told) or self._in_sentence or self._main(told) or self._antecedent(items, told.index)
        if match.analysis.enclitic and trigger.genitive == "agent":
            return self._antecedent(items, told.index) or self._in_sentence
        if trigger.subject != "agent":
            return []
        if roles.elliptical or (reading.fold(told.index - 1), reading.fold(told.index - 2)) == ("من", "بدلا"):
            return self._in_sentence or self._antecedent(items, told.index)
        claim, speech = told.claim, None if _reported(told.speech) else told.speech
        if speech is not None and speech.cue.name == "rule_out":
            return []
        reach = _OWN_ACT.get(claim.stance, -1) if claim is not None else -1
        near = told.event.start - claim.start if claim is not None else 0
        if claim is not None and speech is not None and claim.stance == "demands" and near <= 2:
            return self.addressee(reading, items, speech)
        nominal = claim is not None and not reading.has(reading.token_at(claim.start) - 1, "that")
        far = 2 if match.analysis.proclitics.endswith(("ال", "لل")) else reach
        if claim is not None and speech is not None and (nominal or match.analysis.enclitic) and near <= far:
            return self._actor(told.event.kind, speech) if reach >= 0 else []
        return []

    def _carried(self, reading: Reading, items: list[Item], told: Told) -> list[Name]:
        """`قال الوزير إن التنظيم حوّل المواقع التي استولى عليها`: in a claim, who is its subject acts on, not who makes it."""
        if told.claim is None or any(t.claim is told.claim and t.roles is not None and t.roles.agents for t in self._told):
            return []
        low = reading.token_at(told.claim.start)
        subject = next((i for i in items if low <= i.first < told.index), None)
        if subject is None or subject.prep or subject.sort not in ("actor", "person") or subject.first > low + 2:
            return []
        return list(subject.names)

    def _actor(self, kind: str, speech: Speech) -> list[Name]:
        """Who does what a speaker announces or denies: arms are his side's, other acts an office's own."""
        speaker = speech.speaker
        if speaker is None:
            return []
        if speaker.office and kind not in _MILITARY and speaker.name:
            return [(speaker.name, speaker.id)]
        if speaker.side is None:
            return []
        return [speaker.side] if kind not in _ARMED or kind_and_country(speaker.side[1])[0] in _ABLE or speaker.side[1] is None else []

    def _main(self, told: Told) -> list[Name]:
        """The speaker who goes on to act: `طرح المبعوث خطة، ثم غادر العاصمة`."""
        before = [s.speaker for s in self._speeches if s.index < told.index and s.cue.how == "verb" and s.speaker is not None]
        if told.claim is not None or not before or before[-1].name is None:
            return []
        return [(before[-1].name, before[-1].id)]

    def _side(self, speech: Speech | None) -> list[Name]:
        speaker = speech.speaker if speech is not None else None
        if speaker is None:
            return []
        return [speaker.side] if speaker.side is not None else []

    def _owner(self, reading: Reading, items: list[Item], item: Item) -> list[Name]:
        speech, claim = self.claim_at(reading.tokens[item.first].start)
        if claim is not None:
            return self._side(speech) or self.agents or self.forces[-1:]
        return self._antecedent(items, item.first) or self.agents or self.forces[-1:]

    def _antecedent(self, items: list[Item], index: int, low: int = 0) -> list[Name]:
        """The last party before a word that no preposition governs."""
        for item in reversed(items):
            if low <= item.first and item.last < index and item.names and item.prep in ("", "و", "،") and item.sort in ("actor", "person"):
                return list(item.names)
        return []

    def _other_side(self, reading: Reading, items: list[Item], told: Told, roles: Roles) -> None:
        """Against whom: the other armed side of the sentence; `جنودا` are those of the side last fought."""
        kind = told.event.kind
        if kind not in _OPPOSED or not roles.agents or (not roles.patients and _remote(reading, told)):
            return
        known = [n for n in self.opponents.of(roles.agents) if self._opposed(n, told)]
        hardware = roles.object is not None and bool(roles.object.classes & _HARDWARE)
        unnamed = bool(roles.patients) and roles.patients[0][0] in _UNNAMED and kind in _LOST
        if known and (unnamed or (not roles.patients and self._from_the_foe(kind, hardware, roles))):
            roles.patients = known[:1]
        else:
            self._foe_here(reading, items, told, roles, hardware)

    def _foe_here(self, reading: Reading, items: list[Item], told: Told, roles: Roles, hardware: bool) -> None:
        """Where no fight was told before: the nearest armed side of the clause (for a group an army), for soldiers and arms the army last named."""
        kind, end = told.event.kind, clause_end(reading, told.index)
        armed = [i for i in items if i.sort == "actor" and "armed" in i.classes and i.first < end]
        armed.sort(key=lambda i: abs(i.first - told.index))
        here = [i.names[0] for i in armed if i.prep != "من" and self._opposed(i.names[0], told)]
        if not is_army(roles.agents[0][1]):
            here.sort(key=lambda name: not is_army(name[1]))  # a group fights an army rather than another group
        foes = [n for n in [*self.forces, *reversed(here)] if self._opposed(n, told)]
        grounded = [n for n in foes if kind_and_country(n[1])[0] != "coalition"] or foes
        armies = [n for n in foes if is_army(n[1])] or grounded
        soldiers = bool(roles.patients) and roles.patients[0][0] in _SOLDIERS
        if soldiers or (not roles.patients and (kind in _OWNED or (kind == "destruction" and hardware))):
            roles.patients = armies[-1:] or here[:1] or roles.patients
        elif not roles.patients and not (roles.object is not None and roles.object.classes & PEOPLE):
            named = _ENEMY.intersection(reading.folds[told.index + 1 : told.index + 3])
            roles.patients = here[:1] or (foes[-1:] if named else [])
        elif roles.patients == [("Fighters", None)] and not is_army(roles.agents[0][1]) and foes:
            roles.patients = armies[-1:]

    def _from_the_foe(self, kind: str, hardware: bool, roles: Roles) -> bool:
        """Ground and arms are taken from the other side, and people without a noun (`أوقفت 43 آخرين`) are its own."""
        return kind in _FOES_LOSS or (kind == "destruction" and hardware) or (kind in _LOST and roles.object is None)

    def _opposed(self, name: Name, told: Told) -> bool:
        """Not an agent, not who speaks here, not an arm of the agent's own state."""
        agents = told.roles.agents if told.roles is not None else []
        speaker = told.speech.speaker if told.speech is not None else None
        if name in agents or (speaker is not None and (name[0] == speaker.name or name == speaker.side)):
            return False
        return not any(same_state(name[1], agent[1]) for agent in agents)


def _people(name: Name) -> bool:
    """People without a name take a masculine plural."""
    return name[1] is None and name[0] in _CROWDS


def _reported(speech: Speech | None) -> bool:
    """`استهدفت طائرات المدينة، بحسب الوزارة`: who is only referred to behind the clause is not its subject."""
    return speech is not None and speech.cue.how == "according"


def _of_himself(reading: Reading, claim: Claim) -> bool:
    """`قال إن قواته …`, `إنه قتل`, `“قتلنا”`, `أعلن إسقاط`: not `قال إن رجلا هاجم`, whose subject stands behind إن."""
    at = reading.token_at(claim.start) - 1
    if not reading.has(at, "that"):
        return True
    behind = [token.norm for token in reading.tokens[at + 1 : at + 3]]  # spelled out: ة is no pronoun
    return reading.fold(at).endswith(_HIS) or any(word.endswith(_HIS) for word in behind)


def _arm_of(reading: Reading, item: Item, owner: list[Name]) -> list[Name]:
    """`جيشها`, `64 من جنودها`: a state's soldiers are its army, and so are the forces of its ministry."""
    if not owner or ("soldier" not in item.classes and "force" not in item.classes) or "air" in item.classes:
        return owner
    kind, country = kind_and_country(owner[0][1])
    ministry = (owner[0][1] or "").partition(":")[2].partition(":")[2].startswith("ministry")
    own = "soldier" in item.classes or "جيش" in reading.fold(item.first) or ministry
    return [army_of_code(country)] if own and kind in ("state", "government") and country else owner


def _called_for(reading: Reading, told: Told) -> bool:
    """`دعا إلى وقفة`, `إضراب عن الطعام`: nobody has taken to the street."""
    return "اضراب" in reading.fold(told.index) or (told.noun and told.claim is not None and told.claim.stance in ("demands", "threatens"))


def _remote(reading: Reading, told: Told) -> bool:
    """`توقع أن يسيطر الجيش على المدينة`, `كان التنظيم قد استولى عليها`: far from today's fight the other side may be another."""
    foreseen = told.claim is not None and told.claim.stance == "expects"
    return foreseen or (told.claim is None and told.event.kind == "territory_captured" and reading.fold(told.index - 1) == "قد")


def _sets_scene(reading: Reading, item: Item) -> bool:
    """`وفي درعا، …`, `خاركيف: …`: where a paragraph says that it is."""
    return item.prep.removeprefix("و") in ("في", "ب") or (item.last + 1 < len(reading.tokens) and reading.tokens[item.last + 1].form.text == ":")


def _definite(reading: Reading, item: Item, items: list[Item]) -> bool:
    """`المدينة`, `للمدينة`: a noun of place with its article and no name behind it."""
    fold = reading.fold(item.first)
    if not fold.startswith(("ال", "وال", "بال", "لل", "فال")) or item.names:
        return False
    return not any(0 < other.first - item.last <= 2 and other.sort == "place" and other.names for other in items)
