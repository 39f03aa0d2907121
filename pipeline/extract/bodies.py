"""Organisations that no dictionary has, by the shape of their names: `المركز السوري للعدالة`, `مجلس منبج العسكري`.

What a word names must be definite and told by more than the head alone, or any office would be an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.linking import Find
from pipeline.extract.tokens import Token, key
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.gazetteer import context, gazetteer
from pipeline.lexicon.reader import rows

_MONITORS = frozenset({"المرصد", "الشبكه"})
_CONFIDENCE = 0.6
_OPENING, _CLOSING = frozenset('“«"'), frozenset('”»"')
_LONGEST = 8
_BUSINESS = 5


def body_finds(number: int, tokens: Sequence[Token], heads: Sequence[int], known: Sequence[Find]) -> Iterator[Find]:
    """Organisations by shape; `heads` are the tokens that can open one, `known` the dictionary's finds.

    Their canonical name is put together in English word by word (body_words.csv).
    """
    places = {f.first: f for f in known if f.type == "place" and not f.clitic}
    for at in heads:
        word = tokens[at].fold
        clitic = _clitic(word)
        bare = word[len(clitic) :]
        last = 0
        if bare in context("council"):
            last = _council(tokens, at, places)
        if not last and not clitic:
            last = _quoted(tokens, at, known)
        if not last and bare in context("local_body"):
            last = _local(tokens, at, places)
        if not last and bare in context("local_office"):
            last = _office(tokens, at, places)
        if not last and bare in context("institute"):
            last = _institute(tokens, at)
        if not last and bare in context("body_definite"):
            last = _definite(tokens, at)
        elif not last and bare in context("body"):
            last = _construct(tokens, at)
        if not last and bare == "المحكمه":
            last = _court(tokens, at)
        name = at + 2
        if not last and bare in context("named_body") and (last := _named(tokens, at, known)):
            yield _find(number, tokens, name, last, "", "actor")
        elif last:
            yield _find(number, tokens, at, last, clitic, "media" if bare in _MONITORS or bare in context("media_head") else "actor")


def opens_body(fold: str) -> bool:
    """Whether a folded word can open such a name."""
    return fold in _openings() or (fold[:1] in "وبف" and fold[1:] in _openings())


@cache
def _openings() -> frozenset[str]:
    courts = frozenset({"المحكمه"})
    names = ("body_definite", "body", "council", "local_body", "local_office", "institute", "quoted_body", "named_body")
    return courts.union(*(context(name) for name in names))


def _clitic(word: str) -> str:
    """One proclitic where what is left can open a name."""
    return word[0] if word[:1] in "وبف" and word[1:] in _openings() else ""


def _council(tokens: Sequence[Token], at: int, places: dict[int, Find]) -> int:
    """`مجلس منبج العسكري`, `المجلس المحلي لمدينة حلب`, `المجلس المحلي في دوما`."""
    place = places.get(at + 1)
    if place and place.last < len(tokens) and tokens[place.last].fold in context("council_adjective"):
        return place.last + 1
    if at + 2 < len(tokens) and tokens[at + 1].fold in context("classifier") and at + 2 in places:
        return places[at + 2].last  # `مجلس محافظة الأنبار`
    if at + 2 < len(tokens) and tokens[at + 1].fold in context("council_adjective"):
        place = places.get(at + 3) if tokens[at + 2].fold in ("في", "لمدينه", "لبلده", "لقريه") else None
        return place.last if place else 0
    return 0


def _quoted(tokens: Sequence[Token], at: int, known: Sequence[Find]) -> int:
    """`«لجان مقاومة كرري»`, `“مركز جسور للدراسات”`: what stands whole between quotation marks, unless a name in it is known."""
    if not at or tokens[at - 1].text not in _OPENING:
        return 0
    close = next((n for n in range(at + 1, min(at + _LONGEST, len(tokens))) if tokens[n].kind != "word"), 0)
    if close < at + 2 or tokens[close].text not in _CLOSING:
        return 0
    if " ".join(t.fold for t in tokens[at:close]) in context("idiom"):
        return 0
    told = any(not f.cue and f.type != "place" and f.first < close and f.last > at for f in known)
    return 0 if told else close


def _named(tokens: Sequence[Token], at: int, known: Sequence[Find]) -> int:
    """`منظمة «رصد الجرائم في ليبيا»`: a name of several words between quotation marks behind its class."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in _OPENING:
        return 0
    close = next((n for n in range(at + 2, min(at + 2 + _LONGEST, len(tokens))) if tokens[n].kind != "word"), 0)
    if close < at + 4 or tokens[close].text not in _CLOSING:
        return 0
    told = any(not f.cue and f.type != "place" and f.first < close and f.last > at + 2 for f in known)
    return 0 if told else close


def _local(tokens: Sequence[Token], at: int, places: dict[int, Find]) -> int:
    """`لجان مقاومة كرري`, `هيئة محامي دارفور`, `شرطة بغداد`, `محكمة مدنين`: a body of a town, or of its members or for a task.

    `في بلدية X` is where, not who.
    """
    clitic = _clitic(tokens[at].fold)
    located = clitic == "ب" or bool(at and tokens[at - 1].fold.removeprefix("و") in context("locative"))
    if at + 1 in places and not located and tokens[at].fold[len(clitic) :] in context("town_body"):
        return places[at + 1].last
    if at + 2 in places and tokens[at + 1].kind == "word" and tokens[at + 1].fold in context("local_task"):
        return places[at + 2].last
    return 0


