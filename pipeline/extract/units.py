"""Counted nouns: which word a number counts, how it is written without clitics, and what kind of thing it is.

The nouns stand in counted_nouns.csv (with a coarse role) and unit_kinds.csv (kinds the role does not tell); a noun
in neither is still a unit, of kind `other`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract import morphology
from pipeline.extract.morphology import Match, analyse
from pipeline.extract.numerals import Numeral, number_word, offset_after
from pipeline.extract.tokens import Form, Token, key
from pipeline.lexicon import reader
from pipeline.restore.language_model import Lexicon

# roles of counted_nouns.csv as kinds; "people" and "households" become what their context says
_KIND_OF_ROLE = {
    "person": "people", "household": "households", "vehicle": "vehicles", "weapon": "weapons", "place": "places",
    "building": "places", "time": "duration", "event": "other", "organisation": "other", "thing": "other",
    "measure": "other", "role": "other",
}  # fmt: skip
PERCENT_SIGNS = frozenset({"%", "٪", "﹪", "％"})
_OPENING = frozenset('“«"')
_PRONOUNS = ("هم", "ها", "هما", "هن", "وا")
_TANWIN = "\u064b"


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """A noun that numbers count: its singular and its kind (a gold kind, `people` or `households`)."""

    singular: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: the text as written without clitics and tanwin, its document span, its kind.

    `last` is the index of the first token behind it; `noun` the dictionary entry, None for an unknown noun.
    """

    text: str
    start: int
    end: int
    kind: str
    last: int
    noun: CountedNoun | None = None


