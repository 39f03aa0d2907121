"""To whom an appeal, an accusation or a threat goes, as its own clause tells it."""

from __future__ import annotations

from pipeline.extract.claims import Speech
from pipeline.extract.clauses import Reading
from pipeline.extract.phrases import Item, Name
from pipeline.extract.speech import subject_end

_GOES_TO = frozenset(("على", "من", "ب", "ل", "علي"))
_CALLS = frozenset(("اتصال", "مكالمه", "محادثه", "رساله", "لقاء"))


def addressee_of(reading: Reading, items: list[Item], speech: Speech) -> Item | None:
    """To whom an appeal, an accusation or a threat goes: behind its preposition, or the name behind the speaker's."""
    wanted = speech.cue.addressee
    if not wanted:
        return None
    limit = max(speech.speaker_end, speech.index + 2)
    names = [i for i in items if speech.index < i.first < limit and i.sort in ("actor", "person", "group", "place") and i.names]
    if wanted in _GOES_TO:
        return next((i for i in names if i.prep == wanted), None)
    speaker = speech.speaker.name if speech.speaker is not None else None
    if not speech.inherited and speech.cue.how == "verb" and not _fronted(reading, items, speech):
        end = subject_end(reading, speech.index + 1)
        named = next((i.last for i in names if i.names[0][0] == speaker), end)
        names = [i for i in names if i.first >= end or "sides" in i.classes or _accused(i, named)]
    return next((i for i in names if i.names[0][0] != speaker), None)


def _accused(item: Item, named: int) -> bool:
    """Behind the speaker's name: `، فصائل مسلحة`, `مسلحين`: a force behind a comma, people in the accusative."""
    return item.first > named and ((item.prep == "،" and "force" in item.classes) or (item.prep == "" and item.accusative and item.sort == "group"))


def _fronted(reading: Reading, items: list[Item], speech: Speech) -> bool:
    """`الجيش اتهم القوات`: the speaker stands before the verb in its clause, so that no subject follows it."""
    speaker = speech.speaker.name if speech.speaker is not None else None
    here = (i for i in items if i.last < speech.index and reading.clause[i.first] == reading.clause[speech.index] and i.prep in ("", "و"))
    return any(i.names[:1] and i.names[0][0] == speaker for i in here)


def demanded_of(reading: Reading, items: list[Item], speech: Speech) -> list[Name]:
    """`طالب بانسحاب الجماعة`, `برحيل الحكومة`: who is to do what is demanded, right behind its verbal noun; a partner in a call."""
    if speech.cue.event != "appeal":
        return []
    for item in items:
        if not item.names or item.sort not in ("actor", "group", "person"):
            continue
        if speech.claims and item.prep == "" and reading.token_at(speech.claims[0].start) + 1 == item.first:
            return list(item.names) if _intransitive(reading, item.first - 1) else []
        if item.prep in ("ب", "مع") and speech.index < item.first < speech.speaker_end and _called(reading, item):
            return list(item.names)
    return []


def _called(reading: Reading, item: Item) -> bool:
    """`في اتصال هاتفي برئيس الوزراء`."""
    return any(reading.fold(at) in _CALLS for at in range(max(0, item.first - 4), item.first))


def _intransitive(reading: Reading, at: int) -> bool:
    """Whether the noun behind a verbal noun is who acts: `انسحاب`, `رحيل`, not `إطلاق سراح`."""
    triggers = reading.words[at].triggers
    return any(m.pos != "verb" and m.entry.genitive in ("agent", "patient") and not m.entry.object for m in triggers) or reading.fold(at).endswith(
        "رحيل"
    )
