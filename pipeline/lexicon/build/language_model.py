"""Builds the shipped language model data: `python -m pipeline.lexicon.build.language_model --corpus ../shared/corpus`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import wordfreq
import zstandard

from pipeline.lexicon.build.corpus import Document, documents, training_documents
from pipeline.lexicon.build.encoded import NEWS, encode
from pipeline.lexicon.build.halves import halves
from pipeline.lexicon.build.junctions import CONFLICT_SHARE, is_conflict_word, train
from pipeline.lexicon.build.letters import letter_model
from pipeline.lexicon.build.line_orders import examples, fit, report, trains
from pipeline.lexicon.build.word_pairs import word_pairs
from pipeline.lexicon.reader import rows, words
from pipeline.restore.language_model import MODEL, WORD, words_of
from pipeline.restore.word_pairs import WordPairs

PER = 10_000_000
SEEN_AT_LEAST = 2
COMMON_ELSEWHERE = 1.5e-7
GAZETTEERS = ("places_geonames", "places_syria", "places_hand", "persons", "actors", "media", "weapons", "given_names", "surnames", "countries")
LEAST_LETTERS, SELDOM = 4, 1
"""How long a name of a gazetteer must be to be a word of the lexicon, and how often such a one counts as written."""
RANKER_SEEDS = (1, 3, 5)
ARTICLE = 5_000


def main() -> None:
    """Read the corpora, write the model files: all but the junction scorer in minutes, that one in half an hour."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--keep-junctions", action="store_true", help="do not train the junction scorer anew (needs torch)")
    options = parser.parse_args()
    corpus: Path = options.corpus
    counts = word_counts(p for d in training_documents(corpus) for p in d.paragraphs)
    write_lexicon(counts | dict.fromkeys(gazetteer_words() - counts.keys(), SELDOM))
    pack("letters.bin", letter_model(counts).tobytes())
    pack("halves.bin", "\n\n".join("\n".join(side) for side in halves(counts)).encode())
    encoded = encode(training_documents(corpus))
    table = word_pairs(encoded)
    pack("word_pairs.bin", table.astype("<u2").tobytes())
    if not options.keep_junctions:
        pack("junctions.bin", train(encoded, WordPairs(table), words("conflict_words"), _say))
    write_line_orders([document for document in documents(corpus) if document.held_out])


def write_line_orders(held_out: list[Document]) -> None:
    """Weights of the ranker; prints how it does on the held-out documents that did not train it."""
    conflict = words("conflict_words")
    chosen = [_opening(document) for document in held_out if document.source == NEWS or _about_conflict(document, conflict)]
    training = [d for d in chosen if trains(d)]
    weights = fit([one for seed in RANKER_SEEDS for one in examples(training, seed)[0]])
    (MODEL / "line_orders.json").write_text(json.dumps(weights, indent=1) + "\n")
    for line in report(*examples((d for d in chosen if not trains(d)), seed=2), weights):
        _say(line)


def _opening(document: Document) -> Document:
    """A document's first paragraphs, as long as an article."""
    sizes = np.cumsum([0, *map(len, document.paragraphs)])[:-1]
    return document._replace(paragraphs=[text for text, before in zip(document.paragraphs, sizes, strict=True) if before <= ARTICLE])


def _about_conflict(document: Document, conflict: frozenset[str]) -> bool:
    found = [word for paragraph in document.paragraphs for word in words_of(paragraph)]
    return sum(is_conflict_word(word, conflict) for word in found) > CONFLICT_SHARE * max(len(found), 40)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


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


def gazetteer_words() -> frozenset[str]:
    """Words of the gazetteers' names; shorter ones could be halves of others."""
    names = (row.get(column, "") for name in GAZETTEERS for row in rows(name) for column in ("name_ar", "aliases"))
    return frozenset(word for name in names for word in words_of(name) if len(word) >= LEAST_LETTERS)


def write_lexicon(counts: dict[str, int]) -> None:
    """Words in code point order and their counts, in two parallel files."""
    listed = sorted(counts)
    pack("words.bin", "\n".join(listed).encode())
    pack("word_counts.bin", np.array([counts[word] for word in listed], dtype="<u4").tobytes())


def pack(name: str, data: bytes) -> None:
    """Write a model file, compressed."""
    MODEL.mkdir(exist_ok=True)
    (MODEL / name).write_bytes(zstandard.ZstdCompressor(level=19).compress(data))


if __name__ == "__main__":
    main()
