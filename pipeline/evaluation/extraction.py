"""How well extracted rows agree with an article's gold facts (rules in README of the gold and in `tarmim evaluate --help`)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.scores import Tally, iou, match

Row = Mapping[str, Any]
FIGURES = ("killed", "wounded", "displaced", "detained", "captured")
CAUSES = frozenset(
    [
        "attack",
        "clash",
        "airstrike",
        "shelling",
        "bombing",
        "suicide_bombing",
        "drone_strike",
        "chemical_attack",
        "aircraft_downed",
        "destruction",
        "siege",
        "other",
    ]
)
SCORED = ("quantities", "times", "mentions", "claims", "events", "quality_flags")
MEASURES = (
    "quantities", "quantity_kinds", "times", "mention_types", "links", "claims", "claims_with_stance",
    "events", "event_roles", "event_figures", "duplicates",
)  # fmt: skip


@dataclass(slots=True)
class ExtractionScore:
    """Tallies per measure, statuses and dates of matched events, and the name pairs from which links are judged."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {m: Tally() for m in MEASURES})
    status: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def merge(self, other: ExtractionScore) -> None:
        for name, tally in other.tallies.items():
            self.tallies[name].add(tally.right, tally.found, tally.gold)
        self.status.add(other.status.right, other.status.found, other.status.gold)
        self.dates.add(other.dates.right, other.dates.found, other.dates.gold)
        self.names.update(other.names)
        self.misses += other.misses

    def as_dict(self) -> dict[str, object]:
        return {
            **{name: tally.as_dict() for name, tally in self.tallies.items()},
            "event_status_accuracy": self.status.precision,
            "event_date_accuracy": self.dates.precision,
        }


def score_extraction(tables: Mapping[str, Sequence[Row]], gold: Mapping[str, Any], to_truth: Callable[[int], int], text: str) -> ExtractionScore:
    """Score one article's rows, whose offsets `to_truth` maps into the gold's text."""
    score = ExtractionScore()
    found = {name: [_moved(r, to_truth) for r in tables[name]] for name in SCORED if name in tables}
    _quantities(score, found["quantities"], gold["quantities"])
    _spans(score, "times", found["times"], gold["times"], lambda f, g: f["value"] == g["value"])
    same = _mentions(score, found["mentions"], gold["mentions"])
    _claims(score, found["claims"], gold["claims"], same)
    _events(score, found["events"], gold["events"], same, text)
    doubled = [f for f in found.get("quality_flags", []) if f["kind"] in ("duplicated_word", "duplicated_phrase")]
    _duplicates(score, doubled, gold.get("duplicates", []))
    return score


def _moved(row: Row, to_truth: Callable[[int], int]) -> dict[str, Any]:
    return {**row, "start": to_truth(row["start"]), "end": to_truth(row["end"])}


def _close(f: Row, g: Row) -> float:
    value = iou((f["start"], f["end"]), (g["start"], g["end"]))
    return value if value >= 0.5 else 0.0


def _spans(
    score: ExtractionScore, measure: str, found: Sequence[Row], gold: Sequence[Row], right: Callable[[Row, Row], bool]
) -> list[tuple[Row, Row]]:
    pairs = match(found, gold, _close)
    good = [p for p in pairs if right(*p)]
    score.tallies[measure].add(len(good), len(found), len(gold))
    _note(score, measure, found, gold, good)
    return pairs


def _note(score: ExtractionScore, measure: str, found: Iterable[Row], gold: Iterable[Row], good: Sequence[tuple[Row, Row]]) -> None:
    hit_found, hit_gold = {id(f) for f, _ in good}, {id(g) for _, g in good}
    for row in found:
        if id(row) not in hit_found:
            score.misses.append(f"{measure} wrong {_brief(row)}")
    for row in gold:
        if id(row) not in hit_gold:
            score.misses.append(f"{measure} lost  {_brief(row)}")


def _brief(row: Row) -> str:
    keep = (
        "start", "text", "trigger", "low", "high", "qualifier", "unit", "value", "type", "canonical", "canonical_name", "source", "relay",
        "stance", "kind", "agents", "agent", "patients", "patient", "place", "places", "status",
    )  # fmt: skip
    return " ".join(f"{k}={row[k]}" for k in keep if row.get(k) not in (None, []))


def _quantities(score: ExtractionScore, found: list[dict[str, Any]], gold: Sequence[Row]) -> None:
    pairs = match(found, gold, _close)
    paired = {id(f) for f, _ in pairs}
    # Figures of two that are bare dual nouns are a matter of taste: neither rewarded nor punished.
    counted = [f for f in found if id(f) in paired or not (f["low"] == f["high"] == 2 and f["status"] == "spelled")]
    values = [p for p in pairs if all(_number(p[0][k]) == _number(p[1][k]) for k in ("low", "high")) and p[0]["qualifier"] == p[1]["qualifier"]]
    kinds = [p for p in pairs if p[0]["kind"] == p[1]["kind"]]
    score.tallies["quantities"].add(len(values), len(counted), len(gold))
    score.tallies["quantity_kinds"].add(len(kinds), len(counted), len(gold))
    _note(score, "quantities", counted, gold, values)
    _note(score, "quantity_kinds", [], [g for _, g in pairs], kinds)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def plain_name(name: str | None) -> str:
    """A name without case, accents, hyphens, articles and classifiers, for comparing romanised names."""
    if not name:
        return ""
    name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    name = re.sub(r"\b(al|el|an|as|ash|ad|ar|at|az|the|of|for|city)\b", " ", re.sub(r"[^\w\s]", " ", name.lower()))
    return re.sub(r"\s+", " ", name).strip()


