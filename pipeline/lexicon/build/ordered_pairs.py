"""Builds lexicon/ordered_pairs.csv: frequent pairs of words that prose has in one order, `من خلال`, and hardly in the other.

`python -m pipeline.lexicon.build.ordered_pairs --corpus ../shared/corpus`
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

from pipeline.lexicon.build.corpus import training_documents
from pipeline.restore.language_model import words_of

PAIRS, ONE_WAY, CONSIDERED = 1500, 12, 60_000
SOURCE, LICENCE = "antcorpus.data, comparableWikiCoprus", "Apache-2.0 AND CC-BY-SA-4.0"
TARGET = Path(__file__).parents[1] / "ordered_pairs.csv"


def main() -> None:
    """Count the corpora's word pairs and write the commonest that are at least twelve times as frequent as their reverse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    seen: Counter[tuple[str, str]] = Counter()
    for document in training_documents(parser.parse_args().corpus):
        for paragraph in document.paragraphs:
            seen.update(pairwise(words_of(paragraph)))
    ordered = [pair for pair, count in seen.most_common(CONSIDERED) if seen[pair[::-1]] * ONE_WAY < count]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["first", "second", "source", "licence"])
        writer.writerows([first, second, SOURCE, LICENCE] for first, second in sorted(ordered[:PAIRS]))


if __name__ == "__main__":
    main()
