"""What a spelling can do for names, as bits that are worked out once: open one, stand before one, be a title.

Only single words are judged here, by the lists; what stands beside a word is for `mentions`, `unlisted`, `bodies` and
`names`, which look only at the tokens that these marks point out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from pipeline.extract.bodies import opens_body
from pipeline.extract.tokens import Form, Token, key
from pipeline.extract.unlisted import bare_head
from pipeline.lexicon.gazetteer import Name, context, gazetteer, organs
from pipeline.lexicon.reader import rows

# READ tells a spelling without marks from one not yet judged; DEFINITE alone asks for nothing.
READ, DEFINITE, ORIGIN, OPENS, HEADS, BODIES, GIVEN, INTRODUCES = (1 << n for n in range(8))
TITLE, STRONG_TITLE, SPEECH, RANK, BRACKET, CLOSES, NAMING, LATIN = (1 << n for n in range(8, 16))
# What opens a kunya, and a given name of two words, folded.
KUNYAS = frozenset(("ابو", "ام"))
FIRST_HALVES = KUNYAS | {"عبد"}
POINTED_OUT = OPENS | HEADS | BODIES | GIVEN | INTRODUCES | LATIN

ASSIMILATED = ("لل", "ولل", "فلل")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_BY_LETTER = {letter: tuple(p for p in _PROCLITICS if p[:1] in ("", letter)) for letter in "وفبلك"}
_SHORT = 2
_OF_SIGNS = {"»": CLOSES, "”": CLOSES, '"': CLOSES, ")": CLOSES, "(": ORIGIN | BRACKET, "،": ORIGIN | INTRODUCES}

Organ = tuple[tuple[str, ...], tuple[str, ...]]
Nominal = tuple[tuple[str, ...], str, str]


class Opening(NamedTuple):
    """A way to read a word as the first of a name: proclitics, the name's first word, and what can begin so.

    `names`: the dictionary's, by second word. `bare`: whether one of them needs none.
    """

    clitic: str
    word: str
    names: Mapping[str, tuple[Name, ...]]
    bare: bool
    organs: Sequence[Organ]
    nominals: Sequence[Nominal]


def marks_of(tokens: Sequence[Token]) -> list[int]:
    """The marks of each token's spelling."""
    return [token.form.marks or _marks(token.form) for token in tokens]


def openings_of(form: Form) -> tuple[Opening, ...]:
    """Ways to read a word marked OPENS, least stripped first."""
    if form.openings is None:
        form.openings = _openings(form.fold)
    return cast("tuple[Opening, ...]", form.openings)


@cache
def given() -> frozenset[str]:
    """Folded given names of one word, and what opens compound ones."""
    return frozenset(key(r["name_ar"]) for r in rows("given_names") if " " not in r["name_ar"]) | FIRST_HALVES


@cache
def given_pairs() -> frozenset[str]:
    """Given names of two words (`شمس الدين`)."""
    return frozenset(key(r["name_ar"]) for r in rows("given_names") if " " in r["name_ar"])


@cache
def given_openings() -> frozenset[str]:
    """Words that may open a given name, the first ones of double names (`شمس الدين`) among them."""
    return given() | {pair.split()[0] for pair in given_pairs()}


@cache
def offices() -> frozenset[str]:
    """Folded titles and offices (person_titles.csv)."""
    return frozenset(key(r["title"]) for r in rows("person_titles"))


def bare_title(word: str) -> str:
    """A folded word without the proclitic that may stand before a title."""
    if word in offices():
        return word
    if word.startswith("لل"):
        return "ال" + word[2:]
    return word[1:] if word[:1] in "وفبلك" else word


def _marks(form: Form) -> int:
    fold = form.fold
    found = READ | _OF_SIGNS.get(fold, 0)
    if form.kind in ("word", "latin", "number"):
        found |= _person_marks(fold)
        form.openings = _openings(fold)
        found |= OPENS if form.openings else 0
        found |= HEADS if bare_head(fold) else 0
        found |= BODIES if opens_body(fold) else 0
        found |= LATIN if form.kind == "latin" else 0
    form.marks = found
    return found


def _person_marks(fold: str) -> int:
    found = _listed().get(fold, 0) | _titles().get(bare_title(fold), 0)
    found |= DEFINITE if fold[:2] == "ال" else 0
    found |= GIVEN if fold[1:] in given_openings() else 0
    if found & (SPEECH | RANK | TITLE | NAMING) or found & (DEFINITE | ORIGIN) == DEFINITE | ORIGIN:
        found |= INTRODUCES
    return found


@cache
def _listed() -> dict[str, int]:
    lists = ((ORIGIN, gazetteer().adjectives), (GIVEN, given_openings()), (SPEECH, context("speech")), (RANK, context("rank_complement")))
    naming = (NAMING, {c + verb for verb in context("naming_verb") for c in ("", "و")})
    return _united((*lists, naming))


@cache
def _titles() -> dict[str, int]:
    return _united(((TITLE, offices()), (STRONG_TITLE, context("strong_title"))))


def _united(lists: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for mark, words in lists:
        for word in words:
            found[word] = found.get(word, 0) | mark
    return found


def _openings(word: str) -> tuple[Opening, ...]:
    starts = _starts()
    found = [
        _opening(clitic, word[len(clitic) :])
        for clitic in _BY_LETTER.get(word[0], ("",))
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORT and word[len(clitic) :] in starts
    ]
    for clitic in ASSIMILATED if "لل" in word[:3] else ():
        if word.startswith(clitic):
            rest = word[len(clitic) :]
            found += [_opening(clitic, r) for r in ("ال" + rest, "الل" + rest) if r in starts]
    return tuple(found)


def _opening(clitic: str, word: str) -> Opening:
    names = gazetteer().names.get(word, {})
    return Opening(clitic, word, names, "" in names, organ_starts().get(word, ()), nominal_starts().get(word, ()))


@cache
def _starts() -> frozenset[str]:
    return frozenset(gazetteer().names.keys() | organ_starts().keys() | nominal_starts().keys())


@cache
def organ_starts() -> dict[str, list[Organ]]:
    """Organs of a state by first word: the words behind it, all its words."""
    found: dict[str, list[Organ]] = defaultdict(list)
    for words in organs():
        found[words[0]].append((words[1:], words))
    return dict(found)


@cache
def nominal_starts() -> dict[str, list[Nominal]]:
    """Descriptions of actors by first word: the words behind it, rule and argument (nominals.csv)."""
    found: dict[str, list[Nominal]] = defaultdict(list)
    for r in rows("nominals"):
        first, *rest = key(r["text"]).split()
        argument = key(r["argument"]) if r["rule"] == "head" else r["argument"]
        found[first].append((tuple(rest), r["rule"], argument))
    return dict(found)
