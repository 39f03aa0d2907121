"""What belongs to a happening beside its parties: figures, casualties folded on their cause, retellings.

Figures go to the nearest event whose kind can carry them; a casualty row whose cause stands with it in one clause is
folded into the cause, as the annotation guide has it.
"""

from __future__ import annotations

from pipeline.extract.clauses import COMMAS, STRONG, Reading
from pipeline.extract.figure_kinds import INCLUSIONS
from pipeline.extract.model import Event, Figure, Quantity
from pipeline.extract.phrases import counts
from pipeline.extract.told import Told
from pipeline.lexicon.vocabulary import scopes

_FIGURE_OF = {
    "killed": "killed", "wounded": "wounded", "displaced": "displaced", "evacuated": "displaced",
    "detained": "detained", "weapons": "captured", "vehicles": "captured",
}  # fmt: skip
_CASUALTIES = frozenset(("killing", "injury"))
_PARTS = 14
_TOGETHER = 12


def figures_for(reading: Reading, told: list[Told]) -> None:
    """Give each figure of the sentence to the nearest event that can carry it."""
    for quantity in reading.quantities:
        name = _FIGURE_OF.get(quantity.kind or "")
        if name is None or _part_of_a_total(reading, quantity):
            continue
        at = reading.token_at(quantity.start)
        able = [t for t in told if name in scopes()[t.event.kind].figures and name not in t.event.figures]
        if able:
            nearest = min(able, key=lambda t: _distance(reading, t.event, t.index, at))
            # What grammar allows for a lost figure is no figure that somebody told.
            stated = quantity.status != "stripped"
            low, high = (quantity.low, quantity.high) if stated else (None, None)
            nearest.event.figures[name] = Figure(low, high, quantity.qualifier)


def _part_of_a_total(reading: Reading, quantity: Quantity) -> bool:
    """`36 قتيلا، بينهم أربعة أطفال وامرأتان`: behind `بينهم`, up to the next comma, stand parts of what was counted before."""
    at = reading.token_at(quantity.start)
    for back in range(at - 1, max(-1, at - _PARTS), -1):
        if reading.tokens[back].form.text in COMMAS or reading.tokens[back].form.text in STRONG:
            return False
        if reading.fold(back).removeprefix("و") in INCLUSIONS:
            start = reading.tokens[back].start
            return any(q.kind == quantity.kind and q.end <= start for q in reading.quantities)
    return False


def _distance(reading: Reading, event: Event, index: int, at: int) -> tuple[int, int, int]:
    """Same clause first, then casualty words before their causes, then words between."""
    return (abs(reading.clause[index] - reading.clause[at]), 0 if event.kind in _CASUALTIES else 1, abs(index - at))


def fold_casualties(reading: Reading, told: list[Told]) -> list[Told]:
    """Move figures and victims of a casualty row to its cause in the sentence, and drop the row."""
    kept: list[Told] = []
    last: Event | None = None
    for one in told:
        event = one.event
        if event.kind not in _CASUALTIES:
            kept.append(one)
            continue
        sentence = one.match is not None and one.match.analysis.stem == "اعدام"  # whom a court sends to death no attack has killed
        cause = None if sentence else _cause(reading, event, one.index, told)
        if cause is None and kept and _carries_on(kept[-1], one):
            cause = kept[-1].event
        if cause is None and last is not None and reading.words[one.index].joined:
            cause = last
        last = cause
        if cause is None:
            dead = next((k for k in reversed(kept) if k.event.kind == "killing"), None)
            if event.kind == "injury" and dead is not None and _counted_with(reading, dead, one):
                for name, figure in event.figures.items():
                    dead.event.figures.setdefault(name, figure)
                continue
            kept.append(one)
            continue
        for other in told:
            if other.event is cause and other.roles is not None:
                other.roles.own = True  # what kills is told, not only spoken of
        for name, figure in event.figures.items():
            cause.figures.setdefault(name, figure)
        if not cause.patients and cause.kind != "clash":
            cause.patients, cause.patient_ids = event.patients, event.patient_ids
        elif cause.kind == "clash" and not cause.agents and any(event.patient_ids):
            cause.agents, cause.agent_ids = event.patients, event.patient_ids  # who lost men there fought there
        if not cause.agents and not (one.roles is not None and one.roles.elliptical):
            cause.agents, cause.agent_ids = event.agents, event.agent_ids  # a verb without a subject has the cause as subject
    return kept


