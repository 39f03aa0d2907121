"""The words that extraction of claims and events hangs on, read from CSV into one inflecting lexicon.

Only loading belongs here: what a trigger, cue or noun does in a sentence is decided in pipeline/extract. One lexicon
holds them all so that a word is looked up once, whatever it turns out to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.extract.morphology import Inflection, Lexicon, noun_forms
from pipeline.extract.tokens import key
from pipeline.lexicon.gazetteer import gazetteer
from pipeline.lexicon.reader import rows


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """What must, or must not, stand beside a trigger; `test` names the place, `options` are word sequences (folds)."""

    test: str
    options: tuple[tuple[str, ...], ...]
    first: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A word that names a happening; see event_triggers.csv. `rest`: further words of a fixed phrase (folds).

    conditions: what it needs (True) and forbids (False), those first that look at words beside it and not at its parties.
    wanted: classes that it demands of its object. hamza: `أ` or `إ` where its noun begins so (`إحياء`, not `أحياء`).
    beside: of each need that looks at words, those of which one must stand near.
    """

    kind: str
    rest: tuple[str, ...] = ()
    needs: tuple[Condition, ...] = ()
    forbids: tuple[Condition, ...] = ()
    subject: str = ""
    object: str = ""
    genitive: str = ""
    preps: dict[str, str] = field(default_factory=dict)
    conditions: tuple[tuple[Condition, bool], ...] = ()
    wanted: frozenset[str] = frozenset()
    hamza: str = ""
    beside: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A word that attributes what is said; see reporting_cues.csv. how: verb, participle, noun or according."""

    name: str
    how: str
    stance: str
    complements: frozenset[str]
    event: str
    addressee: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """A common noun of people, forces, places or things: its classes, and the English name of people without one."""

    classes: frozenset[str]
    group: str


@dataclass(frozen=True, slots=True, eq=False)
class Nationality:
    """An adjective of origin: country that acts (empty for regions), and the English adjective."""

    country: str
    demonym: str


@dataclass(frozen=True, slots=True, eq=False)
class SourceNoun:
    """A noun or adjective that describes a speaker: role source, minister, adjective, portfolio, …"""

    role: str
    english: str
    plural: str


@dataclass(frozen=True, slots=True, eq=False)
class LightVerb:
    """A verb that lends its subject to the happening its object names (`شن هجوما`, `تمكن من السيطرة`).

    role: what that subject is to the happening; preps: folds of what may stand between, empty for a bare object.
    """

    role: str
    preps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """How far the place of an event of a kind may be looked for, and which figures it carries."""

    place: str
    causes_casualties: bool
    figures: tuple[str, ...]


Entry = Trigger | Cue | Noun | Nationality | SourceNoun | LightVerb


# Tests of conditions that ask who does it and to whom.
_OF_WORDS = frozenset(("w", "after", "adj", "near", "prev"))
_OF_PARTIES = frozenset(("subj", "obj"))


@cache
def vocabulary() -> Lexicon[Entry]:
    """Every trigger, cue, noun, nationality, source word and light verb, with its inflections."""
    lexicon: Lexicon[Entry] = Lexicon()
    _add_triggers(lexicon)
    _add_cues(lexicon)
    for row in rows("event_nouns"):
        noun = Noun(frozenset(row["classes"].split()), row["group"])
        lexicon.add_noun(noun, row["word"], _plurals(row["plurals"]))
    for adjective, nationality in nationalities().items():
        _add_adjective(lexicon, nationality, adjective)
    for row in rows("source_nouns"):
        word = SourceNoun(row["role"], row["english"], row["english_plural"] or row["english"])
        if row["role"] == "adjective":
            _add_adjective(lexicon, word, row["word"])
        lexicon.add_noun(word, row["word"], _plurals(row["plurals"]))
    for row in rows("light_verbs"):
        _add_verb(lexicon, LightVerb(row["role"], frozenset(key(p) for p in row["prep"].split("|"))), *row["verb"].split("/"))
    return lexicon


@cache
def nationalities() -> dict[str, Nationality]:
    """Arabic adjectives of origin: those of nationalities.csv, then those of the countries."""
    found = {row["adjective"]: Nationality(row["country"], row["demonym"]) for row in rows("nationalities")}
    for about in gazetteer().countries.values():
        for adjective in about["adjective_ar"].split("|"):
            if adjective and " " not in adjective:
                found.setdefault(adjective, Nationality(about["name_en"], about["adjective_en"]))
    return found


@cache
def scopes() -> dict[str, Scope]:
    """Scope of each kind of event."""
    return {row["kind"]: Scope(row["place_scope"], row["causes_casualties"] == "yes", tuple(row["figures"].split())) for row in rows("event_scopes")}


def _plurals(cell: str) -> list[str]:
    """`مدنيون|…`: plurals as written; a sound masculine one is given by its ending so that ين is known too."""
    plurals = [p for p in cell.split("|") if p]
    for plural in list(plurals):
        if plural.endswith("ون"):
            plurals += [plural[:-2] + "ين", plural[:-2] + "و"]
    return plurals


def _add_adjective(lexicon: Lexicon[Entry], entry: Entry, masculine: str) -> None:
    """An adjective agrees in gender and number: عسكري, عسكرية, عسكريون, عسكريين, عسكريات."""
    lexicon.add_noun(entry, masculine, ["ون", "ات"])
    lexicon.add_noun(entry, masculine + "ة")


def _add_verb(lexicon: Lexicon[Entry], entry: Entry, past: str, present: str) -> None:
    """All forms of a verb; one whose last radical is hamza on alef keeps it before endings (`لجأت`, `لجأوا`)."""
    lexicon.add_verb(entry, past, present)
    if past.endswith("أ"):
        for ending, number in (("ت", "singular"), ("وا", "plural"), ("ا", "dual")):
            lexicon.add_form(entry, past + ending, Inflection("verb", number, None, 3, "past", None))
        for prefix in "يت":
            lexicon.add_form(entry, prefix + present[1:] + "ون", Inflection("verb", "plural", None, 3, "present", None))


def _add_triggers(lexicon: Lexicon[Entry]) -> None:
    made = [(row, _trigger(row)) for row in rows("event_triggers")]
    for row, trigger in made:
        for pair in row["verb"].split():
            _add_verb(lexicon, trigger, *pair.split("/"))
        for noun in row["noun"].split():
            first, *rest = noun.split("_")
            if rest:
                phrase = replace(trigger, rest=tuple(key(w) for w in rest))
                lexicon.add_form(phrase, first)
            else:
                entry = replace(trigger, hamza=first[0]) if first[0] in "أإ" else trigger
                lexicon.add_noun(entry, first, [] if first.endswith("ات") else ["ات"])


def _trigger(row: dict[str, str]) -> Trigger:
    preps = dict(pair.split("=") for pair in row["preps"].split())
    needs, forbids = _conditions(row["needs"]), _conditions(row["forbids"])
    conditions = [(c, True) for c in needs] + [(c, False) for c in forbids]
    return Trigger(
        row["kind"], (), needs, forbids, row["subject"], row["object"], row["genitive"], {key(p): role for p, role in preps.items()},
        tuple(sorted(conditions, key=lambda c: c[0].test in _OF_PARTIES)),
        frozenset().union(*(c.first for c in needs if c.test == "obj")), "",
        tuple(c.first for c in needs if c.test in _OF_WORDS and c.first.isdisjoint(("none", "num"))),
    )  # fmt: skip


def _conditions(cell: str) -> tuple[Condition, ...]:
    """`w:سراح|سراحه obj:weapon`: conditions, separated by blanks, each with alternatives."""
    made = []
    for part in cell.split():
        test, _, options = part.partition(":")
        if test in ("w", "after", "adj", "near", "prev"):
            sequences = tuple(tuple(key(w) for w in option.split("_")) for option in options.split("|"))
        else:
            sequences = tuple((option,) for option in options.split("|"))
        made.append(Condition(test, sequences, frozenset(s[0] for s in sequences)))
    return tuple(made)


def _add_cues(lexicon: Lexicon[Entry]) -> None:
    for row in rows("reporting_cues"):
        complements = frozenset(key(c) for c in row["complement"].split())

        def cue(how: str, rest: tuple[str, ...] = (), row: dict[str, str] = row, told: frozenset[str] = complements) -> Cue:
            return Cue(row["cue"], how, row["stance"], told, row["event"], row["addressee"], rest)

        if row["verb"]:
            _add_verb(lexicon, cue("verb"), *row["verb"].split("/"))
        if row["participle"]:
            _add_participle(lexicon, cue("participle"), row["participle"])
        for noun in filter(None, row["noun"].split("|")):
            lexicon.add_noun(cue("noun"), noun)
        if row["phrase"]:
            first, *rest = row["phrase"].split()
            lexicon.add_form(cue("according", tuple(key(w) for w in rest)), first)


def _add_participle(lexicon: Lexicon[Entry], cue: Cue, participle: str) -> None:
    """Circumstantial participles only: indefinite accusative (`مضيفا`, `مضيفة`, `مضيفين`), never `المتحدث`.

    Not what is mostly a noun: `متهمين` are the accused, `متحدثة` a spokeswoman.
    """
    accusatives = [stem for stem, inflection in noun_forms(participle) if inflection.state == "accusative"]
    feminine, plural = key(participle) + "ه", key(participle).removesuffix("ي") + "ين"
    for form in (*accusatives, *(() if cue.name == "speak" else (feminine,)), *(() if cue.name in ("accuse", "speak") else (plural,))):
        lexicon.add_form(cue, form)
