"""Persons by title and name shape: `العميد رومان بيريزين`, `قال طلال البرازي`, and their surnames later on.

A name is a given name that the lists know, or whatever rare word a title introduces, and the name-like words behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.linking import Find
from pipeline.extract.tokens import Form, Token, key
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.gazetteer import context, gazetteer
from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import Lexicon

# Occurrences per ten million words above which a word is not taken for a name.
_RARE = 60
_RARE_DEFINITE = 160
_LONGEST = 4


def person_finds(number: int, tokens: Sequence[Token], places: frozenset[int]) -> Iterator[Find]:
    """Names of persons in a sentence; `places` are token indices of names that are known to be no persons."""
    given = _given()
    titles = _titles()
    at = 0
    while at < len(tokens):
        form = tokens[at].form
        end = 0
        if form.kind == "word":
            clitic = _clitic(form, given)
            if clitic is not None:
                end = _known_name(tokens, at, clitic, places)
            elif at and _titled(tokens, at, titles) and at not in places:
                end = _rare_name(tokens, at)
        if end:
            yield _person(number, tokens, at, end, _clitic(form, given) or "")
        at = max(end, at + 1)


def surname(name: str) -> str:
    """The folded last name of a full name: what later mentions use; '' where there is but one name."""
    words = [key(w) for w in name.split()]
    if len(words) < 2:
        return ""
    return " ".join(words[-2:]) if words[-2] in ("ابو", "بن", "عبد", "ال", "حاجي") and len(words) > 2 else words[-1]


def _person(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str) -> Find:
    start = tokens[first].start + len(clitic)
    find = Find(number, first, last, start, tokens[last - 1].end, "person", clitic=clitic, rank=1, confidence=0.8)
    find.name_en = transliterate(" ".join(t.norm for t in tokens[first:last])[len(clitic) :])
    return find


@cache
def _given() -> frozenset[str]:
    """Folded first words of given names, `عبد` of `عبد الله` among them."""
    return frozenset(key(r["name_ar"]).split()[0] for r in rows("given_names")) | {"عبد", "ابو"}


@cache
def _name_words() -> frozenset[str]:
    return frozenset(w for table in ("given_names", "surnames") for r in rows(table) for w in key(r["name_ar"]).split())


@cache
def _titles() -> frozenset[str]:
    return frozenset(key(r["title"]) for r in rows("person_titles") if r["kind"] == "person")


@cache
def _offices() -> frozenset[str]:
    return frozenset(key(r["title"]) for r in rows("person_titles"))


def _clitic(form: Form, given: frozenset[str]) -> str | None:
    """The proclitic before a given name; None where the word is none."""
    fold = form.fold
    if form.norm.endswith("ى") and fold.endswith("ي"):
        return None  # على is not علي
    if fold in given:
        return ""
    if fold[0] in "ولبف" and fold[1:] in given and fold[1:] not in context("ambiguous_given") and len(fold) > 4:
        return fold[0]
    return None


def _known_name(tokens: Sequence[Token], at: int, clitic: str, places: frozenset[int]) -> int:
    """The end of a name that opens with a known given name; 0 where nothing name-like follows."""
    given = tokens[at].fold[len(clitic) :]
    doubtful = given in context("ambiguous_given") or at in places
    titled = bool(at) and not clitic and _titled(tokens, at, _offices())
    end = at + 1
    if given in ("عبد", "ابو"):
        if end >= len(tokens) or tokens[end].kind != "word":
            return 0
        end += 1
        if given == "ابو" and not (titled or (end < len(tokens) and tokens[end].fold in _name_words())):
            return 0
    last = _extended(tokens, at, end, strict=doubtful and not titled)
    return last if last > end else 0


def _extended(tokens: Sequence[Token], first: int, end: int, strict: bool) -> int:
    """How far name-like words go on; `strict` wants the first of them in the lists or of a surname's shape."""
    while end < len(tokens) and end - first <= _LONGEST:
        form = tokens[end].form
        if form.kind != "word" or not _name_like(form, end - first, strict):
            break
        particle = form.fold in ("بن", "ابن", "ابو", "ال", "عبد", "ولد", "بنت", "دي", "فون", "فان")
        if particle and (end + 1 >= len(tokens) or tokens[end + 1].kind != "word"):
            break
        end += 2 if particle else 1
        strict = False
    return end


def _name_like(form: Form, behind: int, strict: bool) -> bool:
    fold = form.fold
    if fold in context("not_name") or fold in context("locative") or fold.startswith("لل"):
        return False
    if behind > 1 and fold in gazetteer().adjectives:
        return False
    if fold in _name_words():
        return not (behind > 1 and fold in context("ambiguous_given"))
    count = Lexicon.load().count(form.norm)
    if fold.startswith("ال") and len(fold) > 4:
        return count < (20 if strict else _RARE_DEFINITE) or (behind == 1 and fold.endswith("ي") and not strict and count < 400)
    return not strict and count < (_RARE if behind == 1 else 8) and not _inflected(form)


def _inflected(form: Form) -> bool:
    """A rare word whose stem is a common one (`وقاتلت`, `بطائراتها`) is no name."""
    word = form.norm
    lexicon = Lexicon.load()
    return any(lexicon.count(word[n:]) > _RARE * 3 for n in (1, 2) if len(word) - n > 2 and word[:n] in ("و", "ف", "ب", "ل", "س", "وب", "ول", "وس", "فس"))


def _titled(tokens: Sequence[Token], at: int, titles: frozenset[str]) -> bool:
    """A title stands before, with at most its complement between (`العميد الركن`)."""
    before = at - 1
    while before > 0 and tokens[before].fold in context("rank_complement") and at - before < 3:
        before -= 1
    return any(_bare_title(tokens[n].fold) in titles for n in {before, at - 1})


def _bare_title(word: str) -> str:
    if word in _offices():
        return word
    if word.startswith("لل"):
        return "ال" + word[2:]
    return word[1:] if word[:1] in "وفبلك" else word


def _rare_name(tokens: Sequence[Token], at: int) -> int:
    """The end of an unknown name behind a title: two or more rare words."""
    form = tokens[at].form
    if form.fold.startswith("ال") or Lexicon.load().count(form.norm) > _RARE or form.fold in gazetteer().adjectives:
        return 0
    end = _extended(tokens, at, at + 1, strict=False)
    return end if end > at + 1 else 0
