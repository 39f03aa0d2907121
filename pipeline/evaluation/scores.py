"""Counting: precision, recall, F1 and one-to-one matching of spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Span = tuple[int, int]


@dataclass(slots=True)
class Tally:
    """True positives among `found` predictions and `gold` truths."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else None

    def as_dict(self) -> dict[str, float | int | None]:
        return {
            "right": self.right, "found": self.found, "gold": self.gold,
            "precision": _round(self.precision), "recall": _round(self.recall), "f1": _round(self.f1),
        }  # fmt: skip


def iou(left: Span, right: Span) -> float:
    """Intersection over union of two half-open spans."""
    common = min(left[1], right[1]) - max(left[0], right[0])
    if common <= 0:
        return 0.0
    return common / (max(left[1], right[1]) - min(left[0], right[0]))


def match(found: Sequence[A], gold: Sequence[B], closeness: Callable[[A, B], float]) -> list[tuple[A, B]]:
    """One-to-one pairs, closest first; a closeness of 0 or less never pairs."""
    scored = [(closeness(f, g), i, j) for i, f in enumerate(found) for j, g in enumerate(gold)]
    scored = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1], s[2]))
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((found[i], gold[j]))
    return pairs


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
