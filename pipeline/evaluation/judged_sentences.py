"""Sentences that people judged for ASSAULT (PLOVER), yes or no: how often the line finds such an event told as having happened."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.evaluation.scores import Tally
from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences
from pipeline.restore.document import restore

FILE = "assault_gsr.csv"
# The judges followed PLOVER as of 2018, whose ASSAULT leaves armed fighting between forces to a type FIGHT of its own.
ASSAULT_2018 = frozenset({"killing", "injury", "abduction", "bombing", "suicide_bombing"})
_HAPPENED = ("asserted", "claimed")


@dataclass(slots=True)
class JudgedScore:
    """Per label (yes, easy no, difficult no, ambiguous): sentences, and those in which an ASSAULT event was found."""

    sentences: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, object]:
        no = ("easy no", "difficult no")
        tally = Tally(self.found["yes"], self.found["yes"] + sum(self.found[label] for label in no), self.sentences["yes"])
        shares = {label: round(self.found[label] / n, 4) for label, n in sorted(self.sentences.items())}
        return {**tally.as_dict(), "sentences": dict(self.sentences), "share_found": shares}


def score_judged(file: Path) -> JudgedScore:
    """Score the sentences of an `assault_gsr.csv` (columns text and label), each as a document of its own."""
    score = JudgedScore()
    with file.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            text = restore(row["text"]).text
            facts = extract_document(Document(row["id"], text, split_sentences(text)))
            score.sentences[row["label"]] += 1
            score.found[row["label"]] += any(e.kind in ASSAULT_2018 and e.status in _HAPPENED for e in facts.events)
    return score
