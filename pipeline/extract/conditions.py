"""Whether a trigger's conditions hold where it stands: words beside it, classes of its subject and object.

The conditions come from event_triggers.csv: w (next words), after (later in the clause), adj (adjective close behind),
near (either side), num (a figure beside it), prev (just before), subj, obj (class of the noun phrase), scene (class of
any phrase of the sentence), verb (a verb only).
"""

from __future__ import annotations

from pipeline.extract.clauses import COMMAS, Reading
from pipeline.extract.morphology import Match
from pipeline.extract.phrases import Item, counts
from pipeline.extract.roles import Roles, clause_end, roles_of
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Condition, Trigger

_ARTICLE = "ال"
_BACK, _AHEAD = 7, 14  # how far `near` looks back, and `after` ahead of a phrase of five words


def trigger_here(reading: Reading, items: list[Item], index: int) -> tuple[Match[Trigger], Roles] | None:
    """The first trigger reading of a token whose conditions hold, the most demanding first; with its roles."""
    around: frozenset[str] | None = None
    for match in reading.words[index].triggers:
        if match.entry.beside:
            around = around or _around(reading, index)
            if any(around.isdisjoint(wanted) for wanted in match.entry.beside):
                continue
        if (not match.entry.rest or _phrase(reading, index, match.entry)) and _grammatical(reading, index, match):
            scene = _Scene(reading, items, index, match)
            if _stands(scene, match.entry):
                return match, scene.roles
    return None


def _around(reading: Reading, index: int) -> frozenset[str]:
    """Every word that a condition on words can reach from a token: most triggers fail at one look at them."""
    return frozenset().union(*(word.stems for word in reading.words[max(0, index - _BACK) : index + _AHEAD]))


def _stands(scene: _Scene, trigger: Trigger) -> bool:
    """Whether what the trigger needs is there and what it forbids is not, the cheap tests first."""
    for condition, wanted in trigger.conditions:  # noqa: SIM110 - asked of every trigger; a generator costs a third more
        if scene.holds(condition) is not wanted:
            return False
    return True


def _phrase(reading: Reading, index: int, trigger: Trigger) -> bool:
    for offset, part in enumerate(trigger.rest, 1):
        if index + offset >= len(reading.tokens) or part not in _spellings(reading, index + offset):
            return False
    return True


def _spellings(reading: Reading, index: int) -> frozenset[str] | set[str]:
    fold = reading.fold(index)
    return {fold, fold.removeprefix(_ARTICLE)}


_STILL = frozenset(("يزال", "تزال", "زال", "زالت", "يزالون", "مازال", "مازالت", "ماتزال", "مايزال"))
# What only nouns stand behind: `أي تفاوض`, `عدم توقف`.
_NOMINAL = frozenset(("اي", "كل", "بعض", "عدم", "لاي"))
# Behind these a present tells what may come, not what is: `أن يسيطر`, `لن يسيطر`.
_PROSPECT = frozenset(("ان", "وان", "بان", "لم", "ولم", "لن", "ولن", "سوف", "قد", "كي", "لكي", "حتي", "كاد", "كادت", "يكاد", "تكاد"))
_HE = frozenset(("هو", "هي", "هم", "هما"))


def _grammatical(reading: Reading, index: int, match: Match[Trigger]) -> bool:
    """A word after a preposition is no verb; `تحت سيطرة` and `المناطق التي تسيطر عليها` are states."""
    before = reading.words[index - 1].roles if index else frozenset()
    if match.tense == "jussive" and reading.fold(index - 1) not in ("لم", "ولم", "فلم"):
        return False
    if match.tense == "past" and match.analysis.proclitics[-1:] in ("ل", "ب", "ك"):
        return False  # `لقاء لهاجر`: what stands behind a stuck preposition is a noun
    if match.entry.hamza and match.pos == "noun" and _otherwise_spelt(reading, index, match):
        return False
    if "no_comment" in reading.roles and _unanswered(reading, index):
        return False
    if match.pos == "verb" and ((match.analysis.enclitic and not match.entry.object) or reading.fold(index - 1) in _NOMINAL):
        return False
    cleft = reading.fold(index - 1) == "من" and reading.fold(index - 2) in _HE  # `الجيش هو من يقصف المدنيين`
    if match.pos == "verb" and "preposition" in before and reading.fold(index - 1) not in ("حتي", "منذ") and not cleft:
        return False
    if match.entry.kind == "other" and match.tense == "present" and any(reading.fold(back) in _STILL for back in range(max(0, index - 4), index)):
        return False  # `ما زالت الحقول تضخ`
    if match.entry.kind == "territory_captured":
        return not _state(reading, index, match)
    return True