def _office(tokens: Sequence[Token], at: int, places: dict[int, Find]) -> int:
    """`مديرية الصحة والسكان لولاية عين قزام`, `الغرفة التجارية والصناعية في عدن`: an office, its business, the town or region it is for."""
    end = at + 1
    while end < min(len(tokens), at + _BUSINESS) and tokens[end].fold.startswith(("ال", "وال")):
        end += 1
    if end == at + 1 or end + 1 >= len(tokens):
        return 0
    link = tokens[end].fold
    if link[:1] in "بل" and link[1:] in context("classifier"):
        return places[end + 1].last if end + 1 in places else 0
    if link != "في":
        return 0
    town = end + 2 if tokens[end + 1].fold in context("classifier") else end + 1
    return places[town].last if town in places else 0


def _institute(tokens: Sequence[Token], at: int) -> int:
    """`مركز جسور للدراسات`, `معهد دراسات الحرب`: named by its field behind one or two words."""
    for end in (at + 2, at + 3):
        if end < len(tokens) and tokens[end].fold in context("institute_field"):
            whole = tokens[end].fold.startswith(("لل", "ال", "وال"))
            last = end + 1 if whole else end + 2
            while not whole and last < min(len(tokens), end + 4) and tokens[last].fold.startswith("ال") and tokens[last - 1].fold[:2] != "ال":
                last += 1  # `لدراسات حقوق الإنسان`
            if whole and last < len(tokens) and tokens[last].fold in _known("field_adjective"):
                last += 1  # `للدراسات القانونية`
            return min(last, len(tokens))
        if end > len(tokens) or tokens[end - 1].kind != "word":
            return 0
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
    if tokens[at].fold.lstrip("وبف") in context("guild") and tokens[end].fold.endswith(("ين", "اء", "ات")) and not _adjective(follower):
        return end + 1  # `نقابة المعلمين`
    named = follower in gazetteer().adjectives or follower in context("people_adjective")
    return end + 2 if follower.startswith("ال") and named else 0


def _court(tokens: Sequence[Token], at: int) -> int:
    """`المحكمة العسكرية الدائمة`: told by its adjectives, of which one at least names its field."""
    end = at + 1
    while end < len(tokens) and tokens[end].fold in context("court_adjective"):
        end += 1
    return end if end > at + 1 and tokens[at + 1].fold != "الخاصه" else 0


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
    found.name_en = english([tokens[first].norm[len(clitic) :], *(t.norm for t in tokens[first + 1 : last])])
    return found


def english(words: Sequence[str]) -> str:
    """`المركز السوري للعدالة والمساءلة` as `Syrian Center for Justice and Accountability`: word by word, unknown words spelled.

    What stands behind the head comes before it in English, origin first; the field of work follows behind `for`.
    """
    origin: list[str] = []
    inner: list[str] = []
    field: list[str] = []
    place = inner
    for word in _joined_places(words[1:]):
        folded = key(word)
        if folded in _LINKS:
            continue
        joined = "and " if folded.startswith("و") and (folded in _known("noun") or folded in gazetteer().adjectives) else ""
        if folded in _known("field"):
            field += ["for" if not field else "and", _known("field")[folded]]
            place = field
        elif place is field and folded in _known("field_adjective"):
            field.insert(-1, _known("field_adjective")[folded])
        elif folded.startswith("لل") and len(folded) > 4:
            field += ["for" if not field else "and", transliterate("ال" + word[2:], place=True)]
            place = field
        elif folded in gazetteer().adjectives and place is inner:
            about = gazetteer().countries[gazetteer().adjectives[folded]]
            origin.append(about["adjective_en"] or about["name_en"])
        else:
            place.append(joined + (_known("noun").get(folded) or _place_name(folded) or transliterate(word, place=True)))
    head = _known("head").get(key(words[0])) or transliterate(words[0], place=True)
    if inner and len(inner) > 1 and inner[0] in _BEFORE_PLACE:
        inner = [*inner[1:], inner[0]]
    name = " ".join([*origin, *inner, head, *field])
    return name.replace("Rights of Human", "Human Rights").replace("Rights Human", "Human Rights")


def _joined_places(words: Sequence[str]) -> Iterator[str]:
    """The words, those of a known place of two (`ود مدني`) as one."""
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        known = at + 1 < len(words) and key(words[at]) not in _known("noun") and bool(_place_name(key(pair)))
        yield pair if known else words[at]
        at += 2 if known else 1


_BEFORE_PLACE = frozenset(
    {
        "Criminal",
        "Appeal",
        "Intelligence",
        "Provincial",
        "City",
        "Town",
        "State",
        "District",
        "Resistance",
        "Bar",
        "Emergency",
        "Doctors",
        "Residents",
        "Youth",
        "Area",
        "Commerce",
    }
)


# `المجلس المحلي لمدينة حلب`, `… في دوما`: what ties a town's name on says nothing more.
_LINKS = frozenset({"في", "لمدينه", "لبلده", "لقريه", "لمحافظه", "لمنطقه"})


@cache
def _known(role: str) -> dict[str, str]:
    return {key(r["word"]): r["name_en"] for r in rows("body_words") if r["role"] == role}


def _place_name(folded: str) -> str:
    first, *rest = folded.split()
    names = gazetteer().names.get(first, {}).get(rest[0] if rest else "", ())
    places = [e for n in names for e in n.entities if e.type == "place" and n.rest == tuple(rest)]
    return max(places, key=lambda e: (e.kind == "country", e.population)).name_en if places else ""
