"""What a corpus knows of its producers: builds `producer_profiles` and finds the profile that a document's signature names.

Everything is computed over sets of documents, so their order and chunking change nothing. How restoration reads a
profile is in profile.py.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.restore.digit_maps import features, shares
from pipeline.restore.digit_priors import candidate_maps
from pipeline.restore.document import Restored, restore
from pipeline.restore.figure_model import FigureModel
from pipeline.restore.language_model import WORD, Lexicon, plain
from pipeline.restore.private_figures import Figure, figures_of
from pipeline.restore.private_fonts import private_glyphs
from pipeline.restore.profile import Profile
from pipeline.schema import TABLES

STRETCH = 64  # a font's digits stand within one block of so many code points
_SAMPLE = 300  # documents a profile is drawn from at most, the same ones in any order
_STRANGER = 0.02  # chance that a document of a producer has another map than the others
_SURE_GLYPH = 0.99
_RARE = 20  # occurrences per ten million words; a commoner word needs no profile to be known
_WORDS_KEPT = 2000
_DOUBT_OF_SAMENESS = {True: 0.01, False: 0.3}  # by whether a publisher is known: that the next document has the same map


class Source(NamedTuple):
    """A document as profiles see it."""

    doc_id: str
    publisher: str | None
    text: str


def profiles_of(documents: pa.Table) -> pa.Table:
    """The profiles of all producers in a table of documents (columns doc_id, publisher and text are read)."""
    columns = documents.select(["doc_id", "publisher", "text"]).to_pylist()
    return TABLES["producer_profiles"].from_rows(build_profiles(Source(**row) for row in columns))


def build_profiles(documents: Iterable[Source]) -> list[dict[str, Any]]:
    """Rows of `producer_profiles`, one per signature that ties documents together, in the order of signatures."""
    groups: dict[str, dict[str, Source]] = defaultdict(dict)
    for source in documents:
        name = signature(source.text, source.publisher)
        if name is not None:
            groups[name][source.doc_id] = source
    rows = (_row(name, _sample(groups[name])) for name in sorted(groups))
    return [row for row in rows if row is not None]


def signature(text: str, publisher: str | None) -> str | None:
    """What ties a document to others: its publisher and the stretch of its private digits; None when it has neither."""
    fonts = private_glyphs(text).fonts
    if not fonts and not publisher:
        return None
    glyphs = f"U+{_stretch(_main_font(text, fonts)):04X}/{STRETCH}" if fonts else "none"
    return f"publisher={publisher or '-'}; glyphs={glyphs}"


class Profiles:
    """Profiles by signature, read from rows of `producer_profiles`."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._by_signature = {row["signature"]: _profile(row) for row in rows}

    def of(self, text: str, publisher: str | None) -> Profile | None:
        """The profile whose signature the document bears; nothing else about the document plays a part."""
        if not self._by_signature:
            return None
        name = signature(text, publisher)
        return None if name is None else self._by_signature.get(name)


def _profile(row: Mapping[str, Any]) -> Profile:
    digit_map = {chr(int(glyph[2:], 16)): digit for glyph, digit in json.loads(row["digit_map"] or "{}").items()}
    evidence = json.loads(row["evidence"] or "{}")
    return Profile(row["profile_id"], digit_map, json.loads(row["cut_letters"] or "{}"), evidence.get("words", {}), row["confidence"])


def _main_font(text: str, fonts: Sequence[Sequence[str]]) -> Sequence[str]:
    return max(fonts, key=lambda font: (sum(text.count(glyph) for glyph in font), font[0]))


def _stretch(font: Sequence[str]) -> int:
    return ord(font[0]) // STRETCH * STRETCH


def _sample(group: Mapping[str, Source]) -> list[Source]:
    """At most _SAMPLE documents, picked by their ids alone."""
    by_hash = sorted(group, key=lambda doc_id: hashlib.sha256(doc_id.encode()).digest())
    return [group[doc_id] for doc_id in sorted(by_hash[:_SAMPLE])]


def _row(name: str, sources: Sequence[Source]) -> dict[str, Any] | None:
    if len(sources) < 2:
        return None
    maps = _pooled_maps(sources)
    habits = _habits(sources)
    digit_map = {f"U+{ord(g):04X}": d for pooled in maps for g, d in sorted(pooled.digits.items())}
    confidence = min((pooled.confidence for pooled in maps), default=0.0)
    evidence = {
        "figures": sum(p.figures for p in maps), "conflicting_documents": sum(p.conflicting for p in maps),
        "damage": habits.damage, "words": habits.words,
    }  # fmt: skip
    content = {"digit_map": digit_map, "cut_letters": habits.cut_letters, "confidence": round(confidence, 4), "evidence": evidence}
    if not digit_map and not habits.cut_letters and not habits.words:
        return None
    packed = {k: json.dumps(v, ensure_ascii=False, sort_keys=True) if isinstance(v, dict) else v for k, v in content.items()}
    digest = hashlib.sha256(json.dumps([name, packed], ensure_ascii=False).encode()).hexdigest()
    return {"profile_id": digest[:16], "signature": name, "documents": len(sources), **packed}