class SameName:
    """Whether a predicted name stands for a gold name: by equal plain names or by the one-to-one link of their mentions."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links

    def __call__(self, found: str | None, gold: str | None) -> bool:
        if not found or not gold:
            return not found and not gold
        return plain_name(found) == plain_name(gold) or self._links.get(plain_name(found)) == gold

    def sets(self, found: Sequence[str], gold: Sequence[str]) -> bool:
        """Whether two lists of names hold the same names."""
        rest = list(gold)
        for name in found:
            hit = next((g for g in rest if self(name, g)), None)
            if hit is None:
                return False
            rest.remove(hit)
        return not rest


def _mentions(score: ExtractionScore, found: Sequence[Row], gold: Sequence[Row]) -> SameName:
    pairs = _spans(score, "mention_types", found, gold, lambda f, g: f["type"] == g["type"])
    weights: Counter[tuple[str, str]] = Counter((_entity(f), g["canonical"]) for f, g in pairs)
    links: dict[str, str] = {}
    for (entity, canonical), _ in sorted(weights.items(), key=lambda kv: (-kv[1], plain_name(kv[0][1]) not in kv[0][0], kv[0])):
        if entity and entity not in links and canonical not in links.values():
            links[entity] = canonical
    good = [(f, g) for f, g in pairs if links.get(_entity(f)) == g["canonical"]]
    score.tallies["links"].add(len(good), len(found), len(gold))
    _note(score, "links", [], [g for _, g in pairs], good)
    return SameName({plain_name(f["canonical_name"]): g["canonical"] for f, g in good})


def _entity(row: Row) -> str:
    return str(row["canonical_id"] or plain_name(row["canonical_name"]))


def _claims(score: ExtractionScore, found: Sequence[Row], gold: Sequence[Row], same: SameName) -> None:
    pairs = match(found, gold, _close)
    good = [p for p in pairs if same(p[0]["source"], p[1]["source"])]
    stanced = [p for p in good if p[0]["stance"] == p[1]["stance"]]
    score.tallies["claims"].add(len(good), len(found), len(gold))
    score.tallies["claims_with_stance"].add(len(stanced), len(found), len(gold))
    _note(score, "claims", found, gold, good)


def _events(score: ExtractionScore, found: Sequence[Row], gold: Sequence[Row], same: SameName, text: str) -> None:
    def near(f: Row, g: Row) -> float:
        gap = float(max(f["start"] - g["end"], g["start"] - f["end"], 0))
        if f["kind"] != g["kind"] or gap > 25 or re.search(r"[.؟!]\s|\n", text[min(f["end"], g["end"]) : max(f["start"], g["start"])]):
            return 0.0
        return 26.0 - gap

    pairs = match(found, gold, near)
    hit_found, hit_gold = {id(f) for f, _ in pairs}, {id(g) for _, g in pairs}
    extra = [f for f in found if id(f) not in hit_found and not _folds(f, found, text)]
    missed = [g for g in gold if id(g) not in hit_gold and not _folds(g, gold, text)]
    total_found, total_gold = len(pairs) + len(extra), len(pairs) + len(missed)
    score.tallies["events"].add(len(pairs), total_found, total_gold)
    roles = [p for p in pairs if _roles(p[0], p[1], same)]
    score.tallies["event_roles"].add(len(roles), total_found, total_gold)
    score.status.add(sum(f["status"] == g["status"] for f, g in pairs), len(pairs), len(pairs))
    score.dates.add(sum(_date(f) == g.get("date") for f, g in pairs), len(pairs), len(pairs))
    for f, g in pairs:
        told = [n for n in FIGURES if g.get(n)]
        have = [n for n in FIGURES if f.get(f"{n}_qualifier")]
        right = [n for n in told if n in have and all(_number(f[f"{n}_{k}"]) == _number(g[n][k]) for k in ("low", "high"))]
        score.tallies["event_figures"].add(len(right), len(have), len(told))
    _note(score, "events", extra, missed, [])
    for f, g in pairs:
        if not _roles(f, g, same):
            score.misses.append(f"event_roles {_brief(f)}  WANT agent={g['agent']} patient={g['patient']} place={g['place']}")
        if f["status"] != g["status"]:
            score.misses.append(f"event_status {_brief(f)} WANT {g['status']}")


def _folds(row: Row, rows: Iterable[Row], text: str) -> bool:
    """A casualty row beside its cause in one sentence is a matter of taste."""
    if row["kind"] not in ("killing", "injury"):
        return False
    left = max(text.rfind(". ", 0, row["start"]), text.rfind("\n", 0, row["start"]))
    ends = [e for e in (text.find(". ", row["start"]), text.find("\n", row["start"])) if e >= 0]
    right = min(ends, default=len(text))
    return any(r["kind"] in CAUSES and left <= r["start"] < right for r in rows)


def _roles(f: Row, g: Row, same: SameName) -> bool:
    place = (not f["place"] and not g["place"]) or any(same(f["place"], p) for p in g["place"])
    return place and same.sets(f["agents"], g["agent"]) and same.sets(f["patients"], g["patient"])


def _date(row: Row) -> str | None:
    if row["date_start"] is None:
        return None
    length = {"day": 10, "week": 10, "month": 7, "year": 4}.get(row["date_precision"] or "day", 10)
    return str(row["date_start"])[:length]


def _duplicates(score: ExtractionScore, found: Sequence[Row], gold: Sequence[Row]) -> None:
    pairs = match(found, gold, lambda f, g: iou((f["start"], f["end"]), (g["start"], g["end"])))
    score.tallies["duplicates"].add(len(pairs), len(found), len(gold))
    _note(score, "duplicates", found, gold, pairs)
