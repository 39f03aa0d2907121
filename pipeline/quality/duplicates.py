"""Words, phrases and lines that the text wrongly repeats; lawful repetition (emphasis, distribution, names, lists) is left alone.

The flag covers the second telling. What may be repeated is data: lawful_repetition.csv, counted_nouns.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from pipeline.lexicon.reader import rows, words
from pipeline.quality.model import Flag, TextView
from pipeline.quality.nouns import distributives
from pipeline.quality.words import KINDS, NUMBER, Words, is_arabic, normal

LONGEST_PHRASE = 6
NEAR = 4  # words between a verb and its wrong repetition: كان الاجتماع الأمني المصغر كان
SHADDA = "\u0651"
LONGEST_TITLE = 90  # characters
SHORTEST_LINE = 30  # characters; shorter lines repeat lawfully (captions, table cells, names)

_GLUED = re.compile(r"[وفبلك]?(?P<unit>[^\W\d_]{4,})(?P=unit)")
_PARTICLES = frozenset(["ان", "من"])
_WAW_NOUNS = frozenset(
    ["وزارة", "وزير", "وزيرة", "وزراء", "وكالة", "وفد", "وحدة", "وحدات", "وسائل", "والي", "ولاية", "وثيقة", "وفاة", "وصول"]
)  # fmt: skip
_CONJUNCTIONS = frozenset(["و", "او", "بن", "ابن", "لا"])
_QUOTES = frozenset("\"“”«»'‘’")
_LIST_ITEM = re.compile(r"\s*[-–—*•▪●\d٠-٩]")


def duplicates(view: TextView) -> list[Flag]:
    """Flags of kind duplicated_word, duplicated_phrase and duplicated_line."""
    flags = [*_in_a_row(view.text, view.words), *_near(view.text, view.words), *_glued(view.text, view.words), *_lines(view.text)]
    return _without_overlaps(flags)


def _in_a_row(text: str, found: Words) -> Iterator[Flag]:
    """n words that stand again right behind themselves, longest n first."""
    for length in range(min(LONGEST_PHRASE, len(found) // 2), 0, -1):
        for at in _repeats(found, length):
            first, last = found.starts[at], found.ends[at + length - 1]
            if not _runs_on(text, found.starts[at - length], found.ends[at - 1], first, last):
                continue
            told = found.norms[at : at + length]
            if length == 1 and not _lawful_word(found.norms, at) and not _told_apart(text, found, at):
                yield _flag("duplicated_word", text, first, last)
            elif length > 1 and not _lawful_phrase(told):
                yield _flag("duplicated_phrase", text, first, last)


def _runs_on(text: str, first: int, end: int, again: int, last: int) -> bool:
    """Whether both tellings stand in one paragraph, or the second opens a paragraph that a page or line break tore off.

    A torn paragraph is no title: it is long and not the text's first.
    """
    if "\n" not in text[first:last]:
        return True
    if "\n" in text[first:end] or "\n" in text[again:last]:
        return False
    opened = text.rfind("\n", 0, first) + 1
    return opened > 0 and end - opened > LONGEST_TITLE


def _repeats(found: Words, length: int) -> list[int]:
    """Indices where a run of `length` tokens equals the run just before it."""
    same = found.tokens.codes[length:] == found.tokens.codes[:-length]
    if np.count_nonzero(same) < length:
        return []
    total = np.concatenate([[0], np.cumsum(same)])
    hits = (total[length:] - total[:-length] == length).nonzero()[0]
    return [int(i) + length for i in hits]


def _lawful_word(norms: list[str], at: int) -> bool:
    word, before = norms[at], norms[at - 2] if at > 1 else ""
    behind = norms[at + 1] if at + 1 < len(norms) else ""
    if not is_arabic(word) or (len(word) == 1 and word != "و"):
        return True
    if before in _QUOTES and behind in _QUOTES:
        return True  # a title or a chant
    scope = _repeatable().get(word)
    if scope == "letters":
        return _repeatable().get(before) == "sound" or _repeatable().get(behind) == "sound"
    if scope == "last":
        return not behind or not is_arabic(behind)
    counted = before == NUMBER or before in words("number_words")
    return scope is not None or (word in distributives() and not counted)


def _told_apart(text: str, found: Words, at: int) -> bool:
    """Whether a shadda makes two words of one spelling (`لم نعد نعدّ القذائف`)."""
    first, second = (text[found.starts[i] : found.ends[i]] for i in (at - 1, at))
    return len(found.norms[at]) > 2 and (SHADDA in first) != (SHADDA in second)


def _lawful_phrase(told: list[str]) -> bool:
    """Marks inside, one word only, chants, figures, chains of names and alternatives are no repeated phrases."""
    if not all(is_arabic(w) for w in told) or len(set(told)) == 1:
        return True
    chain = len(told) == 2 and not _CONJUNCTIONS.isdisjoint(told)
    sounds = all(_repeatable().get(w) in ("sound", "letters") for w in told)
    return chain or sounds or " ".join(told) in _repeatable()


def _near(text: str, found: Words) -> Iterator[Flag]:
    """A verb that is told again behind its subject: كان الاجتماع كان عبارة."""
    norms = found.norms
    yield from _future(text, found)
    for at in found.places(_VERB):
        for back in range(at - 2, max(at - 2 - NEAR, -1), -1):
            if _opens_clause(norms[back + 1], at - back):
                break
            if norms[back] in (norms[at], "و" + norms[at], "ف" + norms[at]):
                if _one_clause(text, found, back, at):
                    yield _flag("duplicated_word", text, found.starts[at], found.ends[at], found.starts[back])
                break


def _future(text: str, found: Words) -> Iterator[Flag]:
    """A subject that is told again behind its verb: العجز سيبلغ العجز."""
    for at in (verb + 1 for verb in found.places(_FUTURE)):
        again = 1 < at < len(found) and found.norms[at] == found.norms[at - 2]
        if again and found.norms[at].startswith("ال") and "\n" not in text[found.starts[at - 2] : found.starts[at]]:
            yield _flag("duplicated_word", text, found.starts[at], found.ends[at], found.starts[at - 2])


@cache
def _verbs() -> frozenset[str]:
    """Auxiliaries and speech verbs, and of other verbs the forms that no noun shares: imperfect and past feminine."""
    tables = ("event_triggers", "reporting_cues", "light_verbs")
    told = [normal(form) for table in tables for row in rows(table) for form in row["verb"].split("/") if form]
    inflected = {stem for stem in told if stem[0] == "ي" and len(stem) > 3} | {f"{stem}ت" for stem in told if stem[0] != "ي"}
    return frozenset(map(normal, words("repeated_auxiliaries", "form"))) | inflected


def _futures() -> frozenset[str]:
    return frozenset(f"س{person}{verb[1:]}" for verb in _verbs() if verb[0] == "ي" for person in "يت")


def _opens_clause(word: str, distance: int) -> bool:
    """A clause may have the same verb again; but `يمكن أن يمكن`, right behind the particle, has not."""
    if not is_arabic(word):
        return True
    if distance == 2 and word in _PARTICLES:
        return False
    return word in _clause_openers() or (word[0] == "و" and word not in _WAW_NOUNS)


def _one_clause(text: str, found: Words, back: int, at: int) -> bool:
    """Not where a main verb follows its relative or temporal clause, not in an attribute of an indefinite noun (`حزامين كانا`)."""
    norms = found.norms
    if back and norms[back - 1] in _before_main_verb():
        return False
    definite = norms[at - 1].startswith(("ال", "لل", "بال", "وال")) or at - back == 2
    return definite and norms[back + 1] != norms[at] and "\n" not in text[found.starts[back] : found.starts[at]]


@cache
def _clause_openers() -> frozenset[str]:
    return frozenset(map(normal, words("clause_openers")))


@cache
def _before_main_verb() -> frozenset[str]:
    return frozenset(normal(row["word"]) for row in rows("clause_openers") if row["main_verb_follows"] == "yes")


def _glued(text: str, found: Words) -> Iterator[Flag]:
    """A word printed twice without a blank: السوريةالسورية."""
    for at in found.tokens.ask("glued", _is_glued).nonzero()[0].tolist():
        if match := _GLUED.fullmatch(text, found.starts[at], found.ends[at]):
            yield _flag("duplicated_word", text, match.end("unit"), match.end())


def _is_glued(norm: str) -> bool:
    half = len(norm) // 2
    return half > 3 and norm[-half:] == norm[-2 * half : -half] and _GLUED.fullmatch(norm) is not None


def _lines(text: str) -> Iterator[Flag]:
    """Paragraphs that stand again, word for word; a title may be told once more in the text."""
    lines = text.split("\n")
    if len(set(lines)) + lines.count("") - 1 >= len(lines):
        return
    first: dict[str, int] = {}
    at = 0
    for number, line in enumerate(lines):
        if len(line) >= SHORTEST_LINE and not _LIST_ITEM.match(line) and first.setdefault(line, number) not in (number, 0):
            yield _flag("duplicated_line", text, at, at + len(line))
        at += len(line) + 1


def _flag(kind: str, text: str, start: int, end: int, first: int | None = None) -> Flag:
    told = text[start:end]
    if kind == "duplicated_line":
        return Flag(kind, "warning", start, end, 0.95, f"The line «{told[:60]}» was told before, word for word.")
    if first is not None:
        return Flag(kind, "warning", start, end, 0.9, f"«{told}» is told again in «{text[first:end]}».")
    return Flag(kind, "warning", start, end, 0.95, f"«{told}» stands twice in a row.")


def _without_overlaps(flags: list[Flag]) -> list[Flag]:
    kept: list[Flag] = []
    taken: list[tuple[int, int]] = []
    for flag in flags:
        if all(flag.end <= start or end <= flag.start for start, end in taken):
            kept.append(flag)
            taken.append((flag.start, flag.end))
    return sorted(kept, key=lambda f: (f.start, f.end))


@cache
def _repeatable() -> dict[str, str]:
    return {normal(row["form"]): row["scope"] for row in rows("lawful_repetition")}


_VERB, _FUTURE = KINDS.bit(_verbs), KINDS.bit(_futures)
