"""Builds lexicon/marked_words.csv: words as writers mark them inside, `قُتل`, `شنّت`, `يُعلن`, counted in the corpora.

`python -m pipeline.lexicon.build.marked_words --corpus ../shared/corpus`
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from pipeline.lexicon.build.corpus import training_documents
from pipeline.restore.moved_marks import inner, marked_words

SEEN_AT_LEAST = 4
SOURCE, LICENCE = "counts from antcorpus/antcorpus.data and motazsaad/comparableWikiCoprus", "Apache-2.0 AND CC-BY-SA-4.0"
TARGET = Path(__file__).parents[1] / "marked_words.csv"


def main() -> None:
    """Count the corpora's marked words and write those seen often enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    seen: Counter[str] = Counter()
    for document in training_documents(parser.parse_args().corpus):
        for paragraph in document.paragraphs:
            seen.update(form for m in marked_words(paragraph) if (form := inner(m.group())))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "count", "source", "licence"])
        for word, count in sorted(seen.items()):
            if count >= SEEN_AT_LEAST:
                writer.writerow([word, count, SOURCE, LICENCE])


if __name__ == "__main__":
    main()
