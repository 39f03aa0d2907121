"""Names that no dictionary has and that a word before them gives away: `قرية خربة الريحان`, `مطار X`, `لواء X`.

Persons have a module of their own (`names`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.extract.linking import Find
from pipeline.extract.numerals import find_numerals, number_word
from pipeline.extract.tokens import Form, Token
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.gazetteer import army_arms, army_units, context, facilities, facility_adjectives, gazetteer
from pipeline.lexicon.vocabulary import vocabulary
from pipeline.restore.language_model import Lexicon

# Occurrences per ten million words above which a word is an ordinary one.
_COMMON = 150
_RARE = 10
_UNSEEN = 3
_CLITICS = {"و": ("و", "وب", "ول"), "ب": ("ب",), "ل": ("ل",), "ف": ("ف",), "ك": ("ك",)}
_OPENING = frozenset('“«"')
_CLOSING = frozenset('”»"')
_PRONOUNS = ("هم", "ها", "هما", "هن", "نا", "ني", "كم", "ات", "ين", "ون", "تي", "ته", "ية", "ان", "وا", "اً", "ا")
_SUFFIXES = ("ها", "هم", "ه", "ات", "ين", "ون", "ة", "تها", "ت", "وا", "ي", "ية", "ا", "ان")
_CONFIDENCE = 0.7


def unlisted_finds(number: int, tokens: Sequence[Token], heads: Sequence[int], known: Sequence[Find]) -> Iterator[Find]:
    """Places and armed groups behind their classifier.

    `heads` are the tokens that can be one, `known` the dictionary's finds in this sentence.
    """
    named = ("place", "person")
    places = {f.first: f for f in sorted(known, key=lambda f: f.last) if f.type in named and not f.clitic}
    taken = {f.first for f in known if not f.cue and not f.nominal}
    for at in heads:
        if at + 1 == len(tokens):
            continue
        head = bare_head(tokens[at].fold)
        weak = head in context("weak_head") and is_rare(tokens[at + 1].form)
        ahead = at + 1 not in taken and _ahead(head, tokens[at + 1].form)
        if head in facilities():
            yield from _facility(number, tokens, at, head, places)
        elif weak or ahead or head in context("unknown_head"):
            yield from _place(number, tokens, at + 1, taken, quarter=head == "حي")
        if head in context("site"):
            yield from _called(number, tokens, at)
        if head in context("unit_head"):
            yield from _group(number, tokens, at, head)
        if head in army_units():
            yield from _army_unit(number, tokens, at, head)
        if head in context("media_head"):
            yield from _outlet(number, tokens, at)
        if head in context("company"):
            yield from _company(number, tokens, at + 1, taken)
        if head in context("tribe"):
            yield from _tribe(number, tokens, at + 1, taken)
        if head == "طراز":
            yield from _model(number, tokens, at + 1)


def listed_places(number: int, tokens: Sequence[Token], known: Sequence[Find]) -> list[Find]:
    """Strange words that a list of little-known places goes on with: `بلدات كفر شلايا وبسنقول ومحمبل`."""
    found: list[Find] = []
    taken = {n for f in known if not f.cue for n in range(f.first, f.last)}
    for place in [f for f in known if f.type == "place" and not f.cue and _little(f)]:
        at = place.last
        while at < len(tokens):
            if tokens[at].text == "،" and at + 1 < len(tokens):
                at += 1
            clitic = "و" if tokens[at].fold.startswith("و") else ""
            joined = clitic or tokens[at - 1].text == "،"
            if (tokens[at].norm.endswith(_PRONOUNS) and not clitic) or vocabulary().lookup(tokens[at].form):
                break
            if not joined or at in taken or tokens[at].kind != "word" or not _strange(tokens[at].form):
                break
            name = tokens[at].norm[len(clitic) :]
            found.append(_find(number, tokens, at, at + 1, clitic, transliterate(name, place=True)))
            taken.add(at)
            at += 1
    return found


def _ahead(head: str, form: Form) -> bool:
    """`قرب X`, `في X`: a strange word is a place behind a direction; behind في only one that no suffix explains."""
    if head in context("place_ahead"):
        return _strange(form)
    plain = not form.norm.startswith("ال") and not form.norm.endswith(_PRONOUNS) and len(form.norm) > 3
    return head in context("place_near") and plain and _strange(form)


def _little(find: Find) -> bool:
    return not find.entities or find.entities[0].kind in ("community", "populated_place", "town", "village", "neighbourhood")


@lru_cache(maxsize=1 << 15)
def _strange(form: Form) -> bool:
    """A word that is in no dictionary of words, whole or without what can be stuck to it."""
    word, count = form.norm, Lexicon.load().count
    if form.kind != "word" or count(word) >= _UNSEEN or len(word) < 3:
        return False
    stems = [word.removeprefix(c) for c in ("و", "ف", "ب", "ل", "ك", "وال", "بال", "لل", "ال", "س")]
    stems += [s.removesuffix(e) for s in list(stems) for e in _SUFFIXES]
    return all(count(s) < _RARE * 3 for s in stems if len(s) > 2)


@lru_cache(maxsize=1 << 15)
def bare_head(word: str) -> str:
    """The head word (مدينة, مطار, حركة, قناة …) behind a word's proclitics; '' where it is none."""
    heads = _head_words()
    if word in heads:
        return word
    for clitic in _CLITICS.get(word[:1], ()):
        if word.startswith(clitic) and word[len(clitic) :] in heads:
            return word[len(clitic) :]
    return ""


