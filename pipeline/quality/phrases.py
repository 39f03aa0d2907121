"""Phrases that are cut short and connectives that say one thing twice.

What may not end a sentence and which connectives exclude each other is data; the known names are those of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.lexicon.reader import rows, words
from pipeline.quality.model import Flag, TextView
from pipeline.quality.words import KINDS, Words, is_arabic, normal

_STOPS = frozenset(".!؟?")
_ENDS = _STOPS | frozenset('،؛:)»”"')
_DEFINITE = ("ال", "لل", "وال", "بال", "ول")
_RELATION = ("ي", "ية")
_NAMES = ("actors", "media")


def truncated_phrases(view: TextView) -> list[Flag]:
    """Flags of kind truncated_phrase: a known name without its end, a sentence that ends in a preposition or conjunction."""
    return [*_cut_names(view.text, view.words), *_open_ends(view.text, view.words)]


def redundant_connectives(view: TextView) -> list[Flag]:
    """Flags of kind redundant_connective (`إثر بعد فرار`)."""
    found, pairs = view.words, _pairs()
    flags = []
    for at in found.places(_FIRST) if found.present & _SECOND else ():
        if at + 1 == len(found) or (found.norms[at], found.norms[at + 1]) not in pairs:
            continue
        start, end = found.starts[at], found.ends[at + 1]
        told = view.text[start:end]
        if "\n" not in told:
            flags.append(Flag("redundant_connective", "info", start, end, 0.85, f"«{told}» joins twice where one word would do."))
    return flags


def _cut_names(text: str, found: Words) -> Iterator[Flag]:
    beginnings = _beginnings()
    for at in found.places(_NAME):
        word = found.norms[at]
        for length, name in beginnings[word].get(tuple(found.norms[at : at + 2]), ()):
            last = at + length - 1
            if _is_cut(found.norms, at, last, name):
                start, end = found.starts[at], found.ends[last]
                told = text[start:end]
                yield Flag("truncated_phrase", "warning", start, end, 0.9, f"«{told}» looks like «{' '.join(name)}» cut short.")
                break


def _is_cut(norms: Sequence[str], at: int, last: int, name: Sequence[str]) -> bool:
    """The name's first words stand there, then the sentence goes no further."""
    told = [normal(w) for w in name[: last - at + 1]]
    return list(norms[at : last + 1]) == told and (last + 1 == len(norms) or norms[last + 1] in _ENDS)


@cache
def _beginnings() -> dict[str, dict[tuple[str, ...], list[tuple[int, list[str]]]]]:
    """By first word and first two words: how many words a cut name may have, and the whole name.

    A name can only be cut behind a word that needs another one: one without article whose follower has it and is no adjective
    of relation (`وكالة أعماق الإخبارية` is whole without its last word).
    """
    names = [alias.lstrip("~").split() for table in _NAMES for row in rows(table) for alias in _aliases(row)]
    found: dict[str, dict[tuple[str, ...], list[tuple[int, list[str]]]]] = {}
    for name in names:
        norms = [normal(w) for w in name]
        for length in range(2, len(norms)):
            follower = norms[length]
            needs_more = not norms[length - 1].startswith(_DEFINITE) and follower.startswith("ال") and not follower.endswith(_RELATION)
            if needs_more:
                found.setdefault(norms[0], {}).setdefault(tuple(norms[:2]), []).append((length, name))
    return found


def _aliases(row: dict[str, str]) -> list[str]:
    return [alias for alias in (row["name_ar"], *row["aliases"].split("|")) if len(alias.split()) > 2 and is_arabic(alias)]


def _open_ends(text: str, found: Words) -> Iterator[Flag]:
    for at in found.places(_UNFINISHED):
        stopped = at + 1 < len(found) and found.norms[at + 1] in _STOPS and not found.tokens.spaced[at + 1]
        if stopped and "\n" not in text[found.ends[at] : found.starts[at + 1]]:
            start, end = found.starts[max(at - 1, 0)], found.ends[at]
            yield Flag("truncated_phrase", "warning", start, end, 0.8, f"The sentence breaks off behind «{text[start:end]}».")


@cache
def _unfinished() -> frozenset[str]:
    return frozenset(map(normal, words("unfinished_endings")))


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset((normal(row["first"]), normal(row["second"])) for row in rows("redundant_connectives"))


_NAME, _UNFINISHED = KINDS.bit(_beginnings), KINDS.bit(_unfinished)
_FIRST, _SECOND = KINDS.bit(lambda: {first for first, _ in _pairs()}), KINDS.bit(lambda: {second for _, second in _pairs()})