def unit_behind(tokens: Sequence[Token], at: int, numeral: Numeral | None) -> Unit | None:
    """The unit whose first word is tokens[at], right behind a number (`numeral` None: a missing figure)."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.text in _OPENING and at + 1 < len(tokens) and noun_at(tokens[at + 1]) and _may_be_counted(tokens[at + 1], numeral):
        return _noun_unit(tokens, at + 1, numeral)
    if token.text in PERCENT_SIGNS:
        return Unit(token.text, token.start, token.end, "percent", at + 1)
    percent = _percent_words(tokens, at)
    if percent:
        return percent
    if token.kind == "mark" and token.text in "$€£":
        return Unit(token.text, token.start, token.end, "money", at + 1)
    if token.kind in ("mark", "latin"):
        return None
    partitive = at + 1 < len(tokens) and token.norm == "من" and tokens[at + 1].kind != "mark"
    if partitive:
        return _partitive(tokens, at + 1)
    return _noun_unit(tokens, at, numeral) if _may_be_counted(token, numeral) else None


def noun_at(token: Token, numeral: Numeral | None = None) -> Match[CountedNoun] | None:
    """The counted noun behind a word, if it is a known one; the number decides between أسرة, family, and أسرة, beds."""
    found = _LEXICON.lookup(token.form) if token.kind == "word" else ()
    if len(found) > 1:
        return next((m for m in found if (agrees(numeral, m) if numeral else m.number == "singular")), found[0])
    return found[0] if found else None


def is_plural(token: Token) -> bool:
    """Whether a word can be a counted noun in the plural."""
    return token.kind == "word" and any(match.number == "plural" for match in _LEXICON.lookup(token.form))


def unit_from(token: Token, last: int, numeral: Numeral | None = None) -> Unit:
    """A word taken as unit, its clitics and tanwin off."""
    match = noun_at(token, numeral)
    text, start, end = _bare(token, match, numeral)
    return Unit(text, start, end, match.entry.kind if match else "other", last, match.entry if match else None)


def agrees(numeral: Numeral, match: Match[CountedNoun]) -> bool:
    """Whether a noun can be counted by the number: 3 to 10 take a plural, 11 to 99 and hundreds a singular."""
    low = numeral.low % 100 if numeral.scale == 1 else 100
    return match.number == "plural" if 3 <= low <= 10 else match.number == "singular"


def is_stop_word(token: Token) -> bool:
    """A word that follows numbers and is never counted: preposition, conjunction, verb of being, time of day."""
    if token.fold not in _STOP_WORDS:
        return False
    return token.norm in reader.words("uncounted_words") or noun_at(token) is None


def _percent_words(tokens: Sequence[Token], at: int) -> Unit | None:
    """`في المئة`, `بالمئة`, `في الميه`."""
    token = tokens[at]
    if token.fold in ("بالميه", "بالمايه"):
        return Unit(token.text, token.start, token.end, "percent", at + 1)
    if token.fold == "في" and at + 1 < len(tokens) and tokens[at + 1].fold in ("الميه", "المايه"):
        last = tokens[at + 1]
        return Unit(f"{token.text} {last.text}", token.start, last.end, "percent", at + 2)
    return None


def _partitive(tokens: Sequence[Token], at: int) -> Unit | None:
    """`العشرات من المدنيين`, `120 من القوات السورية`: a definite or plural noun behind من.

    Of a singular whole (`17 من السرية الثالثة`) the parts are something else, which its kind does not tell.
    """
    match = noun_at(tokens[at])
    definite = any(a.definite for a in analyse(tokens[at].form))
    if tokens[at].kind != "word" or is_stop_word(tokens[at]) or number_word(tokens[at].form):
        return None
    if match and (definite or match.number == "plural"):
        unit = unit_from(tokens[at], at + 1)
        whole = match.number == "singular" and match.entry.kind in ("other", "places")
        return replace(unit, noun=None, kind="other") if whole else unit
    return unit_from(tokens[at], at + 1) if tokens[at].norm.startswith("ال") else None


def _may_be_counted(token: Token, numeral: Numeral | None) -> bool:
    if token.kind != "word" or is_stop_word(token) or number_word(token.form):
        return False
    match = noun_at(token)
    if match:
        front = match.analysis.proclitics
        vague = numeral is None or numeral.sort == "vague" or numeral.definite or numeral.spelled
        return front == "" or (front == "ال" and vague)
    if token.norm.startswith("ال"):
        return numeral is not None and (numeral.sort == "vague")
    if len(token.norm) < 2 or token.norm.endswith(_PRONOUNS):
        return False
    return token.norm[0] not in "وفبلكيت" or _TANWIN in token.text or _takes_article(token.form)


def _takes_article(form: Form) -> bool:
    """Whether the word with ال is ever written: so فتحة is a noun, and not ف with a verb."""
    counts = Lexicon.load()
    word = form.norm
    return counts.plain_count("ال" + word) > 0 or (word.endswith("ا") and counts.plain_count("ال" + word[:-1]) > 0)


def _noun_unit(tokens: Sequence[Token], at: int, numeral: Numeral | None) -> Unit:
    unit = unit_from(tokens[at], at + 1, numeral)
    if not unit.noun or at + 1 >= len(tokens):
        return unit
    content = noun_at(tokens[at + 2]) if at + 2 < len(tokens) and tokens[at + 1].norm == "من" else None
    if unit.kind == "other" and content is not None and content.entry.kind in ("weapons", "vehicles"):
        return replace(unit, kind=content.entry.kind)  # `200 طرد من الأسلحة`
    if unit.kind in ("distance", "weight") and _is_square(tokens, at):
        return replace(unit, kind="area", last=at + 2)
    for analysis in analyse(tokens[at + 1].form):
        for stem in (analysis.stem.removesuffix("ا"), analysis.stem):
            kind = _COMPOUNDS.get((key(unit.noun.singular), stem))
            if kind:
                return replace(unit, kind=kind, last=at + 2)
    return unit


def _is_square(tokens: Sequence[Token], at: int) -> bool:
    """`كم2`, `كيلومترا مربعا`, `كيلو متر مربع`."""
    following = tokens[at + 1]
    if following.text in ("2", "²", "٢"):
        return following.start == tokens[at].end
    return any(token.fold.startswith("مربع") for token in tokens[at + 1 : at + 3])


def _bare(token: Token, match: Match[CountedNoun] | None, numeral: Numeral | None) -> tuple[str, int, int]:
    """Text and span without proclitics, article, pronoun and tanwin (`المدنيين` to `مدنيين`, `شخصًا` to `شخص`)."""
    text, start = token.text, token.start
    if match:
        front, back = len(match.analysis.proclitics), len(match.analysis.enclitic)
    else:
        front, back = (2 if token.norm.startswith("ال") and len(token.norm) > 4 else 0), 0
    cut = offset_after(text, front)
    stop = offset_after(text, len(token.norm) - back) if back else len(text)
    word = _without_pronoun(text[cut:stop], match) if back else text[cut:stop]
    accusative = match.inflection.state == "accusative" if match else _takes_accusative(token, numeral)
    accusative = accusative or word.endswith((_TANWIN, _TANWIN + "ا"))
    if accusative and not word.endswith("ةً"):
        word = word.rstrip("\u064b\u0627")
    return word.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0652"), start + cut, start + stop


def _without_pronoun(word: str, match: Match[CountedNoun] | None) -> str:
    """The letter that a pronoun changed, as it is written without one (`قتلاه` to `قتلى`, `مدينته` to `مدينة`)."""
    stem = match.analysis.stem if match else ""
    if stem.endswith("ه") and word.endswith("ت"):
        return word[:-1] + "ة"
    return word[:-1] + "ى" if stem.endswith("ي") and word.endswith("ا") else word


def _takes_accusative(token: Token, numeral: Numeral | None) -> bool:
    """`240 عارضا`: behind 11 to 99 an unknown noun in alif stands in the accusative."""
    return numeral is not None and numeral.low % 100 > 10 and len(token.norm) > 3 and token.norm.endswith("ا")


def _load() -> morphology.Lexicon[CountedNoun]:
    kinds = {row["noun"]: row for row in reader.rows("unit_kinds")}
    lexicon: morphology.Lexicon[CountedNoun] = morphology.Lexicon()
    known = set()
    for row in reader.rows("counted_nouns"):
        singular, role = row["singular"], row["role"]
        known.add(singular)
        own = kinds.get(singular)
        kind = own["kind"] if own else _KIND_OF_ROLE.get(role, role)
        plurals = row["plurals"].split() + (own["plurals"].split() if own else [])
        lexicon.add_noun(CountedNoun(singular, kind), singular, plurals)
    for singular, row in kinds.items():
        if singular not in known:
            lexicon.add_noun(CountedNoun(singular, row["kind"]), singular, row["plurals"].split())
    return lexicon


_LEXICON = _load()
_STOP_WORDS = frozenset(key(word) for word in reader.words("uncounted_words"))
_COMPOUNDS = {(key(row["noun"]), key(row["next"])): row["kind"] for row in reader.rows("unit_compounds")}
