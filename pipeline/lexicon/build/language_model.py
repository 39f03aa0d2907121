"""Builds the shipped word counts: `python -m pipeline.lexicon.build.language_model --corpus ../shared/corpus`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import wordfreq
import zstandard

from pipeline.lexicon.build.corpus import training_documents
from pipeline.lexicon.build.letters import letter_model
from pipeline.restore.language_model import MODEL, WORD, words_of

PER = 10_000_000
SEEN_AT_LEAST = 2
COMMON_ELSEWHERE = 1.5e-7


def main() -> None:
    """Read the corpora, write the model files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    corpus = parser.parse_args().corpus
    counts = word_counts(p for d in training_documents(corpus) for p in d.paragraphs)
    write_lexicon(counts)
    pack("letters.bin", letter_model(counts).tobytes())


def word_counts(paragraphs: Iterable[str]) -> dict[str, int]:
    """Occurrences per ten million words, the mean of the corpora and of wordfreq's Arabic list.

    Kept are words seen twice in the corpora or common in wordfreq.
    """
    seen: Counter[str] = Counter()
    for paragraph in paragraphs:
        seen.update(words_of(paragraph))
    total = seen.total()
    elsewhere = {w: f for w, f in wordfreq.get_frequency_dict("ar", "large").items() if WORD.fullmatch(w)}
    kept = {w for w, n in seen.items() if n >= SEEN_AT_LEAST} | {w for w, f in elsewhere.items() if f > COMMON_ELSEWHERE}
    return {w: max(1, round((seen[w] / total + elsewhere.get(w, 0.0)) / 2 * PER)) for w in sorted(kept)}


def write_lexicon(counts: dict[str, int]) -> None:
    """Words in code point order and their counts, in two parallel files."""
    pack("words.bin", "\n".join(counts).encode())
    pack("word_counts.bin", np.array(list(counts.values()), dtype="<u4").tobytes())


def pack(name: str, data: bytes) -> None:
    """Write a model file, compressed."""
    MODEL.mkdir(exist_ok=True)
    (MODEL / name).write_bytes(zstandard.ZstdCompressor(level=19).compress(data))


if __name__ == "__main__":
    main()
