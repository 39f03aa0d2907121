"""Recall and precision of duplicate flags on doubled words that a seeded generator put into held-out documents.

The same documents as they are show what is flagged anyway (real doubled words of the corpus are among that).
"""

from __future__ import annotations

import random
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.extract.sentences import split_sentences
from pipeline.lexicon.build.corpus import Document, documents
from pipeline.quality.duplicates import duplicates
from pipeline.quality.model import Flag, TextView
from pipeline.quality.words import Words, is_arabic, split_words
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.traced import Traced

KINDS = ("adjacent", "near", "phrase", "line break")
DOCUMENTS = 300
SHORTEST = 600  # characters
SITES = 3  # in each document
LINE = 95  # characters of a physical line: the texts are broken into lines and joined again
COMMON_VERBS = frozenset(
    ["كان", "كانت", "كانوا", "يكون", "تكون", "سيكون", "ستكون", "اصبح", "اصبحت", "بات", "باتت", "ظل", "ظلت", "ليس", "ليست", "قد",
     "قال", "قالت", "اعلن", "اعلنت", "اكد", "اكدت", "اضاف", "اضافت", "ذكر", "ذكرت", "اوضح", "افاد", "افادت", "كشفت", "نقلت", "تم",
     "تمت", "يتم", "تتم", "بلغ", "بلغت", "بدا", "بدات", "يمكن", "يجب", "وصلت", "شهدت", "قامت", "تمكنت", "تمكن", "يعتبر", "تعتبر",
     "دعت", "طالبت", "اسفرت", "يشمل", "تشمل", "سجلت", "نفت", "وقعت", "اندلعت", "استمرت", "سقطت", "قتلت", "اصيبت", "سيطرت"]
)  # fmt: skip
DEPENDENT = frozenset(["الذي", "التي", "الذين", "ما", "من", "مما", "ان", "عندما", "بعدما", "حينما", "لما", "كلما", "اذا", "لو", "اذ"])


@dataclass
class Tally:
    """Sites and hits by kind, and the explanations of flags that meet no site and were not there before."""

    sites: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    extra: list[str] = field(default_factory=list)


class Site(NamedTuple):
    """A doubled stretch: what was put in, where it stands in the damaged text."""

    kind: str
    start: int
    text: str


def doubled_words(shared: Path) -> list[dict[str, object]]:
    """One row for each kind of repetition."""
    chosen = held_out(shared / "corpus", DOCUMENTS)
    tally = Tally()
    for number, document in enumerate(chosen):
        measure(document, random.Random(number), tally)
    rows: list[dict[str, object]] = [_row(kind, tally.hits[kind], tally.sites[kind]) for kind in KINDS]
    found, extra = tally.hits.total(), len(tally.extra)
    return [*rows, {**_row("all", found, tally.sites.total()), "precision": f"{found / max(found + extra, 1):.3f}", "other flags": extra}]


def held_out(corpus: Path, count: int) -> list[Document]:
    """Longer documents of the test side, the same ones every time."""
    chosen = [d for d in documents(corpus) if d.held_out and sum(len(p) for p in d.paragraphs) > SHORTEST]
    random.Random(4).shuffle(chosen)
    return chosen[:count]


def measure(document: Document, source: random.Random, tally: Tally) -> None:
    """Damage a document, flag it, count."""
    text = "\n\n".join(textwrap.fill(p, LINE, break_long_words=False, break_on_hyphens=False) for p in document.paragraphs)
    clean = view_of(text)
    before = Counter((f.kind, clean.text[f.start : f.end]) for f in duplicates(clean))
    damaged, put = damage(text, source)
    view = view_of(damaged)
    found = duplicates(view)
    places = _restored_places(view, [s.start for s in put])
    for site, at in zip(put, places, strict=True):
        tally.sites[site.kind] += 1
        hits = [f for f in found if _meets(f, at, site.text)]
        tally.hits[site.kind] += bool(hits)
        found = [f for f in found if f not in hits]
    for flag in found:
        told = (flag.kind, view.text[flag.start : flag.end])
        if not before[told]:
            tally.extra.append(flag.explanation)
        before[told] -= 1


