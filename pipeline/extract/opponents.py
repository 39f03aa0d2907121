"""Who fights whom in an article: the two sides that its clashes, captures and losses set against each other.

News of a war names the sides once and then leaves the other one out (`استعادت القوات المعسكر`, `قتلت 18 مسلحا`): what was
told before supplies it. Allies of one state are never set against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pipeline.extract.phrases import Name
from pipeline.extract.sides import kind_and_country, same_state
from pipeline.lexicon.reader import rows

_FIGHTING = frozenset(("army", "armed_group", "coalition", "government", "state", ""))


@dataclass(slots=True)
class Opponents:
    """Pairs of sides in the order told; the last pair that holds a side tells its opponent."""

    _pairs: list[tuple[Name, list[Name]]] = field(default_factory=list)

    def meet(self, ones: list[Name], others: list[Name], weak: bool = False) -> None:
        """Remember that some fight others; names of common nouns (`Fighters`) and states of one mind are no sides.

        weak: only where no opponent is known yet (who bombs from the air helps one of two that fight on the ground).
        """
        ones, others = [n for n in ones if _fights(n)], [n for n in others if _fights(n)]
        if not ones or not others or any(same_state(a[1], b[1]) or a == b for a in ones for b in others):
            return
        for sides, against in ((ones, others), (others, ones)):
            for side in sides:
                if not (weak and any(known == side for known, _ in self._pairs)):
                    self._set(side, against)

    def clash(self, sides: list[Name]) -> None:
        """`معارك بين أ وب`: the first side and the last; those of one state count as one side."""
        if len(sides) > 1:
            first = [n for n in sides if n == sides[0] or same_state(n[1], sides[0][1])]
            self.meet(first, [n for n in sides if n not in first])

    def of(self, names: list[Name]) -> list[Name]:
        """Against whom a side was last told to fight; an arm of a state fights whom the state fights."""
        for name in names:
            for one, others in reversed(self._pairs):
                if one == name:
                    return others[:]
        for name in names:
            for one, others in reversed(self._pairs):
                if same_state(one[1], name[1]) and not any(same_state(o[1], name[1]) for o in others):
                    return others[:]
        return []

    def _set(self, one: Name, others: list[Name]) -> None:
        self._pairs = [p for p in self._pairs if p[0] != one]
        self._pairs.append((one, others[:]))


def _fights(name: Name) -> bool:
    """Whether a name can be a side: no place, no outlet, no common noun of people."""
    if name[1] is None:
        return name[0] not in _groups()
    return kind_and_country(name[1])[0] in _FIGHTING and name[1].partition(":")[0] in ("actor", "state")


@cache
def _groups() -> frozenset[str]:
    return frozenset(row["group"] for row in rows("event_nouns"))
