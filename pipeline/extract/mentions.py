"""Names of places, actors, persons, media and weapons in a document: where they stand and whom they mean.

Finding of known names belongs here: dictionary names behind their proclitics, organs of states composed from word and
nationality, descriptions. Names that only a classifier or a title gives away are found in `unlisted` and `names`.
Spans follow the conventions of the gold guide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.bodies import body_finds
from pipeline.extract.linking import Find, Scene, link
from pipeline.extract.model import Document, Mention
from pipeline.extract.name_marks import (
    ASSIMILATED,
    BODIES,
    CLOSES,
    FIRST_HALVES,
    GIVEN,
    HEADS,
    INTRODUCES,
    LATIN,
    OPENS,
    ORIGIN,
    POINTED_OUT,
    Nominal,
    Opening,
    Organ,
    given,
    marks_of,
    offices,
    openings_of,
)  # fmt: skip
from pipeline.extract.names import is_name_word, person_finds, surname
from pipeline.extract.tokens import Form, Token, form_of, key, tokenize
from pipeline.extract.units import noun_at
from pipeline.extract.unlisted import bare_head, is_common, is_other_word, is_rare, is_usual, listed_places, named_after, unlisted_finds
from pipeline.lexicon.gazetteer import Entity, Name, composed, context, facilities, facility_adjectives, gazetteer, homographs, organs
from pipeline.lexicon.vocabulary import vocabulary
from pipeline.restore.language_model import Lexicon

Sentences = Sequence[Sequence[Token]]
_NAME_CLITICS = ("", "و", "ل", "ب", "ف")
_SHORT = 2
_OPENING, _CLOSING = ("«", "“", '"'), ("»", "”", '"')
_TOWARDS = frozenset({"علي", "الي", "من", "في", "نحو", "باتجاه", "صوب"})
_FROM = frozenset({"من", "ومن", "عن"})
_SEAT = 10_000  # inhabitants of a town that may be the seat of a governorate
_TANWIN = ("\u064b", "\u064bا")
_UNREAD = frozenset({"foreign", "link", "boilerplate"})
# The second words of ministries that stand for the ministry alone.
_MINISTERS = frozenset({"الخارجيه", "الدفاع", "الداخليه"})
_FACILITIES = frozenset({"airport", "facility", "crossing", "camp", "strait", "lake", "canal", "road"})
_WORD = 30  # Occurrences per ten million words from which a stem is an ordinary word.
_MODEL = re.compile(r"([A-Za-z]{1,5})-?([0-9]{1,4})[A-Za-z]{0,2}")
_LITTLE = frozenset({"community", "populated_place", "subdistrict", "district"})


def find_mentions(document: Document, tokens: Sentences | None = None) -> list[Mention]:
    """Names of a document in reading order, linked to the dictionaries where they are known.

    `tokens`: the document's sentences already cut by `tokenize`, one list a sentence. Spans are half-open document
    offsets and do not overlap. Conventions: shared gold guide; candidates hold the ids that lost.
    """
    sentences = tokens if tokens is not None else [tokenize(s) for s in document.sentences]
    read = [s.kind not in _UNREAD for s in document.sentences]
    marks = [marks_of(words) for words in sentences]
    found = [_unoverlapped(_proposals(n, words, marks[n])) if read[n] else [] for n, words in enumerate(sentences)]
    _settle_cues(sentences, found)
    _add_short_forms(sentences, marks, found)
    _repeat_names(sentences, found)
    _repeat_beginnings(sentences, found)
    finds = [f for in_sentence in found for f in in_sentence]
    linked = link(sentences, finds, Scene(finds, _adjectives(sentences, marks)))
    return [_mention(document, f) for f in linked]


def _adjectives(sentences: Sentences, marks: Sequence[Sequence[int]]) -> Iterator[str]:
    """Countries of the adjectives of nationality, one for each time."""
    known = gazetteer().adjectives
    for number, tokens in enumerate(sentences):
        for at in [n for n, mark in enumerate(marks[number]) if mark & ORIGIN]:
            if tokens[at].form.fold in known:
                yield known[tokens[at].form.fold]


def _mention(document: Document, find: Find) -> Mention:
    entity = find.chosen
    return Mention(
        sentence_no=document.sentences[find.sentence].sentence_no,
        start=find.start,
        end=find.end,
        text=document.text[find.start : find.end],
        type=find.type,
        canonical_id=find.id if find.name_en else (entity.canonical_id or None) if entity else None,
        canonical_name=find.name_en or (entity.name_en if entity else None),
        nominal=find.nominal,
        confidence=find.confidence,
        candidates=[e.canonical_id for e in find.others],
    )


def _proposals(number: int, tokens: Sequence[Token], marks: Sequence[int]) -> list[Find]:
    """Every name that a sentence may hold, overlapping."""
    marked = [(n, mark) for n, mark in enumerate(marks) if mark & POINTED_OUT]
    finds: list[Find] = []
    for at in [n for n, mark in marked if mark & OPENS]:
        for opening in openings_of(tokens[at].form):
            finds += _known(number, tokens, at, opening)
    finds += [f for n, mark in marked if mark & LATIN and (f := _model(number, tokens, n))]
    heads = [n for n, mark in marked if mark & HEADS]
    if heads:
        finds += unlisted_finds(number, tokens, heads, finds)
    bodies = [n for n, mark in marked if mark & BODIES]
    if bodies:
        finds += body_finds(number, tokens, bodies, finds)
    finds += listed_places(number, tokens, finds)
    return finds + _persons(number, tokens, marks, marked, finds)


def _known(number: int, tokens: Sequence[Token], at: int, opening: Opening) -> list[Find]:
    """The dictionary's names, organs and descriptions that begin at a token read in one way."""
    follower = tokens[at + 1].form if at + 1 < len(tokens) else None
    finds: list[Find] = []
    names = opening.names
    if opening.bare or (follower is not None and (follower.fold in names or (follower.kind != "word" and "#" in names))):
        finds += _dictionary(number, tokens, at, opening.clitic, opening.word)
    if opening.organs:
        finds += _organ(number, tokens, at, opening.clitic, opening.organs)
    if opening.nominals:
        finds += _nominal(number, tokens, at, opening.clitic, opening.nominals)
    return finds