def _state(reading: Reading, index: int, match: Match[Trigger]) -> bool:
    """Holding a place is no event: `تحت سيطرة`, `خاضعة لسيطرة`, `لا يزال يسيطر`, `المناطق التي تسيطر عليها`."""
    before = reading.fold(index - 1)
    if before in context("masked_by") or any(reading.fold(back) in _STILL for back in range(max(0, index - 7), index)):
        return True
    if match.pos != "verb":
        return reading.fold(index).startswith("لسيطر")
    if match.tense != "present" or match.analysis.proclitics[-1:] in ("س", "ل"):
        return False
    holds = "سيطر" in reading.fold(index) and reading.sentence.kind != "heading" and before not in _PROSPECT
    return holds or reading.has(index - 1, "relative")


def _otherwise_spelt(reading: Reading, index: int, match: Match[Trigger]) -> bool:
    """`أحياء` are quarters, `إحياء` is a revival: a hamza that is written tells; a bare alef leaves it open."""
    written = reading.tokens[index].norm[len(match.analysis.proclitics) :][:1]
    return written in ("أ", "إ") and written != match.entry.hamza


def _unanswered(reading: Reading, index: int) -> bool:
    """`ولم تتبن أي جهة التفجير`, `لم تُعرف الجهة التي أطلقت النار`: what nobody told is no happening of its own."""
    for back in range(index, max(0, index - 6), -1):
        if reading.tokens[back].form.text in COMMAS:
            return False
        if reading.has(back, "no_comment") and reading.fold(back - 1) in ("لم", "ولم", "لا", "ولا"):
            return True
    return False


_PEOPLE = frozenset(("people",))
_THEM = frozenset(("منهم", "منهن", "اخرين", "اخرون", "اخريات", "اخر"))
_PERSONS = frozenset(("هم", "هن", "نا", "ني"))  # pronouns of people alone
_OF_PEOPLE = frozenset(("displaced", "civilians", "evacuated"))


