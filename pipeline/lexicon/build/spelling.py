"""Counts neighbouring letters in clean Arabic: what `ingest.encodings` knows about how Arabic looks.

Run: python -m pipeline.lexicon.build.spelling ant.parquet (a column `text`); writes letter_pairs.csv.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

SOURCE, LICENCE = "ANT corpus (antcorpus/antcorpus.data)", "Apache-2.0"
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")


def main(corpus: Path) -> None:
    """Write the pairs seen at least five times, most frequent first; '_' is a word's edge."""
    words: Counter[str] = Counter()
    for batch in pq.ParquetFile(corpus).iter_batches(columns=["text"]):
        for text in batch.column(0).to_pylist():
            words.update(WORD.findall(text))
    pairs: Counter[str] = Counter()
    for word, count in words.items():
        framed = f"_{word}_"
        for i in range(len(framed) - 1):
            pairs[framed[i : i + 2]] += count
    target = Path(__file__).parent.parent / "letter_pairs.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pair", "count", "source", "licence"])
        writer.writerows([pair, n, SOURCE, LICENCE] for pair, n in pairs.most_common() if n >= 5)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