def _persons(number: int, tokens: Sequence[Token], marks: Sequence[int], marked: Sequence[tuple[int, int]], finds: list[Find]) -> list[Find]:
    """Persons, who begin with a given name, or behind a title, an office and one word, or a known name."""
    sure = frozenset(n for f in finds if not f.cue and f.type != "person" for n in range(f.first, f.last))
    starts = {n + 1 for n in sure}
    starts |= {n + 1 for n in starts if n < len(marks) and marks[n] & CLOSES}
    for at, mark in marked:
        if mark & GIVEN:
            starts.add(at)
        if mark & INTRODUCES:
            starts |= {at + 1, at + 2, at + 3}
    known = {f.first for f in finds if f.type == "person" and not f.cue and f.last - f.first > 1}
    within = sorted(n for n in starts if n < len(tokens))
    return [named_after(tokens, f) for f in person_finds(number, tokens, marks, within, sure) if f.first not in known]


def _dictionary(number: int, tokens: Sequence[Token], at: int, clitic: str, word: str) -> Iterator[Find]:
    for name in _names(tokens, at + 1, word):
        last = _follows(tokens, at + 1, name.rest)
        if last is None or _no_name(tokens[at].fold, name) or _no_name(word, name) or (clitic and not name.rest and len(word) == _SHORT):
            continue
        find = _find(number, tokens, at, last, clitic, name.entities[0].type)
        find.entities = name.entities
        find.nominal = name.nominal
        if "#" in name.rest:
            find.name_en = name.entities[0].name_en.replace("#", str(int(tokens[last - 1].text)))
        find.cue = name.cue or _doubtful(tokens[at].form, clitic, name)
        if _generic(tokens, find) or _idiom(tokens, find):
            continue
        _quoted_outlet(tokens, find)
        if find.cue and (_cued(tokens, at, clitic, name) or _gives_its_name(tokens, at, clitic, name)):
            find.cue = False
        _leave_classifier(tokens, find, name)
        _include_head(tokens, find)
        yield find


def _model(number: int, tokens: Sequence[Token], at: int) -> Find | None:
    """`Mi-24`, `BM-21`: a weapon's model in Latin letters, written in one word."""
    model = _MODEL.fullmatch(tokens[at].text)
    names = gazetteer().names.get(model[1], {}).get("#", ()) if model else ()
    weapon = next((n for n in names if n.entities[0].type == "weapon"), None)
    if model is None or weapon is None:
        return None
    find = _find(number, tokens, at, at + 1, "", "weapon")
    find.entities, find.name_en = weapon.entities, weapon.entities[0].name_en.replace("#", model[2])
    return find