def _carries_on(strike: Told, loss: Told) -> bool:
    """`قذيفة أصابت منزلا وقتلت امرأة`: a joined verb without a subject goes on telling what the strike did."""
    if not strike.noun or not scopes()[strike.event.kind].causes_casualties or strike.event.source != loss.event.source:
        return False
    joined = loss.match is not None and loss.match.analysis.proclitics.startswith("و") and loss.match.gender == "feminine"
    return joined and loss.roles is not None and loss.roles.elliptical and loss.index - strike.last <= _TOGETHER and not strike.event.agents


def _counted_with(reading: Reading, dead: Told, hurt: Told) -> bool:
    """`قُتل 12 شخصا وأصيب 30`, `قتيلا واحدا وأربعة جرحى`: the wounded joined to the dead are of one row."""
    if dead.event.source != hurt.event.source or hurt.index - dead.index > _TOGETHER:
        return False
    between = range(dead.index + 1, hurt.index + 1)
    joined = any(reading.fold(k).startswith("و") for k in between)
    return joined and not any(reading.has(k, "that") or reading.tokens[k].form.text in STRONG for k in between)


_RESULTS = frozenset(("عن", "الي", "اسفر", "اسفرت", "ادي", "ادت", "اوقع", "اوقعت", "خلف", "خلفت", "اودي", "اودت"))
_LINKS = frozenset(
    ("عندما", "حين", "حينما", "بعدما", "لدي", "في", "جراء", "اثر", "نتيجه", "بسبب", "خلال", "عن", "الي", "ب", "من", "بشظايا", "بطلقات", "بنيران")
)


def _cause(reading: Reading, event: Event, index: int, told: list[Told]) -> Event | None:
    """The event of which the casualties are told: `قُتل … في غارات`, `أسفر هجوم … عن مقتل`, `انفجرت … فقُتل`."""
    for one in sorted(told, key=lambda one: abs(one.index - index)):
        cause, at = one.event, one.index
        if not scopes()[cause.kind].causes_casualties or cause.source != event.source:
            continue
        low, high = min(at, index), max(at, index)
        if at > index:
            behind = at - index == 1 or all(counts(reading, k) for k in range(index + 1, at))  # `قتلت ثلاث غارات`
            linked = behind or reading.fold(at - 1) in _LINKS or reading.fold(at - 2) in _LINKS or reading.fold(at).startswith("ب")
            apart = any(reading.has(k, "that") for k in range(low, high)) or _other_losses(reading, index, at, told)
            if linked and not apart and reading.clause[at] - reading.clause[index] <= 2 and high - low < 26:
                return cause
        elif _leads_to(reading, at, index):
            return cause
    return None


def _other_losses(reading: Reading, index: int, cause: int, told: list[Told]) -> bool:
    """`قتلت 40 مسلحا، وأقر بمقتل تسعة في انفجار`: losses told in a clause between have that cause."""
    between = (o for o in told if index < o.index < cause and o.event.kind in _CASUALTIES)
    return any(reading.clause[o.index] != reading.clause[index] and not reading.words[o.index].joined for o in between)


def _leads_to(reading: Reading, cause: int, index: int) -> bool:
    """`انفجرت …، فقُتل`, `أسفر الهجوم عن مقتل`, `غارات أوقعت قتلى`, or side by side in one clause."""
    if reading.fold(cause - 1).lstrip("و") in _RESULTS:
        return True  # `خلف القصف … أكثر من 60 قتيلا`
    if reading.fold(index).startswith("ف") or any(reading.fold(k) in _RESULTS for k in range(cause + 1, index)):
        return True
    return index - cause <= 6 and reading.clause[cause] == reading.clause[index]


def same_happening(event: Event, earlier: list[Event]) -> int | None:
    """Index of the first telling: same kind and status of fact, same place, parties and day that do not differ."""
    for number, other in enumerate(earlier):
        if other.kind != event.kind or other.same_as is not None:
            continue
        if not event.places or event.places[:1] != other.places[:1]:
            continue
        if _agree(event.agents, other.agents) and _agree(event.patients, other.patients) and _same_day(event, other):
            return number
    return None


def _agree(one: list[str], other: list[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _same_day(one: Event, other: Event) -> bool:
    if one.date_start is None or other.date_start is None or one.date_end is None or other.date_end is None:
        return True
    return one.date_start <= other.date_end and other.date_start <= one.date_end
