"""What a written word can be: its clitics, and the dictionary entry and inflection behind it.

Shared by all extractors; it knows grammar, no vocabulary (that is CSV under pipeline/lexicon). Two doors:

    for a in analyse(token.form):       # tuple[Analysis], least stripped first, cached per spelling
        a.proclitics, a.stem, a.enclitic    # "وبال", "مدينه", "" ; stem is a fold without article
    lexicon: Lexicon[MyEntry] = Lexicon()   # a dictionary of inflecting entries of your own type
    lexicon.add_noun(entry, "مدينة", ["مدن"]);  lexicon.add_verb(entry, "استولى", "يستولي")
    lexicon.add_form(entry, "هناك")         # does not inflect, clitics still come off
    for m in lexicon.lookup(token.form):    # tuple[Match[MyEntry]], best first, cached per spelling; () if unknown
        m.entry, m.pos, m.number, m.gender, m.person, m.tense, m.voice, m.analysis

Paradigms follow W. Wright, A Grammar of the Arabic Language (3rd ed.), vol. I; only skeletons are generated, so
`قتل` stays active or passive (voice None) unless a damma is written or the skeleton tells (`أصيب`, `هوجم`, `يُستعاد`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Generic, NamedTuple, TypeVar, cast

from pipeline.extract.tokens import Form, form_cache, key

Entry = TypeVar("Entry")

ENCLITICS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك", "ي")
SOUND_MASCULINE = "ون"
SOUND_FEMININE = "ات"
_DAMMA = "\u064f"
_FRONT_LETTERS = frozenset("وفابلكس")  # ا only for the article: the question prefix is rare in news
_PREPOSITIONS = frozenset("بلكس")
_ARTICLES = frozenset(("ال", "لل"))
_NO_FRONT = ("",)
_TAILS_BY_LETTER = {letter: tuple(e for e in ENCLITICS if e[-1] == letter) for letter in "هامنكي"}


class Analysis(NamedTuple):
    """One way to cut a word: proclitics as written (`وبال`, `لل`), stem as fold without article, enclitic pronoun."""

    proclitics: str
    stem: str
    enclitic: str

    @property
    def definite(self) -> bool:
        """Has the article (`ال`, or `لل` for ل + ال) or a pronoun."""
        return self.proclitics.endswith(("ال", "لل")) or bool(self.enclitic)


@dataclass(frozen=True, slots=True)
class Inflection:
    """pos: noun, verb or form; number: singular, dual, plural; person: 1 to 3; tense: past, present, jussive.

    voice: active, passive or None (the skeleton is both). state: construct or accusative where the ending tells.
    """

    pos: str
    number: str | None = None
    gender: str | None = None
    person: int | None = None
    tense: str | None = None
    voice: str | None = None
    state: str | None = None


class Match(Generic[Entry]):
    """A dictionary entry found behind a word; what its inflection tells stands in attributes of its own."""

    __slots__ = ("analysis", "entry", "gender", "inflection", "number", "person", "pos", "tense", "voice")

    def __init__(self, entry: Entry, inflection: Inflection, analysis: Analysis) -> None:
        self.entry = entry
        self.inflection = inflection
        self.analysis = analysis
        self.pos = inflection.pos
        self.number = inflection.number
        self.gender = inflection.gender
        self.person = inflection.person
        self.tense = inflection.tense
        self.voice = inflection.voice


def analyse(form: Form) -> tuple[Analysis, ...]:
    """Clitic segmentations of a word, the whole word first, then by number of letters stripped; () for non-words."""
    if form.analyses is None:
        form.analyses = tuple(map(_analysis, _segment(form.fold))) if form.kind == "word" else ()
    return cast("tuple[Analysis, ...]", form.analyses)


def noun_forms(singular: str, plurals: Iterable[str] = ()) -> Iterator[tuple[str, Inflection]]:
    """Skeletons (folds) of a noun: singular, tanwin accusative, plurals, dual.

    Plurals come before the dual, which shares the ending ين with them. `plurals`: broken plurals in full, or the
    endings `ون` and `ات` for sound ones.
    """
    one = key(singular)
    base = one[:-1] + "ت" if one.endswith("ه") else one
    yield one, Inflection("noun", "singular")
    if one[-1] not in "ها":
        yield one + "ا", Inflection("noun", "singular", state="accusative")
    for plural in plurals:
        yield from _plural_forms(one, key(plural))
    dual = base[:-1] + "و" if base.endswith("اء") and len(base) > 4 else base
    for ending in ("ان", "ين"):
        yield dual + ending, Inflection("noun", "dual")
        if dual != base:
            yield base + ending, Inflection("noun", "dual")
    for ending in ("ا", "ي"):
        if base != one:
            yield base + ending, Inflection("noun", "dual", state="construct")


def verb_forms(past: str, present: str) -> Iterator[tuple[str, Inflection]]:
    """Skeletons (folds) of a verb from its third person masculine singular (`استولى`, `يستولي`)."""
    perfect, imperfect = key(past), key(present)[1:]
    if past.endswith("أ"):  # a last hamza is no weak radical: لجأوا, بدأت
        yield from _perfect(perfect, None, weak=False)
        yield from _imperfect(imperfect, None, weak=False)
        return
    yield from _perfect(perfect, None if _passive_perfect(perfect) == perfect else "active")
    if _passive_perfect(perfect) != perfect:
        yield from _perfect(_passive_perfect(perfect), "passive")
    yield from _imperfect(imperfect, None if _passive_imperfect(imperfect) == imperfect else "active")
    if _passive_imperfect(imperfect) != imperfect:
        yield from _imperfect(_passive_imperfect(imperfect), "passive")


class Lexicon(Generic[Entry]):
    """A dictionary that finds entries behind inflected words with clitics."""

    def __init__(self) -> None:
        self._stems: dict[str, list[tuple[Entry, Inflection]]] = {}
        self._cache: dict[Form, tuple[Match[Entry], ...]] = form_cache()

    def __len__(self) -> int:
        return len(self._stems)

    def add_noun(self, entry: Entry, singular: str, plurals: Iterable[str] = ()) -> None:
        """All forms of a noun; see noun_forms."""
        for stem, inflection in noun_forms(singular, plurals):
            self._add(stem, entry, inflection)

    def add_verb(self, entry: Entry, past: str, present: str) -> None:
        """All forms of a verb; see verb_forms."""
        for stem, inflection in verb_forms(past, present):
            self._add(stem, entry, inflection)

    def add_form(self, entry: Entry, word: str, inflection: Inflection | None = None) -> None:
        """One word that does not inflect (clitics are still taken off)."""
        self._add(key(word), entry, inflection or Inflection("form"))

    def lookup(self, form: Form) -> tuple[Match[Entry], ...]:
        """Entries behind a word, the least stripped reading first."""
        found = self._cache.get(form)
        if found is None:
            stems = self._stems
            known = [analysis for analysis in analyse(form) if analysis[1] in stems]  # most words are in no dictionary
            found = self._cache[form] = tuple(self._search(form, known)) if known else ()
        return found

    def _add(self, stem: str, entry: Entry, inflection: Inflection) -> None:
        readings = self._stems.setdefault(stem, [])
        if not any(known is entry and seen.pos == inflection.pos for known, seen in readings):
            readings.append((entry, inflection))

    def _search(self, form: Form, known: Iterable[Analysis]) -> Iterator[Match[Entry]]:
        for analysis in known:
            readings = self._stems[analysis.stem]
            for entry, inflection in sorted(readings, key=_is_rare) if len(readings) > 1 else readings:
                if _agree(analysis, inflection):
                    yield Match(entry, _voiced(form, analysis, inflection), analysis)


def _is_rare(reading: tuple[object, Inflection]) -> bool:
    """News rarely speaks in the first or second person: ألقى is he threw before it is I meet."""
    return reading[1].person in (1, 2)


# Analysis(…) without a Python frame: a word has five on average.
_analysis: Callable[[tuple[str, str, str]], Analysis] = partial(tuple.__new__, Analysis)


def _segment(word: str) -> list[tuple[str, str, str]]:
    fronts = _fronts(word if len(word) < 6 else word[:4] + "__") if word[0] in _FRONT_LETTERS else _NO_FRONT
    found = [(front, word[len(front) :], "") for front in fronts]
    tails = _TAILS_BY_LETTER.get(word[-1])
    if tails:
        bodies = [(enclitic, word[: -len(enclitic)]) for enclitic in tails if word.endswith(enclitic)]
        for front in fronts:
            if front[-2:] not in _ARTICLES:
                _tails(front, bodies, found)
    return found


@lru_cache(maxsize=1 << 15)
def _fronts(word: str) -> tuple[str, ...]:
    """Proclitic strings that leave a stem of two letters: [و ف] [ب ل ك س] [ال], ل + ال written لل; the shortest first.

    They show in the first four letters, so that words which begin alike can share the answer.
    """
    fronts = [""]
    for conjunction in ("", word[0]) if word[0] in "وف" else ("",):
        rest = word[len(conjunction) :]
        if conjunction:
            fronts.append(conjunction)
        if rest.startswith(("لل", "ال")):
            fronts.append(conjunction + rest[:2])
        if rest[:1] in _PREPOSITIONS:
            fronts.append(conjunction + rest[0])
            if rest[1:3] == "ال" and rest[0] != "ل":
                fronts.append(conjunction + rest[:3])
    most = len(word) - 2
    return tuple(sorted((f for f in fronts if len(f) <= most and (f[-1:] != "س" or word[len(f)] in "يتنا")), key=len))


def _tails(front: str, bodies: list[tuple[str, str]], found: list[tuple[str, str, str]]) -> None:
    """Pronouns taken off, with the ta marbuta (`مدينته`), final ya (`رآها`, `مستشفاه`) and alif (`قتلوهم`) restored."""
    for enclitic, body in bodies:
        stem = body[len(front) :]
        if len(stem) < 2:
            continue
        found.append((front, stem, enclitic))
        last = stem[-1]
        if last == "ت":
            found.append((front, stem[:-1] + "ه", enclitic))
        elif last == "ا":
            found.append((front, stem[:-1] + "ي", enclitic))
        elif last == "و":
            found.append((front, stem + "ا", enclitic))


def _plural_forms(one: str, plural: str) -> Iterator[tuple[str, Inflection]]:
    stem = one[:-1] if one.endswith("ه") else one
    if plural == SOUND_FEMININE:
        yield stem + "ات", Inflection("noun", "plural")
    elif plural == SOUND_MASCULINE:
        for ending in ("ون", "ين"):
            yield stem + ending, Inflection("noun", "plural")
        for ending in ("و", "ي"):
            yield stem + ending, Inflection("noun", "plural", state="construct")
    else:
        yield plural, Inflection("noun", "plural")
        if plural.endswith("ين") and len(plural) > 4:  # `موظفيها`, `مقاتلي التنظيم`
            yield plural[:-1], Inflection("noun", "plural", state="construct")
        if plural[-1] not in "هاي" and not plural.endswith(("ات", "ون", "اء")):
            yield plural + "ا", Inflection("noun", "plural", state="accusative")


def _perfect(stem: str, voice: str | None, weak: bool | None = None) -> Iterator[tuple[str, Inflection]]:
    def row(form: str, person: int, number: str, gender: str | None = None) -> tuple[str, Inflection]:
        return form, Inflection("verb", number, gender, person, "past", voice)

    weak = stem[-1] in "اي" if weak is None else weak
    base = stem[:-1] if weak else stem
    yield row(stem, 3, "singular", "masculine")
    yield row(base + "ت", 3, "singular", "feminine")
    yield row(base + "وا", 3, "plural", "masculine")
    yield row(base + "تا", 3, "dual", "feminine")
    if stem.endswith("ي"):
        yield row(stem + "ت", 3, "singular", "feminine")
    full = base + ("ي" if stem.endswith("ي") or len(stem) > 3 else "و") if weak else _shortened(stem)
    yield row((full if weak else stem) + "ا", 3, "dual", "masculine")
    yield row(full + "ت", 1, "singular")
    yield row(full + "نا", 1, "plural")
    yield row(full + "ن", 3, "plural", "feminine")
    yield row(full + "تم", 2, "plural")


def _imperfect(stem: str, voice: str | None, weak: bool | None = None) -> Iterator[tuple[str, Inflection]]:
    def row(form: str, person: int, number: str, gender: str | None = None, tense: str = "present") -> tuple[str, Inflection]:
        return form, Inflection("verb", number, gender, person, tense, voice)

    weak = stem[-1] in "اوي" if weak is None else weak
    base = stem[:-1] if weak else stem
    yield row("ي" + stem, 3, "singular", "masculine")
    yield row("ت" + stem, 3, "singular", "feminine")
    yield row("ن" + stem, 1, "plural")
    yield row("ا" + stem, 1, "singular")
    for prefix, person in (("ي", 3), ("ت", 2)):
        yield row(prefix + base + "ون", person, "plural", "masculine")
        yield row(prefix + base + "وا", person, "plural", "masculine")
        yield row(prefix + stem + "ان", 3, "dual", "masculine" if prefix == "ي" else "feminine")
        yield row(prefix + stem + "ا", 3, "dual", "masculine" if prefix == "ي" else "feminine")
    short = base if weak else _shortened(stem)
    yield row("ي" + short + "ن", 3, "plural", "feminine")
    if short != stem:
        yield row("ي" + short, 3, "singular", "masculine", "jussive")
        yield row("ت" + short, 3, "singular", "feminine", "jussive")


def _shortened(stem: str) -> str:
    """A hollow stem loses its long vowel before a closed syllable: قال, قلت; استعاد, استعدنا; يقول, لم يقل."""
    return stem[:-2] + stem[-1] if len(stem) >= 3 and stem[-2] in "اوي" and _hollow(stem) else stem


def _hollow(stem: str) -> bool:
    """Whether the last but one letter is a weak radical and not the long vowel of a pattern."""
    return len(stem) == 3 or stem.startswith(("ا", "ست", "خت", "نح")) or len(stem) == 2


def _passive_perfect(stem: str) -> str:
    """أصاب, أصيب; قال, قيل; هاجم, هوجم; دعا, دعي."""
    if stem.endswith("ا"):
        return stem[:-1] + "ي"
    if len(stem) == 4 and stem[1] == "ا":
        return stem[0] + "و" + stem[2:]
    if len(stem) >= 3 and stem[-2] == "ا" and _hollow(stem):
        return stem[:-2] + "ي" + stem[-1]
    return stem


def _passive_imperfect(stem: str) -> str:
    """يصيب, يصاب; يقول, يقال; يدعو, يدعى."""
    if stem.endswith("و"):
        return stem[:-1] + "ي"
    if len(stem) >= 3 and stem[-2] in "وي" and stem[-1] not in "اوي":
        return stem[:-2] + "ا" + stem[-1]
    return stem


def _agree(analysis: Analysis, inflection: Inflection) -> bool:
    """Verbs take no article and no preposition, nouns no future س; a construct ending stands before no article."""
    front = analysis.proclitics
    if inflection.pos == "verb":
        if front.endswith(("ال", "لل")) or front[-1:] in ("ب", "ك"):
            return False
        if front.endswith("س"):
            return inflection.tense == "present"
        return True
    if front.endswith("س"):
        return False
    if inflection.state and front.endswith(("ال", "لل")):
        return False
    return not (inflection.state == "accusative" and (analysis.enclitic or front[-1:] in ("ب", "ل", "ك")))


def _voiced(form: Form, analysis: Analysis, inflection: Inflection) -> Inflection:
    """A written damma on the first letter makes a past passive (`قُتل`), and a present of three radicals (`يُقتل`).

    Behind the linking alef of the eighth and tenth stems it stands on the third letter (`احتُجز`, `استُهدف`).
    """
    if inflection.pos != "verb" or inflection.voice or form.text is form.norm or _DAMMA not in form.text:
        return inflection
    front = len(analysis.proclitics)
    linked = inflection.tense == "past" and analysis.stem[:1] == "ا" and _damma_after(form.text, front + 2)
    if not (linked or _damma_after(form.text, front)):
        return inflection
    if inflection.tense == "past" or len(analysis.stem) == 4:
        return replace(inflection, voice="passive")
    return inflection


def _damma_after(text: str, letters: int) -> bool:
    """Whether the letter after so many letters carries a damma."""
    seen = -1
    for character in text:
        if "\u064b" <= character <= "\u065f" or character in "\u0640\u0670":
            if seen == letters and character == _DAMMA:
                return True
            continue
        seen += 1
    return False