@lru_cache(maxsize=1 << 15)
def is_common(form: Form) -> bool:
    """An ordinary word of the language, so no unknown name."""
    return Lexicon.load().count(form.norm) > _COMMON


@lru_cache(maxsize=1 << 15)
def is_other_word(form: Form, clitic: str) -> bool:
    """Whether a word is commoner as a whole than as proclitic and name (`بحلول` is no town حلول)."""
    count = Lexicon.load().count
    return count(form.norm) > max(_COMMON if clitic else 0, 2 * count(form.norm[len(clitic) :]) if clitic else _COMMON)


@lru_cache(maxsize=1 << 15)
def is_usual(form: Form, clitic: str) -> bool:
    """Whether a word is met more often as a whole than what is left of it behind a proclitic."""
    count = Lexicon.load().count
    return count(form.norm) > count(form.norm[len(clitic) :])


@lru_cache(maxsize=1 << 15)
def is_rare(form: Form) -> bool:
    """A word that hardly ever occurs, so likely a name."""
    return Lexicon.load().count(form.norm) < _RARE


@lru_cache(maxsize=1 << 15)
def is_unseen(form: Form) -> bool:
    """A word that the language model has all but never met."""
    return Lexicon.load().count(form.norm) < _UNSEEN


@cache
def _head_words() -> frozenset[str]:
    lists = ("city_head", "unknown_head", "weak_head", "organisation_head", "media_head", "unit_head", "site", "place_ahead", "place_near")
    return frozenset().union(*(context(name) for name in lists), facilities(), army_units(), ("طراز",), context("company"), context("tribe"))


def _place(number: int, tokens: Sequence[Token], at: int, taken: set[int], quarter: bool = False) -> Iterator[Find]:
    last = 0 if at in taken else _name_end(tokens, at)
    if not last and quarter and at not in taken and _calls_a_quarter(tokens[at]):
        last = at + 1
    if last:
        yield _find(number, tokens, at, last, "", _spelled(tokens, at, last))


def _calls_a_quarter(token: Token) -> bool:
    """`حي الضباط`, `حي الثورة`: quarters bear common words, but for adjectives and class words."""
    word = token.fold
    plain = word.startswith("ال") and len(word) > 4 and word not in gazetteer().adjectives and word not in context("qualifier")
    return plain and not word.endswith(("ي", "يه")) and not bare_head(word[2:])


