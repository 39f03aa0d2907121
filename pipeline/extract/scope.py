"""Where and when, by scope: the trigger's clause, then its sentence, then its paragraph, as far as the kind allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.extract.clauses import COMMAS, Reading, connects
from pipeline.extract.model import Claim, Event, Time
from pipeline.extract.phrases import Item, Name
from pipeline.extract.roles import Roles, clause_end
from pipeline.extract.sides import country_of
from pipeline.extract.speech_spans import DASHES
from pipeline.lexicon.gazetteer import context, gazetteer
from pipeline.lexicon.vocabulary import scopes

# `الفاشر، عاصمة ولاية شمال دارفور`: the land of which a town is the seat only says where the town is.
_IN_LANDS = frozenset("ب" + land for land in ("مقاطعه", "محافظه", "ولايه", "اقليم", "ريف", "منطقه", "قضاء", "مديريه"))
# `غوما شرقي الكونغو`, `بلدة في محيط المدينة`: the land on whose side a town lies.
_SIDES = frozenset(("شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "قرب", "في"))
# Strikes hit where they go, people who flee leave where they come from.
_TOWARDS = frozenset(("باتجاه", "نحو", "صوب", "تجاه"))
_FIRED = frozenset(("shelling", "airstrike", "drone_strike", "attack"))
_DATELINE = 12
_APPOSED = 6
_OPENING = 3
_A_NATION = 500_000
_HAPPENED = frozenset(("asserted", "claimed"))
# What one disputes is disputed of the place that is spoken of; what has yet to come needs a place of its own.
_DISPUTED = _HAPPENED | {"denied"}
_AHEAD = frozenset(("expected", "proposed"))
_UNTIL = frozenset(("حتي", "وحتي", "لغايه"))
_SINCE = frozenset(("منذ", "بعد", "قبل", "عقب", "بعدما", "عندما", "حين", "حينما", "فيما", "بينما", "اثر", "جراء"))


def place_event(event: Event, reading: Reading, items: list[Item], index: int, roles: Roles, last_place: list[Name], theme: list[Name]) -> None:
    """Fill places, most specific first.

    last_place: the paragraph's; theme: what the article's heading names, for what is said to have happened.
    """
    reach = scopes()[event.kind].place
    if reach == "none":
        return
    items = [i for i in _without_dateline(reading, items) if not (i.sort == "place" and i.names and i.names[0][0] in event.agents)]
    items = _whither(event, items)
    names = list(roles.places) or (_place_in(reading, items, index) if reach == "spot" else _clause_places(reading, items, index))
    if not names and event.status not in _AHEAD:
        names = next((list(i.names) for i in items if i.sort == "place" and i.last < index and _opens(reading, i)), [])
    if not names and event.kind == "displacement" and _of_the_nation(reading, index):
        names = country_of(last_place or theme)
    if not names and reach in ("sentence", "paragraph") and event.status not in _AHEAD:
        names = _sentence_places(reading, items, index)
    if not names and reach == "paragraph" and event.status in _DISPUTED:
        names = last_place
    if not names and reach == "paragraph" and (event.status in _HAPPENED or event.kind == "displacement"):
        names = theme
    event.places, event.place_ids = [n for n, _ in names], [i for _, i in names]


def _whither(event: Event, items: list[Item]) -> list[Item]:
    """`أُطلقت صواريخ من لبنان باتجاه حيفا`: where it falls; `فر السكان باتجاه رواندا`: from where; never `الحدود مع تشاد`."""
    if event.kind in _FIRED and any(i.sort == "place" and i.prep in _TOWARDS for i in items):
        items = [i for i in items if i.sort != "place" or i.prep != "من"]
    elif event.kind == "displacement":
        items = [i for i in items if i.sort != "place" or i.prep not in _TOWARDS]
    return [i for i in items if i.sort != "place" or i.prep != "مع"]


def _of_the_nation(reading: Reading, index: int) -> bool:
    """Whether the displaced are so many that the figure is the country's, not a town's."""
    counted = [q for q in reading.quantities if q.kind in ("displaced", "civilians")]
    nearest = min(counted, key=lambda q: abs(reading.token_at(q.start) - index), default=None)
    return nearest is not None and (nearest.low or 0) >= _A_NATION


def _without_dateline(reading: Reading, items: list[Item]) -> list[Item]:
    """`رام الله - استشهد … في بيت لاهيا`: the place before the dash is where the text was written."""
    places = [i for i in items if i.sort == "place"]
    if len(places) < 2 or places[0].first != 0:
        return items
    for at in range(places[0].last + 1, min(len(reading.tokens), _DATELINE)):
        if reading.tokens[at].form.text in DASHES:
            return [i for i in items if i.sort != "place" or i.first > at]
        if reading.words[at].finite:
            return items
    return items


def _place_in(reading: Reading, items: list[Item], index: int) -> list[Name]:
    """The place where people meet or agree stands behind with في or ب, in the clause of a verb, near a noun (`محادثات جدة`);
    else before it in its clause (`اختتمت اللجنة في جنيف جلستها`), or as what the treaty is called by (`اتفاق جدة الموقع`)."""
    far = clause_end(reading, index) - index if reading.words[index].finite else 9
    reach = {"في": far, "ب": far, "": 2}
    places = [i for i in items if i.sort == "place"]
    near = [i for i in places if 0 < i.first - index <= reach.get(i.prep, 0)]
    behind = next((i for i in near if i.prep), next(iter(near), None))
    if behind is not None:
        return list(behind.names)
    before = [i for i in places if i.last < index and reading.clause[i.first] == reading.clause[index]]
    called = [i for i in before if i.prep in ("في", "ب") or (i.last == index - 1 and i.prep in ("", "و"))]
    return list(called[-1].names) if called else []


def _opens(reading: Reading, item: Item) -> bool:
    """`وفي القاهرة، التأم الوفد`: where the sentence says that it is."""
    if item.first > _OPENING or item.prep.removeprefix("و") not in ("في", "ب"):
        return False
    return item.last + 1 < len(reading.tokens) and reading.tokens[item.last + 1].form.text in COMMAS


def _clause_places(reading: Reading, items: list[Item], index: int) -> list[Name]:
    """Places behind the trigger in its clause, the first with those joined to it; else the nearest before it there."""
    places = [i for i in items if i.sort == "place" and not _away(reading, i) and not _described(reading, i)]
    places = [i for i in places if not _water(reading, i)] or places
    after = [i for i in places if index < i.first < clause_end(reading, index)]
    own = [i for i in after if not any(reading.words[k].triggers for k in range(index + 2, i.first))]
    if own:
        return _series(items, _most_specific(own))
    before = [i for i in places if i.first < index and reading.clause[i.first] == reading.clause[index]]
    if before:
        return _series(items, _narrowest(reading, before))
    return _series(items, after[0]) if after else []


def _sentence_places(reading: Reading, items: list[Item], index: int) -> list[Name]:
    """The nearest place before; else the first behind, but not what a connector or another speech tells of."""
    places = [i for i in items if i.sort == "place"]
    before = [i for i in places if i.first < index]
    if before:
        return list(_narrowest(reading, before).names)
    behind = next(iter(places), None)
    if behind is None or any(_turns(reading, k) for k in range(index + 1, behind.first)):
        return []
    return list(behind.names)


def _turns(reading: Reading, at: int) -> bool:
    """`بينما قالت …`, `، وأكد أن`: somebody else, or something else, is spoken of."""
    cue = reading.words[at].cue
    return connects(reading, at) or (cue is not None and cue.pos == "verb" and at not in reading.mention_at)


def _narrowest(reading: Reading, before: list[Item]) -> Item:
    """`مدينة الميادين في ريف دير الزور`: what stands in something is narrower than it."""
    at = len(before) - 1
    while at:
        between = [reading.fold(k) for k in range(before[at - 1].last + 1, before[at].first)]
        inside = len(between) <= 2 and ("في" in between or _IN_LANDS.intersection(between))
        seat = len(between) <= 4 and context("seat_of_land").intersection(between)
        if not inside and not seat and not (between and len(between) <= 2 and all(word in _SIDES for word in between)):
            break
        at -= 1
    return before[at]


def _most_specific(places: list[Item]) -> Item:
    """`في سوريا … بمدينة حمص`: the first place, unless it is a land and a narrower one in it follows."""
    first = places[0]
    level, country = _level(first)
    inner = [i for i in places[1:] if _level(i)[0] > level and _level(i)[1] == country and i.prep != "و"]
    return inner[0] if level < 2 and country and inner else first


def _away(reading: Reading, item: Item) -> bool:
    """`على بعد خمسة كيلومترات من الحقل`: where it is not."""
    return item.prep == "من" and any(
        reading.fold(k) in ("بعد", "مسافه") and reading.fold(k - 1) == "علي" for k in range(max(1, item.first - 8), item.first)
    )


def _described(reading: Reading, item: Item) -> bool:
    """`الحقل، أكبر حقول النفط في سوريا`, `المدينة، مركز الولاية`: what a place is among others says nothing of where."""
    for back in range(item.first - 1, max(0, item.first - _APPOSED), -1):
        if reading.tokens[back].form.text in COMMAS:
            return reading.fold(back + 1) in context("elative")
    return False


def _water(reading: Reading, item: Item) -> bool:
    """`ضفتي نهر الفرات قرب قرية`: a river is long; a place on it tells more."""
    return any(reading.fold(k).removeprefix("ال") in context("river") for k in range(max(0, item.first - 2), item.first))


def _level(item: Item) -> tuple[int, str]:
    """Administrative level of a place (0 country, 1 governorate, more for what lies within) and its country."""
    entity = gazetteer().entities.get(item.names[0][1] or "") if item.names else None
    if entity is None:
        return 4, ""
    by_kind = {"country": 0, "region": 1, "governorate": 1, "district": 2}
    level = entity.admin_level if entity.admin_level is not None else 4
    return by_kind.get(entity.kind, max(level, 2)), entity.country


def _series(items: list[Item], item: Item) -> list[Name]:
    """A place and those joined to it: `كفرنبل ومعرة حرمة وقرية خربة الريحان`."""
    names, last = list(item.names), item.last
    for other in items[items.index(item) + 1 :]:
        if other.sort != "place" or other.prep not in ("و", "،") or other.first - last > 4:
            break
        names += other.names
        last = other.last
    return names


def date_event(event: Event, reading: Reading, index: int, claims: Sequence[Claim] = ()) -> None:
    """Fill the days from the calendar point in the trigger's clause; what someone says within `claims` dates no act of speech."""
    time = _time_for(reading, index, claims)
    if time is None or time.value is None:
        return
    event.date_start = day_of(time.value, last=False)
    event.date_end = day_of(time.value_end or time.value, last=True)
    event.date_precision = time.precision


