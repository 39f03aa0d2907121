"""The training corpora as documents of words: reading, splitting by document, dropping what the test side shares.

What is counted or trained from them belongs in the modules beside this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pipeline.restore.language_model import words_of

Codes = NDArray[np.int64]

HELD_OUT_SHARE = 20
SHARED_WORDS = 10


class Source(NamedTuple):
    """A corpus file and what must be said about it wherever counts of it are shipped."""

    name: str
    file: str
    origin: str
    licence: str


SOURCES = (
    Source("ant", "ant.parquet", "github antcorpus/antcorpus.data", "Apache-2.0"),
    Source("wikipedia", "wikipedia.parquet", "github motazsaad/comparableWikiCoprus", "CC BY-SA 4.0"),
)


class Document(NamedTuple):
    """One text with its paragraphs; `held_out` documents are never counted or trained on."""

    doc_id: str
    source: str
    paragraphs: list[str]
    held_out: bool


def documents(corpus: Path) -> Iterator[Document]:
    """All documents of the corpora, those of the test side marked."""
    for source in SOURCES:
        table = pq.read_table(corpus / source.file, columns=["id", "text"])
        ids: list[str] = table["id"].to_pylist()
        texts: list[str] = table["text"].to_pylist()
        for doc_id, text in zip(ids, texts, strict=True):
            paragraphs = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
            yield Document(doc_id, source.name, paragraphs, is_held_out(doc_id))


def is_held_out(doc_id: str) -> bool:
    """One document in twenty, by the hash of its id."""
    return int.from_bytes(hashlib.sha256(doc_id.encode()).digest()[:4], "big") % HELD_OUT_SHARE == 0


def training_documents(corpus: Path) -> Iterator[Document]:
    """Training documents without the paragraphs that share ten words in a row with a held-out document.

    Re-used wire copy would otherwise make measured figures flatter than they are.
    """
    tests = [_shingles(p) for d in documents(corpus) if d.held_out for p in d.paragraphs]
    known = np.unique(np.concatenate(tests))
    for document in documents(corpus):
        if not document.held_out:
            kept = [p for p in document.paragraphs if not _any_in(_shingles(p), known)]
            yield document._replace(paragraphs=kept)


def _any_in(codes: Codes, known: Codes) -> bool:
    places = np.searchsorted(known, codes)
    return bool((known[np.minimum(places, len(known) - 1)] == codes).any())


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _shingles(paragraph: str) -> Codes:
    words = words_of(paragraph)
    if len(words) < SHARED_WORDS:
        return np.empty(0, dtype=np.int64)
    codes = np.array([hash(w) for w in words], dtype=np.int64).view(np.uint64)
    count = len(codes) - SHARED_WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for k in range(SHARED_WORDS):
        mixed = mixed * np.uint64(1099511628211) + codes[k : k + count]
    return mixed.view(np.int64)