def _called(number: int, tokens: Sequence[Token], at: int) -> Iterator[Find]:
    """`مزرعة تعرف محليا باسم X`: the name that people give a site."""
    for verb in range(at + 1, min(at + 3, len(tokens))):
        if tokens[verb].fold in context("naming_verb") and verb + 1 < len(tokens) and tokens[verb + 1].kind == "word":
            last = _name_end(tokens, verb + 1) or verb + 2
            yield _find(number, tokens, verb + 1, last, "", _spelled(tokens, verb + 1, last))
            return
        if tokens[verb].fold in context("called"):
            name = next((n + 1 for n in range(verb, min(verb + 4, len(tokens) - 1)) if tokens[n].fold == "باسم"), 0)
            if name and tokens[name].kind == "word":
                last = _name_end(tokens, name) or name + 1
                yield _find(number, tokens, name, last, "", _spelled(tokens, name, last))
            return


def _facility(number: int, tokens: Sequence[Token], at: int, head: str, places: dict[int, Find]) -> Iterator[Find]:
    """`مطار X`: the name is a known place, else a name's shape; `الدولي` and the like belong to it."""
    if "أ" in tokens[at].norm and head == "وادي":
        return  # `وأدى الهجوم إلى`
    quoted = tokens[at + 1].text in _OPENING and at + 2 < len(tokens)
    name_at = at + 2 if quoted else at + 1
    base = places.get(name_at)
    if base and base.type == "place" and head in context("in_town"):
        return  # `سوق معرة النعمان`, `مدارس حلب`: one of the town's, which is what can be placed
    last = base.last if base else _name_end(tokens, name_at)
    if not last and head in context("landscape") and _calls_a_quarter(tokens[name_at]):
        last = name_at + 1  # `تل الملح`, `وادي الضيف`
    if quoted:
        last = next((n + 1 for n in range(name_at, min(name_at + 5, len(tokens))) if tokens[n].text in _CLOSING), 0)
    follower = tokens[name_at]
    if not base and (follower.fold in context("generic_site") or follower.fold.startswith("لل")):
        return  # `معسكر للحوثيين`
    strange = (is_rare(follower.form) and not _past_verb(follower.form)) or (head in context("named_site") and not is_common(follower.form))
    if not last or not (base or follower.fold.startswith("ال") or follower.fold in context("construct") or strange):
        return
    name = base.entities[0].name_en if base and base.entities else _spelled(tokens, name_at, last - quoted)
    pattern = facilities()[head]
    if last < len(tokens) and tokens[last].fold in facility_adjectives():
        pattern = pattern.replace("{} ", "{} " + facility_adjectives()[tokens[last].fold] + " ").replace("  ", " ")
        last += 1
    clitic = tokens[at].fold[: len(tokens[at].fold) - len(head)]
    find = _find(number, tokens, at, last, clitic, pattern.format(name))
    if base and base.type == "place":
        find.entities, find.confidence = base.entities, 0.8
    yield find


def _past_verb(form: Form) -> bool:
    """`مدرسة حُوّلت مركز إيواء`: behind a feminine noun stands what was done to it."""
    return form.norm.endswith("ت") and Lexicon.load().count(form.norm[:-1]) > _COMMON


def named_after(tokens: Sequence[Token], person: Find) -> Find:
    """`ثكنة طارق بن زياد`: a person behind the word for a facility or armed group is the thing's name."""
    if not person.first or person.clitic:
        return person
    before = tokens[person.first - 1].fold
    head = bare_head(before)
    if head not in facilities() and head not in context("unit_head"):
        return person
    clitic = before[: len(before) - len(head)]
    name = person.name_en
    find = _find(person.sentence, tokens, person.first - 1, person.last, clitic, facilities().get(head, "{}").format(name))
    if head in context("unit_head"):
        find.type = "actor"
        find.name_en = _spelled(tokens, person.first - 1, person.last, len(clitic))
    return find


