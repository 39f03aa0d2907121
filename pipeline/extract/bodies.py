"""Organisations that no dictionary has, by the shape of their names: `المركز السوري للعدالة`, `مجلس منبج العسكري`.

What a word names must be definite and told by more than the head alone, or any office would be an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.linking import Find
from pipeline.extract.tokens import Token
from pipeline.lexicon.gazetteer import context, gazetteer

_MONITORS = frozenset({"المرصد", "الشبكه"})
_CONFIDENCE = 0.6


def body_finds(number: int, tokens: Sequence[Token], heads: Sequence[int], known: Sequence[Find]) -> Iterator[Find]:
    """Organisations by shape; `heads` are the tokens that can open one, `known` the dictionary's finds.

    They keep their Arabic name as canonical name: a translation would be a guess.
    """
    places = {f.first: f for f in known if f.type == "place" and not f.clitic}
    for at in heads:
        word = tokens[at].fold
        clitic = _clitic(word)
        bare = word[len(clitic) :]
        last = 0
        if bare in context("council"):
            last = _council(tokens, at, places)
        if not last and bare in context("body_definite"):
            last = _definite(tokens, at)
        elif not last and bare in context("body"):
            last = _construct(tokens, at)
        if last:
            yield _find(number, tokens, at, last, clitic, "media" if bare in _MONITORS else "actor")


def opens_body(fold: str) -> bool:
    """Whether a folded word can open such a name."""
    return fold in _openings() or (fold[:1] in "وبف" and fold[1:] in _openings())


@cache
def _openings() -> frozenset[str]:
    return context("body_definite") | context("body") | context("council")


def _clitic(word: str) -> str:
    """One proclitic where what is left can open a name."""
    return word[0] if word[:1] in "وبف" and word[1:] in _openings() else ""


def _council(tokens: Sequence[Token], at: int, places: dict[int, Find]) -> int:
    """`مجلس منبج العسكري`, `المجلس المحلي لمدينة حلب`, `المجلس المحلي في دوما`."""
    place = places.get(at + 1)
    if place and place.last < len(tokens) and tokens[place.last].fold in context("council_adjective"):
        return place.last + 1
    if at + 2 < len(tokens) and tokens[at + 1].fold in context("council_adjective"):
        place = places.get(at + 3) if tokens[at + 2].fold in ("في", "لمدينه", "لبلده", "لقريه") else None
        return place.last if place else 0
    return 0


def _definite(tokens: Sequence[Token], at: int) -> int:
    """`المركز` + adjective + `لل…`: the field of work is part of the name."""
    adjective = tokens[at + 1].fold if at + 1 < len(tokens) else ""
    if adjective not in gazetteer().adjectives and adjective not in context("body_adjective"):
        return 0
    field = at + 2
    if field < len(tokens) and tokens[field].fold in context("body_adjective"):
        field += 1
    if field >= len(tokens) or not (tokens[field].fold.startswith("لل") or tokens[field].fold in context("field_of_work")):
        return 0
    return _rest(tokens, field + 1)


def _construct(tokens: Sequence[Token], at: int) -> int:
    """`نقابة الصحفيين اليمنيين`, `رابطة علماء الشام السورية`: head, definite noun, nationality."""
    end = at + 1
    plural_members = end < len(tokens) and tokens[end].kind == "word" and tokens[end].fold[0] not in "التيب"
    if plural_members and tokens[at].fold.endswith("ه"):
        end += 1
    if end + 1 >= len(tokens) or not tokens[end].fold.startswith("ال"):
        return 0
    follower = tokens[end + 1].fold
    return end + 2 if follower.startswith("ال") and follower in gazetteer().adjectives else 0


def _rest(tokens: Sequence[Token], at: int) -> int:
    """What goes on with the name behind its field: a noun where the field lacks one, `و` with one, adjectives."""
    whole = tokens[at - 1].fold.startswith("لل")
    if not whole and at < len(tokens) and tokens[at].fold.startswith("ال"):
        at += 1
    if at < len(tokens) and tokens[at].fold.startswith("وال"):
        at += 1
    while at < len(tokens) and tokens[at].fold.startswith("ال") and _adjective(tokens[at].fold):
        at += 1
    return at


def _adjective(word: str) -> bool:
    return word in context("body_adjective") or (word.endswith(("ي", "يه")) and len(word) > 4)


def _find(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str, sort: str) -> Find:
    start = tokens[first].start + len(clitic)
    found = Find(number, first, last, start, tokens[last - 1].end, sort, clitic=clitic, rank=3, confidence=_CONFIDENCE)
    found.name_en = " ".join(t.norm for t in tokens[first:last])[len(clitic) :]
    return found