class _Scene:
    """A trigger in its sentence, asked for what stands around it."""

    def __init__(self, reading: Reading, items: list[Item], index: int, match: Match[Trigger]) -> None:
        self._reading, self._items, self._index, self._match = reading, items, index, match
        self._start = index + len(match.entry.rest)
        self._end = clause_end(reading, index)
        self._roles: Roles | None = None

    @property
    def roles(self) -> Roles:
        """The trigger's parties, worked out only for conditions that ask, and for the trigger that stands."""
        if self._roles is None:
            self._roles = roles_of(self._reading, self._items, self._index, self._match)
        return self._roles

    def holds(self, condition: Condition) -> bool:
        test = condition.test
        if test == "w":
            return self._word(condition, self._start + 1, self._start + 4)
        if test == "after":
            return self._word(condition, self._start + 1, min(self._start + 9, max(self._end, self._start + 2)))
        if test == "adj":
            return self._adjective(condition)
        if test == "near":
            return self._number() if "num" in condition.first else self._word(condition, self._index - 7, self._start + 8)
        if test == "subj":
            return bool(self._subject() & condition.first)
        if test == "obj":
            return bool(self._object() & condition.first)
        if test == "scene":
            return any(i.classes & condition.first for i in self._items)
        if test == "verb":
            return self._match.pos == "verb"
        return test == "prev" and self._word(condition, self._index - 2, self._index)

    def _word(self, condition: Condition, low: int, high: int) -> bool:
        reading = self._reading
        for at in range(max(0, low), min(high, len(reading.tokens))):
            if at == self._index:
                continue
            if reading.words[at].stems.isdisjoint(condition.first):
                continue
            if any(self._sequence(option, at) for option in condition.options):
                return True
        return False

    def _sequence(self, option: tuple[str, ...], at: int) -> bool:
        words = self._reading.words[at : at + len(option)]
        return len(words) == len(option) and all(part in word.stems for part, word in zip(option, words, strict=True))

    def _adjective(self, condition: Condition) -> bool:
        if self._word(condition, self._start + 1, self._start + 5):
            return True
        if "none" in condition.first:
            following = self._reading.fold(self._start + 1)
            return not (following.startswith(_ARTICLE) and self._reading.fold(self._index).startswith(_ARTICLE))
        return False

    def _number(self) -> bool:
        reading = self._reading
        if any(reading.has(at, "total") for at in (self._index - 1, self._index - 2)):
            return True
        low = reading.tokens[max(0, self._index - 3)].start
        high = reading.tokens[min(len(reading.tokens) - 1, self._index + 9)].end
        return any(low <= q.start < high for q in reading.quantities)

    def _subject(self) -> frozenset[str]:
        item = self.roles.subject or (self.roles.object if self._match.pos != "verb" else None) or self._head() or self._nearest()
        head = self._head()
        if head is not None and item is not None and item.first < self._index and self._described(head):
            return item.classes | head.classes  # `ضحايا الزورق الذي انقلب`, `أنقاض مبنى انهار`
        we = _PEOPLE if self._match.person == 1 else frozenset()  # `تركنا بيوتنا`
        return (item.classes if item is not None else frozenset()) | self._counted() | we

    def _head(self) -> Item | None:
        """`الصاروخ الذي سقط`, `قذيفة إسرائيلية سقطت`: what a relative clause is about."""
        related = self._reading.has(self._index - 1, "relative")
        bare = self._match.pos == "verb" and not self._match.analysis.proclitics
        if not bare and not related:
            return None
        head = next((i for i in reversed(self._items) if i.last < self._index and self._index - i.last <= 3), None)
        return head if related or head is None or not self._parted(head.last) else None

    def _described(self, head: Item) -> bool:
        related = self._reading.has(self._index - 1, "relative")
        return related or (head.last == self._index - 1 and not self._reading.fold(head.first).startswith(_ARTICLE))

    def _parted(self, last: int) -> bool:
        """`ومروحيات، فيما يقصف الجيش`: what stands before a comma or a connector belongs to another verb."""
        between = range(last + 1, self._index)
        return any(self._reading.tokens[k].form.text in COMMAS or self._reading.has(k, "connector") for k in between)

    def _counted(self) -> frozenset[str]:
        """`نزح 18 ألفا`: a figure of people stands for them."""
        reading, clause = self._reading, self._reading.clause
        kinds = (q.kind for q in reading.quantities if clause[reading.token_at(q.start)] == clause[self._index])
        return _PEOPLE if any(kind in _OF_PEOPLE for kind in kinds) else frozenset()

    def _object(self) -> frozenset[str]:
        """Classes of the phrases right behind the subject, with and without preposition."""
        found: frozenset[str] = frozenset()
        seen, reach = 0, 10 if self._match.pos == "verb" else 5
        for item in self._items:
            if self._start < item.first < self._end and item is not self.roles.subject and item.first - self._start <= reach:
                if item.prep == "و" and not seen:
                    continue  # joined to the subject
                found |= item.classes
                seen += 1
                if seen == 2:
                    break
        if (self._match.voice == "passive" or self.roles.guessed) and self.roles.subject is not None:
            found |= self.roles.subject.classes
        if self._match.analysis.enclitic in _PERSONS:
            found |= _PEOPLE
        return found | self._some_of_them()

    def _some_of_them(self) -> frozenset[str]:
        """`أوقفت 30 منهم`, `أوقفت 43 آخرين`: a figure behind the verb with a pronoun or `آخرين` counts people."""
        reading, subject = self._reading, self.roles.subject
        first = at = (subject.last if subject is not None and subject.first > self._start else self._start) + 1
        while at < len(reading.tokens) and counts(reading, at):
            at += 1
        return _PEOPLE if at > first and reading.fold(at) in _THEM else frozenset()

    def _nearest(self) -> Item | None:
        return next((i for i in self._items if self._start < i.first < self._end and i.first - self._start <= 3), None)