def _group(number: int, tokens: Sequence[Token], at: int, head: str) -> Iterator[Find]:
    """`لواء التوحيد`, `كتائب شهداء الحرية`: an armed group or party, its name definite."""
    first = tokens[at + 1]
    second = tokens[at + 2].fold if at + 2 < len(tokens) else ""
    if first.kind != "word" or first.fold in context("no_group") or second in context("no_group"):
        return
    if first.fold.startswith("ال") and first.fold not in context("qualifier") and first.fold not in gazetteer().adjectives:
        last = at + 2
    elif second.startswith("ال") and not first.fold.endswith(("ه", "ي")) and second not in gazetteer().adjectives:
        last = at + 3
    else:
        return
    clitic = tokens[at].fold[: len(tokens[at].fold) - len(head)]
    find = _find(number, tokens, at, last, clitic, _spelled(tokens, at, last, len(clitic)))
    find.type = "actor"
    yield find


def _outlet(number: int, tokens: Sequence[Token], at: int) -> Iterator[Find]:
    """`صحيفة «…»`: what stands in quotation marks behind the word for an outlet."""
    if tokens[at + 1].text not in _OPENING:
        return
    close = next((n for n in range(at + 2, min(at + 7, len(tokens))) if tokens[n].text in _CLOSING), 0)
    if close and tokens[at + 2].fold in context("not_outlet"):
        return
    if close > at + 2 and all(t.kind in ("word", "number") for t in tokens[at + 2 : close]):
        find = _find(number, tokens, at + 2, close, "", _spelled(tokens, at + 2, close))
        find.type = "media"
        yield find


def _company(number: int, tokens: Sequence[Token], at: int, taken: set[int]) -> Iterator[Find]:
    """`شركة ميرسك`, `شركة فلاي بغداد للطيران`, `رابطة أبيكور`: foreign words behind the word for a company or league."""
    first = tokens[at].form
    plain = first.kind == "word" and not first.norm.startswith(("ال", "لل")) and len(first.norm) > 3 and not _future(first)
    if not plain or at in taken or not is_rare(first) or first.fold in gazetteer().adjectives or first.norm.endswith(("ها", "هم", "ه")):
        return
    last = at + 1
    while last < min(len(tokens), at + 3) and tokens[last].kind == "word" and _goes_on(tokens[last].form, last in taken):
        last += 1
    found = _find(number, tokens, at, last, "", _spelled(tokens, at, last))
    found.type = "actor"
    yield found


def _future(form: Form) -> bool:
    """`92 منظمة ستحضر`: what an organisation will do is not its name."""
    return form.norm.startswith(("سي", "ست", "سن")) and Lexicon.load().count(form.norm[1:]) > _RARE


def _tribe(number: int, tokens: Sequence[Token], at: int, taken: set[int]) -> Iterator[Find]:
    """`قبيلة الحويطات`, `عشيرة البونمر`: the name behind the word for a tribe."""
    form = tokens[at].form
    named = form.kind == "word" and at not in taken and not is_common(form) and form.fold not in gazetteer().adjectives
    if named and form.fold.startswith(("ال", "بني", "البو")) and form.fold not in context("qualifier"):
        found = _find(number, tokens, at, at + 1, "", _spelled(tokens, at, at + 1))
        found.type = "actor"
        yield found


def _goes_on(form: Form, known: bool) -> bool:
    """Whether a word belongs to a company's foreign name: short or strange, or a town (`فلاي بغداد`)."""
    word = form.norm
    return not word.startswith(("ال", "لل", "و", "ب")) and (known or is_rare(form) or form.fold in context("company_word"))


def _model(number: int, tokens: Sequence[Token], at: int) -> Iterator[Find]:
    """`من طراز هاروب`, `من طراز دي 30`, `من طراز «بركان»`: a weapon by its make."""
    if tokens[at].text in _OPENING and at + 1 < len(tokens):
        at += 1
    first = tokens[at].form
    plain = first.kind == "word" and not first.norm.startswith(("ال", "لل")) and first.fold not in context("no_make")
    last = at + 1 if plain and first.fold not in gazetteer().adjectives and not number_word(first) else at
    while last < min(len(tokens), at + 3) and tokens[last].kind == "word" and _strange(tokens[last].form):
        last += 1
    if last < len(tokens) and tokens[last].text.isdecimal() and (last > at or tokens[at].kind == "word"):
        last += 1
    if last > at:
        find = _find(number, tokens, at, last, "", _spelled(tokens, at, last))
        find.type = "weapon"
        yield find