def _row(kind: str, hits: int, sites: int) -> dict[str, object]:
    return {"repetition": kind, "sites": sites, "found": hits, "recall": f"{hits / max(sites, 1):.3f}"}


def damage(text: str, source: random.Random) -> tuple[str, list[Site]]:
    """The text with a few stretches told twice, and where the second tellings stand."""
    found = split_words(text)
    put: list[tuple[int, str, str]] = []
    taken: set[int] = set()
    for _ in range(200):
        if len(put) == SITES:
            break
        kind = source.choice(KINDS)
        at = source.choice(_candidates(text, found, kind) or [0])
        if at < 2 or at > len(found) - 8:
            continue
        span = range(at - 8, at + 9)
        if taken.isdisjoint(span) and (site := _site(kind, text, found, at, source)):
            put.append(site)
            taken.update(span)
    return _insert(text, sorted(put))


def _candidates(text: str, found: Words, kind: str) -> list[int]:
    """Words that a mistake of this kind can befall: near repetition is of a verb in the main clause that has its subject behind it."""
    if kind == "near":
        return [i for i, w in enumerate(found.norms) if i and w in COMMON_VERBS and found.norms[i - 1] not in DEPENDENT]
    if kind == "line break":
        return [i - 1 for i in range(1, len(found)) if text[found.ends[i - 1] : found.starts[i]] == "\n"]
    return list(range(len(found)))


def _site(kind: str, text: str, found: Words, at: int, source: random.Random) -> tuple[int, str, str] | None:
    """Where to insert what, as (offset, inserted text, kind); None where the kind does not fit."""
    length = source.randint(2, 4) if kind == "phrase" else 1
    after = 0
    if kind == "near" and not (after := _subject(found.norms, at)):
        return None
    last = at + length + after - 1
    if last >= len(found) or not all(is_arabic(w) and len(w) > 1 for w in found.norms[at : last + 1]):
        return None
    behind = text[found.ends[last] : found.starts[last + 1]] if last + 1 < len(found) else ""
    if "\n" in text[found.starts[at] : found.ends[last]] or (kind == "line break") != (behind == "\n"):
        return None
    told = text[found.starts[at] : found.ends[at + length - 1]]
    return (found.starts[last + 1], told + " ", kind) if kind == "line break" else (found.ends[last], " " + told, kind)


def _subject(norms: list[str], at: int) -> int:
    """Words of the verb's subject: up to the last of one or more definite nouns, at most three words; 0 if there is none."""
    length = 0
    while length < 3 and norms[at + length + 1].startswith("ال") and len(norms[at + length + 1]) > 3:
        length += 1
    return 0 if norms[at + length + 1].startswith("ال") else length


def _insert(text: str, put: list[tuple[int, str, str]]) -> tuple[str, list[Site]]:
    parts, sites, at, moved = [], [], 0, 0
    for offset, inserted, kind in put:
        parts += [text[at:offset], inserted]
        sites.append(Site(kind, offset + moved + len(inserted) - len(inserted.lstrip()), inserted.strip()))
        moved += len(inserted)
        at = offset
    return "".join(parts) + text[at:], sites


def view_of(text: str) -> TextView:
    traced = paragraphs(Traced.of(text), None).traced
    return TextView("", traced.text, split_sentences(traced.text), text, traced.origin)


def _restored_places(view: TextView, starts: list[int]) -> list[int]:
    assert view.origin is not None
    place = {int(raw): at for at, raw in enumerate(view.origin)}
    return [place.get(start, 0) for start in starts]


def _meets(flag: Flag, at: int, told: str) -> bool:
    return flag.start < at + len(told) and at < flag.end