def _names(tokens: Sequence[Token], at: int, word: str) -> tuple[Name, ...]:
    """The dictionary's names that begin with `word` and may go on with what stands at `at`."""
    seconds = gazetteer().names.get(word)
    if seconds is None:
        return ()
    found = seconds.get("", ())
    if at < len(tokens):
        follower = tokens[at].form
        found += seconds.get(follower.fold, ())
        if follower.kind != "word" and "#" in seconds:
            found += seconds["#"]
    return found


def _follows(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
    """The token index behind `words`, which must stand at `at`; `#` is any whole number, a hyphen may stand before it."""
    for word in words:
        if word == "#" and at < len(tokens) and tokens[at].text in ("-", "–"):
            at += 1
        if at >= len(tokens) or not (tokens[at].fold == word or (word == "#" and tokens[at].text.isdecimal())):
            return None
        at += 1
    return at


def _no_name(fold: str, name: Name) -> bool:
    """Weekdays and class words that some village bears as its name."""
    return (
        not name.rest and name.entities[0].type == "place" and (fold in context("not_name") or fold in context("construct") or bool(bare_head(fold)))
    )


def _doubtful(form: Form, clitic: str, name: Name) -> bool:
    """A single word that is usually no name, so that its surroundings must speak for it."""
    if name.rest:
        return all(e.kind in _LITTLE for e in name.entities)
    fold = form.fold
    if clitic.endswith("ك") and is_usual(form, clitic):
        return True  # `لحياة كريمة` likens nothing to a town
    if clitic and clitic not in ASSIMILATED and (fold in homographs("clitic") or is_other_word(form, clitic)):
        return True
    if name.entities[0].type != "place":
        return False
    bare = fold[len(clitic) :] if clitic not in ASSIMILATED else "ال" + fold[len(clitic) :]
    if bare in homographs("word") or bare in context("homograph") or bare in context("homograph_weak"):
        return True
    return all(e.kind in _LITTLE or e.kind == "neighbourhood" for e in name.entities)


def _seat(place: Entity) -> bool:
    """A governorate or a town that is large enough to name one."""
    return place.type == "place" and (place.kind == "governorate" or place.population > _SEAT)


def _gives_its_name(tokens: Sequence[Token], at: int, clitic: str, name: Name) -> bool:
    """`قمة جدة`, `محادثات جنيف`: a city behind what is called after one."""
    city = any(e.kind == "city" for e in name.entities)
    return city and bool(at) and not clitic and tokens[at - 1].fold.lstrip("وبل") in context("named_after_town")


def _cued(tokens: Sequence[Token], at: int, clitic: str, name: Name) -> bool:
    """A head word stands before: حركة، صحيفة، بلدة."""
    sort = name.entities[0].type
    if clitic or not at:
        return False
    if bare_head(tokens[at - 1].fold) == "محافظه" and any(_seat(e) for e in name.entities):
        return True  # `محافظة حجة`
    if sort == "place" and (tokens[at].fold in gazetteer().adjectives or (tokens[at].fold.endswith("ه") and is_common(tokens[at].form))):
        return False
    if sort == "place" and tokens[at].fold in context("homograph") and bare_head(tokens[at - 1].fold) in context("plural_head"):
        return False
    if sort == "weapon":
        return tokens[at - 1].fold in context("make")
    lists = {"place": ("city_head",), "actor": ("organisation_head", "unit_head"), "media": ("media_head",)}.get(sort, ())
    before = [tokens[at - 1], *([tokens[at - 2]] if at > 1 and tokens[at - 1].kind == "mark" else [])]
    heads = {bare_head(t.fold) for t in before}
    if any(heads & context(name) for name in lists):
        return True
    return sort == "place" and tokens[at].fold not in context("homograph") and bool(heads & facilities().keys())


def _generic(tokens: Sequence[Token], find: Find) -> bool:
    """`القاعدة العسكرية`, `بوابة القاعدة`: an adjective behind a name of common words, or a part before it, makes it another thing."""
    first = tokens[find.first].fold[len(find.clitic) :]
    if first in _MINISTERS and find.first and not find.clitic:
        return tokens[find.first - 1].fold.startswith(("ال", "وال", "بال", "لل"))
    if find.type == "actor" and first == "فتح" and find.last < len(tokens) and tokens[find.last].fold in context("opened"):
        return True  # `وفتح معبر رفح`
    if find.type != "actor" or first not in context("generic_name"):
        return False
    before = tokens[find.first - 1].fold if find.first and not find.clitic else ""
    if before in context("site_part") or before[1:] in context("site_part"):
        return True
    if find.last >= len(tokens):
        return False
    follower = tokens[find.last].fold
    return follower.startswith("ال") and follower.endswith(("ي", "يه")) and follower not in context("neutral_follower")


def _idiom(tokens: Sequence[Token], find: Find) -> bool:
    """`القوة القاهرة` is no town; `الضفة المقابلة`, `الضفة الغربية لنهر …` is a river's bank."""
    if find.type != "place":
        return False
    if tokens[find.last - 1].text.endswith(_TANWIN) or _counted(tokens, find) or _of_people(tokens, find) or _his_own(tokens, find):
        return True
    if find.first and find.last - find.first == 1 and _is_adjective(tokens, find.first):
        return True
    if find.first and f"{tokens[find.first - 1].fold.lstrip('وبل')} {tokens[find.first].fold}" in context("idiom"):
        return True
    bank = tokens[find.first].fold[len(find.clitic) :] in context("generic_place")
    follower = tokens[find.last].fold if find.last < len(tokens) else ""
    other = find.last - find.first == 1 and follower.startswith("ال") and follower.endswith("ه")
    return bank and (other or follower in ("لنهر", "من", "للنهر", "للفرات") or follower.startswith("لل"))


def _counted(tokens: Sequence[Token], find: Find) -> bool:
    """`45 أوكرانيا`: so many Ukrainians, as the accusative behind a number is also spelled as the country."""
    numbered = bool(find.first) and tokens[find.first - 1].kind == "number" and len(tokens[find.first - 1].text) > 1
    return numbered and not find.clitic and find.entities[0].kind == "country" and tokens[find.first].fold.endswith("يا")


def _of_people(tokens: Sequence[Token], find: Find) -> bool:
    """`راهبا إسبانيا`: the adjective in the accusative, spelled like the country, behind people in the accusative."""
    if not find.first or find.clitic or find.entities[0].kind != "country" or not tokens[find.first].fold.endswith("يا"):
        return False
    before = tokens[find.first - 1]
    noun = noun_at(before) if before.norm.endswith("ا") else None
    return noun is not None and noun.entry.kind == "people" and noun.number == "singular"


def _his_own(tokens: Sequence[Token], find: Find) -> bool:
    """`من مسكنه`: an ordinary word with its pronoun, which a town in ة is spelled like when its dots are left out."""
    word = tokens[find.first].norm
    if find.last - find.first > 1 or not word.endswith("ه") or any(not e.name_ar.endswith("ة") for e in find.entities):
        return False
    return Lexicon.load().count(word[len(find.clitic) : -1]) > _WORD


def _is_adjective(tokens: Sequence[Token], at: int) -> bool:
    """`العاصمة السعودية`: a country's name that is also its adjective, behind a definite noun of its gender that is no name."""
    before = tokens[at - 1].fold.lstrip("وبلف")
    noun = before.startswith("ال") and before.endswith("ه") and before not in gazetteer().adjectives and before not in context("qualifier")
    return noun and tokens[at].fold in gazetteer().adjectives


def _quoted_outlet(tokens: Sequence[Token], find: Find) -> None:
    """`قال مصدر لـ«الشرق الأوسط»`: a place's name between quotation marks is the newspaper of that name."""
    if find.type != "place" or not find.first or find.last >= len(tokens):
        return
    if tokens[find.first - 1].text not in _OPENING or tokens[find.last].text not in _CLOSING:
        return
    words = tuple(t.fold for t in tokens[find.first : find.last])
    for head in context("media_head"):
        for name in gazetteer().names.get(head, {}).get(words[0], ()):
            if name.rest == words and name.entities[0].type == "media":
                find.entities, find.type, find.cue = name.entities, "media", False
                return


def _leave_classifier(tokens: Sequence[Token], find: Find, name: Name) -> None:
    """`وكالة أعماق` is أعماق, `حي المعادي` is المعادي: the classifier stays outside where the rest is a name by itself."""
    first = tokens[find.first].fold[len(find.clitic) :]
    lists = {"place": "classifier", "media": "media_head"}
    if not name.rest or find.type not in lists or first not in context(lists[find.type]):
        return
    rest = gazetteer().names.get(name.rest[0], {}).get(name.rest[1] if len(name.rest) > 1 else "", ())
    if any(n.rest == name.rest[1:] and set(n.entities) & set(find.entities) for n in rest):
        find.first += 1
        find.start = tokens[find.first].start
        find.clitic = ""


def _include_head(tokens: Sequence[Token], find: Find) -> None:
    """The head of an armed group belongs to its name (حركة حماس), an adjective to a facility's (مطار حماة العسكري)."""
    kind = find.entities[0].kind
    if find.type == "actor" and find.first and not find.clitic:
        before = tokens[find.first - 1]
        head = bare_head(before.fold)
        if head in context("organisation_head") and key(find.entities[0].name_ar).split()[0] != head:
            find.first -= 1
            find.start = before.end - len(head) if before.text == before.norm else before.start
    elif kind in _FACILITIES and find.last < len(tokens) and tokens[find.last].fold in facility_adjectives():
        find.end = tokens[find.last].end
        find.last += 1


def _organ(number: int, tokens: Sequence[Token], at: int, clitic: str, starts: Sequence[Organ]) -> Iterator[Find]:
    """`وزارة الدفاع الروسية`, `الجيش التركي`: an organ and a nationality."""
    for rest, organ in starts:
        behind = _follows(tokens, at + 1, rest)
        if behind is None:
            continue
        template, kind, role = organs()[organ]
        country, last = _nationality(tokens, behind, definite="ال" in organ[-1][:2])
        if country and organ[0] in _MINISTERS and not _of_ministry(tokens, at, last):
            continue
        if country:
            find = _find(number, tokens, at, last, clitic, "media" if kind == "media" else "actor")
            find.entities = (composed(country, role, template, kind),)
            yield find
        elif organ[0] == "وزاره":
            find = _find(number, tokens, at, behind, clitic, "actor")
            find.rule, find.argument, find.rank = "role", role, 1
            _within(tokens, find, template)
            yield find


def _of_ministry(tokens: Sequence[Token], at: int, last: int) -> bool:
    """`الخارجية الروسية` is the ministry, `وزير الخارجية الروسي` its minister, `السياسة الخارجية الروسية` neither."""
    if at and tokens[at - 1].fold.startswith(("ال", "وال", "بال", "لل")) and tokens[at].fold.startswith("ال"):
        return False
    return tokens[last - 1].fold.endswith("ه") and not (at and tokens[at - 1].fold.lstrip("وبلف") in ("زير", "زيره", "زراء"))


def _within(tokens: Sequence[Token], find: Find, template: str) -> None:
    """`وزارة الصحة في حكومة الوفاق`: a ministry of a government that is named behind it."""
    if find.last + 1 >= len(tokens) or tokens[find.last].fold not in ("في", "التابعه"):
        return
    for name in _names(tokens, find.last + 2, tokens[find.last + 1].fold):
        behind = _follows(tokens, find.last + 2, name.rest)
        if behind is not None and name.entities[0].kind == "government":
            find.last, find.end, find.rule = behind, tokens[behind - 1].end, ""
            find.name_en = template.format(adj=name.entities[0].name_en)
            return


def _nationality(tokens: Sequence[Token], at: int, definite: bool) -> tuple[str, int]:
    """The country told at `at` and where that ends: an adjective, or behind an indefinite organ a name (`حكومة مالي`)."""
    if at >= len(tokens):
        return "", at
    if not definite:
        names = [n for n in _names(tokens, at + 1, tokens[at].fold) if n.entities[0].kind == "country"]
        ends = [(end, n.entities[0].country) for n in names if (end := _follows(tokens, at + 1, n.rest)) is not None]
        end, country = max(ends, default=(at, ""))
        return country, end
    adjectives = gazetteer().adjectives
    if at + 1 < len(tokens):
        pair = f"{tokens[at].fold} {tokens[at + 1].fold}"
        if pair in adjectives:
            return adjectives[pair], at + 2
    return (adjectives[tokens[at].fold], at + 1) if tokens[at].fold in adjectives else ("", at)


def _nominal(number: int, tokens: Sequence[Token], at: int, clitic: str, starts: Sequence[Nominal]) -> Iterator[Find]:
    """`التنظيم`, `قوات النظام`: descriptions, resolved when the document's names are known."""
    for rest, rule, argument in starts:
        last = _follows(tokens, at + 1, rest)
        if last is None or (not rest and _qualified(tokens, last)):
            continue
        find = _find(number, tokens, at, last, clitic, "actor")
        find.rule, find.argument, find.rank, find.nominal = rule, argument, 2, True
        yield find


def _qualified(tokens: Sequence[Token], at: int) -> bool:
    """An adjective follows that makes the description another thing (`المنظمة الدولية`)."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    follower = tokens[at].fold
    adjective = follower.endswith(("ي", "يه")) or follower in context("qualifier")
    return follower.startswith("ال") and adjective and follower not in context("neutral_follower")


def _find(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str, sort: str) -> Find:
    skip = len(clitic) - 1 if clitic in ASSIMILATED else len(clitic)
    return Find(number, first, last, _after(tokens[first], skip), tokens[last - 1].end, sort, clitic=clitic)


def _after(token: Token, letters: int) -> int:
    """The offset behind the token's first letters; vowel marks count for nothing."""
    if token.text == token.norm:
        return token.start + letters
    at = 0
    for offset, letter in enumerate(token.text):
        if key(letter):
            if at == letters:
                return token.start + offset
            at += 1
    return token.start


def _unoverlapped(finds: list[Find]) -> list[Find]:
    """The longest finds that do not overlap, in order; between equals the surer kind."""
    taken: set[int] = set()
    kept: list[Find] = []
    if len(finds) < 2:
        return finds
    for find in sorted(finds, key=lambda f: (f.cue, f.first - f.last, f.rank, len(f.clitic), f.start)):
        if not taken.intersection(range(find.first, find.last)):
            taken.update(range(find.first, find.last))
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _settle_cues(sentences: Sentences, found: list[list[Find]]) -> None:
    """Drops doubtful names that nothing else in the document speaks for."""
    if not any(f.cue for fs in found for f in fs):
        return
    sure: set[Entity] = {e for fs in found for f in fs if not f.cue for e in f.entities}
    scene = Scene(f for fs in found for f in fs)
    countries = scene.countries()
    for fs in found:
        kept: list[Find] = []
        for find in fs:
            tokens = sentences[find.sentence]
            known = not find.cue or any(e in sure for e in find.entities) or _listed(tokens, kept, find) or _located(tokens, find, countries)
            if known or _at_home(find, scene.main):
                find.cue = False
                kept.append(find)
        fs[:] = kept


def _at_home(find: Find, country: str) -> bool:
    """`الجيش الوطني` in a text about Libya: a name of several words that some body of the text's own country bears."""
    return bool(country) and find.type == "actor" and find.last - find.first > 1 and any(e.country == country for e in find.entities)


def _located(tokens: Sequence[Token], find: Find, countries: frozenset[str]) -> bool:
    """`في الطبقة` in a text about Syria; a little-known place by a rare word or by two needs no preposition there."""
    if find.type != "place":
        return False
    if _of_nation(tokens, find):
        return True
    follower = tokens[find.last].fold if find.last < len(tokens) else ""
    owned = follower.startswith("ال") and not follower.endswith("ه")  # `دفعه من مالي الخاص`
    country = find.entities[0].kind == "country" and not owned  # `لاجئون من مالي`: an adjective too
    here = country or any(e.country in countries or e.kind == "city" for e in find.entities)
    before = tokens[find.first - 1].fold if find.first else ""
    behind = before in context("locative") or (before[:1] in "وفب" and before[1:] in context("locative")) or (country and before in _FROM)
    located = "ب" in find.clitic or behind
    if find.last - find.first > 1:
        return here or located or (find.first > 0 and tokens[find.first - 1].fold in _TOWARDS)
    token = tokens[find.first]
    name = "ال" + token.fold[len(find.clitic) :] if find.clitic in ASSIMILATED else token.fold[len(find.clitic) :]
    if not here:
        return False
    if name in homographs("word") or name in context("homograph"):
        return bool(find.first) and not find.clitic and tokens[find.first - 1].fold in context("beside_town")
    if name in context("homograph_weak"):
        return located
    rare = is_rare(token.form) and (not find.clitic or is_rare(form_of(token.form.norm[len(find.clitic) :])))
    return rare or (located and not is_other_word(token.form, find.clitic))


def _of_nation(tokens: Sequence[Token], find: Find) -> bool:
    """`أدري التشادية`: towns are feminine; of a name that is an ordinary word it says nothing (`العلم العراقي`)."""
    follower = tokens[find.last].fold if find.last < len(tokens) else ""
    country = gazetteer().adjectives.get(follower, "") if follower.endswith("ه") else ""
    name = tokens[find.first].fold[len(find.clitic) :]
    ordinary = name.startswith("ال") or name in homographs("word") or name in context("homograph")
    return bool(country) and not ordinary and any(e.country == country for e in find.entities)


def _listed(tokens: Sequence[Token], kept: list[Find], find: Find) -> bool:
    """A place joined to a sure place before it: `كفرنبل ومعرة حرمة`, `دوما، حرستا`."""
    token = tokens[find.first]
    if not kept or find.type != "place" or kept[-1].type != "place":
        return False
    if kept[-1].first and bare_head(tokens[kept[-1].first - 1].fold) in context("plural_head"):
        return True
    if is_other_word(token.form, find.clitic) or any(match.pos == "verb" for match in vocabulary().lookup(token.form)):
        return False  # `… غربي السودان وأودى بحياة …`
    if token.fold[len(find.clitic) :] in homographs("word") or token.fold[len(find.clitic) :] in context("homograph"):
        return False
    between = [t.fold for t in tokens[kept[-1].last : find.first]]
    return (between == [] and find.clitic.startswith("و")) or between == ["،"]


def _add_short_forms(sentences: Sentences, marks: Sequence[Sequence[int]], found: list[list[Find]]) -> None:
    """`برنامج الأغذية العالمي (WFP)`: the Latin letters between brackets behind an organisation are it, there and later on."""
    told: dict[str, Find] = {}
    for number, tokens in enumerate(sentences):
        if max(marks[number], default=0) < LATIN:  # the highest of the bits
            continue
        latin = [n for n, mark in enumerate(marks[number]) if mark & LATIN and tokens[n].text.isupper() and tokens[n].text.isalpha()]
        if not latin:
            continue
        taken = {n for f in found[number] for n in range(f.first, f.last)}
        ends = {f.last: f for f in found[number] if f.type in ("actor", "media") and not f.nominal and not f.rule}
        for at in [n for n in latin if n not in taken]:
            if at - 1 in ends and tokens[at - 1].text == "(":
                told.setdefault(tokens[at].text, ends[at - 1])
            whole = told.get(tokens[at].text)
            if whole is not None:
                find = _find(number, tokens, at, at + 1, "", whole.type)
                find.entities, find.name_en, find.id = whole.entities, whole.name_en, whole.id
                found[number].append(find)
        found[number].sort(key=lambda f: f.start)


def _repeat_names(sentences: Sentences, found: list[list[Find]]) -> None:
    """A person's surname alone, after the full name was told; the full name wherever it stands."""
    persons = [f for fs in found for f in fs if f.type == "person"]
    told = [(f, forms) for f, forms in zip(persons, _forms(sentences, persons), strict=True) if len(forms) > 1 or f.last - f.first > 1]
    if not told:
        return
    asked = {clitic + names[0] for _, forms in told for names in forms if names for clitic in _NAME_CLITICS}
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, tokens in enumerate(sentences):
        folds = [token.form.fold for token in tokens]
        if not asked.isdisjoint(folds):
            for at in [n for n, fold in enumerate(folds) if fold in asked]:
                places[folds[at]].append((number, at))
    taken = {(f.sentence, n) for fs in found for f in fs for n in range(f.first, f.last)}
    for person, forms in told:
        for form in forms:
            for number, at, clitic, last in _occurrences(sentences, places, form):
                later = (form is forms[0] and len(form) > 1) or (number, at) > (person.sentence, person.first)
                given_alone = len(form) == 1 and form[0] in given() and not _stands_alone(sentences[number], at)
                if later and not given_alone and not any((number, n) in taken for n in range(at, last)):
                    taken |= {(number, n) for n in range(at, last)}
                    find = _find(number, sentences[number], at, last, clitic, "person")
                    find.entities, find.name_en, find.id = person.entities, person.name_en, person.id
                    found[number].append(find)
    for fs in found:
        fs.sort(key=lambda f: f.start)


def _forms(sentences: Sentences, persons: Sequence[Find]) -> Iterator[list[list[str]]]:
    """What each person is called by: the full name, the surname, and the given name that no other person of the text bears."""
    names = [_name_words(sentences[f.sentence], f) for f in persons]
    bearers: dict[str, set[str]] = defaultdict(set)
    for full, _ in names:
        bearers[full[0]].add(" ".join(full))
    for full, last in names:
        titled = full[0] in FIRST_HALVES or full[0] in offices()  # `الحاج محمد`
        alone = full[0] in given() and not titled and len(bearers[full[0]]) == 1
        usual = full[0] not in context("ambiguous_given") or full[0].startswith("ال") or len(full) == 1
        yield [full, last, *([[full[0]]] if alone and usual else [])]


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """A given name that is neither the first of another full name nor an adjective (`الوعد الصادق`), nor على spelled like علي."""
    before = tokens[at - 1].fold if at else ""
    follower = tokens[at + 1].fold if at + 1 < len(tokens) and tokens[at + 1].norm != "على" else ""
    if tokens[at].norm == "على" or before.startswith("ال") or before in context("particle"):
        return False
    return not is_name_word(follower)


def _repeat_beginnings(sentences: Sentences, found: list[list[Find]]) -> None:
    """`المجلس الأعلى` after `المجلس الأعلى للدولة`: an actor's first two words, both definite, where nothing else is found."""
    told: dict[tuple[str, str], Find] = {}
    for find in (f for fs in found for f in fs if f.type in ("actor", "media") and f.last - f.first > 2 and not f.nominal):
        tokens = sentences[find.sentence]
        first, second = tokens[find.first].fold[len(find.clitic) :], tokens[find.first + 1].fold
        if first.startswith("ال") and second.startswith("ال"):
            told.setdefault((first, second), find)
    if not told:
        return
    seconds = {second for _, second in told}
    for number, tokens in enumerate(sentences):
        taken = {n for f in found[number] for n in range(f.first, f.last) if not f.rule}
        for at in [n for n, token in enumerate(tokens) if token.form.fold in seconds and n and n not in taken and n - 1 not in taken]:
            shortened = _shortened(number, tokens, at - 1, told)
            if shortened is not None:
                found[number] = [f for f in found[number] if not f.rule or f.last <= at - 1 or f.first > at]
                found[number].append(shortened)
        found[number].sort(key=lambda f: f.start)


def _shortened(number: int, tokens: Sequence[Token], at: int, told: dict[tuple[str, str], Find]) -> Find | None:
    for clitic in _NAME_CLITICS:
        fold = tokens[at].fold
        actor = told.get((fold[len(clitic) :], tokens[at + 1].fold)) if fold.startswith(clitic) else None
        follower = tokens[at + 2].fold if at + 2 < len(tokens) else ""
        if actor is not None and (number, at) > (actor.sentence, actor.first) and not follower.startswith(("ال", "لل")):
            find = _find(number, tokens, at, at + 2, clitic, actor.type)
            find.entities, find.name_en, find.id = actor.entities, actor.name_en, actor.id
            return find
    return None


def _name_words(tokens: Sequence[Token], person: Find) -> tuple[list[str], list[str]]:
    """The folded words of a person's full name, and those of the surname."""
    words = [t.fold for t in tokens[person.first : person.last]]
    words[0] = words[0][len(person.clitic) :]
    return words, surname(" ".join(words)).split()


def _occurrences(sentences: Sentences, places: dict[str, list[tuple[int, int]]], words: list[str]) -> Iterator[tuple[int, int, str, int]]:
    """Where words stand in a document: sentence, first token, proclitic, end."""
    if not words:
        return
    for clitic in _NAME_CLITICS:
        for number, at in places.get(clitic + words[0], ()):
            tokens = sentences[number]
            last = _follows(tokens, at + 1, tuple(words[1:]))
            if last is not None and not (clitic and is_other_word(tokens[at].form, clitic)):
                yield number, at, clitic, last