@dataclass(slots=True)
class _Pooled:
    """One font's map as many documents show it."""

    digits: dict[str, str]
    confidence: float
    figures: int
    conflicting: int


def _pooled_maps(sources: Sequence[Source]) -> list[_Pooled]:
    """A map per stretch of glyphs, from the figures of all documents; stretches with too many glyphs are no one font."""
    documents: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    known: dict[int, bool] = defaultdict(bool)
    for source in sources:
        for font in private_glyphs(source.text).fonts:
            documents[_stretch(font)].append((source.text, font))
            known[_stretch(font)] |= source.publisher is not None
    found = []
    for stretch in sorted(documents):
        glyphs = sorted({g for _, font in documents[stretch] for g in font})
        if len(glyphs) <= 10 and len(documents[stretch]) > 1:
            found.append(_pool(glyphs, [figures_of(text, glyphs) for text, _ in documents[stretch]], known[stretch]))
    return [pooled for pooled in found if pooled.digits]


def _pool(glyphs: Sequence[str], documents: Sequence[Sequence[Figure]], published: bool) -> _Pooled:
    """Robust product of the documents' likelihoods: any of them may, with a small chance, have a map of its own."""
    model = FigureModel.load()
    weights = np.array(model.weights)
    maps, prior = candidate_maps([ord(g) for g in glyphs])
    usual = shares(prior)
    total = prior * model.weights.prior
    fits = []
    for figures in documents:
        scores = features(maps, np.zeros(len(maps)), figures, model) @ weights
        likelihood = np.exp(scores - scores.max())
        fit = likelihood / float(usual @ likelihood)
        fits.append(fit)
        total = total + np.log((1 - _STRANGER) * fit + _STRANGER)
    posterior = shares(total)
    best = int(posterior.argmax())
    conflicting = sum(bool(fit[best] < _STRANGER) for fit in fits)
    sameness = 1 - (conflicting + _DOUBT_OF_SAMENESS[published]) / (len(documents) + _DOUBT_OF_SAMENESS[published])
    sure = [float(posterior[maps[:, i] == maps[best, i]].sum()) for i in range(len(glyphs))]
    digits = {g: str(maps[best, i]) for i, g in enumerate(glyphs) if sure[i] >= _SURE_GLYPH}
    confidence = min((p for p in sure if p >= _SURE_GLYPH), default=0.0) * sameness
    return _Pooled(digits, confidence, sum(map(len, documents)), conflicting)


@dataclass(slots=True)
class _Habits:
    """What the restored documents of a producer show: where lines are cut, and rare words that stand whole."""

    cut_letters: dict[str, float] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    damage: dict[str, int] = field(default_factory=dict)


def _habits(sources: Sequence[Source]) -> _Habits:
    cuts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    damage: Counter[str] = Counter()
    for source in sources:
        restored = restore(source.text)
        cuts.update(_cut_letters(restored))
        words.update(_whole_words(restored))
        damage.update(restored.damage)
    if not cuts:
        return _Habits(damage=dict(sorted(damage.items())))
    recurring = sorted((-n, word) for word, n in words.items() if n > 1)[:_WORDS_KEPT]
    letters = {letter: round(n / cuts.total(), 4) for letter, n in sorted(cuts.items())}
    return _Habits(letters, {word: -n for n, word in sorted(recurring, key=lambda r: r[1])}, dict(sorted(damage.items())))


def _cut_letters(restored: Restored) -> Iterable[str]:
    """Letters after which a word was cut: the next letter of the same word stood further left in the raw line."""
    origin, text = restored.traced.origin, restored.text
    backward = np.flatnonzero((np.diff(origin) < 0) & (origin[1:] >= 0) & (origin[:-1] >= 0))
    spans = [(p.start, p.end) for p in restored.restorations if p.finding.kind == "displaced_run"]
    for i in backward.tolist():
        if WORD.match(text[i]) and WORD.match(text[i + 1]) and any(start <= i < end for start, end in spans):
            yield text[i]


def _whole_words(restored: Restored) -> set[str]:
    """Rare words outside every restored or doubtful run."""
    lexicon = Lexicon.load()
    touched = np.zeros(len(restored.text) + 1, dtype=bool)
    for placed in (*restored.restorations, *restored.doubts):
        if placed.finding.kind in ("displaced_run", "displaced_run_unresolved", "lost_letter", "undecodable"):
            touched[placed.start : placed.end] = True
    return {
        word for m in WORD.finditer(restored.text) if not touched[m.start()] and len(word := plain(m.group())) > 3 and lexicon.count(word) < _RARE
    }
