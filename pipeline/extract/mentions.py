"""Names of places, actors, persons, media and weapons in a document: where they stand and whom they mean.

Finding belongs here: dictionary names behind their proclitics, organs of states composed from word and nationality,
and names that only their classifier gives away (`قرية X`, `مطار X`). Spans follow the gold guide's conventions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.extract.linking import Find, Scene, link
from pipeline.extract.model import Document, Mention
from pipeline.extract.names import person_finds
from pipeline.extract.tokens import Token, key, tokenize
from pipeline.extract.transliterate import transliterate
from pipeline.lexicon.gazetteer import Entity, Name, composed, context, gazetteer, homographs, organs
from pipeline.lexicon.reader import rows

Sentences = Sequence[Sequence[Token]]
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_ASSIMILATED = ("لل", "ولل", "فلل")
_SHORT = 3


def find_mentions(document: Document, tokens: Sentences | None = None) -> list[Mention]:
    """Names of a document in reading order, linked to the dictionaries where they are known.

    `tokens`: the document's sentences already cut by `tokenize`, one list a sentence. Spans are half-open document
    offsets and do not overlap. Conventions: shared gold guide; candidates hold the ids that lost.
    """
    sentences = tokens if tokens is not None else [tokenize(s) for s in document.sentences]
    found = [_unoverlapped(_proposals(number, sentence)) for number, sentence in enumerate(sentences)]
    _settle_cues(sentences, found)
    finds = [f for in_sentence in found for f in in_sentence]
    scene = Scene(finds)
    linked = link(sentences, finds, scene)
    return [_mention(document, f) for f in linked]


def _mention(document: Document, find: Find) -> Mention:
    entity = find.chosen
    return Mention(
        sentence_no=document.sentences[find.sentence].sentence_no,
        start=find.start,
        end=find.end,
        text=document.text[find.start : find.end],
        type=find.type,
        canonical_id=entity.canonical_id if entity and not find.name_en else None,
        canonical_name=find.name_en or (entity.name_en if entity else None),
        nominal=find.nominal,
        confidence=find.confidence,
        candidates=[e.canonical_id for e in find.others],
    )


def _proposals(number: int, tokens: Sequence[Token]) -> list[Find]:
    finds: list[Find] = []
    starts = gazetteer().names
    for at, token in enumerate(tokens):
        if token.kind != "word":
            continue
        fold = token.fold
        for clitic, word in _openings(fold):
            if word in starts:
                finds += _dictionary(number, tokens, at, clitic, starts[word])
            if word in _organ_starts():
                finds += _organ(number, tokens, at, clitic, word)
            if word in _nominal_starts():
                finds += _nominal(number, tokens, at, clitic, word)
    finds += _classified(number, tokens)
    finds += person_finds(number, tokens, finds)
    return finds


@lru_cache(maxsize=1 << 16)
def _openings(word: str) -> tuple[tuple[str, str], ...]:
    """Ways to read a word as the first of a name: (proclitics, name's first word), least stripped first."""
    known = gazetteer().names
    first = [known, _organ_starts(), _nominal_starts()]
    found: list[tuple[str, str]] = []
    for clitic in _PROCLITICS:
        rest = word[len(clitic) :]
        if word.startswith(clitic) and len(rest) >= (2 if not clitic else _SHORT) and any(rest in t for t in first):
            found.append((clitic, rest))
    for clitic in _ASSIMILATED:
        if word.startswith(clitic):
            rest = word[len(clitic) :]
            found += [(clitic, r) for r in ("ال" + rest, "الل" + rest) if any(r in t for t in first)]
    return tuple(found)


def _dictionary(number: int, tokens: Sequence[Token], at: int, clitic: str, names: tuple[Name, ...]) -> Iterator[Find]:
    for name in names:
        last = _follows(tokens, at + 1, name.rest)
        if last is None:
            continue
        find = _find(number, tokens, at, last, clitic, name.entities[0].type)
        find.entities = name.entities
        find.nominal = name.nominal
        find.cue = name.cue or _doubtful(tokens[at].fold, clitic, name)
        if find.cue and _cued(tokens, at, clitic, name.entities[0].type):
            find.cue = False
        _include_head(tokens, find)
        yield find


def _follows(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
    """The token index behind `words`, which must stand at `at`; `#` is any number."""
    if at + len(words) > len(tokens):
        return None
    for offset, word in enumerate(words):
        token = tokens[at + offset]
        if token.fold != word and not (word == "#" and token.kind == "number"):
            return None
    return at + len(words)


def _doubtful(fold: str, clitic: str, name: Name) -> bool:
    """A single word that is usually no name, so that its surroundings must speak for it."""
    if name.rest or any(e.kind in ("country", "city") for e in name.entities):
        return bool(clitic) and not name.rest and fold in homographs("clitic")
    if clitic and (fold in homographs("clitic") or fold in _frequent()):
        return True
    bare = fold[len(clitic) :] if clitic not in _ASSIMILATED else "ال" + fold[len(clitic) :]
    return name.entities[0].type == "place" and bare in homographs("word")


@cache
def _frequent() -> frozenset[str]:
    return frozenset(key(r["word"]) for r in rows("frequent_words"))


def _cued(tokens: Sequence[Token], at: int, clitic: str, sort: str) -> bool:
    """A head word stands before: حركة، صحيفة، بلدة."""
    if clitic or not at:
        return False
    lists = {"place": ("city_head",), "actor": ("organisation_head",), "media": ("media_head",)}.get(sort, ())
    before = [tokens[at - 1], *([tokens[at - 2]] if at > 1 and tokens[at - 1].kind == "mark" else [])]
    return any(_bare(t.fold) in context(name) for t in before for name in lists)


def _bare(word: str) -> str:
    """Without one- and two-letter proclitics where what is left is a head word."""
    for clitic in ("", "و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول"):
        rest = word.removeprefix(clitic)
        if word.startswith(clitic) and rest in _head_words():
            return rest
    return word


@cache
def _head_words() -> frozenset[str]:
    lists = ("city_head", "unknown_head", "facility_head", "organisation_head", "media_head")
    return frozenset().union(*(context(name) for name in lists))


def _include_head(tokens: Sequence[Token], find: Find) -> None:
    """The head of an armed group or a facility is part of its name: حركة حماس، مطار حلب."""
    if not find.first or find.clitic:
        return
    before = tokens[find.first - 1]
    head = _bare(before.fold)
    wanted = {"actor": "organisation_head", "place": "facility_head"}.get(find.type)
    if wanted and head in context(wanted) and not _has_head(find, head):
        find.first -= 1
        find.start = before.end - len(head) if before.text == before.norm else before.start


def _has_head(find: Find, head: str) -> bool:
    return any(key(e.name_ar).split()[0] == head for e in find.entities)


def _organ(number: int, tokens: Sequence[Token], at: int, clitic: str, word: str) -> Iterator[Find]:
    """`وزارة الدفاع الروسية`, `الجيش التركي`: an organ and a nationality."""
    for rest, organ in _organ_starts()[word]:
        behind = _follows(tokens, at + 1, rest)
        if behind is None:
            continue
        template, kind, role = organs()[organ]
        country, last = _nationality(tokens, behind)
        if country:
            find = _find(number, tokens, at, last, clitic, "media" if kind == "media" else "actor")
            find.entities = (composed(country, role, template, kind),)
            yield find
        elif organ[0] == "وزاره":
            find = _find(number, tokens, at, behind, clitic, "actor")
            find.rule, find.argument, find.rank = "role", role, 1
            yield find


def _nationality(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    adjectives = gazetteer().adjectives
    if at + 1 < len(tokens):
        pair = f"{tokens[at].fold} {tokens[at + 1].fold}"
        if pair in adjectives:
            return adjectives[pair], at + 2
    if at < len(tokens) and tokens[at].fold in adjectives:
        return adjectives[tokens[at].fold], at + 1
    return "", at


@cache
def _organ_starts() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for words in organs():
        found[words[0]].append((words[1:], words))
    return dict(found)


@cache
def _nominal_starts() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for r in rows("nominals"):
        first, *rest = key(r["text"]).split()
        argument = key(r["argument"]) if r["rule"] == "head" else r["argument"]
        found[first].append((tuple(rest), r["rule"], argument))
    return dict(found)


def _nominal(number: int, tokens: Sequence[Token], at: int, clitic: str, word: str) -> Iterator[Find]:
    """`التنظيم`, `قوات النظام`: descriptions, resolved when the document's names are known."""
    for rest, rule, argument in _nominal_starts()[word]:
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
    return follower.startswith("ال") and follower not in context("neutral_follower")


def _classified(number: int, tokens: Sequence[Token]) -> Iterator[Find]:
    """Places and outlets that no dictionary has, behind their classifier."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind != "word":
            continue
        head = _bare(token.fold)
        if head in context("unknown_head"):
            last = _name_end(tokens, at + 1)
            if last:
                yield _unknown(number, tokens, at + 1, last, "place", "")
        elif head in context("facility_head") and not token.fold.startswith("ال" + head):
            last = _name_end(tokens, at + 1)
            if last:
                if last < len(tokens) and tokens[last].fold.removeprefix("ال") in context("facility_tail"):
                    last += 1
                clitic = token.fold[: len(token.fold) - len(head)]
                yield _unknown(number, tokens, at, last, "place", clitic)


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """Where a name that starts at `at` ends; 0 where the word there is no name."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return 0
    first = tokens[at].fold
    second = tokens[at + 1].fold if at + 1 < len(tokens) and tokens[at + 1].kind == "word" else ""
    definite = first.startswith("ال") and len(first) > 3
    if first in context("construct"):
        return at + 2 if second else 0
    if first in _frequent() or first in gazetteer().adjectives or first in context("locative"):
        return 0
    if not definite:
        if second.startswith("ال") and second not in _frequent() and second not in gazetteer().adjectives:
            return at + 2
        if first.endswith(("ه", "ي", "ا", "ات", "ين", "ون")) or first[:1] in "يتن":
            return 0
    return at + 1


def _unknown(number: int, tokens: Sequence[Token], first: int, last: int, sort: str, clitic: str) -> Find:
    find = _find(number, tokens, first, last, clitic, sort)
    find.rank, find.confidence = 3, 0.7
    find.name_en = transliterate(" ".join(t.norm for t in tokens[first:last])[len(clitic) :], place=True)
    return find


def _find(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str, sort: str) -> Find:
    skip = len(clitic) - 1 if clitic in _ASSIMILATED else len(clitic)
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
    for find in sorted(finds, key=lambda f: (f.cue, f.first - f.last, f.rank, len(f.clitic), f.start)):
        if not taken.intersection(range(find.first, find.last)):
            taken.update(range(find.first, find.last))
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _settle_cues(sentences: Sentences, found: list[list[Find]]) -> None:
    """Drops doubtful names that nothing else in the document speaks for."""
    sure: set[Entity] = {e for fs in found for f in fs if not f.cue for e in f.entities}
    for fs in found:
        kept: list[Find] = []
        for find in fs:
            known = not find.cue or any(e in sure for e in find.entities) or _listed(sentences[find.sentence], kept, find)
            if known:
                kept.append(find)
        fs[:] = kept


def _listed(tokens: Sequence[Token], kept: list[Find], find: Find) -> bool:
    """A place joined to a sure place before it: `كفرنبل ومعرة حرمة`, `دوما، حرستا`."""
    if not kept or find.type != "place" or kept[-1].type != "place":
        return False
    between = [t.fold for t in tokens[kept[-1].last : find.first]]
    return (between == [] and find.clitic.startswith("و")) or between == ["،"]