def _time_for(reading: Reading, index: int, claims: Sequence[Claim]) -> Time | None:
    clause = reading.clause[index]
    told = (t for t in reading.times if t.value and not any(c.start <= t.start < c.end for c in claims))
    near = [t for t in told if reading.clause[reading.token_at(t.start)] == clause and _dates(reading, index, t)]
    return min(near, key=lambda t: abs(t.start - reading.tokens[index].start), default=None)


def _dates(reading: Reading, index: int, time: Time) -> bool:
    """A point in time behind a relative or `منذ` with another trigger dates that one: `الاتفاق الذي وُقع في يوليو`."""
    at = reading.token_at(time.start)
    if reading.fold(at - 1) in _UNTIL or reading.fold(at) in _UNTIL:
        return False
    behind = range(index + 1, at)
    turned = [k for k in behind if reading.has(k, "relative") or reading.fold(k) in _SINCE]
    return not any(reading.words[k].triggers for t in turned for k in range(t + 1, behind.stop) if k not in reading.mention_at)


def day_of(value: str, last: bool) -> date | None:
    """First or last day of an ISO day, month or year; None where the value is no such date."""
    try:
        parts = [int(p) for p in value.split("-")]
        if len(parts) == 3:
            return date(*parts)
        year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
        if not last:
            return date(year, month, 1)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
