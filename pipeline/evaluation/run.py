"""Runs the line over gold cases and gathers the scores by variant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.evaluation.alignment import Alignment
from pipeline.evaluation.extraction import ExtractionScore, score_extraction
from pipeline.evaluation.flags import FlagScore, score_stripped
from pipeline.evaluation.folders import Case, cases
from pipeline.evaluation.judged_sentences import FILE, JudgedScore, score_judged
from pipeline.evaluation.restoration import RestorationScore, score_restoration, strip_ascii_digits
from pipeline.evaluation.scores import Tally
from pipeline.evaluation.words import score_words
from pipeline.restore.document import restore

PARTS = ("restoration", "flags", "extraction")


@dataclass(slots=True)
class Report:
    """Scores by variant; each case was run by itself, so that no variant informs another."""

    restoration: dict[str, RestorationScore] = field(default_factory=dict)
    flags: dict[str, FlagScore] = field(default_factory=dict)
    extraction: dict[str, ExtractionScore] = field(default_factory=dict)
    words: dict[str, dict[str, Tally]] = field(default_factory=dict)
    judged: dict[str, JudgedScore] = field(default_factory=dict)

    def pooled(self) -> RestorationScore:
        """The restorations of all variants together, which tell whether confidences hold."""
        pool = RestorationScore()
        for score in self.restoration.values():
            pool.merge(score)
        return pool

    def as_dict(self) -> dict[str, Any]:
        return {
            "restoration": {k: v.as_dict() for k, v in self.restoration.items()},
            "reliability": {"all variants": self.pooled().reliability()} if len(self.restoration) > 1 else {},
            "flags": {k: v.as_dict() for k, v in self.flags.items()},
            "extraction": {k: v.as_dict() for k, v in self.extraction.items()},
            "judged": {name: score.as_dict() for name, score in self.judged.items()},
            "words": {name: {k: t.as_dict() for k, t in sides.items()} for name, sides in self.words.items()},
        }


def evaluate(paths: Iterable[Path], parts: Iterable[str] = PARTS, variants: Iterable[str] = ()) -> Report:
    """Score everything found below `paths`, each case alone; `variants` limits which (empty: all)."""
    report = Report()
    wanted, chosen = set(parts), set(variants)
    for path in paths:
        if (path / FILE).is_file():
            report.judged[path.name] = score_judged(path / FILE)
            continue
        for case in cases(path):
            if not chosen or case.variant in chosen:
                _score(report, case, wanted)
    return report


def _score(report: Report, case: Case, wanted: set[str]) -> None:
    restored = restore(case.raw)
    if case.variant == "damage":
        report.words[case.name] = {"raw": score_words(case.raw, case.clean), "restored": score_words(restored.text, case.clean)}
        return
    stripped = case.variant.startswith("stripped")
    clean = strip_ascii_digits(case.clean) if stripped else case.clean
    if "restoration" in wanted:
        mine = score_restoration(restored, case.raw, clean, case.digit_map or None, case.head)
        mine.examples = [f"{case.name} {e}" for e in mine.examples]
        report.restoration.setdefault(case.variant, RestorationScore()).merge(mine)
    if not wanted & {"flags", "extraction"}:
        return
    tables = _tables(case)
    if "flags" in wanted and stripped:
        flags = score_stripped(tables["quality_flags"], restored.text, case.clean)
        flags.misses = [f"{case.name} {m}" for m in flags.misses]
        report.flags.setdefault(case.variant, FlagScore()).merge(flags)
    if "extraction" in wanted and case.gold is not None and not stripped:
        to_truth = Alignment(restored.text, case.clean).to_truth
        facts = score_extraction(tables, case.gold, to_truth, case.clean)
        facts.misses = [f"{case.name} {m}" for m in facts.misses]
        report.extraction.setdefault(case.variant, ExtractionScore()).merge(facts)


def _tables(case: Case) -> dict[str, list[dict[str, Any]]]:
    from pipeline.line import process, single_document  # heavy: Arrow and the gazetteers

    gold = case.gold or {}
    published = date.fromisoformat(gold["published_at"]) if gold.get("published_at") else None
    documents = single_document(case.raw, published_at=published, publisher=gold.get("publisher"))
    return {name: table.to_pylist() for name, table in process(documents).items()}
