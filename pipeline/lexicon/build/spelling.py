"""Counts neighbouring letters and frequent words in clean Arabic: what `ingest.encodings` knows about how Arabic looks.

Run: python -m pipeline.lexicon.build.spelling ant.parquet (a column `text`); writes letter_pairs.csv and frequent_words.csv.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

SOURCE, LICENCE = "ANT corpus (antcorpus/antcorpus.data)", "Apache-2.0"
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
WORDS_KEPT = 4000


def main(corpus: Path) -> None:
    """Write the pairs seen at least five times ('_' is a word's edge) and the commonest words, most frequent first."""
    words: Counter[str] = Counter()
    for batch in pq.ParquetFile(corpus).iter_batches(columns=["text"]):
        for text in batch.column(0).to_pylist():
            words.update(WORD.findall(text))
    pairs: Counter[str] = Counter()
    for word, count in words.items():
        framed = f"_{word}_"
        for i in range(len(framed) - 1):
            pairs[framed[i : i + 2]] += count
    _write("letter_pairs", "pair", (entry for entry in pairs.most_common() if entry[1] >= 5))
    _write("frequent_words", "word", words.most_common(WORDS_KEPT))


def _write(name: str, column: str, counts: Iterable[tuple[str, int]]) -> None:
    target = Path(__file__).parent.parent / f"{name}.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column, "count", "source", "licence"])
        writer.writerows([key, n, SOURCE, LICENCE] for key, n in counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