def _army_unit(number: int, tokens: Sequence[Token], at: int, head: str) -> Iterator[Find]:
    """`الفرقة 16`, `الفرقة الأولى مشاة`: the main country's unit; the nationality is added when the document is known."""
    unit, last = _unit_number(tokens, at)
    if not unit:
        return
    clitic = tokens[at].fold[: len(tokens[at].fold) - len(head)]
    words = [token.fold for token in tokens[last : last + 2]]
    arm = next((name for name in army_arms() if name == tuple(words[: len(name)])), ())
    arms = f"{army_arms()[arm]} " if arm else ""
    find = _find(number, tokens, at, last + len(arm), clitic, f"{_ordinal(unit)} {arms}{army_units()[head]}")
    find.type, find.argument = "actor", "unit"
    yield find


def _unit_number(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The number of the unit at a token, in figures or as an ordinal, and where it ends; zeros where it has none."""
    first = tokens[at + 1]
    if first.kind == "number" and first.text.isdecimal() and len(first.text) <= len("999"):
        return int(first.text), at + 2
    word = number_word(first.form)
    if word is None or not word.sort.startswith("ordinal") or not first.fold.startswith("ال"):
        return 0, 0
    found = next(iter(find_numerals(tokens[at + 1 : at + 4])), None)
    return (int(found.low), at + 1 + found.last) if found and found.first == 0 else (int(word.low), at + 2)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """Where a name that starts at `at` ends; 0 where the word there is no name."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return 0
    first = tokens[at].fold
    second = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].kind == "word" else None
    if first in context("construct"):
        return at + 2 if second else 0
    if is_common(tokens[at].form) or first in gazetteer().adjectives or first in context("locative") or _names_after_clitic(tokens[at].form):
        return 0
    if first.startswith("ال") and len(first) > 3:
        return at + 1
    if second and _completes(second):
        return at + 2
    if first.endswith("ه") and not is_unseen(tokens[at].form):
        return 0
    if not is_rare(tokens[at].form) and (first[:1] in "يتن" or _ends_like_a_word(tokens[at].form)):
        return 0
    longer = second is not None and second.fold[0] not in "وبلف" and _strange(second.form) and is_rare(tokens[at].form)
    return at + 2 if longer else at + 1


def _ends_like_a_word(form: Form) -> bool:
    """An ending of nouns behind a stem that is a word too: not `مونتانا`."""
    endings = [e for e in ("ي", "ا", "ت", "ات", "ين", "ون") if form.norm.endswith(e)]
    return any(Lexicon.load().count(form.norm[: -len(e)]) > _RARE for e in endings)


def _names_after_clitic(form: Form) -> bool:
    """`مطار بكوالالمبور`, `سوق لأعياد`: a known name or word behind a preposition."""
    word = form.fold
    if word[:1] not in "بلوفك" or len(word) < 4:
        return False
    return "" in gazetteer().names.get(word[1:], {}) or Lexicon.load().count(form.norm[1:]) > _RARE


def _completes(second: Token) -> bool:
    """The definite word of a two-word name: no common word, no adjective (`قرية كفر حمرة المحاصرة`)."""
    word = second.fold
    return word.startswith("ال") and not is_common(second.form) and word not in gazetteer().adjectives and word not in context("qualifier")


def _spelled(tokens: Sequence[Token], first: int, last: int, skip: int = 0) -> str:
    return transliterate(" ".join(t.norm for t in tokens[first:last])[skip:], place=True)


def _find(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str, name: str) -> Find:
    start = tokens[first].start + len(clitic)
    found = Find(number, first, last, start, tokens[last - 1].end, "place", clitic=clitic, rank=3, confidence=_CONFIDENCE)
    found.name_en = name
    return found
